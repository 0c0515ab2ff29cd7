"""The platform as a test drives it: the control side, and the doors a backend would call."""

from typing import Any

import httpx

OA = {"appid": "wxdev0000000000oa", "secret": "dev-oa-secret"}
MP = {"appid": "wxdev0000000000mp", "secret": "dev-mp-secret"}


class PlatformClient:
    def __init__(self, root: str) -> None:
        self.root = root
        self.http = httpx.AsyncClient(base_url=root, timeout=30, trust_env=False)

    async def person(self, **fields: object) -> dict[str, Any]:
        """A new person with an identity of their own."""
        answer = await self.http.post("/sim/users", json=fields)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def follower(self, **fields: object) -> dict[str, Any]:
        """Follows without an event: no window is open."""
        return await self.person(follows=True, **fields)

    async def act(self, person: dict[str, Any], name: str, **body: object) -> dict[str, Any]:
        answer = await self.http.post(f"/sim/users/{person['key']}/{name}", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def code(self, person: dict[str, Any], name: str) -> str:
        return str((await self.act(person, name))["code"])

    async def messages(self, person: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
        answer = await self.http.get(f"/sim/users/{person['key']}/messages?{query}")
        return list(answer.json()["items"])

    async def texts(self, person: dict[str, Any], query: str = "") -> list[str]:
        return [message["text"] for message in await self.messages(person, query)]

    async def fault(self, pattern: str, kind: str, **more: object) -> None:
        answer = await self.http.post("/sim/faults", json={"pattern": pattern, "kind": kind, **more})
        assert answer.status_code == 201, answer.text

    async def callbacks(self, **manner: object) -> None:
        answer = await self.http.patch("/sim/callbacks", json=manner)
        assert answer.status_code == 200, answer.text

    async def later(self, seconds: float) -> None:
        """Moves the platform's own clock."""
        await self.http.post("/sim/clock", json={"advance_seconds": seconds})

    async def token(self, app: dict[str, str] = OA) -> str:
        body = {"grant_type": "client_credential", **app}
        answer = await self.http.post("/cgi-bin/stable_token", json=body)
        return str(answer.json()["access_token"])

    async def wecom_token(self) -> str:
        query = {"corpid": "wwdev0000000000", "corpsecret": "dev-wecom-secret"}
        return str((await self.http.get("/cgi-bin/gettoken", params=query)).json()["access_token"])

    async def call(
        self, path: str, body: object = None, *, app: dict[str, str] = OA, token: str | None = None
    ) -> dict[str, Any]:
        """One call with a token, as JSON."""
        query = {"access_token": token or await self.token(app)}
        method = "GET" if body is None else "POST"
        answer = await self.http.request(method, path, params=query, json=body)
        return dict(answer.json())

    async def template(self, person: dict[str, Any], **more: object) -> dict[str, Any]:
        """A template message with values that fit, unless told otherwise."""
        body = {
            "touser": person["oa_openid"],
            "template_id": "dev-visit",
            "data": {"thing1": {"value": "一对一上门"}, "time2": {"value": "15:01"}},
            **more,
        }
        return await self.call("/cgi-bin/message/template/send", body)

    async def custom(self, person: dict[str, Any], text: str = "您好") -> dict[str, Any]:
        body = {"touser": person["oa_openid"], "msgtype": "text", "text": {"content": text}}
        return await self.call("/cgi-bin/message/custom/send", body)

    async def subscribe_message(self, person: dict[str, Any], template_id: str) -> dict[str, Any]:
        body = {
            "touser": person["mp_openid"],
            "template_id": template_id,
            "page": "pages/detail?number=1",
            "data": {"thing1": {"value": "已受理"}},
        }
        return await self.call("/cgi-bin/message/subscribe/send", body, app=MP)
