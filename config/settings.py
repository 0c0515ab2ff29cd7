"""Every setting of the service, read once from the environment, then `.env`, then the development defaults."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config import secret_strength, settings_problems
from config.partners import partners
from config.redis_address import check_redis_address
from config.secret_strength import LEAST_LENGTH, LEAST_PARTNER_SECRET
from config.settings_problems import BadSettings

_PUBLIC_NAMES = ("wechat_oa_appid", "wechat_mp_appid", "wecom_corp_id")
PROJECT_ROOT = Path(__file__).resolve().parent.parent

_WECHAT = "https://api.weixin.qq.com"
_WECOM = "https://qyapi.weixin.qq.com"

Port = Annotated[int, Field(ge=1, le=65535)]
WebAddress = Annotated[str, AfterValidator(settings_problems.check_web_address)]
DatabaseAddress = Annotated[str, AfterValidator(settings_problems.check_database_address)]
RedisAddress = Annotated[str, AfterValidator(check_redis_address)]
AesKey = Annotated[str, AfterValidator(secret_strength.check_aes_key)]


def _secret(development_default: str) -> str:
    """A field that `repr` hides; production refuses its default."""
    field: str = Field(default=development_default, repr=False, min_length=1)
    return field


def _wechat_api_base(data: dict[str, object]) -> str:
    """The platform in production, else the simulator on this machine."""
    return _WECHAT if data["app_env"] == "production" else f"http://127.0.0.1:{data['simulator_port']}"


def _wecom_api_base(data: dict[str, object]) -> str:
    """In development a simulator given as WECHAT_API_BASE plays WeCom too."""
    real = data["app_env"] == "production" or data["wechat_api_base"] == _WECHAT
    return _WECOM if real else str(data["wechat_api_base"])


class PartnerAccess(BaseModel):
    """PARTNER_<KEY>_SECRET and PARTNER_<KEY>_URL: without a secret the partner's doors are shut, without an address it
    is told nothing."""

    model_config = ConfigDict(frozen=True)

    secret: str | None = None
    url: str | None = None


class Settings(BaseSettings):
    """Typed, frozen settings; each field is the environment name in lower case.

    `database_url` and `redis_url` are None when embedded services are to be used (never in production).
    `database_connections` is each process's share of what PostgreSQL allows.
    `backend_proxies` says how many reverse proxies of ours add to X-Forwarded-For: by it tries are counted per client.
    """

    model_config = SettingsConfigDict(
        env_file=PROJECT_ROOT / ".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        env_nested_delimiter="_",  # PARTNER_ZWFW_SECRET is partner["zwfw"].secret
        extra="ignore",
        frozen=True,
    )

    app_env: Literal["development", "production"] = "development"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    backend_host: str = "127.0.0.1"
    backend_port: Port = 8000
    backend_workers: Annotated[int, Field(ge=1, le=64)] = 1
    backend_proxies: Annotated[int, Field(ge=0, le=9)] = 0
    simulator_port: Port = 8100

    database_url: DatabaseAddress | None = Field(default=None, repr=False)
    database_connections: Annotated[int, Field(ge=2, le=500)] | None = None
    database_replica_url: DatabaseAddress | None = Field(default=None, repr=False)
    redis_url: RedisAddress | None = Field(default=None, repr=False)
    var_dir: Annotated[Path, AfterValidator(Path.absolute)] = Field(default=PROJECT_ROOT / "var")

    secret_key: str = _secret("development-only-key-that-production-refuses")
    public_base_url: WebAddress = Field(
        default_factory=lambda data: f"http://127.0.0.1:{data['backend_port']}"
    )

    wechat_oa_appid: str = "wxdev0000000000oa"
    wechat_oa_secret: str = _secret("dev-oa-secret")
    wechat_oa_token: str = _secret("dev-oa-token")
    wechat_oa_aes_key: AesKey = _secret("0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")
    wechat_mp_appid: str = "wxdev0000000000mp"
    wechat_mp_secret: str = _secret("dev-mp-secret")
    wechat_mp_token: str = _secret("dev-mp-token")
    wechat_mp_aes_key: AesKey = _secret("GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210")
    wechat_api_base: WebAddress = Field(default_factory=_wechat_api_base)

    wecom_corp_id: str = "wwdev0000000000"
    wecom_agent_id: int = 1000002
    wecom_secret: str = _secret("dev-wecom-secret")
    wecom_api_base: WebAddress = Field(default_factory=_wecom_api_base)

    sms_api_base: WebAddress | None = None
    sms_token: str | None = Field(default=None, repr=False)

    language_model_base: WebAddress | None = None
    language_model_key: str | None = Field(default=None, repr=False)
    language_model_name: str | None = None

    demo_password: str = _secret("lantian-demo")
    demo_partner_secret: str = _secret("lantian-partner-demo")
    partner: dict[str, PartnerAccess] = Field(default={}, repr=False)

    @property
    def connections_of_a_process(self) -> int:
        """To the database, at most: as many as are set, else the machine's share of each worker. A core keeps about four
        busy: one computes while the others wait for a commit."""
        share = (4 * (os.cpu_count() or 1) + 2) // self.backend_workers
        return self.database_connections or max(share, 4)

    @property
    def production(self) -> bool:
        """Whether embedded services, demo data and the development doors are refused."""
        return self.app_env == "production"

    def find_partner_secret(self, key: str) -> str | None:
        """What a partner signs with; in development the demo secret serves everybody. None: its doors are shut."""
        own = self.partner[key].secret if key in self.partner else None
        return own or (None if self.production else self.demo_partner_secret)

    def find_partner_url(self, key: str) -> str | None:
        """Where a partner wants to hear of changes; None: nowhere."""
        return self.partner[key].url if key in self.partner else None


def load() -> Settings:
    """The settings of this process. Raises BadSettings, which names every problem at once."""
    problems: dict[str, str] = {}
    try:
        settings = Settings()
    except ValidationError as error:
        problems = settings_problems.in_words(error)
        settings = Settings(**{name: _default(name) for name in problems})  # to find what else is wrong
    addresses = {key: access.url for key, access in settings.partner.items()}
    problems |= settings_problems.wrong_partners(addresses, partners().partners)
    if settings.production:
        problems = _unfit_for_production(settings) | problems
    if problems:
        raise BadSettings(problems)
    return settings


def _default(name: str) -> Any:
    """A field's development value."""
    given = {"app_env": "production", "backend_port": 8000, "wechat_api_base": _WECHAT}
    return Settings.model_fields[name].get_default(call_default_factory=True, validated_data=given)


