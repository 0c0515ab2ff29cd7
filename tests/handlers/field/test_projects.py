"""Projects on the phone: each person finds their next step and sends it."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.support.desk import DEMO_PASSWORD
from tests.support.processes import RunningProcess
from tests.support.project import Works
from tests.support.town import Town


class Browser:
    """A member's phone that shows pages and sends their forms."""

    def __init__(self, url: str, login: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=15, trust_env=False, follow_redirects=True)
        self._http.post("/m/login", data={"login": login, "password": DEMO_PASSWORD, "next": "/m/tasks"})
        self.page = ""

    def open(self, path: str) -> str:
        answer = self._http.get(path)
        assert answer.status_code == 200, answer.text
        self.page = answer.text
        return self.page

    def next_step(self) -> str | None:
        """The heading of the form that stands first."""
        found = re.search(r"block__eyebrow.*?<h2>(.*?)</h2>", self.page, re.DOTALL)
        return found[1] if found else None

    def send(self, form: str, **fields: Any) -> int:
        """One of the page's forms with these fields; the page it leads to is open then."""
        found = re.search(
            rf'<form method="post" action="(/m/projects/\d+/{form})".*?</form>', self.page, re.DOTALL
        )
        assert found, f"no form {form} on the page"
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found[0]))
        answer = self._http.post(found[1], data={**hidden, **fields})
        self.page = answer.text
        return answer.status_code


Browse = Callable[[str], Browser]


@pytest.fixture
def works(office: RunningProcess, simulator_process: RunningProcess) -> Works:
    return Works.found(Town(backend=office.url, platform=simulator_process.url), "resident")


@pytest.fixture
def browse(office: RunningProcess) -> Browse:
    return lambda login: Browser(office.url, login)


class TestTheNextStep:
    def test_from_the_lead_to_the_permit(self, works: Works, browse: Browse) -> None:
        path = f"/m/projects/{works.id}"
        manager, designer = browse("customer_manager"), browse("designer")

        manager.open(path)
        assert manager.next_step() == "约上门时间"
        assert manager.send("book", at=works.in_hours(9)[:16]) == 200
        assert manager.next_step() == "到场签到"
        manager.send("check_in")
        assert manager.next_step() == "转交设计单位"
        assert manager.send("hand_off") == 422
        assert "小区规划许可证" in manager.page
        paper = works.upload("customer_manager", "community_planning_permit")
        assert manager.send("hand_off", document_ids=[paper]) == 200

        designer.open(path)
        assert designer.next_step() == "约上门时间"
        refused = designer.send("survey", pressure_ok="false", excavation_metres="0", note="")
        assert refused == 422
        assert "写明原因" in designer.page
        designer.send("survey", pressure_ok="true", excavation_metres="12.5")
        assert designer.next_step() == "上传施工图"
        drawing = works.upload("designer", "drawing")
        designer.send("drawings", quantities="管道50米", document_ids=[drawing])
        manager.open(path)
        assert manager.next_step() == "审批资料收齐"
        manager.send("permit", reference="新城管1号")
        assert works.seen()["stage"] == "building"

    def test_from_the_work_order_to_the_settlement(self, works: Works, browse: Browse) -> None:
        path = f"/m/projects/{works.id}"
        works.hand_off()
        works.survey()
        works.draw()
        designer = browse("designer")

        contractor = browse("contractor")
        contractor.open(path)
        assert contractor.next_step() == "接派工单"
        contractor.send("accept_order", crew="一队")
        assert contractor.next_step() == "开工"
        contractor.send("start")
        contractor.send("change", note="多出20米")
        designer.open(path)
        assert designer.next_step() == "上传变更图"
        designer.send("revised_drawings", quantities="管道70米", document_ids=[works.upload("designer")])
        contractor.open(path)
        for form in ("accept_order", "start", "complete"):
            assert contractor.send(form, crew="一队") == 200

        inspector = browse("inspector")
        inspector.open(path)
        assert inspector.next_step() == "组织四方验收"
        inspector.send("convene", meets_at=works.in_hours(9)[:16])
        assert inspector.next_step() == "登记签字"
        inspector.open(f"{path}/signing")
        assert inspector.send("sign", signed_by="张三", agrees="true") == 422
        assert "请手写签名" in inspector.page
        for _ in range(4):
            inspector.open(f"{path}/signing")
            assert inspector.send("sign", signed_by="张三", agrees="true", confirmed="true") == 200
        inspector.open(path)
        assert inspector.next_step() == "验收合格"
        inspector.send("pass")
        assert "已经验收合格" in inspector.page

        contractor.open(path)
        assert contractor.next_step() == "提交竣工资料与结算单"
        papers = ["竣工图", "施工记录", "压力试验记录"]
        assert contractor.send("settle", amount_yuan="1000", papers=papers) == 422
        assert "质量验收记录" in contractor.page
        contractor.send("settle", amount_yuan="1000", papers=[*papers, "质量验收记录"])
        supervisor = browse("supervisor")
        supervisor.open(path)
        assert supervisor.next_step() == "结算终审"
        supervisor.send("review", approved="true", note="同意")
        assert works.seen()["settlements"][0]["state"] == "approved"

    def test_the_list_leads_there_and_strangers_do_not_get_in(self, works: Works, browse: Browse) -> None:
        manager = browse("customer_manager")
        assert f"/m/projects/{works.id}" in manager.open("/m/projects")
        assert browse("inspector")._http.get(f"/m/projects/{works.id}").status_code == 403

    def test_a_form_cannot_carry_another_projects_visit(self, works: Works, browse: Browse) -> None:
        other = Works.found(works.town)
        foreign = other.do("customer_manager", "visits", at=other.in_hours(9))
        works.do("customer_manager", "visits", at=works.in_hours(9))
        manager = browse("customer_manager")
        manager.open(f"/m/projects/{works.id}")
        assert manager.send("check_in", visit_id=foreign["id"]) == 422
        assert other.seen()["visits"][0]["state"] == "booked"
