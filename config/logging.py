"""How every process writes its log: lines for people in development, one JSON object a line in production."""

import logging
import logging.config
from datetime import UTC, datetime
from typing import Any

import orjson

from config.settings import Settings

# Theirs name addresses with secrets in the query, or every run of every sweep.
_QUIET = ("httpx", "httpcore", "urllib3", "apscheduler", "asyncio", "sanic.access")
_BLANK = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure(process: str, settings: Settings) -> None:
    """Set this process's logging up; `process` is its name in the log."""
    logging.config.dictConfig(plan(process, settings))


def plan(process: str, settings: Settings) -> dict[str, Any]:
    """The same as a `dictConfig`, for frameworks that want to apply it themselves."""
    style: dict[str, Any] = (
        {"()": JsonLines, "process": process} if settings.production else {"()": PlainLines}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": style},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stdout"}
        },
        "root": {"level": settings.log_level, "handlers": ["out"]},
        "loggers": {name: {"level": "WARNING"} for name in _QUIET},
    }


class PlainLines(logging.Formatter):
    """Time of day, level, where, what; and the facts of `extra` behind it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", datefmt="%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the base class's name
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        return f"{super().formatMessage(record)} {facts}".rstrip()


class JsonLines(logging.Formatter):
    """One object a line, with the facts given as `extra`; `at` is UTC."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "process": self._process,
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller gave as `extra`."""
    return {name: value for name, value in vars(record).items() if name not in _BLANK}
