"""What is said when an answer of the form could not be understood: no blame, and how it can be answered."""

import re

from backend.bots.conversation import Slot
from backend.bots.dialogues import mending
from backend.bots.dialogues.answers import mentions, says
from backend.bots.dialogues.reading import bad_visit
from backend.bots.dialogues.turns import Part, Scene, part
from backend.bots.understanding.plain_text import plain
from config.messages.texts import fill, problems

_KEYS: dict[Slot, str] = {
    "kind": "kind_wrong",
    "name": "name_wrong",
    "address": "address_wrong",
    "flow": "flow_wrong",
    "visit": "visit_unclear",
    "photo": "photo_wrong",
    "confirm": "confirm_wrong",
}
_DIGITS_OF_A_NUMBER = 4
_SURE, _A_QUESTION = 0.75, 5
_LATIN_WORD, _HAN, _A_SENTENCE = re.compile("[A-Za-z]{2,}"), re.compile("[\u4e00-\u9fff]"), 3


def is_foreign(text: str) -> bool:
    """Whether it is a sentence in letters: words, and not one of ours among them."""
    return len(_LATIN_WORD.findall(text)) >= _A_SENTENCE and not _HAN.search(text)


def _of_another_matter(scene: Scene, slot: Slot | None) -> str | None:
    """What is said to a line that was no answer to the question at all."""
    text = scene.heard.text
    if is_foreign(text):
        return "foreign"
    wants = scene.understood.intent == "apply" and scene.understood.confidence >= _SURE
    if (wants and mentions(text, "wants")) or says(text, "begins"):
        return "in_hand"
    return "question_kept" if _is_question(text, slot) else None


def _is_question(text: str, slot: Slot | None) -> bool:
    """Whether it asks something that is neither about the form's question nor answered anywhere."""
    asks = mentions(text, "asks") or text.rstrip().endswith(("?", "？", "不", "没"))
    about_ours = mentions(text, "asks_why") or (
        slot in _KEYS and slot != "confirm" and mentions(text, f"{slot}_words")
    )
    return asks and len(plain(text)) >= _A_QUESTION and not about_ours


def misunderstood(scene: Scene, slot: Slot | None) -> tuple[Part, ...]:
    """One sentence for the question that is open."""
    said = _of_another_matter(scene, slot)
    if said is not None:
        return (part(said),)
    if slot == "phone":
        digits = sum(character.isdigit() for character in scene.heard.text)
        return (part("phone_wrong" if digits >= _DIGITS_OF_A_NUMBER else "phone_why"),)
    fault = bad_visit(scene) if slot == "visit" else None
    if fault:
        return (part("visit_wrong", why=fill(problems()[fault], {})),)
    if slot == "address" and mending.is_elsewhere(plain(scene.heard.text)):
        return (part("address_elsewhere"),)
    return (part(_KEYS[slot]),) if slot in _KEYS else ()
