"""Applying for gas (报装): asks one thing at a time, takes several at once, files when the person says so."""

from dataclasses import replace

from backend.bots.conversation import Conversation, Form, Option, Question
from backend.bots.dialogues import pictures, slots
from backend.bots.dialogues.answers import mentions, says
from backend.bots.dialogues.reading import declines, names_kind, read_answer, read_correction, read_facts
from backend.bots.dialogues.turns import FileApplication, KeepPicture, Part, Scene, Turn, part
from backend.bots.dialogues.unread import misunderstood
from backend.bots.understanding.plain_text import plain
from backend.bots.understanding.values import CustomerKind
from backend.rules.wording import say_moment
from config import policy
from config.messages.replies import replies
from config.messages.texts import words

_VALUES = ("kind", "name", "phone", "address", "flow", "visit_at")


def begin(scene: Scene, form: Form | None = None) -> Turn:
    """A form with what the person has said already, also in the one that was laid aside."""
    dropped = scene.talk.dropped if form is None and not mentions(scene.heard.text, "one_more") else None
    hello = "taken_up" if dropped and dropped.asked else "begin_known" if scene.person.cases else "begin"
    first = read_facts(scene, form or dropped or _known(scene))
    sites = tuple(place for place in scene.places if place != first.address)
    talk = replace(scene.talk, sites=sites) if first.address else scene.talk
    one_by_one = (part("one_by_one", address=first.address or ""),) if talk.sites else ()
    return ask(replace(scene, talk=talk), first, part(hello), *one_by_one)


def may_be_regretted(scene: Scene) -> bool:
    """Whether the last application was cancelled and none is under way."""
    cases = scene.person.cases
    return bool(cases) and not cases[0].burns and not any(case.open for case in cases)


def once_more(scene: Scene) -> Turn:
    """The application that was cancelled, asked for anew with what it said."""
    return ask(scene, replace(_of_last(scene), address=scene.person.cases[0].address), part("once_more"))


def remember(scene: Scene, talk: Conversation) -> Conversation:
    """Whoever asks about a shop before they apply need not say again that it is one."""
    kind = scene.understood.entities.customer_kind
    begun = talk.form is not None or any(case.open for case in scene.person.cases)
    if kind is None or begun:
        return talk
    return replace(talk, dropped=replace(talk.dropped or Form(), kind=kind))


def with_facts(scene: Scene, form: Form) -> Scene:
    """The scene with what a question says by the way already in the form: 居民，先问下多少钱."""
    found = read_facts(scene, form)
    found = replace(found, asked=slots.next_slot(found, scene.talk.pictures))
    return replace(scene, talk=replace(scene.talk, form=found))


def ask(scene: Scene, form: Form, *before: Part) -> Turn:
    """Puts the next question."""
    slot = slots.next_slot(form, scene.talk.pictures)
    question = slots.ask(slot, form, scene.person, scene.talk.pictures)
    form = replace(form, asked=slot, doubted="", stuck=0)
    talk = replace(scene.talk, form=form, dropped=None, question=None)
    return Turn(next=talk, before=before, after=(question,))


def next_site(scene: Scene, address: str) -> Turn:
    """Another application of the same person, with what the last one said of them."""
    return ask(scene, replace(_of_last(scene), address=address), part("begin_known"))


def again(talk: Conversation, scene: Scene) -> tuple[Part, ...]:
    """The question that is open, to be put once more after something else was answered."""
    form = talk.form
    if form is None or form.asked is None:
        return ()
    return (slots.ask(form.asked, form, scene.person, talk.pictures),)


def with_question(aside: Turn, scene: Scene) -> Turn:
    """The answer to something else, and then the form's question once more.

    A line that only seemed to be about something else may have been the answer: who repeats it is believed.
    """
    if aside.next.question is not None:
        return aside
    form, talk = aside.next.form, aside.next
    if form is not None and scene.understood.intent == "out_of_scope":
        talk = replace(talk, form=replace(form, doubted=plain(scene.heard.text)))
    return replace(aside, next=talk, after=(*aside.after, *again(talk, scene)))


def steer(scene: Scene, form: Form) -> Turn | None:
    """Leaving, beginning anew, one step back, filing, leaving a question open; None when the line is none of these."""
    text = scene.heard.text
    if says(text, "restart"):
        return ask(scene, Form(), part("restarted"))
    if form.asked == "confirm" and says(text, "confirm"):
        return _file(scene, form)
    if says(text, "go_on"):
        return ask(scene, form)
    if says(text, "back"):
        return _go_back(scene, form)
    if says(text, "leave"):
        return leave(scene)
    return _name_photo(scene, form) or _leave_open(scene, form)


def _name_photo(scene: Scene, form: Form) -> Turn | None:
    """The last photo is another paper than it was taken for: 这张是房产证."""
    form = replace(form, kind=form.kind or scene.understood.entities.customer_kind)
    paper = pictures.paper_said(scene, slots.papers_of(form)) if scene.talk.pictures else None
    if paper is None:
        return None
    named = {**form.named, scene.talk.pictures[-1]: paper.key}
    return ask(scene, replace(form, named=named), part("picture_in_form", paper=paper.name))


def _leave_open(scene: Scene, form: Form) -> Turn | None:
    if form.asked is None or not declines(scene, form):
        return None
    return ask(scene, replace(form, skipped=(*form.skipped, form.asked)))


