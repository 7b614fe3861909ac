"""A document on A4, whatever sets it: which blocks lie across, how small a table is set, how wide its columns are."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from lianxin.core.document import Block, Document, Heading, PageBreak, Paragraph, Table
from lianxin.core.paper import OPENING
from lianxin.core.text.pattern import late
from lianxin.formats.share import shares
from lianxin.formats.width import text_width


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

#: Latin characters of a title's type on one line.
_TITLE, _TITLE_LYING = 38, 64
#: How the name of an office ends.
_OFFICE = late("办公室|委员会|人民政府|党委|支部|中心|(?<=.)[局站所办](?!理)")


class Run(Struct, frozen=True):
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


def title_of(document: Document) -> str:
    """The title as it is set: what does not fit on a line is broken after an office's name, else in the middle."""
    most = _TITLE_LYING if runs(document)[0].lying else _TITLE
    return "\n".join(part for line in document.title.split("\n") for part in _broken(line, most))


def _broken(line: str, most: int) -> tuple[str, ...]:
    if text_width(line) <= most:
        return (line,)
    middle = len(line) / 2
    places = [found.end() for found in _OFFICE.finditer(line)]
    fitting = [n for n in places if max(text_width(line[:n]), text_width(line[n:])) <= most]
    at = min(fitting, key=lambda n: abs(n - middle), default=round(middle))
    return (*_broken(line[:at], most), *_broken(line[at:], most))


def runs(document: Document) -> list[Run]:
    """The blocks in order; a wide table lies across, and what opens it right before it lies with it.

    Where paper is turned a page begins anyway: a break before or after that would leave one empty.
    """
    found: list[Run] = []
    for block in document.blocks:
        lying = document.landscape or (isinstance(block, Table) and size_of(block) is not Size.PLAIN)
        moved: list[Block] = []
        while lying and found and not found[-1].lying and found[-1].blocks and _opens(found[-1].blocks[-1]):
            moved.insert(0, found[-1].blocks.pop())
        if found and not found[-1].blocks:
            found.pop()
        if not found or found[-1].lying is not lying:
            if found and isinstance(found[-1].blocks[-1], PageBreak):
                found[-1].blocks.pop()
            found.append(Run(lying, []))
            if len(found) > 1 and isinstance(block, PageBreak):
                continue
        found[-1].blocks.extend([*moved, block])
    return [run for run in found if run.blocks] or [Run(document.landscape, [])]


def _opens(block: Block) -> bool:
    """Whether it stands over what follows: a heading, the head of an enclosure."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.part in OPENING)
