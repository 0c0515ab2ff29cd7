"""python -m backend.templates_check: compares our message templates with those the platform has granted.

Ends with 1 and one line for each thing to mend; sends nothing.
"""

import asyncio
import sys

from backend.embedded import EmbeddedServicesUnavailable, services
from backend.gateways.opening import open_gateways
from backend.gateways.wechat.refusals import WeChatTrouble
from backend.templates_check.compare import Granted, faults, used
from backend.templates_check.granted import granted
from config import settings
from config.messages.texts import templates
from config.settings import Settings
from config.settings_problems import BadSettings
from config.templates_check import templates_check


async def ask(chosen: Settings) -> Granted:
    """What both apps may send. Raises WeChatTrouble, EmbeddedServicesUnavailable."""
    async with services(chosen) as urls:
        gateways = open_gateways(chosen, redis_url=urls.redis_url)
        try:
            return await granted(gateways)
        finally:
            await gateways.close()


def main() -> int:
    """Prints what it found; the exit code."""
    say, ours = templates_check(), templates()
    try:
        found = faults(ours, asyncio.run(ask(settings.load())))
    except (BadSettings, EmbeddedServicesUnavailable) as fault:
        sys.exit(str(fault))
    except WeChatTrouble as trouble:
        sys.exit(say.no_account_answer.format(reason=trouble))
    lines = [say.faults.format(count=len(found)), *found]
    if not found:
        lines = [say.fits.format(count=len(list(used(ours))))]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
