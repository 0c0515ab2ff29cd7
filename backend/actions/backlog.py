"""How far behind the scheduler is."""

from dataclasses import dataclass
from datetime import datetime

from tortoise import connections

from config.delivery import delivery

_OLDEST = """
SELECT (SELECT min(attempt_at) FROM outbox WHERE state = 'waiting' AND attempt_at <= $1
            AND (held_until IS NULL OR held_until <= $2)) AS message,
       (SELECT min(due_at) FROM reminders WHERE state = 'waiting' AND due_at <= $2) AS reminder,
       (SELECT count(*) FROM outbox WHERE state = 'waiting') AS waiting,
       (SELECT count(*) FROM (SELECT FROM delivery_attempts
            WHERE outcome = 'unknown' AND channel = ANY($3) AND began_at > $1 - interval '1 day'
            GROUP BY message_id, channel) AS unseen) AS unseen
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Seconds the oldest due message and reminder have waited; messages not sent yet; and of the last day those sent
    without an answer where a repeat is not recognised: each may have arrived twice."""

    message_lag: float
    reminder_lag: float
    waiting: int
    possible_doubles: int


async def measure(*, now: datetime, real_now: datetime) -> Backlog:
    """As it is at this moment, over all processes."""
    undetected = [name for name in delivery().channels.customer if name not in delivery().deduplicated]
    (row,) = await connections.get("default").execute_query_dict(_OLDEST, [real_now, now, undetected])
    return Backlog(
        message_lag=_seconds(row["message"], real_now),
        reminder_lag=_seconds(row["reminder"], now),
        waiting=row["waiting"],
        possible_doubles=row["unseen"],
    )


def _seconds(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
