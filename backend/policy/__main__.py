"""python -m backend.policy: prints the regulation as the software understands it."""

import sys

from backend.policy.page import page

if __name__ == "__main__":
    sys.stdout.write(page())
