"""Answers to a question that was put outside the application form."""

from collections.abc import Callable
from dataclasses import replace

from backend.bots.conversation import Form, Question
from backend.bots.dialogues import apply, cases, pictures
from backend.bots.dialogues.answers import choose, says
from backend.bots.dialogues.turns import BookVisit, Complain, Rate, Scene, Turn, part

Read = Callable[[Scene, Question], Turn | None]


def answer(scene: Scene, question: Question) -> Turn | None:
    """What the answer leads to; None when the line answers nothing of the kind and the question is to be forgotten."""
    return _READERS[question.kind](scene, question) if question.kind in _READERS else None


def _which_case(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options)
    if option is None:
        return None
    said = replace(scene, heard=replace(scene.heard, text=question.words)) if question.words else scene
    return cases.chosen(said, question.intent, option.value)


def _which_paper(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options)
    return None if option is None else pictures.named(scene, question, option.value)


def _visit_time(scene: Scene, question: Question) -> Turn | None:
    at = scene.understood.entities.preferred_visit_at
    if at is not None:
        done = replace(scene.talk, question=None)
        deed = BookVisit(number=question.number, at=at)
        return Turn(next=done, deed=deed, refused=scene.talk)
    if scene.understood.intent in {"unknown", "book_visit", "reschedule_visit"}:
        return Turn(next=scene.talk, before=(part("visit_unread"),))
    return None


def _cancel_sure(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options)
    if says(scene.heard.text, "no") or (option and option.value == "keep"):
        return Turn(next=replace(scene.talk, question=None), before=(part("cancel_kept"),))
    if option or says(scene.heard.text, "really_cancel"):
        return cases.cancel_now(scene, question.number)
    return None


def _score(scene: Scene, question: Question) -> Turn | None:
    option = choose(scene.heard, question.options) if scene.heard.menu_id else None
    score = int(option.value) if option else cases.read_score(scene.heard.text)
    if score is None:
        return None
    return Turn(next=replace(scene.talk, question=None), deed=Rate(number=question.number, score=score))


def _complaint(scene: Scene, question: Question) -> Turn | None:
    done = replace(scene.talk, question=None)
    if not scene.heard.text or says(scene.heard.text, "leave"):
        return None
    return Turn(next=done, deed=Complain(number=question.number, words=scene.heard.text))


def _place(scene: Scene, question: Question) -> Turn | None:
    if not says(scene.heard.text, "yes"):
        return None
    form = replace(scene.talk.form or Form(), address=question.words)
    return apply.ask(scene, form) if scene.talk.form else apply.begin(scene, form)


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
}
