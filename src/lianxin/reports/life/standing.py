"""Where a record with a life stands now: some of its columns, and what may be done next."""

from __future__ import annotations

from lianxin.core.book import Book, Query
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import VOID, Life
from lianxin.core.document import KeyValues, Pair, Paragraph
from lianxin.core.filter import Filter, Op
from lianxin.core.tone import Tone
from lianxin.reports.column import find, tone_of
from lianxin.reports.value import plain


def columns(book: Book, kind: Kind, id_: str, *labels: str) -> KeyValues:
    """Some columns of one record, those with nothing in them left out."""
    rows, _ids = book.select(Query(kind, labels, (Filter(("编号",), Op.EQ, (id_,)),)))
    pairs = []
    for label, value in zip(labels, rows[0] if rows else [None] * len(labels), strict=True):
        found, shown = find(kind, label), plain(value)
        if found and shown is not None:
            tone = tone_of(label, shown)
            pairs.append(Pair(label, shown, found.name, found.type, found.privacy, id_, tone))
    return KeyValues(tuple(pairs))


def steps(life: Life) -> Paragraph:
    """What may be done next."""
    if life.state == VOID:
        return Paragraph("已作废，编号保留，不再办理。", Tone.MUTED)
    told = "、".join(f"{step.label}({step.name})" for step in life.lawful)
    return Paragraph(f"下一步可以：{told or '没有了'}")
