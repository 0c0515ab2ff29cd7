"""Every number the assistant says, from policy and catalogue: a change there changes the answer."""

from functools import cache

from backend.rules.wording import say_span
from config import policy
from config.documents import catalogue
from config.messages.regulation import regulation_words
from config.messages.texts import words


@cache
def figures() -> dict[str, str]:
    """The facts any text may use, by placeholder."""
    rules = policy.current()
    small, flow = rules.thresholds.small_excavation_length, rules.thresholds.small_merchant_flow
    hotlines = {f"hotline_{place}": number for place, number in enumerate(rules.hotlines.numbers, start=1)}
    return {
        **hotlines,
        "fire": rules.emergency_services.fire,
        "medical": rules.emergency_services.medical,
        "chat_opens": f"{rules.hours.daytime.opens:%H:%M}",
        "chat_closes": f"{rules.hours.daytime.closes:%H:%M}",
        "chat_answer": say_span(rules.live_chat.answer_within),
        "small_excavation": str(small.metres),
        "small_flow": str(flow.cubic_metres_per_hour),
        "small_flow_clause": flow.clause,
        "day_told": regulation_words().days_told[rules.clocks["ignition"].reading],
        "channels": "、".join(words().channels.values()),
        **_limits(),
        **_papers(),
    }


def _limits() -> dict[str, str]:
    clocks = policy.current().clocks
    limits = {f"{kind}_limit": say_span(clock.limit) for kind, clock in clocks.items()}
    return limits | {f"{kind}_clause": clock.clause for kind, clock in clocks.items()}


def _papers() -> dict[str, str]:
    known = catalogue()
    facts = {
        "essential_clause": "、".join(
            sorted({paper.clause for paper in known.papers if not paper.company_rule})
        )
    }
    for kind in words().customer_kinds:
        papers = known.for_application(kind)
        facts[f"{kind}_papers"] = "、".join(paper.name for paper in papers)
        facts[f"{kind}_essential"] = "、".join(paper.name for paper in papers if paper.essential)
    return facts
