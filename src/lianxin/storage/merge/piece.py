"""A record's text taken apart by lines: a piece for each field, and for each item of a list with lines of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from lianxin.storage.read.position import Positions, positions


class Piece(Struct, frozen=True):
    """The lines of one field, comments above it included.

    Attributes:
        lines: All of them.
        opening: Of a list with a line for each item, those before the first; else none.
        items: The lines of each item.
        dash: In which column (from 0) its dashes stand.
    """

    lines: tuple[str, ...]
    opening: tuple[str, ...] = ()
    items: tuple[tuple[str, ...], ...] = ()
    dash: int = 0


def pieces(text: str) -> dict[str, Piece]:
    """A text by its fields; nothing of one whose fields have no lines of their own.

    Args:
        text: It can be read, and its lines end with line feeds alone.
    """
    where = positions(text.encode())
    lines = text.removesuffix("\n").split("\n")
    heads = sorted((place[0] - 1, str(loc[0])) for loc, place in where.keys.items() if len(loc) == 1)
    rows = [row for row, _ in heads]
    if len({*rows}) != len(rows):
        return {}
    starts = [0, *(_above(lines, row, before) for before, row in pairwise(rows))]
    ends = [*starts[1:], len(lines)]
    found: dict[str, Piece] = {}
    for (_, label), first, end in zip(heads, starts, ends, strict=True):
        found[label] = _piece(lines, first, end, label, where)
    return found


def _above(lines: Sequence[str], row: int, least: int) -> int:
    """The first of the comments and blank lines right above a line."""
    while row - 1 > least and (not lines[row - 1].strip() or lines[row - 1].lstrip().startswith("#")):
        row -= 1
    return row


def _piece(lines: Sequence[str], first: int, end: int, label: str, where: Positions) -> Piece:
    whole = tuple(lines[first:end])
    places: list[tuple[int, int]] = []
    while (place := where.values.get((label, len(places)))) is not None:
        places.append(place)
    dashes = {_dash(lines[row - 1], col - 1) for row, col in places}
    rows = [row - 1 for row, _ in places]
    if len(dashes) != 1 or -1 in dashes or len({*rows}) != len(rows):
        return Piece(whole)
    opened = where.keys[(label,)][0]
    starts = [_above(lines, row, before) for before, row in zip([opened - 1, *rows], rows, strict=False)]
    ends = [*starts[1:], end]
    items = tuple(tuple(lines[one:other]) for one, other in zip(starts, ends, strict=True))
    return Piece(whole, tuple(lines[first : starts[0]]), items, dashes.pop())


def _dash(line: str, col: int) -> int:
    """Where the dash of an item stands, if the item begins on its line; else -1."""
    before = line[:col]
    return before.index("-") if before.strip() == "-" else -1
