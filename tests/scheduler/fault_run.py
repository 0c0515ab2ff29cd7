"""Thousands of messages over every channel while the platform goes wrong in every way and schedulers are killed."""

import asyncio
import itertools
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from backend import clock
from backend.actions._outbox import Letter, queue
from backend.models import (
    Customer,
    DeliveryAttempt,
    InboxItem,
    OutboxMessage,
    Staff,
    SubscriptionGrant,
    Task,
    WechatIdentity,
)
from tests.support.builders import MONDAY_15, a_customer, a_member_of_staff, an_act
from tests.support.delivery import FACTS
from tests.support.platform import Platform
from tests.support.processes import RunningProcess

KEYED = frozenset({"template", "wecom"})
"""Channels as the phones name them where the platform sends a repeat only once."""

_NUMBER = re.compile(r"XZ20261123\d{6}")
_PER_WINDOW = 5  # chat messages the platform allows after one of the person's own
_SUBSCRIBE, _NOTICE = "SM-CASE-PROGRESS", "SN-CASE-PROGRESS"

_SHARES = {"staff": 40, "wecom": 5, "follower": 35, "subscriber": 8, "reader": 5, "talker": 5, "nobody": 2}
"""Of a hundred messages so many to people whom the account, WeCom, the mini-program, … reaches."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One fault on the platform's doors, for so many calls, or while it lasts where `count` is None."""

    kind: str
    pattern: str = "*message*send"
    count: int | None = 10
    more: Mapping[str, Any] = field(default_factory=dict)


_TEMPLATE, _CHAT, _CONSENT, _WECOM = "*template/send", "*custom/send", "*subscribe/*", "/cgi-bin/message/send"

TROUBLES: tuple[Trouble, ...] = (
    *(Trouble(kind=kind) for kind in ("busy", "reset", "non_json", "expired_token", "invalid_token")),
    Trouble(kind="slow", more={"seconds": 1.0}),
    Trouble(kind="down", count=None),
    *(Trouble(kind="lost_answer", pattern=door) for door in (_TEMPLATE, _WECOM)),
    Trouble(kind="late_answer", pattern=_TEMPLATE, count=6, more={"seconds": 4.5}),
    Trouble(kind="limit", pattern=_WECOM, count=2),
    Trouble(kind="error", pattern="*subscribe/send", count=1, more={"errcode": 45009}),
    *(
        Trouble(kind="error", pattern=_TEMPLATE, count=4, more={"errcode": code})
        for code in (43004, 43019, 40003, 47003, 40037, 48001, 9001002, 40226)
    ),
    *(
        Trouble(kind="error", pattern=_CHAT, count=1, more={"errcode": code})
        for code in (45015, 45047, -1, 45002)
    ),
    *(
        Trouble(kind="error", pattern=_WECOM, count=4, more={"errcode": code})
        for code in (81013, 60020, 44004, -1)
    ),
    Trouble(kind="error", pattern=_CONSENT, count=4, more={"errcode": 43101}),
    Trouble(kind="user_refused", pattern=_TEMPLATE, count=5),
    Trouble(kind="receipt_failed", pattern=_TEMPLATE),
    Trouble(kind="receipt_late", more={"seconds": 3.0}),
    Trouble(kind="receipt_lost", pattern=_CONSENT, count=5),
)
"""Every class of refusal and every way to fail. An answer is lost only where a repeat is recognised: elsewhere its one
repeat is meant (see `test_outbox_channels`), and would hide what a kill doubles."""


