"""What a line means that answers no question of ours: an errand, a correction, a courtesy, or nothing we know."""

import re
from dataclasses import replace

from backend.bots.conversation import Form, Question
from backend.bots.dialogues import apply, asides, cases, general, mistakes, pictures, unread
from backend.bots.dialogues.answers import mentions, says
from backend.bots.dialogues.naming import bare_name
from backend.bots.dialogues.reading import names_kind
from backend.bots.dialogues.turns import CallPerson, Scene, Turn, part
from backend.bots.understanding.doubt import is_between_two, is_unsure

_LIKELY_FACTS = frozenset({"bind_phone", "unknown", "manager_contact", "progress", "human"})
# Who owes us a score and says one means it, whatever else is in the line: 两分，太慢.
_AS_WELL_A_SCORE = frozenset({"unknown", "greeting", "thanks", "urge", "complaint"})
# How long for everybody, or how far mine is: who has one case under way means theirs either way.
_ONE_FOR_A_CASE = frozenset({"time_limit", "progress"})
_ASKED_OF_AN_HOUR = frozenset({"progress", "time_limit", "out_of_scope", "unknown"})
_SHORT, _ONE_WORD = 8, 4  # characters: 那行，装吧; 工商业
_LIKE_A_NUMBER = re.compile(r"(?i)x ?z[\d ]{1,11}")


def say(scene: Scene) -> Turn:
    """The answer to a line that stands for itself."""
    return (
        asides.find(scene)
        or _about_the_form(scene)
        or pictures.renamed(scene)
        or _mistake(scene)
        or _named(scene)
        or _by_page(scene)
        or _by_door(scene)
        or _meant(scene)
    )


def _about_the_form(scene: Scene) -> Turn | None:
    """Words for a form where none is open."""
    text, talk = scene.heard.text, scene.talk
    if talk.form is not None:
        return None
    begun = _begun_again(scene)
    if begun is not None:
        return begun
    has_none = not any(case.open for case in scene.person.cases)
    if says(text, "back"):
        return Turn(next=talk, before=(part("nothing_left" if has_none else "undo_filed"),))
    leaves = says(text, "leave") and not mentions(text, "cancels")
    if (leaves and has_none) or says(text, "yes") or says(text, "no"):
        return Turn(next=talk, before=(part("left_nothing"),))
    return general.say(scene, "greeting") if says(text, "confirm") else None


def _begun_again(scene: Scene) -> Turn | None:
    """The form that was left, a fresh one, or the application that was cancelled, once more."""
    text, talk = scene.heard.text, scene.talk
    if says(text, "go_on") or (talk.dropped and says(text, "no") and mentions(text, "calls_off_left")):
        return apply.take_up(scene)
    if says(text, "restart"):
        return apply.begin(scene, Form())
    regrets = not talk.dropped and apply.may_be_regretted(scene) and mentions(text, "regrets")
    return apply.once_more(scene) if regrets else None


def _mistake(scene: Scene) -> Turn | None:
    wish = mistakes.wish_in(scene)
    return None if wish is None else cases.concerning(scene, wish)


def _named(scene: Scene) -> Turn | None:
    """Lines that are told by a word: who are you, a whole community, let us begin, half a number."""
    text = scene.heard.text
    if mentions(text, "asks_who"):
        return Turn(next=scene.talk, before=(part("who_i_am"),))
    if mentions(text, "whole_community") and not (scene.talk.form and bare_name(text)):
        return Turn(next=scene.talk, before=(part("community"),), deed=CallPerson(words=text))
    if _lets_begin(scene):
        return apply.begin(scene)
    if _asks_for_hour(scene):
        return cases.concerning(scene, "progress")
    if _LIKE_A_NUMBER.fullmatch(text.strip()):
        return Turn(next=scene.talk, before=(part("number_incomplete"),))
    return None


