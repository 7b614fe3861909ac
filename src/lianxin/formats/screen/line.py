"""A long list for whoever reads lines, as ``grep`` and ``less`` do: a record a line, however wide.

The columns are as wide as the first part of it wants; a longer text later moves what follows it on its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lianxin.core.document import Column, Document, Table
from lianxin.formats.cell import NUMBERS
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.screen.grid import Printed, printed
from lianxin.formats.width import pad, text_width

_GAP = "  "


def record_lines(parts: Iterable[Document]) -> Iterator[str]:
    """The lines of each part: the title and headings before the first, what is told of all of them under the last."""
    widths: list[int] = []
    for part in parts:
        for table in (block for block in part.blocks if isinstance(block, Table)):
            cells = [_one_line(found) for found in printed(table.columns, table.rows)]
            text = ""
            if not widths:
                widths = [_width(column, found) for column, found in zip(table.columns, cells, strict=True)]
                text = _head(part.title, table.columns, widths)
            columns = [
                _padded(column, found, size) for column, found, size in zip(table.columns, cells, widths, strict=True)
            ]
            text += "".join(f"{line.rstrip(' ')}\n" for line in map(_GAP.join, zip(*columns, strict=True)))
            yield text + "".join(f"注：{for_terminal(note)}\n" for note in table.notes)


def _one_line(found: Printed) -> Printed:
    if not any("\n" in text for text in found.different):
        return found
    texts = [text.replace("\n", " ") for text in found.texts]
    return Printed(texts, {*texts})


def _width(column: Column, found: Printed) -> int:
    return max(text_width(for_terminal(column.label)), *map(text_width, found.different), 1)


def _head(title: str, columns: Sequence[Column], widths: Sequence[int]) -> str:
    labels = (pad(for_terminal(column.label), size) for column, size in zip(columns, widths, strict=True))
    rule = "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return f"{for_terminal(title)}\n\n{_GAP.join(labels).rstrip(' ')}\n{rule}\n"


def _padded(column: Column, found: Printed, size: int) -> list[str]:
    """The texts of a column; each different one is padded once."""
    right = column.type in NUMBERS
    known = {text: pad(text, size, right=right) for text in found.different}
    return list(map(known.__getitem__, found.texts))
