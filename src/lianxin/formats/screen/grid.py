"""Tables on a terminal: columns that fit and align; what does not fit goes to stacks and cards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import compress, pairwise, repeat
from operator import itemgetter
from typing import cast

from msgspec import Struct

from lianxin.core.document import Column, Table, Value, show
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.formats.cell import NUMBERS, tone_of
from lianxin.formats.face.sanitise import for_terminal, harmless
from lianxin.formats.screen.card import cards
from lianxin.formats.screen.paint import Paint
from lianxin.formats.share import body_of, kept_whole, spread, wish_of
from lianxin.formats.width import latin, pad, text_width, wrap

_GAP = "  "
#: Values that print alike when they are equal.
_PLAIN = frozenset({str, date, datetime, type(None)})
#: One after the other until the table fits, else cards read better: the gap between columns, how narrow text and
#: headings may be folded, and how many lines that may take.
_TRIES = (("  ", 10, 9), ("  ", 6, 9), (" ", 6, 4))


class Plan(Struct, frozen=True):
    """The width of each column, and what stands between them."""

    widths: list[int]
    gap: str

    @property
    def whole(self) -> int:
        """The width of a line."""
        return sum(self.widths) + len(self.gap) * (len(self.widths) - 1)


class Printed(Struct, frozen=True):
    """One column as printed: the text of each row, and the different ones among them."""

    texts: Sequence[str]
    different: Collection[str]


def plan(columns: Sequence[Column], texts: Sequence[Collection[str]], width: int) -> Plan | None:
    """The widths of the columns, or ``None`` when the table does not fit and cards read better.

    Compact columns keep their natural width; text columns share what is left so that rows stay low.

    Args:
        columns: Of the table.
        texts: The different texts of each column.
        width: To fit.
    """
    if len(columns) * 5 > width:
        return None
    bodies = [body_of(column, found) for column, found in zip(columns, texts, strict=True)]
    natural = [max(text_width(column.label), body.width, 1) for column, body in zip(columns, bodies, strict=True)]
    if sum(natural) + len(_GAP) * (len(columns) - 1) <= width:
        return Plan(natural, _GAP)
    bodies = [kept_whole(body, found) for body, found in zip(bodies, texts, strict=True)]
    for gap, narrowest, most_lines in _TRIES:
        room = width - len(gap) * (len(columns) - 1)
        wishes = [wish_of(column, body, narrowest) for column, body in zip(columns, bodies, strict=True)]
        widths = spread(wishes, room)
        tallest = max(-(-body.width // size) for body, size in zip(bodies, widths, strict=True))
        if sum(widths) <= room and tallest <= most_lines:
            return Plan(widths, gap)
    return None


def table_lines(table: Table, width: int, paint: Paint) -> Iterator[str]:
    """A table's lines, none wider than ``width``; those of rows that follow each other come as one text."""
    if table.caption:
        for line in wrap(for_terminal(table.caption), width):
            yield paint.bold(line)
    cells = printed(table.columns, table.rows)
    totals = printed(table.columns, [table.totals] if table.totals else [])
    found = plan(table.columns, [(*a.different, *b.different) for a, b in zip(cells, totals, strict=True)], width)
    groups = dict(table.groups)
    if table.below and (found is None or _folds(cells, found)):
        from lianxin.formats.screen.stack import stacked_lines

        yield from stacked_lines(table, _rows(cells), groups, width, paint)
    elif found is None:
        yield from cards(table, _rows(cells), _rows(totals), groups=groups, width=width, paint=paint)
    else:
        yield from _grid(table.columns, cells, totals, groups=groups, found=found, paint=paint)
    if not table.rows:
        yield paint.dim("（没有符合条件的记录）")
    for note in table.notes:
        first, *rest = wrap(for_terminal(note), width - 4)
        yield paint.dim(f"注：{first}")
        yield from (paint.dim(f"    {line}".rstrip()) for line in rest)


def _folds(cells: Sequence[Printed], found: Plan) -> bool:
    """Whether some cell takes more than a line."""
    return any(
        "\n" in text or text_width(text) > size
        for printed, size in zip(cells, found.widths, strict=True)
        for text in printed.different
    )


