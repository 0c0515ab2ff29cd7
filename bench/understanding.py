"""Understanding one line of a customer, in this process."""

from functools import partial
from zoneinfo import ZoneInfo

from backend import clock
from backend.bots.understanding.store import load_model
from backend.bots.understanding.understand import understand
from bench.rounds import timed
from bench.row import Row

_LINES = (
    "我家想装天然气",
    "到哪一步了，XZ202611230018",
    "我叫张小满，电话13712345678，地址新郑市龙湖镇龙湖锦园3号楼2单元501，后天下午三点上门",
    "开户费多少钱",
    "啊啊啊 asdf",
)
_EACH = 60


def rows() -> list[Row]:
    """Median and p99 of one line, in ms, over several kinds of lines."""
    model = load_model()
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    calls = [partial(understand, line, now=now, model=model) for line in _LINES]
    return timed("understanding one line", calls, each=_EACH)
