"""Where in a document something stands that a look at its texts found: the record, or the part of the paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from lianxin.core.chart import Chart
from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Block,
    Column,
    Cover,
    Document,
    Heading,
    KeyValues,
    Pair,
    Paragraph,
    Table,
    Timeline,
    Value,
    parts,
)
from lianxin.core.picture import Pictures
from lianxin.core.text.fold import APART
from lianxin.core.value import FieldType


class Manner(StrEnum):
    """Whose words a text is."""

    FREE = "自由文字"  # anybody's
    TERM = "名称"  # may be what a village, a unit, a category is called
    OWN = "固定文字"  # headings, captions, sentences of the tool's or the office's own


class Said(Struct, frozen=True):
    """A text of a document, or several kept apart by ``core.fold.APART``; ``label`` stands over it."""

    text: str
    manner: Manner = Manner.FREE
    label: str = ""


#: Whether a text holds what is looked for.
Wanted = Callable[[Said], bool]


def places(document: Document, wanted: Wanted, aside: Collection[FieldType] = ()) -> list[str]:
    """Record ids, or parts of the document, each once; empty when it stands nowhere.

    Args:
        document: To be looked through.
        wanted: What is looked for.
        aside: Types of cells that are passed over.
    """
    head, origin = document.masthead, document.provenance
    lines = [document.title, document.subtitle, *((*head.over, *head.under) if head else ())]
    lines += (origin.filter, origin.period, origin.form, origin.recipe) if origin else ()
    found = ["标题"] if wanted(_own(lines)) else []
    for block in document.blocks:
        found += _block(block, wanted, aside)
    return list(dict.fromkeys(found))


def _own(texts: Iterable[str]) -> Said:
    return Said(APART.join(texts), Manner.OWN)


def _spoken(text: str, privacy: Privacy) -> Said:
    return Said(text, Manner.OWN if privacy is Privacy.OPEN else Manner.FREE)


def _cell(where: Column | Pair, text: str) -> Said:
    """What is called so in public may stand in a name's place too: one side of a pairing is a village."""
    term = where.term or where.privacy is Privacy.NAME
    return Said(text, Manner.TERM if term else Manner.FREE, where.label)


def _texts(value: Value) -> list[str]:
    return [one for one in parts(value) if isinstance(one, str)]


def _block(block: Block, wanted: Wanted, aside: Collection[FieldType]) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block, wanted, aside)
        case KeyValues():
            for pair in block.pairs:
                if pair.type not in aside and any(wanted(_cell(pair, text)) for text in _texts(pair.value)):
                    yield pair.record or f"「{pair.label}」"
        case Paragraph():
            if wanted(_spoken(block.text, block.privacy)):
                yield block.record or "正文"
        case Timeline():
            told = [
                Said(APART.join(entry.text for entry in block.entries)),
                _own(entry.label for entry in block.entries),
            ]
            if any(map(wanted, [*told, *(Said(entry.actor, Manner.TERM) for entry in block.entries)])):
                yield block.record or "经过"
        case Heading():
            if wanted(_spoken(block.text, block.privacy)):
                yield "标题"
        case Cover():
            if wanted(_own((block.title, *block.lines))):
                yield "封面"
        case Chart():
            own = _own((block.title, *(one.name for one in block.series), *block.notes))
            if wanted(own) or wanted(_spoken(APART.join(block.labels), block.privacy)):
                yield f"图「{block.heading}」"
        case Pictures():
            yield from (one.record or "照片" for one in block.pictures if wanted(Said(one.caption)))
        case _:
            pass


def _table(table: Table, wanted: Wanted, aside: Collection[FieldType]) -> Iterator[str]:
    outside = _own([table.caption, *table.notes, *(text for _, text in table.groups)])
    if wanted(outside) or wanted(Said(APART.join(str(value) for value in table.totals if isinstance(value, str)))):
        yield f"「{table.caption or '表'}」"
    for n, column in enumerate(table.columns):
        if column.type in aside:
            continue
        # all of a column at once; what differs, and the rows, are looked at only when there is something
        texts = {text for value in {row[n] for row in table.rows} for text in _texts(value)}
        if not wanted(Said(APART.join(texts), Manner.FREE, column.label)):
            continue
        found = {text for text in texts if wanted(_cell(column, text))}
        for place, row in enumerate(table.rows if found else ()):
            if not found.isdisjoint(_texts(row[n])):
                yield table.records[place] if place < len(table.records) else f"第 {place + 1} 行「{column.label}」"
