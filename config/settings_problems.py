"""What is wrong with a setting, in words an operator can act on."""

from collections.abc import Container, Mapping
from urllib.parse import urlsplit

from pydantic import ValidationError

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104  compared with, never bound to
_WORDS = {
    "int_parsing": "须为整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是 {expected} 之一",
    "string_too_short": "不能为空",
}


class BadSettings(Exception):
    """The settings cannot be used; `problems` says why, by the field's name."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = problems
        lines = [f"  - {name.upper()}：{problem}" for name, problem in problems.items()]
        super().__init__("\n".join(["设置有误，服务没有启动：", *lines]))


def in_words(error: ValidationError) -> dict[str, str]:
    """What is wrong with each value, without the value: it may be a secret."""
    return {
        str(problem["loc"][0]): _sentence(problem["type"], problem.get("ctx", {}))
        for problem in error.errors()
        if problem["type"] != "default_factory_not_called"  # only follows from another problem of the list
    }


def wrong_partners(addresses: Mapping[str, str | None], known: Container[str]) -> dict[str, str]:
    """A misspelt name would leave a partner without its secret and say nothing; an address must be one."""
    problems = {}
    for key, address in addresses.items():
        if key not in known:
            problems[f"partner_{key}"] = "config/partners.toml 里没有这个接入方"
        try:
            check_web_address(address or "http://none")
        except ValueError as fault:
            problems[f"partner_{key}_url"] = str(fault)
    return problems


def _sentence(kind: str, facts: dict[str, object]) -> str:
    return (
        str(facts["error"])
        if kind == "value_error"
        else _WORDS.get(kind, "值无法识别").format(**facts).replace(" or ", " 或 ")
    )


def check_web_address(address: str) -> str:
    """The address without a slash at its end. Raises ValueError unless it is http(s) with a host."""
    parts = urlsplit(address)
    try:
        well_formed = bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is not a number
        well_formed = False
    if parts.scheme not in {"http", "https"} or not well_formed or parts.query or parts.fragment:
        raise ValueError("须为 http:// 或 https:// 开头的地址")
    return address.rstrip("/")


def check_database_address(address: str) -> str:
    """The address unchanged. Raises ValueError unless it is PostgreSQL's."""
    if urlsplit(address).scheme not in {"postgres", "asyncpg"}:
        raise ValueError("须为 postgres://用户:密码@主机:端口/库名")
    return address


def missing_services(addresses: Mapping[str, str | None]) -> dict[str, str]:
    """Production runs on services the company backs up, never on the embedded ones."""
    return {name: "未设置（生产环境不使用内置服务）" for name, address in addresses.items() if not address}


def unfit_public_address(address: str) -> dict[str, str]:
    """WeChat and the customers' phones must reach the service, and only by TLS."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname in _LOCAL_HOSTS:
        return {"public_base_url": "须为外网可访问的 https:// 地址"}
    return {}


def unfit_language_model(address: str, name: str | None) -> dict[str, str]:
    """The model's name must be said; what customers write leaves this machine only by TLS."""
    parts = urlsplit(address)
    open_line = parts.scheme != "https" and parts.hostname not in _LOCAL_HOSTS
    problems = {"language_model_base": "须为 https:// 地址，或本机地址"} if open_line else {}
    return (
        problems
        if name
        else problems | {"language_model_name": "未设置（设了 LANGUAGE_MODEL_BASE 就要写模型名）"}
    )


def still_default(values: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The account's own names (value, development value): with the simulator's no platform call could succeed."""
    return {
        name: "未设置，或仍是开发用的默认值" for name, (value, default) in values.items() if value == default
    }
