"""What is shown of a workbook that came back: field by field what was sent, what stands now, what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.actions.back.receive import Received
from lianxin.actions.back.told import Difference, Standing, Told
from lianxin.actions.bring.draft import Trouble
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.document import document_of
from lianxin.storage.book import LedgerBook

_COLUMNS = (
    Column("行", "row", FieldType.INTEGER, width=4),
    Column("记录", "record", width=14, term=True),
    Column("栏目", "field", width=12, term=True),
    Column("发出时", "sent", privacy=Privacy.STORY, width=16),
    Column("台账现在", "now", privacy=Privacy.STORY, width=16),
    Column("交回的", "back", privacy=Privacy.STORY, width=20),
    Column("记成", "becomes", width=10, term=True, tones=tuple((one.value, Tone.WARNING) for one in Standing)),
)
_VALUES = range(3, 6)
_NOT = (Column("位置", "place", width=24, term=True), Column("没有收的和要知道的", "said", width=52))


def page(book: LedgerBook, done: Received, *, veil: bool) -> Document:
    """All of it: the differences that may be taken, those to be looked at, and what is not taken.

    Args:
        book: The records.
        done: What was worked out.
        veil: Others may read along.
    """
    found = done.found
    blocks: list[Block] = [Paragraph("\n".join(_counted(done)))]
    for standing, caption in _CAPTIONS.items():
        cells = [one for one in found.told if one.standing is standing]
        if cells:
            blocks.append(_table(cells, f"{caption}（{len(cells)} 处）"))
    troubles = [*found.troubles, *done.refused]
    if troubles:
        several = len({one.sheet for one in troubles}) > 1
        rows = [(_place(one, several=several), one.public if veil else one.said) for one in troubles]
        blocks.append(Table(_NOT, rows, caption=f"没有收的和要知道的（{len(troubles)} 处）", below=("said",)))
    return document_of(book, f"{found.sent.called}交回的{found.sent.ledger}", blocks, "back")


_CAPTIONS = {
    Standing.CLEAN: "可以收的",
    Standing.STALE: "发出以后台账动过这一条的，要您看过才收",
    Standing.CONFLICT: "台账里这一栏也改了的，要您定用哪个",
    Standing.EMPTIED: "交回来是空的，要您定删不删",
}


def _counted(done: Received) -> Iterator[str]:
    found = done.found
    yield f"{found.sent.at} 发给{found.sent.called}，{found.rows} 行。"
    if found.same:
        yield f"已经收过或台账里本来就是这样的：{found.same} 处"
    if not found.told:
        yield "没有要收的"


def _table(cells: Sequence[Told], caption: str) -> Table:
    rows = [
        (one.row, one.id, one.label, one.sent or None, one.now or None, one.back or None, one.becomes) for one in cells
    ]
    hidden = frozenset((n, at) for n, one in enumerate(cells) if one.private for at in _VALUES)
    return Table(_COLUMNS, rows, [one.id for one in cells], caption=caption, inner=hidden)


def _place(one: Trouble, *, several: bool) -> str:
    where = one.place if one.column >= 0 or one.row > 1 else "整张表"
    return f"{one.sheet} {where}" if several else where


def line(cell: Told) -> str:
    """One difference in a line, for a question: ``办理结果：（空）→ 修好了``."""
    before = cell.now or "（空）"
    after = cell.back or "（空）"
    sent = f"（发出时：{cell.sent or '空'}）" if cell.standing is Standing.CONFLICT else ""
    doubt = "" if cell.standing is Standing.CLEAN else f"　★{cell.standing.value}"
    return f"{cell.label}：{before}{sent} → {after}　记成{cell.becomes}{doubt}"


def listed(found: Difference) -> list[tuple[int, str, list[Told]]]:
    """The rows that something is to be taken of: number, record, cells."""
    rows: dict[tuple[str, int], list[Told]] = {}
    for cell in found.told:
        rows.setdefault((cell.sheet, cell.row), []).append(cell)
    return [(row, cells[0].id, cells) for (_, row), cells in rows.items()]
