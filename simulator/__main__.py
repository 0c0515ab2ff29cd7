"""python -m simulator: the local WeChat platform for development."""

import os

from simulator.app import create_app
from simulator.settings import Settings


def main() -> None:
    """Serve until stopped. Settings come from the environment, see simulator/README.md."""
    settings = Settings.read(os.environ)
    create_app(settings).run(host=settings.host, port=settings.port, single_process=True, motd=False)


if __name__ == "__main__":
    main()
