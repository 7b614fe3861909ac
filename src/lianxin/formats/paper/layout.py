"""A document on A4, whatever sets it: which blocks lie across, how small a table is set, how wide its columns are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.document import Block, Document, Heading, PageBreak, Paragraph, Table, picked
from lianxin.core.paper import OPENING, Part, set_in
from lianxin.core.text.pattern import late
from lianxin.formats.share import Body, bodies_of, least_widths, shares, squeezed
from lianxin.formats.width import text_width


class Size(StrEnum):
    """How a table is set: by how many columns it has, and by what stands in them."""

    PLAIN = "plain"  # 10.5 pt
    SMALL = "small"  # 8 pt, on paper upright
    WIDE = "wide"  # 8.5 pt, on paper lying across
    HUGE = "huge"  # 7.5 pt, on paper lying across


#: More columns than this make a table wide.
_WIDE = 9
#: A wide table of no more rows stays on the page it belongs to, where its columns fit.
_SHORT = 30

#: Latin characters side by side on the paper, cell padding in them, how narrow text may get.
_ROOM = {Size.PLAIN: (82, 2, 6), Size.SMALL: (109, 1, 6), Size.WIDE: (172, 2, 6), Size.HUGE: (196, 1, 6)}
_LYING = (136, 2, 6)
_BROAD = (288, 1, 6)
#: How narrow text may get before a table is set smaller, and before it is divided.
_COMFORTABLE, _LEGIBLE = 10, 8
#: Columns by which a row is known in every block of a divided table.
KNOWN_BY = ("编号", "事由", "事项", "问题描述", "项目名称")
_MOST_KNOWN = 2

#: Latin characters of a title's type on one line.
_TITLE, _TITLE_LYING = 38, 64
#: How the name of an office ends.
_OFFICE = late("办公室|委员会|人民政府|党委|支部|中心|(?<=.)[局站所办](?!理)")


class Run(Struct, frozen=True):
    """Blocks on paper of one direction and size."""

    lying: bool
    blocks: list[Block]
    large: bool = False


def size_of(table: Table, *, lying: bool = False) -> Size:
    """How a table is set.

    Args:
        table: What stands in it.
        lying: The whole document lies across.
    """
    return _size(table, bodies_of(table), lying=lying)


def _size(table: Table, bodies: Sequence[Body], *, lying: bool) -> Size:
    if len(table.columns) <= _WIDE:
        return Size.SMALL if not lying and squeezed(table, bodies, *_ROOM[Size.PLAIN]) else Size.PLAIN
    if not lying and len(table.rows) <= _SHORT and _fits(table, bodies, Size.SMALL, _ROOM[Size.SMALL][2]):
        return Size.SMALL
    return Size.WIDE if _fits(table, bodies, Size.WIDE, _COMFORTABLE) else Size.HUGE


def _fits(table: Table, bodies: Sequence[Body], size: Size, narrowest: int) -> bool:
    room, padding, _ = _ROOM[size]
    return sum(least_widths(table, bodies, padding, narrowest)) <= room


def divided(table: Table) -> list[Table]:
    """A table too wide for A4 in blocks of columns, each with those by which a row is known; else the table alone."""
    if len(table.columns) <= _WIDE:
        return [table]
    room, padding, _ = _ROOM[Size.HUGE]
    widths = least_widths(table, bodies_of(table), padding, _LEGIBLE)
    if sum(widths) <= room:
        return [table]
    labels = [column.label for column in table.columns]
    known = [labels.index(label) for label in KNOWN_BY if label in labels][:_MOST_KNOWN]
    others = [n for n in range(len(labels)) if n not in known]
    whole, inside = sum(widths[n] for n in others), room - sum(widths[n] for n in known)
    many = -(-whole // max(inside, 1))
    blocks: list[list[int]] = [[] for _ in range(many)]
    filled = 0
    for n in others:
        blocks[min(filled * many // whole, many - 1)].append(n)
        filled += widths[n]
    found = [picked(table, sorted((*known, *block))) for block in blocks if block]
    last = len(found) - 1
    return [
        replace(one, caption=f"{table.caption}（{n + 1}/{last + 1}）", notes=one.notes if n == last else ())
        for n, one in enumerate(found)
    ]


def measured(table: Table, *, lying: bool, large: bool = False) -> tuple[Size, list[float]]:
    """How a table is set, and its columns' shares of the paper's width, in percent.

    Args:
        table: What stands in it.
        lying: The whole document lies across.
        large: On A3 where it is too wide for A4.
    """
    bodies = bodies_of(table)
    size = _size(table, bodies, lying=lying)
    broad = large and size is Size.HUGE
    return size, shares(table, bodies, *(_BROAD if broad else _LYING if lying and size is Size.PLAIN else _ROOM[size]))


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
    for block in _laid(document):
        size = size_of(block, lying=document.landscape) if isinstance(block, Table) else Size.PLAIN
        lying = document.landscape or size in (Size.WIDE, Size.HUGE)
        large = document.large and size is Size.HUGE
        moved: list[Block] = []
        turned = bool(found) and (found[-1].lying, found[-1].large) != (lying, large)
        while lying and turned and found[-1].blocks and _opens(found[-1].blocks[-1]):
            moved.insert(0, found[-1].blocks.pop())
        if found and not found[-1].blocks:
            found.pop()
        if not found or (found[-1].lying, found[-1].large) != (lying, large):
            if found and isinstance(found[-1].blocks[-1], PageBreak):
                found[-1].blocks.pop()
            found.append(Run(lying, [], large))
            if len(found) > 1 and isinstance(block, PageBreak):
                continue
        found[-1].blocks.extend([*moved, block])
    return [run for run in found if run.blocks] or [Run(document.landscape, [])]


def _laid(document: Document) -> Iterator[Block]:
    """The blocks, tables that do not fit divided."""
    for block in document.blocks:
        yield from divided(block) if isinstance(block, Table) and not document.large else (block,)


def _opens(block: Block) -> bool:
    """Whether it stands over what follows: a heading, the head of an enclosure."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.part in OPENING)


def signs(block: Block | None) -> bool:
    """Whether it is a signature, which never begins a page."""
    return isinstance(block, Paragraph) and block.part is Part.SIGNATURE


def closes(block: Block) -> bool:
    """Whether it is the signature or the day under it."""
    return isinstance(block, Paragraph) and block.part in (Part.SIGNATURE, Part.DATE)


def insets(blocks: Sequence[Block]) -> Mapping[Part, float]:
    """How far from the right a signature, and the day under it, stand, in characters."""
    told = {one.part: one.text for one in blocks if isinstance(one, Paragraph)}
    name, day = set_in(told.get(Part.SIGNATURE, ""), told.get(Part.DATE, ""))
    return {Part.SIGNATURE: name, Part.DATE: day}
