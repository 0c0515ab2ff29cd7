"""Photos outside the form: put to the case that lacks a paper, or kept until there is one."""

from dataclasses import replace

from backend.bots.conversation import Conversation, Option, Question
from backend.bots.dialogues.turns import AttachPicture, KeepPicture, Scene, Turn, part
from backend.queries.my_cases import MyCase
from config.documents import Paper
from config.messages.replies import replies

_OTHER = "other"
_UNNAMED = "photo"


def take(scene: Scene) -> Turn:
    """One paper lacks: it is that one. Several: the person is asked. None: it goes to the case, or waits for one."""
    media_id = scene.heard.media_id
    lacking = [(case, paper) for case in scene.person.cases for paper in case.missing]
    if len(lacking) == 1:
        case, paper = lacking[0]
        return Turn(next=_settled(scene), deed=_attach(case.number, media_id, paper.key))
    if lacking:
        return _ask_which(scene, lacking)
    being_done = [case for case in scene.person.cases if case.open]
    if len(being_done) == 1:
        return Turn(next=_settled(scene), deed=_attach(being_done[0].number, media_id, _UNNAMED))
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
    deed = _attach(number, question.words, paper)
    left = tuple(one for one in question.options if one.value not in {value, _OTHER})
    if not scene.talk.pictures or not left:
        return Turn(next=_settled(scene), deed=deed)
    first, *rest = scene.talk.pictures
    options = (*left, Option(value=_OTHER, label=replies().texts["picture_other"]))
    talk = replace(scene.talk, pictures=tuple(rest), question=replace(question, words=first, options=options))
    return Turn(next=talk, deed=deed, after=(part("picture_next", *options),))


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


def _attach(number: str, media_id: str, paper: str) -> AttachPicture:
    return AttachPicture(number=number, media_id=media_id, paper=paper)


def _settled(scene: Scene) -> Conversation:
    return replace(scene.talk, question=None)
