"""A project that is being built, without the weeks before."""

from decimal import Decimal

from backend.actions import work_orders
from backend.models import Design, PreServiceProject, Site, Staff, Survey, WorkOrder
from tests.support.builders import MONDAY_15, a_member_of_staff, an_act


async def a_project_being_built(manager: Staff, *, name: str = "溪畔花园") -> PreServiceProject:
    """At `building`, surveyed, its first work order issued."""
    designer = await a_member_of_staff(f"designer-{name}", "designer")
    site = await Site.create(
        name=name, key=name, customer_kind="non_resident", district="和庄镇", created_at=MONDAY_15
    )
    project = await PreServiceProject.create(
        site_id=site.id,
        customer_kind="non_resident",
        address=f"和庄镇{name}",
        stage="building",
        manager_id=manager.id,
        designer_id=designer.id,
        policy_version="1",
        excavation_metres=Decimal(50),
        opened_at=MONDAY_15,
        stage_at=MONDAY_15,
    )
    await Survey.create(
        project_id=project.id,
        pressure_ok=True,
        hourly_flow_m3=Decimal("18.5"),
        excavation_metres=Decimal(50),
        note="",
        by_staff_id=designer.id,
        at=MONDAY_15,
    )
    await a_work_order(project)
    return project


async def a_work_order(project: PreServiceProject) -> WorkOrder:
    """Of a new design; an older revision is superseded."""
    revision = await Design.filter(project_id=project.id).count() + 1
    design = await Design.create(
        project_id=project.id,
        revision=revision,
        scheme="standard",
        quantities=f"管道{revision}0米",
        document_ids=[],
        by_staff_id=project.designer_id,
        at=MONDAY_15,
    )
    return await work_orders.issue(project, design, act=an_act("designer", staff_id=project.designer_id))
