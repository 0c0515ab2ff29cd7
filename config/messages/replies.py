"""Loads what the assistant says in the chat."""

from functools import cache

from config.tables import Table, read


class ReplyWords(Table):
    """What people answer to our questions: whole answers or parts of a line, each parted by |."""

    polite: str
    yes: str
    no: str
    endangered: str
    confirm: str
    skip: str
    no_hurry: str
    no_photo: str
    no_figure: str
    leave: str
    go_on: str
    restart: str
    back: str
    really_cancel: str
    corrects: str
    still_missing: str
    no_address: str
    wants: str
    one_more: str
    asks: str
    calls_off_left: str
    calls_off: str
    begins: str
    lets_begin: str
    wants_it: str
    names_photo: str
    cancels: str
    asks_who: str
    whole_community: str
    past_days: str
    night: str
    time_words: str
    name_words: str
    name_says: str
    phone_words: str
    address_words: str
    kind_words: str
    all_clear: str
    sorry: str
    anybody: str
    unhurried: str
    here: str
    when: str
    gas_comes: str
    wants_promise: str
    asks_hour: str
    asks_to_apply: str
    tenant: str
    asks_leave: str
    keeps: str
    regrets: str
    asks_why: str
    visit_words: str
    flow_words: str
    photo_words: str
    name_leads: str
    address_leads: str


class Replies(Table):
    """The file as a whole."""

    words: ReplyWords
    fields: dict[str, str]
    next_steps: dict[str, str]
    texts: dict[str, str]
    intents: dict[str, str]


@cache
def replies() -> Replies:
    """Raises ConfigurationFault."""
    return read("messages/replies.toml", Replies)
