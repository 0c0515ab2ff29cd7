"""Taking on tasks."""

import pytest

from backend.actions import applications, tasks
from backend.models import ConnectionApplication, Task
from backend.rules.errors import Forbidden
from backend.rules.filing import Filing
from tests.support.builders import ADDRESS, a_customer, a_member_of_staff, an_accepted_site, an_act


async def test_who_accepts_the_visit_of_an_ownerless_case_is_its_manager(database: str) -> None:
    await an_accepted_site()
    customer = await a_customer()
    filing = Filing(
        customer_kind="resident",
        contact_name="张三",
        contact_phone="13812345678",
        address=ADDRESS,
        channel="mini_program",
    )
    filed = await applications.accept(filing, act=an_act(customer_id=customer.id))
    assert filed.manager_id is None
    first, second = [await a_member_of_staff(login, "customer_manager") for login in ("m_one", "m_two")]
    visit = await Task.get(application_id=filed.id, kind="visit")

    await tasks.accept(visit.id, act=an_act("customer_manager", staff_id=first.id))

    assert (await ConnectionApplication.get(id=filed.id)).manager_id == first.id
    with pytest.raises(Forbidden):
        await tasks.accept(visit.id, act=an_act("customer_manager", staff_id=second.id))
