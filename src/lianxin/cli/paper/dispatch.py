"""``dispatch``: a paper made, looked at, numbered, filed, and found again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.dispatch.filed import Asked
    from lianxin.actions.paper.report import Wanted

app = App()


@app.command()
def dispatch(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(metavar="材料或文件", help="报表名：出一份，看过登记；文件：登记；不写：列要出的和发过的"),
    ] = None,
    period: PeriodOption = None,
    number: Annotated[
        str, typer.Option("--number", "--文号", metavar="文号", help="印在上面的文号；不写，报表用程序编的")
    ] = "",
    about: Annotated[
        list[str] | None, typer.Option("--about", "--对应", metavar="编号", help="不是报表的：说的是哪件事，可写几次")
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """发文：这周要出的材料，出一份、看过、编号、登记，以后找得到。"""
    session = session_of(context)
    if what is None:
        from lianxin.actions.dispatch.week import week_page

        with session.book() as book:
            page = week_page(book, session.workspace())
        emit(session, page, format_, output, again=False)
        return
    from lianxin.actions.dispatch.filed import Asked

    file = Path(what)
    if file.is_file():
        _file(session, Asked(file, number, about or ()))
        return
    if file.suffix:
        raise UsageError(f"没有「{what}」这个文件，请看路径对不对")
    wanted, place = _wanted(session, what, period or "", number)
    paper = output or place
    _make(context, session, wanted, paper)
    told = f"已写入 {paper}，请打开看一遍"
    if not session.yes and not _looked(session, told):
        tell(f"{told}；看过以后登记：lianxin dispatch {paper}\n")
        return
    _file(session, Asked(paper, number, about or (), wanted))


def _wanted(session: Session, name: str, period: str, number: str) -> tuple[Wanted, Path]:
    """The report of this name, its period in words that mean the same whoever reads them, its 文号; where it is put."""
    from msgspec.structs import replace

    from lianxin.actions.dispatch.due import place_of
    from lianxin.actions.paper.report import named, proposed, span_of

    with session.book() as book:
        wanted = named(book, name, period)
        place = place_of(session.workspace(), wanted.name, span_of(book, wanted))
        return replace(wanted, number=proposed(book, wanted, number)), place


def _make(context: typer.Context, session: Session, wanted: Wanted, paper: Path) -> None:
    from lianxin.actions.paper.report import words_of
    from lianxin.cli.again import produce

    pinned = [
        *("--data", str(session.workspace().root)),
        *(("--today", f"{session.now:%Y-%m-%d %H:%M}") if session.today else ()),
        *(("--internal",) if session.internal else ()),
    ]
    paper.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    produce(context.find_root().command, [*pinned, *words_of(wanted), "-o", str(paper)], paper)


def _looked(session: Session, told: str) -> bool:
    """Whether she has looked at it and wants it filed; off a terminal nobody has."""
    if not session.interactive:
        return False
    from lianxin.cli.run.prompt import confirm

    return confirm(f"{told}。看过了，现在定稿、登记吗？", doubtful=True)


def _file(session: Session, asked: Asked) -> None:
    from lianxin.actions.dispatch.filed import file_paper
    from lianxin.cli.say.answer import written

    filed = file_paper(session.workspace(), asked, dry_run=session.dry_run)
    if session.dry_run:
        tell(f"试一下，没有写入。会登记为 {filed.added.id}\n")
        return
    number = f"，文号 {filed.number}" if filed.number else ""
    kept = f"，数字定稿在 {filed.frozen}" if filed.frozen else ""
    speak(f"已登记 {filed.added.id}{number}{kept}\n")
    tell(
        f"  文件收了一份在台账里，以后找：lianxin find {filed.number or filed.added.id}\n{written(filed.added.commit)}"
    )
