"""What may be done next with a record that advances by steps."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Life, timely
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.document import document_of
from lianxin.reports.life.advice import advice

_COLUMNS = tuple(
    Column(label, name, term=True)
    for label, name in (("步骤", "step"), ("命令", "command"), ("做什么", "help"), ("要填", "asks"))
)


def ahead(book: Book, kind: Kind, id_: str, life: Life, *, plain: bool = False) -> Document:
    """The steps that may be taken, and how; what its history suggests besides, but for programs."""
    return document_of(
        book,
        id_,
        _values(book, kind, id_, life) if plain else _page(book, kind, id_, life),
        "next",
        records=1,
        subtitle=book.title(id_),
        plain=plain,
    )


def _page(book: Book, kind: Kind, id_: str, life: Life) -> tuple[Block, ...]:
    rows = [
        (
            step.label,
            f"lianxin {kind.name} {step.name} {id_}",
            step.help,
            "、".join(spec.label + ("*" if spec.required else "") for spec in step.asks),
        )
        for step in timely(life, book.now)
    ]
    return (
        Paragraph(f"现在是「{life.state}」。"),
        *(Paragraph(hint, Tone.WARNING) for hint in advice(book, kind, id_)),
        Table(_COLUMNS, rows, notes=("带 * 的必填。" if rows else "已经没有可做的步骤。",)),
    )


def _values(book: Book, kind: Kind, id_: str, life: Life) -> tuple[Block, ...]:
    rows = [
        (
            step.name,
            f"lianxin {kind.name} {step.name} {id_}",
            step.help,
            tuple(spec.name for spec in step.asks),
            tuple(spec.name for spec in step.asks if spec.required),
            step.label,
        )
        for step in timely(life, book.now)
    ]
    more = (Column("必填", "required", term=True), Column("名称", "label", term=True))
    head = (Pair("编号", id_, "id", FieldType.REF), Pair("状态", life.state, "state", FieldType.CHOICE))
    return Table((*_COLUMNS, *more), rows), KeyValues(head)
