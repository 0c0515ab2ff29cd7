"""What the application form asks for, and in which words."""

from backend.bots.conversation import Form, Option, Slot
from backend.bots.dialogues.turns import Part, part
from backend.queries.my_cases import Person
from backend.rules.wording import mask_phone, say_moment
from config import policy
from config.documents import Paper, catalogue
from config.messages.replies import replies
from config.messages.texts import fill, words

OPTIONAL: frozenset[Slot] = frozenset({"flow", "visit", "photo"})


def next_slot(form: Form, pictures: tuple[str, ...]) -> Slot:
    """The first thing still to be asked."""
    wanted: tuple[tuple[Slot, object], ...] = (
        *_answers(form),
        ("flow", form.flow if form.kind == "non_resident" else True),
        ("visit", form.visit_at),
        ("photo", pictures or None),
    )
    return next((slot for slot, value in wanted if value is None and slot not in form.skipped), "confirm")


def last_answered(form: Form) -> Slot | None:
    """The question before the one that is open; None where none was answered."""
    given: tuple[tuple[Slot, object], ...] = (
        *_answers(form),
        ("flow", form.flow),
        ("visit", form.visit_at),
        ("photo", None),
    )
    answered = [slot for slot, value in given if value is not None or slot in form.skipped]
    return answered[-1] if answered else None


def _answers(form: Form) -> tuple[tuple[Slot, object], ...]:
    return ("kind", form.kind), ("name", form.name), ("phone", form.phone), ("address", form.address)


def ask(slot: Slot, form: Form, person: Person, pictures: tuple[str, ...]) -> Part:
    """The question for one slot, offering what is known of the person."""
    if slot == "kind":
        return part("ask_kind", *kind_options())
    if slot == "photo":
        return part("ask_photo", paper=papers_of(form)[0].name)
    if slot == "confirm":
        return _summary(form, pictures)
    known = offered(slot, person)
    if known is None:
        return part(f"ask_{slot}")
    return part(f"ask_{slot}_known", known=mask_phone(known) if slot == "phone" else known)


def kind_options() -> tuple[Option, ...]:
    """The kinds of customer as lines to touch."""
    return tuple(Option(value=key, label=name) for key, name in words().customer_kinds.items())


def offered(slot: Slot, person: Person) -> str | None:
    """What we may propose: the name and address of an earlier case, the verified phone."""
    last = person.cases[0] if person.cases else None
    if slot == "name":
        return person.name or (last.contact_name if last else None)
    if slot == "phone":
        return person.phone or (last.contact_phone if last else None)
    return last.address if slot == "address" and last and not last.open else None


def name_pictures(pictures: tuple[str, ...], form: Form) -> dict[str, str]:
    """Which paper each picture is taken for: what was said, else the catalogue's order; one too many is just a photo."""
    said = {media: key for media, key in form.named.items() if media in pictures}
    left = iter([paper.key for paper in papers_of(form) if paper.key not in said.values()])
    return {media: said.get(media) or next(left, "photo") for media in pictures}


def paper_of_next(pictures: tuple[str, ...], form: Form) -> str | None:
    """The name of the paper that the next picture is taken for; None while the kind is open or nothing lacks."""
    if form.kind is None:
        return None
    here = name_pictures(pictures, form).values()
    return next((paper.name for paper in papers_of(form) if paper.key not in here), None)


def papers_of(form: Form) -> tuple[Paper, ...]:
    """The papers of this kind of customer; a home's while the kind is open."""
    return catalogue().for_application(form.kind or "resident")


def _summary(form: Form, pictures: tuple[str, ...]) -> Part:
    more = [fill(replies().texts[key], facts) for key, facts in _extras(form, pictures)]
    return part(
        "ask_confirm",
        kind=words().customer_kinds[form.kind or "resident"],
        name=form.name or "",
        phone=form.phone or "",
        address=form.address or "",
        more="".join(f"\n{line}" for line in more),
    )


def _extras(form: Form, pictures: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    """The optional lines of the summary that there is something to say on."""
    extras: list[tuple[str, dict[str, str]]] = []
    if form.flow is not None and form.kind == "non_resident":
        extras.append(("more_flow", {"flow": f"{form.flow:g}"}))
    if form.visit_at is not None:
        extras.append(("more_visit", {"visit": say_moment(form.visit_at, policy.current())}))
    if pictures:
        here = name_pictures(pictures, form).values()
        names = [paper.name for paper in papers_of(form) if paper.key in here]
        extras.append(("more_papers", {"papers": "、".join(names)}))
    return extras
