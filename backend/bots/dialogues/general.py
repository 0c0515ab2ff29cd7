"""What is said without looking anything up: knowledge pages, courtesies, suggestions."""

from dataclasses import replace

from backend.bots.conversation import Option
from backend.bots.dialogues.turns import Part, Scene, Turn, part
from backend.bots.figures import figures
from backend.bots.understanding.values import CustomerKind, Understanding
from backend.rules.live_chat import is_staffed
from config import policy
from config.knowledge_pages import Page, pages
from config.messages.doors import find_door_text
from config.messages.replies import replies
from config.messages.texts import fill

PAGE_OF = {
    "documents_needed": "papers",
    "time_limit": "time_limits",
    "package": "package",
    "channels": "channels",
}
_NOT_BEFORE_APPLYING = frozenset(
    {
        "channels",
        "counting",
        "gas_alarm",
        "human_hours",
        "late",
        "pause",
        "privacy",
        "rules",
        "safety",
        "settlement",
    }
)
_WORTH_NAMING = 0.1


def say(scene: Scene, intent: str) -> Turn:
    """The answer to an errand that needs nobody's case."""
    said = _answer(scene, intent)
    after = _next_step(scene, said) if intent in PAGE_OF else ()
    return Turn(next=replace(scene.talk, question=None), before=(said,), after=after)


def find_page(scene: Scene) -> Turn | None:
    """The knowledge page that answers a question no intent covers."""
    page = _named_page(scene)
    return None if page is None else tell(scene, page.name)


def tell(scene: Scene, page: str) -> Turn:
    """What a page says, and how one begins."""
    said = _page(pages()[page], _kind_of(scene))
    return Turn(next=scene.talk, before=(said,), after=_next_step(scene, said))


def find_door(scene: Scene) -> Turn | None:
    """Where to go with what is no connection: moving, another name, a card, an outage."""
    text = find_door_text(scene.heard.text)
    if text is None:
        return None
    said = part("door", text=fill(text, figures()))
    return Turn(next=replace(scene.talk, question=None), before=(said,))


def _next_step(scene: Scene, said: Part) -> tuple[Part, ...]:
    """Who has nothing under way is told how it begins."""
    begun = scene.talk.form is not None or any(case.open for case in scene.person.cases)
    return () if begun or said.facts["name"] in _NOT_BEFORE_APPLYING else (part("next_apply"),)


def waiting(scene: Scene) -> Part:
    """For whoever waits for a person of ours: that it is known, and at night when somebody comes."""
    return part("human_waiting" if is_staffed(scene.now, policy.current()) else "human_later")


def suggestions(understood: Understanding) -> tuple[Option, ...]:
    """The likeliest errands by name."""
    guesses = [(understood.intent, understood.confidence)]
    if understood.runner_up is not None:
        guesses.append((understood.runner_up.intent, understood.runner_up.confidence))
    named = replies().intents
    return tuple(suggestion(intent) for intent, sure in guesses if intent in named and sure >= _WORTH_NAMING)


def suggestion(intent: str) -> Option:
    """One errand as a line to touch."""
    return Option(value=intent, label=replies().intents[intent])


def _answer(scene: Scene, intent: str) -> Part:
    if intent in PAGE_OF:
        return _page(_named_page(scene) or pages()[PAGE_OF[intent]], _kind_of(scene))
    being_done = [case for case in scene.person.cases if case.open]
    if intent == "greeting" and being_done:
        case = being_done[0]
        return part("greeting_case", number=case.number, stage=case.stage_name)
    return part(intent if intent in replies().texts else "unknown_plain")


def _named_page(scene: Scene) -> Page | None:
    """The page found for the line."""
    name = scene.understood.page
    return pages()[name] if name else None


def _page(page: Page, kind: CustomerKind | None) -> Part:
    return part("page", name=page.name, kind=kind or "")


def _kind_of(scene: Scene) -> CustomerKind | None:
    """Whom the answer is for, where it is known: said now, in the form, or by an open case."""
    form = scene.talk.form
    said = scene.understood.entities.customer_kind or (form.kind if form else None)
    if said is not None:
        return said
    kinds = {case.customer_kind for case in scene.person.cases if case.open}
    return kinds.pop() if len(kinds) == 1 else None  # type: ignore[return-value]  # kinds of cases are customer kinds
