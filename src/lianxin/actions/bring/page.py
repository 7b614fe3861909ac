"""What is shown of an import: how the headings are read, what will become of the rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.actions.bring.bring import Brought
from lianxin.actions.bring.draft import Fate, Trouble
from lianxin.actions.bring.lexicon import How
from lianxin.actions.bring.match import Understood
from lianxin.actions.bring.workbook import Reading
from lianxin.core.document import Block, Column, Document, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.reports.document import document_of
from lianxin.storage.book import LedgerBook

_PLACE = Column("位置", "place", width=24, term=True)
_HEADING = (
    Column("您的表头", "heading", width=26),
    Column("记到", "field", width=26),
    Column("怎么认的", "how", width=16),
)
_SAID = (_PLACE, Column("毛病和办法", "said", width=52))
_OWED = (_PLACE, Column("要知道的", "said", width=52))


def headings_page(book: LedgerBook, reading: Reading) -> Document:
    """How the headings of each table are read: the sure ones in a line, those to be looked at one by one."""
    blocks: list[Block] = []
    for read in reading.tables:
        size = len(read.table.lines)
        where = f"「{read.table.sheet}」认作{read.lexicon.kind.label}，表头在第 {read.table.row} 行，下面 {size} 行"
        sure = [one for one in read.columns if one.sense and one.sense.how < How.NEAR]
        told = "、".join(_arrow(read, n) for n, one in enumerate(read.columns) if one in sure)
        out = "、".join(one.head.shown for n, one in enumerate(read.columns) if not one.sense and not _row(read, n))
        lines = (f"{where}。", told, f"（不导入：{out}）" if out else "")
        blocks.append(Paragraph("\n".join(filter(None, lines))))
        rows = [row for n, one in enumerate(read.columns) if one not in sure and (row := _row(read, n))]
        if rows:
            blocks.append(Table(_HEADING, rows, caption="请看一看"))
    if reading.skipped:
        blocks.append(Paragraph(f"没有认出表头，不导入：{'、'.join(reading.skipped)}", Tone.WARNING))
    return document_of(book, "表头这样对应", blocks, "import")


def _arrow(read: Understood, n: int) -> str:
    """A heading and its field; one called like its field by itself."""
    one = read.columns[n]
    same = one.sense and one.head.shown in (_paths(read, n), one.sense.targets[0].leaf.label)
    return one.head.shown if same else f"{one.head.shown}→{_paths(read, n)}"


def _paths(read: Understood, n: int) -> str:
    sense = read.columns[n].sense
    return "+".join(one.shown for one in sense.targets) if sense else ""


def _row(read: Understood, n: int) -> tuple[str, str, str] | None:
    one = read.columns[n]
    if one.sense:
        return one.head.shown, _paths(read, n), one.sense.how.shown
    if one.why:
        return one.head.shown, "不导入", one.why
    known = any(word in read.lexicon.left for word in one.head.words)
    return None if known else (one.head.shown, "不导入", "没有这一项")


def result_page(book: LedgerBook, brought: Brought, most: int, *, veil: bool) -> Document:
    """What becomes of the rows; every fault with its place, as far as there is room.

    Args:
        book: The records.
        brought: What was worked out.
        most: So many faults, and so many remarks, are listed; 0: all.
        veil: Others may read along.
    """
    blocks: list[Block] = [Paragraph("\n".join(_counted(brought)))]
    several = len(brought.reading.tables) > 1
    for columns, grave, caption in ((_SAID, True, "有毛病，要改的"), (_OWED, False, "能导入，要知道的")):
        found = [one for one in brought.troubles if one.grave is grave]
        alike: dict[tuple[str, int, str], list[Trouble]] = {}
        for one in found:
            alike.setdefault((one.sheet, one.column, one.said), []).append(one)
        shown = [*alike.values()][: most or None]
        if found:
            left = len(found) - sum(map(len, shown))
            notes = (f"另有 {left} 处没有列出，都标在问题副本里。",) if left else ()
            rows = [(_place(each, most, several=several), each[0].public if veil else each[0].said) for each in shown]
            blocks.append(Table(columns, rows, caption=f"{caption}（{len(found)} 处）", notes=notes, below=("said",)))
    return document_of(book, "导入的结果", blocks, "import")


def _place(alike: Sequence[Trouble], most: int, *, several: bool) -> str:
    """Where something is said of one row, or of several in the same column."""
    first = alike[0]
    named = [str(one.row) for one in alike]
    rows = "、".join(named[: 2 * most] if most else named) + (
        f" 等 {len(named)}" if most and len(named) > 2 * most else ""
    )
    place = first.place.replace(f"第 {first.row} 行", f"第 {rows} 行", 1)
    return f"{first.sheet} {place}" if several else place


def _counted(brought: Brought) -> Iterator[str]:
    for fate in Fate:
        if by_kind := brought.by_kind(fate):
            told = "、".join(
                f"{label} {many} {'条' if fate is not Fate.FAULTY else '行'}" for label, many in by_kind.items()
            )
            yield f"{_FATES[fate]}：{told}"


_FATES = {
    Fate.NEW: "新增",
    Fate.FILLED: "补上空着的栏、后来的步骤",
    Fate.SAME: "台账里已经有了，不动",
    Fate.DIFFERS: "台账里有、写的不一样，不动",
    Fate.TWICE: "表里重复，只记一次",
    Fate.FAULTY: "有毛病，没有导入",
}


def notes_of(troubles: Sequence[Trouble]) -> dict[str, dict[tuple[int, int], list[str]]]:
    """The faults by sheet, row and column, as they stand in the copy."""
    made: dict[str, dict[tuple[int, int], list[str]]] = {}
    for one in troubles:
        cell = one.row, one.column + 1
        made.setdefault(one.sheet, {}).setdefault(cell, []).append(one.said)
    return made
