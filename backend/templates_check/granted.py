"""The templates the platform has granted to our apps."""

from backend.gateways.opening import Gateways
from backend.templates_check.compare import Granted


async def granted(gateways: Gateways) -> Granted:
    """What both apps may send. Raises WeChatTrouble."""
    return {
        "official_account": await gateways.official_account.list_templates(),
        "mini_program": await gateways.mini_program.list_templates(),
        "subscribe_notice": await gateways.official_account.list_subscribe_templates(),
    }
