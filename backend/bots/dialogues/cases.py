"""Errands about an application that exists: which one is meant, and what is to be done with it."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from backend.bots.conversation import Conversation, Option, Question, QuestionKind
from backend.bots.dialogues import mistakes, pictures
from backend.bots.dialogues.answers import mentions
from backend.bots.dialogues.turns import (
    BookVisit,
    CallPerson,
    Cancel,
    Complain,
    Rate,
    Scene,
    ShowFreeHours,
    ShowManager,
    ShowProgress,
    Turn,
    Urge,
    part,
)
from backend.bots.understanding.plain_text import squeezed
from backend.queries.my_cases import MyCase
from backend.rules.free_hours import is_daytime
from config import policy
from config.messages.replies import replies
from config.messages.texts import fill

Do = Callable[[Scene, MyCase], Turn]
_SCORE = re.compile(r"(?:打|给|评)?([1-5一二两三四五])(?:个?分|颗?星)?(?:好评)?")
_SCORE_INSIDE = re.compile(r"(?<!\d)([1-5一二两三四五])个?[分星](?![之钟])")
_SHORTEST_COMMENT, _LONGEST_COMMENT = 2, 200  # characters beside the score: 五星好评 is one without a word
_BEST = re.compile("满分|很好|非常好|特别好|挺好|五星好评|非常满意|很满意|满意")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def concerning(scene: Scene, intent: str) -> Turn:
    """Does the errand for the one case it can mean, or asks which."""
    number = scene.understood.entities.application_number
    if number is not None:
        return _by_number(scene, intent, number)
    fitting = _fitting(scene, intent)
    if not fitting:
        return _without_case(scene, intent)
    if len(fitting) == 1:
        return _ERRANDS[intent](scene, fitting[0])
    options = tuple(Option(value=case.number, label=_label(case)) for case in fitting)
    question = Question(kind="which_case", intent=intent, words=scene.heard.text, options=options)
    return Turn(next=replace(scene.talk, question=question), before=(part("which_case", *options),))


def chosen(scene: Scene, intent: str, number: str) -> Turn:
    """The errand for the case that was chosen."""
    return _by_number(replace(scene, talk=replace(scene.talk, question=None)), intent, number)


def read_score(text: str) -> int | None:
    """One to five, as people give it."""
    line = squeezed(text)
    match = _SCORE.fullmatch(line) or _SCORE_INSIDE.search(line)
    if match:
        return _DIGITS.get(match[1]) or int(match[1])
    return max(_DIGITS.values()) if _BEST.search(line) and "不" not in line else None


def book(scene: Scene, case: MyCase) -> Turn:
    """Books or moves the visit, or offers the hours that are free."""
    at = scene.understood.entities.preferred_visit_at
    fault = bad_hour(scene)
    if fault is not None:
        return offer_hours(scene, case.number, fault)
    if at is None:
        return offer_hours(scene, case.number, "visit_when" if case.visit_at else "visit_when_first")
    return Turn(next=_settled(scene), deed=BookVisit(number=case.number, at=at))


def offer_hours(scene: Scene, number: str, key: str) -> Turn:
    """Asks for the hour; the free ones become the choices of the question."""
    question = Question(kind="visit_time", number=number)
    talk = replace(scene.talk, question=question)
    return Turn(next=talk, before=(part(key),), look=ShowFreeHours(number=number))


def bad_hour(scene: Scene) -> str | None:
    """Why nobody can come at the hour that was said: it is past, or at night."""
    text, at = scene.heard.text, scene.understood.entities.preferred_visit_at
    if mentions(text, "past_days"):
        return "visit_past"
    at_night = mentions(text, "night") or (at is not None and not is_daytime(at, policy.current()))
    return "visit_at_night" if at_night else None


def rate(scene: Scene, case: MyCase) -> Turn:
    """Rates, or asks for the score."""
    score = read_score(scene.heard.text)
    if score is not None:
        return Turn(next=_settled(scene), deed=rating(scene, case.number, score))
    stars = sorted(set(_DIGITS.values()), reverse=True)
    pattern = replies().texts["stars"]
    options = tuple(Option(value=str(star), label=fill(pattern, {"score": str(star)})) for star in stars)
    question = Question(kind="score", number=case.number, options=options)
    return Turn(next=replace(scene.talk, question=question), before=(part("rate_how", *options),))


def rating(scene: Scene, number: str, score: int) -> Rate:
    """With what was said beside the score: 两分，太慢."""
    words = scene.heard.text.strip()
    line = squeezed(words)
    beside = "" if _SCORE.fullmatch(line) else _SCORE_INSIDE.sub("", _BEST.sub("", line))
    comment = words[:_LONGEST_COMMENT] if len(beside) >= _SHORTEST_COMMENT else None
    return Rate(number=number, score=score, comment=comment)


def _by_number(scene: Scene, intent: str, number: str) -> Turn:
    case = next((one for one in scene.person.cases if one.number == number), None)
    if case is None:
        return Turn(next=scene.talk, before=(part("not_yours", number=number),))
    return _ERRANDS[intent](scene, case)


def _fitting(scene: Scene, intent: str) -> list[MyCase]:
    cases = scene.person.cases
    if intent == "rate":
        return [case for case in cases if case.ratable]
    being_done = [case for case in cases if case.open]
    if intent in mistakes.FIELDS:
        return being_done or [case for case in cases if case.burns]
    if intent in {"progress", "complaint", "manager_contact"}:
        return being_done or list(cases[:1])
    return being_done


def _without_case(scene: Scene, intent: str) -> Turn:
    if intent == "submit_document" and scene.talk.form is not None:
        return Turn(next=_settled(scene), before=(part("papers_in_form"),))
    if intent == "complaint":
        return complain_without_case(scene)
    if intent == "urge" and scene.talk.unclear and not scene.waits_for_person:
        deed = CallPerson(words=scene.heard.text)
        return Turn(next=_settled(scene), before=(part("urge_by_person"),), deed=deed)
    if intent == "urge":  # counts as not understood: whoever says it again is not helped by the same words
        return Turn(
            next=replace(_settled(scene), unclear=scene.talk.unclear + 1), before=(part("urge_none"),)
        )
    keys = {
        "cancel": "cancel_none",
        "rate": "rate_none",
        "submit_document": "papers_none",
    }
    visit = {"book_visit": "visit_none", "reschedule_visit": "visit_none"}
    return Turn(next=_settled(scene), before=(part({**keys, **visit}.get(intent, "no_cases")),))


def complain_without_case(scene: Scene) -> Turn:
    """Goes to a person of ours; what it is about is asked for first."""
    words = _complaint_words(scene)
    if words is None:
        question = Question(kind="complaint")
        return Turn(next=replace(scene.talk, question=question), before=(part("complaint_what"),))
    return Turn(next=_settled(scene), deed=CallPerson(words=words, why="complaint"))


def _progress(scene: Scene, case: MyCase) -> Turn:
    return Turn(next=_settled(scene), look=ShowProgress(number=case.number))


def _manager(scene: Scene, case: MyCase) -> Turn:
    return Turn(next=_settled(scene), look=ShowManager(number=case.number))


def _urge(scene: Scene, case: MyCase) -> Turn:
    if not case.open:
        return Turn(next=_settled(scene), before=(part("urge_none"),))
    return Turn(next=_settled(scene), deed=Urge(number=case.number, words=scene.heard.text))


def _complain(scene: Scene, case: MyCase) -> Turn:
    words = _complaint_words(scene)
    if words is None:
        return _ask(scene, "complaint", case, "complaint_what")
    return Turn(next=_settled(scene), deed=Complain(number=case.number, words=words))


def _cancel(scene: Scene, case: MyCase) -> Turn:
    texts = replies().texts
    options = (
        Option(value="cancel", label=texts["cancel_yes_choice"]),
        Option(value="keep", label=texts["cancel_no_choice"]),
    )
    question = Question(kind="cancel_sure", number=case.number, words=scene.heard.text, options=options)
    said = part("cancel_sure", *options, number=case.number, address=case.address)
    return Turn(next=replace(scene.talk, question=question), before=(said,))


def cancel_now(scene: Scene, question: Question) -> Turn:
    """The person is sure."""
    return Turn(next=_settled(scene), deed=Cancel(number=question.number, words=question.words))


def _submit(scene: Scene, case: MyCase) -> Turn:
    if scene.talk.pictures:
        return pictures.offer_kept(scene)
    if not case.missing:
        return Turn(next=_settled(scene), before=(part("papers_complete"),))
    names = "、".join(paper.name for paper in case.missing)
    return Turn(next=_settled(scene), before=(part("papers_wanted", number=case.number, papers=names),))


def _ask(scene: Scene, kind: QuestionKind, case: MyCase, key: str) -> Turn:
    question = Question(kind=kind, number=case.number)
    return Turn(next=replace(scene.talk, question=question), before=(part(key),))


def _complaint_words(scene: Scene) -> str | None:
    """What the complaint is about; None where only the wish to complain was said."""
    words = scene.heard.text.strip()
    about = re.sub("我|要|想|投诉|举报|你们|一下|[，,。.！!？? ]", "", words)
    return words if len(about) > 1 else None


def _settled(scene: Scene) -> Conversation:
    return replace(scene.talk, question=None)


def _label(case: MyCase) -> str:
    facts = {"number": case.number, "address": case.address, "stage": case.stage_name}
    return fill(replies().texts["case_choice"], facts)


_ERRANDS: dict[str, Do] = {
    "progress": _progress,
    "manager_contact": _manager,
    "book_visit": book,
    "reschedule_visit": book,
    "urge": _urge,
    "complaint": _complain,
    "cancel": _cancel,
    "rate": rate,
    "submit_document": _submit,
    **{wish: partial(mistakes.put_right, field=field) for wish, field in mistakes.FIELDS.items()},
}
INTENTS = frozenset(_ERRANDS)
