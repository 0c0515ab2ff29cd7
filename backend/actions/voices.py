"""What customers say about a case that is under way or done: urge, complain, rate."""

from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.transactions import in_transaction

from backend.actions import emergencies
from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.actions.record import record
from backend.models import ConnectionApplication, Event
from backend.rules.errors import NotAllowed
from config import policy

_NOTED_ONLY = "noted_only"
_NEW_PEOPLE = frozenset({"reassigned"})
_URGES = ("urged", *_NEW_PEOPLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urged:
    """`passed_on_at` is when the people in charge were told; `times` counts the urges since, that one too."""

    passed_on_at: datetime
    times: int = 1


async def urge(number: str, *, act: Act) -> Urged:
    """The customer asks why it takes so long (催办). Soon after another urge it is noted, and nobody is pushed again.

    Raises NotFound, NotAllowed.
    """
    async with in_transaction():
        application = await lock_application(number)
        before = await _urges_before(application, act)
        if before is None:
            await record(application, "urged", act=act)
            return Urged(passed_on_at=act.now)
        await record(application, "urged", act=replace(act, quiet=True), facts={_NOTED_ONLY: True})
        return replace(before, times=before.times + 1)


async def _urges_before(application: ConnectionApplication, act: Act) -> Urged | None:
    """The latest urge passed on that is fresh enough to stand for this one, and to the same people; with those since."""
    since = act.now - policy.current().urges.again_after
    late = await Event.filter(application_id=application.id, at__gt=since, name__in=_URGES).order_by("-id")
    for times, event in enumerate(late, start=1):
        if event.name in _NEW_PEOPLE:
            return None
        if not event.facts.get(_NOTED_ONLY):
            return Urged(passed_on_at=event.at, times=times)
    return None


async def complain(number: str, words: str, *, act: Act) -> ConnectionApplication:
    """A complaint about a case goes to the supervisors. Raises NotFound."""
    async with in_transaction():
        application = await lock_application(number)
        await record(application, "complained", act=act, facts={"note": words})
        return application


async def rate(
    number: str, score: int, comment: str | None, *, act: Act, danger: str | None = None
) -> ConnectionApplication:
    """One to five, once, after ignition; `danger` is what the comment tells of. Raises NotFound, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        if application.rating is not None:
            raise NotAllowed(stage=application.stage, event="rated", sentence="already_rated")
        await record(application, "rated", act=act, facts={"score": score, "note": comment})
        application.rating, application.rating_comment = score, comment
        await application.save(update_fields=["rating", "rating_comment"])
        await emergencies.heed(danger, comment or "", application, act=act)
        return application
