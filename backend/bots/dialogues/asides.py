"""What is told by a word whatever state the talk is in, and leaves it there: a promise that is wanted, the all-clear."""

from datetime import timedelta

from backend.bots.dialogues import general
from backend.bots.dialogues.answers import mentions
from backend.bots.dialogues.turns import Part, Scene, Turn, part

_ALARM_IN_MIND = timedelta(hours=2)
_SHORT = 12  # characters: 对不起刚才急了
# Whoever wants one of these is not put off with a sentence.
_GOES_FIRST = frozenset({"complaint", "cancel", "human", "apply"})
_ANSWERED_FIRST = frozenset({"apply", "channels", "documents_needed", "unknown", "out_of_scope"})
_OF_PLACES = frozenset({"progress", "time_limit", "urge", "unknown", "channels", "out_of_scope"})


def find(scene: Scene) -> Turn | None:
    """The sentence for such a line; None for any other."""
    said = _all_clear(scene) or _courtesy(scene) or _when_here(scene) or _no_promise(scene)
    if said is None:
        return general.tell(scene, "tenant") if _asks_as_tenant(scene) else None
    return Turn(next=scene.talk, before=(said,))


def _all_clear(scene: Scene) -> Part | None:
    """After an alarm of theirs: 没事了，是下水道. The officer looks all the same."""
    alarmed = scene.talk.alarmed
    recent = alarmed is not None and scene.now - alarmed < _ALARM_IN_MIND
    return part("all_clear") if recent and mentions(scene.heard.text, "all_clear") else None


def _courtesy(scene: Scene) -> Part | None:
    text = scene.heard.text
    if len(text) <= _SHORT and mentions(text, "sorry"):
        return part("no_offence")
    if scene.waits_for_person and mentions(text, "anybody"):
        return general.waiting(scene)
    form_waits = scene.talk.form is not None
    return part("no_hurry") if is_unhurried(scene) and not form_waits else None


def is_unhurried(scene: Scene) -> bool:
    """Whether the line says that it can wait, and wants nothing: 不急，你们慢慢来."""
    text = scene.heard.text
    return scene.understood.intent == "urge" and mentions(text, "unhurried") and not mentions(text, "asks")


def _when_here(scene: Scene) -> Part | None:
    """When a village or a district gets gas nobody has written down; who has a case is told where that stands."""
    text = scene.heard.text
    intent = scene.understood.intent
    of_a_place = intent in _OF_PLACES or (intent == "apply" and not mentions(text, "asks_to_apply"))
    if not of_a_place or any(case.open for case in scene.person.cases):
        return None
    asked = mentions(text, "here") and mentions(text, "when") and mentions(text, "gas_comes")
    if not asked or general.find_door(scene) is not None:  # 停气了啥时候来气 has its own
        return None
    return part("when_here" if scene.talk.form is None else "when_here_form")


def _asks_as_tenant(scene: Scene) -> bool:
    """Whoever rents is told whether they may before anything is asked of them."""
    said, text = scene.understood.entities, scene.heard.text
    begins = said.contact_phone is not None or said.address is not None
    asked = mentions(text, "tenant") and mentions(text, "asks_leave")
    return asked and not begins and scene.understood.intent in _ANSWERED_FIRST


def _no_promise(scene: Scene) -> Part | None:
    wanted = scene.understood.intent not in _GOES_FIRST and mentions(scene.heard.text, "wants_promise")
    return part("no_promise") if wanted else None
