"""What is done for a turn: one action each, and the words for what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backend.actions import applications, chat_papers, corrections, human_chats, visits, voices
from backend.actions.act import Act
from backend.actions.chat_papers import Picture
from backend.actions.human_chats import Reason
from backend.bots import alerts
from backend.bots.dialogues import doubts
from backend.bots.dialogues.turns import (
    Alarm,
    AttachPicture,
    BookVisit,
    CallPerson,
    Cancel,
    Command,
    Complain,
    Correct,
    FileApplication,
    KeepPicture,
    Part,
    Rate,
    Urge,
    part,
)
from backend.bots.looks import manager_facts
from backend.bots.safety import judge
from backend.queries import my_applications, progress
from backend.queries.my_cases import Person
from backend.queries.progress import Progress
from backend.rules.filing import Filing
from backend.rules.live_chat import is_staffed
from backend.rules.wording import say_moment
from config import policy
from config.documents import catalogue
from config.messages.replies import replies
from config.messages.texts import fill

_LONGEST_REASON = 200
_URGES_ALONE = 3  # so often in a row, and a person of ours answers
_POOR = 2  # stars, at most: an apology is due


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Who does it, and how a person of ours reaches them."""

    act: Act
    customer_id: int
    openid: str
    app: str
    person: Person


async def do(command: Command, who: Doer) -> tuple[Part, ...]:
    """Does it for a case that is theirs. Raises the domain errors of the action."""
    number: str | None = getattr(command, "number", None)
    if number is not None:
        await my_applications.check_own(number, who.customer_id)
    return await _DEEDS[type(command)](command, who)


async def _file(command: FileApplication, who: Doer) -> tuple[Part, ...]:
    form = command.form
    filing = Filing(
        customer_kind=form.kind or "resident",
        contact_name=form.name or "",
        contact_phone=form.phone or "",
        address=form.address or "",
        channel="mini_program" if who.app == "mini_program" else "official_account",
        hourly_flow_m3=Decimal(str(form.flow)) if form.flow and form.kind == "non_resident" else None,
        preferred_visit_at=form.visit_at,
    )
    filed = await chat_papers.file(filing, command.pictures, act=who.act)
    view = await progress.get(filed.number, now=who.act.now)
    papers = "、".join(paper.name for paper in view.missing_documents)
    return (_filed(view), part("filed_missing", papers=papers)) if papers else (_filed(view),)


def _filed(view: Progress) -> Part:
    facts = {"number": view.number, **manager_facts(view)}
    if view.project is not None and view.preferred_visit_at is not None:
        visit = say_moment(view.preferred_visit_at, policy.current())
        return part("filed_waiting_with_wish", visit=visit, **facts)
    if view.project is not None:
        return part("filed_waiting", **facts)
    due = view.clock.due_at if view.clock else None
    if due is None and view.preferred_visit_at is not None:
        return part("filed_for_wish", visit=say_moment(view.preferred_visit_at, policy.current()), **facts)
    return part("filed_ready", deadline=say_moment(due, policy.current()) if due else "", **facts)


async def _book(command: BookVisit, who: Doer) -> tuple[Part, ...]:
    visit = await visits.book(command.number, command.at, act=who.act)
    return (part("visit_done", number=command.number, visit=say_moment(visit.at, policy.current())),)


async def _urge(command: Urge, who: Doer) -> tuple[Part, ...]:
    urged = await voices.urge(command.number, act=who.act)
    facts = manager_facts(await progress.get(command.number, now=who.act.now))
    if urged.times == 1:
        return (part("urged", **facts),)
    again = part("urged_again", at=say_moment(urged.passed_on_at, policy.current()), **facts)
    if urged.times < _URGES_ALONE:
        return (again, part("urged_by_yourself", **facts))
    return again, await _hand_over(command.words, "asked", who)


async def _complain(command: Complain, who: Doer) -> tuple[Part, ...]:
    await voices.complain(command.number, command.words[:500], act=who.act)
    return (await _hand_over(command.words, "complaint", who),)


async def _cancel(command: Cancel, who: Doer) -> tuple[Part, ...]:
    reason = fill(replies().texts["cancel_reason"], {"words": command.words[:_LONGEST_REASON]})
    await applications.cancel(command.number, reason, act=who.act)
    return (part("cancelled", number=command.number),)


async def _rate(command: Rate, who: Doer) -> tuple[Part, ...]:
    await voices.rate(command.number, command.score, command.comment, act=who.act)
    key = "rated" if command.score > _POOR else "rated_poor"
    return (part(key, score=str(command.score)),)


async def _correct(command: Correct, who: Doer) -> tuple[Part, ...]:
    wanted = corrections.Correction(
        reason=replies().texts["correct_reason"],
        contact_name=command.value if command.field == "name" else None,
        contact_phone=command.value if command.field == "phone" else None,
        address=command.value if command.field == "address" else None,
    )
    await corrections.correct(command.number, wanted, act=who.act)
    name = replies().fields[command.field]
    return (part("corrected", number=command.number, field=name, value=command.value),)


async def _call_person(command: CallPerson, who: Doer) -> tuple[Part, ...]:
    said = await _hand_over(command.words, command.why, who)
    return (part("human_unsure"), said) if command.why == "unsure" else (said,)


async def _hand_over(words: str, why: Reason, who: Doer) -> Part:
    """The talk waits at the hotline desk; what the customer is told about when."""
    last = who.person.cases[0] if who.person.cases else None
    wish = human_chats.Wish(
        app=who.app,
        openid=who.openid,
        words=words,
        reason=why,
        contact_name=who.person.name or (last.contact_name if last else None),
        contact_phone=who.person.phone or (last.contact_phone if last else None),
        application_id=last.id if last else None,
    )
    asked = await human_chats.ask(wish, act=who.act)
    staffed = is_staffed(who.act.now, policy.current())
    if why == "complaint":
        return part("complained_now" if staffed else "complained")
    if not staffed:
        return part("human_later")
    return part("human_waiting" if asked.again else "human_now")


async def _keep_picture(command: KeepPicture, who: Doer) -> tuple[Part, ...]:
    await chat_papers.keep(Picture(media_id=command.media_id, app=who.app), act=who.act)
    return ()


async def _attach_picture(command: AttachPicture, who: Doer) -> tuple[Part, ...]:
    picture = Picture(media_id=command.media_id, app=who.app)
    await chat_papers.attach(command.number, picture, command.paper, act=who.act)
    name = next((paper.name for paper in catalogue().papers if paper.key == command.paper), None)
    if name is None:
        return (part("picture_more", number=command.number),)
    return (part("picture_attached", paper=name, number=command.number),)


async def _alarm(command: Alarm, who: Doer) -> tuple[Part, ...]:
    kind = danger.kind if (danger := judge(command.words)) else "leak"
    await alerts.alert(command.words, kind, person=who.person, openid=who.openid, act=who.act)
    return (part("emergency"), *doubts.in_english(command.words))


_DEEDS: dict[type, Callable[[Any, Doer], Awaitable[tuple[Part, ...]]]] = {
    FileApplication: _file,
    Alarm: _alarm,
    BookVisit: _book,
    Urge: _urge,
    Complain: _complain,
    Cancel: _cancel,
    Rate: _rate,
    CallPerson: _call_person,
    KeepPicture: _keep_picture,
    AttachPicture: _attach_picture,
    Correct: _correct,
}
