"""A sentence with facts of its own besides the report's figures, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.day.period import Period
from lianxin.core.document import Table
from lianxin.core.measure import Counted, Measure
from lianxin.policies.outline import BEHIND, CALLED, CALLED_AFTER, Outline, Term
from lianxin.reports.figure.figured import Figured
from lianxin.reports.issue.overdue import overdue
from lianxin.reports.outline.pattern import said
from lianxin.reports.outline.press import Press
from lianxin.reports.outline.spoken import numeral
from lianxin.reports.outline.tag import TAG, Teller, Weight, Words, weighed

#: So many duties are named.
_NAMED = 4


class Behind(Struct, frozen=True):
    """The records behind a part of a sentence.

    Attributes:
        caption: What they are.
        measure: By which they were counted; None where they were picked one by one.
    """

    caption: str
    rows: tuple[Counted, ...]
    measure: Measure | None = None


class Sentence(Struct, frozen=True):
    """A paragraph as it is printed.

    Attributes:
        text: Of it.
        figures: Names of the figures, and of terms of the balance, in it.
        behind: What it tells besides.
        record: It is about this one alone.
        rule: By which this one was picked; she may pick another.
    """

    text: str
    figures: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()
    record: str = ""
    rule: str = ""


class Facts(Struct, frozen=True):
    """A report's teller with facts of one sentence besides."""

    press: Teller
    facts: Mapping[str, str]

    @property
    def outline(self) -> Outline:
        """The report's."""
        return self.press.outline

    @property
    def period(self) -> Period:
        """The report's."""
        return self.press.period

    @property
    def words(self) -> Words:
        """The report's, and the facts."""
        return replace(self.press.words, facts=self.facts)

    def figure(self, name: str) -> Figured:
        """The report's."""
        return self.press.figure(name)

    def count(self, term: Term) -> int:
        """The report's."""
        return self.press.count(term)


def sentence(press: Press, pattern: str, facts: Mapping[str, str] | None = None, *behind: Behind) -> Sentence:
    """A pattern filled; its text is empty where none of it has anything to tell."""
    asked = {tag: _COMPUTED[tag](press) for tag in _COMPUTED if f"{{{tag}}}" in pattern}
    return replace(filled_in(press, pattern, {**(facts or {}), **asked}), behind=behind)


def filled_in(press: Teller, pattern: str, facts: Mapping[str, str]) -> Sentence:
    """A pattern filled by whoever tells a report, with facts of its own, and which figures it tells."""
    teller = Facts(press, facts)
    text = said(teller, pattern.strip())
    tags = [tag for tag in TAG.findall(pattern) if text and tag not in teller.facts]
    told = (tag.partition("|")[0] for tag in tags if weighed(teller, f"{{{tag}}}") == [Weight.TOLD])
    return Sentence(text, tuple(dict.fromkeys(told)))


def points(press: Press, patterns: Sequence[str]) -> list[Sentence]:
    """Those of several patterns that have something to tell, numbered 一是, 二是 where there are more than one."""
    return enumerated([sentence(press, pattern) for pattern in patterns])


def enumerated(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those of several sentences that tell something: a line each, so that the last goes with a signature alone."""
    found = [one for one in sentences if one.text]
    if len(found) < 2:
        return found
    return [replace(one, text=f"{numeral(n)}是{one.text}") for n, one in enumerate(found, 1)]


def _behind(press: Press) -> str:
    """The duties that somebody is behind with, the first of them by name."""
    duties = (press.duty(name) for name in press.edition.definitions.duties)
    names = [one.duty.name for one in duties if one.cycle is not None and any(stand.pressing for stand in one.stands)]
    return named_few(names)


def named_few(names: Sequence[str]) -> str:
    """The first of some by name, and how many there are."""
    return "".join(f"“{name}”" for name in names[:_NAMED]) + (f"等 {len(names)} 项" if len(names) > _NAMED else "")


def _called(press: Press) -> str:
    """How many issues call for a circular today."""
    found = overdue(press.book, press.edition.context, circular=True)
    many = sum(len(block.rows) for block in found if isinstance(block, Table))
    return f"{many} 件" if many else ""


def _called_after(press: Press) -> str:
    """How long an issue has to be overdue to be in a circular, by the limits in force."""
    return f"{press.edition.context.limits.circular} 个工作日以上"


#: Facts that any text may ask for, worked out where it does.
_COMPUTED: Mapping[str, Callable[[Press], str]] = {
    BEHIND: _behind,
    CALLED: _called,
    CALLED_AFTER: _called_after,
}
