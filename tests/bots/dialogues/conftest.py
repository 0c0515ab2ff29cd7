"""A talk without database or network: what is said, and what would be done."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.bots import conversation, wording
from backend.bots.conversation import Conversation
from backend.bots.dialogues import talk
from backend.bots.dialogues.turns import Scene
from backend.bots.heard import Heard
from backend.bots.understanding.model import Model
from backend.bots.understanding.several import places_in, understand_all
from backend.bots.understanding.store import load_model
from backend.queries.my_cases import MyCase, Person
from config.documents import catalogue

MONDAY_15 = datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOME = "新郑市龙湖镇龙湖锦园三号楼501"


def a_case(number: str = "XZ202611230001", **more: object) -> MyCase:
    """A resident's open case that lacks nothing."""
    case = MyCase(
        id=1,
        number=number,
        customer_kind="resident",
        contact_name="张三",
        contact_phone="13812345678",
        address="龙湖锦园3号楼501",
        stage_name="已受理",
        open=True,
        burns=False,
        ratable=False,
        missing=(),
        visit_at=None,
        filed_here=True,
    )
    return replace(case, **more)  # type: ignore[arg-type]  # fields by name


PAPERS = catalogue().for_application("resident")


@dataclass
class Talker:
    """Somebody in the chat. `deed` and `look` are what the last message led to."""

    model: Model
    person: Person = field(default_factory=Person)
    now: datetime = MONDAY_15
    state: Conversation = field(default_factory=Conversation)
    deed: object = None
    look: object = None

    def say(self, text: str, menu_id: str = "") -> str:
        return self.hear(kind="text", text=text, menu_id=menu_id)

    def hear(self, **fields: str) -> str:
        heard = Heard(app="official_account", openid="o", key="k", **fields)
        understood, others = understand_all(heard.text, now=self.now, model=self.model)
        scene = Scene(
            heard=heard,
            understood=understood,
            talk=conversation.load(conversation.dump(self.state)),
            person=self.person,
            now=self.now,
            others=others,
            places=places_in(heard.text),
        )
        turn = talk.turn(scene)
        self.state, self.deed, self.look = turn.next, turn.deed, turn.look
        return wording.render((*turn.before, *turn.after))

    def wait(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture(scope="session")
def model() -> Model:
    return load_model()


@pytest.fixture
def someone(model: Model) -> Talker:
    """Nobody we know."""
    return Talker(model=model)
