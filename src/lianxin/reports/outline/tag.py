"""Tags in the texts of an outline: what each figure has to tell, and the text with all of them replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from msgspec import Struct, field

from lianxin.core.day.period import Period
from lianxin.core.text.pattern import late
from lianxin.core.value import day_text
from lianxin.policies.outline import CALLED_AFTER, Outline, Term
from lianxin.reports.figure.figured import NOTHING, Figured
from lianxin.reports.outline.spoken import against_text, spoken

TAG = late(r"\{([^{}]*)\}")
#: What a text may hold besides figures.
_WORDS = frozenset({"期间", "单位", "对象", "日期", "期"})
#: Behind a figure: it is not printed, but what stands with it is told only where there is some.
SOME = "有"
#: Facts that tell nothing by themselves: a sentence that has only these goes.
_ASIDE = frozenset({"比", CALLED_AFTER})


class Words(Struct, frozen=True):
    """What stands in texts besides figures.

    Attributes:
        office: Who makes the report.
        today: The day it is made.
        number: Which issue of the year it is.
        paper_number: Its 发文字号; empty for none.
        whom: Whom it is about; empty where it is about the whole.
        facts: Of one sentence, by their tags; one without words has nothing to tell.
    """

    office: str
    today: date
    number: int = 1
    paper_number: str = ""
    whom: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class Teller(Protocol):
    """Whoever knows the figures of one report: those of one book, or those of many."""

    @property
    def outline(self) -> Outline:
        """What the report is made by."""
        ...

    @property
    def period(self) -> Period:
        """What it is about."""
        ...

    @property
    def words(self) -> Words:
        """What its texts may hold besides figures."""
        ...

    def figure(self, name: str) -> Figured:
        """A figure over all that the report is about."""
        ...

    def count(self, term: Term) -> int:
        """A term of the balance."""
        ...


class Weight(StrEnum):
    """Whether a figure has something to tell in a sentence."""

    TOLD = "told"
    NOUGHT = "nought"
    MISSING = "missing"  # nothing to divide by, or nothing to compare with


def weighed(teller: Teller, text: str) -> list[Weight]:
    """What each figure in a text of the outline has to tell."""
    facts = teller.words.facts
    found = []
    for tag in TAG.findall(text):
        if tag in facts:
            if not (tag in _ASIDE and facts[tag]):
                found.append(Weight.TOLD if facts[tag] else Weight.MISSING)
        elif tag not in _WORDS:
            found.append(_weight(teller, *tag.partition("|")[::2]))
    return found


def _weight(teller: Teller, name: str, wanted: str) -> Weight:
    if name in tuple(Term):
        return Weight.TOLD if teller.count(Term(name)) else Weight.NOUGHT
    one = teller.figure(name)
    if wanted == SOME:
        return Weight.TOLD if one.value else Weight.NOUGHT
    if one.value is None or (wanted and one.change in ("", NOTHING)):
        return Weight.MISSING
    return Weight.TOLD if wanted or one.value or one.figure.denominator else Weight.NOUGHT


def filled(teller: Teller, text: str) -> str:
    """A text of the outline with its tags replaced."""
    told = teller.words
    words = {
        "期间": spoken(teller.period.so_far(told.today)),
        "单位": told.office,
        "对象": told.whom,
        "日期": day_text(told.today),
        "期": str(told.number),
        **told.facts,
    }

    def put(found: re.Match[str]) -> str:
        name, _, wanted = found[1].partition("|")
        if name in words:
            return words[name]
        if wanted == SOME:
            return ""
        if name in tuple(Term):
            return f"{teller.count(Term(name))} 件"
        one = teller.figure(name)
        return moved(one, teller.period) if wanted else one.phrase

    return TAG.sub(put, text)


def titled(teller: Teller) -> str:
    """The title: it names the whole of a period that is not over."""
    return filled(teller, teller.outline.title.replace("{期间}", spoken(teller.period)))


def moved(one: Figured, period: Period) -> str:
    """A change in words: 比上月增加 3 件, 与上年同期持平."""
    against = against_text(one.figure.against, period, running=one.running)
    if one.change in ("", NOTHING):
        return f"没有{against}可比"
    if one.change.startswith("±"):
        return f"与{against}持平"
    word = "增加" if one.change.startswith("+") else "减少"
    unit = "" if one.figure.percent else f" {one.figure.unit}"
    return f"比{against}{word} {one.change[1:]}{unit}"
