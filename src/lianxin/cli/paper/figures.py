"""``figures``: every figure in force, one by what it belongs to, or one with the records behind it."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, MasterOption, OutputOption, PeriodOption, RollupOption
from lianxin.cli.run.command import App
from lianxin.cli.run.extra import asked_of, county
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import PRINTING, emit, for_programs
from lianxin.core.error import UsageError

app = App()

_LOADED = (
    "lianxin.actions.policy.definition",
    "lianxin.reports.figure.page",
    "lianxin.storage.query.measure_sql",
    *PRINTING,
)


@app.command()
def figures(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="数字", help="数字的名称；不写就列出全部")] = None,
    period: PeriodOption = None,
    open_: Annotated[bool, typer.Option("--open", "--明细", help="列出它由哪些记录加起来")] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="栏目", help="分开算，如 所属村、责任部门")] = None,
    rollup: RollupOption = None,
    office: Annotated[
        str | None, typer.Option("--office", "--单位", metavar="单位", help="汇总里只打开这个单位的")
    ] = None,
    engine: Annotated[
        str,
        typer.Option("--engine", "--引擎", metavar="引擎", help="汇总用哪个算：duckdb、spark、clickhouse"),
    ] = "duckdb",
    master: MasterOption = "",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """出数字：件数、金额、各种率，带口径；每个数字都能打开看是哪些记录。"""
    from lianxin.actions.policy.definition import definitions, figure_named
    from lianxin.core.day.period import parse_period
    from lianxin.reports.figure.page import figures_page, one_figure, opened, opened_values

    session = session_of(context)
    if name is None and (open_ or by):
        raise UsageError(f"{'--open' if open_ else '--by'} 要写明是哪个数字，如 lianxin figures 办结率 --open")
    if open_ and by:
        raise UsageError("--open 和 --by 请分两次看")
    if rollup is not None:
        if by:
            raise UsageError("汇总的数字本来就按单位分开，不用写 --by")
        plain = for_programs(session, format_, output)
        with asked_of(engine, master) as asked:
            document = county().figures_page(
                rollup, period or "本年", session.now.date(), name or "", office or "", asked, opened=open_, plain=plain
            )
        emit(session, document, format_, output, again=False)
        return
    if office:
        raise UsageError("--office 是打开汇总里一个单位的，要和 --rollup、--open 一起写")
    with session.book(*_LOADED) as book:
        known = definitions(book)
        span = parse_period(period or "本年", book.today, book.cycle())
        plain = for_programs(session, format_, output)
        if name is None:
            document = figures_page(book, known, span, plain=plain)
        elif open_:
            document = (opened_values if plain else opened)(book, figure_named(known, name), span)
        else:
            document = one_figure(book, figure_named(known, name), span, by, plain=plain)
    emit(session, document, format_, output)
