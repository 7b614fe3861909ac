"""The outward face of a document: names, telephones, addresses and identity numbers hidden, in fields and in free text.

Every cell is treated by its column's privacy class. All other text (stories, headings, captions, notes, the filter in
the provenance) is searched for the people of the book, for what those cells hold, and for anything that is personal by
its shape. Values that are no free text (ids, days, choices, what villages and units are called) stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Block,
    Contents,
    Cover,
    Document,
    Face,
    Heading,
    KeyValues,
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
from lianxin.core.paper import Masthead
from lianxin.core.picture import Pictures
from lianxin.core.text.fold import fold
from lianxin.core.text.name import Known, writings
from lianxin.core.text.telephone import read_phone
from lianxin.core.value import FieldType
from lianxin.formats.face.cell import HIDDEN, IMPERSONAL, SHORTENED, masked, without
from lianxin.formats.face.given import given_in, hide_given, nameless, unnamed
from lianxin.formats.face.own import reserved
from lianxin.formats.face.table import masked_table
from lianxin.formats.face.text import Veil, is_term, like_place
from lianxin.formats.paper.trace import veiled

#: A telephone or address no longer than this (无, 本村) says nothing and would be found everywhere.
_SHORTEST_SECRET = 4


def mask(document: Document, face: Face, veil: Veil | None = None) -> Document:
    """The document as ``face`` may see it; the internal face is the document itself.

    Args:
        document, face: What, for whom.
        veil: What hides people in all the parts of a document of which this is one (``veil_of``).

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
    veil = veil or veil_of(document)
    document = reserved(document)
    headed = given_in(f"{document.title} {document.subtitle}", veil)
    recipe = veil.hide_own(veiled(origin.recipe, origin.private)) if origin else ""
    return replace(
        document,
        title=hide_given(veil.hide_own(document.title), headed, veil),
        subtitle=hide_given(veil.hide_own(document.subtitle), headed, veil),
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
    words = ("name", "issuer", "copy", "secrecy", "urgency", "signer", "printer")
    told = {word: veil.hide_own(getattr(head, word)) for word in words}
    return replace(head, **told, foot=tuple(map(veil.hide_own, head.foot)))


def _classed(document: Document) -> Iterator[tuple[Privacy, Value, FieldType]]:
    """Every value that has a privacy class of its own."""
    for block in document.blocks:
        match block:
            case Table():
                for n, column in enumerate(block.columns):
                    if column.privacy in SHORTENED or column.privacy is Privacy.IDENTITY:
                        yield from ((column.privacy, one, column.type) for row in block.rows for one in parts(row[n]))
            case KeyValues():
                yield from ((pair.privacy, one, pair.type) for pair in block.pairs for one in parts(pair.value))
            case Paragraph() if block.privacy in SHORTENED:
                yield block.privacy, block.text, FieldType.TEXT
            case Chart() if block.privacy in SHORTENED:
                yield from ((block.privacy, label, FieldType.TEXT) for label in block.labels)
            case _:
                pass


def veil_of(document: Document) -> Veil:
    """What hides the people of the book, whoever else its cells name, and what else is private in them."""
    classed = {(privacy, show(value, type_)) for privacy, value, type_ in _classed(document)}
    known = document.names
    named = {text for privacy, text in classed if privacy is Privacy.NAME}
    if known.people:  # all are known, so that what is not among them and called like a village is one
        named = {text for text in named if fold(text) in known.people or not (like_place(text) or is_term(text, known))}
    known = replace(known, people=known.people.union(*map(writings, named)))
    secrets = {text: "****" for privacy, text in classed if privacy is Privacy.IDENTITY}
    secrets = {text: instead for text, instead in secrets.items() if text and text != HIDDEN[Privacy.IDENTITY]}
    others = [(privacy, text) for privacy, text in classed if len(text) > _SHORTEST_SECRET and _unlike(privacy, text)]
    if others:  # what is left of an address may still begin with somebody's name
        nameless = Veil(known)
        secrets |= {text: nameless.hide(SHORTENED[privacy](text)) for privacy, text in others}
    return Veil(known, secrets)


def _unlike(privacy: Privacy, text: str) -> bool:
    """Whether a value is private though its shape does not tell it: an address, what is no telephone in its place."""
    return privacy is Privacy.ADDRESS or (privacy is Privacy.PHONE and not read_phone(text))


def _block(block: Block, veil: Veil) -> Block:
    match block:
        case Heading() | Paragraph():
            record = block.record if isinstance(block, Paragraph) else ""
            return replace(block, text=unnamed(_shown(block.text, block.privacy, veil), veil, record))
        case KeyValues():
            return KeyValues(tuple(_pair(pair, veil) for pair in block.pairs))
        case Table():
            return masked_table(block, veil)
        case Timeline():
            return replace(block, entries=tuple(_entry(entry, veil, block.record) for entry in block.entries))
        case Cover():
            return Cover(veil.hide_own(block.title), tuple(map(veil.hide_own, block.lines)))
        case Chart():
            return _chart(block, veil)
        case Pictures():
            return _pictures(block, veil)
        case PageBreak() | Contents():
            return block


def _shown(text: str, privacy: Privacy, veil: Veil) -> str:
    """A text; one that is open is the tool's or the office's own."""
    if privacy is Privacy.OPEN:
        return veil.hide_own(text)
    return str(masked(text, privacy, FieldType.TEXT, veil) or "")


def _chart(chart: Chart, veil: Veil) -> Chart:
    return replace(
        chart,
        title=veil.hide_own(chart.title),
        labels=tuple(_shown(label, chart.privacy, veil) for label in chart.labels),
        series=tuple(replace(one, name=veil.hide_own(one.name)) for one in chart.series),
        notes=tuple(map(veil.hide_own, chart.notes)),
    )


def _pictures(block: Pictures, veil: Veil) -> Pictures:
    """Those that everybody may see."""
    shown = [
        replace(one, caption=unnamed(veil.hide(one.caption), veil, one.record)) for one in block.pictures if one.public
    ]
    kept_back = block.kept_back + len(block.pictures) - len(shown)
    return replace(block, pictures=tuple(shown), kept_back=kept_back)


def _entry(entry: TimelineEntry, veil: Veil, record: str) -> TimelineEntry:
    text = unnamed(str(masked(entry.text, entry.privacy, FieldType.TEXT, veil) or ""), veil, record)
    actor, label = veil.hide_term(entry.actor), veil.hide_own(entry.label)
    if (text, actor, label) == (entry.text, entry.actor, entry.label):
        return entry
    return replace(entry, text=text, actor=actor, label=label)


def _pair(pair: Pair, veil: Veil) -> Pair:
    if isinstance(pair.value, tuple):
        each = [_pair(replace(pair, value=one), veil) for one in pair.value]
        type_ = FieldType.TEXT if pair.privacy in HIDDEN else pair.type
        return replace(pair, value=tuple(str(one.value) for one in each), type=type_, inner=())
    if pair.inner:
        pair = replace(pair, value=without(pair.value, pair.inner), inner=())
    if pair.privacy is Privacy.OPEN and pair.term and isinstance(pair.value, str):
        return replace(pair, value=veil.hide_term(pair.value))
    value = masked(pair.value, pair.privacy, pair.type, veil, pair.label)
    value = value if pair.type in IMPERSONAL else nameless(value, given_in("", veil, pair.record), veil)
    if pair.privacy in HIDDEN:  # a hidden number or date is text
        return replace(pair, value=value, type=FieldType.TEXT)
    return pair if value == pair.value else replace(pair, value=value)
