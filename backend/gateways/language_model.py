"""The optional language model behind an OpenAI-compatible endpoint: `POST <LANGUAGE_MODEL_BASE>/chat/completions`.

Nothing depends on it: whatever goes wrong is no answer, in time. After several failures in a row it is left alone for a
while, and when all its places are taken nobody waits for one.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

import httpx
import orjson

from config.language_model import LanguageModelRules

_log = logging.getLogger(__name__)


class Unusable(Exception):
    """An answer that is none: its status, its size or its shape."""


@dataclass(slots=True)
class _Breaker:
    """Lets nobody through for a while after several failures in a row; then one try decides."""

    failures_before_rest: int
    rest_seconds: float
    failures: int = 0
    rests_until: float = 0.0

    def is_open(self) -> bool:
        return time.monotonic() < self.rests_until

    def note(self, *, worked: bool) -> None:
        self.failures = 0 if worked else self.failures + 1
        if self.failures >= self.failures_before_rest:
            self.rests_until = time.monotonic() + self.rest_seconds


class LanguageModel:
    """One connection pool to the endpoint."""

    def __init__(self, *, api_base: str, key: str, name: str, rules: LanguageModelRules) -> None:
        self._name = name
        self._rules = rules
        self._places = asyncio.Semaphore(rules.most_at_once)
        self._breaker = _Breaker(rules.failures_before_rest, rules.rest_seconds)
        self._client = httpx.AsyncClient(
            base_url=api_base,
            headers={"Authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(rules.total_seconds, connect=rules.connect_seconds),
            trust_env=False,
        )

    async def ask(self, instruction: str, text: str, *, seconds: float) -> str | None:
        """What it says within `seconds`; None for whatever goes wrong. `text` must hold nothing of a person."""
        if seconds <= 0 or self._breaker.is_open() or self._places.locked():
            return None
        async with self._places:
            try:
                async with asyncio.timeout(seconds):
                    said = await self._complete(instruction, text)
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, Unusable) as fault:
                self._breaker.note(worked=False)
                _log.warning("the language model did not answer", extra={"error": type(fault).__name__})
                return None
        self._breaker.note(worked=True)
        return said

    async def close(self) -> None:
        """Gives the connections back."""
        await self._client.aclose()

    async def _complete(self, instruction: str, text: str) -> str:
        body = {
            "model": self._name,
            "temperature": 0,
            "max_tokens": self._rules.most_tokens,
            "messages": [
                {"role": "system", "content": instruction},
                {"role": "user", "content": text},
            ],
        }
        async with self._client.stream("POST", "/chat/completions", json=body) as answer:
            if not answer.is_success:
                raise Unusable(str(answer.status_code))
            return _said(await self._read(answer))

    async def _read(self, answer: httpx.Response) -> bytes:
        content = b""
        async for piece in answer.aiter_bytes():
            content += piece
            if len(content) > self._rules.longest_answer_bytes:
                raise Unusable("too long")
        return content


def _said(content: bytes) -> str:
    """The text of the first choice. Raises Unusable."""
    try:
        said = orjson.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError) as fault:
        raise Unusable("not a completion") from fault
    if not isinstance(said, str) or not said.strip():
        raise Unusable("no text")
    return said.strip()
