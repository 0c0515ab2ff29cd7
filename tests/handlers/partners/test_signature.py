"""Who is let in: nobody unsigned, late, repeated, or at somebody else's door; and nothing is kept of them."""

import time
from uuid import uuid4

import httpx
from redis.asyncio import Redis

from backend.models import ConnectionApplication, Lead
from tests.handlers.partners.bodies import a_lead, an_application
from tests.handlers.partners.conftest import NewPartner
from tests.support.partner import Partner, signature
from tests.support.processes import RunningProcess

_DOORS = {"gonggai": "leads", "duogui": "leads", "zwfw": "applications", "engineering": "work-orders"}


async def check_refused(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["detail"]
    assert await Lead.all().count() == 0


class TestSignature:
    async def test_who_cannot_sign_is_refused(self, partner: NewPartner, gonggai: Partner) -> None:
        for forged in ("", "0" * 64, "签名", "é" * 64):
            await check_refused(gonggai.post("leads", a_lead(), signature=forged), 401, "unauthenticated")

        stranger = Partner(key="gonggai", backend=gonggai.backend, secret="another")
        await check_refused(stranger.post("leads", a_lead()), 401, "unauthenticated")
        await check_refused(partner("nobody").post("leads", a_lead()), 401, "unauthenticated")

        path, nonce, now = "/api/partners/gonggai/leads", uuid4().hex, str(int(time.time()))
        for_another_body = signature(gonggai.secret, "POST", path, now, nonce, b"{}")
        answer = gonggai.post("leads", a_lead(), timestamp=now, nonce=nonce, signature=for_another_body)
        await check_refused(answer, 401, "unauthenticated")

    async def test_only_a_fresh_request_is_taken(self, gonggai: Partner) -> None:
        now = int(time.time())
        for wrong in (str(now - 400), str(now + 400), "", "soon", "1e9", "-1", "9" * 40, "１７"):
            answer = gonggai.post("leads", a_lead(), timestamp=wrong)
            await check_refused(answer, 401, "unauthenticated")
        for nonce in ("", "n" * 129, "随\x7f"):
            await check_refused(gonggai.post("leads", a_lead(), nonce=nonce), 401, "unauthenticated")

        assert _signed_in_capitals(gonggai).status_code == 422  # let in; the body is empty
        taken = gonggai.post("leads", a_lead(), timestamp=str(now + 290))  # within the skew
        assert taken.status_code == 201, taken.text


class TestNonce:
    async def test_a_replay_is_refused_and_changes_nothing(self, partner: NewPartner, redis: Redis) -> None:
        gonggai, duogui = partner("gonggai"), partner("duogui")
        nonce = uuid4().hex
        assert gonggai.post("leads", a_lead(), nonce=nonce, key="k1").status_code == 201

        again = gonggai.post("leads", a_lead(stage="approval"), nonce=nonce, key="k2")
        assert again.status_code == 401
        [lead] = await Lead.all()
        assert lead.stage == "planning"

        await redis.flushall()  # a Redis that forgot lets no replay in either
        assert gonggai.post("leads", a_lead(stage="approval"), nonce=nonce).status_code == 401
        assert duogui.post("leads", a_lead(), nonce=nonce).status_code == 201  # another's nonce is its own

    async def test_without_redis_a_nonce_still_serves_once(
        self, environment: dict[str, str], gonggai: Partner, backend_server: RunningProcess, free_port: int
    ) -> None:
        assert gonggai.post("leads", a_lead(), nonce="before").status_code == 201
        backend_server.stop()
        environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port}/0"
        backend_server.ready_path = "/healthz"
        backend_server.start()

        assert gonggai.post("leads", a_lead("GG-9"), nonce="during").status_code == 201
        assert gonggai.post("leads", a_lead("GG-9"), nonce="during").status_code == 401
        assert gonggai.post("leads", a_lead("GG-10"), nonce="before").status_code == 401


class TestDoors:
    async def test_only_the_doors_a_partner_may_use(self, partner: NewPartner) -> None:
        gonggai = partner("gonggai")
        await check_refused(gonggai.post("leads", a_lead(), path_partner="duogui"), 403, "forbidden")

        for key, own in _DOORS.items():
            for door in {"leads", "applications", "work-orders"} - {own}:
                await check_refused(partner(key).post(door, an_application()), 403, "forbidden")
        assert (
            await ConnectionApplication.filter(contact_phone=an_application()["contact_phone"]).count() == 0
        )

        huge = a_lead(developer="长" * 200_000)
        await check_refused(gonggai.post("leads", huge), 413, "too_large")
        await check_refused(gonggai.post("leads", a_lead(), key=""), 400, "idempotency_key_required")
        xml = gonggai.post("leads", b"<lead/>", content_type="text/xml")
        await check_refused(xml, 415, "unsupported_type")
        await check_refused(gonggai.post("leads", b"{nonsense"), 400, "invalid_json")


def _signed_in_capitals(partner: Partner) -> httpx.Response:
    now, nonce = str(int(time.time())), uuid4().hex
    signed = signature(partner.secret, "POST", f"/api/partners/{partner.key}/leads", now, nonce, b"{}")
    return partner.post("leads", b"{}", timestamp=now, nonce=nonce, signature=signed.upper())
