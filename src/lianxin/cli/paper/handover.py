"""``handover``: the pack for whoever takes over."""

from __future__ import annotations

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import PRINTING, emit

app = App()


@app.command()
def handover(context: typer.Context, format_: FormatOption = None, output: OutputOption = None) -> None:
    """接手包：手上的问题、答应过的事、欠的走访和职责、没说清的地方，一个月怎么过。"""
    session = session_of(context)
    workspace = session.workspace()
    with session.book("lianxin.actions.paper.handover", *PRINTING) as book:
        from lianxin.actions.paper.handover import gathered
        from lianxin.reports.handover.pack import handover as report

        document = report(book, gathered(book, workspace))
    emit(session, document, format_, output)
