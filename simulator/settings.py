"""Environment → typed settings. The defaults are the development secrets the backend also starts with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """Whose token, whose openid, whose callback."""

    OFFICIAL_ACCOUNT = "official_account"
    MINI_PROGRAM = "mini_program"
    WECOM = "wecom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An official account, a mini-program or a WeCom corporation as the platform knows it."""

    kind: Kind
    app_id: str
    secret: str
    token: str = ""
    aes_key: str = ""
    original_id: str = ""
    callback_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    host: str
    port: int
    backend_url: str
    public_base_url: str  # what links in messages begin with; the same server as backend_url in development
    accounts: Mapping[Kind, Account]
    agent_id: int
    demo_password: str
    bind_demo_staff: bool

    @property
    def root(self) -> str:
        """The address under which the platform is reached from this machine."""
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound to
        return f"http://{'127.0.0.1' if everywhere else self.host}:{self.port}"

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Self:
        """Raises ValueError when a number is not one."""
        backend = env.get("BACKEND_URL", "http://127.0.0.1:8000").rstrip("/")
        return cls(
            host=env.get("SIMULATOR_HOST", "127.0.0.1"),
            port=int(env.get("SIMULATOR_PORT", "8100")),
            backend_url=backend,
            public_base_url=env.get("PUBLIC_BASE_URL", backend).rstrip("/"),
            accounts={account.kind: account for account in _accounts(env)},
            agent_id=int(env.get("WECOM_AGENT_ID", "1000002")),
            demo_password=env.get("DEMO_PASSWORD", "lantian-demo"),
            bind_demo_staff=env.get("SIMULATOR_BIND_DEMO_STAFF", "1") not in ("0", "false", "no"),
        )


def _accounts(env: Mapping[str, str]) -> tuple[Account, Account, Account]:
    return (
        Account(
            kind=Kind.OFFICIAL_ACCOUNT,
            app_id=env.get("WECHAT_OA_APPID", "wxdev0000000000oa"),
            secret=env.get("WECHAT_OA_SECRET", "dev-oa-secret"),
            token=env.get("WECHAT_OA_TOKEN", "dev-oa-token"),
            aes_key=env.get("WECHAT_OA_AES_KEY", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"),
            original_id="gh_dev0000000oa",
            callback_path="/wechat/official-account",
        ),
        Account(
            kind=Kind.MINI_PROGRAM,
            app_id=env.get("WECHAT_MP_APPID", "wxdev0000000000mp"),
            secret=env.get("WECHAT_MP_SECRET", "dev-mp-secret"),
            token=env.get("WECHAT_MP_TOKEN", "dev-mp-token"),
            aes_key=env.get("WECHAT_MP_AES_KEY", "GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210"),
            original_id="gh_dev0000000mp",
            callback_path="/wechat/mini-program",
        ),
        Account(
            kind=Kind.WECOM,
            app_id=env.get("WECOM_CORP_ID", "wwdev0000000000"),
            secret=env.get("WECOM_SECRET", "dev-wecom-secret"),
        ),
    )