def go_on(scene: Scene, form: Form) -> Turn | None:
    """The next step of an open form; None when the line is about something else."""
    text = scene.heard.text
    corrected = read_correction(scene, form)
    denies = says(text, "no") and not says(text, "skip")
    if corrected is None and form.asked not in {"kind", "name"} and form.name and denies:
        return Turn(next=scene.talk, before=(part("what_to_change"),))
    found = read_facts(scene, corrected or form)
    if found != form or _is_known_kind(scene, form):
        said = (*_echo(form, found), *_without_place(found))
        still = not said and slots.next_slot(found, scene.talk.pictures) == form.asked
        return ask(scene, found, *((part("got_it"),) if still else said))
    return None


def _is_known_kind(scene: Scene, form: Form) -> bool:
    """Whether the line only says the kind that we took from an earlier one."""
    said = scene.understood.entities.customer_kind
    return form.asked != "kind" and said == form.kind and names_kind(scene.heard)


def answer(scene: Scene, form: Form) -> Turn | None:
    """A line that is nothing but an answer to the question; None when it cannot be understood as one."""
    answered = read_answer(scene, form)
    if answered == form:
        return None
    still = slots.next_slot(answered, scene.talk.pictures) == form.asked
    return ask(scene, answered, *((part("got_it"),) if still else ()))


def ask_again(scene: Scene, form: Form) -> Turn:
    """The same question once more, with a word on what was not understood; a person is offered after the second time."""
    kept = replace(form, doubted=plain(scene.heard.text), stuck=form.stuck + 1)
    talk = replace(scene.talk, form=kept)
    more = (part("stuck"),) if kept.stuck > 1 else ()
    return Turn(next=talk, before=misunderstood(scene, form.asked), after=(*again(talk, scene), *more))


def take_picture(scene: Scene, form: Form) -> Turn:
    """A photo during the form is one of the papers."""
    paper = slots.paper_of_next(scene.talk.pictures, form)
    said = part("picture_in_form", paper=paper) if paper else part("picture_extra")
    talk = replace(scene.talk, pictures=(*scene.talk.pictures, scene.heard.media_id))
    slot = slots.next_slot(form, talk.pictures)
    question = slots.ask(slot, form, scene.person, talk.pictures)
    talk = replace(talk, form=replace(form, asked=slot))
    return Turn(next=talk, before=(said,), deed=KeepPicture(media_id=scene.heard.media_id), after=(question,))


def leave(scene: Scene) -> Turn:
    """Lays the form aside; it can be taken up again, and photos wait for another one."""
    talk = replace(scene.talk, form=None, dropped=scene.talk.form, question=None)
    return Turn(next=talk, before=(part("left_form"),))


def take_up(scene: Scene) -> Turn:
    """The form that was laid aside goes on."""
    dropped = scene.talk.dropped
    return ask(scene, dropped) if dropped else Turn(next=scene.talk, before=(part("nothing_left"),))


def offer_to_resume(scene: Scene, form: Form) -> Turn:
    """After a long pause the person is asked whether to go on."""
    kept = read_facts(scene, form)
    texts = replies().texts
    options = (
        Option(value="go_on", label=texts["go_on_choice"]),
        Option(value="restart", label=texts["restart_choice"]),
    )
    talk = replace(scene.talk, form=kept, question=Question(kind="resume", options=options))
    return Turn(next=talk, before=(part("resume", *options),))


def _known(scene: Scene) -> Form:
    """Who asks for one more is the same person with the same kind of use."""
    return _of_last(scene) if mentions(scene.heard.text, "one_more") else Form()


def _of_last(scene: Scene) -> Form:
    last = scene.person.cases[0] if scene.person.cases else None
    if last is None:
        return Form()
    kind: CustomerKind = "non_resident" if last.customer_kind == "non_resident" else "resident"
    return Form(kind=kind, name=last.contact_name, phone=last.contact_phone)


def _go_back(scene: Scene, form: Form) -> Turn:
    """The answer before is forgotten and asked for again."""
    slot = slots.last_answered(form)
    if slot is None:
        return ask(scene, form)
    field = "visit_at" if slot == "visit" else slot
    cleared = form if slot == "photo" else replace(form, **{field: None})  # type: ignore[arg-type]  # a field of the form by its slot's name
    left = tuple(one for one in form.skipped if one != slot)
    return ask(scene, replace(cleared, skipped=left), part("one_back"))


def _file(scene: Scene, form: Form) -> Turn:
    named = slots.name_pictures(scene.talk.pictures, form)
    done = replace(scene.talk, form=None, question=None, pictures=(), sites=scene.talk.sites[1:])
    deed = FileApplication(form=form, pictures=named)
    if not scene.talk.sites:
        return Turn(next=done, deed=deed)
    address = scene.talk.sites[0]
    option = Option(value="yes", label=replies().texts["next_site_choice"])
    asked = replace(done, question=Question(kind="next_site", words=address, options=(option,)))
    return Turn(next=asked, deed=deed, after=(part("next_site", option, address=address),))


def _echo(before: Form, after: Form) -> tuple[Part, ...]:
    """A word for each thing said earlier that was put right."""
    changed = [
        name for name in _VALUES if getattr(before, name) is not None and getattr(after, name) is not None
    ]
    return tuple(
        part("noted", field=replies().fields[name], value=_shown(after, name))
        for name in changed
        if getattr(before, name) != getattr(after, name)
    )


def _shown(form: Form, name: str) -> str:
    if name == "kind":
        return words().customer_kinds[form.kind or "resident"]
    if name == "visit_at" and form.visit_at is not None:
        return say_moment(form.visit_at, policy.current())
    return f"{form.flow:g}" if name == "flow" else str(getattr(form, name))


def _without_place(form: Form) -> tuple[Part, ...]:
    return (part("address_place", detail=form.detail),) if form.detail else ()
