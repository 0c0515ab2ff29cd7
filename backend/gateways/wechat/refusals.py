"""What the platform's refusals mean to us: one table for each door, the platform's wording beside our word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


class WeChatTrouble(Exception):
    """The platform did not do what was asked, or did not say so.

    `reason` is our word; `errcode`, `errmsg` and `rid` are the platform's (its support asks for the `rid`), absent when
    it did not answer. `retry_after` is how long the platform needs at least, where that is known.
    """

    def __init__(
        self,
        reason: str,
        *,
        errcode: int | None = None,
        errmsg: str = "",
        rid: str | None = None,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(reason, errcode, rid)
        self.reason = reason
        self.errcode = errcode
        self.errmsg = errmsg
        self.rid = rid
        self.retry_after = retry_after


class TryLater(WeChatTrouble):
    """Nothing was done; the same call may succeed later."""


class TokenRefused(TryLater):
    """The access token is not valid (any more); seen outside only when a new one was refused too."""


class Unreachable(WeChatTrouble):
    """This person cannot be reached this way; another channel may."""


class WrongData(WeChatTrouble):
    """What we sent is wrong and stays wrong; a person must look."""


class AccountProblem(WeChatTrouble):
    """Our account, secret or permission is wrong: an alarm, nothing will work."""


class CodeInvalid(WeChatTrouble):
    """The one-time code a client brought is used, old or forged."""


class BlockedUser(WeChatTrouble):
    """The platform holds this user for dangerous and lets them not log in."""


class OutcomeUnknown(WeChatTrouble):
    """The call may have been carried out: the answer was lost. Trying again may double it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row: what to do about it, our word, the platform's wording, and its least pause."""

    trouble: type[WeChatTrouble]
    reason: str
    wording: str
    retry_after: timedelta | None = None


Table = Mapping[int, Meaning]

_MINUTE = timedelta(minutes=1)

_BOTH_APPS: Table = {
    -1: Meaning(TryLater, "system_busy", "system error"),
    45011: Meaning(TryLater, "too_frequent", "api minute-quota reach limit", _MINUTE),
    45066: Meaning(TryLater, "repeated_too_soon", "same clientmsgid retry too fast", _MINUTE),
    45081: Meaning(TryLater, "already_typing", "typing status already set"),
    9001002: Meaning(TryLater, "system_busy", "remote service is down"),
    40001: Meaning(
        TokenRefused, "token_refused", "invalid credential, access_token is invalid or not latest"
    ),
    40014: Meaning(TokenRefused, "token_refused", "invalid access_token"),
    41001: Meaning(TokenRefused, "token_refused", "access_token missing"),
    42001: Meaning(TokenRefused, "token_refused", "access_token expired"),
    40003: Meaning(Unreachable, "not_of_this_app", "invalid openid"),
    43004: Meaning(Unreachable, "not_a_follower", "require subscribe"),
    43019: Meaning(Unreachable, "blocked_by_us", "user is in the account's blacklist"),
    43101: Meaning(Unreachable, "no_subscription", "user refuse to accept the msg"),
    45015: Meaning(Unreachable, "window_closed", "response out of time limit or subscription is canceled"),
    45047: Meaning(Unreachable, "count_used_up", "out of response count limit"),
    45080: Meaning(Unreachable, "window_closed", "no recent message of the user"),
    46004: Meaning(Unreachable, "no_such_user", "user not exist"),
    48002: Meaning(Unreachable, "refuses_messages", "user turned off receiving messages"),
    50005: Meaning(Unreachable, "not_a_follower", "user not following"),
    40007: Meaning(WrongData, "media_gone", "invalid media_id"),
    40036: Meaning(WrongData, "too_long", "invalid template_id size"),
    40037: Meaning(WrongData, "template_unknown", "invalid template_id"),
    40039: Meaning(WrongData, "too_long", "invalid url size"),
    40165: Meaning(WrongData, "page_unknown", "invalid weapp pagepath"),
    41028: Meaning(WrongData, "parameter_wrong", "form_id wrong or expired"),
    41029: Meaning(WrongData, "parameter_wrong", "form_id already used"),
    41030: Meaning(WrongData, "page_unknown", "invalid page"),
    44002: Meaning(WrongData, "empty", "empty post data"),
    44004: Meaning(WrongData, "empty", "empty content"),
    45002: Meaning(WrongData, "too_long", "content size out of limit"),
    45003: Meaning(WrongData, "too_long", "title size out of limit"),
    45004: Meaning(WrongData, "too_long", "description size out of limit"),
    45008: Meaning(WrongData, "too_long", "article count out of limit"),
    47001: Meaning(WrongData, "parameter_wrong", "data format error"),
    47003: Meaning(WrongData, "value_does_not_fit", "argument invalid"),
    40013: Meaning(AccountProblem, "appid_wrong", "invalid appid"),
    40125: Meaning(AccountProblem, "secret_wrong", "invalid appsecret"),
    40164: Meaning(AccountProblem, "address_not_listed", "invalid ip, not in whitelist"),
    40200: Meaning(AccountProblem, "account_type", "invalid account type"),
    40243: Meaning(AccountProblem, "secret_frozen", "appsecret is frozen"),
    41004: Meaning(AccountProblem, "secret_wrong", "appsecret missing"),
    45028: Meaning(AccountProblem, "no_quota", "has no masssend quota"),
    48001: Meaning(AccountProblem, "not_permitted", "api unauthorized"),
    48004: Meaning(AccountProblem, "not_permitted", "api forbidden for violation"),
    48008: Meaning(AccountProblem, "not_permitted", "no permission for this msg"),
    50001: Meaning(AccountProblem, "not_permitted", "user not authorized this api"),
    50002: Meaning(AccountProblem, "account_restricted", "user limited"),
    40029: Meaning(CodeInvalid, "code_invalid", "invalid code"),
    41008: Meaning(CodeInvalid, "code_invalid", "missing code"),
    40163: Meaning(CodeInvalid, "code_used", "code been used"),
    42003: Meaning(CodeInvalid, "code_expired", "oauth_code expired"),
    40226: Meaning(BlockedUser, "blocked_user", "code blocked"),
}

