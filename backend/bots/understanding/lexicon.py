"""The words of `config/assistant/entities.toml`, typed."""

from functools import cache

from config.tables import Table, read


class PhoneWords(Table):
    """Spoken numerals and, at the same place, their digits; what stands before or behind a number no longer to be used."""

    spoken: str
    digits: str
    denials: str
    dead: str
    mine: str


class ApplicationNumberWords(Table):
    """What stands behind, or before, a number that is done with, and before the one that is asked about."""

    settled: str
    denials: str
    asked: str


class CorrectionWords(Table):
    """Cues after which the later of two values counts."""

    cues: str


class NameWords(Table):
    """Surnames one by one (`rare` ones are everyday words too and need a label, `common` ones are most people's),
    everything else as alternatives.
    """

    surnames: str
    rare: str
    common: str
    compound: str
    stops: str
    never: str
    not_names: str
    denials: str
    clear_ends: str
    titles: str
    kin: str
    work: str
    our_work: str
    leads_of_titles: str
    not_after_titles: str
    labels: str
    introductions: str
    roles: str
    verbs: str


class KindWords(Table):
    """Words of homes and of businesses, after those that tell nothing were left out."""

    ignored: str
    denials: str
    between_denial: str
    no_denial: str
    non_resident: str
    resident: str


class AddressWords(Table):
    """Ends of place names, words around them, and what is no place."""

    suffixes: str
    around: str
    ambiguous: str
    leads: str
    fillers: str
    between: str
    elsewhere: str
    no_places: str
    institutions: str
    common: str


class PartOfDay(Table):
    """The hour meant when none is said, and the last that still belongs to it."""

    hour: int
    until: int


class VisitHours(Table):
    """The parts of a day; `day` when no part is said."""

    morning: PartOfDay
    noon: PartOfDay
    afternoon: PartOfDay
    evening: PartOfDay
    day: PartOfDay


class VisitWords(Table):
    """How people call the parts of a day, and what shows that a time does not suit, lies behind or is for something else."""

    morning: str
    noon: str
    afternoon: str
    evening: str
    unsuited: str
    past: str
    then: str
    doings: str
    habits: str
    told: str
    wished: str
    moved: str
    points: str
    a_bit: str
    before_a_bit: str


class Lexicon(Table):
    """The whole file."""

    phones: PhoneWords
    application_numbers: ApplicationNumberWords
    corrections: CorrectionWords
    names: NameWords
    kinds: KindWords
    addresses: AddressWords
    visit_hours: VisitHours
    visit_words: VisitWords


@cache
def lexicon() -> Lexicon:
    """Raises ConfigurationFault."""
    return read("assistant/entities.toml", Lexicon)
