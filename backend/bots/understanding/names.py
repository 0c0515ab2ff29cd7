"""Who is to be called."""

import re
from functools import cache

from backend.bots.understanding.found import Found
from backend.bots.understanding.lexicon import NameWords, lexicon
from backend.bots.understanding.marks import ADDRESS, PHONE
from backend.bots.understanding.screening import Sieve

_HAN = "[\u4e00-\u9fff]"
_GAP = "[: ,]{0,2}"


def find_names(line: str) -> list[Found[str]]:
    """Names said as such (我叫张三, 联系人李四, 王女士, 张三 138…), by the surest way of saying it that the line has.

    The line's phones must be marked already.
    """
    ways, sieve = _ways()
    for way in sieve.left(line):
        found = [
            Found(value=_said(match), start=match.start(), end=match.end())
            for match in ways[way].finditer(line)
            if not _denied().search(line[: match.start(match.lastindex or 0)])
        ]
        if found:
            return found
    return []


def bare_name(line: str) -> str | None:
    """The name when the whole line is one: the answer to 「怎么称呼您？」."""
    match = _alone().fullmatch(line.strip(" ,.。!~"))
    return _said(match) if match else None


def surname(words: NameWords, singles: str) -> str:
    """A surname that begins no everyday word."""
    return f"(?:(?!{words.not_names})(?:{words.compound}|[{singles}]))"


def _said(match: re.Match[str]) -> str:
    named = match.groupdict().get("name")
    return named or "".join(text for text in match.groups() if text)


@cache
def _denied() -> re.Pattern[str]:
    """A name that is said not to be it: 不是靳小雨."""
    return re.compile(f"(?:{lexicon().names.denials})$")


@cache
def _ways() -> tuple[tuple[re.Pattern[str], ...], Sieve]:
    """The ways to say a name, the surest first, and what tells which of them a line may hold."""
    words = lexicon().names
    ways = (
        *_in_place_of(words),
        _surname_first(words),
        *_with_a_word(words),
        *_beside_something(words),
        *_in_part(words),
    )
    return tuple(re.compile(way) for way in ways), Sieve(ways)


def _in_place_of(words: NameWords) -> tuple[str, ...]:
    """我叫赵磊，我爸叫赵国庆，联系人写我爸；写她名字，她叫赵楠；写我，赵磊: the name of whoever is to be written down."""
    called = f"(?:大?名?叫|名字是){_GAP}(?P<name>{_full(words, words.surnames + words.rare)}){_end(words)}"
    whoever = f"(?:写|填|留|登记?成?|用)[我俺咱]?(?P<whoever>{_HAN}{{1,2}}?)"
    named_after = f"{whoever}(?:的|,|就).*?(?P=whoever){called}"
    named_before = f"(?P<whoever>{_HAN}{{1,2}}){called}.*(?:写|填|留|登记?成?|用)(?:的?是)?[我俺咱]?(?P=whoever)(?:的|[,.。;!?就]|$)"
    named, end = _full(words, words.surnames + words.rare), _end(words)
    put_down = "(?:写|填|留|记|登记?成?|用)"
    theirs = f"{put_down}(?:[他她]|[我俺咱]{_HAN}{{1,3}}?)的?名.*?[他她](?:大?名?叫|名字是){_GAP}(?P<name>{named}){end}"
    mine = f"{put_down}(?:[我俺咱]|本人)(?:的名字?|的)?(?:吧|就行)?[, ]{{1,2}}(?:我叫|俺叫)?(?P<name>{named}){end}"
    return theirs, mine, named_before, named_after


def _surname_first(words: NameWords) -> str:
    """我姓侯，侯建国; 我是老秦啊，秦德厚."""
    family = f"(?P<family>{words.compound}|[{words.surnames}{words.rare}])"
    spelled_out = rf"(?:[, ]{{0,2}}{_HAN}{{1,4}}的(?P=family))?"  # 耿直的耿
    between = f"{spelled_out}[, .啊呀哈嘞哎]{{0,3}}(?:大?名?叫|大名是?|名|是)?{_GAP}"
    return (
        f"(?<!不)(?:姓|[是叫找]老|[是叫]小){family}{between}(?P<name>(?P=family){_given(words)}){_end(words)}"
    )


