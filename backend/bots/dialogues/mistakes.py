"""Putting an application right after it was filed: 电话错了，是139…; read back before anything changes."""

from dataclasses import replace

from backend.bots.conversation import CorrectedField, Option, Question
from backend.bots.dialogues import mending
from backend.bots.dialogues.answers import choose, mentions, says, without_lead
from backend.bots.dialogues.naming import bare_name
from backend.bots.dialogues.places import fitting_address
from backend.bots.dialogues.reading import names_correction
from backend.bots.dialogues.turns import CallPerson, Correct, Scene, Turn, part
from backend.queries.my_cases import MyCase
from config.messages.replies import replies

FIELDS: dict[str, CorrectedField] = {
    "correct_phone": "phone",
    "correct_name": "name",
    "correct_address": "address",
}


def wish_in(scene: Scene) -> str | None:
    """Which errand a line is that puts a filed application right; None when it speaks of no mistake."""
    if scene.talk.form is not None or not any(case.open or case.burns for case in scene.person.cases):
        return None
    text = scene.heard.text
    slot = names_correction(text)
    wish = f"correct_{slot}"
    if wish in FIELDS and not says(text, f"{slot}_words"):
        return wish
    part_anew = mentions(text, "corrects") and mending.is_detail(mending.value_of(text))
    return "correct_address" if part_anew or mending.instead(text) else None


def put_right(scene: Scene, case: MyCase, field: CorrectedField) -> Turn:
    """Asks for the new value, or whether it is right.

    What others filed for them is mended by a person of ours; so are the name and the address of a home where gas burns:
    they say who uses the meter, and another user is another contract.
    """
    settled = replace(scene.talk, question=None)
    if not case.filed_here or (case.burns and field != "phone"):
        why = "correct_by_person" if not case.filed_here else "correct_burning"
        return Turn(next=settled, before=(part(why),), deed=CallPerson(words=scene.heard.text))
    value = _value_in(scene, case, field)
    if value is None:
        question = Question(kind="correct_value", number=case.number, intent=f"correct_{field}")
        said = part("correct_what", field=replies().fields[field])
        return Turn(next=replace(settled, question=question), before=(said,))
    return _read_back(scene, case.number, field, value)


def value_given(scene: Scene, question: Question) -> Turn | None:
    """The answer to the question for the new value."""
    field = FIELDS[question.intent]
    case = next((one for one in scene.person.cases if one.number == question.number), None)
    value = _value_in(scene, case, field) if case else None
    return None if value is None else _read_back(scene, question.number, field, value)


def confirmed(scene: Scene, question: Question) -> Turn | None:
    """The answer to what was read back."""
    option = choose(scene.heard, question.options)
    settled = replace(scene.talk, question=None)
    if (option and option.value == "keep") or says(scene.heard.text, "no"):
        return Turn(next=settled, before=(part("correct_kept"),))
    if option or says(scene.heard.text, "confirm"):
        field = FIELDS[question.intent]
        return Turn(next=settled, deed=Correct(number=question.number, field=field, value=question.words))
    return None


def _read_back(scene: Scene, number: str, field: CorrectedField, value: str) -> Turn:
    texts = replies().texts
    options = (
        Option(value="correct", label=texts["correct_yes_choice"]),
        Option(value="keep", label=texts["correct_no_choice"]),
    )
    question = Question(
        kind="correct_sure", number=number, intent=f"correct_{field}", words=value, options=options
    )
    said = part("correct_sure", *options, number=number, field=replies().fields[field], value=value)
    return Turn(next=replace(scene.talk, question=question), before=(said,))


def _value_in(scene: Scene, case: MyCase, field: CorrectedField) -> str | None:
    said, text = scene.understood.entities, scene.heard.text
    if field == "phone":
        return said.contact_phone
    if field == "name":
        return said.contact_name or bare_name(without_lead(text, "name_leads"))
    mended = mending.mend(case.address, text)
    return mended if mended and mended != case.address else fitting_address(said.address)