def _lets_begin(scene: Scene) -> bool:
    """报, 那就装吧, or the kind alone as the answer to a question that was left: 居民."""
    text = scene.heard.text
    only_kind = scene.talk.form is None and len(text) <= _ONE_WORD and names_kind(scene.heard)
    return only_kind or says(text, "begins") or (mentions(text, "lets_begin") and len(text) <= _SHORT)


def _asks_for_hour(scene: Scene) -> bool:
    """后天几点来着: the hour that was agreed, or wished for, stands with the progress."""
    asked = scene.understood.intent in _ASKED_OF_AN_HOUR and mentions(scene.heard.text, "asks_hour")
    return asked and any(case.open for case in scene.person.cases)


def _by_page(scene: Scene) -> Turn | None:
    """A page for a question beside every errand; errands that a page answers choose theirs themselves."""
    return None if scene.understood.intent in general.PAGE_OF else general.find_page(scene)


def _by_door(scene: Scene) -> Turn | None:
    """What is no connection has its own door, by name; where no wish is clear too."""
    return general.find_door(scene) if _intent(scene) in {"out_of_scope", "unknown"} else None


def _meant(scene: Scene) -> Turn:
    intent = _intent(scene)
    if intent == "apply":
        return apply.begin(scene)
    if intent in _AS_WELL_A_SCORE and _rates(scene):
        intent = "rate"
    if intent in {"documents_needed", "unknown"} and mentions(scene.heard.text, "still_missing"):
        intent = "submit_document"
    if intent == "time_limit" and _asks_for_own(scene):
        intent = "progress"
    if intent == "cancel" and (_wants_it(scene) or _begins_after_all(scene)):
        return apply.begin(scene)
    if intent in cases.INTENTS:
        return cases.concerning(scene, intent)
    leaves_number = intent == "bind_phone" and scene.understood.entities.contact_phone is not None
    if intent == "human" or (leaves_number and scene.waits_for_person):  # the agent will want to call
        return Turn(next=scene.talk, deed=CallPerson(words=scene.heard.text))
    return general.say(scene, intent) if intent != "unknown" else _ask_back(scene)


def _intent(scene: Scene) -> str:
    """The intent, where it is sure enough; facts enough for an application are one."""
    understood, facts = scene.understood, scene.understood.entities
    if facts.address and (facts.contact_phone or facts.contact_name) and understood.intent in _LIKELY_FACTS:
        return "apply"
    if understood.runner_up and {understood.intent, understood.runner_up.intent} == _ONE_FOR_A_CASE:
        return "progress" if _asks_for_own(scene) else understood.intent
    between_two = is_between_two(understood) and len(general.suggestions(understood)) > 1
    if is_unsure(understood) or between_two:
        return "unknown"
    return understood.intent


def _asks_for_own(scene: Scene) -> bool:
    """Who has one case under way and names no kind of customer asks for their own day."""
    being_done = [case for case in scene.person.cases if case.open]
    return len(being_done) == 1 and scene.understood.entities.customer_kind is None


def _wants_it(scene: Scene) -> bool:
    """Who has nothing to cancel and does not say so wants to begin: 那行，装吧."""
    text = scene.heard.text
    has_none = not any(case.open for case in scene.person.cases)
    return has_none and mentions(text, "wants_it") and not mentions(text, "calls_off")


def _begins_after_all(scene: Scene) -> bool:
    """算了我说中文吧，装气: what is called off is no application."""
    return "apply" in scene.others and not any(case.open for case in scene.person.cases)


def _rates(scene: Scene) -> bool:
    """A bare digit after ignition is the score we asked for in our message."""
    return cases.read_score(scene.heard.text) is not None and any(one.ratable for one in scene.person.cases)


def _ask_back(scene: Scene) -> Turn:
    """Two suggestions where there are two guesses worth naming; a person, when the line before was not clear either."""
    page = general.find_page(scene)
    if page is not None:
        return page
    if unread.is_foreign(scene.heard.text):
        return Turn(next=scene.talk, before=(part("foreign"),))
    if scene.waits_for_person:
        return Turn(next=scene.talk, before=(general.waiting(scene),))
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
