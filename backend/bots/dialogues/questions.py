"""Answers to a question that was put outside the application form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from backend.bots.conversation import Form, Question
from backend.bots.dialogues import apply, cases, doubts, mending, mistakes, pictures
from backend.bots.dialogues.answers import choose, mentions, says
from backend.bots.dialogues.turns import BookVisit, CallPerson, Complain, Scene, Turn, part
from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.plain_text import plain

_ABOUT_VISITS = frozenset({"unknown", "book_visit", "reschedule_visit"})
Read = Callable[[Scene, Question], Turn | None]


def answer(scene: Scene, question: Question) -> Turn | None:
    """What the answer leads to; None when the line answers nothing of the kind and the question is to be forgotten."""
    return _READERS[question.kind](scene, question) if question.kind in _READERS else None


def _which_case(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options)
    if option is None:
        return None
    return cases.chosen(_as_first_said(scene, question), question.intent, option.value)


def _as_first_said(scene: Scene, question: Question) -> Scene:
    """The line the choice was asked for, with the facts in it: 约明天下午三点."""
    if not question.words:
        return scene
    facts = read_facts(plain(question.words), scene.now).entities
    understood = replace(scene.understood, entities=facts)
    return replace(scene, heard=replace(scene.heard, text=question.words), understood=understood)


def _which_paper(scene: Scene, question: Question) -> Turn | None:
    if scene.heard.kind == "image":
        return pictures.one_by_one(scene, question)
    option = choose(scene.heard, question.options)
    return None if option is None else pictures.named(scene, question, option.value)


def _visit_time(scene: Scene, question: Question) -> Turn | None:
    if says(scene.heard.text, "leave") or says(scene.heard.text, "no"):
        return Turn(next=replace(scene.talk, question=None), before=(part("left_nothing"),))
    if mentions(scene.heard.text, "no_hurry"):
        return Turn(next=replace(scene.talk, question=None), before=(part("visit_left_to_us"),))
    option = choose(scene.heard, question.options)
    at = datetime.fromisoformat(option.value) if option else scene.understood.entities.preferred_visit_at
    fault = None if option else cases.bad_hour(scene)
    if fault is not None:
        return cases.offer_hours(scene, question.number, fault)
    if at is not None:
        done = replace(scene.talk, question=None)
        deed = BookVisit(number=question.number, at=at)
        return Turn(next=done, deed=deed, refused=scene.talk)
    if scene.understood.intent in _ABOUT_VISITS or mentions(scene.heard.text, "time_words"):
        return cases.offer_hours(scene, question.number, "visit_unread")
    return None


def _cancel_sure(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options)
    keeps = says(scene.heard.text, "no") or mentions(scene.heard.text, "keeps")
    if keeps or (option and option.value == "keep"):
        return Turn(next=replace(scene.talk, question=None), before=(part("cancel_kept"),))
    if option or says(scene.heard.text, "really_cancel"):
        return cases.cancel_now(scene, question)
    return None


def _score(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options) if scene.heard.menu_id else None
    score = int(option.value) if option else cases.read_score(scene.heard.text)
    if score is None:
        return None
    done = replace(scene.talk, question=None)
    return Turn(next=done, deed=cases.rating(scene, question.number, score))


def _complaint(scene: Scene, question: Question) -> Turn | None:
    done = replace(scene.talk, question=None)
    if says(scene.heard.text, "leave") or says(scene.heard.text, "no"):
        return Turn(next=done, before=(part("left_nothing"),))
    if not scene.heard.text:
        return None
    if not question.number:
        deed = CallPerson(words=scene.heard.text, why="complaint")
        said = scene.understood.entities
        if said.address and said.contact_phone:  # angry, and tells us where the gas is wanted: both are heard
            begun = apply.begin(replace(scene, talk=done))
            return replace(begun, before=(), deed=deed, after=(*begun.before, *begun.after))
        return Turn(next=done, deed=deed)
    return Turn(next=done, deed=Complain(number=question.number, words=scene.heard.text))


def _place(scene: Scene, question: Question) -> Turn | None:
    text, form = scene.heard.text, scene.talk.form
    settled = replace(scene, talk=replace(scene.talk, question=None))
    if says(text, "no"):
        said = part("place_kept" if form else "left_nothing")
        kept = Turn(next=settled.talk, before=(said,))
        return apply.with_question(kept, settled)
    if not says(text, "yes") and not mending.is_part(text):
        return None
    address = mending.mend(question.words, text) or question.words
    filled = replace(form or Form(), address=address, detail="")
    return apply.ask(settled, filled) if form else apply.begin(settled, filled)


def _next_site(scene: Scene, question: Question) -> Turn | None:
    settled = replace(scene, talk=replace(scene.talk, question=None))
    text = scene.heard.text
    if choose(scene.heard, question.options) or says(text, "yes") or says(text, "go_on"):
        return apply.next_site(settled, question.words)
    if says(text, "no") or says(text, "leave"):
        return Turn(next=replace(settled.talk, sites=()), before=(part("left_nothing"),))
    return None


def _resume(scene: Scene, question: Question) -> Turn | None:
    text, form = scene.heard.text, scene.talk.form
    option = choose(scene.heard, question.options)
    if form is None:
        return None
    if says(text, "restart") or (option and option.value == "restart"):
        return apply.begin(scene)
    if says(text, "go_on") or says(text, "yes") or option:
        return apply.ask(scene, form)
    return apply.leave(scene) if says(text, "leave") or says(text, "no") else None


_READERS: dict[str, Read] = {
    "which_case": _which_case,
    "which_paper": _which_paper,
    "visit_time": _visit_time,
    "cancel_sure": _cancel_sure,
    "score": _score,
    "complaint": _complaint,
    "place": _place,
    "resume": _resume,
    "next_site": _next_site,
    "danger": doubts.answer,
    "correct_value": mistakes.value_given,
    "correct_sure": mistakes.confirmed,
}
