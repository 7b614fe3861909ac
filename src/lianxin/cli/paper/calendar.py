"""``calendar``: what is due on which day; into a file that telephones and mail programs keep."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import PRINTING, emit, for_programs
from lianxin.core.error import UsageError

app = App()


@app.command()
def calendar(
    context: typer.Context,
    dept: Annotated[
        str | None, typer.Option("--dept", metavar="单位", help="只要这个单位的", autocompletion=records("org"))
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="人员", help="只要这个人的", autocompletion=records("person"))
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """期限日历：哪天要签收、办结、反馈、复核、整改、兑现。-o 期限.ics 写成日历文件，导进手机就会提醒。"""
    if dept and person:
        raise UsageError("--dept 和 --person 只写一样")
    session = session_of(context)
    with session.book("lianxin.actions.paper.calendar", *PRINTING) as book:
        from lianxin.actions.paper.calendar import made

        whose = book.resolve(dept or person or "", "org" if dept else "person") if dept or person else ""
        document = made(book, whose, plain=for_programs(session, format_, output))
    emit(session, document, format_, output)
