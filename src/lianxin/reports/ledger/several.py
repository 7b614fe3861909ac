"""Several ledgers of one period in one document: a sheet each in a workbook, one after the other elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Column, Document, Table
from lianxin.core.measure import lettered
from lianxin.reports.document import document_of
from lianxin.reports.ledger.form import Form
from lianxin.reports.ledger.ledger import ledger
from lianxin.reports.plain import after


def ledger_set(
    book: Book, forms: Sequence[Form], period: Period | None, *, office: str = "", plain: bool = False
) -> Document:
    """The ledgers in the order given; those whose form names no 期间字段 stand whole, and say so.

    Args:
        book, forms, period: What of which.
        office: Whose ledgers they are.
        plain: For programs: every row says whose it is.

    Raises:
        UsageError: A form is faulty.
    """
    tables = tuple(table for form in forms for table in _tables(book, form, period, plain=plain))
    ids = {id_ for table in tables for id_ in table.records}
    made = document_of(
        book,
        "台账汇总",
        tables,
        "ledger-set",
        records=len(ids),
        period=period,
        form=f"{len(forms)} 种 {lettered(''.join(f.digest for f in forms))}",
        landscape=True,
        plain=plain,
    )
    return replace(made, office=office)


def _tables(book: Book, form: Form, period: Period | None, *, plain: bool) -> list[Table]:
    span = period if form.period_field else None
    whole = ("这种台账不分期间，列的是全部。",) if period and not span else ()
    blocks = ledger(book, form, period=span, plain=plain).blocks
    if plain:
        whose = Column("台账", "ledger", term=True)
        return [after(whose, form.name, one) for one in blocks if isinstance(one, Table)]
    return [replace(one, caption=form.name, notes=(*one.notes, *whole)) for one in blocks if isinstance(one, Table)]
