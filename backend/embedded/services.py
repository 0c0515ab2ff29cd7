"""The door to the embedded services, for every process that needs them."""

import asyncio
import socket
from dataclasses import dataclass

from backend.embedded import membership
from backend.embedded.errors import EmbeddedServicesUnavailable
from config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUrls:
    """Where the two services answer: given in the settings, or embedded."""

    database_url: str
    redis_url: str


def services(settings: Settings, *, durable: bool = True) -> "Services":
    """Both services for a `with` or `async with` block; addresses given in the settings pass through untouched.

    Raises EmbeddedServicesUnavailable on entering. Only tests may do without `durable`.
    """
    return Services(settings, durable=durable)


class Services:
    """Holds a place at the keeper, which stops the servers when the last holder is gone."""

    def __init__(self, settings: Settings, *, durable: bool) -> None:
        self._settings = settings
        self._durable = durable
        self._place: socket.socket | None = None

    def __enter__(self) -> ServiceUrls:
        given = {"postgres": self._settings.database_url, "valkey": self._settings.redis_url}
        wanted = [name for name, url in given.items() if url is None]
        urls = {name: url for name, url in given.items() if url is not None}
        if wanted and self._settings.production:
            raise EmbeddedServicesUnavailable("生产环境须设置 DATABASE_URL 与 REDIS_URL")
        if wanted:
            self._place, embedded = membership.join(self._settings.var_dir, wanted, durable=self._durable)
            urls |= embedded
        return ServiceUrls(database_url=urls["postgres"], redis_url=urls["valkey"])

    def __exit__(self, *_: object) -> None:
        if self._place:
            membership.leave(self._place)

    async def __aenter__(self) -> ServiceUrls:
        return await asyncio.to_thread(self.__enter__)

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self.__exit__)
