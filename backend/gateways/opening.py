"""Builds the gateways of one process, once."""

from dataclasses import dataclass

from redis.asyncio import Redis

from backend.gateways.files import FileStore
from backend.gateways.language_model import LanguageModel
from backend.gateways.partners import Contact, PartnerLine
from backend.gateways.redis import open_redis
from backend.gateways.sms import SmsGateway
from backend.gateways.wechat.mini_program import MiniProgram
from backend.gateways.wechat.official_account import OfficialAccount
from backend.gateways.wechat.threads import PlatformThreads
from backend.gateways.wechat.wecom import WeCom
from config.documents import catalogue
from config.language_model import language_model
from config.partners import partners
from config.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateways:
    """The outside world as this process reaches it."""

    redis: Redis
    threads: PlatformThreads
    official_account: OfficialAccount
    mini_program: MiniProgram
    wecom: WeCom
    files: FileStore
    partners: PartnerLine
    sms: SmsGateway | None
    language_model: LanguageModel | None

    async def close(self) -> None:
        """Lets running calls of the platform end and gives the connections back."""
        await self.threads.close()
        await self.partners.close()
        if self.sms is not None:
            await self.sms.close()
        if self.language_model is not None:
            await self.language_model.close()
        await self.redis.aclose()


def open_gateways(settings: Settings, *, redis_url: str) -> Gateways:
    """Nothing connects before it is first used."""
    redis, threads = open_redis(redis_url), PlatformThreads()
    return Gateways(
        redis=redis,
        threads=threads,
        official_account=OfficialAccount(
            appid=settings.wechat_oa_appid,
            secret=settings.wechat_oa_secret,
            mini_program_appid=settings.wechat_mp_appid,
            api_base=settings.wechat_api_base,
            redis=redis,
            threads=threads,
        ),
        mini_program=MiniProgram(
            appid=settings.wechat_mp_appid,
            secret=settings.wechat_mp_secret,
            api_base=settings.wechat_api_base,
            redis=redis,
            threads=threads,
        ),
        wecom=WeCom(
            corp_id=settings.wecom_corp_id,
            agent_id=settings.wecom_agent_id,
            secret=settings.wecom_secret,
            api_base=settings.wecom_api_base,
            redis=redis,
            threads=threads,
        ),
        files=FileStore(settings.var_dir / "uploads", catalogue()),
        partners=PartnerLine(_contacts(settings), partners().reports),
        sms=_sms(settings),
        language_model=_language_model(settings),
    )


def _sms(settings: Settings) -> SmsGateway | None:
    """None where the company has no gateway: the hotline calls back instead."""
    if settings.sms_api_base is None or settings.sms_token is None:
        return None
    return SmsGateway(api_base=settings.sms_api_base, token=settings.sms_token)


def _language_model(settings: Settings) -> LanguageModel | None:
    """None where the company uses none: the assistant understands by itself."""
    if settings.language_model_base is None or settings.language_model_name is None:
        return None
    return LanguageModel(
        api_base=settings.language_model_base,
        key=settings.language_model_key or "",
        name=settings.language_model_name,
        rules=language_model(),
    )


def _contacts(settings: Settings) -> dict[str, Contact]:
    """The partners that can be told something."""
    reachable = {}
    for key in partners().partners:
        url, secret = settings.find_partner_url(key), settings.find_partner_secret(key)
        if url is not None and secret is not None:
            reachable[key] = Contact(url=url, secret=secret)
    return reachable
