"""Access tokens."""

import re

import pytest

from tests.simulator.platform_client import MP, OA, PlatformClient

INFO = "/cgi-bin/menu/get"


class TestStableToken:
    async def test_it_stays_the_same_while_it_lives(self, platform: PlatformClient) -> None:
        first = await platform.token()
        await platform.later(3600)
        assert await platform.token() == first

    async def test_near_its_end_old_and_new_both_work(self, platform: PlatformClient) -> None:
        await platform.http.post("/sim/tokens/revoke")
        old = await platform.token()
        await platform.later(7200 - 200)
        new = await platform.token()

        assert new != old
        assert {(await platform.call(INFO, token=token)).get("errcode") for token in (old, new)} <= {
            None,
            46003,
        }
        await platform.later(201)
        assert (await platform.call(INFO, token=old))["errcode"] == 42001

    async def test_forcing_twice_in_a_row_is_refused(self, platform: PlatformClient) -> None:
        await platform.later(31)
        body = {"grant_type": "client_credential", **OA, "force_refresh": True}
        answers = [(await platform.http.post("/cgi-bin/stable_token", json=body)).json() for _ in range(2)]
        assert ["access_token" in answers[0], answers[1].get("errcode")] == [True, 45011]


class TestRefusals:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"appid": "wx0"}, 40013),
            ({"secret": "no"}, 40125),
            ({"secret": ""}, 41004),
            ({"grant_type": "x"}, 40002),
        ],
    )
    async def test_wrong_credentials(
        self, platform: PlatformClient, changed: dict[str, str], code: int
    ) -> None:
        query = {"grant_type": "client_credential", **OA, **changed}
        assert (await platform.http.get("/cgi-bin/token", params=query)).json()["errcode"] == code

    async def test_a_revoked_token_is_40001_and_a_fresh_one_works(self, platform: PlatformClient) -> None:
        token = await platform.token()
        await platform.http.post("/sim/tokens/revoke")

        refused = await platform.call(INFO, token=token)

        assert refused["errcode"] == 40001
        assert re.search(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", refused["errmsg"])
        assert await platform.token() != token

    async def test_no_token_a_short_one_and_another_apps(self, platform: PlatformClient) -> None:
        body = {"touser": "o", "msgtype": "text", "text": {"content": "x"}}
        path = "/cgi-bin/message/template/send"
        without = (await platform.http.post(path, json=body)).json()
        short = await platform.call(path, body, token="short")
        foreign = await platform.call(path, body, token=await platform.token(MP))
        assert [without["errcode"], short["errcode"], foreign["errcode"]] == [41001, 40014, 48001]

    async def test_an_ordinary_token_ends_soon_after_its_successor_came(
        self, platform: PlatformClient
    ) -> None:
        query = {"grant_type": "client_credential", **OA}
        old = (await platform.http.get("/cgi-bin/token", params=query)).json()["access_token"]
        await platform.http.get("/cgi-bin/token", params=query)
        await platform.later(301)
        assert (await platform.call(INFO, token=old))["errcode"] == 42001
