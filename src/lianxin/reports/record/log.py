"""The history of a record: who changed the file when, beside what happened in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.reports.document import document_of
from lianxin.reports.life.history import timeline
from lianxin.reports.record.whole import events


class Commit(Struct, frozen=True):
    """One commit that touched a record's file.

    Attributes:
        hash: Full or short.
        at: When it was committed, local.
        author: Who did, as git knows them.
    """

    hash: str
    at: datetime
    author: str
    subject: str


_COLUMNS = (
    Column("时间", "at", FieldType.MOMENT, width=16),
    Column("账本记号", "commit", FieldType.REF, width=10),
    Column("何人", "author"),
    Column("做了什么", "subject", width=40),
)


def log(book: Book, id_: str, commits: Sequence[Commit], cut: str = "", *, plain: bool = False) -> Document:
    """Every commit that touched the record, as given (newest first); for an issue also its steps.

    Args:
        book, id_: Of which.
        commits: As git tells them.
        cut: What is to be known of a history that does not go back to its beginning.
        plain: For programs.
    """
    kind = kind_of(id_)
    return document_of(
        book,
        f"{kind.label} {id_} 的变更记录",
        (_plain if plain else _page)(book, id_, commits, cut),
        "log",
        records=1,
        plain=plain,
    )


def _plain(book: Book, id_: str, commits: Sequence[Commit], cut: str) -> tuple[Block, ...]:
    rows = [(one.at, one.hash, one.author, one.subject) for one in commits]
    dirty = kind_of(id_).path_of(id_) in set(book.dirty)
    told = (
        Pair("编号", id_, "id", FieldType.REF),
        Pair("未提交", dirty, "dirty", FieldType.FLAG),
        Pair("不全", bool(cut), "cut", FieldType.FLAG),
    )
    steps = events(book, book.record(id_), "events") if kind_of(id_).lifecycle else []
    return Table(_COLUMNS, rows), KeyValues((*told, *steps))


def _page(book: Book, id_: str, commits: Sequence[Commit], cut: str) -> tuple[Block, ...]:
    kind = kind_of(id_)
    rows = [(one.at, one.hash[:10], one.author, one.subject) for one in commits]
    blocks: list[Block] = [Heading("文件的改动", 2)]
    if rows:
        blocks.append(Table(_COLUMNS, rows))
    elif not cut:
        blocks.append(Paragraph("这份记录还没有收进台账。", Tone.WARNING))
    if cut:
        blocks.append(Paragraph(f"{cut}。", Tone.WARNING))
    if kind.path_of(id_) in set(book.dirty):
        blocks.append(Paragraph("文件里还有没收进来的改动；请运行 lianxin commit 收进来。", Tone.WARNING))
    if kind.lifecycle:
        blocks += [Heading("办理的经过", 2), timeline(book, book.record(id_), whole=True)]
    return tuple(blocks)
