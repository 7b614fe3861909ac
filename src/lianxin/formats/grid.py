"""Tables on a terminal: columns that fit and align, or a card for each row when they cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lianxin.core.document import Column, Table, Tone, show
from lianxin.formats.cell import NUMBERS, tone_of
from lianxin.formats.paint import Paint
from lianxin.formats.sanitise import for_terminal
from lianxin.formats.share import body_of, spread, wish_of
from lianxin.formats.width import fold, natural_width, pad, text_width

_GAP = "  "
#: One after the other until the table fits, else cards read better: the gap between columns, how narrow text and
#: headings may be folded, and how many lines that may take.
_TRIES = (("  ", 10, 9), ("  ", 6, 9), (" ", 6, 4))
#: One slot of a card's line: label and a short value.
_SLOT = 38
_LABEL = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """The width of each column, and what stands between them."""

    widths: list[int]
    gap: str

    @property
    def whole(self) -> int:
        """The width of a line."""
        return sum(self.widths) + len(self.gap) * (len(self.widths) - 1)


def plan(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int) -> Plan | None:
    """The widths of the columns, or ``None`` when the table does not fit and cards read better.

    Compact columns keep their natural width; text columns share what is left so that rows stay low.
    """
    if len(columns) * 5 > width:
        return None
    bodies = [body_of(column, [row[n] for row in cells]) for n, column in enumerate(columns)]
    natural = [max(text_width(column.label), body.width, 1) for column, body in zip(columns, bodies, strict=True)]
    if sum(natural) + len(_GAP) * (len(columns) - 1) <= width:
        return Plan(natural, _GAP)
    for gap, narrowest, most_lines in _TRIES:
        room = width - len(gap) * (len(columns) - 1)
        wishes = [wish_of(column, body, narrowest) for column, body in zip(columns, bodies, strict=True)]
        widths = spread(wishes, room)
        tallest = max(-(-body.width // size) for body, size in zip(bodies, widths, strict=True))
        if sum(widths) <= room and tallest <= most_lines:
            return Plan(widths, gap)
    return None


def table_lines(table: Table, width: int, paint: Paint) -> Iterator[str]:
    """A table's lines, none wider than ``width``."""
    if table.caption:
        for line in fold(for_terminal(table.caption), width):
            yield paint.bold(line)
    cells = [_texts(row, table.columns) for row in table.rows]
    totals = [_texts(table.totals, table.columns)] if table.totals else []
    found = plan(table.columns, [*cells, *totals], width)
    groups = dict(table.groups)
    if found is None:
        yield from _cards(table, cells, totals, groups=groups, width=width, paint=paint)
    else:
        yield from _grid(table.columns, cells, totals, groups=groups, found=found, paint=paint)
    if not cells:
        yield paint.dim("（没有符合条件的记录）")
    for note in table.notes:
        first, *rest = fold(for_terminal(note), width - 4)
        yield paint.dim(f"注：{first}")
        yield from (paint.dim(f"    {line}".rstrip()) for line in rest)


def _texts(row: Sequence[object], columns: Sequence[Column]) -> list[str]:
    return [
        for_terminal(show(value, column.type))  # type: ignore[arg-type]
        for value, column in zip(row, columns, strict=True)
    ]


def _grid(
    columns: Sequence[Column],
    cells: Sequence[list[str]],
    totals: Sequence[list[str]],
    *,
    groups: dict[int, str],
    found: Plan,
    paint: Paint,
) -> Iterator[str]:
    rule = paint.dim("─" * found.whole)
    for line in _row_lines(columns, [for_terminal(column.label) for column in columns], found, paint, plain=True):
        yield paint.bold(line)
    yield rule
    airy = any(natural_width(row[n]) > size for row in cells for n, size in enumerate(found.widths))
    for n, row in enumerate(cells):
        if n in groups:
            yield from ([""] if n else [])
            yield from (paint.bold(line) for line in fold(f"【{for_terminal(groups[n])}】", found.whole))
        elif n and airy:
            yield paint.dim("┄" * found.whole)
        yield from _row_lines(columns, row, found, paint)
    for row in totals:
        yield rule
        for line in _row_lines(columns, row, found, paint, plain=True):
            yield paint.bold(line)


