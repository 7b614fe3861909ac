"""更正说明: which frozen figures would now come out differently, which records made them so, and in whose commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, product

from lianxin.core.book import Book
from lianxin.core.day.period import Period, parse_period
from lianxin.core.document import Block, Column, Paragraph, Table, Value
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.frozen.recount import Difference
from lianxin.reports.origin import period_text
from lianxin.reports.record.log import Commit

#: So many records of one figure are named.
_NAMED = 6

#: The commits that touched a record since another commit, newest first.
Historian = Callable[[str, str], Sequence[Commit]]


def correction_blocks(
    book: Book, found: Sequence[Difference], historian: Historian, skipped: int = 0
) -> tuple[Block, ...]:
    """The 更正说明: which figure, what was said, what it is now, and the records and commits that changed it.

    Args:
        book: The records.
        found: Grouped by frozen report.
        historian: Tells who changed a record.
        skipped: How many older reports were not gone over.
    """
    if not found:
        told = f"以前报出的数字没有变动；更早定稿的 {skipped} 份没有重新核对。"
        return (Paragraph(told, Tone.MUTED),) if skipped else ()
    rows: list[tuple[Value, ...]] = []
    groups: list[tuple[int, str]] = []
    for frozen, ones in groupby(found, key=lambda one: one.frozen):
        cases = list(ones)
        first = cases[0]
        groups.append((len(rows), f"{frozen} {period_text(first.period)}{first.report}，{first.made} 定稿"))
        rows += [(one.label(book.title), one.was, one.now, _reason(one)) for one in cases]
    more = (f"更早定稿的 {skipped} 份没有重新核对。",) if skipped else ()
    note = "原报的数字和当时的台账版本都留着，没有改动；这里是按现在的记录重新算，与原报不同的地方。"
    told = f"以前报出的数字有 {len(found)} 个与现在的记录不符，更正如下。"
    columns = (
        Column("数字", "figure", width=24),
        Column("原报", "was", FieldType.AMOUNT, width=9),
        Column("现为", "now", FieldType.AMOUNT, width=9),
        Column("变动的记录", "reason", width=36),
    )
    ids = [one.frozen for one in found]
    inner = frozenset((n, len(columns) - 1) for n, one in enumerate(found) if one.inner and one.records)
    return (
        Paragraph(told, Tone.WARNING),
        Table(columns, rows, ids, tuple(groups), notes=(note, *more), inner=inner),
        *_changes(book, found, historian),
    )


def _reason(one: Difference) -> str:
    """The records that are counted otherwise, or that only the definition is another."""
    if one.lost:
        return "当时的台账版本找不到了，说不出是哪些"
    redefined = f"口径改了，原报按{one.redefined}" if one.redefined else ""
    named = "、".join(one.records[:_NAMED]) + (f"等 {len(one.records)} 件" if len(one.records) > _NAMED else "")
    return "；".join(filter(None, (redefined, named))) or "没有改过记录"


def _changes(book: Book, found: Sequence[Difference], historian: Historian) -> Iterator[Block]:
    """Who changed the records named, in which commits."""
    columns = (
        Column("记录", "record", FieldType.REF, width=15),
        Column("时间", "at", FieldType.MOMENT, width=16),
        Column("账本记号", "commit", FieldType.REF, width=10),
        Column("何人", "author", width=8),
        Column("做了什么", "subject", width=40),
    )
    wanted = dict.fromkeys((record, one.commit) for one in found for record in one.records[:_NAMED])
    rows: dict[tuple[Value, ...], None] = {}
    for record, since in wanted:
        commits = sorted(historian(record, since), key=lambda one: (one.at, one.hash))
        lines: list[tuple[Value, ...]] = [(record, one.at, one.hash[:10], one.author, one.subject) for one in commits]
        if any(record in path for path in book.dirty):
            lines.append((record, None, None, None, "还有没入账的改动"))
        elif not lines:
            lines.append((record, None, None, None, "没有改过，是日子到了、政策文件改了，或随别的记录变的"))
        rows.update(dict.fromkeys(lines))
    if rows:
        ids = [str(row[0]) for row in rows]
        told = {record for one in found if not one.inner for record in one.records[:_NAMED]}
        inner = frozenset(product((n for n, id_ in enumerate(ids) if id_ not in told), range(len(columns))))
        yield Table(columns, list(rows), ids, caption="这些记录后来的改动", inner=inner)


def numbered(book: Book, report: str, period: Period) -> int:
    """Which issue of the year a report is: one more than those frozen for earlier periods of that year."""
    rows = book.sql("SELECT DISTINCT period FROM frozen WHERE report = ?", (report,))
    spans = [parse_period(str(text), book.today) for (text,) in rows]
    return 1 + sum(one.until <= period.since and one.last.year == period.last.year for one in spans)
