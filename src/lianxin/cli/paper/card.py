"""``card``: what stands on the contact cards of a pair."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit

app = App()


@app.command()
def card(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="编号", help="结对、人员、联系户、村或单位；不写就是全部")
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """连心卡：结对双方的姓名、电话、职务和服务内容。"""
    from lianxin.reports.pairing.card import cards, document

    session = session_of(context)
    with session.book() as book:
        made = document(book, cards(book, [book.resolve(word) for word in ids or ()]))
    emit(session, made, format_, output)
