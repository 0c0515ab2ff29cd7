"""python -m backend.menus: puts the account's menu in place; once after each change of `config/menus.toml`."""

import asyncio
import sys

from backend.embedded import services
from backend.gateways.opening import open_gateways
from backend.gateways.wechat.refusals import WeChatTrouble
from config import settings
from config.menus import menu
from config.settings import Settings
from config.settings_problems import BadSettings


async def publish(chosen: Settings) -> None:
    """Raises WeChatTrouble."""
    async with services(chosen) as urls:
        gateways = open_gateways(chosen, redis_url=urls.redis_url)
        try:
            await gateways.official_account.create_menu(menu().as_platform())
        finally:
            await gateways.close()


def main() -> None:
    """Ends with the platform's word when it refuses."""
    try:
        asyncio.run(publish(settings.load()))
    except (BadSettings, WeChatTrouble) as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