def _unfit_for_production(settings: Settings) -> dict[str, str]:
    """What would make a production start unsafe, by field."""
    chosen = {name: getattr(settings, name) for name in LEAST_LENGTH}
    return {
        **settings_problems.missing_services(
            {name: getattr(settings, name) for name in ("database_url", "redis_url")}
        ),
        **settings_problems.unfit_public_address(settings.public_base_url),
        **settings_problems.still_default(
            {name: (getattr(settings, name), _default(name)) for name in _PUBLIC_NAMES}
        ),
        **secret_strength.weaknesses(chosen, {name: _default(name) for name in LEAST_LENGTH}),
        **_unfit_partners(settings),
        **_unfit_sms(settings),
        **_unfit_language_model(settings),
    }


def _unfit_partners(settings: Settings) -> dict[str, str]:
    """Weak secrets of partners, and addresses that could only be told unsigned."""
    problems: dict[str, str] = {}
    for key, access in settings.partner.items():
        if access.secret is not None:
            why = secret_strength.weakness(
                access.secret, least=LEAST_PARTNER_SECRET, development=_default("demo_partner_secret")
            )
            problems |= {f"partner_{key}_secret": why} if why else {}
        elif access.url is not None:
            problems[f"partner_{key}_secret"] = "未设置，回传无法签名"
    return problems


def _unfit_language_model(settings: Settings) -> dict[str, str]:
    """Off without an address; with one it has a strong key, a name and a line nobody can read."""
    if settings.language_model_base is None:
        return {}
    problems = settings_problems.unfit_language_model(
        settings.language_model_base, settings.language_model_name
    )
    key = settings.language_model_key or ""
    why = secret_strength.weakness(key, least=LEAST_PARTNER_SECRET, development="")
    return problems | ({"language_model_key": why} if why else {})


def _unfit_sms(settings: Settings) -> dict[str, str]:
    """A gateway that nobody may use would leave customers without WeChat to silence until the first refusal."""
    if (settings.sms_api_base is None) == (settings.sms_token is None):
        return {}
    missing = "sms_token" if settings.sms_token is None else "sms_api_base"
    return {missing: "未设置（SMS_API_BASE 与 SMS_TOKEN 须同时设置）"}
