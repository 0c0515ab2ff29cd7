"""WeCom (企业微信), the second way to our own staff."""

from collections.abc import Sequence

from redis.asyncio import Redis

from backend.gateways.wechat.answers import Receipt
from backend.gateways.wechat.bodies import as_text
from backend.gateways.wechat.door import Door
from backend.gateways.wechat.refusals import WECOM, Unreachable
from backend.gateways.wechat.replies import fit_text
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.token import fetch_wecom_token
from backend.gateways.wechat.transport import WECOM_PLATFORM, connect_wecom

_LONGEST_TITLE = 128  # bytes, as the longest description
_LONGEST_DESCRIPTION = 512
_SAME_MESSAGE_FOR = 14400  # seconds, the longest the platform remembers a message


class WeCom:
    """One WeCom application of the company. Every method raises WeChatTrouble (see `refusals`)."""

    def __init__(
        self,
        *,
        corp_id: str,
        agent_id: int,
        secret: str,
        redis: Redis,
        threads: PlatformThreads,
        api_base: str = WECOM_PLATFORM,
    ) -> None:
        self._agent_id = agent_id
        self._door = Door(
            name=f"{corp_id}:{agent_id}",
            connect=lambda: connect_wecom(corp_id, secret, api_base),
            fetch=fetch_wecom_token,
            refusals=WECOM,
            redis=redis,
            threads=threads,
        )

    async def send_card(
        self,
        user_ids: Sequence[str],
        *,
        title: str,
        description: str,
        url: str,
        message_id: str,
        urgent: bool = False,
    ) -> Receipt:
        """A card with a link to staff. Raises Unreachable when it reached nobody; `missed` names some it did not reach.

        WeCom drops a repeat by its content, so `message_id` rides behind the link: a repeat is equal, another message of
        the same words is not.
        """
        card = {
            "title": fit_text(title, limit=_LONGEST_TITLE),
            "description": fit_text(description, limit=_LONGEST_DESCRIPTION),
            "url": f"{url}#{message_id}",
        }
        data = {
            "touser": "|".join(user_ids),
            "msgtype": "textcard",
            "agentid": self._agent_id,
            "textcard": card,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": _SAME_MESSAGE_FOR,
        }
        answer = await self._door.do(lambda client: client.post("message/send", data=data), urgent=urgent)
        missed = tuple(filter(None, as_text(answer.get("invaliduser")).split("|")))
        # WeCom writes user ids in small letters here, however they were given
        if {user.lower() for user in user_ids} <= {user.lower() for user in missed}:
            raise Unreachable("no_such_user", errcode=0, errmsg="invaliduser")
        return Receipt(message_id=as_text(answer.get("msgid")) or None, missed=missed)
