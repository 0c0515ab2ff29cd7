"""Understanding one line of a customer, in this process."""

import time
from zoneinfo import ZoneInfo

from backend import clock
from backend.bots.understanding.store import load_model
from backend.bots.understanding.understand import understand
from bench.row import Row

_LINES = (
    "我家想装天然气",
    "到哪一步了，XZ202611230018",
    "我叫张小满，电话13712345678，地址新郑市龙湖镇龙湖锦园3号楼2单元501，后天下午三点上门",
    "开户费多少钱",
    "啊啊啊 asdf",
)
_ROUNDS, _EACH = 5, 60


def rows() -> list[Row]:
    """Median and p99 of one line, in ms, over several kinds of lines."""
    model = load_model()
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    medians: list[float] = []
    slowest: list[float] = []
    for turn in range(_ROUNDS + 1):
        times = []
        for line in _LINES * _EACH:
            began = time.perf_counter()
            understand(line, now=now, model=model)
            times.append((time.perf_counter() - began) * 1000)
        if turn:  # the first round warms up
            times.sort()
            medians.append(times[len(times) // 2])
            slowest.append(times[int(len(times) * 0.99)])
    return [
        Row(name="understanding one line, median", unit="ms", ours=medians),
        Row(name="understanding one line, p99", unit="ms", ours=slowest),
    ]
