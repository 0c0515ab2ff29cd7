"""What customers say about a case that is under way or done: urge, complain, rate."""

from tortoise.transactions import in_transaction

from backend.actions.act import Act
from backend.actions.locks import lock_application
from backend.actions.record import record
from backend.models import ConnectionApplication
from backend.rules.errors import NotAllowed


async def urge(number: str, *, act: Act) -> ConnectionApplication:
    """The customer asks why it takes so long (催办). Raises NotFound, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        await record(application, "urged", act=act)
        return application


async def complain(number: str, words: str, *, act: Act) -> ConnectionApplication:
    """A complaint about a case goes to the supervisors. Raises NotFound."""
    async with in_transaction():
        application = await lock_application(number)
        await record(application, "complained", act=act, facts={"note": words})
        return application


async def rate(number: str, score: int, comment: str | None, *, act: Act) -> ConnectionApplication:
    """One to five, once, after ignition. Raises NotFound, NotAllowed."""
    async with in_transaction():
        application = await lock_application(number)
        if application.rating is not None:
            raise NotAllowed(stage=application.stage, event="rated", sentence="already_rated")
        await record(application, "rated", act=act, facts={"score": score, "note": comment})
        application.rating, application.rating_comment = score, comment
        await application.save(update_fields=["rating", "rating_comment"])
        return application
