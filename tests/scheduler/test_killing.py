"""Killed again and again, anywhere: in the end everybody has every message, and template messages once."""

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from backend.models import OutboxMessage, Staff
from tests.support.delivery import a_letter_to
from tests.support.platform import Platform
from tests.support.processes import RunningProcess

MESSAGES = 40


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
async def test_every_message_arrives_once_through_ten_kills(
    seed: int, manager: Staff, platform: Platform, environment: Mapping[str, str], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    platform.fault("late_answer", "*template/send", seconds=0.5)
    for _ in range(MESSAGES):
        await a_letter_to(manager)
    process = RunningProcess(module="scheduler", environment=environment, log=tmp_path / "killed.log")
    for _ in range(10):
        process.start()
        await asyncio.sleep(chance.uniform(1.0, 4.0))  # the moment of the kill is the test's input
        process.kill()
    platform.heal()
    process.start()
    async with asyncio.timeout(120):  # leases of thirty seconds lapse by themselves
        while await OutboxMessage.exists(state="waiting"):  # noqa: ASYNC110  another process sets no event of ours
            await asyncio.sleep(0.5)
    process.stop()
    assert len(platform.read("customer_manager", "template")) == MESSAGES
    assert platform.read("customer_manager", "wecom") == []
