"""The one client of Redis, which keeps only what may be lost: one server, a master that sentinels name, or a cluster."""

from datetime import timedelta
from typing import Any, cast

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotReached
from redis.exceptions import RedisClusterException

from config.redis_address import Several, find_several

_PATIENCE = timedelta(seconds=1)


def open_redis(url: str) -> Redis:
    """A client with texts in and out, for this process; closed with `aclose()`. Connects when first used.

    A Redis that is away is told within two seconds by `redis.RedisError`: the library's own default would keep a caller,
    and with it an emergency, waiting for ten. In a cluster the keys of one command must share a `{tag}`.
    """
    several = find_several(url)
    if several is None:
        return Redis.from_url(url, **_manner())
    return _of_cluster(several) if several.kind == "cluster" else _behind_sentinels(several)


def _manner() -> dict[str, Any]:
    patience = _PATIENCE.total_seconds()
    return {
        "decode_responses": True,
        "socket_timeout": patience,
        "socket_connect_timeout": patience,
        "retry": Retry(NoBackoff(), retries=1),
    }


def _behind_sentinels(several: Several) -> Redis:
    """Asks them at each new connection who is master, so that a fail-over is over when they say so."""
    asking = _manner() | {"password": several.sentinel_password, "ssl": several.tls}
    sentinel: Any = Sentinel(several.hosts, sentinel_kwargs=asking)  # type: ignore[no-untyped-call]  # the library's
    master: Redis = sentinel.master_for(
        several.master,
        **_manner(),
        username=several.username,
        password=several.password,
        ssl=several.tls,
        db=several.database,
    )
    return master


def _of_cluster(several: Several) -> Redis:
    """Speaks as the client of one server does, as far as we use it."""
    cluster = _Cluster(
        startup_nodes=[ClusterNode(host, port) for host, port in several.hosts],
        **_manner(),
        username=several.username,
        password=several.password,
        ssl=several.tls,
    )
    return cast("Redis", cluster)


class _Cluster(RedisCluster):
    async def initialize(self, *known: Any, **how: Any) -> RedisCluster:
        """Finds the nodes. That none can be had is an error like any other for those who go on without Redis."""
        try:
            return await super().initialize(*known, **how)
        except RedisClusterException as error:
            raise NotReached(str(error)) from error
