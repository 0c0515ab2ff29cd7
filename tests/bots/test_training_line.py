"""What a marked message becomes: text that teaches and names nobody."""

import pytest

from backend.bots.training_line import masked, says_nothing_personal, training_line
from backend.bots.understanding.training_text import Slots, _written_out
from backend.queries.my_cases import Person
from config.tables import read


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("我叫张小满，电话13712345678，想装天然气", "{人名},电话{号},想装天然气"),
        ("XZ202611230018到哪一步了", "{单号}到哪一步了"),
        ("龙湖锦园3号楼2单元501明天下午3点来", "{址}明天下午3点来"),
        ("咋还没来(三天了)|快点#", "咋还没来 三天了 快点"),
        ("", ""),
    ],
)
def test_persons_and_places_become_slots(said: str, line: str) -> None:
    assert training_line(said, Person()) == line


def test_the_trainer_can_write_it_out() -> None:
    slots = {
        name: words.split("|") for name, words in read("assistant/training/slots.toml", Slots).slots.items()
    }
    lines = _written_out(training_line("我叫张小满，电话13712345678，{催|办}一下", Person()), slots)
    assert lines
    assert not any(sign in line for line in lines for sign in "{}|")


def test_lists_show_no_phone_and_no_name() -> None:
    shown = masked("我叫张小满，电话13712345678")
    assert "13712345678" not in shown
    assert "张小满" not in shown


def test_what_the_books_say_of_the_person_is_a_slot_however_it_stands() -> None:
    person = Person(name="张小满", phone="13712345678")
    assert training_line("张小满催一下", person) == "{人名}催一下"


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ("{人名},电话{号},想装天然气", True),
        ("三天了还没来", True),
        ("我叫张小满", False),
        ("打13712345678", False),
        ("住龙湖锦园3号楼", False),
    ],
)
def test_a_line_that_masking_would_change_is_personal(line: str, fine: bool) -> None:
    assert says_nothing_personal(line) is fine
