"""Messages without words: photos, places, voices nobody understood, links, stickers."""

import re
from collections.abc import Callable
from dataclasses import replace

from backend.bots.conversation import Question
from backend.bots.dialogues import apply, pictures
from backend.bots.dialogues.answers import says
from backend.bots.dialogues.turns import Scene, Turn, part
from backend.bots.heard import Heard

_STICKER = re.compile(r"\[[^\[\]]{1,8}\]|/:[^\s]{1,8}")
_HAS_TEXT = re.compile(r"[^\W_]")
_UNHEARD = {
    "voice": "voice_unheard",
    "video": "video_seen",
    "shortvideo": "video_seen",
    "link": "link_seen",
    "file": "file_seen",
}


def is_unsaid(heard: Heard) -> bool:
    """Whether nothing was said in words: [微笑], 😂 and ？ alone are stickers; [OK] is a yes."""
    if not heard.text:
        return heard.event is None
    return not _HAS_TEXT.search(_STICKER.sub("", heard.text)) and not says(heard.text, "yes")


def answer(scene: Scene) -> Turn:
    """Something sensible for each kind; an open form goes on."""
    answer_to = _KINDS.get(scene.heard.kind, _unheard)
    return answer_to(scene) if not scene.heard.text else _unheard(scene)


def _picture(scene: Scene) -> Turn:
    form = scene.talk.form
    return apply.take_picture(scene, form) if form is not None else pictures.take(scene)


def _place(scene: Scene) -> Turn:
    label, form = scene.heard.label, scene.talk.form
    if not label:
        return apply.with_question(Turn(next=scene.talk, before=(part("place_unnamed"),)), scene)
    key = "place_offer" if form is None or form.address is None else "place_instead"
    if form is None and any(case.open for case in scene.person.cases):
        key = "place_beside_case"
    question = Question(kind="place", words=label)
    return Turn(next=replace(scene.talk, question=question), before=(part(key, label=label),))


def _unheard(scene: Scene) -> Turn:
    said = part(_UNHEARD.get(scene.heard.kind, "no_sticker"))
    return apply.with_question(Turn(next=scene.talk, before=(said,)), scene)


_KINDS: dict[str, Callable[[Scene], Turn]] = {
    "image": _picture,
    "location": _place,
}
