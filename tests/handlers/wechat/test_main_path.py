"""The main job in the chat: applying, and asking how it stands."""

from backend.models import CaseClock, ConnectionApplication, Document, TakenMessage, Task
from tests.handlers.wechat.conftest import Chatter

HOME = "新郑市龙湖镇龙湖锦园三号楼501"


def apply(customer: Chatter, address: str = HOME) -> str:
    """A whole application; the answer to the confirmation."""
    customer.say("我家想装天然气")
    customer.say("张三")
    customer.say("13812345678")
    customer.say(address)
    customer.say("跳过")
    customer.send_picture()
    return customer.say("确认")


class TestApplying:
    async def test_one_question_at_a_time_until_the_number_comes(self, customer: Chatter) -> None:
        assert "姓名" in customer.say("我家想装天然气")
        assert "电话" in customer.say("张三")
        assert "地址" in customer.say("13812345678")
        assert "上门" in customer.say(HOME)
        assert "照片" in customer.say("跳过")
        summary = customer.send_picture()
        for word in ("居民", "张三", "13812345678", "龙湖锦园", "身份证", "确认"):
            assert word in summary
        filed = customer.say("确认")
        application = await ConnectionApplication.get()
        assert application.number in filed
        assert "王经理" in filed
        assert "13800000001" in filed
        clock = await CaseClock.get(application_id=application.id, kind="ignition")
        assert clock.due_at is not None
        assert "前通气" in filed
        paper = await Document.get()
        assert (paper.application_id, paper.kind) == (application.id, "identity")
        assert await Task.filter(application_id=application.id, kind="visit").exists()

    async def test_progress_tells_the_truth(self, customer: Chatter) -> None:
        apply(customer)
        answer = customer.say("到哪一步了")
        number = (await ConnectionApplication.get()).number
        for word in (number, "已受理", "还剩", "王经理", "房产证或租赁合同"):
            assert word in answer

    async def test_a_repeat_gets_the_first_answer_and_files_once(self, customer: Chatter) -> None:
        filed = apply(customer)
        assert customer.read(customer.act("repeat")) == filed
        assert await ConnectionApplication.all().count() == 1
        assert await TakenMessage.filter(text="确认").count() == 1

    async def test_the_same_address_again_is_told_with_its_number(self, customer: Chatter) -> None:
        apply(customer)
        number = (await ConnectionApplication.get()).number
        customer.say("我家想再装天然气")
        customer.say("是")
        customer.say("13812345678")
        customer.say(HOME)
        customer.say("跳过")
        customer.say("没有")
        assert number in customer.say("确认")
        assert await ConnectionApplication.all().count() == 1
