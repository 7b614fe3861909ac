"""What can be made into a file: ledgers, reports, exports; what each holds, and which period it is usually about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from lianxin.actions.export.profile import profiles
from lianxin.actions.paper.ask import Asks
from lianxin.actions.paper.report import picks, series_of, usual
from lianxin.actions.policy.definition import definitions
from lianxin.actions.policy.form import forms
from lianxin.core.document import Document, KeyValues, Pair, Paragraph
from lianxin.core.error import LianxinError
from lianxin.core.text.excerpt import Word
from lianxin.core.text.pattern import late
from lianxin.policies.definitions import Definitions
from lianxin.policies.outline import Outline, Rhythm
from lianxin.reports.desk.item import Item, Of, Part, part
from lianxin.storage.book import LedgerBook

#: Of a file's name: what is filled in when it is made.
_BLANK = late(r"\{(\w+)\}")


class Sort(StrEnum):
    """What sort of file it is."""

    LEDGER = "台账"
    REPORT = "报表"
    EXPORT = "导出方案"


class Paper(Struct, frozen=True):
    """One that can be made.

    Attributes:
        rhythm: Of a report.
        period: Which it is usually about; empty: all there is.
        folder: Where it is put, where it says so itself.
        about: Label by label, what it is.
        asks: What else may be said of it.
    """

    sort: Sort
    name: str
    rhythm: Rhythm | None = None
    period: str = ""
    folder: str = ""
    help: str = ""
    about: tuple[tuple[str, str], ...] = ()
    asks: tuple[Asks, ...] = ()

    @property
    def page(self) -> Document:
        """What it is, to read before it is made."""
        pairs = tuple(Pair(label, told, f"about_{n}") for n, (label, told) in enumerate(self.about) if told)
        blocks = (*((Paragraph(self.help),) if self.help else ()), KeyValues(pairs))
        return Document(f"{self.sort}：{self.name}", blocks, name="paper")


def papers(book: LedgerBook) -> list[Paper]:
    """Reports, the most frequent first, then ledgers, then exports."""
    rhythms = [*Rhythm]
    reports = sorted(_reports(book), key=lambda one: rhythms.index(one.rhythm) if one.rhythm else 0)
    return [*reports, *_ledgers(book), *_exports(book)]


def asks_of(known: Definitions, outline: Outline) -> tuple[Asks, ...]:
    """What else may be said of a report."""
    numbered = series_of(known, outline) is not None
    return (*((Asks.NUMBER,) if numbered else ()), *((Asks.CASES,) if picks(outline) else ()))


def _ledgers(book: LedgerBook) -> Iterator[Paper]:
    for form in forms(book).values():
        about = (("列的是", form.kind), ("栏目", "、".join(column.label for column in form.columns)))
        yield Paper(Sort.LEDGER, form.name, help=_untyped(form.help or ""), about=about)


def _reports(book: LedgerBook) -> Iterator[Paper]:
    known = definitions(book)
    for one in known.outlines.values():
        sections = "、".join(section.title for section in one.sections)
        about = (
            ("种类", one.rhythm.value),
            ("来自", known.title(known.origins[one.name])),
            ("每人一份", one.subject or ""),
            ("内容", sections),
            ("一般是", usual(one, book.today)),
        )
        yield Paper(Sort.REPORT, one.name, one.rhythm, usual(one, book.today), about=about, asks=asks_of(known, one))


def _exports(book: LedgerBook) -> Iterator[Paper]:
    try:
        found = profiles(book).profiles
    except LianxinError:  # none is declared, or the check tells what is wrong
        return
    for one in found:
        files = "\n".join(_BLANK.sub(r"（\1）", output.file) for output in one.outputs)
        about = (("放到", one.folder), ("多久一次", f"每{one.every}"), ("文件", files))
        yield Paper(Sort.EXPORT, one.name, folder=one.folder, about=about)


def _untyped(help_: str) -> str:
    """What a form says of itself, without what is typed."""
    return "；".join(told for told in help_.split("；") if "--" not in told)


def called(found: Sequence[Paper], words: Sequence[Word]) -> list[Paper]:
    """Those in whose names all these words stand, or sound so."""
    return [one for one in found if all(word.within(one.name) or word.heard(one.name) for word in words)]


def shelf(found: Sequence[Paper]) -> list[Part]:
    """The same as lines to choose from."""
    parts = []
    for sort, unit in ((Sort.REPORT, "种"), (Sort.LEDGER, "种"), (Sort.EXPORT, "个")):
        items = [
            Item(one.name, one.name, tuple(filter(None, (one.help, one.period))), of=Of.PAPER, group=sort.value)
            for one in found
            if one.sort is sort
        ]
        parts += [part(sort.value, items, unit)] if items else []
    return parts
