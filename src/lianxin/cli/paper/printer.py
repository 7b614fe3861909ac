"""``print``: a file, or the page of a record, on paper."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import UsageError
from lianxin.kinds import kind_of

app = App()

_MOST = 99


@app.command("print")
def print_(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="文件或编号", help="PDF、docx、xlsx；或编号：问题打《工作手册》的那一页", autocompletion=records()
        ),
    ],
    printer: Annotated[str, typer.Option("--printer", metavar="打印机", help="哪一台；不写就是平常用的")] = "",
    copies: Annotated[str, typer.Option("--copies", metavar="份数", help="打几份")] = "1",
) -> None:
    """打印：做好的文件，或一条记录的那一页。"""
    from lianxin.actions.paper.printer import NoPrinterError, printable, ready

    session = session_of(context)
    if not copies.isdecimal() or not 1 <= int(copies) <= _MOST:
        raise UsageError(f"--copies 要写 1 到 {_MOST} 的数，「{copies}」不是")
    file = Path(what)
    if file.suffix or file.exists():
        printable(file)
        try:
            program = ready(printer)
        except NoPrinterError as error:
            where = file.resolve()
            raise NoPrinterError(f"{error}；文件在 {where}，可以拷到能打印的电脑上去打") from None
        _hand(session, program, file, file.name, printer, int(copies))
        return
    words, title = _page(session, what)
    try:
        program = ready(printer)
    except NoPrinterError as error:
        made = f"lianxin {' '.join(words)} -o ../{title}.pdf"
        raise NoPrinterError(f"{error}；要拿到别处去打，先写成文件：{made}") from None
    from lianxin.cli.again import produce

    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        page = Path(folder) / f"{title}.pdf"
        produce(context.find_root().command, [*_pinned(session), *words, "-o", str(page)], page)
        _hand(session, program, page, title, printer, int(copies))
    speak("" if session.internal else "  姓名电话已隐去，内部件请加 --internal\n")


def _page(session: Session, word: str) -> tuple[list[str], str]:
    """The command that makes the page of a record, and the record."""
    with session.book(quiet=True) as book:
        full = book.resolve(word, "issue" if word.isdecimal() else "")
        command = "handbook" if kind_of(full).name == "issue" else "show"
    return [command, full], full


def _pinned(session: Session) -> list[str]:
    """The global options of this run that say what is to be seen on the page."""
    return [
        *("--data", str(session.workspace().root)),
        *(("--today", f"{session.now:%Y-%m-%d %H:%M}") if session.today else ()),
        *(("--rev", session.at) if session.at else ()),
        *(("--internal",) if session.internal else ()),
    ]


def _hand(session: Session, program: str, file: Path, title: str, printer: str, copies: int) -> None:
    from lianxin.actions.paper.printer import printed

    if session.dry_run:
        speak(f"（试运行，没有打印）{title}，{copies} 份\n")
        return
    done = printed(program, file, title, to=printer, copies=copies)
    where = f" {done.printer}，编号 {done.number}" if done.printer else ""
    speak(f"✓ {title} 已交给打印机{where}，{copies} 份\n")
