"""One turn of a talk: whose question is open, which errand is meant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from backend.bots.conversation import Form, Question
from backend.bots.dialogues import apply, cases, general, pictures, questions
from backend.bots.dialogues.answers import choose, mentions, says
from backend.bots.dialogues.reading import names_correction
from backend.bots.dialogues.turns import CallPerson, Part, Scene, Turn, part
from backend.bots.understanding.values import Understanding

_STALE_AFTER = timedelta(hours=12)
_SURE, _VERY_SURE = 0.5, 0.8
_BESIDE_THE_FORM = frozenset(
    {"progress", "documents_needed", "time_limit", "package", "channels", "manager_contact", "urge", "complaint", "human", "out_of_scope", "greeting", "rate", "submit_document"}
)  # fmt: skip
_LIKELY_FACTS = frozenset({"bind_phone", "unknown", "manager_contact", "progress", "human"})
_UNHEARD = {
    "voice": "voice_unheard",
    "video": "video_seen",
    "shortvideo": "video_seen",
    "link": "link_seen",
}


def turn(scene: Scene) -> Turn:
    """What one message comes to. Pure: the looks and deeds are the assistant's."""
    decided = _decide(scene)
    unclear = decided.next.unclear if decided.next.unclear > scene.talk.unclear else 0
    return replace(decided, next=replace(decided.next, at=scene.now, unclear=unclear))


def _decide(scene: Scene) -> Turn:
    question = scene.talk.question
    if question is not None and question.kind == "which_intent":
        scene = _reinterpreted(scene, question)
    elif question is not None:
        answered = questions.answer(scene, question)
        if answered is not None:
            return answered
    scene = replace(scene, talk=replace(scene.talk, question=None))
    by_kind = _KINDS.get(scene.heard.kind)
    if by_kind is not None and not scene.heard.text:
        return by_kind(scene)
    form = scene.talk.form
    return _in_form(scene, form) if form is not None else _freely(scene)


def _in_form(scene: Scene, form: Form) -> Turn:
    if scene.talk.at is not None and scene.now - scene.talk.at > _STALE_AFTER:
        return apply.offer_to_resume(scene, form)
    understood = scene.understood
    if understood.intent == "cancel" and understood.confidence >= _VERY_SURE:
        return apply.leave(scene)
    if _is_beside(scene, form):
        return _with_question(_freely(scene), scene)
    answered = apply.go_on(scene, form) or apply.answer(scene, form)
    page = None if answered else general.find_page(scene)
    return answered or (_with_question(page, scene) if page else apply.ask_again(scene, form))


def _is_beside(scene: Scene, form: Form) -> bool:
    """Whether the line is an errand of its own and not the answer to the form's question."""
    understood = scene.understood
    text = scene.heard.text
    if understood.confidence < _VERY_SURE or (form.asked == "confirm" and says(text, "confirm")):
        return False
    if names_correction(text):
        return False
    if understood.intent == "bind_phone":
        return understood.entities.contact_phone is None
    return understood.intent in _BESIDE_THE_FORM


def _with_question(aside: Turn, scene: Scene) -> Turn:
    """The answer to something else, and then the form's question once more."""
    if aside.next.question is not None:
        return aside
    return replace(aside, after=(*aside.after, *apply.again(aside.next, scene)))


def _freely(scene: Scene) -> Turn:
    intent = _meant(scene)
    if intent == "apply":
        return apply.begin(scene)
    if intent in {"unknown", "greeting", "thanks"} and _rates(scene):
        intent = "rate"
    if intent == "documents_needed" and mentions(scene.heard.text, "still_missing"):
        intent = "submit_document"
    if intent in cases.INTENTS:
        return cases.concerning(scene, intent)
    if intent == "human":
        said = scene.heard.text
        return Turn(next=scene.talk, deed=CallPerson(words=said))
    return general.say(scene, intent) if intent != "unknown" else _ask_back(scene)


def _meant(scene: Scene) -> str:
    """The intent, where it is sure enough; facts enough for an application are one."""
    understood, facts = scene.understood, scene.understood.entities
    if facts.address and (facts.contact_phone or facts.contact_name) and understood.intent in _LIKELY_FACTS:
        return "apply"
    return understood.intent if understood.confidence >= _SURE else "unknown"


def _rates(scene: Scene) -> bool:
    """A bare digit after ignition is the score we asked for in our message."""
    return cases.read_score(scene.heard.text) is not None and any(one.ratable for one in scene.person.cases)


def _ask_back(scene: Scene) -> Turn:
    """Two suggestions where there are two guesses worth naming; a person, when the line before was not clear either."""
    page = general.find_page(scene)
    if page is not None:
        return page
    if scene.waits_for_person:
        return Turn(next=scene.talk, before=(part("human_waiting"),))
    if scene.talk.unclear:
        return Turn(next=scene.talk, deed=CallPerson(words=scene.heard.text, why="unsure"))
    scene = replace(scene, talk=replace(scene.talk, unclear=scene.talk.unclear + 1))
    options = general.suggestions(scene.understood)
    if len(options) < 2:
        return Turn(next=scene.talk, before=(part("unknown_plain"),))
    human = general.suggestion("human")
    options = (*options, human) if human not in options else options
    question = Question(kind="which_intent", words=scene.heard.text, options=options)
    return Turn(next=replace(scene.talk, question=question), before=(part("unknown", *options),))


def _reinterpreted(scene: Scene, question: Question) -> Scene:
    """The wish that was chosen, with the facts of the line it was chosen for."""
    option = choose(scene.heard, question.options)
    if option is None:
        return scene
    meant = Understanding(
        intent=option.value,  # type: ignore[arg-type]  # the options are intents
        confidence=1.0,
        runner_up=None,
        entities=scene.understood.entities,
        by="choice",
    )
    return replace(scene, understood=meant, heard=replace(scene.heard, text=question.words or option.label))


def _picture(scene: Scene) -> Turn:
    form = scene.talk.form
    return apply.take_picture(scene, form) if form is not None else pictures.take(scene)


def _place(scene: Scene) -> Turn:
    label, form = scene.heard.label, scene.talk.form
    if not label:
        return _with_question(Turn(next=scene.talk, before=(part("place_unnamed"),)), scene)
    if form is not None and form.address is not None:
        return _with_question(Turn(next=scene.talk, before=(part("place_noted", label=label),)), scene)
    question = Question(kind="place", words=label)
    return Turn(next=replace(scene.talk, question=question), before=(part("place_offer", label=label),))


def _unheard(scene: Scene) -> Turn:
    said: Part = part(_UNHEARD.get(scene.heard.kind, "no_sticker"))
    return _with_question(Turn(next=scene.talk, before=(said,)), scene)


_KINDS: dict[str, Callable[[Scene], Turn]] = {
    "image": _picture,
    "location": _place,
    **dict.fromkeys((*_UNHEARD, "text", "other"), _unheard),
}
