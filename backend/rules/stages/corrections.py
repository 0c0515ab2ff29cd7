"""Steps that put right what was recorded by mistake (domain §7)."""

from backend.rules.stages.steps import ON_SITE, Step, roles, stages

_AT_CASE = stages("accepted", "visit_booked", "visited")
_OPEN = _AT_CASE | {"awaiting_project"}
_CORRECTORS = ON_SITE | roles("counter_clerk")

CORRECTIONS = (
    Step(
        event="corrected",
        sources=_OPEN | {"ignited"},
        by=_CORRECTORS,
        tells=(("customer", "corrected"), ("manager", "corrected_staff")),
    ),
    Step(
        event="corrected",
        sources=_OPEN | {"ignited"},
        by=roles("customer"),
        tells=(("manager", "corrected_staff"),),
    ),
    Step(
        event="moved_to_ready_site",
        sources=stages("awaiting_project"),
        to="accepted",
        by=_CORRECTORS | roles("customer"),
        starts=("ignition",),
        opens=("visit",),
        tells=(("customer", "project_ready"),),
    ),
    Step(
        event="moved_to_waiting_site",
        sources=_AT_CASE,
        to="awaiting_project",
        by=_CORRECTORS | roles("customer"),
        stops=("ignition",),
        closes=("ignition",),
        opens=("visit",),
        tells=(("customer", "accepted_waiting"),),
    ),
    Step(
        event="ignition_undone",
        sources=stages("ignited"),
        to="visited",
        by=roles("supervisor"),
        reopens=("ignition",),
        opens=("ignition",),
        undoes=True,
        tells=(("customer", "ignition_undone"),),
    ),
    Step(
        event="pause_annulled",
        sources=_OPEN,
        by=roles("supervisor"),
        tells=(("customer", "pause_annulled"), ("manager", "pause_annulled_staff")),
    ),
    Step(
        event="pause_annulled",
        sources=stages("ignited", "cancelled"),
        by=roles("supervisor"),
        tells=(("manager", "pause_annulled_staff"),),
    ),
)