@dataclass(kw_only=True)
class Town:
    """The people, and which messages are for whom."""

    platform: Platform
    keys: list[str] = field(default_factory=list)
    letters: list[tuple[str, Staff | Customer, str | None]] = field(default_factory=list)

    async def settle_in(self, messages: int) -> None:
        """People of every kind, and their messages by turns, each with a number of its own."""
        makers: Mapping[str, Callable[[str, int], Awaitable[Staff | Customer]]] = {
            "staff": self._staff,
            "wecom": self._wecom,
            "follower": self._follower,
            "subscriber": self._subscriber,
            "reader": self._reader,
            "talker": self._talker,
            "nobody": self._nobody,
        }
        await a_member_of_staff("supervisor", openid=None)
        await a_member_of_staff("hotline_agent", openid=None)
        lines = []
        for kind, share in _SHARES.items():
            count = max(messages * share // 100, 1)
            each = _PER_WINDOW if kind == "talker" else max(count // 20, 1)
            people = [await makers[kind](f"{kind}{n}", each) for n in range(-(-count // each))]
            lines.append([(kind, people[n % len(people)]) for n in range(count)])
        mixed = [one for row in itertools.zip_longest(*lines) for one in row if one]
        for place, (kind, person) in enumerate(mixed):
            only = "customer_service" if kind == "talker" else None
            self.letters.append((f"XZ20261123{place:06d}", person, only))

    async def write(self, letters: Iterable[tuple[str, Staff | Customer, str | None]]) -> None:
        for number, person, only in letters:
            to_staff = isinstance(person, Staff)
            letter = Letter(
                message="new_tasks" if to_staff else "accepted",
                facts={**FACTS, "number": number},
                target=number,
                only=only,
            )
            act = an_act("system", clock.real_now())
            whom = {"staff_id" if to_staff else "customer_id": person.id}
            await queue(letter, act=act, **whom)

    def copies(self) -> Counter[tuple[str, str]]:
        """What is on the phones: how often each number by channel."""
        found: Counter[tuple[str, str]] = Counter()
        for key in self.keys:
            for message in self.platform.read(key, "template,subscribe,bizsend,custom,wecom"):
                number = _NUMBER.search(message["text"])
                if number:
                    found[number[0], message["channel"]] += 1
        return found

    def _person(self, key: str, **fields: Any) -> Mapping[str, Any]:
        self.keys.append(key)
        return self.platform.person(key, **fields)

    async def _staff(self, key: str, _: int) -> Staff:
        person = self._person(key, follows=True, wecom_user_id=key)
        return await a_member_of_staff(key, "customer_manager", openid=person["oa_openid"])

    async def _wecom(self, key: str, _: int) -> Staff:
        self._person(key, follows=False, wecom_user_id=key)
        return await a_member_of_staff(key, "contractor", openid=None)

    async def _follower(self, key: str, _: int) -> Customer:
        return await a_customer(self._person(key, follows=True)["oa_openid"])

    async def _subscriber(self, key: str, each: int) -> Customer:
        person = self._person(key, follows=False)
        customer = await a_customer(person["oa_openid"], follows=False)
        await WechatIdentity.create(
            app="mini_program", openid=person["mp_openid"], customer_id=customer.id, created_at=MONDAY_15
        )
        await self._allow(key, each, app="mini_program", template=_SUBSCRIBE)
        return customer

    async def _reader(self, key: str, each: int) -> Customer:
        customer = await a_customer(self._person(key, follows=False)["oa_openid"], follows=False)
        await self._allow(key, each, app="official_account", template=_NOTICE)
        return customer

    async def _allow(self, key: str, each: int, *, app: str, template: str) -> None:
        """Consents for all of it and some repeats. The backend takes equal ones of one second for repeats."""
        for _ in range(each + 5):
            self.platform.act(key, "subscribe", app=app, results={template: "accept"})
        openid = self.platform.person(key)[{"mini_program": "mp_openid"}.get(app, "oa_openid")]
        await SubscriptionGrant.filter(identity__openid=openid).update(remaining=each + 5)

    async def _talker(self, key: str, _: int) -> Customer:
        openid = self._person(key, follows=True)["oa_openid"]
        self.platform.act(key, "say", text="你好")
        return await Customer.get(identities__openid=openid)

    async def _nobody(self, key: str, _: int) -> Customer:
        return await a_customer(f"nowhere-{key}", follows=False)


@dataclass(kw_only=True)
class Weather:
    """One trouble after the other, in an order of the seed's; each gone before the next comes."""

    platform: Platform
    chance: random.Random
    each: float  # seconds of one trouble
    met: Counter[str] = field(default_factory=Counter)

    async def blow(self) -> None:
        """Every trouble once, and again, until cancelled."""
        for trouble in self._order():
            count = {} if trouble.count is None else {"count": trouble.count}
            self.platform.fault(trouble.kind, trouble.pattern, **count, **trouble.more)
            self.met[trouble.kind] += 1
            await asyncio.sleep(self.each)
            self.platform.heal()
            if self.chance.random() < 0.1:
                self.platform.revoke_tokens()

    def _order(self) -> Iterator[Trouble]:
        while True:
            yield from self.chance.sample(TROUBLES, len(TROUBLES))


async def kill_at_times(
    processes: Sequence[RunningProcess], chance: random.Random, *, kills: int, apart: tuple[float, float]
) -> None:
    """So many kills, one process or the other, each started again at once."""
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(*apart))
        process = chance.choice(processes)
        process.kill()
        process.start()


async def let_pass(redis: Redis) -> None:
    """As when the pauses the platform asked for and the longest back-off are over; leases run on."""
    async for key in redis.scan_iter("pace:*:hold"):
        await redis.delete(key)
    await OutboxMessage.filter(state="waiting", lease=None).update(attempt_at=clock.real_now())


async def come_to_an_end(redis: Redis, seconds: float, before: Callable[[], None] = lambda: None) -> None:
    """Until nothing waits any more. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while await OutboxMessage.exists(state="waiting"):
            before()
            await let_pass(redis)
            await asyncio.sleep(1)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of the messages; `lost` were neither on a phone, nor with the hotline, nor an alarm."""

    messages: int
    tries: int
    arrived: Mapping[str, int]
    called_back: int
    alarmed: int
    lost: tuple[str, ...]
    doubled_keyed: tuple[str, ...]
    doubled_elsewhere: tuple[str, ...]
    two_channels: tuple[str, ...]

    def lines(self, kills: int, met: Mapping[str, int]) -> str:
        """To be printed."""
        told = ", ".join(f"{kind} ×{count}" for kind, count in sorted(met.items()))
        arrived = ", ".join(f"{channel} {count}" for channel, count in sorted(self.arrived.items()))
        return "\n".join(
            (
                f"{self.messages} messages, {self.tries} tries, {kills} kills; troubles: {told}",
                f"arrived: {arrived}; called back {self.called_back}, alarmed {self.alarmed}",
                f"lost {len(self.lost)}; doubled where the platform knows repeats {len(self.doubled_keyed)}, "
                f"elsewhere {len(self.doubled_elsewhere)} (at most one a kill); "
                f"said on two channels {len(self.two_channels)}",
            )
        )


async def tally(town: Town) -> Tally:
    copies = town.copies()
    rows = {
        row.facts["number"]: row for row in await OutboxMessage.filter(message__in=["accepted", "new_tasks"])
    }
    on_phones = {number for number, _ in copies}
    listed = {one for task in await Task.filter(kind="call_back") for one in task.facts["messages"]}
    alarms = {item.body for item in await InboxItem.filter(message__message="undelivered")}
    with_hotline = {
        number for number, row in rows.items() if row.state == "called_back" and str(row.id) in listed
    }
    dead = {number for number, row in rows.items() if row.state == "dead"}
    known = on_phones | with_hotline | (dead if alarms else set())
    numbers = [number for number, _, _ in town.letters]
    channels = Counter(number for number, _ in copies)
    return Tally(
        messages=len(numbers),
        tries=await DeliveryAttempt.all().count(),
        arrived=Counter(channel for _, channel in copies),
        called_back=len(with_hotline),
        alarmed=len(dead),
        lost=tuple(number for number in numbers if number not in known),
        doubled_keyed=tuple(n for (n, channel), count in copies.items() if count > 1 and channel in KEYED),
        doubled_elsewhere=tuple(
            n for (n, channel), count in copies.items() if count > 1 and channel not in KEYED
        ),
        two_channels=tuple(number for number, count in channels.items() if count > 1),
    )