def printed(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> list[Printed]:
    """The columns as printed."""
    turned: Iterable[Sequence[Value]] = zip(*rows, strict=True) if rows else [()] * len(columns)
    return list(map(_column, columns, turned))


def _column(column: Column, values: Sequence[Value]) -> Printed:
    """One column as printed: what is not text already is worked out once, and all is looked at together."""
    different = {*values}
    types = {*map(type, different)}
    if types == {str} and column.type is not FieldType.DEADLINE:
        texts, among = cast("Sequence[str]", values), cast("set[str]", different)
        if harmless("".join(among)):
            return Printed(texts, among)  # as they are
    if types <= _PLAIN:  # numbers that are equal may still be printed differently
        known = {value: show(value, column.type) for value in different}
        if not harmless("".join(known.values())):
            known = {value: for_terminal(text) for value, text in known.items()}
        return Printed(list(map(known.__getitem__, values)), {*known.values()})
    texts = [for_terminal(show(value, column.type)) for value in values]
    return Printed(texts, {*texts})


def _rows(columns: Sequence[Printed]) -> list[tuple[str, ...]]:
    return list(zip(*(column.texts for column in columns), strict=True))


def _grid(
    columns: Sequence[Column],
    cells: Sequence[Printed],
    totals: Sequence[Printed],
    *,
    groups: dict[int, str],
    found: Plan,
    paint: Paint,
) -> Iterator[str]:
    rule, dotted = paint.dim("─" * found.whole), paint.dim("┄" * found.whole)
    plain = Paint(color=False)
    labels = [for_terminal(column.label) for column in columns]
    for row in _laid(columns, [Printed([label], {label}) for label in labels], found, plain):
        yield from map(paint.bold, row.split("\n"))
    yield rule
    rows = _laid(columns, cells, found, paint)
    between = f"\n{dotted}\n" if any("\n" in row for row in rows) else "\n"
    bounds = [*sorted(groups), len(rows)]
    yield from _together(rows[: bounds[0]], between)
    for n, end in pairwise(bounds):
        yield from ([""] if n else [])
        yield from (paint.bold(line) for line in wrap(f"【{for_terminal(groups[n])}】", found.whole))
        yield from _together(rows[n:end], between)
    for row in _laid(columns, totals, found, plain):
        yield rule
        yield from map(paint.bold, row.split("\n"))


def _together(rows: list[str], between: str) -> list[str]:
    """Rows as one text with something between them; none where there are no rows."""
    return [between.join(rows)] if rows else []


def _laid(columns: Sequence[Column], cells: Sequence[Printed], found: Plan, paint: Paint) -> list[str]:
    """Rows as lines; each different cell of a column is folded and padded once."""
    gaps = [*(found.gap for _ in found.widths[:-1]), ""]
    blanks = [*(" " * size + found.gap for size in found.widths[:-1]), ""]
    stacks, tall = list[Sequence[Sequence[str]]](), list[list[int]]()
    for n, (column, printed) in enumerate(zip(columns, cells, strict=True)):
        folded = _folded(column, printed.different, found.widths[n], paint, gaps[n])
        most = max(map(len, folded.values()), default=1)
        if most > 1:
            heights = {text: len(lines) for text, lines in folded.items()}
            tall.append(list(map(heights.__getitem__, printed.texts)))
            folded = {text: (*lines, *repeat(blanks[n], most - len(lines))) for text, lines in folded.items()}
        stacks.append(list(map(folded.__getitem__, printed.texts)))
    high = list(map(max, repeat(1), *tall)) if tall else [1] * len(cells[0].texts)
    return _stacked(stacks, high, blanks)


def _stacked(stacks: Sequence[Sequence[Sequence[str]]], high: list[int], blanks: Sequence[str]) -> list[str]:
    """Rows from the columns' cells, each as high as ``high`` says; a cell that ends before is followed by blanks.

    All first lines of the rows are made, then all second ones of those that have one, and so on: the interpreter
    runs such loops by itself.
    """
    rows: list[list[str]] = [[] for _ in high]
    left = rows
    for depth in range(max(high, default=0)):
        if depth:
            more = [height > depth for height in high]
            high, left = list(compress(high, more)), list(compress(left, more))
            stacks = [list(compress(cells, more)) if cells and len(cells[0]) > depth else () for cells in stacks]
        lines = map(str.rstrip, map("".join, zip(*_level(stacks, depth, blanks), strict=False)), repeat(" "))
        for row, line in zip(left, lines, strict=True):
            row.append(line)
    return list(map("\n".join, rows))


def _level(stacks: Sequence[Sequence[Sequence[str]]], depth: int, blanks: Sequence[str]) -> Iterator[Iterable[str]]:
    """The columns' lines at a depth; those that have ended are one blank with those beside them."""
    blank = ""
    for cells, nothing in zip(stacks, blanks, strict=True):
        if not cells:
            blank += nothing
            continue
        if blank:
            yield repeat(blank)
            blank = ""
        yield map(itemgetter(depth), cells)


def _folded(column: Column, texts: Collection[str], size: int, paint: Paint, gap: str) -> Mapping[str, tuple[str, ...]]:
    """Each text of a column as lines of its width and the gap; the last column, without one, needs no blanks either."""
    right = column.type in NUMBERS
    if gap and not column.tones and latin(texts) and max(map(len, texts), default=0) <= size:
        wide = size + len(gap)
        return {text: (text.rjust(size) + gap if right else text.ljust(wide),) for text in texts}
    made: dict[str, tuple[str, ...]] = {}
    for text in texts:
        lines = [pad(part, size, right=right) for part in wrap(text, size)]
        if not gap:
            lines = [line.rstrip(" ") for line in lines]
        tone = tone_of(column, text)
        if tone is not Tone.NORMAL:
            lines = [paint.tone(line, tone) if line.strip() else line for line in lines]
        made[text] = tuple([line + gap for line in lines])
    return made
