"""Whom a piece of a message names as having told of it: 三组王大山昨天下午找我, 六组刘小英（139…）反映, 村民李四来电.

A name is believed where it looks like one and its place says so: behind a village or group, beside a telephone, before
a word of telling.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from msgspec import Struct

from lianxin.core.day.spoken import day_alone
from lianxin.core.text.name import kin, like_name
from lianxin.core.text.pattern import late
from lianxin.core.text.personal import Sort, find

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
#: Stands for every character of a telephone; nobody writes it.
_DIAL = "\ue000"
_DAY = (
    r"(?:大前天|前天|昨天|昨日|今天|今日|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}"
    r"|[上本这]?(?:周|星期|礼拜)[一二三四五六日天](?![\u4e00-\u9fff]?[家户])|\d{1,2}[日号](?=[上下中早晚来找打反说]))"
)
_HALF = "(?:凌晨|清早|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)"
_WHEN = rf"(?:{_DAY}{_HALF}?|[今昨前][早晚]上?|{_HALF})"
_CLOCK = r"(?:\d{1,2}[:：]\d\d|[\d一二三四五六七八九十两]{1,3}点(?:半|[一三]刻|多|钟|左右|[\d一二三四五十]{1,3}分)?)"
_ROLE = (
    "(?:的|村民|居民|群众|党员|老党员|组长|住户|农户|低保户|五保户|脱贫户|监测户|残疾人|老人"
    "|一位|一名|有个|有|叫|是|和|跟)"
)
_PLACE = r"(?:村|社区|第?[一二三四五六七八九十\d]{1,3}[组队社])"
#: How those are addressed who hold no office.
_POLITE = "(?:女士|先生|大爷|大娘|大妈|大伯|大叔|大姐|大哥|婆婆|爷爷|奶奶|阿姨|老人家?|老汉|本人|同志)"
_WORD = r"(?:的|联系)?(?:电话|手机|号码|联系方式)?(?:号码?)?"
_NUMBER = rf"(?:[（(，,：:、\s]{{0,2}}{_WORD}[：:是\s]{{0,2}}{_DIAL}+[）)]?)"
_BESIDE = rf"(?:{_NUMBER}|[（(][^（()）\n]{{0,14}}[）)])"
_TO = "(?:又|再|也|还|刚才|刚刚|刚|专门|特意|[给跟向对]我|[给向]村里|到村[里部]|到镇上|在微信上?|在群里|微信|通过电话)"
_TELLS = (
    r"(?:来电话?|打[来了过]*(?:个)?电话|找[我到上]|来找我?|找(?:村|镇|书记|主任)|托我|问我|告诉我|来访|上门|过来|来(?:村|镇)"
    r"|反映(?![了过]|多次|几次|好几|很久|无果|没)|反应(?=[，,：:说其他她家前昨今上下])|求助|投诉|咨询|称|[来]?[说讲](?![法明不清]))"
)
#: Behind the verb: what else only says that something follows.
_ALSO = r"(?:[来]?(?:反映|反应|说|讲|称|问|咨询)(?:说|道)?|一下|情况|[一二两三几\d]?[个件](?:事情?|问题))"
_SPEAKS = rf"[，,]?(?:{_WHEN}{_CLOCK}?|{_CLOCK}|{_TO})*{_TELLS}"
_FROM = (
    rf"(?:(?P<place>{_PLACE}{_ROLE}{{0,2}}|(?:村民|居民|群众|老党员|低保户|五保户|脱贫户|监测户))"
    rf"|(?P<dialled>{_DIAL}+[）)，,：:\s]{{0,2}})|(?P<bare>(?:^|(?<=[，,。；;：:！!？?\s、)）]))(?:接到?|收到|据|听|是|{_ROLE})?"
    rf"(?:{_WHEN}{_CLOCK}?，?)?))"
)
_TELLER = late(
    rf"{_FROM}(?P<name>{_HAN}{{2,4}}?){_POLITE}?"
    rf"(?:(?P<beside>{_BESIDE})?(?P<told>{_SPEAKS})|(?P<number>{_NUMBER})|(?P<stop>[，,：:。\s]|$))",
)
_CLAUSE_END = late(r"[，,。；;：:！!？?\n]")
_DAY_IN = late(rf"{_DAY}{_HALF}?|[今昨前][早晚]上?")
_DAY_BEHIND = late(rf"(?:{_DAY}{_HALF}?|[今昨前][早晚]上?)(?!{_CLOCK})")
_LEAD = late(
    rf"^[，,：:\s）)]*(?:{_ALSO}[，,：:\s]*)*(?:{_WHEN}{_CLOCK}?[，,]?)?(?:[他她](?:们)?家里?的?|自己?家里?的?|家里的?)?"
)
_DIALLED = late(rf"[（(]?{_WORD}[：:是为\s]{{0,2}}{_DIAL}+[）)]?")
_BEGINS = late(r"(?<=[\n。；;])")
#: What looks like a name and is none: things, times, offices, words of speech.
_THING = late(
    r"[我你他她它您们这那的了都很没不]|[家天年月日时候上下里方]\Z|书记|主任|领导|镇长|乡长|站长|老师|干部|组长|村长|会计|支书|"
    r"^(?:水[渠沟管井泵库塔池田费表电利路质压]|路[灯面边口基段]|房[屋子东主产客]|田[地坎埂土]|井[水盖]|山[体坡塘林]|桥|"
    r"全[体部都]|常常|时常|应该|从[来前]|单独|双方|向来|平时|后来|于是|曾经|关于|和|通[知信]|文件|公[告示司家安共]|施工|包工|"
    r"司机|车主|金额|高[压速]|安[全置]|万一|养[老殖]|电|明[年天]|党[委群]|居[民委]|石[头子板]|沙[子石]|沟|柴油|农[民田业]|成[天都])"
)
#: So long a name is one without any place beside it; with one so long.
_ALONE, _WITH_PLACE = 3, 2
_COMPOUND = 4
#: So much before a name in its clause says where, and nothing of the matter.
_SHORT_LEAD = 10
#: So near before a telephone a name is its own.
_NEAR = 6


class Teller(Struct, frozen=True):
    """Somebody a piece names as its teller.

    Attributes:
        name: As written.
        words: What says so.
        phone: The telephone that stands beside the name, as written.
        matter: The piece without who, when and by which telephone.
        day: On which day, as ISO text; empty where nothing says.
        when: The words that say so.
    """

    name: str
    words: str
    phone: str
    matter: str
    day: str = ""
    when: str = ""


def teller(text: str, day: date, known: Collection[str] = ()) -> Teller | None:
    """The one whom a piece names; None where it names nobody, or several alike.

    Args:
        text: The piece.
        day: From where 昨天 is looked at.
        known: Names that are somebody's.
    """
    dialled = _dialled(text)
    found = [*_tellers(dialled, known)]
    first = [one for one in found if one["told"]] or found
    if not first or len({one["name"] for one in first}) > 1:
        return None
    one = first[0]
    behind = _DAY_BEHIND.match(dialled, one.end()) if (one["told"] or "").endswith(("反映", "反应")) else None
    when = _DAY_IN.search(one["told"] or "") or _DAY_IN.search(one["bare"] or "") or behind
    said = day_alone(when[0], day)[0] if when else ""
    dated = when is not None and said[:4].isdigit() and said <= day.isoformat()
    start, end = one.span("name")
    begin = one.start("place") if one["place"] else start
    return Teller(
        one["name"],
        text[begin:end],
        _beside(text, one),
        _matter(dialled, one),
        said if dated else "",
        when[0] if when and dated else "",
    )


def dialled_by_another(text: str, phone: str, name: str) -> bool:
    """Whether a telephone stands right behind somebody's name who is not the one.

    Args:
        text: The piece.
        phone: As written.
        name: Of the one who tells; empty where nobody is known to.
    """
    told = _dialled(text)
    before = text[: text.find(phone)] if phone else ""
    stem = before[:-1] if before.endswith(("（", "(")) else ""
    if name and name not in stem[-_NEAR:] and any(like_name(stem[-long:]) for long in (_ALONE, _WITH_PLACE)):
        return True
    beside = (one for one in _tellers(told, ()) if _beside(text, one) == phone)
    return any(name and one["name"] != name for one in beside)


def by_teller(text: str, day: date, known: Collection[str] = ()) -> tuple[str, ...]:
    """A piece parted where another one begins to be told of: a line or sentence that names its own teller."""
    made: list[str] = []
    for part in _BEGINS.split(text):
        before, now = (teller(made[-1], day, known) if made else None), teller(part, day, known)
        if before and now and before.name != now.name:
            made.append(part)
        else:
            made[-1:] = [f"{''.join(made[-1:])}{part}"]
    return tuple(one for one in (part.strip(" ，,；;\n") for part in made) if one)


def without_telephones(text: str) -> str:
    """A text without its telephones and the words before them."""
    return _DIALLED.sub("", _dialled(text))


def _dialled(text: str) -> str:
    """A text of the same length in which telephones are no digits."""
    told = text
    for one in find(text):
        if one.sort is Sort.PHONE:
            told = f"{told[: one.start]}{_DIAL * (one.end - one.start)}{told[one.end :]}"
    return told


def _tellers(dialled: str, known: Collection[str]) -> Iterator[re.Match[str]]:
    at = 0
    while found := _TELLER.search(dialled, at):
        at = found.start() + 1
        if _believed(found, dialled, known):
            yield found
            at = found.end("name")


def _believed(found: re.Match[str], dialled: str, known: Collection[str]) -> bool:
    name = found["name"]
    if name in known:
        return found["stop"] is None or bool(found["place"] or found["dialled"])
    if not like_name(name) or _THING.search(name) or kin(name) or len(name) >= _COMPOUND:
        return False
    if found["stop"] is not None:
        return bool(found["dialled"] or (found["place"] and _DIAL in dialled))
    return len(name) >= (_WITH_PLACE if found["place"] or found["number"] or found["dialled"] else _ALONE)


def _beside(text: str, found: re.Match[str]) -> str:
    """The telephone before or behind a name, as written."""
    for group in ("beside", "number", "dialled"):
        if found[group] and (run := re.search(f"{_DIAL}+", found[group])):
            start = found.start(group) + run.start()
            return text[start : start + len(run[0])]
    return ""


def _matter(dialled: str, found: re.Match[str]) -> str:
    """What is told, without the clause that says who tells it."""
    ends = [one.end() for one in _CLAUSE_END.finditer(dialled, 0, found.start())]
    start = ends[-1] if ends else 0
    start = start if found.start() - start <= _SHORT_LEAD else found.start()
    end = found.end() if found["stop"] is None else found.start("stop")
    return _DIALLED.sub("", f"{dialled[:start]}{_LEAD.sub('', dialled[end:])}")
