"""The papers of this week as lines of the desk: what is to be made, looked at and filed; and what went out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from msgspec import Struct

from lianxin.actions.dispatch.due import Outlet, Paper, State, duties_ending, outlets, papers_due
from lianxin.actions.dispatch.week import FILED
from lianxin.actions.paper.report import Wanted, picks
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import Period, parse_period
from lianxin.core.document import Block, Document, KeyValues, Pair, Paragraph
from lianxin.core.error import LianxinError
from lianxin.core.tone import Tone
from lianxin.policies.export import Every
from lianxin.reports.desk.item import Item, Of, Part, part
from lianxin.reports.duty.agenda import Arrear
from lianxin.reports.outline.number import alike
from lianxin.storage.book import LedgerBook

#: So many of what went out are listed; the rest is found.
_NEWEST = 5
#: A longer span is no day or month by which a paper is looked for.
_LONG = timedelta(days=31)
_TONES = {State.OWED: Tone.WARNING, State.MADE: Tone.WARNING, State.FILED: Tone.GOOD}


class Owed(Struct, frozen=True):
    """What is to be made this week.

    Attributes:
        id: By which its line is known.
        about: Label by label, what it is.
        lies: Where it lies; empty where it was not made.
        goes: Where it is put; the folder that is exported to.
        makes: What making it is called.
        wanted: The report; None for an export.
        numbered: It bears a 文号, ``wanted.number`` proposed.
        picks: Single cases are picked in it, which she may pick herself.
        filed: It is in the books already.
    """

    id: str
    title: str
    told: tuple[str, ...]
    tone: Tone
    about: tuple[tuple[str, str], ...]
    lies: str = ""
    goes: str = ""
    makes: str = "出一份"
    wanted: Wanted | None = None
    numbered: bool = False
    picks: bool = False
    filed: bool = False

    @property
    def files(self) -> bool:
        """It lies made and may be filed."""
        return bool(self.wanted and self.lies and not self.filed)

    @property
    def page(self) -> Document:
        """What it is, to read before anything is done."""
        pairs = tuple(Pair(label, told, f"about_{n}") for n, (label, told) in enumerate(self.about) if told)
        blocks: list[Block] = [KeyValues(pairs)]
        if self.wanted and not self.filed:
            blocks.append(Paragraph(_HOW, Tone.MUTED))
        return Document(f"要出的：{self.title}", tuple(blocks), name="owed")


_HOW = "先出一份，打开看；要改的在 Word 里改了存盘。看过了登记：数字定稿，文件收一份在台账里，以后按 / 找得到。"


def owed(book: LedgerBook, workspace: Workspace) -> list[Owed]:
    """Reports first, then exports that are due."""
    papers = [_of_paper(one) for one in papers_due(book, workspace)]
    return [*papers, *(_of_outlet(one) for one in outlets(book, workspace) if one.due)]


def _of_paper(one: Paper) -> Owed:
    lies = str(one.file or "")
    used = one.state in (State.FILED, State.KEPT)
    about = (
        ("期间", one.spoken),
        ("情况", one.state.value),
        ("文号", one.number if used or not one.number else f"{one.number}（登记了才算用掉）"),
        ("文件", lies),
        ("登记在", one.filed),
        ("内容", "、".join(section.title for section in one.outline.sections)),
    )
    title = f"{one.outline.name} {one.spoken}"
    return Owed(
        title,
        title,
        (one.state.value, one.number),
        _TONES.get(one.state, Tone.NORMAL),
        about,
        lies,
        str(one.place),
        wanted=one.wanted,
        numbered=bool(one.number),
        picks=picks(one.outline),
        filed=one.state is State.FILED,
    )


def _of_outlet(one: Outlet) -> Owed:
    about = (
        ("放到", str(one.folder)),
        ("多久一次", f"每{one.every}"),
        ("上次", one.last or "还没有导出过"),
        ("文件", "\n".join(one.files)),
    )
    lies = str(one.folder) if one.folder.is_dir() else ""
    told = (f"这{one.every}没有导出" if one.every is not Every.DAY else "今天没有导出", "")
    return Owed(one.name, f"导出 {one.name}", told, Tone.WARNING, about, lies, str(one.folder), "导出")


def _of_duty(one: Arrear) -> Item:
    subject = one.subjects[0] if len(one.subjects) == 1 else ""  # of several, all are shown
    return Item(subject, one.duty, (f"{one.until} 期满", one.gap), Tone.WARNING, Of.DUTY, one.duty)


def lines(book: LedgerBook, found: Sequence[Owed]) -> list[Part]:
    """What is to be made, with the duties that run out; then what went out, the newest of it."""
    made = [Item(one.id, one.title, one.told, one.tone, Of.OWED) for one in found]
    duties = [_of_duty(one) for one in duties_ending(book)]
    went = [_sent(*row) for row in book.sql(FILED)]
    parts = [part("这周要出的", [*made, *duties], "份")] if made or duties else []
    if went:
        rest = f"，这里是最近 {_NEWEST} 件，其余按 / 找" if len(went) > _NEWEST else ""
        parts.append(Part(f"发过的文{rest}", went[:_NEWEST], len(went)))
    return parts


def sent(book: LedgerBook, words: Sequence[str], but: Collection[str]) -> list[Part]:
    """What went out, by words of it, by its number however its brackets are typed, or by the day or month.

    Args:
        book: The records.
        words: All of them.
        but: Ids of what was found otherwise.
    """
    rows = [row for row in book.sql(FILED) if row[0] not in but] if words else []
    spans = {word: _span(book, word) for word in words}
    for word, span in spans.items():
        plain = alike(word)
        rows = [row for row in rows if plain in alike(f"{row[1]}{row[2]}") or (span and _within(row[3], span))]
    return [part("发过的文", [_sent(*row) for row in rows])] if rows else []


def _span(book: LedgerBook, word: str) -> Period | None:
    try:
        span = parse_period(word, book.today, book.cycle())
    except LianxinError:
        return None
    return span if span.until - span.since <= _LONG else None


def _within(day: str, span: Period) -> bool:
    return bool(day) and span.since <= date.fromisoformat(day) < span.until


def _sent(id_: str, paper: str, shows: str, day: str) -> Item:
    return Item(id_, shows or paper, (day,))