def _row_lines(
    columns: Sequence[Column], row: Sequence[str], found: Plan, paint: Paint, *, plain: bool = False
) -> Iterator[str]:
    folded = [fold(text, size) for text, size in zip(row, found.widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        padded = [
            pad(part, size, right=column.type in NUMBERS)
            for part, size, column in zip(parts, found.widths, columns, strict=True)
        ]
        padded[-1] = padded[-1].rstrip(" ")
        if paint.color and not plain:
            padded = [
                paint.tone(part, tone_of(column, text)) if part.strip() else part
                for part, column, text in zip(padded, columns, row, strict=True)
            ]
        yield found.gap.join(padded).rstrip(" ")


def _cards(
    table: Table,
    cells: Sequence[list[str]],
    totals: Sequence[list[str]],
    *,
    groups: dict[int, str],
    width: int,
    paint: Paint,
) -> Iterator[str]:
    for n, row in enumerate(cells):
        if n in groups:
            yield from ([""] if n else [])
            yield from (paint.bold(line) for line in fold(f"【{for_terminal(groups[n])}】", width))
        name = table.records[n] if n < len(table.records) else ""
        yield from _card(table.columns, row, f"{n + 1}. {for_terminal(name)}".rstrip(), width, paint)
    for row in totals:
        yield from _card(table.columns, row, "合计", width, paint)


def _card(columns: Sequence[Column], row: Sequence[str], title: str, width: int, paint: Paint) -> Iterator[str]:
    """One row as a small block: short values side by side, long ones on lines of their own, empty ones named last."""
    head = fold(f"── {title} ", width)
    head[-1] += " " if not head[-1].endswith(" ") else ""
    head[-1] += "─" * max(width - text_width(head[-1]), 0)
    yield from (paint.bold(line) for line in head)
    filled = [
        (for_terminal(column.label), text, tone_of(column, text))
        for column, text in zip(columns, row, strict=True)
        if text
    ]
    yield from pair_lines(filled, width, paint)
    empty = "、".join(for_terminal(column.label) for column, text in zip(columns, row, strict=True) if not text)
    if empty:
        yield from (paint.dim(line) for line in fold(f"未填：{empty}", width))


def pair_lines(
    pairs: Sequence[tuple[str, str, Tone]], width: int, paint: Paint, *, packed: bool = True
) -> Iterator[str]:
    """Labels and values, several to a line where they are short.

    Args:
        pairs: Label, value and how the value is meant; sanitised.
        width: No line is wider.
        paint: For labels and tones.
        packed: Put short pairs side by side; else one a line.
    """
    longest = max((text_width(label) for label, _, _ in pairs), default=0)
    label_width = min(longest, _LABEL if packed else max(width // 3, 4))
    slots = max(width // _SLOT, 1) if packed else 1
    slot = (width - len(_GAP) * (slots - 1)) // slots
    line: list[str] = []
    for label, text, tone in pairs:
        labels = fold(label, label_width)
        blanks = slot - label_width - len(_GAP) - text_width(text)
        short = len(labels) == 1 and "\n" not in text and blanks >= 0
        if line and (not short or len(line) == slots):
            yield _GAP.join(line).rstrip(" ")
            line = []
        if short:
            line.append(_labelled(label, label_width, paint.tone(text, tone), paint) + " " * blanks)
            continue
        values = fold(text, max(width - label_width - len(_GAP), 2))
        for key, part in zip_longest(labels, values, fillvalue=""):
            yield _labelled(key, label_width, paint.tone(part, tone), paint).rstrip(" ")
    if line:
        yield _GAP.join(line).rstrip(" ")


def _labelled(label: str, width: int, shown: str, paint: Paint) -> str:
    return paint.dim(label) + " " * (width - text_width(label)) + _GAP + shown
