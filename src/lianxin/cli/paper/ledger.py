"""``ledger``: any ledger form, or several in one file; without a name, the list of them."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption, WhereOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import session_of
from lianxin.cli.say.answer import begin_with
from lianxin.cli.say.output import emit, face_of, for_programs
from lianxin.core.error import UsageError

app = App()


@app.command()
def ledger(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="台账", help="台账名，可写几个，合成一个文件；不写就列出全部")
    ] = None,
    every: Annotated[bool, typer.Option("--all", "--全部", help="全部台账，Excel 里一张一页")] = False,
    where: WhereOption = None,
    period: PeriodOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """出台账：问题台账、走访台账、结对台账等，也可用自己的表单。"""
    from lianxin.actions.policy.form import form_named, forms, listed
    from lianxin.actions.typed_filter import typed_filters
    from lianxin.core.day.period import parse_period
    from lianxin.kinds import kind_named
    from lianxin.reports.ledger.ledger import ledger as report
    from lianxin.reports.ledger.several import ledger_set

    session = session_of(context)
    plain = for_programs(session, format_, output)
    if names and every:
        raise UsageError("写了台账名就不用写 --all，请留一样")
    if not names and not every:
        with session.book() as book:
            document = listed(book, plain=plain)
        emit(session, document, format_, output)
        return
    with session.book() as book:
        chosen = [form_named(book, name) for name in dict.fromkeys(names or ())] or list(forms(book).values())
        span = parse_period(period, book.today) if period else None
        if len(chosen) == 1:
            kind = kind_named(chosen[0].kind)  # where there is none, the report says so
            filters = typed_filters(book, kind, where or [], face_of(session, output)) if kind else ()
            document = report(book, chosen[0], filters=filters, period=span, plain=plain)
        else:
            if where:
                raise UsageError("几种台账一起出，栏目不一样，不能用 --where；请一种一种地出")
            document = ledger_set(book, chosen, span, plain=plain)
        first = begin_with(book, kind_named(chosen[0].kind)) if len(chosen) == 1 else ""
    emit(session, document, format_, output, called=chosen[0].name if len(chosen) == 1 else "")
    if first and session.interactive:
        tell(first)