OFFICIAL_ACCOUNT: Table = {
    **_BOTH_APPS,
    45009: Meaning(TryLater, "quota_used", "reach max api daily quota limit", timedelta(minutes=30)),
}

MINI_PROGRAM: Table = {
    **_BOTH_APPS,
    45009: Meaning(TryLater, "too_frequent", "reach max api minute quota limit", _MINUTE),
}

WECOM: Table = {
    -1: Meaning(TryLater, "system_busy", "system busy"),
    45009: Meaning(TryLater, "too_frequent", "api freq out of limit", _MINUTE),
    45033: Meaning(TryLater, "too_frequent", "api concurrent out of limit", _MINUTE),
    40014: Meaning(TokenRefused, "token_refused", "invalid access_token"),
    41001: Meaning(TokenRefused, "token_refused", "access_token missing"),
    42001: Meaning(TokenRefused, "token_refused", "access_token expired"),
    40003: Meaning(Unreachable, "no_such_user", "invalid userid"),
    46004: Meaning(Unreachable, "no_such_user", "user does not exist"),
    50002: Meaning(Unreachable, "outside_app_scope", "member outside the app's scope"),
    60111: Meaning(Unreachable, "no_such_user", "userid not found"),
    81013: Meaning(Unreachable, "no_such_user", "user, party and tag all invalid"),
    40008: Meaning(WrongData, "parameter_wrong", "invalid message type"),
    40058: Meaning(WrongData, "parameter_wrong", "invalid parameter"),
    44004: Meaning(WrongData, "empty", "empty content"),
    45002: Meaning(WrongData, "too_long", "content size out of limit"),
    45003: Meaning(WrongData, "too_long", "title size out of limit"),
    45004: Meaning(WrongData, "too_long", "description size out of limit"),
    47001: Meaning(WrongData, "parameter_wrong", "data format error"),
    40001: Meaning(AccountProblem, "secret_wrong", "invalid credential"),
    40013: Meaning(AccountProblem, "appid_wrong", "invalid corpid"),
    40056: Meaning(AccountProblem, "appid_wrong", "invalid agentid"),
    48002: Meaning(AccountProblem, "not_permitted", "api forbidden"),
    50001: Meaning(AccountProblem, "not_permitted", "redirect domain not trusted"),
    60020: Meaning(AccountProblem, "address_not_listed", "not allow to access from your ip"),
    301002: Meaning(AccountProblem, "not_permitted", "no privilege for this app"),
}

# A code that no table has is shown to a person rather than tried for ever or dropped.
_UNLISTED = Meaning(WrongData, "unlisted_refusal", "")
_RID = re.compile(r"\b(?:rid|req_id)\s*:\s*([\w-]+)")


def read_refusal(table: Table, errcode: int, errmsg: str) -> WeChatTrouble:
    """The platform's refusal in our words."""
    meaning = table.get(errcode, _UNLISTED)
    rid = _RID.search(errmsg)
    return meaning.trouble(
        meaning.reason,
        errcode=errcode,
        errmsg=errmsg,
        rid=rid[1] if rid else None,
        retry_after=meaning.retry_after,
    )
