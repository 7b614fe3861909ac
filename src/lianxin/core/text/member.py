"""The members of a household as people write them: 蒋小宝 孙子, 孙子：蒋小宝, 蒋小宝（孙子，学生）."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lianxin.core.text.fold import fold
from lianxin.core.text.name import kin, like_name
from lianxin.core.text.pattern import late

#: How they are written, as a form and a refusal say it.
HOW = "姓名（关系），如 蒋小宝（孙子，学生）、李秀 妻子；几个人用顿号隔开"

#: Between people; not within brackets.
_PEOPLE = late(r"[、，,；;\n](?![^（(]*[)）])")
_BRACKET = late(r"\s*[（(]\s*(?P<inner>[^()（）]*)[)）]?")
_BLANK = late(r"\s*[:：=＝—–]\s*|\s+")
_WORDS = late(r"[、，,；;：:\s]+")
#: What is surely said of somebody, though it begins like a name.
_SURE = late(
    r"(?:小学|初中|高中|中专|大专|大学|职高|研究)?学?生|老?党员|\d{1,3}岁|"
    r"(?:[在去到已现正未没不患因住读]|常年|长期|目前|今年|平时|一直|外出|外地).*"
)
#: What somebody does, or how it is with them, be it behind where.
_DOING = late("打工|务工|务农|上学|读书|上班|[去过]世|病故|出嫁|离婚|丧偶|卧床|瘫痪|住院|服刑|退休|待业|失业|做生意")
#: Where many go to work, and what begins like a name.
_FAR = (
    *("广东", "广西", "江苏", "江西", "安徽", "云南", "宁夏", "温州", "苏州", "杭州"),
    *("常州", "成都", "武汉", "石家庄", "郑州", "金华"),
)
#: What is more likely said of somebody than a name.
_LIKELY = late(r".{1,3}[生工兵岁盲聋哑残户员人孤]|.{0,2}(?:儿童|残疾)|\d{4}年.{0,3}|[男女]")
_NUMBER = late(r"\d{5,}")
_LATIN = late(r"[A-Za-z'\u2019\-\s]+")
_HAN = late(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_SHORTEST, _LONGEST_KIN, _LONGEST_NAME = 2, 4, 4


class Member(Struct, frozen=True):
    """One of them: the name, and what else is said of them."""

    name: str
    tags: tuple[str, ...] = ()


def members(text: str) -> tuple[Member, ...]:
    """Everybody that a text tells of; a word that is nobody's name, told alone, is said of the one before.

    Raises:
        ValueError: It cannot be told who is meant; the sentence says how to write it.
    """
    found: list[Member] = []
    for item in filter(None, map(str.strip, _PEOPLE.split(text))):
        if found and _said(item):
            found[-1] = Member(found[-1].name, (*found[-1].tags, item))
            continue
        one = _member(item)
        long = found and len(one.name) > _LONGEST_NAME
        if not one.tags and _HAN.fullmatch(one.name) and (long or _DOING.search(one.name)):
            raise ValueError(f"「{item}」分不清哪个是姓名、哪个是情况；写成 {HOW}")
        found.append(one)
    return tuple(found)


def _said(word: str) -> bool:
    """Whether a word by itself says something of somebody rather than naming them."""
    likely = _LIKELY.fullmatch(word) is not None and not (like_name(word) or _DOING.search(word))
    return kin(word) or likely or _SURE.fullmatch(word) is not None or _does(word)


def _does(word: str) -> bool:
    """Whether a word says what somebody does, and nobody's name before it: 广东打工, not 李秀打工."""
    doing = _DOING.search(word) if _HAN.fullmatch(word) else None
    before = word[: doing.start()] if doing else ""
    return doing is not None and (before.startswith(_FAR) or not like_name(before[:_SHORTEST]))


def _member(item: str) -> Member:
    if _NUMBER.search(item):
        raise ValueError(f"「{item}」里有号码，写在户的电话、身份证号里；家庭成员写成 {HOW}")
    bracket = _BRACKET.search(item)
    if not bracket:
        return _told(item, _pieces(item))
    inner = tuple(filter(None, _WORDS.split(bracket["inner"])))
    outer = _pieces(f"{item[: bracket.start()]} {item[bracket.end() :]}".strip())
    if inner and outer and all(map(kin, outer)):  # 孙子（蒋小宝）
        return Member(inner[0], (*outer, *inner[1:]))
    one = _told(item, outer)
    return Member(one.name, (*one.tags, *inner))


def _pieces(text: str) -> tuple[str, ...]:
    if _LATIN.fullmatch(text):
        return (text,)
    made: list[str] = []
    for word in filter(None, _BLANK.split(text)):
        if made and len(fold(made[-1])) == 1 and not kin(made[-1]):  # 李 明
            made[-1] += word
        else:
            made.append(word)
    return tuple(made)


def _told(item: str, pieces: Sequence[str]) -> Member:
    if len(pieces) == 1:
        return _glued(item, pieces[0])
    named = _names([word for word in pieces if not kin(word)])
    if len(named) != 1:
        raise ValueError(f"「{item}」分不清哪个是姓名、哪个是关系；写成 {HOW}")
    return Member(named[0], tuple(word for word in pieces if word != named[0]))


def _names(words: Sequence[str]) -> Sequence[str]:
    """Those of some words that are names, as far as that can be told."""
    if len(words) == 1:
        return () if _said(words[0]) else words
    like = [word for word in words if like_name(word) and not _SURE.fullmatch(word)]
    surely = [word for word in like if not _LIKELY.fullmatch(word)]
    return surely or like or [word for word in words if not _said(word)]


def _glued(item: str, word: str) -> Member:
    """孙子蒋小宝, 蒋小宝孙子: parted where what is left is like a name."""
    if _said(word):
        raise ValueError(f"「{item}」没有写姓名；写成 {HOW}")
    for size in range(_LONGEST_KIN, _SHORTEST - 1, -1):
        for relation, name in ((word[:size], word[size:]), (word[-size:], word[:-size])):
            if kin(relation) and like_name(name):
                return Member(name, (relation,))
    return Member(word)
