"""A partner's nonce serves once, also while Redis is away or has forgotten."""

from datetime import datetime

from tortoise import connections

_USE = """
INSERT INTO idempotent_answers (scope, key, body_digest, created_at) VALUES ($1, $2, '', $3)
ON CONFLICT (scope, key) DO NOTHING RETURNING id
"""


async def try_use(partner: str, nonce: str, *, real_now: datetime) -> bool:
    """False for a nonce that was used; kept as long as answers to Idempotency-Keys, which outlives any fresh request."""
    rows = await connections.get("default").execute_query_dict(_USE, [f"nonce:{partner}", nonce, real_now])
    return bool(rows)