def _with_a_word(words: NameWords) -> tuple[str, ...]:
    """After a word for it. What follows a label may have a rare surname; what follows a verb must end like a name."""
    name, rare = _full(words, words.surnames), _full(words, words.surnames + words.rare)
    end, clear_end = _end(words), f"(?=$|[^\u4e00-\u9fff]|{words.clear_ends})"
    called, familiar = _called(words), _familiar(words)
    return (
        f"(?:{words.labels}){_GAP}(?:(?:{words.roles}|{words.work}){_GAP})?(?:({rare}){end}|({called}){clear_end})",
        f"(?:{words.introductions}){_GAP}(?:({rare}){end}|({familiar}){clear_end})",
        f"(?:我|俺|这边)是 ?(?:({name}){end}|({familiar}){clear_end})",
        f"(?:名字|姓名|户名)[^:。;!?]{{0,8}}?(?:是|叫|成|为|的){_GAP}({name}){clear_end}",
        f"(?:{words.roles})(?:叫|是|为|的名字是?)?{_GAP}({name})(?:{clear_end}|(?=[跟在就也管负说名]))",
        f"(?:{words.verbs}){_GAP}({name}){clear_end}",
        rf"(?:{words.labels}|(?:{words.introductions})|(?:[Cc]ontact(?: person)?|[Nn]ame|[Aa]sk for)(?: is)?[: ,]){_GAP}([A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}})\b",
        rf"(?:[Tt]his is|I am|I'm) ([A-Z][a-z]+(?: [A-Z][a-z]+){{1,2}})(?=[,. ]*(?:{PHONE}|(?:[Mm]y )?(?:[Pp]hone|[Mm]obile|[Nn]umber|[Tt]el)|speaking\b))",
    )


def _beside_something(words: NameWords) -> tuple[str, ...]:
    name, called = _full(words, words.surnames), _called(words)
    family = surname(words, words.surnames)
    phone_word = "(?:的?(?:联系)?(?:电话|手机)号?码?(?:是|为)?|号码是?)?"
    return (
        f"(?:^|[^\u4e00-\u9fff])({name}|{called}){_GAP}{phone_word}{_GAP}{PHONE}|{PHONE}{_GAP}({name}){_end(words)}",
        f"[{PHONE}{ADDRESS}](?:[^,]{{0,4}},)? ?({family}{_HAN}{{2}})(?=$|[,。;!])",
        f"{ADDRESS}.*[,。;]({surname(words, words.common)}(?:(?!{words.stops}){_HAN}){{2}})[.。!]?$",
        f"(?:联系|找)(?:我们?|俺们?)?({_called_by_work(words)}){_GAP}(?:的?电话|手机|号码)?{_GAP}{PHONE}",
    )


def _in_part(words: NameWords) -> tuple[str, ...]:
    """A surname with the form of address, or alone."""
    family = surname(words, words.surnames)
    given = f"(?:{_given(words)})??"
    lead = f"(?:^|[,。;!? {PHONE}]|{words.leads_of_titles})"
    return (
        f"{lead}({family})(?:{given})({words.titles})(?!{words.not_after_titles})",
        f"(?:^|[,。;!? {PHONE}]|[我俺咱贵他她人]|{words.roles})姓({family}|[{words.rare}])(?!的)(?:[, ]{{0,2}}(?:叫我|称呼)?(先生|女士))?",
    )


def _full(words: NameWords, singles: str) -> str:
    return f"{surname(words, singles)}{_given(words)}"


def _given(words: NameWords) -> str:
    return f"(?!{words.never}|电话|手机|号码){_HAN}(?:(?!{words.stops}){_HAN})?"


def _end(words: NameWords) -> str:
    return f"(?=$|[^\u4e00-\u9fff]|{words.stops}|{words.titles})"


def _called(words: NameWords) -> str:
    """小臧, 谭会计, 王经理."""
    family = surname(words, words.surnames)
    return f"(?:{_familiar(words)}|{family}(?:{words.titles}|{words.work}|{words.our_work}))"


def _called_by_work(words: NameWords) -> str:
    """As `_called`, without the titles that our own people bear."""
    return f"{surname(words, words.surnames)}(?:{words.titles}|{words.work})"


def _familiar(words: NameWords) -> str:
    family = surname(words, words.surnames)
    return f"(?:[小老阿]{family}|{family}(?:{words.kin}))"


@cache
def _alone() -> re.Pattern[str]:
    words = lexicon().names
    family = surname(words, words.surnames)
    return re.compile(
        f"(?:我?叫|我是|姓名|联系人)?[: ]?({family}(?:{_HAN}){{1,2}})|({family})({words.titles})|姓({family})|({words.compound})"
    )
