"""The city's days as events in order of time: cases move by the production's table, clocks and reminders by its rules."""

import heapq
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.rules import clocks, reminders
from backend.rules.reminders import Planned
from backend.rules.stages import APPLICATION, Role
from bench.city.assumptions import BEGIN, COLD_FRONT, HOURS, Assumptions
from bench.city.case import Case, Manager
from config import policy
from config.messages.texts import notices
from config.policy import ClockKind

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_MESSAGES = {
    "half": "reminder_half",
    "before_deadline": "reminder_before_deadline",
    "daily": "reminder_daily",
}
_PROMISED = frozenset({"ignition"})

Event = Callable[[datetime], None]


@dataclass(slots=True, kw_only=True)
class Push:
    """One message to one person, as it is put into the outbox."""

    at: datetime
    message: str
    channel: str


@dataclass(slots=True, kw_only=True)
class Town:
    """`pushes` are in order of time once the days are over."""

    given: Assumptions
    chance: random.Random
    pushes: list[Push] = field(default_factory=list)
    judged: list[datetime] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    cases: list[Case] = field(default_factory=list)
    called_back: set[tuple[int, int]] = field(default_factory=set)
    managers: list[Manager] = field(default_factory=list)
    _ahead: list[tuple[datetime, int, Event]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)
    _announced: set[tuple[int, datetime]] = field(default_factory=set)
    _digests: set[tuple[int, datetime]] = field(default_factory=set)

    def live(self) -> None:
        """From the first midnight to the last."""
        self.managers = [Manager(number=number) for number in range(self.given.managers)]
        for day in range(self.given.days):
            self._plan_day(day)
        end = BEGIN + self.given.days * _DAY
        while self._ahead and self._ahead[0][0] < end:
            at, _, event = heapq.heappop(self._ahead)
            event(at)
        self.pushes.sort(key=lambda push: push.at)
        self.judged.sort()

    def day_of(self, at: datetime) -> int:
        return (at - BEGIN) // _DAY

    # what comes in

    def _plan_day(self, day: int) -> None:
        front = COLD_FRONT[min(day, len(COLD_FRONT) - 1)]
        begin = BEGIN + day * _DAY
        for _ in range(round(self.given.applications_a_day * front)):
            hour = self.chance.choices(range(24), HOURS)[0]
            self._at(begin + timedelta(hours=hour, seconds=self.chance.uniform(0, 3600)), self._file)
        for _ in range(round(self.given.compounds_a_day * self.given.load)):
            self._at(begin + timedelta(hours=self.chance.uniform(9, 17)), self._accept_compound)
        self._at(
            datetime.combine(begin.date(), policy.current().evening_digest.at, BEGIN.tzinfo),
            self._tell_evening,
        )

    def _file(self, now: datetime) -> None:
        ready = self.chance.random() >= self.given.site_not_ready
        case = self._open_case(ready=ready)
        self._record(case, "filed_ready" if ready else "filed_waiting", "customer", now)
        self._send_manager(case, now)

    def _accept_compound(self, now: datetime) -> None:
        """Everybody who waited there: their first visits are over."""
        households = self.chance.randint(*self.given.compound)
        for _ in range(round(households * self.given.waiting_in_compound)):
            case = self._open_case(ready=True)
            case.stage = "awaiting_project"
            self._record(case, "project_accepted", "system", now)
            self._send_manager(case, now)

    def _tell_evening(self, now: datetime) -> None:
        for _ in range(self.given.supervisors):
            self._push("evening_digest", "staff", now)

    def _open_case(self, *, ready: bool) -> Case:
        """The district's manager with the fewest open cases has it."""
        district = self.chance.randrange(self.given.districts)
        manager = min(
            self.managers[district :: self.given.districts], key=lambda one: (one.open_cases, one.number)
        )
        manager.open_cases += 1
        reached = self.chance.random()
        account, program = self.given.reached_by_account, self.given.reached_by_mini_program
        channel = "template" if reached < account else "subscribe" if reached < account + program else "call"
        case = Case(number=len(self.cases), manager=manager, channel=channel, ready=ready)
        self.cases.append(case)
        return case

    # what a step causes

    def _record(self, case: Case, event: str, by: Role, now: datetime) -> None:
        """As the one path does: stage, clocks with their reminders, tasks, messages."""
        step = APPLICATION.step(case.stage, event, by)
        case.stage = step.to or case.stage
        for kind in step.starts:
            self._start(case, kind, now)
        for kind in step.meets:
            met = case.clocks.pop(kind, None)
            if met is not None and kind == "ignition":
                case.lit_late = clocks.end(met, now, policy.current()).late
        if step.opens and step.announces:
            self._announce(case, now)
        for audience, message in step.tells:
            if audience == "customer":
                self._tell_customer(case, message, now)
            elif audience == "manager":
                self._tell_manager(case, message, now)

    def _start(self, case: Case, kind: ClockKind, now: datetime) -> None:
        clock = clocks.start(kind, now, policy.current())
        case.clocks[kind] = clock
        for planned in reminders.plan(clock, now, policy.current()):
            self._plan(case, kind, planned)

    def _plan(self, case: Case, kind: ClockKind, planned: Planned) -> None:
        self._at(planned.due_at, lambda now: self._judge(case, kind, planned, now))

    def _judge(self, case: Case, kind: ClockKind, planned: Planned, now: datetime) -> None:
        """As the sweep does: still true, not by night, not twice within the merging span."""
        rules, clock = policy.current(), case.clocks.get(kind)
        if clock is None:  # what was planned goes with the clock
            self.dropped["the clock was met"] += 1
            return
        self.judged.append(now)
        if planned.kind == "deadline":
            self._breach(case, kind, now)
        elif reminders.is_quiet(now, rules):
            self._plan(case, kind, Planned(kind=planned.kind, due_at=reminders.quiet_end(now, rules)))
            return
        elif case.reminded_at and now - case.reminded_at < rules.reminders.merge_within:
            self.dropped["merged with another"] += 1
        else:
            case.reminded_at = now
            self._tell_manager(case, _MESSAGES[planned.kind], now)
        if planned.kind in {"deadline", "daily"}:
            self._plan(case, kind, reminders.plan_daily(now, clock.started_at, rules))

    def _breach(self, case: Case, kind: ClockKind, now: datetime) -> None:
        self._tell_manager(case, "clock_breached", now)
        for _ in range(max(self.given.supervisors // 3, 1)):  # those of the department
            self._push("clock_breached_supervisor", "staff", now)
        self._record(case, "late" if kind in _PROMISED else "target_missed", "system", now)
        if kind in _PROMISED and self.chance.random() < self.given.urges_when_late:
            later = now + timedelta(minutes=self.chance.uniform(1, 120))
            self._at(later, lambda at: self._urge(case, kind, at))

    def _urge(self, case: Case, kind: ClockKind, now: datetime) -> None:
        if kind in case.clocks:
            self._record(case, "urged", "customer", now)

    # the managers' day

    def _send_manager(self, case: Case, now: datetime) -> None:
        """The case joins those its manager has to go to."""
        due = min(clock.due_at for clock in case.clocks.values() if clock.due_at is not None)
        heapq.heappush(case.manager.waiting, (due, case.number, case))
        self._at(now + _MINUTE, lambda at: self._go(case.manager, at))

    def _go(self, manager: Manager, now: datetime) -> None:
        if not manager.waiting or (manager.free_at and now < manager.free_at):
            return
        hours, hour = policy.current().hours.daytime, now.astimezone(BEGIN.tzinfo).time()
        if not hours.opens <= hour < hours.closes:
            opens = datetime.combine(now.astimezone(BEGIN.tzinfo).date(), hours.opens, BEGIN.tzinfo)
            manager.free_at = opens if now < opens else opens + _DAY
            self._at(manager.free_at, lambda at: self._go(manager, at))
            return
        _, _, case = heapq.heappop(manager.waiting)
        takes = timedelta(minutes=self.chance.uniform(*self.given.visit_minutes))
        manager.free_at = now + takes
        manager.visits[self.day_of(now)] = manager.visits.get(self.day_of(now), 0) + 1
        self._record(case, "visit_booked", "customer_manager", now)
        if self.chance.random() < self.given.moves_visit:
            self._record(case, "visit_moved", "customer", now)
        self._at(now + takes / 2, lambda at: self._arrive(case, at))
        self._at(manager.free_at, lambda at: self._leave(case, at))

    def _arrive(self, case: Case, now: datetime) -> None:
        nobody = self.chance.random() < self.given.no_show
        self._record(case, "no_show" if nobody else "checked_in", "customer_manager", now)

    def _leave(self, case: Case, now: datetime) -> None:
        if case.stage == "visited":
            fails = self.chance.random() < self.given.attempt_fails
            self._record(case, "ignition_attempt_failed" if fails else "ignited", "customer_manager", now)
        if case.stage in APPLICATION.final or (case.stage == "awaiting_project" and not case.clocks):
            case.manager.open_cases -= 1
        elif case.clocks:
            self._send_manager(case, now)
        self._go(case.manager, now)

    # who is told

    def _announce(self, case: Case, now: datetime) -> None:
        """The first new task of a minute at once, the rest of that minute as one digest."""
        minute = now.replace(second=0, microsecond=0)
        key = (case.manager.number, minute)
        if key not in self._announced:
            self._announced.add(key)
            self._tell_manager(case, "new_tasks", now)
        elif key not in self._digests:
            self._digests.add(key)
            at = reminders.quiet_end(minute + _MINUTE, policy.current())
            self._at(at, lambda later: self._tell_manager(case, "task_digest", later))

    def _tell_manager(self, case: Case, message: str, now: datetime) -> None:
        day = self.day_of(now)
        case.manager.pushes[day] = case.manager.pushes.get(day, 0) + 1
        self._push(message, "staff", now)

    def _tell_customer(self, case: Case, message: str, now: datetime) -> None:
        if case.channel == "call":
            self.called_back.add((case.number, self.day_of(now)))
        else:
            self._push(message, case.channel, now)

    def _push(self, message: str, channel: str, now: datetime) -> None:
        if message not in notices():
            raise LookupError(message)
        self.pushes.append(Push(at=now, message=message, channel=channel))

    def _at(self, at: datetime, event: Event) -> None:
        heapq.heappush(self._ahead, (at, next(self._order), event))
