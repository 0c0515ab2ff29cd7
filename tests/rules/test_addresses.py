"""When two addresses are the same, and which site they belong to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.rules import addresses
from config.districts import districts

KNOWN = districts()
written = st.text(alphabet="河南省郑州市新龙湖镇锦园一二三十百零〇两12３号楼单元室 　-A", max_size=24)


def key(address: str) -> str:
    return addresses.key_of(address, KNOWN)


class TestTheSameAddress:
    @pytest.mark.parametrize(
        "other",
        [
            "河南省郑州市新郑市龙湖镇龙湖锦园3号楼501",
            "新郑市龙湖镇龙湖锦园三号楼501",
            "龙湖镇 龙湖锦园 ３号楼５０１",
            "龙湖锦园三号楼五〇一",
            "龙湖锦园三号楼五零一",
            "郑州市新郑市龙湖锦园3号楼501",
        ],
    )
    def test_in_another_writing(self, other: str) -> None:
        assert key(other) == key("龙湖锦园3号楼501")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("龙湖锦园十一号楼", "龙湖锦园11号楼"),
            ("龙湖锦园二十号楼", "龙湖锦园20号楼"),
            ("中兴路一百二十号", "中兴路120号"),
            ("龙湖锦园a座", "龙湖锦园A座"),
        ],
    )
    def test_in_chinese_numerals_with_places(self, one: str, other: str) -> None:
        assert key(one) == key(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("龙湖锦园3号楼501", "龙湖锦园3号楼502"),
            ("龙湖锦园11号楼", "龙湖锦园1号楼"),
            ("龙湖锦园", "龙湖锦苑"),
        ],
    )
    def test_another_one_stays_another(self, one: str, other: str) -> None:
        assert key(one) != key(other)

    @given(written)
    def test_a_key_of_a_key_is_itself_and_no_writing_breaks_it(self, address: str) -> None:
        once = key(address)
        assert " " not in once
        assert key("".join(address.split())) == once


class TestSites:
    def test_a_site_is_named_by_all_up_to_the_first_digit(self) -> None:
        assert addresses.site_name("新郑市龙湖镇龙湖锦园三号楼501", KNOWN) == "龙湖锦园"
        assert addresses.site_name("新郑市新建路街道解放路5号", KNOWN) == "解放路"

    @given(written)
    def test_an_address_always_belongs_to_the_site_named_by_it(self, address: str) -> None:
        name = addresses.site_name(address, KNOWN)
        site_key = addresses.key_of(name, KNOWN)
        if site_key:
            assert site_key in addresses.prefixes(key(address))

    def test_the_town_is_found_where_it_is_named(self) -> None:
        assert addresses.town_of("河南省郑州市新郑市龙湖镇龙湖锦园", KNOWN) == "龙湖镇"
        assert addresses.town_of("龙湖锦园", KNOWN) is None
