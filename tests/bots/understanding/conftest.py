"""The learned model, as `make install` left it or learned once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backend.bots.understanding.model import Model
from backend.bots.understanding.store import load_model


@pytest.fixture(scope="session")
def model() -> Model:
    return load_model()


@pytest.fixture
def now() -> datetime:
    """A Monday morning in Shanghai."""
    return datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
