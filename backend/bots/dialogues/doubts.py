"""What may be danger: the safety words at once, and the question whether it is."""

import re
from dataclasses import replace
from datetime import timedelta

from backend.bots.conversation import Conversation, Option, Question
from backend.bots.dialogues import apply
from backend.bots.dialogues.answers import choose, says
from backend.bots.dialogues.turns import Alarm, Part, Scene, Turn, part
from backend.bots.heard import Heard
from backend.bots.safety import judge
from backend.bots.understanding.values import Understanding
from config.messages.replies import replies

_FRAGMENT = 6  # characters at most
_IN_ONE_GO = timedelta(minutes=2)

_HAN, _LETTERS = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{2}")


def options() -> tuple[Option, ...]:
    """Yes and no to touch. The words of the yes are an alarm by themselves, whatever the talk remembers."""
    said = replies().texts
    return (Option(value="yes", label=said["danger_yes"]), Option(value="no", label=said["danger_no"]))


def doubt() -> Part:
    """What to do in any case, and whether there is danger."""
    return part("danger_doubt", *options())


def in_english(words: str) -> tuple[Part, ...]:
    """What to do, once more for whoever writes no Chinese."""
    return () if _HAN.search(words) or not _LETTERS.search(words) else (part("emergency_english"),)


def asked(talk: Conversation, words: str) -> Conversation:
    """The talk with the question open; a form goes on afterwards where it stood."""
    return replace(talk, question=Question(kind="danger", words=words, options=options()))


def concerns(heard: Heard, understood: Understanding, talk: Conversation) -> bool:
    """Whether a message is about danger: that is never left to a person who may be away from the desk."""
    asked_of = talk.question is not None and talk.question.kind == "danger"
    return understood.intent == "emergency" or (asked_of and _reads(heard) is not None)


def take(scene: Scene) -> Turn:
    """For a danger the door did not see, the learned reader being away: the alarm, or the question."""
    words = scene.heard.text
    if scene.understood.confidence < 1:
        return Turn(next=asked(scene.talk, words), before=(*in_english(words), doubt()))
    return Turn(next=replace(scene.talk, question=None, alarmed=scene.now), deed=Alarm(words=words))


def left_hanging(talk: Conversation, heard: Heard) -> str:
    """The message where it may be the first half of a sentence, else nothing."""
    asked_about = talk.question is not None and talk.question.kind == "danger"
    return "" if asked_about or len(heard.text) > _FRAGMENT else heard.text


def in_two_messages(scene: Scene) -> Turn | None:
    """A danger sent in halves of which neither is one (「软管」, 「老鼠咬」) is asked about."""
    before, line, at = scene.talk.hanging, scene.heard.text, scene.talk.at
    if not before or not line or len(line) > _FRAGMENT or at is None or scene.now - at > _IN_ONE_GO:
        return None
    whole = f"{before} {line}"
    return Turn(next=asked(scene.talk, whole), before=(doubt(),)) if judge(whole) else None


def answer(scene: Scene, question: Question) -> Turn | None:
    """A yes is an alarm for what was said before; None where the line is no answer."""
    settled = replace(scene, talk=replace(scene.talk, question=None))
    endangered = _reads(scene.heard)
    if endangered:
        alarmed = replace(settled.talk, alarmed=scene.now)
        return apply.with_question(Turn(next=alarmed, deed=Alarm(words=question.words)), settled)
    if endangered is not None:
        denied = Turn(next=settled.talk, before=(part("danger_denied"),))
        return apply.with_question(denied, settled) if settled.talk.form else denied
    return None


def _reads(heard: Heard) -> bool | None:
    """Yes or no to the question; None where the line is neither."""
    option = choose(heard, options())
    if says(heard.text, "yes") or says(heard.text, "endangered") or (option and option.value == "yes"):
        return True
    return False if says(heard.text, "no") or option else None
