"""One turn: understand, let the dialogue decide, look up or do at most one thing, word the answer."""

from dataclasses import replace
from datetime import datetime

from backend.actions import chat_papers, live_talks, staff_access, talks
from backend.actions.act import Act
from backend.actions.talks import Said, Talk
from backend.bots import alerts, conversation, deeds, looks, wording
from backend.bots.conversation import Conversation
from backend.bots.dialogues import apply, doubts, talk
from backend.bots.dialogues.turns import FileApplication, Part, Scene, Turn, part
from backend.bots.heard import Heard
from backend.bots.opinion.consultant import Consultant
from backend.bots.readings import reading_of
from backend.bots.safety import Danger
from backend.bots.understanding.model import Model
from backend.bots.understanding.several import places_in, understand_all
from backend.bots.understanding.understand import DOUBTFUL
from backend.bots.understanding.values import Understanding
from backend.gateways.senders import LinkOf
from backend.rules.errors import DomainError, DuplicateApplication, InvalidField
from config import policy
from config.messages.texts import fill, problems

_APPROVED_PAGE = "safety"
_FIELD_ASKED_AGAIN = {"address": "address", "preferred_visit_at": "visit_at"}


async def answer(
    heard: Heard,
    said_in: Talk,
    *,
    model: Model,
    consultant: Consultant,
    link_of: LinkOf,
    now: datetime,
    real_now: datetime,
) -> Said:
    """The answer to one message, for `talks.once`. Raises NotHeld when it has to do something for it."""
    local = now.astimezone(policy.current().tz)
    understood, others = understand_all(heard.text, now=local, model=model)
    stands = conversation.load(said_in.state)
    if said_in.with_agent and not doubts.concerns(heard, understood, stands):
        return await _leave_to_agent(heard, understood, said_in, now=now, real_now=real_now)
    if stands.form is None and stands.question is None:  # else the line answers a question of ours
        understood = await consultant.reconsider(heard.text, understood, said_in.person, held=said_in.held)
    scene = Scene(
        heard=heard,
        understood=understood,
        talk=stands,
        person=said_in.person,
        now=local,
        waits_for_person=said_in.live_talk_id is not None,
        others=others,
        places=places_in(heard.text),
    )
    decided = talk.turn(scene)
    if said_in.with_agent:
        said_in.check_held()
        await _tell_agent(said_in, talks.act_of(said_in, now=now, real_now=real_now))
    parts, left = await _carry_out(decided, scene, said_in, link_of=link_of, now=now, real_now=real_now)
    said = [await _phrased(one, heard, said_in, consultant) for one in parts]
    text = wording.render(said)
    return Said(
        answer=text or None,
        state=conversation.dump(left),
        intent=understood.intent,
        confidence=understood.confidence,
        understood=reading_of(heard, understood, scene.talk, said),
    )


async def _phrased(said: Part, heard: Heard, said_in: Talk, consultant: Consultant) -> Part:
    """What a knowledge page says, in words that fit the question; danger has its approved words."""
    if said.key != "page" or said.facts["name"] == _APPROVED_PAGE or heard.event is not None:
        return said
    lines = await consultant.phrase(heard.text, wording.page_lines(said), said_in.person, held=said_in.held)
    return replace(said, facts={**said.facts, "lines": lines})


async def _leave_to_agent(
    heard: Heard, understood: Understanding, said_in: Talk, *, now: datetime, real_now: datetime
) -> Said:
    """A person of ours has the talk: the message is theirs to answer, and a picture theirs to see."""
    said_in.check_held()
    act = talks.act_of(said_in, now=now, real_now=real_now)
    await _tell_agent(said_in, act)
    if heard.media_id and heard.kind == "image":
        await chat_papers.keep(chat_papers.Picture(media_id=heard.media_id, app=heard.app), act=act)
    return Said(
        answer=None,
        state=said_in.state,
        intent=understood.intent,
        confidence=understood.confidence,
        understood=reading_of(heard, understood, Conversation()),
    )


async def _tell_agent(said_in: Talk, act: Act) -> None:
    if said_in.with_agent and said_in.live_talk_id is not None:
        await live_talks.hear(said_in.live_talk_id, act=act)


