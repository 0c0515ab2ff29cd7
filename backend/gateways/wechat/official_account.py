"""The official account (公众号): what it can send, ask and make."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from redis.asyncio import Redis

from backend.gateways.wechat.answers import (
    File,
    FollowerInfo,
    MenuLine,
    QrCode,
    Receipt,
    Template,
    need,
    read_receipt,
)
from backend.gateways.wechat.bodies import as_list, as_text
from backend.gateways.wechat.door import Door
from backend.gateways.wechat.refusals import OFFICIAL_ACCOUNT, WeChatTrouble
from backend.gateways.wechat.replies import fit_text
from backend.gateways.wechat.subscribe_templates import list_subscribe_templates
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.token import fetch_stable_token
from backend.gateways.wechat.transport import PLATFORM, connect_app

_NO_MENU = 46003
_LOGIN_ROOT = "https://open.weixin.qq.com"
_PICTURE_ROOT = "https://mp.weixin.qq.com"


class OfficialAccount:
    """The account's side of the platform. Every method raises WeChatTrouble (see `refusals`)."""

    def __init__(
        self,
        *,
        appid: str,
        secret: str,
        redis: Redis,
        threads: PlatformThreads,
        mini_program_appid: str = "",
        api_base: str = PLATFORM,
    ) -> None:
        self._appid = appid
        self._secret = secret
        self._mini_program_appid = mini_program_appid
        self._login_root = _LOGIN_ROOT if api_base == PLATFORM else api_base.rstrip("/")
        self._picture_root = _PICTURE_ROOT if api_base == PLATFORM else api_base.rstrip("/")
        self._door = Door(
            name=appid,
            connect=lambda: connect_app(appid, secret, api_base),
            fetch=fetch_stable_token,
            refusals=OFFICIAL_ACCOUNT,
            redis=redis,
            threads=threads,
        )

    async def send_template(
        self,
        openid: str,
        template_id: str,
        values: Mapping[str, str],
        *,
        client_msg_id: str,
        url: str = "",
        mini_program_path: str = "",
        urgent: bool = False,
    ) -> Receipt:
        """A service notice. The platform sends one `client_msg_id` to one person once in about ten minutes.

        With both jumps the mini-program goes first and `url` serves old clients.
        """
        data = {
            "touser": openid,
            "template_id": template_id,
            "url": url,
            "client_msg_id": client_msg_id,
            "data": _as_values(values),
            **self._jump(mini_program_path),
        }
        # wechatpy's own method knows no client_msg_id
        answer = await self._door.do(
            lambda client: client.post("message/template/send", data=data), urgent=urgent
        )
        return read_receipt(answer)

    async def send_subscribe_notice(
        self,
        openid: str,
        template_id: str,
        values: Mapping[str, str],
        *,
        url: str = "",
        mini_program_path: str = "",
        urgent: bool = False,
    ) -> Receipt:
        """A notice the person has subscribed to. A second one costs a second consent."""
        jump = self._jump(mini_program_path).get("miniprogram")
        answer = await self._door.do(
            lambda client: client.message.send_subscribe_message(
                openid, template_id, _as_values(values), miniprogram=jump, page=url or None
            ),
            urgent=urgent,
        )
        return read_receipt(answer)

    async def send_text(self, openid: str, text: str, *, urgent: bool = False) -> Receipt:
        """A customer-service message, inside the person's window only. Nothing keeps a repeat from arriving twice."""
        content = fit_text(text)
        return read_receipt(
            await self._door.do(lambda client: client.message.send_text(openid, content), urgent=urgent)
        )

    async def send_menu(
        self, openid: str, head: str, lines: Sequence[MenuLine], *, tail: str = ""
    ) -> Receipt:
        """A customer-service message with lines to touch. Needs a verified service account."""
        menu = {
            "head_content": head,
            "list": [{"id": line.id, "content": line.text} for line in lines],
            "tail_content": tail,
        }
        return read_receipt(await self._door.do(lambda client: client.message.send_msg_menu(openid, menu)))

    async def show_typing(self, openid: str) -> None:
        """Lets the person see that an answer is being written."""
        data = {"touser": openid, "command": "Typing"}
        await self._door.do(lambda client: client.post("message/custom/typing", data=data))

    async def find_user(self, openid: str) -> FollowerInfo:
        """Whether this person follows, and their unionid."""
        answer = await self._door.ask(lambda client: client.user.get(openid))
        return FollowerInfo(
            subscribed=as_text(answer.get("subscribe")) == "1", unionid=as_text(answer.get("unionid")) or None
        )

    async def create_scene_qr(self, scene: str, expires: timedelta) -> QrCode:
        """A code that comes back as `scene` when scanned; `expires` is at most 30 days, `scene` 1–64 characters."""
        data = {
            "expire_seconds": int(expires.total_seconds()),
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        answer = await self._door.ask(lambda client: client.qrcode.create(data))
        ticket = need(answer, "ticket")
        picture = f"{self._picture_root}/cgi-bin/showqrcode?ticket={quote(ticket, safe='')}"
        return QrCode(ticket=ticket, url=need(answer, "url"), picture_url=picture)

    async def create_menu(self, menu: Mapping[str, Any]) -> None:
        """Puts the account's menu in place, in the platform's own form ({"button": […]})."""
        await self._door.ask(lambda client: client.menu.create(dict(menu)))

    async def find_menu(self) -> Mapping[str, Any] | None:
        """The menu that is in place, in the platform's own form; None when there is none."""
        try:
            answer = await self._door.ask(lambda client: client.menu.get())
        except WeChatTrouble as trouble:
            if trouble.errcode == _NO_MENU:
                return None
            raise
        found: Mapping[str, Any] = answer.get("menu") or {}
        return found

    async def list_templates(self) -> tuple[Template, ...]:
        """The message templates granted to the account."""
        answer = await self._door.ask(lambda client: client.template.get_all_private_template())
        return tuple(
            Template(
                template_id=need(entry, "template_id"),
                title=as_text(entry.get("title")),
                content=as_text(entry.get("content")),
            )
            for entry in as_list(answer.get("template_list"))
        )

    async def list_subscribe_templates(self) -> tuple[Template, ...]:
        """The subscribe-notice templates granted to the account, a list apart from its message templates."""
        return await list_subscribe_templates(self._door)

    async def download_media(self, media_id: str) -> File:
        """A person's picture or voice; the platform keeps it for three days."""
        return await self._door.download(lambda client: client.media.download(media_id))

    def login_url(self, redirect: str, state: str) -> str:
        """Where the account's browser is sent to learn who is there; comes back to `redirect` with `code` and `state`."""
        query = urlencode(
            {
                "appid": self._appid,
                "redirect_uri": redirect,
                "response_type": "code",
                "scope": "snsapi_base",
                "state": state,
            }
        )
        return f"{self._login_root}/connect/oauth2/authorize?{query}#wechat_redirect"

    async def openid_for_code(self, code: str) -> str:
        """Who came back with this code; it serves once, for five minutes. Raises CodeInvalid."""
        params = {
            "appid": self._appid,
            "secret": self._secret,
            "code": code,
            "grant_type": "authorization_code",
            "access_token": None,  # this call takes none
        }
        answer = await self._door.ask(
            lambda client: client.get(f"{PLATFORM}/sns/oauth2/access_token", params=params), with_token=False
        )
        return need(answer, "openid")

    def _jump(self, mini_program_path: str) -> dict[str, Any]:
        if not mini_program_path:
            return {}
        return {"miniprogram": {"appid": self._mini_program_appid, "pagepath": mini_program_path}}


def _as_values(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {key: {"value": value} for key, value in values.items()}
