"""Parts of a project that have a state of their own: work orders and rounds of the four-party acceptance."""

from backend.rules.stages.steps import NEW, Step, Table, roles, stages

_BUILD = roles("contractor", "partner")

WORK_ORDER = Table(
    name="work_order",
    order=("issued", "accepted", "started", "completed"),
    final=stages("completed", "superseded"),
    off_path=stages("superseded"),
    steps=(
        Step(event="issued", sources=stages(NEW), to="issued", by=roles("designer", "system")),
        Step(event="accepted", sources=stages("issued"), to="accepted", by=_BUILD),
        Step(event="started", sources=stages("accepted"), to="started", by=_BUILD),
        Step(event="completed", sources=stages("started"), to="completed", by=_BUILD),
        Step(
            event="superseded",
            sources=stages("issued", "accepted", "started"),
            to="superseded",
            by=roles("designer", "system"),
        ),
    ),
)

ACCEPTANCE_ROUND = Table(
    name="acceptance_round",
    order=("convened", "passed"),
    final=stages("passed", "failed"),
    off_path=stages("failed"),
    steps=(
        Step(event="convened", sources=stages(NEW), to="convened", by=roles("inspector")),
        Step(event="passed", sources=stages("convened"), to="passed", by=roles("inspector")),
        Step(event="failed", sources=stages("convened"), to="failed", by=roles("inspector")),
    ),
)