async def welcome(heard: Heard, said_in: Talk, *, real_now: datetime) -> Said:
    """Somebody follows, or scans a code: a member of staff is bound by the code's scene, others are greeted."""
    if heard.scene.startswith(staff_access.SCENE_PREFIX):
        said_in.check_held()
        bound = await staff_access.bind(heard.scene, heard.openid, real_now=real_now)
        text = wording.say("staff_bound", name=bound.name) if bound else wording.say("staff_not_bound")
    else:
        text = wording.say("welcome" if heard.event == "subscribe" else "welcome_back")
    return Said(answer=text, state=said_in.state)


async def raise_alarm(
    heard: Heard, danger: Danger, said_in: Talk, *, answer: str, now: datetime, real_now: datetime
) -> Said:
    """Alerts the duty officer with what is known of the person.

    A form stays where it stood; a question is forgotten, so that no yes to us cancels or changes anything.
    """
    said_in.check_held()
    act = talks.act_of(said_in, now=now, real_now=real_now)
    await alerts.alert(heard.words, danger.kind, person=said_in.person, openid=heard.openid, act=act)
    await _tell_agent(said_in, act)
    stands = replace(conversation.load(said_in.state), question=None, alarmed=now)
    return Said(
        answer=answer,
        state=conversation.dump(stands),
        intent="emergency",
        confidence=1.0,
        understood={"by": "safety", "danger": danger.kind, "sign": danger.words},
    )


async def ask_about_danger(
    heard: Heard, said_in: Talk, *, answer: str, now: datetime, real_now: datetime
) -> Said:
    """What may be danger is asked about; the talk remembers the words, and goes on where it stood afterwards."""
    said_in.check_held()
    await _tell_agent(said_in, talks.act_of(said_in, now=now, real_now=real_now))
    stands = conversation.load(said_in.state)
    return Said(
        answer=answer,
        state=conversation.dump(doubts.asked(stands, heard.words)),
        intent="emergency",
        confidence=DOUBTFUL,
        understood={"by": "safety", "suspected": True},
    )


async def _carry_out(
    decided: Turn, scene: Scene, said_in: Talk, *, link_of: LinkOf, now: datetime, real_now: datetime
) -> tuple[tuple[Part, ...], Conversation]:
    """What is said, and where the talk stands then."""
    middle: tuple[Part, ...] = ()
    try:
        if decided.look is not None:
            middle = await looks.look(decided.look, customer_id=said_in.customer_id, link_of=link_of, now=now)
        if decided.deed is not None:
            said_in.check_held()
            doer = deeds.Doer(
                act=talks.act_of(said_in, now=now, real_now=real_now),
                customer_id=said_in.customer_id,
                openid=scene.heard.openid,
                app=scene.heard.app,
                person=scene.person,
            )
            middle = await deeds.do(decided.deed, doer)
    except DomainError as refusal:
        parts, left = _refused(refusal, decided, scene)
        return parts, replace(left, at=scene.now)
    return (*decided.before, *middle, *decided.after), _with_choices(decided.next, middle)


def _with_choices(left: Conversation, looked_up: tuple[Part, ...]) -> Conversation:
    """Choices that were looked up belong to the question that waits for one."""
    options = tuple(option for one in looked_up for option in one.options)
    if left.question is None or not options:
        return left
    return replace(left, question=replace(left.question, options=options))


def _refused(refusal: DomainError, decided: Turn, scene: Scene) -> tuple[tuple[Part, ...], Conversation]:
    """Why it cannot be done, in words, and how the talk goes on."""
    if isinstance(refusal, DuplicateApplication):
        return (part("duplicate", number=refusal.number),), decided.next
    why = fill(problems()[refusal.sentence], {name: str(value) for name, value in refusal.facts.items()})
    if isinstance(decided.deed, FileApplication) and isinstance(refusal, InvalidField):
        field = _FIELD_ASKED_AGAIN.get(refusal.field)
        form = replace(decided.deed.form, **{field: None}) if field else decided.deed.form  # type: ignore[arg-type]  # a field of the form
        again = apply.ask(scene, form, part("refused", why=why))
        return (*again.before, *again.after), again.next
    if decided.refused is not None:
        return (part("refused", why=why),), decided.refused
    return (part("refused_call", why=why),), replace(scene.talk, question=None)
