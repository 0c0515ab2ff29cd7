"""Understanding one line of a customer, in this process."""

from functools import partial
from zoneinfo import ZoneInfo

from backend import clock
from backend.bots.understanding.store import load_model
from backend.bots.understanding.understand import understand
from bench.rounds import timed
from bench.row import Row

# With a number of its own each line is new to whatever is kept of lines read before.
_LINES = (
    "我家{n}号楼想装天然气",
    "到哪一步了，XZ20261123{n}",
    "我叫张小满，电话1371234{n}，地址新郑市龙湖镇龙湖锦园3号楼2单元501，后天下午三点上门",
    "{n}平的房子开户费多少钱",
    "啊啊啊 asdf{n}",
)
_DIFFERENT = range(1000, 1060)


def rows() -> list[Row]:
    """Median and p99 of one line, in ms, over several kinds of lines."""
    model = load_model()
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    lines = [line.format(n=n) for n in _DIFFERENT for line in _LINES]
    return timed(
        "understanding one line", [partial(understand, line, now=now, model=model) for line in lines]
    )
