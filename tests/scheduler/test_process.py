"""`python -m scheduler` as an operator runs it: woken, killed, doubled, stopped, without Redis."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from redis.asyncio import Redis
from tortoise import connections

from backend import clock
from backend.actions import development_clock
from backend.gateways import heartbeat, wake
from backend.models import OutboxMessage, Staff
from tests.support.builders import a_customer, a_member_of_staff, an_accepted_site, an_application
from tests.support.delivery import a_letter_to, eventually
from tests.support.platform import Platform
from tests.support.processes import RunningProcess, free_port
from tests.support.waiting import wait_until

_CUT_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"

Start = Callable[..., RunningProcess]


@pytest.fixture
def start(environment: Mapping[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts schedulers; each test may have several and end them as it likes."""
    running: list[RunningProcess] = []

    def begin(**more: str) -> RunningProcess:
        process = RunningProcess(
            module="scheduler",
            environment={**environment, **more},
            log=tmp_path / f"scheduler-{len(running)}.log",
        )
        process.start()
        running.append(process)
        return process

    yield begin
    for process in running:
        process.stop()


def received(platform: Platform, count: int, key: str = "customer_manager") -> Callable[[], bool]:
    return lambda: len(platform.read(key, "template")) >= count


def works(process: RunningProcess) -> Callable[[], bool]:
    return lambda: "the scheduler works" in process.output()


async def nothing_waits() -> bool:
    return not await OutboxMessage.exists(state="waiting")


class TestDelivering:
    async def test_a_queued_message_is_on_the_phone_within_seconds(
        self, manager: Staff, platform: Platform, scheduler_process: RunningProcess
    ) -> None:
        await a_letter_to(manager)
        wait_until(received(platform, 1), "the message arrives")
        (message,) = platform.read("customer_manager", "template")
        assert "新任务：一对一上门" in message["text"]

    async def test_the_wake_up_call_saves_the_wait(
        self, manager: Staff, platform: Platform, scheduler_process: RunningProcess, redis: Redis
    ) -> None:
        wait_until(works(scheduler_process), "the scheduler works")
        await a_letter_to(manager)  # warms the token up
        wait_until(received(platform, 1), "the first message arrives")
        waits = []
        for count in range(2, 5):
            await a_letter_to(manager)
            began = time.monotonic()
            await wake.call(redis)
            wait_until(received(platform, count), "a message arrives")
            waits.append(time.monotonic() - began)
        assert min(waits) < 0.5

    async def test_a_customers_card_opens_the_progress_page_without_a_login(
        self,
        database: str,
        platform: Platform,
        environment: Mapping[str, str],
        scheduler_process: RunningProcess,
    ) -> None:
        await a_letter_to(await a_customer(platform.person("customer", follows=True)["oa_openid"]))
        wait_until(received(platform, 1, "customer"), "the message arrives")
        (card,) = platform.read("customer", "template")
        assert card["url"].startswith(environment["PUBLIC_BASE_URL"] + "/m/progress/")
        assert "?t=" in card["url"]

    async def test_two_schedulers_send_each_message_once(
        self, manager: Staff, platform: Platform, start: Start
    ) -> None:
        for _ in range(60):
            await a_letter_to(manager)
        start(), start()
        wait_until(received(platform, 60), "all messages arrive")
        assert len(platform.calls("/cgi-bin/message/template/send")) == 60

    async def test_a_jump_of_the_development_clock_brings_the_deadline(
        self, manager: Staff, platform: Platform, scheduler_process: RunningProcess
    ) -> None:
        supervisor = platform.person("supervisor", follows=True)
        await a_member_of_staff("supervisor", openid=supervisor["oa_openid"])
        await an_accepted_site()
        customer = platform.person("customer", follows=True)
        await an_application(await a_customer(customer["oa_openid"]), at=clock.real_now())
        await development_clock.advance(timedelta(hours=24, minutes=1))
        wait_until(received(platform, 1, "supervisor"), "the supervisor hears of the breach")
        wait_until(
            lambda: any("通气晚了" in message["text"] for message in platform.read("customer", "template")),
            "the customer is asked for pardon",
        )


class TestEnding:
    async def test_a_killed_scheduler_loses_nothing_and_doubles_nothing(
        self, manager: Staff, platform: Platform, start: Start
    ) -> None:
        platform.fault("late_answer", "*template/send", seconds=4, count=4)
        for _ in range(4):
            await a_letter_to(manager)
        first = start()
        wait_until(received(platform, 4), "four messages arrive, and the scheduler does not know")
        first.kill()
        assert await OutboxMessage.filter(state="waiting").count() == 4
        await OutboxMessage.filter(state="waiting").update(
            attempt_at=clock.real_now()
        )  # as when the lease lapses
        start()
        await eventually(nothing_waits, "everything is sent and written down")
        assert len(platform.read("customer_manager", "template")) == 4

    async def test_a_request_to_stop_lets_the_message_in_hand_be_written_down(
        self, manager: Staff, platform: Platform, start: Start
    ) -> None:
        platform.fault("late_answer", "*template/send", seconds=2, count=1)
        row = await a_letter_to(manager)
        process = start()
        wait_until(received(platform, 1), "the message is there, its answer is not")
        began = time.monotonic()
        process.stop()
        assert time.monotonic() - began < 10
        await row.refresh_from_db()
        assert row.state == "delivered"

    async def test_an_idle_scheduler_stops_at_once(self, database: str, start: Start) -> None:
        process = start()
        wait_until(works(process), "the scheduler works")
        began = time.monotonic()
        process.stop()
        assert time.monotonic() - began < 6  # of ten


class TestWithoutRedis:
    async def test_messages_go_out_by_time(self, manager: Staff, platform: Platform, start: Start) -> None:
        process = start(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
        wait_until(works(process), "the scheduler works")
        await a_letter_to(manager)
        wait_until(received(platform, 1), "the message arrives")


class TestWithoutDatabase:
    async def test_cut_connections_are_made_anew(
        self, manager: Staff, platform: Platform, start: Start
    ) -> None:
        process = start()
        wait_until(works(process), "the scheduler works")
        with suppress(Exception):  # this connection is among those that are cut
            await connections.get("default").execute_query(_CUT_ALL)
        await eventually(lambda: a_letter_to(manager), "the database answers again")
        wait_until(received(platform, 1), "the message arrives")


class TestHeartbeat:
    async def test_redis_shows_that_somebody_works_and_how_far_behind(
        self, database: str, redis: Redis, start: Start
    ) -> None:
        process = start()
        wait_until(works(process), "the scheduler works")
        await eventually(lambda: redis.get(heartbeat.KEY), "a heartbeat")
        beat = orjson.loads(str(await redis.get(heartbeat.KEY)))
        assert beat["message_lag"] == 0
        assert beat["waiting"] == 0
