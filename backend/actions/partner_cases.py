"""Applications that a platform brings (§1.3-1, §2.2-1): once per platform and the platform's id."""

from tortoise.transactions import in_transaction

from backend.actions import applications
from backend.actions.act import Act
from backend.actions.locks import lock_name
from backend.models import ConnectionApplication, PartnerCase
from backend.rules import addresses
from backend.rules.errors import DuplicateApplication
from backend.rules.filing import Filing
from config.districts import districts


async def file(partner: str, external_id: str, filing: Filing, *, act: Act) -> ConnectionApplication:
    """Files it, or answers with the application this id already stands for.

    Raises what `applications.accept` raises, and DuplicateApplication when the id stands for something else.
    """
    async with in_transaction():
        await lock_name(f"partner_case:{partner}:{external_id}")
        known = await PartnerCase.get_or_none(partner=partner, external_id=external_id)
        if known is not None:
            return await _same(known, filing)
        application = await applications.accept(filing, act=act)
        await PartnerCase.create(partner=partner, external_id=external_id, application_id=application.id)
        return application


async def _same(known: PartnerCase, filing: Filing) -> ConnectionApplication:
    application = await ConnectionApplication.get(id=known.application_id)
    key = addresses.key_of(filing.address, districts())
    said = (filing.customer_kind, filing.contact_phone, key)
    if (application.customer_kind, application.contact_phone, application.address_key) != said:
        raise DuplicateApplication(number=application.number)
    return application
