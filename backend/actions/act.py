"""Who acts, and when: what every step of the regulation is recorded with."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from backend.rules.stages import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One person's one act. `now` is the regulation's time, `real_now` the clock of leases and retries; both UTC.

    `id` groups what the act opens: however many tasks it brings to one person, they are one push. With `quiet` nobody is
    told step by step: an act on many cases tells everybody once, at its end.
    """

    by: Role
    now: datetime
    real_now: datetime
    staff_id: int | None = None
    customer_id: int | None = None
    id: UUID = field(default_factory=uuid4)
    quiet: bool = False

    @classmethod
    def system(cls, *, now: datetime, real_now: datetime) -> "Act":
        """What the clocks do by themselves."""
        return cls(by="system", now=now, real_now=real_now)
