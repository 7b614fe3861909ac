"""The outward face of a document: names, telephones, addresses and identity numbers hidden, in fields and in free text.

Every cell is treated by its column's privacy class. All other text (stories, headings, captions, notes, the filter in
the provenance) is searched for what those cells hold, for ``document.names``, and for anything like a telephone or
ID-card number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Entry,
    Face,
    Heading,
    KeyValues,
    Masthead,
    PageBreak,
    Pair,
    Paragraph,
    Table,
    Timeline,
    Value,
    show,
)
from lianxin.core.field import Privacy
from lianxin.core.value import FieldType
from lianxin.formats.mask_text import Veil, like_place, mask_address, mask_name, mask_one, mask_phone, names_in

_HIDDEN = {Privacy.INTERNAL: "（内部）", Privacy.IDENTITY: "（不公开）"}
_SHORTENED: dict[Privacy, Callable[[str], str]] = {
    Privacy.NAME: mask_name,
    Privacy.PHONE: mask_phone,
    Privacy.ADDRESS: mask_address,
}
#: A telephone or address no longer than this (无, 本村) says nothing and would be found everywhere.
_SHORTEST_SECRET = 4
#: Types whose text is made by the tool or chosen from a list; no villager's words stand there.
IMPERSONAL = frozenset(
    {FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE, FieldType.REF, FieldType.FLAG, FieldType.CHOICE}
)


def mask(document: Document, face: Face) -> Document:
    """The document as ``face`` may see it; the internal face is the document itself."""
    origin = document.provenance
    if face is Face.INTERNAL:
        return replace(document, provenance=replace(origin, face=face) if origin else None)
    veil = Veil(_secrets(document), _private_labels(document))
    return replace(
        document,
        title=veil.hide(document.title),
        subtitle=veil.hide(document.subtitle),
        blocks=tuple(_block(block, veil) for block in document.blocks),
        names=frozenset(),
        masthead=_masthead(document.masthead, veil),
        provenance=replace(
            origin,
            face=face,
            filter=veil.hide_filter(origin.filter),
            period=veil.hide(origin.period),
            form=veil.hide(origin.form),
            recipe=veil.hide_filter(origin.recipe),
        )
        if origin
        else None,
    )


def _masthead(head: Masthead | None, veil: Veil) -> Masthead | None:
    if head is None:
        return None
    name, issuer = veil.hide(head.name), veil.hide(head.issuer)
    return replace(head, name=name, issuer=issuer, foot=tuple(map(veil.hide, head.foot)))


def _classed(document: Document) -> Iterator[tuple[Privacy, Value, FieldType]]:
    """Every value that has a privacy class of its own."""
    for block in document.blocks:
        match block:
            case Table():
                for n, column in enumerate(block.columns):
                    if column.privacy in _SHORTENED or column.privacy is Privacy.IDENTITY:
                        yield from ((column.privacy, row[n], column.type) for row in block.rows)
            case KeyValues():
                yield from ((pair.privacy, pair.value, pair.type) for pair in block.pairs)
            case Paragraph() if block.privacy in _SHORTENED:
                yield block.privacy, block.text, FieldType.TEXT
            case Chart() if block.privacy in _SHORTENED:
                yield from ((block.privacy, label, FieldType.TEXT) for label in block.labels)
            case _:
                pass


def _secrets(document: Document) -> dict[str, str]:
    """What must not stand anywhere in the text → what stands there instead."""
    classed = {(privacy, show(value, type_)) for privacy, value, type_ in _classed(document)}
    if document.names:  # all people are known, so that what is not among them and called like a village is one
        places = {text for privacy, text in classed if privacy is Privacy.NAME and like_place(text)} - document.names
        classed -= {(Privacy.NAME, text) for text in places}
    names = {(Privacy.NAME, name) for name in document.names} | {pair for pair in classed if pair[0] is Privacy.NAME}
    secrets = {name: mask_one(name) for _, whole in names for name in names_in(whole)}
    if not classed - names:
        return secrets
    others: dict[str, str] = {}
    # What is left of an address may still begin with somebody's name.
    nameless = Veil(secrets, ())
    for privacy, text in classed - names:
        if privacy is Privacy.IDENTITY and text and text != _HIDDEN[privacy]:
            others[text] = "****"
        elif privacy in _SHORTENED and len(text) > _SHORTEST_SECRET:
            others[text] = nameless.hide(_SHORTENED[privacy](text))
    return others | secrets


def _private_labels(document: Document) -> frozenset[str]:
    labels = set()
    for block in document.blocks:
        if isinstance(block, Table):
            labels |= {column.label for column in block.columns if column.privacy not in (Privacy.OPEN, Privacy.STORY)}
        elif isinstance(block, KeyValues):
            labels |= {pair.label for pair in block.pairs if pair.privacy not in (Privacy.OPEN, Privacy.STORY)}
    return frozenset(labels)


def _block(block: Block, veil: Veil) -> Block:
    match block:
        case Heading():
            return replace(block, text=veil.hide(block.text))
        case Paragraph():
            return replace(block, text=str(_value(block.text, block.privacy, FieldType.TEXT, veil) or ""))
        case KeyValues():
            return KeyValues(tuple(_pair(pair, veil) for pair in block.pairs))
        case Table():
            return _table(block, veil)
        case Timeline():
            return replace(block, entries=tuple(_entry(entry, veil) for entry in block.entries))
        case Cover():
            return Cover(veil.hide(block.title), tuple(map(veil.hide, block.lines)))
        case Chart():
            return _chart(block, veil)
        case PageBreak() | Contents():
            return block


def _chart(chart: Chart, veil: Veil) -> Chart:
    labels = tuple(str(_value(label, chart.privacy, FieldType.TEXT, veil) or "") for label in chart.labels)
    return replace(
        chart,
        title=veil.hide(chart.title),
        labels=labels,
        series=tuple(replace(one, name=veil.hide(one.name)) for one in chart.series),
        notes=tuple(map(veil.hide, chart.notes)),
    )


def _entry(entry: Entry, veil: Veil) -> Entry:
    text = str(_value(entry.text, entry.privacy, FieldType.TEXT, veil) or "")
    actor, label = veil.hide(entry.actor), veil.hide(entry.label)
    if (text, actor, label) == (entry.text, entry.actor, entry.label):
        return entry
    return replace(entry, text=text, actor=actor, label=label)


def _pair(pair: Pair, veil: Veil) -> Pair:
    value = _value(pair.value, pair.privacy, pair.type, veil)
    if pair.privacy in _HIDDEN:  # a hidden number or date is text
        return replace(pair, value=value, type=FieldType.TEXT)
    return pair if value == pair.value else replace(pair, value=value)


def _value(value: Value, privacy: Privacy, type_: FieldType, veil: Veil) -> Value:
    if value is None or value == "":
        return value
    if privacy in _HIDDEN:
        return _HIDDEN[privacy]
    if privacy in _SHORTENED:
        text = show(value, type_)
        place = privacy is Privacy.NAME and like_place(text) and not veil.knows(text)
        return veil.hide(text if place else _SHORTENED[privacy](text))
    if not isinstance(value, str) or type_ in IMPERSONAL:
        return value
    return veil.hide(value)


def _table(table: Table, veil: Veil) -> Table:
    """Column by column, each different value worked out once."""
    rows: Sequence[tuple[Value, ...]] = table.rows
    if rows:
        columns = [
            _column(column, cells, veil) for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
        ]
        rows = list(zip(*columns, strict=True))
    totals = tuple(
        _value(value, column.privacy, column.type, veil)
        for value, column in zip(table.totals, table.columns, strict=False)
    )
    return replace(
        table,
        columns=tuple(
            replace(column, type=FieldType.TEXT) if column.privacy in _HIDDEN else column for column in table.columns
        ),
        rows=rows,
        totals=totals,
        groups=tuple((first, veil.hide(text)) for first, text in table.groups),
        caption=veil.hide(table.caption),
        notes=tuple(map(veil.hide, table.notes)),
    )


def _column(column: Column, cells: tuple[Value, ...], veil: Veil) -> Sequence[Value]:
    if column.privacy in (Privacy.OPEN, Privacy.STORY) and column.type in IMPERSONAL:
        return cells
    masked = {value: _value(value, column.privacy, column.type, veil) for value in dict.fromkeys(cells)}
    return [masked[value] for value in cells]
