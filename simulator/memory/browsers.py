"""The web browser inside each phone: its own cookies, kept here and not in the real browser."""

import httpx

_TIMEOUT_SECONDS = 60.0


class Browsers:
    def __init__(self, backend_url: str) -> None:
        self._backend_url = backend_url
        self._by_phone: dict[str, httpx.AsyncClient] = {}

    def of(self, phone: str) -> httpx.AsyncClient:
        """The client with this phone's cookies; without a phone, one that keeps none."""
        http = self._by_phone.get(phone)
        if http is None:
            http = httpx.AsyncClient(base_url=self._backend_url, timeout=_TIMEOUT_SECONDS, trust_env=False)
            self._by_phone[phone] = http
        if not phone:
            http.cookies.clear()
        return http

    async def close(self) -> None:
        for http in self._by_phone.values():
            await http.aclose()
