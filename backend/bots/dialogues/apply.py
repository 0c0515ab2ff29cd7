"""Applying for gas (报装): asks one thing at a time, takes several at once, files when the person says so."""

from dataclasses import replace

from backend.bots.conversation import Conversation, Form, Option, Question, Slot
from backend.bots.dialogues import slots
from backend.bots.dialogues.answers import says
from backend.bots.dialogues.reading import bad_visit, read_answer, read_correction, read_facts
from backend.bots.dialogues.turns import FileApplication, KeepPicture, Part, Scene, Turn, part
from config.messages.replies import replies
from config.messages.texts import fill, problems

_NOT_UNDERSTOOD = {
    "name": "name_wrong",
    "phone": "phone_wrong",
    "address": "address_wrong",
    "flow": "flow_wrong",
}
_VALUES = ("kind", "name", "phone", "address", "flow", "visit_at")
_DIGITS_OF_A_NUMBER = 4


def begin(scene: Scene, form: Form | None = None) -> Turn:
    """A new form with what the person has said already."""
    hello = "begin_known" if scene.person.cases else "begin"
    return ask(scene, read_facts(scene, form or Form()), part(hello))


def ask(scene: Scene, form: Form, *before: Part) -> Turn:
    """Puts the next question."""
    pictures = scene.talk.pictures
    slot = slots.next_slot(form, pictures)
    question = slots.ask(slot, form, scene.person, pictures)
    talk = replace(scene.talk, form=replace(form, asked=slot), question=None)
    return Turn(next=talk, before=before, after=(question,))


def again(talk: Conversation, scene: Scene) -> tuple[Part, ...]:
    """The question that is open, to be put once more after something else was answered."""
    form = talk.form
    if form is None or form.asked is None:
        return ()
    return (slots.ask(form.asked, form, scene.person, talk.pictures),)


def go_on(scene: Scene, form: Form) -> Turn | None:
    """The next step of an open form; None when the line is about something else."""
    text = scene.heard.text
    if says(text, "leave"):
        return leave(scene)
    if form.asked == "confirm" and says(text, "confirm"):
        return _file(scene, form)
    if form.asked != "name" and form.name is not None and says(text, "no") and not says(text, "skip"):
        return Turn(next=scene.talk, before=(part("what_to_change"),))
    corrected = read_correction(scene, form)
    found = read_facts(scene, corrected or form)
    if found != form:
        return ask(scene, found, *_echo(form, found))
    return None


def answer(scene: Scene, form: Form) -> Turn | None:
    """A line that is nothing but an answer to the question; None when it cannot be understood as one."""
    answered = read_answer(scene, form)
    return ask(scene, answered) if answered != form else None


def ask_again(scene: Scene, form: Form) -> Turn:
    """The same question once more, with a word on what was not understood."""
    return Turn(next=scene.talk, before=_misunderstood(scene, form.asked), after=again(scene.talk, scene))


def take_picture(scene: Scene, form: Form) -> Turn:
    """A photo during the form is one of the papers."""
    paper = slots.paper_of_next(scene.talk.pictures, form)
    said = part("picture_in_form", paper=paper) if paper else part("picture_extra")
    talk = replace(scene.talk, pictures=(*scene.talk.pictures, scene.heard.media_id))
    slot = slots.next_slot(form, talk.pictures)
    question = slots.ask(slot, form, scene.person, talk.pictures)
    talk = replace(talk, form=replace(form, asked=slot))
    return Turn(next=talk, before=(said,), deed=KeepPicture(media_id=scene.heard.media_id), after=(question,))


def leave(scene: Scene) -> Turn:
    """Drops the form; photos wait for another one."""
    return Turn(next=replace(scene.talk, form=None, question=None), before=(part("left_form"),))


def offer_to_resume(scene: Scene, form: Form) -> Turn:
    """After a long pause the person is asked whether to go on."""
    kept = read_facts(scene, form)
    texts = replies().texts
    options = (
        Option(value="go_on", label=texts["go_on_choice"]),
        Option(value="restart", label=texts["restart_choice"]),
    )
    talk = replace(scene.talk, form=kept, question=Question(kind="resume", options=options))
    return Turn(next=talk, before=(part("resume", *options),))


def _file(scene: Scene, form: Form) -> Turn:
    pictures = slots.name_pictures(scene.talk.pictures, form)
    done = replace(scene.talk, form=None, question=None, pictures=())
    return Turn(next=done, deed=FileApplication(form=form, pictures=pictures))


def _echo(before: Form, after: Form) -> tuple[Part, ...]:
    """A word that something said earlier was put right."""
    pairs = [(getattr(before, name), getattr(after, name)) for name in _VALUES]
    return (part("noted"),) if any(old not in {None, new} for old, new in pairs) else ()


def _misunderstood(scene: Scene, slot: Slot | None) -> tuple[Part, ...]:
    fault = bad_visit(scene)
    if slot == "visit" and fault:
        return (part("visit_wrong", why=fill(problems()[fault], {})),)
    digits = sum(character.isdigit() for character in scene.heard.text)
    if slot == "phone" and digits < _DIGITS_OF_A_NUMBER:
        return ()
    key = _NOT_UNDERSTOOD.get(slot or "")
    return (part(key),) if key else ()
