"""What the simulated city is assumed to be; everything else is the production's policy and rules."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

BEGIN = datetime(2026, 11, 16, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Monday, the day after heating begins."""

HOURS = (1, 0, 0, 0, 0, 1, 3, 8, 14, 18, 17, 12, 8, 11, 15, 16, 13, 10, 10, 11, 10, 7, 4, 2)
"""How applications spread over the hours of a day, as weights."""

COLD_FRONT = (1.0, 1.2, 2.0, 4.0, 3.5, 2.5, 1.5, 1.0)
"""The days' applications against an ordinary one; the last stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """`load` multiplies whatever comes in; shares are of customers or visits."""

    households: int = 1_000_000
    managers: int = 500
    districts: int = 15
    supervisors: int = 12
    agents: int = 40
    days: int = 10
    load: float = 1.0
    applications_per_household_and_year: float = 0.15
    site_not_ready: float = 0.25
    compounds_a_day: float = 2.0
    compound: tuple[int, int] = (300, 1500)
    waiting_in_compound: float = 0.6
    visit_minutes: tuple[int, int] = (25, 70)
    no_show: float = 0.03
    attempt_fails: float = 0.05
    moves_visit: float = 0.08
    urges_when_late: float = 0.5
    reached_by_account: float = 0.72
    reached_by_mini_program: float = 0.15
    calls_per_agent_and_day: int = 90

    @property
    def applications_a_day(self) -> float:
        """On an ordinary day, before the cold front."""
        return self.households * self.applications_per_household_and_year / 365 * self.load

    def lines(self) -> list[str]:
        """For whoever reads the figures."""
        return [
            f"{self.households:,} households, {self.managers} customer managers in {self.districts} districts, "
            f"{self.supervisors} supervisors, {self.agents} hotline agents; {self.days} days from {BEGIN:%d %B}.",
            f"{self.applications_per_household_and_year:.0%} of the households apply within a year, "
            f"{self.applications_a_day:,.0f} on an ordinary day; a cold front multiplies the days by "
            f"{', '.join(map(str, COLD_FRONT))}. They spread over the day as calls to a counter do: most from 8 to 11 "
            "and 14 to 17, few at night.",
            f"{self.site_not_ready:.0%} live where the project has not passed acceptance and wait. "
            f"{self.compounds_a_day:g} compounds a day pass it, of {self.compound[0]} to {self.compound[1]} households, "
            f"{self.waiting_in_compound:.0%} of which have applied and wait: all their clocks start in one second.",
            f"A visit with the way there takes {self.visit_minutes[0]} to {self.visit_minutes[1]} minutes, from 8 to 20, "
            "the case first that is due first, one manager at one place; every manager is on duty every day, and customers take the hour they are given. "
            f"{self.no_show:.0%} are not at home, {self.attempt_fails:.0%} cannot be lit at the first go, "
            f"{self.moves_visit:.0%} move the hour once, {self.urges_when_late:.0%} urge when it is late.",
            f"{self.reached_by_account:.0%} of the customers follow the account, "
            f"{self.reached_by_mini_program:.0%} more are reached by the mini-program; the rest is called by the hotline, "
            f"one call for an application and day, {self.calls_per_agent_and_day} calls an agent a day.",
        ]
