"""python -m run: what `make run` starts once everything is installed."""

import asyncio
import signal
import sys

from backend import embedded
from backend.embedded import EmbeddedServicesUnavailable
from config import settings
from config.settings import Settings
from config.settings_problems import BadSettings
from run import plan, supervisor
from run.wording import say


async def _run(chosen: Settings) -> int:
    """Run until a signal asks to stop, or nothing can go on; the exit code."""
    async with embedded.services(chosen) as urls:
        running = asyncio.create_task(supervisor.run_all(chosen, plan.environment(chosen, urls)))
        loop = asyncio.get_running_loop()
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(asked, _stop, running)
        try:
            return await running
        except asyncio.CancelledError:
            return 0


def _stop(running: asyncio.Task[int]) -> None:
    say("stopping")
    running.cancel()


def main() -> int:
    try:
        code = asyncio.run(_run(settings.load()))
    except (BadSettings, EmbeddedServicesUnavailable) as error:
        sys.exit(str(error))
    say("stopped")
    return code


if __name__ == "__main__":
    sys.exit(main())
