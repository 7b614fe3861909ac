"""``score``: points of members, units, villages and branches, and how each point came about."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, for_programs

app = App()


@app.command()
def score(
    context: typer.Context,
    scheme: Annotated[str | None, typer.Argument(metavar="办法", help="评分办法；不写就列出全部")] = None,
    period: PeriodOption = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="对象", help="这个人、单位、村的每一分怎么来的")
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """评分：先锋指数、综合成绩、定级，列出名次和评优、问责名单。"""
    from lianxin.actions.policy.score import scheme_named, schemes
    from lianxin.core.day.period import parse_period
    from lianxin.reports.score.page import explained_page, schemes_page, score_page
    from lianxin.reports.score.scored import scored, whole_year

    session = session_of(context)
    plain = for_programs(session, format_, output)
    with session.book() as book:
        if scheme is None:
            document = schemes_page(book, schemes(book).values(), plain=plain)
        else:
            chosen = scheme_named(book, scheme)
            found = scored(book, chosen, parse_period(period, book.today) if period else whole_year(book.today))
            if explain:
                document = explained_page(book, found, book.resolve(explain), plain=plain)
            else:
                document = score_page(book, found, plain=plain)
    emit(session, document, format_, output)
