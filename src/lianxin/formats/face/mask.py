"""The outward face of a document: names, telephones, addresses and identity numbers hidden, in fields and in free text.

Every cell is treated by its column's privacy class. All other text (stories, headings, captions, notes, the filter in
the provenance) is searched for the people of the book, for what those cells hold, and for anything that is personal by
its shape. Values that are no free text (ids, days, choices, what villages and units are called) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Face,
    Heading,
    KeyValues,
    Masthead,
    PageBreak,
    Pair,
    Paragraph,
    Table,
    Timeline,
    TimelineEntry,
    Value,
    parts,
    show,
)
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.text.fold import fold
from lianxin.core.text.name import Known, mask_name, writings
from lianxin.core.text.pattern import late
from lianxin.core.text.telephone import mask_phone, read_phone
from lianxin.core.value import FieldType
from lianxin.formats.face.own import reserved
from lianxin.formats.face.text import Veil, is_term, like_place, mask_address
from lianxin.formats.paper.trace import veiled

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
    """The document as ``face`` may see it; the internal face is the document itself.

    Raises:
        LianxinError: For the public, while a household's file cannot be read and its names are not known.
        UsageError: There is no outward face of it.
    """
    origin = document.provenance
    if face is Face.INTERNAL:
        return replace(document, provenance=replace(origin, face=face) if origin else None)
    if document.names.lost:
        path = min(document.names.lost)
        raise LianxinError(
            f"{path} 读不出来，不知道要隐去谁的姓名，不能对外输出；请运行 lianxin check {path} 看哪里要改"
        )
    if document.withheld:
        raise UsageError(document.withheld)
    veil = _veil(document)
    document = reserved(document)
    recipe = veil.hide_own(veiled(origin.recipe, origin.private)) if origin else ""
    return replace(
        document,
        title=veil.hide_own(document.title),
        subtitle=veil.hide_own(document.subtitle),
        blocks=tuple(_block(block, veil) for block in document.blocks),
        names=Known(),
        masthead=_masthead(document.masthead, veil),
        provenance=replace(
            origin,
            face=face,
            private=frozenset(),
            filter=veil.hide_own(origin.outward),
            period=veil.hide_own(origin.period),
            form=veil.hide_own(origin.form),
            recipe=recipe,
            hidden=origin.hidden or recipe != origin.recipe,
        )
        if origin
        else None,
    )


def _masthead(head: Masthead | None, veil: Veil) -> Masthead | None:
    if head is None:
        return None
    name, issuer = veil.hide_own(head.name), veil.hide_own(head.issuer)
    return replace(head, name=name, issuer=issuer, foot=tuple(map(veil.hide_own, head.foot)))


def _classed(document: Document) -> Iterator[tuple[Privacy, Value, FieldType]]:
    """Every value that has a privacy class of its own."""
    for block in document.blocks:
        match block:
            case Table():
                for n, column in enumerate(block.columns):
                    if column.privacy in _SHORTENED or column.privacy is Privacy.IDENTITY:
                        yield from ((column.privacy, one, column.type) for row in block.rows for one in parts(row[n]))
            case KeyValues():
                yield from ((pair.privacy, one, pair.type) for pair in block.pairs for one in parts(pair.value))
            case Paragraph() if block.privacy in _SHORTENED:
                yield block.privacy, block.text, FieldType.TEXT
            case Chart() if block.privacy in _SHORTENED:
                yield from ((block.privacy, label, FieldType.TEXT) for label in block.labels)
            case _:
                pass


def _veil(document: Document) -> Veil:
    """What hides the people of the book, whoever else its cells name, and what else is private in them."""
    classed = {(privacy, show(value, type_)) for privacy, value, type_ in _classed(document)}
    known = document.names
    named = {text for privacy, text in classed if privacy is Privacy.NAME}
    if known.people:  # all are known, so that what is not among them and called like a village is one
        named = {text for text in named if fold(text) in known.people or not (like_place(text) or is_term(text, known))}
    known = replace(known, people=known.people.union(*map(writings, named)))
    secrets = {text: "****" for privacy, text in classed if privacy is Privacy.IDENTITY}
    secrets = {text: instead for text, instead in secrets.items() if text and text != _HIDDEN[Privacy.IDENTITY]}
    others = [(privacy, text) for privacy, text in classed if len(text) > _SHORTEST_SECRET and _unlike(privacy, text)]
    if others:  # what is left of an address may still begin with somebody's name
        nameless = Veil(known)
        secrets |= {text: nameless.hide(_SHORTENED[privacy](text)) for privacy, text in others}
    return Veil(known, secrets)


def _unlike(privacy: Privacy, text: str) -> bool:
    """Whether a value is private though its shape does not tell it: an address, what is no telephone in its place."""
    return privacy is Privacy.ADDRESS or (privacy is Privacy.PHONE and not read_phone(text))


def _block(block: Block, veil: Veil) -> Block:
    match block:
        case Heading() | Paragraph() if block.privacy is Privacy.OPEN:
            return replace(block, text=veil.hide_own(block.text))
        case Heading() | Paragraph():
            return replace(block, text=str(_value(block.text, block.privacy, FieldType.TEXT, veil) or ""))
        case KeyValues():
            return KeyValues(tuple(_pair(pair, veil) for pair in block.pairs))
        case Table():
            return _table(block, veil)
        case Timeline():
            return replace(block, entries=tuple(_entry(entry, veil) for entry in block.entries))
        case Cover():
            return Cover(veil.hide_own(block.title), tuple(map(veil.hide_own, block.lines)))
        case Chart():
            return _chart(block, veil)
        case PageBreak() | Contents():
            return block


def _chart(chart: Chart, veil: Veil) -> Chart:
    shown = veil.hide_own if chart.privacy is Privacy.OPEN else partial(_shown, privacy=chart.privacy, veil=veil)
    return replace(
        chart,
        title=veil.hide_own(chart.title),
        labels=tuple(map(shown, chart.labels)),
        series=tuple(replace(one, name=veil.hide_own(one.name)) for one in chart.series),
        notes=tuple(map(veil.hide_own, chart.notes)),
    )


def _shown(text: str, privacy: Privacy, veil: Veil) -> str:
    return str(_value(text, privacy, FieldType.TEXT, veil) or "")


def _entry(entry: TimelineEntry, veil: Veil) -> TimelineEntry:
    text = _shown(entry.text, entry.privacy, veil)
    actor, label = veil.hide_term(entry.actor), veil.hide_own(entry.label)
    if (text, actor, label) == (entry.text, entry.actor, entry.label):
        return entry
    return replace(entry, text=text, actor=actor, label=label)


def _pair(pair: Pair, veil: Veil) -> Pair:
    if isinstance(pair.value, tuple):
        masked = [_pair(replace(pair, value=one), veil) for one in pair.value]
        type_ = FieldType.TEXT if pair.privacy in _HIDDEN else pair.type
        return replace(pair, value=tuple(str(one.value) for one in masked), type=type_, inner=())
    if pair.inner:
        pair = replace(pair, value=_without(pair.value, pair.inner), inner=())
    if pair.privacy is Privacy.OPEN and pair.term and isinstance(pair.value, str):
        return replace(pair, value=veil.hide_term(pair.value))
    value = _value(pair.value, pair.privacy, pair.type, veil, pair.label)
    if pair.privacy in _HIDDEN:  # a hidden number or date is text
        return replace(pair, value=value, type=FieldType.TEXT)
    return pair if value == pair.value else replace(pair, value=value)


def _value(value: Value, privacy: Privacy, type_: FieldType, veil: Veil, label: str = "") -> Value:
    if value is None or value == "":
        return value
    if privacy in _HIDDEN:
        return _HIDDEN[privacy]
    if privacy in _SHORTENED:
        text = show(value, type_)
        return veil.hide_term(text) if _public(privacy, text, veil) else veil.hide(_SHORTENED[privacy](text))
    if not isinstance(value, str) or type_ in IMPERSONAL:
        return value
    return veil.hide(value, label)


#: What a table is counted by may be somebody's words, which stand then where ids do.
_ID = late(r"[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}")
_APART = late("([、；])")


def _without(value: Value, inner: tuple[str, ...]) -> Value:
    """A cell without the items that hold an internal word."""
    if not isinstance(value, str) or not any(word in value for word in inner):
        return value
    items = _APART.split(value)
    return "".join(_HIDDEN[Privacy.INTERNAL] if _holds(item, inner) else item for item in items)


def _holds(item: str, inner: tuple[str, ...]) -> bool:
    return not set(inner).isdisjoint(re.split("[ ，=]", item))


def _public(privacy: Privacy, text: str, veil: Veil) -> bool:
    """Whether a name's place holds a village or a unit."""
    return privacy is Privacy.NAME and not veil.knows(text) and (like_place(text) or is_term(text, veil.known))


