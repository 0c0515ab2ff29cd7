"""Gas smell, leak, fire, poisoning: the alarm that climbs until somebody accepts it (domain §6)."""

from dataclasses import asdict, dataclass

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from backend.actions import _outbox
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import ConnectionApplication, Staff, Task
from backend.rules.wording import say_span
from config import policy
from config.messages.texts import words

_EVERY_CHANNEL = ("template", "wecom")
_LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody reported: the kind of danger, their words, and how to reach them."""

    danger: str
    words: str
    contact_phone: str | None = None
    contact_name: str | None = None
    address: str | None = None
    openid: str | None = None


async def raise_alarm(report: Report, *, act: Act, application_id: int | None = None) -> Task:
    """Opens the emergency and alerts the first duty officer of the rota on every channel."""
    async with in_transaction():
        task = await Task.create(
            kind="emergency",
            role="duty_officer",
            application_id=application_id,
            opened_at=act.now,
            due_at=act.now + policy.current().emergency.accept_within,
            climb_at=act.now + policy.current().emergency.accept_within,
            facts={**asdict(report), "alerted": []},
        )
        officer = await _next_on_rota(task, act)
        alerted = [officer] if officer else await _supervisors()
        await _alert(task, "emergency", alerted, act=act)
        return task


async def report(said: Report, *, act: Act, application_id: int | None = None) -> Task:
    """Raises the alarm, or adds the words to the one this person's same danger raised a few minutes ago."""
    async with in_transaction():
        await lock_name(f"emergency:{said.openid}")
        recent = await Task.filter(
            kind="emergency",
            state__in=("open", "accepted"),
            opened_at__gt=act.now - policy.current().emergency.merge_within,
            facts__contains={"openid": said.openid, "danger": said.danger},
        ).first()
        if recent is None:
            return await raise_alarm(said, act=act, application_id=application_id)
        recent.facts = {**recent.facts, "words": f"{recent.facts['words']}\n{said.words}"[-_LONGEST_WORDS:]}
        await recent.save(update_fields=["facts"])
        return recent


async def heed(danger: str | None, words: str, application: ConnectionApplication, *, act: Act) -> None:
    """Raises the alarm where a customer writes of danger in a field that is meant for something else."""
    if danger is None:
        return
    said = Report(
        danger=danger,
        words=words,
        contact_phone=application.contact_phone,
        contact_name=application.contact_name,
        address=application.address,
    )
    await raise_alarm(said, act=act, application_id=application.id)


async def climb_next(*, act: Act) -> bool:
    """One alarm nobody accepted in time goes to the next on the rota and the supervisors; False when none waits."""
    async with in_transaction():
        task = (
            await Task.filter(state="open", climb_at__lte=act.now)
            .order_by("climb_at")
            .select_for_update(skip_locked=True)
            .first()
        )
        if task is None:
            return False
        officer = await _next_on_rota(task, act)
        people = [*([officer] if officer else []), *await _supervisors()]
        await _alert(task, "emergency_climbs", people, act=act)
        task.climb_at = act.now + policy.current().emergency.accept_within
        await task.save(update_fields=["climb_at"])
        return True


async def _alert(task: Task, message: str, people: list[Staff], *, act: Act) -> None:
    facts = task.facts
    letters = {
        "danger": words().dangers.get(facts["danger"], facts["danger"]),
        "report": facts["words"],
        "contact_phone": facts["contact_phone"] or words().none,
        "contact_name": facts["contact_name"] or words().none,
        "address": facts["address"] or words().none,
        "waited": say_span(act.now - task.opened_at),
    }
    for person in people:
        for position, channel in enumerate(_EVERY_CHANNEL):
            letter = _outbox.Letter(
                message=message, facts=letters, target=str(task.id), only=channel, inbox=position == 0
            )
            await _outbox.queue(letter, act=act, staff_id=person.id)
    task.facts = {**facts, "alerted": [*facts["alerted"], *(person.id for person in people)]}
    await task.save(update_fields=["facts"])


async def _next_on_rota(task: Task, act: Act) -> Staff | None:
    """The next duty officer after those alerted so far, beginning anew when all of them were."""
    on_duty = await (
        Staff.filter(active=True, roles__contains=["duty_officer"])
        .filter(Q(away_until__isnull=True) | Q(away_until__lte=act.now))
        .order_by("rota_order", "id")
    )
    if not on_duty:
        return None
    times = {officer.id: task.facts["alerted"].count(officer.id) for officer in on_duty}
    return min(on_duty, key=lambda officer: times[officer.id])


async def _supervisors() -> list[Staff]:
    return await Staff.filter(active=True, roles__contains=["supervisor"])
