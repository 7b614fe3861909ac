"""``doctor``: what is wrong with this machine or this folder, and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption
from lianxin.cli.run.command import App
from lianxin.cli.run.exit import Exit
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, for_programs
from lianxin.core.error import UsageError

app = App()


@app.command()
def doctor(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", "--重做", help="索引丢掉重做，并说出原来的与记录有哪些不同")
    ] = False,
    format_: FormatOption = None,
) -> None:
    """体检：这台机器和这本台账有什么毛病，怎么治。"""
    from lianxin.actions.doctor.item import Health, page
    from lianxin.actions.doctor.looks import examine

    session = session_of(context)
    try:
        workspace = session.workspace()
    except UsageError:
        workspace = None
    findings = examine(workspace, rebuild=rebuild)
    told = session.interactive and not format_  # on a screen remedies stand below, where they can be copied
    plain = for_programs(session, format_, None)
    emit(session, page(findings, remedies=not told, plain=plain), format_)
    remedies = [one for one in findings if one.remedy] if told else []
    speak("".join(f"  {one.item}：{one.remedy}\n" for one in remedies))
    if any(one.verdict is Health.BAD for one in findings):
        raise typer.Exit(Exit.PROBLEMS)
