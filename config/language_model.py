"""The optional language model: its limits and what it is told (`config/assistant/language_model.toml`)."""

from functools import cache

from pydantic import Field

from config.tables import Table, read


class LanguageModelRules(Table):
    """`total_seconds` bound all calls of one message together; `promises` and `negations` are words parted by |."""

    total_seconds: float = Field(gt=0, lt=4)
    connect_seconds: float = Field(gt=0)
    most_at_once: int = Field(gt=0)
    failures_before_rest: int = Field(gt=0)
    rest_seconds: float = Field(gt=0)
    longest_question: int = Field(gt=0)
    longest_answer_bytes: int = Field(gt=0)
    most_tokens: int = Field(gt=0)
    promises: str
    negations: str
    understand: str
    phrase: str


@cache
def language_model() -> LanguageModelRules:
    """Raises ConfigurationFault."""
    return read("assistant/language_model.toml", LanguageModelRules)
