"""``archive``: a year is closed, its catalogue printed, and where there is a reason opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit, for_programs
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.archive.close import Closed

app = App()

#: So many records are named.
_NAMED = 8


@app.command()
def archive(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="年份", help="已经过完的一年，如 2025")],
    catalogue: Annotated[bool, typer.Option("--catalogue", "--归档目录", help="出这一年的归档文件目录")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", "--撤回", help="撤回归档，记录回到原处，要写事由")] = False,
    why: Annotated[str, typer.Option("--why", "--事由", metavar="事由", help="为什么撤回")] = "",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """年终归档：一年里办完的封存起来，照样能看能查能数，不能再改；没有办完的结转。"""
    session = session_of(context)
    if catalogue and withdraw:
        raise UsageError("--归档目录 和 --撤回 只能写一个")
    if withdraw:
        _withdraw(session, year, why)
    elif catalogue:
        from lianxin.actions.archive.catalogue import listed

        plain = for_programs(session, format_, output)
        with session.book() as book:
            document = listed(book, session.workspace(), year, plain=plain)
        emit(session, document, format_, output)
    elif output or format_:
        raise UsageError("出目录请加 --归档目录，如 lianxin archive 2025 --catalogue -o 归档目录.pdf")
    else:
        _close(session, year)


def _close(session: Session, year: int) -> None:
    from lianxin.actions.archive.close import close

    if session.interactive and not (session.yes or session.dry_run):
        from lianxin.cli.run.prompt import confirm

        _tell(close(session.workspace(), year, dry_run=True))
        if not confirm("归档以后这些不能再改，就这样归档吗？"):
            raise typer.Abort
        done = close(session.workspace(), year)
    else:
        done = close(session.workspace(), year, dry_run=session.dry_run)
        if not session.json:
            _tell(done)
    if session.json:
        from lianxin.cli.say.answer import answer

        told = {"year": year, "records": list(done.ids), "files": done.files, "carried": list(done.carried)}
        answer(session, "archive", done.commit, told)
        return
    if not done.commit:
        speak("（试运行，没有写入）\n")
        return
    speak(
        f"✓ {year} 年已归档，账本记号 {done.commit[:10]}\n"
        f"  lianxin archive {year} --catalogue -o 归档目录.pdf --internal    归档文件目录，后缀写 .xlsx 就是表格\n"
    )


def _tell(done: Closed) -> None:
    more = f"（此前已归 {done.before} 份）" if done.before else ""
    files = f"，连同照片和文件 {done.files} 个" if done.files else ""
    speak(f"{done.year} 年归档 {len(done.ids)} 份记录{files}{more}\n")
    if done.carried:
        named = "、".join(done.carried[:_NAMED]) + ("等" if len(done.carried) > _NAMED else "")
        speak(f"没有办完的 {len(done.carried)} 件结转：{named}\n")


def _withdraw(session: Session, year: int, why: str) -> None:
    from lianxin.actions.archive.close import withdraw

    done = withdraw(session.workspace(), year, why, dry_run=session.dry_run)
    if session.json:
        from lianxin.cli.say.answer import answer

        answer(session, "archive", done.commit, {"year": year, "withdrawn": done.records})
        return
    note = f"，账本记号 {done.commit[:10]}" if done.commit else "（试运行，没有写入）"
    speak(f"✓ {year} 年的归档已撤回，{done.records} 份记录回到原处{note}\n  事由记在归档文件夹里；改好以后再归档一次\n")
