"""Administrators manage accounts: nothing is left behind, nobody is locked out, nothing happens unseen."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.actions import coverage, emergencies, members, staff_access, tasks
from backend.actions.act import Act
from backend.models import (
    AuditEntry,
    ConnectionApplication,
    InboxItem,
    OutboxMessage,
    PreServiceProject,
    Staff,
    Task,
)
from backend.queries import staff_directory
from backend.rules.errors import InvalidField, NotAllowed, NotFound
from backend.rules.staffing import Profile
from tests.support.builders import MONDAY_15, a_member_of_staff, an_accepted_site, an_act, an_application


def profile(member: Staff, **changed: object) -> Profile:
    """The member as they are, with something changed."""
    now = Profile(
        name=member.name,
        phone=member.phone,
        department=member.department,
        roles=tuple(member.roles),
        districts=tuple(member.districts),
    )
    return replace(now, **changed)  # type: ignore[arg-type]  # a test's own fields


@pytest.fixture
async def boss(database: str) -> Act:
    """An administrator's act."""
    await an_accepted_site()
    row = await a_member_of_staff("gao", "administrator")
    return an_act("administrator", staff_id=row.id)


@pytest.fixture
async def wang(boss: Act) -> Staff:
    await a_member_of_staff("li", "customer_manager", districts=["薛店镇"])
    await a_member_of_staff("chief", "supervisor")
    return await a_member_of_staff("wang", "customer_manager", districts=["龙湖镇"])


async def told(login: str, message: str) -> list[OutboxMessage]:
    return await OutboxMessage.filter(staff__login=login, message=message)


class TestHiring:
    async def test_a_new_member_is_noted_and_seen_by_the_supervisor(self, wang: Staff, boss: Act) -> None:
        wanted = profile(wang, name="新来的", roles=("supervisor",))
        hired = await members.hire("new.one", wanted, "hash", act=boss)

        [change] = await staff_directory.changes_of(hired.id)
        assert (change.by, change.action, change.at) == ("gao", "staff_hired", MONDAY_15)
        [note] = await told("chief", "roles_given")
        item = await InboxItem.get(message_id=note.id)
        assert item.title == "新来的的权限增加了"
        assert "主管" in item.body

    async def test_a_login_is_one_person_s(self, wang: Staff, boss: Act) -> None:
        with pytest.raises(InvalidField) as refusal:
            await members.hire("wang", profile(wang), "hash", act=boss)
        assert (refusal.value.field, refusal.value.sentence) == ("login", "login_taken")
        assert await AuditEntry.all().count() == 0

    @pytest.mark.parametrize(
        ("field", "value"),
        [("roles", ()), ("roles", ("administrator", "supervisor")), ("districts", ("北京市",))],
    )
    async def test_what_cannot_be_is_refused(
        self, wang: Staff, boss: Act, field: str, value: tuple[str, ...]
    ) -> None:
        with pytest.raises(InvalidField) as refusal:
            await members.hire("new", profile(wang, **{field: value}), "hash", act=boss)
        assert refusal.value.field == field
        assert not await Staff.exists(login="new")


class TestChanging:
    async def test_the_old_value_is_kept(self, wang: Staff, boss: Act) -> None:
        await members.change(wang.id, profile(wang, phone="13900000009", name="王五"), act=boss)

        [change] = await staff_directory.changes_of(wang.id)
        assert set(change.changes) == {("name", "wang", "王五"), ("phone", "13800000001", "13900000009")}

    async def test_nothing_changed_is_nothing_noted(self, wang: Staff, boss: Act) -> None:
        await members.change(wang.id, profile(wang), act=boss)
        assert await staff_directory.changes_of(wang.id) == ()

    async def test_work_of_a_lost_role_passes_on_and_the_rest_stays(self, wang: Staff, boss: Act) -> None:
        both = ["customer_manager", "designer"]
        await Staff.filter(id=wang.id).update(roles=both)
        await a_member_of_staff("other_designer", "designer")
        filed = await an_application(address="新郑市龙湖镇新城路66号", customer_kind="non_resident")
        await PreServiceProject.filter(id=filed.project_id).update(designer_id=wang.id, stage="designing")

        done = await members.change(wang.id, profile(wang, roles=("designer",)), act=boss)

        assert done.colleagues == ("li",)
        assert not await ConnectionApplication.exists(manager_id=wang.id)
        assert (await PreServiceProject.get(id=filed.project_id)).designer_id == wang.id
        [note] = await told("wang", "account_changed")
        assert "设计单位" in note.facts["note"]

    async def test_nobody_changes_their_own_roles(self, boss: Act) -> None:
        me = await Staff.get(id=boss.staff_id)
        with pytest.raises(InvalidField) as refusal:
            await members.change(me.id, profile(me, roles=("supervisor",)), act=boss)
        assert refusal.value.sentence == "own_roles"


