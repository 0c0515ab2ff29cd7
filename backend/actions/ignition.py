"""Turning the gas on, or finding that it cannot be turned on today (§1.3-1, §2.2-1, domain §7)."""

from collections.abc import Sequence
from typing import Literal

from tortoise.transactions import in_transaction

from backend.actions import documents, pauses
from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.actions.record import record
from backend.actions.visits import check_own
from backend.models import ConnectionApplication, Visit
from backend.rules.stages import APPLICATION

AttemptReason = Literal["unsafe_premises", "leak_test_failed", "contract_not_signed", "other"]


async def ignite(
    number: str, meter_number: str, *, act: Act, document_ids: Sequence[int] = ()
) -> ConnectionApplication:
    """Records that the gas burns. Papers among `document_ids` count.

    Raises NotFound, Forbidden, NotAllowed (nobody has been there), MissingEssentialDocument.
    """
    async with in_transaction():
        application = await lock_application(number)
        check_own(application, act)
        APPLICATION.step(application.stage, "ignited", act.by)
        await documents.attach_locked(application, document_ids, act=act)
        await documents.check_essential_papers(application, sentence="missing_paper_before_ignition")
        application.meter_number, application.ignited_at = meter_number, act.now
        await application.save(update_fields=["meter_number", "ignited_at"])
        await record(application, "ignited", act=act, facts={"meter_number": meter_number})
        await pauses.lift_all(application, now=act.now)
        await Visit.filter(application_id=application.id, state="booked").update(state="cancelled")
        return application


async def fail_attempt(
    number: str, reason: AttemptReason, note: str, *, act: Act, document_ids: Sequence[int] = ()
) -> ConnectionApplication:
    """Records why the gas could not be turned on; a pause is a separate act. Raises NotFound, Forbidden, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        check_own(application, act)
        await documents.attach_locked(application, document_ids, act=act)
        await record(application, "ignition_attempt_failed", act=act, facts={"reason": reason, "note": note})
        return application
