"""Access tokens: ordinary, stable, and WeCom's."""

from simulator.doors.door import Call, Door, ok
from simulator.errors import PlatformError
from simulator.settings import Account, Kind
from simulator.world import World


def _known_app(world: World, app_id: str, secret: str) -> Account:
    if not app_id:
        raise PlatformError(41002)
    if not secret:
        raise PlatformError(41004)
    for kind in (Kind.OFFICIAL_ACCOUNT, Kind.MINI_PROGRAM):
        account = world.account(kind)
        if account.app_id == app_id:
            if account.secret != secret:
                raise PlatformError(40125)
            return account
    raise PlatformError(40013)


def ordinary(world: World, call: Call) -> dict[str, object]:
    """GET /cgi-bin/token: a new one each time."""
    if call.query.get("grant_type") != "client_credential":
        raise PlatformError(40002)
    account = _known_app(world, call.query.get("appid", ""), call.query.get("secret", ""))
    token, life = world.tokens.issue(account, now=call.now)
    return {"access_token": token, "expires_in": int(life.total_seconds())}


def stable(world: World, call: Call) -> dict[str, object]:
    """POST /cgi-bin/stable_token: the same one until it is nearly over."""
    if call.text("grant_type") != "client_credential":
        raise PlatformError(40002)
    account = _known_app(world, call.text("appid"), call.text("secret"))
    force = call.body.get("force_refresh") is True
    token, rest = world.tokens.stable(account, now=call.now, force=force)
    return {"access_token": token, "expires_in": int(rest.total_seconds())}


def wecom(world: World, call: Call) -> dict[str, object]:
    """GET /cgi-bin/gettoken: WeCom repeats the token while it lives."""
    account = world.account(Kind.WECOM)
    if call.query.get("corpid") != account.app_id:
        raise PlatformError(40013)
    if call.query.get("corpsecret") != account.secret:
        raise PlatformError(40001, "invalid secret")
    token, rest = world.tokens.stable(account, now=call.now)
    return ok(access_token=token, expires_in=int(rest.total_seconds()))


DOORS = (
    Door(path="/cgi-bin/token", serve=ordinary, method="GET"),
    Door(path="/cgi-bin/stable_token", serve=stable),
    Door(path="/cgi-bin/gettoken", serve=wecom, method="GET"),
)
