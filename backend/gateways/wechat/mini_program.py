"""The mini-program (小程序): who opened it, and what can be sent to them."""

from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis

from backend.gateways.wechat.answers import File, Receipt, Session, Template, need, read_receipt
from backend.gateways.wechat.bodies import as_text
from backend.gateways.wechat.door import Door
from backend.gateways.wechat.refusals import MINI_PROGRAM, TryLater
from backend.gateways.wechat.replies import fit_text
from backend.gateways.wechat.subscribe_templates import list_subscribe_templates
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.token import fetch_stable_token
from backend.gateways.wechat.transport import PLATFORM, connect_app

_CHINA = "86"
_LINK_DAYS = 30  # the longest the platform allows


class MiniProgram:
    """The mini-program's side of the platform. Every method raises WeChatTrouble (see `refusals`)."""

    def __init__(
        self, *, appid: str, secret: str, redis: Redis, threads: PlatformThreads, api_base: str = PLATFORM
    ) -> None:
        self._appid = appid
        self._secret = secret
        self._door = Door(
            name=appid,
            connect=lambda: connect_app(appid, secret, api_base),
            fetch=fetch_stable_token,
            refusals=MINI_PROGRAM,
            redis=redis,
            threads=threads,
        )

    async def code_to_session(self, code: str) -> Session:
        """Who wx.login's code belongs to; it serves once, for five minutes. Raises CodeInvalid, BlockedUser."""
        params = {
            "appid": self._appid,
            "secret": self._secret,
            "js_code": code,
            "grant_type": "authorization_code",
            "access_token": None,  # this call takes none, and wechatpy's own method would fetch one for it
        }
        answer = await self._door.ask(
            lambda client: client.get(f"{PLATFORM}/sns/jscode2session", params=params), with_token=False
        )
        return Session(
            openid=need(answer, "openid"),
            unionid=as_text(answer.get("unionid")) or None,
            session_key=as_text(answer.get("session_key")),
        )

    async def phone_number(self, code: str) -> str:
        """The verified number behind getPhoneNumber's code, with "+" and the country before a foreign one.

        The code serves once, for five minutes. Raises CodeInvalid.
        """
        answer = await self._door.ask(
            lambda client: client.post(f"{PLATFORM}/wxa/business/getuserphonenumber", data={"code": code})
        )
        info = answer.get("phone_info")
        if not isinstance(info, Mapping):
            raise TryLater("unreadable_answer")
        number, country = need(info, "purePhoneNumber"), as_text(info.get("countryCode")) or _CHINA
        return number if country == _CHINA else f"+{country}{number}"

    async def send_subscribe(
        self,
        openid: str,
        template_id: str,
        values: Mapping[str, str],
        *,
        page: str = "",
        urgent: bool = False,
    ) -> Receipt:
        """A subscribe message. It uses up one consent, and nothing keeps a repeat from using another."""
        data = {key: {"value": value} for key, value in values.items()}
        answer = await self._door.do(
            lambda client: client.wxa.send_subscribe_message(openid, template_id, data, page=page or None),
            urgent=urgent,
        )
        return read_receipt(answer)

    async def send_text(self, openid: str, text: str, *, urgent: bool = False) -> Receipt:
        """A customer-service message, inside the person's window only. Nothing keeps a repeat from arriving twice."""
        content = fit_text(text)
        return read_receipt(
            await self._door.do(lambda client: client.message.send_text(openid, content), urgent=urgent)
        )

    async def download_media(self, media_id: str) -> File:
        """A picture sent in the mini-program's chat; the account's token does not open it."""
        return await self._door.download(lambda client: client.media.download(media_id))

    async def unlimited_qr(self, scene: str, page: str) -> File:
        """A round code that opens `page` (without a leading slash) with `scene`, at most 32 visible characters."""
        return await self._door.download(lambda client: client.wxa.get_wxa_code_unlimited(scene, page=page))

    async def url_link(self, path: str, query: str) -> str:
        """A link that opens the mini-program from a browser or an SMS, for 30 days."""
        data: dict[str, Any] = {"path": path, "query": query, "expire_type": 1, "expire_interval": _LINK_DAYS}
        answer = await self._door.ask(
            lambda client: client.post(f"{PLATFORM}/wxa/generate_urllink", data=data)
        )
        return need(answer, "url_link")

    async def list_templates(self) -> tuple[Template, ...]:
        """The subscribe-message templates granted to the mini-program."""
        return await list_subscribe_templates(self._door)
