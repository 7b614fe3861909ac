"""What no table holds on a terminal: a card for each row, and labelled values several to a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lianxin.core.document import Column, Table
from lianxin.core.tone import Tone
from lianxin.formats.cell import tone_of
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.screen.paint import Paint
from lianxin.formats.width import text_width, wrap

_GAP = "  "
#: One slot of a line: label and a short value.
_SLOT = 38
_LABEL = 12


def cards(
    table: Table,
    cells: Sequence[Sequence[str]],
    totals: Sequence[Sequence[str]],
    *,
    groups: dict[int, str],
    width: int,
    paint: Paint,
) -> Iterator[str]:
    """A table as one block a row, under the headings of its groups; the arguments are those of ``table_lines``."""
    for n, (name, row) in enumerate(zip(_names(table, cells), cells, strict=True)):
        if n in groups:
            yield from ([""] if n else [])
            yield from (paint.bold(line) for line in wrap(f"【{for_terminal(groups[n])}】", width))
        yield from _card(table.columns, row, f"{table.before + n + 1}. {name}".rstrip(), width, paint)
    for row in totals:
        yield from _card(table.columns, row, "合计", width, paint)


def _names(table: Table, cells: Sequence[Sequence[str]]) -> Sequence[str]:
    """What each row is called: its record, and where that has several rows, the first cell by which they differ."""
    records = [for_terminal(table.records[n]) if n < len(table.records) else "" for n in range(len(cells))]
    if len({*records}) == len(records) or not any(records):
        return records
    columns = (list(zip(records, column, strict=True)) for column in zip(*cells, strict=True))
    apart = next((pairs for pairs in columns if len({*pairs}) == len(pairs)), None)
    if apart is None:
        return records
    alone = len({*records}) == 1  # then the page is about it
    return [text.replace("\n", " ") if alone else f"{record} {text}".replace("\n", " ") for record, text in apart]


def _card(columns: Sequence[Column], row: Sequence[str], title: str, width: int, paint: Paint) -> Iterator[str]:
    """One row as a small block: short values side by side, long ones on lines of their own, empty ones named last."""
    head = wrap(f"── {title} ", width)
    head[-1] += " " if not head[-1].endswith(" ") else ""
    head[-1] += "─" * max(width - text_width(head[-1]), 0)
    yield from (paint.bold(line) for line in head)
    filled = [
        (for_terminal(column.label), text, tone_of(column, text))
        for column, text in zip(columns, row, strict=True)
        if text
    ]
    yield from pair_lines(filled, width, paint)
    empty = "、".join(
        for_terminal(column.label) for column, text in zip(columns, row, strict=True) if column.typed and not text
    )
    if empty:
        yield from (paint.dim(line) for line in wrap(f"未填：{empty}", width))


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
        labels = wrap(label, label_width)
        blanks = slot - label_width - len(_GAP) - text_width(text)
        short = len(labels) == 1 and "\n" not in text and blanks >= 0
        if line and (not short or len(line) == slots):
            yield _GAP.join(line).rstrip(" ")
            line = []
        if short:
            line.append(_labelled(label, label_width, paint.tone(text, tone), paint) + " " * blanks)
            continue
        values = wrap(text, max(width - label_width - len(_GAP), 2))
        for key, part in zip_longest(labels, values, fillvalue=""):
            yield _labelled(key, label_width, paint.tone(part, tone), paint).rstrip(" ")
    if line:
        yield _GAP.join(line).rstrip(" ")


def _labelled(label: str, width: int, shown: str, paint: Paint) -> str:
    return paint.dim(label) + " " * (width - text_width(label)) + _GAP + shown
