"""What figures mean is said once in a report: under the first table that has them, or at the end of a volume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.document import Block, Column, Heading, PageBreak, Table

_TITLE = "指标口径"


def defined_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of which none repeats a note that stands under an earlier one."""
    said: set[str] = set()
    for block in blocks:
        if isinstance(block, Table | Chart):
            notes = tuple(note for note in block.notes if note not in said)
            said.update(notes)
            yield replace(block, notes=notes)
        else:
            yield block


def defined_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks without notes; what figures mean stands in a table on a last page, that each part may fit on its own."""
    said: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Table | Chart):
            said |= dict.fromkeys(block.notes)
            yield replace(block, notes=())
        else:
            yield block
    told = [note.partition("：") for note in said if "：" in note]
    if told:
        columns = (Column("指标", "figure", width=16), Column("口径", "definition", width=60, term=True))
        yield PageBreak()
        yield Heading(_TITLE, 1)
        yield Table(columns, [(name, text) for name, _, text in told])
