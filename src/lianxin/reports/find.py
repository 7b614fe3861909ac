"""What was searched for: where in a record it stands, and the list of what was found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Paragraph, Table, parts
from lianxin.core.filter import Filter, Op
from lianxin.core.text.name import Known
from lianxin.core.tone import Tone
from lianxin.core.value import SEARCHED, FieldType
from lianxin.kinds.inner import NAMED
from lianxin.reports.column import find as column_of
from lianxin.reports.life.history import privacy_of_told
from lianxin.reports.origin import provenance
from lianxin.reports.record.leaf import Leaves
from lianxin.reports.value import CALLED

#: Where a record stands, of kinds with a life.
_STATE = "状态"
#: Who took a step, which the index keeps apart from what it says.
_ACTOR = "经办人"

#: Who is hidden from the public, and which matters are somebody's own.
Hidden = tuple[Known, Mapping[str, str]]

#: A step, who took it, and what it says, by label.
Event = tuple[str, str, Mapping[str, Any]]


class Place(Struct, frozen=True):
    """A value in which something stands.

    Attributes:
        pair: It, of a list only the parts that have it.
        name: It is what a record is called that is pointed to.
    """

    pair: Pair
    name: bool = False


class Found(Struct, frozen=True):
    """A record, as whoever reads the list may see it.

    Attributes:
        title, marked: What it is called, without and with marks around what was found.
        told: Where it stands, and what tells it from others of its name.
        places: Label of a field, and the text around what was found there, without and with marks.
    """

    id: str
    kind: Kind
    title: str
    marked: str
    told: Sequence[str]
    places: Sequence[tuple[str, str, str]]


def titled(kind: Kind, id_: str, title: str) -> Pair:
    """What a record is called."""
    privacy = Privacy.NAME if kind.name in NAMED else Privacy.OPEN
    return Pair("名称", title, "title", FieldType.TEXT, privacy, id_, term=kind.name in CALLED)


def told(book: Book, kind: Kind, ids: Sequence[str]) -> dict[str, list[Pair]]:
    """Of records of a kind where they stand, and what tells them from others of their name."""
    asked = ((_STATE,) if kind.lifecycle else ()) + kind.told_by
    rows, found = book.select(Query(kind, asked, (Filter(("编号",), Op.EQ, tuple(ids)),))) if asked else ([], [])
    known = [column_of(kind, label) for label in asked]
    return {
        id_: [
            Pair(one.label, value, one.name, one.type, one.privacy, id_, term=one.term, inner=one.inner)
            for one, value in zip(known, row, strict=True)
            if one and value not in (None, "")
        ]
        for id_, row in zip(found, rows, strict=True)
    }


class Places:
    """Looks for where in records something stands."""

    def __init__(self, book: Book, says: Callable[[str], bool], pointed: Collection[str]) -> None:
        """Prepare to look.

        Args:
            book: The records.
            says: Whether a text has it.
            pointed: The records whose names have it.
        """
        self._book = book
        self._says = says
        self._pointed = pointed

    def of(self, kind: Kind, id_: str, fields: Mapping[str, Any], events: Sequence[Event]) -> Iterator[Place]:
        """The values that have it, each with its label; a step's with what the step is called.

        Args:
            kind: Of the record.
            id_: Of the record.
            fields: What they hold, by label.
            events: In their order.
        """
        yield from self._within(Leaves(self._book, id_), kind.fields, fields, "")
        for step, actor, data in events:
            taken = kind.lifecycle.step(step) if kind.lifecycle else None
            raw = {**data, _ACTOR: actor}
            specs = [spec for spec in fields_of(taken.model) if spec.label in raw] if taken else []
            yield from self._within(Leaves(self._book, id_, privacy_of_told(specs)), specs, raw, f"{step} ")

    def _within(
        self, leaves: Leaves, specs: Sequence[FieldSpec], raw: Mapping[str, Any], before: str
    ) -> Iterator[Place]:
        for spec in specs:
            if spec.name == "id" or not any(map(self._has, _values(raw.get(spec.label)))):
                continue
            near: tuple[bool, ...] = ()
            for leaf in leaves.of("", [spec], raw):
                if leaf.type is FieldType.REF:  # the names of what is pointed to come next
                    near = tuple(str(one) in self._pointed for one in parts(leaf.value))
                    continue
                label = f"{before}{f'{spec.label} ' if spec.group else ''}{leaf.label}"
                told_ = [one for n, one in enumerate(parts(leaf.value)) if self._told(one, leaf.type, near[n : n + 1])]
                if told_:
                    value = tuple(map(str, told_)) if isinstance(leaf.value, tuple) else leaf.value
                    yield Place(replace(leaf, label=label, value=value, path=""), bool(near))
                near = ()

    def _has(self, value: str) -> bool:
        return value in self._pointed or self._says(value)

    def _told(self, value: Any, type_: FieldType, near: Sequence[bool]) -> bool:
        return value is not None and (any(near) or (type_ in SEARCHED and self._says(str(value))))


def _values(value: Any) -> Iterator[str]:
    """Every value in a field, as text."""
    if isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _values(one)
    elif value is not None:
        yield str(value)


def page(
    book: Book, found: Sequence[Found], hidden: Hidden, subtitle: str, near: Sequence[tuple[str, str]]
) -> Document:
    """The list as it is read.

    Args:
        book: The records.
        found: In their order.
        hidden: From whoever reads it.
        subtitle: How many there are, and how to see more.
        near: Ids and names that are like what was looked for, where nothing was found.
    """
    columns = (
        Column("编号", "id", FieldType.REF, width=15),
        Column("种类", "kind", FieldType.REF),
        Column("名称", "title", width=40),
        Column("情况", "told"),
        Column("在哪里", "excerpt", width=60),
    )
    rows = [(one.id, one.kind.label, one.marked, "，".join(one.told), stands(one)) for one in found]
    table = Table(columns, rows, [one.id for one in found], below=("told", "excerpt"))
    like = "、".join(f"{title}（{id_}）" for id_, title in near)
    blocks: list[Block] = [table] if rows else [Paragraph("没有找到。", Tone.WARNING)]
    blocks += [Paragraph(f"名字相近的有 {like}。")] if like else []
    blocks += [Paragraph("看一条的全部：lianxin show 编号", Tone.MUTED)] if rows else []
    return _document(book, tuple(blocks), hidden, len(found), subtitle)


def stands(one: Found) -> str:
    """Where it was found beside its name."""
    return "\n".join(f"{label}：{text}" for label, plain, text in one.places if plain not in one.title)


def values(
    book: Book,
    found: Sequence[Found],
    hidden: Hidden,
    total: int | None,
    near: Sequence[tuple[str, str]],
    *,
    more: bool,
) -> Document:
    """The list for programs.

    Args:
        book: The records.
        found: In their order.
        hidden: From whoever reads it.
        total: How many there are; None where that is not told.
        near: As of the page.
        more: Whether there are others.
    """
    columns = (
        Column("编号", "id", FieldType.REF),
        Column("种类", "kind", FieldType.REF),
        Column("名称", "title"),
        Column("在哪一栏", "fields", FieldType.REF),
        Column("内容", "excerpts"),
    )
    rows = [
        (
            one.id,
            one.kind.name,
            one.title,
            tuple(label for label, _, _ in one.places),
            tuple(text for _, text, _ in one.places),
        )
        for one in found
    ]
    like = Table((Column("编号", "id", FieldType.REF), Column("名称", "title")), list(near), name="near")
    counted = KeyValues((Pair("共", total, "found", FieldType.INTEGER), Pair("还有", more, "more", FieldType.FLAG)))
    blocks = (Table(columns, rows, [one.id for one in found]), like, counted)
    return replace(_document(book, blocks, hidden, len(found), ""), plain=True)


def _document(book: Book, blocks: tuple[Block, ...], hidden: Hidden, records: int, subtitle: str) -> Document:
    known, own = hidden
    origin = provenance(book, records=records)
    return Document("查找", blocks, name="find", subtitle=subtitle, provenance=origin, names=known, own=own)
