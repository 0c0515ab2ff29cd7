"""One turn of a talk: whose question is open, which errand is meant."""

import re
from dataclasses import replace
from datetime import timedelta

from backend.bots.conversation import Conversation, Form, Option, Question
from backend.bots.dialogues import apply, asides, doubts, free, general, questions, unread, unsaid
from backend.bots.dialogues.answers import choose, mentions, says
from backend.bots.dialogues.naming import is_firm, is_full_name
from backend.bots.dialogues.reading import names_correction
from backend.bots.dialogues.turns import Scene, Turn, part
from backend.bots.understanding.doubt import is_unsure
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.values import Entities, Understanding
from config.messages.replies import replies

_STALE_AFTER = timedelta(hours=12)
_AROUND_A_NAME = 6  # characters: 户主是…就行
_VERY_SURE = 0.8
_BESIDE_THE_FORM = frozenset(
    {"progress", "documents_needed", "time_limit", "package", "channels", "manager_contact", "urge", "complaint", "human", "out_of_scope", "greeting", "rate", "submit_document"}
)  # fmt: skip
_HAS_WORDS = re.compile(r"[^\W\d_]")


def turn(scene: Scene) -> Turn:
    """What one message comes to. Pure: the looks and deeds are the assistant's."""
    decided = _with_others(_decide(_touched(scene)), scene)
    unclear = decided.next.unclear if decided.next.unclear > scene.talk.unclear else 0
    left = apply.remember(scene, decided.next)
    hanging = doubts.left_hanging(left, scene.heard)
    return replace(decided, next=replace(left, at=scene.now, unclear=unclear, hanging=hanging))


def _decide(scene: Scene) -> Turn:
    if scene.understood.intent == "emergency":
        return doubts.take(scene)
    halves = doubts.in_two_messages(scene)
    if halves is not None:
        return halves
    question = scene.talk.question
    if question is not None and question.kind != "danger" and _is_stale(scene):
        question = None
    if question is not None and question.kind == "which_intent":
        scene = _reinterpreted(scene, question)
    elif question is not None:
        answered = questions.answer(scene, question)
        if answered is not None:
            return answered
    scene = replace(scene, talk=replace(scene.talk, question=None))
    if unsaid.is_unsaid(scene.heard):
        return unsaid.answer(scene)
    form = scene.talk.form
    return _in_form(scene, form) if form is not None else free.say(scene)


def _is_stale(scene: Scene) -> bool:
    """After so long a silence nobody remembers what was asked: a yes of today cancels nothing of yesterday."""
    return scene.talk.at is not None and scene.now - scene.talk.at > _STALE_AFTER


def _in_form(scene: Scene, form: Form) -> Turn:
    if _is_stale(scene):
        return _after_a_pause(scene, form)
    steered = apply.steer(scene, form)
    if steered is not None:
        return steered
    understood = scene.understood
    if understood.intent == "cancel" and understood.confidence >= _VERY_SURE:
        return apply.leave(scene)
    answered = _beside(scene, form) or apply.go_on(scene, form) or apply.answer(scene, form)
    page = None if answered else general.find_page(scene)
    return answered or (apply.with_question(page, scene) if page else apply.ask_again(scene, form))


def _beside(scene: Scene, form: Form) -> Turn | None:
    """What is no answer to the form's question, and then that question; facts that a question states are kept."""
    asking = apply.with_facts(scene, form) if scene.understood.intent in general.PAGE_OF else scene
    said = asides.find(asking)
    if said is None and _is_beside(scene) and form.doubted != plain(scene.heard.text):
        said = free.say(asking)
    if said is None and _only_asks(scene):
        said = _answered(asking)
    return None if said is None else apply.with_question(said, asking)


def _answered(scene: Scene) -> Turn | None:
    """A question in the middle of the form: by its page, by its door, by what its wish is answered with."""
    understood = scene.understood
    likely = understood.intent in general.PAGE_OF and not is_unsure(understood)
    page = general.find_page(scene) or (general.say(scene, understood.intent) if likely else None)
    return page or general.find_door(scene)


def _after_a_pause(scene: Scene, form: Form) -> Turn:
    """A new wish is answered first; then the person is asked whether to go on."""
    if says(scene.heard.text, "restart") or says(scene.heard.text, "go_on"):
        return apply.steer(scene, form) or apply.ask(scene, form)
    resume = apply.offer_to_resume(scene, form)
    if not _is_beside(scene):
        return resume
    aside = free.say(scene)
    if aside.next.question is not None:
        return aside
    return replace(aside, next=resume.next, after=(*aside.after, *resume.before))


def _is_beside(scene: Scene) -> bool:
    """Whether the line is an errand of its own and not the answer to the form's question."""
    understood = scene.understood
    text = scene.heard.text
    if (
        asides.is_unhurried(scene)
        or understood.confidence < _VERY_SURE
        or names_correction(text)
        or not _HAS_WORDS.search(text)
    ):
        return False
    if scene.talk.form and scene.talk.form.asked == "name" and _is_name(scene):
        return False
    if understood.intent == "bind_phone":
        return understood.entities.contact_phone is None
    return understood.intent in _BESIDE_THE_FORM


def _is_name(scene: Scene) -> bool:
    """A person's or a firm's, whatever its words sound like; a full name that sounds like no errand of ours is one."""
    text = scene.heard.text
    by_shape = scene.understood.intent == "out_of_scope" and is_full_name(text)
    return is_firm(text) or _tells_only_name(scene) or by_shape


def _tells_only_name(scene: Scene) -> bool:
    """户主是常麦囤, whatever else such words are like."""
    name = scene.understood.entities.contact_name
    return name is not None and len(plain(scene.heard.text)) <= len(name) + _AROUND_A_NAME


def _only_asks(scene: Scene) -> bool:
    """Whether the line is a question in the middle of the form and states nothing but, perhaps, whose home it is."""
    stated = replace(scene.understood.entities, customer_kind=None)
    return stated == Entities() and mentions(scene.heard.text, "asks")


def _touched(scene: Scene) -> Scene:
    """A line of ours that names a wish and was touched means that wish, whatever is open."""
    wish = scene.heard.menu_id
    return _meaning(scene, wish) if wish in replies().intents else scene


def _meaning(scene: Scene, intent: str) -> Scene:
    meant = Understanding(
        intent=intent,  # type: ignore[arg-type]  # the options are intents
        confidence=1.0,
        runner_up=None,
        entities=scene.understood.entities,
        by="choice",
    )
    return replace(scene, understood=meant)


def _with_others(decided: Turn, scene: Scene) -> Turn:
    """The other wishes of the line, named and offered; a question that needs its answer first stands alone."""
    if not scene.others or decided.next.question is not None:
        return decided
    options = tuple(general.suggestion(intent) for intent in scene.others)
    key = "also_english" if unread.is_foreign(scene.heard.text) else "also"
    after = (*decided.after, part(key, *options))
    return replace(decided, after=after, next=_waiting_for(decided.next, options))


def _waiting_for(talk: Conversation, options: tuple[Option, ...]) -> Conversation:
    """A number is the answer to our list, unless the form waits for one."""
    if talk.form is not None:
        return talk
    return replace(talk, question=Question(kind="which_intent", options=options))


def _reinterpreted(scene: Scene, question: Question) -> Scene:
    """The wish that was chosen, with the facts of the line it was chosen for."""
    option = choose(scene.heard, question.options)
    if option is None:
        return scene
    said = replace(scene.heard, text=question.words or option.label)
    return replace(_meaning(scene, option.value), heard=said)
