"""``verify``: a file is made again from the commit it bears, and compared."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of

if TYPE_CHECKING:
    from lianxin.actions.export.verify import Verification

app = App()


@app.command()
def verify(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="lianxin 写的文件：台账、报表、手册、填好的表……；公示栏写它的文件夹或其中一页"
        ),
    ],
    form: Annotated[
        Path | None, typer.Option("--form", metavar="空表", help="填好的表当初用的空表，挪了地方时写")
    ] = None,
) -> None:
    """复核：照文件里的账本记号重做一份，说一致，还是哪里不一样。"""
    from lianxin.actions.export.verify import verify as run
    from lianxin.cli.again import lawful, produce
    from lianxin.cli.run.exit import Exit
    from lianxin.cli.say.answer import answer
    from lianxin.core.document import Face

    session, tree = session_of(context), context.find_root().command
    verdict = run(session.workspace().root, file, partial(produce, tree), partial(lawful, tree), form)
    clear = verdict.trace.face is Face.PUBLIC or session.clear
    if session.json:
        answer(session, "verify", verdict.trace.commit, _values(verdict, clear=clear))
    for line in () if session.json else _told(verdict, clear=clear):
        speak(f"{line}\n")
    if not (verdict.same or verdict.erased):
        raise typer.Exit(Exit.PROBLEMS)


def _values(verdict: Verification, *, clear: bool) -> dict[str, object]:
    """What came out, for programs; what differs in an internal file is told only where it may be."""
    from lianxin.formats.paper.trace import moment_text

    shown = [
        {"place": one.place, **({"found": one.found, "made": one.made} if clear else {})} for one in verdict.differences
    ]
    return {
        "what": verdict.what,
        "same": verdict.same,
        "erased": verdict.erased,
        "as_of": moment_text(verdict.trace).replace(" ", "T"),
        "face": verdict.trace.face.value,
        "notes": verdict.notes,
        "differences": shown,
        "more": verdict.more,
    }


def _told(verdict: Verification, *, clear: bool) -> list[str]:
    from lianxin.cli.say.difference import difference_lines
    from lianxin.formats.paper.trace import moment_text

    trace = verdict.trace
    origin = f"账本记号 {trace.commit[:10]}，截至 {moment_text(trace)}，{trace.face}版"
    if verdict.same:
        return [f"一致：{verdict.what} 与重做的一份逐字节相同（{origin}）", *verdict.notes]
    if verdict.erased:
        told = f"一致：{verdict.what} 只有后来注销的个人信息处与重做的一份不同，其余文字一样（{origin}）"
        return [told, *verdict.notes]
    lines = [f"不一致：{verdict.what} 与重做的一份不同（{origin}）", *verdict.notes]
    for one in verdict.differences:
        lines += difference_lines(one, "文件里", "重做的", clear=clear)
    if verdict.more:
        lines.append(f"还有 {verdict.more} 处不同，没有列出")
    if verdict.differences and not clear:
        lines.append("这是内部件，具体内容请加 --internal 再看")
    return lines
