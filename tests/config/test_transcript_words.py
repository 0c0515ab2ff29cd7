"""A transcript has a word for everything the assistant keeps."""

from dataclasses import fields
from typing import get_args

from backend.bots.conversation import QuestionKind, Slot
from backend.bots.understanding.values import DecidedBy, Entities, Intent
from config.messages.console_texts import console_texts


def test_every_intent_question_fact_and_reason_has_its_word() -> None:
    texts = console_texts()
    assert set(texts["intents"]) == set(get_args(Intent))
    assert set(texts["decided_by"]) == set(get_args(DecidedBy))
    assert set(texts["asked"]) == {*get_args(QuestionKind), *get_args(Slot)}
    assert set(texts["entities"]) == {field.name for field in fields(Entities)}
