"""Tables on a terminal: columns that fit and align, or a card for each row when they cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from lianxin.core.document import Column, Table, Tone, Value, show
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
    bodies = [body_of(column, list({row[n] for row in cells})) for n, column in enumerate(columns)]
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
    cells = _texts(table.columns, table.rows)
    totals = _texts(table.columns, [table.totals] if table.totals else [])
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


def _texts(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> list[tuple[str, ...]]:
    """Rows as printed; each different value of a column is worked out once."""

    def printed(column: Column, values: Sequence[Value]) -> list[str]:
        text = lru_cache(None, typed=True)(lambda value: for_terminal(show(value, column.type)))
        return [text(value) for value in values]

    if not rows:
        return []
    return list(zip(*map(printed, columns, zip(*rows, strict=True)), strict=True))


def _grid(
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    totals: Sequence[Sequence[str]],
    *,
    groups: dict[int, str],
    found: Plan,
    paint: Paint,
) -> Iterator[str]:
    rule, dotted = paint.dim("─" * found.whole), paint.dim("┄" * found.whole)
    plain, toned = _laid(columns, found, Paint(color=False)), _laid(columns, found, paint)
    for line in plain([for_terminal(column.label) for column in columns]):
        yield paint.bold(line)
    yield rule
    airy = any(natural_width(text) > size for n, size in enumerate(found.widths) for text in {row[n] for row in cells})
    for n, row in enumerate(cells):
        if n in groups:
            yield from ([""] if n else [])
            yield from (paint.bold(line) for line in fold(f"【{for_terminal(groups[n])}】", found.whole))
        elif n and airy:
            yield dotted
        yield from toned(row)
    for row in totals:
        yield rule
        for line in plain(row):
            yield paint.bold(line)


def _laid(columns: Sequence[Column], found: Plan, paint: Paint) -> Callable[[Sequence[str]], Iterator[str]]:
    """How a row becomes lines; each different cell of a column is folded and padded once."""
    blanks = [*(" " * size for size in found.widths[:-1]), ""]

    def laid(n: int) -> Callable[[str], list[str]]:
        column, size, right = columns[n], found.widths[n], columns[n].type in NUMBERS

        @cache
        def lines(text: str) -> list[str]:
            tone = tone_of(column, text)
            padded = [pad(part, size, right=right) for part in fold(text, size)]
            padded = [part.rstrip(" ") for part in padded] if n == len(columns) - 1 else padded
            return [paint.tone(part, tone) if part.strip() else part for part in padded]

        return lines

    cells = [laid(n) for n in range(len(columns))]

    def lines_of(row: Sequence[str]) -> Iterator[str]:
        for parts in zip_longest(*[lines(text) for lines, text in zip(cells, row, strict=True)]):
            yield found.gap.join(
                [blank if part is None else part for part, blank in zip(parts, blanks, strict=True)]
            ).rstrip(" ")

    return lines_of


def _cards(
    table: Table,
    cells: Sequence[Sequence[str]],
    totals: Sequence[Sequence[str]],
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
