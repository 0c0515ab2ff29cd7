"""Pushes work orders to the engineering system (§1.1-2, §2.1-2)."""

from backend.actions import _partners
from backend.actions.act import Act
from backend.gateways.engineering import WorkOrderNews, body_of
from backend.models import Design, PreServiceProject, Survey, WorkOrder
from config import policy
from config.partners import ENGINEERING


async def push(order: WorkOrder, *, act: Act) -> None:
    """Queues the work order as it stands; what the system reported itself it knows already."""
    if act.by == "partner":
        return
    project = await PreServiceProject.get(id=order.project_id).select_related("site")
    survey = await Survey.filter(project_id=order.project_id).order_by("-id").first()
    design = await Design.get(id=order.design_id)
    news = WorkOrderNews(
        work_order=order.number,
        revision=order.revision,
        state=order.stage,
        project=project.number,
        site_name=project.site.name,
        address=project.address,
        customer_kind=project.customer_kind,
        scheme=design.scheme,
        quantities=design.quantities,
        excavation_metres=project.excavation_metres,
        hourly_flow_m3=survey.hourly_flow_m3 if survey else None,
        pressure_ok=survey.pressure_ok if survey else None,
        crew=order.crew,
        contract_due_at=order.contract_due_at,
        at=act.now,
    )
    await _partners.queue(ENGINEERING, body_of(news, policy.current().tz), act=act)
