"""Names, phones, places, flows and hours in the words of customers. Now is Monday 2026-11-23, 10:30 in Shanghai."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.bots.understanding.entities import read_facts
from backend.bots.understanding.names import bare_name
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.values import Entities


def _facts(line: str, now: datetime) -> Entities:
    return read_facts(plain(line), now).entities


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("13812345678", "13812345678"),
        ("我的号码 139-3711-2233", "13937112233"),
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("联系人李四138 1234 5678", "13812345678"),
        ("电话幺三八一二三四五六七八", "13812345678"),
        ("手机一三九 三七一一 二二三三", "13937112233"),
        ("１３８１２３４５６７８", "13812345678"),
        ("电话13812345678三号楼", "13812345678"),
        ("座机0371-62512345", "0371-62512345"),
        ("(0371)6251 2345", "0371-62512345"),
        ("电话错了，不是13812345678，是13912345678", "13912345678"),
        ("身份证410184199001011234", None),
        ("138123456789", None),
        ("XZ202611230018", None),
        ("没有电话", None),
    ],
)
def test_phones(line: str, phone: str | None, now: datetime) -> None:
    assert _facts(line, now).contact_phone == phone


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("我叫张三，想装气", "张三"),
        ("我叫张三电话13812345678", "张三"),
        ("联系人李四 13812345678", "李四"),
        ("联系人：欧阳娜娜", "欧阳娜娜"),
        ("我叫李和平", "李和平"),
        ("我叫陈志刚想装气", "陈志刚"),
        ("张伟 13812345678 龙湖锦园3-2-501", "张伟"),
        ("登记在我老公刘建军名下", "刘建军"),
        ("免贵姓李，女士", "李女士"),
        ("王先生 13812345678", "王先生"),
        ("我姓王", "王"),
        ("我是居民用户", None),
        ("我是开饭店的", None),
        ("我是安装的", None),
        ("王师傅电话多少", None),
    ],
)
def test_names(line: str, name: str | None, now: datetime) -> None:
    assert _facts(line, now).contact_name == name


def test_a_bare_name_answers_the_question_for_it() -> None:
    assert [bare_name(line) for line in ("张三", "王建国。", "李女士", "我叫赵刚", "好的", "都行")] == [
        "张三",
        "王建国",
        "李女士",
        "赵刚",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("我住龙湖锦园3号楼2单元501，想装天然气", "龙湖锦园3号楼2单元501"),
        ("住在龙湖锦园三号楼二单元五零一想装气", "龙湖锦园3号楼2单元501"),
        ("俺是新郑市龙湖镇龙湖锦园３号楼２单元５０１的", "新郑市龙湖镇龙湖锦园3号楼2单元501"),
        ("龙湖锦园 3号楼 2单元 501", "龙湖锦园3号楼2单元501"),
        ("地址错了，是龙湖锦园5号楼1单元302", "龙湖锦园5号楼1单元302"),
        ("不是3号楼，是5号楼2单元", "5号楼2单元"),
        ("我家在福来小区6栋1502", "福来小区6栋1502"),
        ("新郑市中兴路商业街开了个饭店", "新郑市中兴路商业街"),
        ("我家在和庄镇和庄村三组", "和庄镇和庄村3组"),
        ("住郑新路89号建设局家属院2号楼东户", "郑新路89号建设局家属院2号楼东户"),
        ("孟庄镇孟庄花园A座1203室", "孟庄镇孟庄花园A座1203室"),
        ("12月3号来吧", None),
        ("我家想装天然气", None),
        ("营业厅在哪条路上", None),
    ],
)
def test_addresses(line: str, address: str | None, now: datetime) -> None:
    assert _facts(line, now).address == address


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("我家想装气", "resident"),
        ("小区住宅", "resident"),
        ("俺村自建房", "resident"),
        ("开了个饭店", "non_resident"),
        ("我家饭店想装", "non_resident"),
        ("我们公司食堂", "non_resident"),
        ("你们燃气公司在哪", None),
        ("我在薛店镇", None),
    ],
)
def test_customer_kinds(line: str, kind: str | None, now: datetime) -> None:
    assert _facts(line, now).customer_kind == kind


@pytest.mark.parametrize(
    ("line", "flow"),
    [
        ("每小时15方", 15),
        ("二十立方", 20),
        ("小时流量15.5立方左右", 15.5),
        ("15m³/h", 15),
        ("15到20方每小时", 20),
        ("我们厂一小时三百立方", 300),
        ("流量大约12.5m3/h", 12.5),
        ("一个月用100方", None),
        ("天然气一方三块钱", None),
        ("饭店100平方米", None),
        ("四方验收", None),
        ("这2方面", None),
    ],
)
def test_hourly_flows(line: str, flow: float | None, now: datetime) -> None:
    assert _facts(line, now).hourly_flow_m3 == flow


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("明天上午十点", "2026-11-24T10:00"),
        ("下周三下午有空", "2026-12-02T15:00"),
        ("后天行不行", "2026-11-25T09:00"),
        ("本周五晚上7点", "2026-11-27T19:00"),
        ("12月3号来吧", "2026-12-03T09:00"),
        ("大后天早上", "2026-11-26T09:00"),
        ("周六上午9点半", "2026-11-28T09:30"),
        ("明儿个后晌三点", "2026-11-24T15:00"),
        ("今天上午", "2026-11-23T11:00"),
        ("15号来可以吗", "2026-12-15T09:00"),
        ("两天后", "2026-11-25T09:00"),
        ("12/3 14:30", "2026-12-03T14:30"),
        ("三点到五点都行", "2026-11-23T15:00"),
        ("半小时后来", "2026-11-23T11:00"),
        ("把预约从周三改到周五下午", "2026-11-27T15:00"),
        ("明天我不在家,后天上午十点可以", "2026-11-25T10:00"),
        ("我上周五申请的", None),
        ("11月20号报的装", None),
        ("都三天了没人来", None),
        ("2月30号", None),
        ("一点都不好", None),
    ],
)
def test_wished_hours(line: str, at: str | None, now: datetime) -> None:
    wished = _facts(line, now).preferred_visit_at

    assert (wished and wished.isoformat(timespec="minutes")) == (at and f"{at}+08:00")


@given(
    day=st.sampled_from(
        ["今天", "明天", "周一", "周日", "下周一", "1月1号", "11月23号", "31号", "2月29号", ""]
    ),
    hour=st.sampled_from(["", "上午", "中午", "下午", "晚上", "8点", "十点半", "晚上11点", "0:30"]),
    minutes=st.integers(0, 60 * 24 * 400),
)
def test_a_wish_never_lies_in_the_past(day: str, hour: str, minutes: int) -> None:
    now = datetime.fromisoformat("2027-12-25T00:00+08:00") + timedelta(minutes=minutes)

    wished = _facts(f"{day}{hour}来", now).preferred_visit_at

    assert wished is None or wished > now


@pytest.mark.parametrize(
    "line",
    ["XZ202611230018到哪了", "xz 20261123 0018", "单号 xz-20261123-0018", "ＸＺ２０２６１１２３００１８"],
)
def test_application_numbers(line: str, now: datetime) -> None:
    assert _facts(line, now).application_number == "XZ202611230018"
