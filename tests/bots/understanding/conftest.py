"""The learned model, read from VAR_DIR or learned once for the whole run."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backend.bots.understanding.model import Model
from backend.bots.understanding.store import load_model


@pytest.fixture(scope="session")
def model() -> Model:
    return load_model(Path(os.environ.get("VAR_DIR") or "var"))


@pytest.fixture
def now() -> datetime:
    """A Monday morning in Shanghai."""
    return datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
