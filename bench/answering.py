"""One answer of the assistant, computed in this process on one core: understood, decided, worded; no database, no network."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from backend import clock
from backend.bots import wording
from backend.bots.conversation import Conversation, Form
from backend.bots.dialogues import talk
from backend.bots.dialogues.turns import Scene
from backend.bots.heard import Heard
from backend.bots.understanding.model import Model
from backend.bots.understanding.several import places_in, understand_all
from backend.bots.understanding.store import load_model
from backend.queries.my_cases import Person
from bench.rounds import timed
from bench.row import Row

_IN_FORM = Conversation(form=Form(kind="resident", name="张小满", asked="phone"))
# With a number of its own each line is new to whatever is kept of lines read before.
_LINES = (
    (Conversation(), "我家{n}号楼想装天然气"),
    (Conversation(), "我叫张小满，电话1371234{n}，地址新郑市龙湖镇龙湖锦园3号楼2单元501，后天下午三点上门"),
    (Conversation(), "我要报装{n}户，顺便问下多少钱，还有要什么资料"),
    (Conversation(), "挖{n}米路要我去办手续吗"),
    (Conversation(), "啊啊啊 asdf{n}"),
    (_IN_FORM, "1371234{n}"),
    (_IN_FORM, "电话错了，是1391234{n}"),
)
_DIFFERENT = range(1000, 1040)


def rows() -> list[Row]:
    """Median and p99 of one answer, in ms."""
    model = load_model()
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    said = [(stands, line.format(n=n)) for n in _DIFFERENT for stands, line in _LINES]
    return timed("one answer computed", [partial(_answer, *one, model=model, now=now) for one in said])


def _answer(stands: Conversation, line: str, *, model: Model, now: datetime) -> str:
    understood, others = understand_all(line, now=now, model=model)
    decided = talk.turn(
        Scene(
            heard=Heard(app="official_account", openid="bench", key="1", kind="text", text=line),
            understood=understood,
            talk=stands,
            person=Person(),
            now=now,
            others=others,
            places=places_in(line),
        )
    )
    return wording.render((*decided.before, *decided.after))
