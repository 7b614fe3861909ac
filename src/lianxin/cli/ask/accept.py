"""Row by row, what is taken of a workbook that came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lianxin.cli.run.prompt import choose, confirm
from lianxin.cli.run.saying import speak

if TYPE_CHECKING:
    from lianxin.actions.back.receive import Received
    from lianxin.actions.back.told import Told

Key = tuple[str, str, str, str]

_ALL, _NONE, _EACH, _REST, _STOP = "收", "不收", "一栏一栏问", "后面没有疑问的都收", "后面的都不收"


def accepted(found: Received) -> frozenset[Key]:
    """What she accepts, a question a row; rows in which something is doubtful are asked about column by column."""
    return frozenset(cell.key for cell in _accepted(found))


def _accepted(found: Received) -> Iterator[Told]:
    from lianxin.actions.back.page import line, listed
    from lianxin.actions.back.receive import clean

    going = {cell.key for cells in found.taken.values() for cell in cells}  # of the rest it is told why not
    every = [
        (row, id_, [cell for cell in cells if cell.key in going or not clean(cell)])
        for row, id_, cells in listed(found.found)
    ]
    rows = [one for one in every if one[2]]
    for n, (row, id_, cells) in enumerate(rows):
        told = "\n".join(f"  {line(cell)}" for cell in cells)
        speak(f"\n（{n + 1}/{len(rows)}）第 {row} 行　{id_} {found.found.titles[id_]}\n{told}\n")
        doubtful = not all(map(clean, cells))
        choices = [_EACH, _NONE] if doubtful else [_ALL, _NONE, *([_EACH] if len(cells) > 1 else [])]
        if n + 1 < len(rows):
            choices += [_REST, _STOP]
        picked = choose("这一行：", [(one, one) for one in choices], first=choices[0])
        if picked == _STOP:
            return
        if picked == _REST:
            yield from (cell for _, _, later in rows[n:] for cell in later if clean(cell))
            return
        if picked == _ALL:
            yield from cells
        elif picked == _EACH:
            yield from _each(cells)


def _each(cells: Sequence[Told]) -> Iterator[Told]:
    from lianxin.actions.back.page import line
    from lianxin.actions.back.receive import clean

    for cell in cells:
        if confirm(f"  {line(cell)}\n  收这一栏吗？", doubtful=not clean(cell)):
            yield cell
