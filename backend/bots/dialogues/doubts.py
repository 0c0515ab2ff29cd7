"""What may be danger: the safety words at once, and the question whether it is."""

from dataclasses import replace

from backend.bots.conversation import Conversation, Option, Question
from backend.bots.dialogues import apply
from backend.bots.dialogues.answers import choose, says
from backend.bots.dialogues.turns import Alarm, Part, Scene, Turn, part
from config.messages.replies import replies


def options() -> tuple[Option, ...]:
    """Yes and no to touch. The words of the yes are an alarm by themselves, whatever the talk remembers."""
    said = replies().texts
    return (Option(value="yes", label=said["danger_yes"]), Option(value="no", label=said["danger_no"]))


def doubt() -> Part:
    """What to do in any case, and whether there is danger."""
    return part("danger_doubt", *options())


def asked(talk: Conversation, words: str) -> Conversation:
    """The talk with the question open; a form goes on afterwards where it stood."""
    return replace(talk, question=Question(kind="danger", words=words, options=options()))


def take(scene: Scene) -> Turn:
    """For a danger the door did not see, the learned reader being away: the alarm, or the question."""
    words = scene.heard.text
    if scene.understood.confidence < 1:
        return Turn(next=asked(scene.talk, words), before=(doubt(),))
    return Turn(next=scene.talk, deed=Alarm(words=words))


def answer(scene: Scene, question: Question) -> Turn | None:
    """A yes is an alarm for what was said before; None where the line is no answer."""
    settled = replace(scene, talk=replace(scene.talk, question=None))
    option = choose(scene.heard, question.options)
    said = scene.heard.text
    if says(said, "yes") or says(said, "endangered") or (option and option.value == "yes"):
        return apply.with_question(Turn(next=settled.talk, deed=Alarm(words=question.words)), settled)
    if says(said, "no") or option:
        denied = Turn(next=settled.talk, before=(part("danger_denied"),))
        return apply.with_question(denied, settled) if settled.talk.form else denied
    return None
