"""What a message says of the record it is to become: each field with the words it was read from, and nothing guessed.

A field is proposed only where the message's own words and the ledger's lists agree on one thing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from lianxin.actions.bring.message.chat import Message, messages, with_notes
from lianxin.actions.bring.message.teller import (
    Teller,
    by_teller,
    dialled_by_another,
    teller,
    without_telephones,
)
from lianxin.core.book import Book
from lianxin.core.day.hour import hour_in
from lianxin.core.day.spoken import day_alone
from lianxin.core.text.fold import fold
from lianxin.core.text.matter import reported, spoken
from lianxin.core.text.name import like_name
from lianxin.core.text.pattern import late
from lianxin.core.text.personal import Sort, find
from lianxin.core.text.telephone import read_phone
from lianxin.kinds.issue.record import Channel
from lianxin.kinds.life.event import Urgency
from lianxin.kinds.visit import Way
from lianxin.policies.category import Categories
from lianxin.policies.pasting import Pasting

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_SELF = late(
    rf"我(?:是|叫|名叫)(?:[^，。,！!\n]{{0,12}}?(?:[村组社区]的?|的))?(?P<name>{_HAN}{{2,4}})(?=[，。,！!：:\s（(]|\Z)"
)
_SENTENCE = late(r"[。！？!?；;\n]+")
_CLAUSE = late(r"[，,、]+")
#: Courtesies with which a sentence begins, and a whole clause of them.
_TITLES = "书记|主任|领导|镇长|乡长|站长|老师|同志|干部|组长"
_COURTESY = (
    rf"(?:(?:{_HAN}{{0,2}}(?:{_TITLES})(?:们)?|[小老]{_HAN})(?:您|你)?好|(?:您|你|大家|各位{_HAN}{{0,3}}?|早上|上午|中午|下午|晚上)好|"
    r"(?:真?是?不?好意思|对不起|打扰|麻烦|辛苦)(?:您|你|大家|各位)?(?:了|一下)?|在吗|在不在|是这样的?|请问(?:一下)?|报告|"
    r"(?:我)?(?:想|要|来)?(?:跟|向|和|给)?(?:您|你|书记|领导|主任|村里|镇上|镇里)?(?:反映|汇报|咨询|请教|问|说)"
    r"(?:一下|[一二两三几]?[件个点](?:事情?|问题|情况)))"
)
_GREETING = late(rf"^(?:{_COURTESY}[啊呀哈了哦]?[，,：:！!。~～\s]*)+")
_ADDRESS = late(rf"{_HAN}{{0,2}}(?:{_TITLES})(?:们)?(?:您|你)?")
#: Between the words of a name in a chat: 松坪二组-李桂兰.
_BETWEEN = late(r"[\s\-—_·|/（）()【】\[\]，,、]+")
_CALLED = late(r"来电|打电话|电话反映|打来电话")
#: Behind the name of whoever has called.
_CALLS = (
    r"[^，。；;！!？?\n]{0,6}?(?:来电话?|打[来了过]*电话|托我|找我|来找)(?:来)?(?:[说讲反映问]*)"
    r"(?:[^，。；;：:\n]{0,3}[个件点](?:事情?|问题)[：:，,]?|[：:，,])?"
)
_ENDING = ("村", "社区")
#: Who says it: taken together, from one place.
_PERSON = ("household", "reporter", "phone")
_COUNTED = {"图片": "张", "照片": "张", "视频": "段", "语音": "段"}
#: A name in a chat that is longer is a motto as often.
_LONGEST_NAME = 4
#: A summary says it in one line.
_LONG, _SHORT = 24, 6
#: So few characters that are no courtesy say nothing.
_LITTLE = 5


class Guess(Struct, frozen=True):
    """What a field is proposed to say, as it would be typed, and the words that say so."""

    text: str
    words: str


class Reading(Struct, frozen=True):
    """One record a message may become.

    Attributes:
        who: As the chat calls whoever wrote it.
        kind: ``issue`` or ``visit``.
        fields: By name.
        triage: What the first look may make of it, by name; nothing of an issue's intake.
        media: What else than words came with it, by sort and number.
    """

    who: str
    kind: str
    fields: Mapping[str, Guess]
    triage: Mapping[str, Guess] = field(default_factory=dict)
    media: Mapping[str, int] = field(default_factory=dict)


class Household(Struct, frozen=True):
    """One household in contact, as far as messages tell of it."""

    id: str
    head: str
    village: str
    phone: str
    members: tuple[str, ...] = ()


class Reader:
    """Reads messages by one ledger's lists, and by the words that an office goes by."""

    def __init__(self, book: Book, pasting: Pasting) -> None:
        self._book = book
        self._pasting = pasting

    def readings(self, text: str, kind: str = "") -> tuple[list[Reading], list[str]]:
        """The records a text may become, and who said nothing that is one.

        Args:
            text: As it was pasted.
            kind: ``issue`` or ``visit``, where she says so.
        """
        found, idle = list[Reading](), list[str]()
        for message in messages(text, self._book.today, self._sends):
            made = [*self._each(message, kind)]
            found += made
            if not made:
                idle.append(message.who)
        return found, idle

    def _each(self, message: Message, kind: str) -> Iterator[Reading]:
        """The records of one message: each matter by itself, with who and where from all that was said."""
        whole = self._read(message, kind)
        parts = self._matters(message) if whole and whole.kind == "issue" else ()
        if whole is None or len(parts) < 2:
            yield from filter(None, (whole,))
            return
        shared = self._shared(message, parts, whole)
        for n, part in enumerate(parts):
            one = replace(message, text=part, noted={}, media=() if n else message.media)
            yield Reading(message.who, "issue", self._issue(one, shared), self._triage(one), {} if n else whole.media)

    def _shared(self, message: Message, parts: Sequence[str], whole: Reading) -> dict[str, Guess]:
        """What is told of all matters: what stands beside them, who writes, and the one village that is named."""
        beside = _beside(message.text, parts)
        around = with_notes(replace(message, text=beside))
        shared = {name: whole.fields[name] for name in ("village",) if name in whole.fields}
        shared |= dict(self._common(around, "raised"))
        shared["channel"] = self._channel(around)
        himself = next((replace(around, text=part) for part in parts if _SELF.search(part)), around)
        return shared | self._reporter(himself, shared.get("village"))

    def _matters(self, message: Message) -> tuple[str, ...]:
        """The matters of a message; what says next to nothing belongs to the one before."""
        made: list[str] = []
        text = message.noted["words"][0] if "words" in message.noted else message.text
        for one in (part for said in spoken(text) for part in by_teller(said, self._base(message), self._names)):
            little = len(re.findall(_HAN, _GREETING.sub("", _without(one, self._pasting.idle)))) < _LITTLE
            if made and (little or not _tells(made[-1])):
                made[-1] = f"{made[-1]}\n{one}"
            else:
                made.append(one)
        return tuple(made)

    def _read(self, message: Message, kind: str) -> Reading | None:
        said = _without(message.text, self._pasting.idle)
        if len(re.findall(_HAN, said)) < _LITTLE:
            return None
        kind = kind or ("visit" if _hit(message.text, self._pasting.visiting) else "issue")
        fields = self._visit(message) if kind == "visit" else self._issue(message)
        triage = self._triage(message) if kind == "issue" else {}
        if self._official(message.who) and not triage and not fields.keys() & {"village", "household", "households"}:
            return None  # an official's answer, no matter of anybody's
        return Reading(message.who, kind, fields, triage, Counter(message.media))

    def _issue(self, message: Message, shared: Mapping[str, Guess] | None = None) -> dict[str, Guess]:
        """The fields of one matter.

        Args:
            message: What is said of it.
            shared: What is told of all matters, where it is one of several.
        """
        village = shared.get("village") if shared else None
        fields = dict(self._common(message, "raised", village))
        text = message.noted["words"][0] if "words" in message.noted else message.text
        fields["words"] = Guess(text, "全文")
        if when := self._hour(message, text):
            fields["when"] = when
        channel = self._channel(message)
        fields["channel"] = channel if shared is None or channel.text == Channel.PHONE else shared["channel"]
        if shared is None:
            fields |= self._reporter(message, fields.get("village"))
        else:
            fields |= self._of_part(message, fields, shared)
        if "summary" in message.noted:
            fields["summary"] = _after(message.noted["summary"])
        elif line := self._summary(replace(message, text=text)):
            fields["summary"] = Guess(line, "第一句")
        notes = (
            [] if {"household", "reporter"} & fields.keys() or not message.who else [f"聊天里的名字是「{message.who}」"]
        )
        notes += [f"聊天里还有 {sent_with(Counter(message.media))}，没有粘贴过来"] if message.media else []
        if notes:
            fields["notes"] = Guess("；".join(notes), message.who or "粘贴")
        return fields

    def _of_part(self, message: Message, fields: Mapping[str, Guess], shared: Mapping[str, Guess]) -> dict[str, Guess]:
        """Who tells one matter of several: whom its own words name, else who tells them all, with where and when."""
        own = self._reporter(replace(message, who=""), fields.get("village"))
        person = {name: shared[name] for name in _PERSON if name in shared}
        if own.keys() - {"phone"} or (own and own.get("phone") != person.get("phone", own.get("phone"))):
            return own
        told = {"raised": shared["raised"]} if "raised" in shared and not self._told(message) else {}
        same = fields.get("village") == shared.get("village")
        group = {"group": shared["group"]} if same and "group" in shared and "group" not in fields else {}
        return person | own | told | group

    def _visit(self, message: Message) -> dict[str, Guess]:
        fields = dict(self._common(message, "day"))
        fields["heard"] = Guess(message.text, "全文")
        asked, words = reported(message.text)
        if asked:
            fields["requests"] = Guess("\n".join(one.replace("\n", "，") for one in asked), words)
        village = fields.get("village")
        near = [one for one in self._households if village is None or one.village == village.text]
        met = [one for one in near if one.head in message.text]
        if met and len({one.head for one in met}) == len(met):
            fields["households"] = Guess("、".join(one.id for one in met), "、".join(one.head for one in met))
        if way := _hit(message.text, [one.value for one in Way]):
            fields["way"] = Guess(way, way)
        if official := self._official(message.who):
            fields["visitors"] = Guess(official, message.who)
        return fields

    def _common(self, message: Message, day: str, village: Guess | None = None) -> Iterator[tuple[str, Guess]]:
        """When and where, of any record; the village given is where one is that names none."""
        if day == "raised" and (who := self._told(message)) and who.day:
            yield day, Guess(who.day, who.when)
        elif message.day:
            yield day, Guess(message.day, message.when)
        elif "raised" in message.noted and (that := self._day(message.noted["raised"])):
            yield day, that
        text = message.noted["where"][0] if "where" in message.noted else message.text
        place = self._place(text) or (None if self._named(text) else self._place(message.who)) or village
        if place is None:
            return
        yield "village", place
        groups = next(groups for id_, _, groups in self._villages if id_ == place.text)
        if group := _hit(text, groups) or ("" if self._told(message) else _hit(message.who, groups)):
            yield "group", Guess(group, group)

    def _named(self, text: str) -> dict[str, str]:
        """The villages that a text names by the longest of their words, each with that word."""
        places = [(id_, word) for id_, word, _ in self._villages if word in text]
        longest = max((len(word) for _, word in places), default=0)
        return {id_: word for id_, word in places if len(word) == longest}

    def _place(self, text: str) -> Guess | None:
        places = self._named(text)
        return Guess(*next(iter(places.items()))) if len(places) == 1 else None

    def _base(self, message: Message) -> date:
        """From where 昨天 is looked at."""
        return date.fromisoformat(message.day) if message.day else self._book.today

    def _told(self, message: Message) -> Teller | None:
        """The villager whom a message names as having told of it."""
        found = teller(message.text, self._base(message), self._names)
        return None if found is None or (found.name in self._staff and found.name not in self._names) else found

    def _day(self, noted: tuple[str, str]) -> Guess | None:
        """The day that stands after a label, without its hour; None where an hour is all that stands there."""
        text, label = noted
        found, with_hour = day_alone(text, self._book.today)
        if with_hour:
            return _after((found, label))
        return None if hour_in(text, self._book.today)[0] else _after(noted)

    def _hour(self, message: Message, text: str) -> Guess | None:
        """The hour at which it was, as a label has it, else as what was said does."""
        base = self._base(message)
        for said in (message.noted.get("raised", ("", ""))[0], text):
            found, words = hour_in(said, base)
            if found:
                return Guess(found, words)
        return None

    def _channel(self, message: Message) -> Guess:
        if called := _CALLED.search(message.text):
            return Guess(Channel.PHONE, called[0])
        return Guess(Channel.WECHAT, message.who or "粘贴")

    def _reporter(self, message: Message, village: Guess | None) -> dict[str, Guess]:
        """Who says it: a household by its telephone or by the name he gives himself, else that name."""
        who, told = self._told(message), self._name(message)
        said = message.noted.get("phone", (message.text, ""))[0]
        phones = [said[one.start : one.end] for one in find(said) if one.sort is Sort.PHONE]
        written = (who.phone if who and "phone" not in message.noted else "") or next(iter(phones), "")
        if dialled_by_another(said, written, told.text if told else ""):
            written = ""
        phone = read_phone(written) if written else ""
        found = {"phone": Guess(phone, written)} if phone else {}
        if phone and len(mine := [one for one in self._households if one.phone == phone]) == 1:
            found["household"] = Guess(mine[0].id, written)
            return found | ({"reporter": told} if who and told and told.text not in (mine[0].head, message.who) else {})
        if told is None:
            return found
        name = fold(told.text)
        of_that_name = [one for one in self._households if name in map(fold, (one.head, *one.members))]
        near = [one for one in of_that_name if village is None or one.village == village.text]
        if len(near) == 1:
            himself = {} if name == fold(near[0].head) else {"reporter": told}
            return found | {"household": Guess(near[0].id, told.words)} | himself
        sure = told.words != message.who or (like_name(told.text) and len(name) < _LONGEST_NAME)
        return found | {"reporter": told} if sure else found

    def _name(self, message: Message) -> Guess | None:
        if "reporter" in message.noted:
            return _after(message.noted["reporter"])
        if found := _SELF.search(message.text):
            return Guess(found["name"], found[0])
        if caller := self._caller(message.text):
            return Guess(caller["name"], caller[0].rstrip("：:，,"))
        if who := self._told(message):
            return Guess(who.name, who.words)
        if not message.who or self._official(message.who):
            return None
        return Guess(self._bare_name(message.who), message.who)

    def _caller(self, text: str) -> re.Match[str] | None:
        """Whom of those who are known a message says to have called; None where it says so of several."""
        names = (name for name in self._names if name in text)
        called = filter(None, (re.search(rf"(?P<name>{re.escape(name)}){_CALLS}", text) for name in names))
        found = [*called]
        return found[0] if len(found) == 1 else None

    def _official(self, who: str) -> str:
        """The id of the one of our people who writes, by the name in the chat; empty for anybody else."""
        return (self._staff.get(who) or self._staff.get(self._bare_name(who), "")) if who else ""

    def _sends(self, who: str) -> bool:
        """Whether whoever stands before a colon is known, and what follows is therefore his."""
        name = fold(self._bare_name(who))
        people = (one for household in self._households for one in (household.head, *household.members))
        return bool(self._official(who)) or name in map(fold, people)

    def _bare_name(self, who: str) -> str:
        """A name as a chat has it, without the village and group that stand with it: 松坪二组李桂兰."""
        rest = who
        for _, word, groups in sorted(self._villages, key=lambda one: -len(one[1])):
            for place in (word, *groups):
                rest = rest.replace(place, " ")
        words = [word for word in _BETWEEN.split(rest) if word]
        return words[0] if len(words) == 1 else next((word for word in words if like_name(word)), who)

    def _summary(self, message: Message) -> str:
        """The first thing it says, short and without anybody's name or telephone."""
        text = message.text
        who = self._told(message)
        if who:
            text = who.matter
        elif caller := self._caller(text):
            text = f"{text[: caller.start()]}{text[caller.end() :]}"
        text = without_telephones(text)
        for sentence in filter(None, _SENTENCE.split(text)):
            told = ""
            for said in _CLAUSE.split(sentence.strip()):
                clause = _GREETING.sub("", said.strip())
                if (
                    not clause
                    or self._addresses(clause)
                    or clause in self._pasting.idle
                    or _SELF.match(clause)
                    or any(one.head in clause for one in self._households)
                    or (who and who.name in clause)
                    or find(clause)
                ):
                    continue
                if told and len(told) + len(clause) >= _LONG:
                    break
                told = f"{told}，{clause}" if told else clause
            if len(told) >= _SHORT:
                return told[:_LONG]
        return ""

    def _addresses(self, clause: str) -> bool:
        """Whether a clause is how somebody is spoken to: 何主任, 小何."""
        short = clause[1:] if len(clause) == 2 and clause[0] in "小老" else clause if len(clause) > 2 else ""
        return _ADDRESS.fullmatch(clause) is not None or (
            bool(short) and any(name == clause or (len(short) == 1 and short in name) for name in self._staff)
        )

    def _triage(self, message: Message) -> dict[str, Guess]:
        hits = {name: _hits(message.text, words) for name, words in self._sorted.items()}
        most = max((len(found) for found in hits.values()), default=0)
        best = [name for name, found in hits.items() if most and len(found) == most]
        triage = {"category": Guess(best[0], "、".join(hits[best[0]]))} if len(best) == 1 else {}
        order = list(Urgency)
        for one in sorted(self._pasting.pressing, key=lambda one: -order.index(one.level)):
            if found := _hits(message.text, one.words):
                return triage | {"urgency": Guess(one.level.value, "、".join(found))}
        return triage

    @cached_property
    def _sorted(self) -> dict[str, tuple[str, ...]]:
        """The words of each category: of its name, its description, and those the office adds."""
        try:
            listed = Categories.model_validate(self._book.policy("categories") or {}, by_alias=True, by_name=False)
        except ValueError:
            return {}
        told = {one.name: (one.name, *re.split("[、，,；; ]", one.help or "")) for one in listed.categories}
        for more in self._pasting.sorting:
            if more.category in told:
                told[more.category] = (*told[more.category], *more.words)
        return {name: tuple(dict.fromkeys(filter(None, words))) for name, words in told.items()}

    @cached_property
    def _villages(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Each village by each word it goes by, with its groups."""
        rows = self._book.sql("SELECT id, name, groups FROM village ORDER BY id")
        return [
            (str(id_), word, tuple(json.loads(groups or "[]")))
            for id_, name, groups in rows
            for word in dict.fromkeys((str(name), _bare(str(name))))
        ]

    @cached_property
    def _households(self) -> list[Household]:
        rows = self._book.sql("SELECT id, head, village, coalesce(phone, ''), members FROM household ORDER BY id")
        return [
            Household(
                str(id_),
                str(head),
                str(village),
                str(phone),
                tuple(str(one["姓名"]) for one in json.loads(members or "[]")),
            )
            for id_, head, village, phone, members in rows
        ]

    @cached_property
    def _names(self) -> frozenset[str]:
        """Of everybody in a household."""
        return frozenset(name for one in self._households for name in (one.head, *one.members))

    @cached_property
    def _staff(self) -> dict[str, str]:
        return {str(name): str(id_) for id_, name in self._book.sql("SELECT id, name FROM person ORDER BY id DESC")}


def sent_with(media: Mapping[str, int]) -> str:
    """What came besides words: 2 张图片、1 段语音."""
    return "、".join(f"{many} {_COUNTED.get(sort, '个')}{sort}" for sort, many in media.items())


def _beside(text: str, parts: Sequence[str]) -> str:
    """What of a text stands in none of its parts."""
    rest, at = list[str](), 0
    for line in (line for part in parts for line in part.split("\n")):
        if (found := text.find(line, at)) >= 0:
            rest.append(text[at:found])
            at = found + len(line)
    return "\n".join((*rest, text[at:]))


def _tells(text: str) -> bool:
    """Whether a text says more than who writes and that something follows."""
    said = [one for one in _CLAUSE.split(_GREETING.sub("", text)) if one and not _SELF.match(one)]
    return sum(len(re.findall(_HAN, _GREETING.sub("", one))) for one in said) >= _LITTLE


def _after(noted: tuple[str, str]) -> Guess:
    """What stands after a label."""
    text, label = noted
    return Guess(text, f"{label}：")


def _bare(name: str) -> str:
    ending = next((one for one in _ENDING if name.endswith(one) and len(name) > len(one) + 1), "")
    return name.removesuffix(ending)


def _hits(text: str, words: Sequence[str]) -> list[str]:
    return [word for word in words if word in text]


def _hit(text: str, words: Sequence[str]) -> str:
    """The longest of the words that stands there, where only one of that length does."""
    found = _hits(text, words)
    longest = max(map(len, found), default=0)
    best = [word for word in found if len(word) == longest]
    return best[0] if len(best) == 1 else ""


def _without(text: str, idle: Sequence[str]) -> str:
    """A text without the clauses that are mere courtesy."""
    clauses = re.split(r"[，。,！!？?；;~～\s]+", text)
    return "".join(clause for clause in clauses if clause not in idle)
