"""Rows of a table too wide for the screen: a line of what each is, and under it what is to be known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianxin.core.document import Table
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.screen.paint import Paint
from lianxin.formats.width import pad, text_width, wrap

_GAP = "  "

#: A text that has less than this beside it stands under it.
_NARROWEST = 10


def stacked_lines(
    table: Table, rows: Sequence[Sequence[str]], groups: Mapping[int, str], width: int, paint: Paint
) -> Iterator[str]:
    """A table's rows, none wider than ``width``.

    Args:
        rows: Their texts, harmless.
        groups: Headings by the first row under each.
    """
    names = [column.name for column in table.columns]
    below = [names.index(name) for name in table.below]
    above = [n for n in range(len(names)) if n not in below]
    sizes = [max((text_width(row[n]) for row in rows), default=0) for n in above[:-1]]
    hang = sum(sizes) + len(_GAP) * len(sizes)
    beside = width - hang >= _NARROWEST
    for n, row in enumerate(rows):
        if n in groups:
            yield from (paint.bold(line) for line in wrap(f"【{for_terminal(groups[n])}】", width))
        head = "".join(pad(row[at], size) + _GAP for at, size in zip(above, sizes, strict=False))
        if not beside:
            yield from wrap(head.rstrip(), width)
        for place, line in enumerate(wrap(row[above[-1]], width - (hang if beside else len(_GAP)))):
            yield (head if beside and not place else " " * (hang if beside else len(_GAP))) + line
        told = _GAP.join(row[at].replace("\n", " ") for at in below if row[at])
        yield from (_GAP + line for line in wrap(told, width - len(_GAP)) if line)
