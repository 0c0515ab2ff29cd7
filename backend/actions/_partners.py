"""Reports to the platforms: what a customer may see of a case goes back to whoever brought it."""

from typing import Any

from backend.actions._standing import Standing
from backend.actions.act import Act
from backend.models import Case, ConnectionApplication, Lead, PartnerCallback, PartnerCase
from backend.queries import timeline
from backend.queries.case_parts import EventPart
from config import policy
from config.messages.texts import words
from config.partners import partners


async def report(case: Case, event: EventPart, standing: Standing, *, act: Act) -> None:
    """Queues one report for each partner with a share in the case, in the transaction of what it tells."""
    told = timeline.tell([event])
    if not told:
        return
    kind = "application" if isinstance(case, ConnectionApplication) else "project"
    body = {
        "kind": kind,
        "sequence": event.id,
        "event": event.name,
        "title": told[0].title,
        "detail": told[0].detail,
        "stage": case.stage,
        "stage_name": words().stages[kind][case.stage],
        "at": event.at.astimezone(policy.current().tz).isoformat(timespec="seconds"),
    }
    for partner, own in await _interested(case, standing):
        if partner in partners().partners:
            await queue(partner, {**own, **body}, act=act)


async def queue(partner: str, body: dict[str, Any], *, act: Act) -> None:
    """One report to one partner."""
    await PartnerCallback.create(partner=partner, body=body, attempt_at=act.real_now, created_at=act.real_now)


async def _interested(case: Case, standing: Standing) -> list[tuple[str, dict[str, Any]]]:
    """Partners with the id and number under which they know the case; of a project also those whose applications wait."""
    if isinstance(case, ConnectionApplication):
        return [(partner, {"external_id": own, "number": case.number}) for partner, own in standing.partners]
    leads = [_knowing(row, case.number) for row in await Lead.filter(project_id=case.id)]
    waiting = await PartnerCase.filter(
        application__project_id=case.id, application__stage="awaiting_project"
    ).select_related("application")
    return leads + [_knowing(row, row.application.number) for row in waiting]


def _knowing(row: Lead | PartnerCase, number: str) -> tuple[str, dict[str, Any]]:
    return row.partner, {"external_id": row.external_id, "number": number}
