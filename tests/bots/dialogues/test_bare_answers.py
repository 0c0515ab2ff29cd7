"""A name or an address and nothing else, as the answer to the question for it, in all the shapes people give."""

import pytest

from tests.bots.dialogues.conftest import Talker


class TestNames:
    @pytest.mark.parametrize(
        ("answer", "name"),
        [
            ("栗晓娟", "栗晓娟"),
            ("老秦", "老秦"),
            ("欧阳", "欧阳"),
            ("司马懿明", "司马懿明"),
            ("翟志强。", "翟志强"),
            ("叫我佟佳就行", "佟佳"),
            ("我姓侯，侯建国", "侯建国"),
            ("姓蒲 蒲俊", "蒲俊"),
            ("俺是老佟啊佟大山", "佟大山"),
            ("名字写邵宁吧", "邵宁"),
            ("谭会计", "谭会计"),
            ("王铁锤", "王铁锤"),
            ("高富贵", "高富贵"),
            ("聂姐", "聂姐"),
            ("户主是常麦囤", "常麦囤"),
        ],
    )
    def test_is_taken_as_said(self, someone: Talker, answer: str, name: str) -> None:
        for line in ("我想装天然气", "居民"):
            someone.say(line)

        asked = someone.say(answer)

        assert someone.state.form is not None
        assert someone.state.form.name == name
        assert "电话" in asked

    @pytest.mark.parametrize("answer", ["等会儿再说", "怎么了", "在哪办", "不想说"])
    def test_what_is_no_name_is_asked_again(self, someone: Talker, answer: str) -> None:
        for line in ("我想装天然气", "居民"):
            someone.say(line)
        someone.say(answer)
        assert someone.state.form is None or someone.state.form.name is None


class TestAddresses:
    @pytest.mark.parametrize(
        ("answer", "address"),
        [
            ("锦绣江南三期22栋1单元5楼东户", "锦绣江南3期22栋1单元5楼东户"),
            ("八千镇政通街31号", "八千镇政通街31号"),
            ("孟庄镇常刘村二组", "孟庄镇常刘村2组"),
            ("俺是梨河镇学田村四十六号的", "梨河镇学田村46号"),
            ("龙湖镇双湖大道锦艺城一层B117", "龙湖镇双湖大道锦艺城1层B117"),
            ("玉前路商业街24号铺面", "玉前路商业街24号铺面"),
            ("盛世华庭8#楼一单元1902室", "盛世华庭8#楼1单元1902室"),
            ("新郑市和庄镇工业园神州路南侧3号厂房", "新郑市和庄镇工业园神州路南侧3号厂房"),
            ("轩辕路与玉前路交叉口往南60米", "轩辕路与玉前路交叉口往南60米"),
            ("郭店镇东街幼儿园", "郭店镇东街幼儿园"),
            ("郑韩新城16-1-2305", "郑韩新城16-1-2305"),
            ("龙湖镇 泰山路 康桥知园 9#1单元 703", "龙湖镇泰山路康桥知园9#1单元703"),
        ],
    )
    def test_is_taken_as_said(self, someone: Talker, answer: str, address: str) -> None:
        for line in ("我想装天然气", "居民", "张三", "13812345678"):
            someone.say(line)

        someone.say(answer)

        assert someone.state.form is not None
        assert someone.state.form.address == address

    @pytest.mark.parametrize("answer", ["我从新乡嫁过来的", "龙湖镇", "厂门口"])
    def test_what_is_no_address_is_asked_again(self, someone: Talker, answer: str) -> None:
        for line in ("我想装天然气", "居民", "张三", "13812345678"):
            someone.say(line)
        someone.say(answer)
        assert someone.state.form is not None
        assert someone.state.form.address is None
