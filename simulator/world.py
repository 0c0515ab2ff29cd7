"""Everything the platform remembers, in one value that doors and acts receive."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.callbacks.delivery import Delivery, Manner
from simulator.callbacks.receipts import Receipts
from simulator.clock import Clock
from simulator.memory.browsers import Browsers
from simulator.memory.calls import Calls
from simulator.memory.codes import Codes
from simulator.memory.faults import Faults
from simulator.memory.grants import Grants
from simulator.memory.links import Links
from simulator.memory.live import Live
from simulator.memory.media import Media
from simulator.memory.menus import Menus
from simulator.memory.once import Once
from simulator.memory.people import People, Person, demo_people
from simulator.memory.phones import Phones
from simulator.memory.scenes import Scenes
from simulator.memory.tags import Tags
from simulator.memory.templates import Templates
from simulator.memory.tokens import Tokens
from simulator.memory.windows import Windows
from simulator.settings import Account, Kind, Settings


@dataclass(slots=True, kw_only=True)
class World:
    settings: Settings
    clock: Clock
    live: Live
    calls: Calls
    phones: Phones
    delivery: Delivery
    receipts: Receipts
    browsers: Browsers
    numbers: Iterator[int]
    people: People = field(default_factory=People)
    tokens: Tokens = field(default_factory=Tokens)
    codes: Codes = field(default_factory=Codes)
    windows: Windows = field(default_factory=Windows)
    grants: Grants = field(default_factory=Grants)
    scenes: Scenes = field(default_factory=Scenes)
    media: Media = field(default_factory=Media)
    menus: Menus = field(default_factory=Menus)
    tags: Tags = field(default_factory=Tags)
    links: Links = field(default_factory=Links)
    templates: Templates = field(default_factory=Templates)
    faults: Faults = field(default_factory=Faults)
    once: Once = field(default_factory=Once)
    last_callback: dict[str, tuple[Account, dict[str, Any]]] = field(default_factory=dict)

    def account(self, kind: Kind) -> Account:
        return self.settings.accounts[kind]

    def now(self) -> datetime:
        """The platform's time, UTC; may be ahead of the real one in tests."""
        return self.clock.now()

    def told(self, person: Person) -> None:
        """Let open pages know that this person changed."""
        self.live.tell("person", person.view())

    def reset(self) -> None:
        """Forget messages, receipts on their way, calls, faults, grants, windows and codes; persons, menu, scenes and tokens stay."""
        self.phones.clear()
        self.calls.clear()
        self.faults.clear()
        self.receipts.forget()
        self.grants, self.windows, self.codes = Grants(), Windows(), Codes()
        self.once = Once()
        self.last_callback.clear()
        self.delivery.manner = Manner()
        for person in self.people.everyone():
            person.refuses = False
        self.live.tell("reset", {})


def build_world(settings: Settings) -> World:
    """The platform as it is at the start, with the demo persons."""
    clock, live = Clock(), Live()
    calls = Calls(lambda entry: live.tell("call", entry))
    delivery = Delivery(backend_url=settings.backend_url, clock=clock, calls=calls)
    world = World(
        settings=settings,
        clock=clock,
        live=live,
        calls=calls,
        phones=Phones(lambda message: live.tell("message", message.view())),
        delivery=delivery,
        receipts=Receipts(delivery),
        browsers=Browsers(settings.backend_url),
        # begins with the hour of the start: a number used before a restart would look like a repeat to the backend
        numbers=itertools.count(clock.stamp() * 10**9),
    )
    for wanted in demo_people():
        world.people.add(wanted)
    return world
