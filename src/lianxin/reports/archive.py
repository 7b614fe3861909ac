"""The catalogue of a closed year (归档文件目录, after DA/T 22-2015): an item a record, its evidence with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book, Query
from lianxin.core.declare.lifecycle import VOID
from lianxin.core.document import Column, Document, Heading, Table
from lianxin.core.filter import Filter, Op
from lianxin.core.leaf import COLUMNS, LINES
from lianxin.core.value import FieldType
from lianxin.kinds import KIND, kind_of
from lianxin.reports.document import document_of

#: Of each kind: whose paper it is, when it was made, how it stands, and what its title lacks.
_TOLD = {
    "visit": ("走访人", "日期", "", "所属村"),
    "issue": ("责任部门", "反映时间", "状态", ""),
    "whistle": ("吹哨单位", "吹哨时间", "状态", ""),
    "activity": ("主办单位", "日期", "", ""),
    "evidence": ("提供人", "日期", "", ""),
}
#: What a paper that went out is called among them.
SENT = "发文"
_Told = tuple[Any, Any, str, str]
_COLUMNS = (
    Column("件号", "number", width=6),
    Column("类别", "kind"),
    Column("责任者", "author"),
    Column("文号", "id", FieldType.REF),
    Column("题名", "title", width=40),
    Column("日期", "day", width=10),
    Column("份数", "pieces", FieldType.INTEGER, width=6),
    Column("页数", "pages", FieldType.INTEGER, width=6),
    Column("备注", "notes"),
)
_CARRIED = (
    Column("编号", "id", FieldType.REF),
    Column("类别", "kind"),
    Column("题名", "title"),
    Column("状态", "state"),
)
#: So many records are asked for at once.
_TOGETHER = 500
_RECKONED = (
    f"页数照 A4 纸算：一份记录照原样打印，每页 {LINES} 行、每行 {COLUMNS // 2} 字；照片一张算一页，PDF 照它自己的页数；"
    "佐证跟着说明的那一份，只算它的照片、文件。数不出页数的在备注里说。"
)


class Pages(Struct, frozen=True):
    """How many pages something is filed as.

    Attributes:
        own: The record itself.
        file: The picture or paper it tells of; 0: there is none; None: its pages cannot be told.
    """

    own: int
    file: int | None = 0


def catalogue(
    book: Book, year: int, office: str, pages: Mapping[str, Pages], carried: Sequence[str], *, plain: bool = False
) -> Document:
    """What was put away with a year, and what was carried over.

    Args:
        book: The records.
        year: A closed one.
        office: Whose papers they are.
        pages: Of each record put away, in their order.
        carried: Those of the year that were not.
        plain: For programs.
    """
    ids = [*pages]
    about = _about(book, ids)
    items = [id_ for id_ in ids if id_ not in about]
    told = _told(book, ids)
    beside: dict[str, list[str]] = {}
    for evidence, of in about.items():
        beside.setdefault(of, []).append(evidence)
    rows = [(f"{n:04}", *_row(book, office, id_, told, beside.get(id_, ()), pages)) for n, id_ in enumerate(items, 1)]
    counted = f"共 {len(items)} 件，{len(ids)} 份记录；佐证和它说明的那一份记录算一件，份数连佐证在内。"
    return document_of(
        book,
        f"{year} 年归档文件目录",
        (Table(_COLUMNS, rows, items, notes=(counted, _RECKONED)), *_left(book, carried)),
        "archive",
        records=len(ids),
        subtitle=office,
        landscape=True,
        plain=plain,
    )


def _sent(book: Book, id_: str) -> tuple[str, str] | None:
    """Number and title of a report that went out; None for any other record."""
    record = book.record(id_) if kind_of(id_).name == "evidence" else None
    report = getattr(record, "report", None)
    return (str(getattr(record, "paper", None) or ""), book.title(report)) if report else None


def _row(
    book: Book, office: str, id_: str, told: Mapping[str, _Told], beside: Sequence[str], pages: Mapping[str, Pages]
) -> tuple[Any, ...]:
    """All but the number of an item."""
    author, day, state, more = told.get(id_, (None, None, VOID, ""))
    notes = [*([VOID] if state == VOID else []), *(f"附 {one}" for one in beside)]
    when = f"{day:%Y%m%d}" if day else None
    title = " ".join(filter(None, (book.title(id_), more)))
    if author is None and kind_of(id_).name == "issue":  # no department ever had it: whoever took it down
        author = book.title(str(getattr(book.record(id_), "taker", "")))
    notes += [f"{one} 的页数没有算" for one in (id_, *beside) if pages[one].file is None]
    kind, shown = kind_of(id_).label, id_
    if sent := _sent(book, id_):  # a paper that went out: by its own number, the office's
        kind, author, shown, title = SENT, office, sent[0] or id_, sent[1]
        notes.append(id_) if sent[0] else None
    many = pages[id_].own + sum(pages[one].file or 0 for one in (id_, *beside))
    return kind, author, shown, title, when, 1 + len(beside), many, "、".join(notes) or None


def _about(book: Book, ids: Sequence[str]) -> dict[str, str]:
    """The evidence that is part of another's item: by its id the first record it tells of that was put away too."""
    there = set(ids)
    found: dict[str, str] = {}
    told = "SELECT source, target FROM reference WHERE kind = 'evidence' AND field = 'about' ORDER BY source, target"
    for source, target in book.sql(told):
        if source in there and target in there:
            found.setdefault(str(source), str(target))
    return found


def _told(book: Book, ids: Sequence[str]) -> dict[str, _Told]:
    """Of each record in force whose paper it is, of which day, and how it stands."""
    found: dict[str, _Told] = {}
    for name, columns in _TOLD.items():
        wanted = tuple(filter(None, columns))
        own = [id_ for id_ in ids if kind_of(id_).name == name]
        for start in range(0, len(own), _TOGETHER):
            among = Filter(("编号",), Op.EQ, tuple(own[start : start + _TOGETHER]))
            rows, found_ids = book.select(Query(KIND[name], wanted, (among,)))
            for id_, row in zip(found_ids, rows, strict=True):
                values = iter(row)
                author, day, state, more = (next(values) if column else "" for column in columns)
                found[id_] = author, day, str(state or ""), str(more or "")
    return found


def _left(book: Book, carried: Sequence[str]) -> Iterator[Heading | Table]:
    """What was not settled yet and stays."""
    if not carried:
        return
    yield Heading("结转下年的", 2)
    states = {id_: state for id_, (_, _, state, _) in _told(book, carried).items()}
    rows = [(id_, kind_of(id_).label, book.title(id_), states.get(id_)) for id_ in carried]
    yield Table(_CARRIED, rows, list(carried), notes=(f"没有办完的 {len(rows)} 件，办完再归。",))
