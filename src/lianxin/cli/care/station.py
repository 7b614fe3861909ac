"""``station``: which desk of the book this machine is, and how it becomes one."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of

app = App()


@app.command()
def station(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", "--台名", metavar="台名", help="大家怎么叫这一台")] = "",
    keep: Annotated[
        str, typer.Option("--keep", "--沿用", metavar="字母", help="原来那台不再用了，这台接着用它的字母")
    ] = "",
    format_: FormatOption = None,
) -> None:
    """这台机器是哪一台；还没有字母的，领一个，编号就不会和别的台相同。"""
    from lianxin.actions.station.claim import claim, stood, take_over
    from lianxin.cli.run.stranger import asked, become

    session = session_of(context)
    workspace = session.workspace()
    before = stood(workspace)
    if not keep and not before.found.strange:
        _show(session, format_)
        return
    if session.dry_run:
        speak(f"{before.found.why}，会领一个新的字母\n（试运行，没有写入）\n")
        return
    if keep:
        done = take_over(workspace, keep)
    elif session.interactive and not (name or session.yes):
        done = asked(workspace, before)
    else:
        done = claim(workspace, name)
    if session.json:
        from lianxin.cli.say.answer import answer

        answer(session, "station", done.commit, {"letter": done.letter, "name": done.name})
        return
    speak(become(done))


def _show(session: Session, format_: str | None) -> None:
    from lianxin.actions.station.claim import stood
    from lianxin.cli.say.output import emit, for_programs
    from lianxin.reports.station import stations_page

    with session.book() as book:
        found = stood(session.workspace())
        plain = for_programs(session, format_, None)
        page = stations_page(found.stations, found.letter, book.title, plain=plain)
    emit(session, page, format_)
    if not plain:
        speak(f"这台机器在账本里是 {found.letter} 台\n")