class TestLeaving:
    async def test_nothing_is_left_on_the_desk(self, wang: Staff, boss: Act) -> None:
        filed = await an_application()
        assert filed.manager_id == wang.id
        assert await OutboxMessage.exists(staff_id=wang.id, state="waiting")

        done = await members.deactivate(wang.id, act=boss)

        assert (done.cases, done.colleagues) == (1, ("li",))
        assert not await ConnectionApplication.exists(manager_id=wang.id)
        assert not await Task.exists(assignee_id=wang.id, state__in=["open", "accepted"])
        assert not await OutboxMessage.exists(staff_id=wang.id, state="waiting")
        assert await told("li", "cases_handed_over")
        left = await Staff.get(id=wang.id)
        assert (left.active, left.openid, left.session_version) == (False, None, 1)

    async def test_an_emergency_in_their_hands_climbs_at_once(self, boss: Act) -> None:
        first = await a_member_of_staff("zheng", "duty_officer", rota_order=1)
        await a_member_of_staff("feng", "duty_officer", rota_order=2)
        report = emergencies.Report(danger="leak", words="有煤气味")
        alarm = await emergencies.raise_alarm(report, act=an_act("system"))
        await tasks.accept(alarm.id, act=an_act("duty_officer", staff_id=first.id))

        await members.deactivate(first.id, act=boss)

        assert await emergencies.climb_next(act=an_act("system"))
        assert await told("feng", "emergency_climbs")

    async def test_who_left_binds_no_wechat_and_comes_back_with_a_new_password(
        self, wang: Staff, boss: Act
    ) -> None:
        scene = await staff_access.open_scene(wang.id, real_now=MONDAY_15)
        await members.deactivate(wang.id, act=boss)
        assert await staff_access.bind(scene.scene, "somebody", real_now=MONDAY_15) is None
        with pytest.raises(NotFound):
            await members.set_password(wang.id, "hash", act=boss)

        await members.reactivate(wang.id, "new hash", act=boss)

        assert (await staff_access.get_active("wang")).password_hash == "new hash"
        with pytest.raises(NotAllowed):
            await members.reactivate(wang.id, "another", act=boss)

    async def test_the_last_administrator_stays(self, boss: Act) -> None:
        second = await a_member_of_staff("second", "administrator")
        by_second = an_act("administrator", staff_id=second.id)
        me = await Staff.get(id=boss.staff_id)

        with pytest.raises(InvalidField):
            await members.deactivate(me.id, act=boss)
        both = await asyncio.gather(
            members.deactivate(second.id, act=boss),
            members.change(me.id, profile(me, roles=("supervisor",)), act=by_second),
            return_exceptions=True,
        )

        assert sum(isinstance(one, NotAllowed) for one in both) == 1
        assert await Staff.filter(active=True, roles__contains=["administrator"]).count() == 1


class TestPasswordAndBinding:
    async def test_every_login_ends_and_the_member_hears_who_did_it(self, wang: Staff, boss: Act) -> None:
        await members.set_password(wang.id, "new hash", act=boss)
        await members.unbind(wang.id, act=boss)

        assert (await Staff.get(id=wang.id)).session_version == 2
        notes = await told("wang", "account_changed")
        bodies = {(await InboxItem.get(message_id=note.id)).body for note in notes}
        assert "管理员gao重新设置了您的登录密码。如不是您要求的，请马上告诉主管。" in bodies
        assert len(bodies) == 2
        with pytest.raises(NotAllowed):
            await members.unbind(wang.id, act=boss)

    async def test_a_code_for_somebody_else_is_noted(self, wang: Staff, boss: Act) -> None:
        scene = await staff_access.open_scene_for(wang.id, act=boss)

        bound = await staff_access.bind(scene.scene, "phone", real_now=MONDAY_15 + timedelta(minutes=9))

        assert bound is not None
        assert bound.id == wang.id
        assert [one.action for one in await staff_directory.changes_of(wang.id)] == ["staff_binding_opened"]
        assert await told("wang", "account_changed")


class TestCoverage:
    async def test_an_uncovered_district_is_seen(self, wang: Staff, boss: Act) -> None:
        await coverage.cover("薛店镇", [wang.id], act=boss)
        await coverage.cover("龙湖镇", [], act=boss)

        seen = {one.name: one for one in await staff_directory.districts(now=MONDAY_15)}
        assert [one.name for one in seen["薛店镇"].managers] == ["wang"]
        assert not seen["薛店镇"].uncovered
        assert seen["龙湖镇"].uncovered
        [last, first] = await staff_directory.changes_of(wang.id)
        assert first.changes == (("districts", ["龙湖镇"], ["龙湖镇", "薛店镇"]),)
        assert last.changes == (("districts", ["龙湖镇", "薛店镇"], ["薛店镇"]),)

    async def test_a_district_whose_manager_is_away_is_a_problem_too(self, wang: Staff, boss: Act) -> None:
        await Staff.filter(id=wang.id).update(away_until=MONDAY_15 + timedelta(hours=1))
        seen = {one.name: one for one in await staff_directory.districts(now=MONDAY_15)}
        assert seen["龙湖镇"].uncovered
        later = await staff_directory.districts(now=MONDAY_15 + timedelta(hours=1))
        assert not {one.name: one for one in later}["龙湖镇"].uncovered

    async def test_only_managers_and_known_districts(self, wang: Staff, boss: Act) -> None:
        with pytest.raises(InvalidField):
            await coverage.cover("龙湖镇", [boss.staff_id or 0], act=boss)
        with pytest.raises(InvalidField):
            await coverage.cover("巴黎", [wang.id], act=boss)

    async def test_the_rota_names_every_officer_once(self, boss: Act) -> None:
        first, second = [await a_member_of_staff(login, "duty_officer") for login in ("zheng", "feng")]
        await coverage.order_rota([second.id, first.id], act=boss)
        assert [one.login for one in await staff_directory.rota()] == ["feng", "zheng"]
        for wrong in ([first.id], [first.id, first.id], [first.id, second.id, boss.staff_id or 0]):
            with pytest.raises(InvalidField):
                await coverage.order_rota(wrong, act=boss)
