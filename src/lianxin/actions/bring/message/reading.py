"""What a message says of the record it is to become: each field with the words it was read from, and nothing guessed.

A field is proposed only where the message's own words and the ledger's lists agree on one thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from lianxin.actions.bring.message.chat import Message, messages
from lianxin.core.book import Book
from lianxin.core.day.hour import hour_in
from lianxin.core.day.spoken import day_alone
from lianxin.core.text.fold import fold
from lianxin.core.text.pattern import late
from lianxin.core.text.personal import Sort, find
from lianxin.core.text.telephone import read_phone
from lianxin.kinds.issue.record import Channel
from lianxin.kinds.life.event import Urgency
from lianxin.kinds.visit import Way
from lianxin.policies.category import Categories
from lianxin.policies.pasting import Pasting

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_SELF = late(rf"我(?:是|叫|名叫)(?:[^，。,！!\n]{{0,12}}?的)?(?P<name>{_HAN}{{2,4}})(?=[，。,！!：:\s（(]|\Z)")
_SENTENCE = late(r"[。！？!?；;\n]+")
_CLAUSE = late(r"[，,、]+")
_GREETING = late(r"^(?:您好|你好|书记好?|领导好?|主任好?|大家好|请问|麻烦|反映一下|想问一下|报告)[，,：:！! ]*")
_CALLED = late(r"来电|打电话|电话反映|打来电话")
_ENDING = ("村", "社区")
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
    """

    who: str
    kind: str
    fields: Mapping[str, Guess]
    triage: Mapping[str, Guess] = field(default_factory=dict)


class Household(Struct, frozen=True):
    """One household in contact, as far as messages tell of it."""

    id: str
    head: str
    village: str
    phone: str


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
        for message in messages(text, self._book.today):
            made = self._read(message, kind)
            if made is None:
                idle.append(message.who)
            else:
                found.append(made)
        return found, idle

    def _read(self, message: Message, kind: str) -> Reading | None:
        said = _without(message.text, self._pasting.idle)
        if len(re.findall(_HAN, said)) < _LITTLE:
            return None
        kind = kind or ("visit" if _hit(message.text, self._pasting.visiting) else "issue")
        fields = self._visit(message) if kind == "visit" else self._issue(message)
        triage = self._triage(message) if kind == "issue" else {}
        if message.who in self._staff and not triage and not fields.keys() & {"village", "household", "households"}:
            return None  # an official's answer, no matter of anybody's
        return Reading(message.who, kind, fields, triage)

    def _issue(self, message: Message) -> dict[str, Guess]:
        fields = dict(self._common(message, "raised"))
        text = message.noted["words"][0] if "words" in message.noted else message.text
        fields["words"] = Guess(text, "全文")
        if when := self._hour(message, text):
            fields["when"] = when
        if channel := self._channel(message):
            fields["channel"] = channel
        fields |= self._reporter(message, fields.get("village"))
        if "summary" in message.noted:
            fields["summary"] = _after(message.noted["summary"])
        elif line := self._summary(text):
            fields["summary"] = Guess(line, "第一句")
        if message.who and "household" not in fields and "reporter" not in fields:
            fields["notes"] = Guess(f"聊天里的名字是「{message.who}」", message.who)
        return fields

    def _visit(self, message: Message) -> dict[str, Guess]:
        fields = dict(self._common(message, "day"))
        fields["heard"] = Guess(message.text, "全文")
        village = fields.get("village")
        near = [one for one in self._households if village is None or one.village == village.text]
        met = [one for one in near if one.head in message.text]
        if met and len({one.head for one in met}) == len(met):
            fields["households"] = Guess("、".join(one.id for one in met), "、".join(one.head for one in met))
        if way := _hit(message.text, [one.value for one in Way]):
            fields["way"] = Guess(way, way)
        if message.who in self._staff:
            fields["visitors"] = Guess(self._staff[message.who], message.who)
        return fields

    def _common(self, message: Message, day: str) -> Iterator[tuple[str, Guess]]:
        """When and where, of any record."""
        if message.day:
            yield day, Guess(message.day, message.when)
        elif "raised" in message.noted and (that := self._day(message.noted["raised"])):
            yield day, that
        text = message.noted["where"][0] if "where" in message.noted else message.text
        places = [(id_, groups, word) for id_, word, groups in self._villages if word in text]
        longest = max((len(word) for *_, word in places), default=0)
        places = [one for one in places if len(one[2]) == longest]
        if len({id_ for id_, *_ in places}) == 1:
            id_, groups, word = places[0]
            yield "village", Guess(id_, word)
            if group := _hit(text, groups):
                yield "group", Guess(group, group)

    def _day(self, noted: tuple[str, str]) -> Guess | None:
        """The day that stands after a label, without its hour; None where an hour is all that stands there."""
        text, label = noted
        found, with_hour = day_alone(text, self._book.today)
        if with_hour:
            return _after((found, label))
        return None if hour_in(text, self._book.today)[0] else _after(noted)

    def _hour(self, message: Message, text: str) -> Guess | None:
        """The hour at which it was, as a label has it, else as what was said does."""
        base = date.fromisoformat(message.day) if message.day else self._book.today
        for said in (message.noted.get("raised", ("", ""))[0], text):
            found, words = hour_in(said, base)
            if found:
                return Guess(found, words)
        return None

    def _channel(self, message: Message) -> Guess | None:
        if called := _CALLED.search(message.text):
            return Guess(Channel.PHONE, called[0])
        return Guess(Channel.WECHAT, message.who or "粘贴")

    def _reporter(self, message: Message, village: Guess | None) -> dict[str, Guess]:
        """Who says it: a household by its telephone or by the name he gives himself, else that name."""
        said = message.noted.get("phone", (message.text, ""))[0]
        written = next((said[one.start : one.end] for one in find(said) if one.sort is Sort.PHONE), "")
        phone = read_phone(written) if written else ""
        found = {"phone": Guess(phone, written)} if phone else {}
        if phone and len(mine := [one for one in self._households if one.phone == phone]) == 1:
            return found | {"household": Guess(mine[0].id, written)}
        told = self._name(message)
        if told is None:
            return found
        of_that_name = [one for one in self._households if fold(one.head) == fold(told.text)]
        near = [one for one in of_that_name if village is None or one.village == village.text]
        if len(near) == 1:
            return found | {"household": Guess(near[0].id, told.words)}
        return found if told.words == message.who else found | {"reporter": told}

    def _name(self, message: Message) -> Guess | None:
        if "reporter" in message.noted:
            return _after(message.noted["reporter"])
        if found := _SELF.search(message.text):
            return Guess(found["name"], found[0])
        return Guess(message.who, message.who) if message.who and message.who not in self._staff else None

    def _summary(self, text: str) -> str:
        """The first thing it says, short and without anybody's name."""
        for sentence in filter(None, _SENTENCE.split(text)):
            told = ""
            for clause in _CLAUSE.split(_GREETING.sub("", sentence.strip())):
                if _SELF.match(clause) or any(one.head in clause for one in self._households) or find(clause):
                    continue
                if told and len(told) + len(clause) >= _LONG:
                    break
                told = f"{told}，{clause}" if told else clause
            if len(told) >= _SHORT:
                return told[:_LONG]
        return ""

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
        rows = self._book.sql("SELECT id, head, village, coalesce(phone, '') FROM household ORDER BY id")
        return [Household(*map(str, row)) for row in rows]

    @cached_property
    def _staff(self) -> dict[str, str]:
        return {str(name): str(id_) for id_, name in self._book.sql("SELECT id, name FROM person ORDER BY id DESC")}


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