def _table(table: Table, veil: Veil) -> Table:
    """Column by column, each different value worked out once."""
    rows: Sequence[tuple[Value, ...]] = table.rows
    if table.inner:
        table = _reserved(table)
        rows = table.rows
    if rows:
        columns = [
            _column(column, cells, veil) for column, cells in zip(table.columns, zip(*rows, strict=True), strict=True)
        ]
        rows = list(zip(*columns, strict=True))
    summed = _summed(table)
    totals = tuple(
        value if n in summed else _value(value, column.privacy, column.type, veil, column.label)
        for n, (value, column) in enumerate(zip(table.totals, table.columns, strict=False))
    )
    return replace(
        table,
        columns=tuple(_heading(column, veil, summed=n in summed) for n, column in enumerate(table.columns)),
        rows=rows,
        records=[id_ if _ID.fullmatch(id_) else "" for id_ in table.records],
        totals=totals,
        groups=tuple((first, veil.hide_own(text)) for first, text in table.groups),
        caption=veil.hide_own(table.caption),
        notes=tuple(map(veil.hide_own, table.notes)),
    )


def _summed(table: Table) -> frozenset[int]:
    """The internal columns whose sum is told: over several records and several people it is nobody's."""
    told = {n for n, value in enumerate(table.totals) if isinstance(value, (int, Decimal))}
    inside = {n for n in told if table.columns[n].privacy is Privacy.INTERNAL}
    if not inside:
        return frozenset()
    named = [n for n, column in enumerate(table.columns) if column.privacy is Privacy.NAME]
    several = len(set(table.records)) > 1 and all(len({row[n] for row in table.rows}) > 1 for n in named)
    return frozenset(inside if several else ())


