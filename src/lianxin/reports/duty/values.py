"""Duties for programs: what is asked, done and wanting as numbers, subject by subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Table, Value
from lianxin.core.measure import Counted, Measure
from lianxin.core.value import FieldType
from lianxin.policies.duty import told_inside
from lianxin.reports.document import document_of
from lianxin.reports.duty.count import Counter
from lianxin.reports.duty.pace import Status
from lianxin.reports.duty.page import asked_of, withheld
from lianxin.reports.duty.stand import Fulfilment, Stand, unit_of
from lianxin.reports.duty.words import brief, remark
from lianxin.reports.figure.opening import counted_table
from lianxin.reports.plain import beside
from lianxin.reports.subject import called, column_of, singled, some_one

_DUTY = Column("职责", "duty", term=True)
_UNIT = Column("单位", "unit", term=True)
_UNTIL = Column("期满", "until", FieldType.DAY)
_GAP = Column("差", "gap", FieldType.AMOUNT)

_DUTIES = (
    _DUTY,
    Column("要求", "required", term=True),
    _UNIT,
    Column("对象", "bound", FieldType.INTEGER),
    Column("完成", "finished", FieldType.INTEGER),
    Column("落后", "behind", FieldType.INTEGER),
    Column("为零", "nothing", FieldType.INTEGER),
    Column("往期缺", "missed", FieldType.INTEGER),
    _GAP,
    _UNTIL,
)
_STANDS = (
    Column("应", "required", FieldType.AMOUNT),
    Column("已", "done", FieldType.AMOUNT),
    _GAP,
    _UNIT,
    Column("数", "amount", FieldType.AMOUNT),
    Column("总数", "total", FieldType.AMOUNT),
    Column("状态", "status", FieldType.CHOICE),
    Column("怎么赶上", "pace", term=True),
    Column("往期缺", "missed", term=True),
    _UNTIL,
    Column("说明", "remark", term=True),
)

Stands = Sequence[tuple[Fulfilment, Stand]]


def duties_values(
    book: Book,
    founds: Sequence[Fulfilment],
    *,
    only: str | None = None,
    behind: bool = False,
    opened: bool = False,
    outward: bool = False,
) -> Document:
    """All duties and how many stand how, beside them who is behind; one subject's own; or those behind alone.

    Args:
        book, founds, only, behind, opened, outward: As of the page.
    """
    founds = asked_of(founds, only) if outward else founds
    stands = [(found, one) for found in founds for one in found.stands if only in (None, one.subject)]
    if only is not None:
        shown = [each for each in stands if each[1].pressing or not behind]
        blocks: list[Block] = [_stands(book, shown, named=False), *_subject(book, only)]
        founds = [found for found, _one in shown]
    elif behind:
        blocks = [_stands(book, [each for each in stands if each[1].pressing])]
    else:
        pressing = [each for each in stands if each[1].pressing]
        blocks = [_duties(found for found in founds if found.cycle), _stands(book, pressing, name="behind")]
    if opened:
        blocks += [table for found in founds for table in _opened(book, found, only)]
    return _document(book, "职责完成情况", blocks, founds, "duties")


def duty_values(
    book: Book, found: Fulfilment, *, only: str | None = None, behind: bool = False, opened: bool = False
) -> Document:
    """One duty with everybody it binds, the most pressing first."""
    stands = [one for one in found.stands if (one.pressing or not behind) and only in (None, one.subject)]
    blocks: list[Block] = [_stands(book, [(found, one) for one in stands])]
    if opened:
        blocks += _opened(book, found, only)
    return _document(book, f"职责：{found.duty.name}", blocks, [found], "duty", withheld(found, only))


def _duties(founds: Iterable[Fulfilment]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            found.duty.name,
            brief(found.duty),
            unit_of(found.duty),
            len(found.stands),
            found.count(Status.DONE),
            sum(one.pressing for one in found.stands),
            len(found.idle),
            sum(bool(one.missed) for one in found.stands),
            sum((one.gap for one in found.stands if one.status is not Status.OVER), Decimal(0)),
            _until(found),
        )
        for found in founds
    ]
    return Table(_DUTIES, rows)


def _until(found: Fulfilment) -> date | None:
    return found.cycle.last if found.cycle and found.cycle.until != date.max else None


def _stands(book: Book, stands: Stands, *, named: bool = True, name: str = "items") -> Table:
    """Duties and subjects.

    Args:
        book: The records.
        stands: What to show, in order.
        named: Say whose duty it is; one subject's own need not.
        name: Of the list.
    """
    subjects = [one.subject for _found, one in stands]
    title = called(book, subjects)
    columns = (_DUTY, *(beside(column_of(book, subjects)) if named else ()), *_STANDS)
    rows: list[tuple[Value, ...]] = []
    for found, one in stands:
        whose = (one.subject or None, title[one.subject]) if named else ()
        rows.append((found.duty.name, *whose, *_numbers(found, one)))
    some = [n for n, (found, one) in enumerate(stands) if some_one([one.subject], told_inside(found.duty))]
    telling = {"subject", "subject_name"} if named else {"duty", "remark"}
    return Table(columns, rows, subjects, inner=singled(columns, some, frozenset(telling)), name=name)


def _numbers(found: Fulfilment, one: Stand) -> tuple[Value, ...]:
    bound = one.claim.most if one.claim.least is None else one.claim.least
    done = one.done.quantize(Decimal("0.01")) if one.done is not None and found.duty.out_of else one.done
    remarked = remark(found.duty, one) or None
    unit = unit_of(found.duty)
    counts = (bound, done, one.gap, unit, one.amount, one.total)
    return (*counts, one.status.value, one.pace or None, one.missed, _until(found), remarked)


def _subject(book: Book, id_: str) -> Iterator[Block]:
    """Whose duties are told."""
    ids, title = beside(column_of(book, [id_]))
    yield KeyValues(
        (
            Pair(ids.label, id_, ids.name, ids.type, ids.privacy, id_),
            Pair(title.label, called(book, [id_])[id_], title.name, title.type, title.privacy, id_, term=title.term),
        )
    )


def _opened(book: Book, found: Fulfilment, only: str | None) -> list[Table]:
    """The records that were counted, and for a share those it is a share of."""
    duty, cycle = found.duty, found.cycle
    if cycle is None or duty.parts:
        return []
    counter = Counter(book, duty, found.today, found.campaign)
    bound = {one.subject for one in found.stands if only in (None, one.subject)}
    inside = bool(some_one(bound, told_inside(duty)))

    def table(rows: Sequence[Counted], part: str, measure: Measure | None) -> Table:
        own = [row for row in rows if not duty.who or row.subject in bound or not row.subject]
        lead = ((_DUTY, duty.name), (Column("部分", "part"), part))
        return counted_table(book, own, measure, lead, inner=inside)

    tables = [table(counter.rows(cycle, only), "数到的", duty.counted)]
    return [*tables, table(counter.total_rows(cycle, only), "总数里的", duty.out_of)] if duty.out_of else tables


def _document(
    book: Book, title: str, blocks: Sequence[Block], founds: Sequence[Fulfilment], name: str, withheld: str = ""
) -> Document:
    return document_of(
        book, title, blocks, name, records=sum(len(found.stands) for found in founds), withheld=withheld, plain=True
    )
