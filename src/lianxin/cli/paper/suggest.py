"""``pairing suggest``: units for the villages that have none, with the reasons."""

from __future__ import annotations

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, for_programs

app = App()


@app.command()
def suggest(context: typer.Context, format_: FormatOption = None, output: OutputOption = None) -> None:
    """给还没有伙伴的村建议结对单位，说明理由；不改动已有的结对"""
    from lianxin.actions.policy.suggest import matching_of
    from lianxin.reports.pairing.suggest import suggestions

    session = session_of(context)
    with session.book() as book:
        document = suggestions(book, matching_of(book), plain=for_programs(session, format_, output))
    emit(session, document, format_, output)