def _heading(column: Column, veil: Veil, *, summed: bool) -> Column:
    """A column with the heading a form of the office's own gave it; a hidden number or date is text.

    Args:
        column, veil: Which, by whom.
        summed: Its sum is told, and stays a number.
    """
    label = veil.hide_own(column.label)
    type_ = FieldType.TEXT if column.privacy in _HIDDEN and not summed else column.type
    return column if (label, type_) == (column.label, column.type) else replace(column, label=label, type=type_)


def _reserved(table: Table) -> Table:
    """A table without its internal cells, and without the records they are about."""
    rows = [list(row) for row in table.rows]
    for row, place in table.inner:
        rows[row][place] = None if rows[row][place] is None else _HIDDEN[Privacy.INTERNAL]
    hidden = {row for row, _place in table.inner}
    records = ["" if n in hidden else id_ for n, id_ in enumerate(table.records)]
    return replace(table, rows=[tuple(row) for row in rows], records=records, inner=frozenset())


def _column(column: Column, cells: tuple[Value, ...], veil: Veil) -> Sequence[Value]:
    """A column's cells, each different value worked out once; of lists every part by itself."""
    if tuple in set(map(type, cells)):
        masked = iter(_column(column, tuple(one for cell in cells for one in parts(cell)), veil))
        return [
            tuple(str(next(masked)) for _one in cell) if isinstance(cell, tuple) else next(masked) for cell in cells
        ]
    if column.inner:
        cells = tuple(_without(value, column.inner) for value in cells)
    if column.privacy in _HIDDEN or column.privacy is Privacy.NAME:
        known = {value: _value(value, column.privacy, column.type, veil) for value in dict.fromkeys(cells)}
    elif column.privacy in _SHORTENED:
        told = [value for value in dict.fromkeys(cells) if value not in (None, "")]
        shortened = [_SHORTENED[column.privacy](show(value, column.type)) for value in told]
        known = dict[Value, Value](zip(told, veil.hide_all(shortened), strict=True))
    elif column.type in IMPERSONAL:
        return cells
    else:
        texts = [value for value in dict.fromkeys(cells) if isinstance(value, str)]
        if column.term and column.privacy is Privacy.OPEN:
            hidden = list(map(veil.hide_term, texts))
        else:
            hidden = veil.hide_all(texts, column.label)
        known = dict[Value, Value](zip(texts, hidden, strict=True))
    return [known.get(value, value) for value in cells]
