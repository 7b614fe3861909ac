"""``ledger``: any ledger form; without a name, the list of them."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option import FormatOption, OutputOption, PeriodOption, WhereOption
from lianxin.cli.output import emit
from lianxin.cli.session import session_of
from lianxin.core.document import Column, Document, Table

app = typer.Typer(add_completion=False)


@app.command()
def ledger(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="台账", help="台账名；不写就列出全部")] = None,
    where: WhereOption = None,
    period: PeriodOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """出台账：问题台账、走访台账、结对台账等，也可用自己的表单。"""
    from lianxin.actions.form import form_named, forms
    from lianxin.core.filter import parse_filters
    from lianxin.core.period import parse_period
    from lianxin.reports.ledger import ledger as report

    session = session_of(context)
    root = session.workspace().root
    if name is None:
        columns = (Column("台账", "name"), Column("种类", "kind"), Column("说明", "help"), Column("栏数", "columns"))
        rows = [(form.name, form.kind, form.help, len(form.columns)) for form in forms(root).values()]
        emit(session, Document("台账清单", (Table(columns, rows),), name="ledgers"), format_, output)
        return
    form = form_named(root, name)
    with session.book() as book:
        span = parse_period(period, book.today) if period else None
        document = report(book, form, filters=parse_filters(where or []), period=span)
    emit(session, document, format_, output)
