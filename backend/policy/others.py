"""The other numbers, the papers and the parties."""

from backend.policy.markdown import table as markdown
from backend.rules.wording import say_span
from config.acceptance import acceptance
from config.documents import Paper, catalogue
from config.messages.regulation import regulation_words
from config.messages.texts import words
from config.policy import ExcavationThreshold, FlowThreshold, Policy, Window


def numbers(rules: Policy) -> str:
    """Whatever is no limit: hours, reminders, thresholds, telephone numbers."""
    own, hours, reminders = regulation_words(), rules.hours, rules.reminders
    company, names = own.company, own.numbers_of
    limit, flow = rules.thresholds.small_excavation_length, rules.thresholds.small_merchant_flow
    rows = [
        *((names[key], _window(getattr(hours, key)), company, getattr(hours, key).why) for key in _HOURS),
        (names["before_deadline"], say_span(reminders.before_deadline), company, reminders.why),
        (names["merge_reminders"], say_span(reminders.merge_within), company, reminders.why),
        (names["ahead_of_quiet"], say_span(reminders.ahead_of_quiet), company, reminders.why),
        (names["repeat_every"], say_span(reminders.repeat_every), company, reminders.why),
        (names["evening_digest"], f"{rules.evening_digest.at:%H:%M}", company, rules.evening_digest.why),
        (names["accept_within"], say_span(rules.emergency.accept_within), company, rules.emergency.why),
        (names["merge_emergencies"], say_span(rules.emergency.merge_within), company, rules.emergency.why),
        (names["answer_chat"], say_span(rules.live_chat.answer_within), company, rules.live_chat.why),
        (names["return_chat"], say_span(rules.live_chat.returns_after), company, rules.live_chat.why),
        (names["excavation"], _threshold(limit, limit.metres), limit.clause, limit.why),
        (names["flow"], _threshold(flow, flow.cubic_metres_per_hour), flow.clause, flow.why),
        (names["visit_window"], say_span(rules.visits.window), company, rules.visits.why),
        (names["book_ahead"], say_span(rules.visits.book_ahead), company, rules.visits.why),
        (names["hotlines"], "、".join(rules.hotlines.numbers), rules.hotlines.clause, rules.hotlines.why),
        (names["fire"], rules.emergency_services.fire, company, rules.emergency_services.why),
        (names["medical"], rules.emergency_services.medical, company, rules.emergency_services.why),
    ]
    return markdown(own.number_columns, rows)


_HOURS = ("office", "daytime", "quiet")


def papers() -> str:
    """The catalogue, of applications and of projects."""
    own, known = regulation_words(), catalogue()
    rows = [_paper(paper, own.for_application) for paper in known.papers]
    rows += [_paper(paper, own.for_project) for paper in known.project_papers]
    return markdown(own.paper_columns, rows)


def acceptance_parties() -> str:
    """Who signs, and what completes."""
    own, chosen = regulation_words(), acceptance()
    parties = "、".join(words().parties[party] for party in chosen.parties)
    rows = [(own.parties, parties), (own.completion_papers, "、".join(chosen.completion_papers))]
    return markdown(own.acceptance_columns, rows)


def _paper(paper: Paper, used_for: str) -> tuple[str, ...]:
    own = regulation_words()
    need = own.essential if paper.essential else own.deferrable
    kind = words().customer_kinds[paper.customer_kind]
    return paper.name, kind, used_for, need, own.company if paper.company_rule else paper.clause


def _window(window: Window) -> str:
    return regulation_words().window.format(opens=f"{window.opens:%H:%M}", closes=f"{window.closes:%H:%M}")


def _threshold(threshold: ExcavationThreshold | FlowThreshold, number: int) -> str:
    own = regulation_words()
    return (own.above if threshold.includes_limit else own.below).format(number=number)
