"""Photos outside the form: put to the case that lacks a paper, or kept until there is one."""

from collections.abc import Sequence
from dataclasses import replace

from backend.bots.conversation import Conversation, Option, Photo, Question
from backend.bots.dialogues.answers import mentions
from backend.bots.dialogues.turns import AttachPicture, KeepPicture, Scene, Turn, part
from backend.bots.understanding.plain_text import squeezed
from backend.queries.my_cases import MyCase
from config.documents import Paper, catalogue
from config.messages.replies import replies

_OTHER = "other"
_UNNAMED = "photo"
_OR = "或"  # a paper may be one of two: 房产证或租赁合同
_LONGEST_NAMING = 16  # characters


def take(scene: Scene) -> Turn:
    """One paper lacks: it is that one. Several: the person is asked. None: it goes to the case, or waits for one."""
    media_id = scene.heard.media_id
    lacking = [(case, paper) for case in scene.person.cases for paper in case.missing]
    if len(lacking) == 1:
        case, paper = lacking[0]
        return _put(scene, case.number, media_id, paper.key)
    if lacking:
        return _ask_which(scene, lacking)
    being_done = [case for case in scene.person.cases if case.open]
    if len(being_done) == 1:
        return _put(scene, being_done[0].number, media_id, _UNNAMED)
    kept = replace(_settled(scene), pictures=(*scene.talk.pictures, media_id))
    return Turn(next=kept, deed=KeepPicture(media_id=media_id), after=(part("picture_kept"),))


def one_by_one(scene: Scene, question: Question) -> Turn:
    """Another photo while one still waits for its name: it waits too."""
    talk = replace(scene.talk, pictures=(*scene.talk.pictures, scene.heard.media_id))
    said = part("picture_one_by_one", *question.options)
    return Turn(next=talk, deed=KeepPicture(media_id=scene.heard.media_id), after=(said,))


def named(scene: Scene, question: Question, value: str) -> Turn:
    """The person has said which paper it is; `words` of the question is the photo."""
    number, _, paper = value.partition(":")
    if value == _OTHER:
        number, paper = question.options[0].value.partition(":")[0], _UNNAMED
    put = _put(scene, number, question.words, paper)
    left = tuple(one for one in question.options if one.value not in {value, _OTHER})
    if not scene.talk.pictures or not left:
        return put
    first, *rest = scene.talk.pictures
    options = (*left, Option(value=_OTHER, label=replies().texts["picture_other"]))
    asked = replace(question, words=first, options=options)
    talk = replace(put.next, pictures=tuple(rest), question=asked)
    return replace(put, next=talk, after=(part("picture_next", *options),))


def renamed(scene: Scene) -> Turn | None:
    """The photo that was put last shows another paper: 不对，那是房产证."""
    last = scene.talk.photo
    case = next((one for one in scene.person.cases if last and one.number == last.number), None)
    if last is None or case is None:
        return None
    paper = paper_said(scene, catalogue().for_application(case.customer_kind))
    return None if paper is None else _put(scene, last.number, last.media_id, paper.key)


def paper_said(scene: Scene, papers: Sequence[Paper]) -> Paper | None:
    """The paper a line says a photo to be, the last one named: 这张是房产证, 不是身份证是房产证."""
    line = squeezed(scene.heard.text)
    if len(line) > _LONGEST_NAMING or not mentions(line, "names_photo"):
        return None
    places = {paper.key: max(line.rfind(name) for name in paper.name.split(_OR)) for paper in papers}
    found = [paper for paper in papers if places[paper.key] >= 0]
    return max(found, key=lambda paper: places[paper.key], default=None)


def offer_kept(scene: Scene) -> Turn:
    """Photos that were sent before there was a case, or put aside: the first of them is taken up again."""
    first, *rest = scene.talk.pictures
    again = replace(scene, talk=replace(scene.talk, pictures=tuple(rest)))
    return take(replace(again, heard=replace(scene.heard, media_id=first)))


def _ask_which(scene: Scene, lacking: list[tuple[MyCase, Paper]]) -> Turn:
    several = len({case.number for case, _ in lacking}) > 1
    options = [
        Option(
            value=f"{case.number}:{paper.key}",
            label=f"{paper.name}　{case.number}" if several else paper.name,
        )
        for case, paper in lacking
    ]
    options.append(Option(value=_OTHER, label=replies().texts["picture_other"]))
    question = Question(kind="which_paper", words=scene.heard.media_id, options=tuple(options))
    return Turn(
        next=replace(scene.talk, question=question),
        deed=KeepPicture(media_id=scene.heard.media_id),
        after=(part("picture_which", *options),),
    )


def _put(scene: Scene, number: str, media_id: str, paper: str) -> Turn:
    talk = replace(_settled(scene), photo=Photo(number=number, media_id=media_id))
    return Turn(next=talk, deed=AttachPicture(number=number, media_id=media_id, paper=paper))


def _settled(scene: Scene) -> Conversation:
    return replace(scene.talk, question=None)
