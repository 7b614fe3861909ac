"""``audit``: going through the books, and the seal that goes into the file."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.exit import Exit
from lianxin.cli.run.session import session_of

app = App()

#: So many marks fit a screen; a file holds all of them.
_SHOWN = 12


@app.command()
def audit(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", "--对印鉴", help="对照从前的印鉴：LX1- 开头的那一行，或印着它的文件", metavar="印鉴"),
    ] = None,
    seal: Annotated[bool, typer.Option("--seal", "--盖印", help="出一页印鉴，签字归档")] = False,
    whole: Annotated[bool, typer.Option("--whole", "--从头", help="从头查，上次查过的也再查")] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """查账：从第一笔入账查到现在，看有没有人改过、删过、冒名写过。只看不写。"""
    from lianxin.actions.audit.audit import audit as run
    from lianxin.actions.audit.audit import index_found, looked_at
    from lianxin.actions.audit.page import page, seal_page
    from lianxin.actions.audit.seal import told
    from lianxin.cli.run.progress import progress
    from lianxin.cli.say.output import emit, for_programs

    session = session_of(context)
    workspace = session.workspace()
    held = told(since) if since else None
    snapshot = looked_at(workspace)
    beside = index_found(workspace, snapshot)
    plain = for_programs(session, format_, output)
    with progress("查账", show=session.interactive) as advance, session.book(told=advance) as book:
        found = run(workspace, book, snapshot, beside, whole=whole, since=held, sealing=seal, progress=advance)
        if seal and not plain:
            made = seal_page(book, found, book.title(workspace.actor(book)))
        else:
            made = page(book, found, plain=plain, most=0 if output or plain else _SHOWN)
    emit(session, made, format_, output, again=False)
    if found.faults:
        raise typer.Exit(Exit.PROBLEMS)
