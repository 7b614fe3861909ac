"""Where in a document something stands that a look at its texts found: the record, or the part of the paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from lianxin.core.chart import Chart
from lianxin.core.document import Block, Cover, Document, Heading, KeyValues, Paragraph, Table, Timeline
from lianxin.core.value import FieldType

#: Whether a text, or several with line breaks between them, holds what is looked for.
Wanted = Callable[[str], bool]


def places(document: Document, wanted: Wanted, aside: Collection[FieldType] = ()) -> list[str]:
    """Record ids, or parts of the document, each once; empty when it stands nowhere.

    Args:
        document: To be looked through.
        wanted: What is looked for.
        aside: Types of cells that are passed over.
    """
    head, origin = document.masthead, document.provenance
    lines = [document.title, document.subtitle, *((head.name, head.issuer, *head.foot) if head else ())]
    lines += (origin.filter, origin.period, origin.form, origin.recipe) if origin else ()
    found = ["标题"] if _in(lines, wanted) else []
    for block in document.blocks:
        found += _block(block, wanted, aside)
    return list(dict.fromkeys(found))


def _in(texts: Iterable[str], wanted: Wanted) -> bool:
    return wanted("\n".join(texts))


def _block(block: Block, wanted: Wanted, aside: Collection[FieldType]) -> Iterator[str]:
    match block:
        case Table():
            yield from _table(block, wanted, aside)
        case KeyValues():
            for pair in block.pairs:
                if pair.type not in aside and isinstance(pair.value, str) and wanted(pair.value):
                    yield pair.record or f"「{pair.label}」"
        case Paragraph():
            if wanted(block.text):
                yield block.record or "正文"
        case Timeline():
            if _in((f"{entry.label}\n{entry.text}\n{entry.actor}" for entry in block.entries), wanted):
                yield block.record or "经过"
        case Heading():
            if wanted(block.text):
                yield "标题"
        case Cover():
            if _in((block.title, *block.lines), wanted):
                yield "封面"
        case Chart():
            if _in((block.title, *block.labels, *(one.name for one in block.series), *block.notes), wanted):
                yield f"图「{block.heading}」"
        case _:
            pass


def _table(table: Table, wanted: Wanted, aside: Collection[FieldType]) -> Iterator[str]:
    outside = [table.caption, *table.notes, *(text for _, text in table.groups)]
    if _in([*outside, *(str(value) for value in table.totals if isinstance(value, str))], wanted):
        yield f"「{table.caption or '表'}」"
    for n, column in enumerate(table.columns):
        if column.type in aside:
            continue
        # all of a column at once; the rows are looked at only when there is something
        texts = {row[n] for row in table.rows if isinstance(row[n], str)}
        if not _in(map(str, texts), wanted):
            continue
        for place, row in enumerate(table.rows):
            if isinstance(row[n], str) and wanted(str(row[n])):
                yield table.records[place] if place < len(table.records) else f"第 {place + 1} 行「{column.label}」"
