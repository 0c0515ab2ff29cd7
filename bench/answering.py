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
_LINES = (
    (Conversation(), "我家想装天然气"),
    (Conversation(), "我叫张小满，电话13712345678，地址新郑市龙湖镇龙湖锦园3号楼2单元501，后天下午三点上门"),
    (Conversation(), "我要报装，顺便问下多少钱，还有要什么资料"),
    (Conversation(), "挖路要我去办手续吗"),
    (Conversation(), "啊啊啊 asdf"),
    (_IN_FORM, "13712345678"),
    (_IN_FORM, "名字错了，叫王芳"),
)
_EACH = 40


def rows() -> list[Row]:
    """Median and p99 of one answer, in ms."""
    model = load_model()
    now = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    calls = [partial(_answer, stands, line, model=model, now=now) for stands, line in _LINES]
    return timed("one answer computed", calls, each=_EACH)


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
