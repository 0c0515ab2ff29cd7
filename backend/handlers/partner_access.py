"""Which partner is calling: a signed request, fresh and never seen before, at a door that is theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sanic import Request

from backend import clock
from backend.actions import nonces as used
from backend.actions.act import Act
from backend.gateways import nonces, signatures
from backend.gateways.signatures import Signed
from backend.handlers.access import Guard
from backend.handlers.problems import BodyTooLarge
from backend.handlers.services import Services, services_of
from backend.rules.errors import Forbidden, Unauthenticated
from config.limits import limits
from config.partners import Door, Partner, partners


class BadSignature(Unauthenticated):
    sentence = "bad_signature"


class StaleRequest(Unauthenticated):
    sentence = "stale_request"


class NonceUsed(Unauthenticated):
    sentence = "nonce_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCaller:
    """A platform, or the engineering system."""

    name: str
    partner: Partner

    @property
    def key(self) -> str:
        return f"partner:{self.name}"

    def act(self, *, now: datetime, real_now: datetime) -> Act:
        return Act(by="partner", now=now, real_now=real_now)


def partner(door: Door) -> Guard[PartnerCaller]:
    """A guard for partners that may use this door. Their own name stands in the path."""

    async def guard(request: Request) -> PartnerCaller:
        caller = await _authenticate(request, services_of(request))
        if request.match_info["partner"] != caller.name or door not in caller.partner.may:
            raise Forbidden
        return caller

    return guard


async def _authenticate(request: Request, services: Services) -> PartnerCaller:
    """Raises BodyTooLarge, BadSignature, StaleRequest, NonceUsed. A nonce is spent only by who could sign."""
    if len(request.body) > limits().bodies.json_bytes:
        raise BodyTooLarge
    name = request.headers.get(signatures.KEY, "")
    known = partners().partners.get(name)
    secret = services.settings.find_partner_secret(name) if known else None
    signed = Signed(
        method=request.method,
        path=request.path,
        timestamp=request.headers.get(signatures.TIMESTAMP, ""),
        nonce=request.headers.get(signatures.NONCE, ""),
    )
    signature = request.headers.get(signatures.SIGNATURE, "")
    if known is None or secret is None or not signatures.is_genuine(secret, signed, request.body, signature):
        raise BadSignature
    await _check_once(name, signed, services)
    return PartnerCaller(name=name, partner=known)


async def _check_once(name: str, signed: Signed, services: Services) -> None:
    rules = partners().signature
    skew = timedelta(seconds=rules.skew_seconds)
    real_now = clock.real_now()
    if not signatures.is_fresh(signed.timestamp, real_now=real_now, skew=skew):
        raise StaleRequest
    if not 0 < len(signed.nonce) <= rules.longest_nonce or not signed.nonce.isprintable():
        raise BadSignature
    # A request may be as much early as late, so a nonce could come back for twice the skew.
    fresh = await nonces.try_use(services.gateways.redis, name, signed.nonce, life=3 * skew)
    if not fresh or not await used.try_use(name, signed.nonce, real_now=real_now):
        raise NonceUsed
