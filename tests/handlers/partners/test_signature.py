"""Who is let in: nobody unsigned, late, repeated, or at somebody else's door; and nothing is kept of them."""

import time
from uuid import uuid4

import httpx
import pytest
from redis.asyncio import Redis

from tests.handlers.partners.bodies import a_lead, an_application, an_id
from tests.handlers.partners.conftest import NewPartner
from tests.support.partner import Partner, signature
from tests.support.processes import RunningProcess

LEAD = a_lead()
_DOORS = {"gonggai": "leads", "duogui": "leads", "zwfw": "applications", "engineering": "work-orders"}


def check_refused(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["detail"]


def check_unknown(partner: Partner, lead: dict[str, object]) -> None:
    """Nothing was kept of it: taken properly it is new."""
    assert partner.post("leads", lead).json()["outcome"] == "created"


class TestSignature:
    @pytest.mark.parametrize("forged", ["", "0" * 64, "签名", "é" * 64])
    def test_a_forged_signature_is_refused(self, gonggai: Partner, forged: str) -> None:
        lead = a_lead()
        check_refused(gonggai.post("leads", lead, signature=forged), 401, "unauthenticated")

        check_unknown(gonggai, lead)

    def test_strangers_are_refused(self, partner: NewPartner) -> None:
        check_refused(partner("nobody").post("leads", LEAD), 401, "unauthenticated")
        impostor = partner("gonggai")
        impostor.secret = "another"
        check_refused(impostor.post("leads", LEAD), 401, "unauthenticated")

    def test_a_signature_serves_its_own_body_only(self, gonggai: Partner) -> None:
        path, nonce, now = "/api/partners/gonggai/leads", uuid4().hex, str(int(time.time()))
        for_another = signature(gonggai.secret, "POST", path, now, nonce, b"{}")
        answer = gonggai.post("leads", LEAD, timestamp=now, nonce=nonce, signature=for_another)

        check_refused(answer, 401, "unauthenticated")

    def test_capital_hex_is_the_same_signature(self, gonggai: Partner) -> None:
        path, nonce, now = "/api/partners/gonggai/leads", uuid4().hex, str(int(time.time()))
        signed = signature(gonggai.secret, "POST", path, now, nonce, b"{}").upper()
        answer = gonggai.post("leads", b"{}", timestamp=now, nonce=nonce, signature=signed)

        assert answer.status_code == 422  # let in; the body is empty

    @pytest.mark.parametrize("shift", [-400, 400])
    def test_a_stale_request_is_refused(self, gonggai: Partner, shift: int) -> None:
        lead = a_lead()
        stale = str(int(time.time()) + shift)
        check_refused(gonggai.post("leads", lead, timestamp=stale), 401, "unauthenticated")

        check_unknown(gonggai, lead)

    @pytest.mark.parametrize("timestamp", ["", "soon", "1e9", "-1", "9" * 40, "１７"])
    def test_a_time_that_is_none_is_refused(self, gonggai: Partner, timestamp: str) -> None:
        check_refused(gonggai.post("leads", LEAD, timestamp=timestamp), 401, "unauthenticated")

    def test_within_the_skew_all_is_well(self, gonggai: Partner) -> None:
        early = str(int(time.time()) + 290)

        assert gonggai.post("leads", a_lead(), timestamp=early).status_code == 201


class TestNonce:
    async def test_a_replay_is_refused_and_changes_nothing(self, partner: NewPartner, redis: Redis) -> None:
        gonggai, duogui = partner("gonggai"), partner("duogui")
        nonce, lead = uuid4().hex, a_lead()
        assert gonggai.post("leads", lead, nonce=nonce).status_code == 201

        replayed = gonggai.post("leads", {**lead, "stage": "approval"}, nonce=nonce)
        check_refused(replayed, 401, "unauthenticated")
        await redis.flushall()  # a Redis that forgot lets no replay in either
        check_refused(
            gonggai.post("leads", {**lead, "stage": "approval"}, nonce=nonce), 401, "unauthenticated"
        )

        assert gonggai.post("leads", lead).json()["outcome"] == "unchanged"
        assert duogui.post("leads", lead, nonce=nonce).status_code == 201  # another's nonce is its own

    @pytest.mark.parametrize("nonce", ["", "n" * 129, "随\x7f"])
    def test_a_nonce_that_is_none_is_refused(self, gonggai: Partner, nonce: str) -> None:
        check_refused(gonggai.post("leads", LEAD, nonce=nonce), 401, "unauthenticated")

    def test_without_redis_a_nonce_still_serves_once(
        self, environment: dict[str, str], backend_server: RunningProcess, free_port: int
    ) -> None:
        zwfw = Partner(key="gonggai", backend=backend_server.url)
        assert zwfw.post("leads", a_lead(), nonce="before").status_code == 201
        backend_server.stop()
        environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port}/0"
        backend_server.ready_path = "/healthz"
        backend_server.start()

        assert zwfw.post("leads", a_lead(), nonce="during").status_code == 201
        check_refused(zwfw.post("leads", a_lead(), nonce="during"), 401, "unauthenticated")
        check_refused(zwfw.post("leads", a_lead(), nonce="before"), 401, "unauthenticated")


class TestDoors:
    def test_somebody_elses_door_is_shut(self, gonggai: Partner, partner: NewPartner) -> None:
        lead = a_lead()
        check_refused(gonggai.post("leads", lead, path_partner="duogui"), 403, "forbidden")

        check_unknown(partner("duogui"), lead)

    @pytest.mark.parametrize("key", _DOORS)
    def test_only_the_doors_a_partner_may_use(self, partner: NewPartner, key: str) -> None:
        for door in {"leads", "applications", "work-orders"} - {_DOORS[key]}:
            check_refused(partner(key).post(door, an_application()), 403, "forbidden")

    def test_what_cannot_be_read_is_refused(self, gonggai: Partner) -> None:
        check_refused(gonggai.post("leads", a_lead(developer="长" * 200_000)), 413, "too_large")
        check_refused(gonggai.post("leads", LEAD, key=""), 400, "idempotency_key_required")
        check_refused(gonggai.post("leads", b"<a/>", content_type="text/xml"), 415, "unsupported_type")
        check_refused(gonggai.post("leads", b"{nonsense"), 400, "invalid_json")
        check_refused(gonggai.post("leads", {"external_id": an_id()}), 422, "invalid_request")
