"""A document on A4, whatever sets it: which blocks lie across, how small a table is set, how wide its columns are."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.dataclass import dataclass
from lianxin.core.document import Block, Document, Heading, Table
from lianxin.formats.share import shares


class Size(StrEnum):
    """How a table is set: by how many columns it has."""

    PLAIN = "plain"  # 10.5 pt
    WIDE = "wide"  # 8.5 pt, on paper lying across
    HUGE = "huge"  # 6 pt, on paper lying across


#: More columns than this make a table wide, or huge.
_WIDE, _HUGE = 9, 18

#: Latin characters side by side on the paper, cell padding in them, how narrow text may get.
_ROOM = {Size.PLAIN: (82, 2, 6), Size.WIDE: (172, 2, 6), Size.HUGE: (244, 1, 4)}
_LYING = (136, 2, 6)


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks on paper of one direction."""

    lying: bool
    blocks: list[Block]


def size_of(table: Table) -> Size:
    """How a table is set."""
    count = len(table.columns)
    return Size.HUGE if count > _HUGE else Size.WIDE if count > _WIDE else Size.PLAIN


def widths_of(table: Table, *, lying: bool) -> list[float]:
    """The columns' shares of the paper's width, in percent."""
    size = size_of(table)
    return shares(table, *(_LYING if lying and size is Size.PLAIN else _ROOM[size]))


def runs(document: Document) -> list[Run]:
    """The blocks in order; a wide table lies across, and the headings right before it lie with it."""
    found: list[Run] = []
    for block in document.blocks:
        lying = document.landscape or (isinstance(block, Table) and size_of(block) is not Size.PLAIN)
        moved: list[Block] = []
        while lying and found and not found[-1].lying and isinstance(found[-1].blocks[-1], Heading):
            moved.insert(0, found[-1].blocks.pop())
            if not found[-1].blocks:
                found.pop()
        if not found or found[-1].lying is not lying:
            found.append(Run(lying, []))
        found[-1].blocks.extend([*moved, block])
    return found or [Run(document.landscape, [])]
