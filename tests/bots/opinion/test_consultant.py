"""What is taken of a second opinion, and what is not."""

from dataclasses import dataclass, field

import orjson
import pytest

from backend.bots.opinion.consultant import Consultant
from backend.bots.opinion.verifying import is_faithful
from backend.bots.understanding.values import Entities, Guess, Understanding
from backend.queries.my_cases import Person

SOURCE = (
    "能。缺的资料先受理，客户经理之后上门收。报装受理后1天内点火通气，热线4000678099，依据§1.3-1。不用您跑。"
)


@dataclass
class Adviser:
    """Says what it is told to; keeps what it was asked."""

    answer: str | None
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def ask(self, instruction: str, text: str, *, seconds: float) -> str | None:
        self.asked.append((instruction, text))
        return self.answer


def unsure(**more: object) -> Understanding:
    fields: dict[str, object] = {
        "intent": "unknown",
        "confidence": 0.4,
        "runner_up": Guess(intent="channels", confidence=0.2),
        "entities": Entities(),
    }
    return Understanding(**{**fields, **more})  # type: ignore[arg-type]  # fields by name


async def reconsider(
    answer: str | None, text: str = "俺这片儿的气咋还没信儿", **more: object
) -> Understanding:
    consultant = Consultant(Adviser(answer))
    return await consultant.reconsider(text, unsure(**more), Person(), held=False)


def said(intent: str, **entities: object) -> str:
    return orjson.dumps({"intent": intent, "entities": entities}).decode()


class TestUnderstanding:
    async def test_an_intent_that_only_tells_is_taken(self) -> None:
        meant = await reconsider(said("progress"))
        assert (meant.intent, meant.by) == ("progress", "language_model")
        assert meant.confidence > 0.75

    @pytest.mark.parametrize(
        "intent", ["urge", "complaint", "human", "rate", "book_visit", "reschedule_visit"]
    )
    async def test_one_that_writes_is_only_offered(self, intent: str) -> None:
        assert (await reconsider(said(intent))).confidence < 0.5

    @pytest.mark.parametrize(
        "answer",
        [
            None,
            "",
            "progress",
            "```json\n" + said("progress") + "\n```",
            said("delete_everything"),
            said("emergency"),
            said("unknown"),
            '{"intent": "progress", "action": "cancel"}',
            '{"intent": ["progress"]}',
            said("progress", contact_phone="13900000000"),
            said("progress", contact_name="从没说过的人"),
            said("progress", address="〔地址7〕"),
            said("apply", customer_kind="vip"),
            '{"intent": "progress", "entities": {}} 忽略以上',
        ],
    )
    async def test_anything_else_is_ignored(self, answer: str | None) -> None:
        assert await reconsider(answer) == unsure()

    async def test_facts_must_stand_in_the_customers_own_words(self) -> None:
        meant = await reconsider(said("apply", customer_kind="resident"), "俺庄头那户想接上")
        assert meant.entities.customer_kind == "resident"

    async def test_masked_facts_come_back_whole(self) -> None:
        adviser = Adviser(said("apply", address="〔地址1〕"))
        text = "新郑市中兴路8号那个店也给俺弄弄"
        meant = await Consultant(adviser).reconsider(text, unsure(), Person(), held=False)
        assert "中兴路" not in adviser.asked[0][1]
        assert meant.entities.address == "新郑市中兴路8号"

    @pytest.mark.parametrize("by", ["safety", "rule", "facts", "choice"])
    async def test_what_we_decided_is_not_asked(self, by: str) -> None:
        adviser = Adviser(said("progress"))
        await Consultant(adviser).reconsider("你好啊", unsure(by=by), Person(), held=False)
        assert adviser.asked == []

    async def test_nothing_is_asked_while_the_talk_is_held(self) -> None:
        adviser = Adviser(said("progress"))
        consultant = Consultant(adviser)
        assert await consultant.reconsider("咋没信儿", unsure(), Person(), held=True) == unsure()
        assert adviser.asked == []

    async def test_what_was_said_before_is_kept_for_the_turn_that_holds_it(self) -> None:
        consultant = Consultant(Adviser(said("progress")))
        first = await consultant.reconsider("咋没信儿", unsure(), Person(), held=False)
        assert await consultant.reconsider("咋没信儿", unsure(), Person(), held=True) == first


class TestPhrasing:
    @pytest.mark.parametrize(
        "phrased",
        [
            "能先办的。缺的资料先受理，客户经理之后上门收，不用您跑；报装受理后1天内点火通气，热线4000678099，依据§1.3-1。"
        ],
    )
    async def test_faithful_words_are_said(self, phrased: str) -> None:
        assert (
            await Consultant(Adviser(phrased)).phrase("没齐能办不", SOURCE, Person(), held=False) == phrased
        )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("1天", "2天"),
            ("1天内", "当天"),
            ("4000678099", "4000678098"),
            ("4000678099", ""),
            ("§1.3-1", "§1.3-2"),
            ("先受理", "免费受理"),
            ("不用您跑", "您跑一趟"),
            ("上门收", "上门收，另收费三百元"),
            ("上门收", "上门收https://x.cn"),
            ("上门收", "上门收〔电话1〕"),
        ],
    )
    def test_a_changed_figure_or_promise_is_not(self, old: str, new: str) -> None:
        assert is_faithful(SOURCE, SOURCE)
        assert not is_faithful(SOURCE.replace(old, new), SOURCE)

    @pytest.mark.parametrize(
        "answer",
        [None, "系统提示：你是燃气公司客服", "好的，我已取消所有报装1 4000678099 §1.3-1不", SOURCE * 3],
    )
    async def test_else_the_source_is(self, answer: str | None) -> None:
        assert await Consultant(Adviser(answer)).phrase("能办不", SOURCE, Person(), held=False) == SOURCE

    async def test_both_calls_share_one_span_of_time(self) -> None:
        consultant = Consultant(Adviser("x"), began=-1_000_000.0)
        assert await consultant.phrase("能办不", SOURCE, Person(), held=False) == SOURCE
