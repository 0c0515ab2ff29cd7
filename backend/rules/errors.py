"""Domain errors: what a person asked for cannot be done, and why. Their Chinese is in `config/messages/problems.toml`."""

from collections.abc import Sequence


class DomainError(Exception):
    """An anticipated refusal. `code` is stable for outsiders, `sentence` the key of its text, `facts` what the text needs."""

    code = "invalid_request"
    sentence = "invalid_request"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class NotFound(DomainError):
    """There is no such thing, or it is somebody else's."""

    code = sentence = "not_found"


class Forbidden(DomainError):
    """The person is known, and this is not theirs to do."""

    code = sentence = "forbidden"


class Unauthenticated(DomainError):
    code = sentence = "unauthenticated"


class WrongCredentials(Unauthenticated):
    sentence = "wrong_credentials"


class NotAllowed(DomainError):
    """The stage does not admit this step."""

    code = sentence = "not_allowed"

    def __init__(self, *, stage: str, event: str, sentence: str | None = None) -> None:
        super().__init__(stage=stage, event=event)
        self.sentence = sentence or "not_allowed"


class DuplicateApplication(DomainError):
    """The same customer has an open application at this address; `number` is the first one's."""

    code = sentence = "duplicate_application"

    def __init__(self, *, number: str) -> None:
        super().__init__(number=number)
        self.number = number


class MissingEssentialDocument(DomainError):
    """A paper that touches legality or technical safety is missing (§1.3-2, §2.2-2)."""

    code = sentence = "missing_essential_document"

    def __init__(self, *, names: Sequence[str]) -> None:
        super().__init__(names="、".join(names))


class InvalidField(DomainError):
    """One field of a request does not make sense against what is known."""

    code = sentence = "invalid_request"

    def __init__(self, *, field: str, sentence: str, **facts: object) -> None:
        super().__init__(**facts)
        self.field = field
        self.sentence = sentence


class UnsupportedFile(DomainError):
    code = sentence = "unsupported_type"


class FileTooLarge(DomainError):
    code = sentence = "too_large"


class UnreadableSheet(UnsupportedFile):
    """Neither a workbook nor a table of text."""

    sentence = "unreadable_sheet"


class SheetTooLarge(FileTooLarge):
    """More than anybody imports at once."""

    sentence = "sheet_too_large"


class IdempotencyKeyReused(DomainError):
    """The same key came with another body."""

    code = sentence = "idempotency_key_reused"


class IdempotencyKeyRequired(DomainError):
    code = sentence = "idempotency_key_required"


class WechatCodeInvalid(DomainError):
    """A code from the client was used, too old or forged."""

    code = sentence = "wechat_code_invalid"


class WechatUnavailable(DomainError):
    code = sentence = "wechat_unavailable"


class RateLimited(DomainError):
    """Too often; `retry_after` is in whole seconds."""

    code = sentence = "rate_limited"

    def __init__(self, *, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after
