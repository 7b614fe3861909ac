"""``today``: the morning page, also what bare ``lianxin`` shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import PRINTING, emit, for_programs

if TYPE_CHECKING:
    from lianxin.core.document import Document

app = App()


@app.command()
def today(
    context: typer.Context,
    whole: Annotated[bool, typer.Option("--all", "--全部", help="一屏放不下也全部列出")] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """今天要办的事：最急的在前，放得下一屏；超期的、到期的、没签收的、要反馈的。"""
    session = session_of(context)
    workspace = session.workspace()
    with session.book(
        "lianxin.actions.check", "lianxin.actions.policy.arrears", "lianxin.reports.today.page", *PRINTING
    ) as book:
        from lianxin.actions.check import every_problem
        from lianxin.actions.notice import notices as noticed
        from lianxin.actions.policy.arrears import arrears

        notices = (
            noticed(book, workspace) if output is None and not session.at else []
        )  # a file tells of the records alone
        report = _values() if for_programs(session, format_, output) else _page()
        document = report(book, every_problem(book, workspace, hints=False), arrears(book), notices)
    emit(session, document, format_, output, most="" if whole else "lianxin today --all")


def _page() -> Callable[..., Document]:
    from lianxin.reports.today.page import today as page

    return page


def _values() -> Callable[..., Document]:
    from lianxin.reports.today.values import today_values

    return today_values
