"""``import``: an old workbook taken in; shown first, asked once, one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.keep.back import take_back, was_sent
from lianxin.cli.option.completion import words_of
from lianxin.cli.option.shared import OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.actions.bring.bring import Brought
    from lianxin.actions.bring.workbook import Asked
    from lianxin.storage.book import LedgerBook

app = App()

#: So many faults are listed before the question; all of them stand in the copy.
_SHOWN = 6
_KINDS = ("联系户", "党员干部", "单位", "村", "走访", "结对", "项目", "问题")


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="文件", help="xlsx、xls、et 或 csv")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "--种类",
            metavar="种类",
            help=f"哪一种表：{'、'.join(_KINDS)}；不写就看表头",
            autocompletion=words_of(_KINDS),
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", "--对应", metavar="表头=字段", help="这一栏记到哪一项；字段空着就是不导入，可写多个"),
    ] = None,
    filled: Annotated[
        list[str] | None,
        typer.Option("--all", "--都写", metavar="字段=值", help="表里没有这一栏、每行都一样的，可写多个"),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", "--年份", metavar="年份", help="没有写年份的日子算哪一年")
    ] = None,
    good_only: Annotated[
        bool, typer.Option("--good-only", "--只导好的", help="有毛病的行先不导，好的先导进去")
    ] = False,
    template: Annotated[
        str | None,
        typer.Option(
            "--template", "--模板", metavar="种类", help="不导入，出一张照着填的空表", autocompletion=words_of(_KINDS)
        ),
    ] = None,
    back: Annotated[
        bool,
        typer.Option("--back", "--回收", help="这是发出去、单位填好交回的表：逐栏给您看，一行一行问过才收"),
    ] = False,
    sender: Annotated[
        str, typer.Option("--from", "--来自", metavar="单位", help="回收时：谁填的；不写就是发给的那一个")
    ] = "",
    accept: Annotated[
        list[int] | None,
        typer.Option("--accept", "--收", metavar="行", help="回收时：不问，只收这一行（表里的行号），可写多个"),
    ] = None,
    output: OutputOption = None,
) -> None:
    """把旧表导进台账：先给您看表头怎样对应、哪些行有毛病，问过才写，一次记下、一次撤销。

    有毛病的格子都标在一份副本里，原来的表不动；同一张表再导一次，已经有的不再记。
    """
    session = session_of(context)
    if template is not None:
        _template(session, template, output)
        return
    if file is None:
        raise UsageError("要写导入哪个文件，如 lianxin import 联系户.xlsx；要空表照着填的，加 --模板 联系户")
    from lianxin.storage.sheet.reading import read_sheets

    if back or accept or sender or was_sent(file):
        take_back(session, read_sheets(file, hidden=True), sender, accept or ())
        return
    if not (session.interactive or session.yes or session.dry_run):
        raise LianxinError("没有导入：不在终端上不能先问您；先加 --dry-run 看看会怎样，确要导入就加 --yes")
    from lianxin.actions.bring.row import Given
    from lianxin.actions.bring.table import plain
    from lianxin.actions.bring.workbook import Asked

    told = {plain(heading): path for heading, path in _pairs(mapped or (), "--对应 表头=字段").items()}
    given = Given(year or 0, _pairs(filled or (), "--都写 字段=值"))
    asked = Asked(file.name, read_sheets(file), kind or "", told, given, {}, good_only)
    _import(session, asked, file, output)


def _pairs(words: Sequence[str], how: str) -> Mapping[str, str]:
    made = {}
    for word in words:
        name, sign, value = word.replace("＝", "=", 1).partition("=")
        if not sign or not name.strip():
            raise UsageError(f"要写成 {how}，「{word}」里没有等号")
        made[name.strip()] = value.strip()
    return made


def _template(session: Session, word: str, output: Path | None) -> None:
    from lianxin.actions.bring.template import template
    from lianxin.cli.say.output import save

    with session.book() as book:
        label, content = template(book, word)
    path = output or Path(f"{label}模板.xlsx")
    if output is None:
        _refuse(session, path)
    save(session, path, content)
    tell(f"已写入 {path}；填好以后运行 lianxin import {path}\n")


def _refuse(session: Session, path: Path) -> None:
    from lianxin.storage.write.outlet import refuse

    refuse(path, session.root)


def _import(session: Session, asked: Asked, file: Path, output: Path | None) -> None:
    from lianxin.actions.bring.bring import bring
    from lianxin.cli.ask.workbook import agreed, answered, decided

    asks = session.interactive and not session.yes and not session.dry_run
    asked = agreed(session, asked, asks=asks)
    workspace = session.workspace()
    if asks:
        asked, done = answered(session, asked, bring(workspace, asked, dry_run=True))
        with session.book() as book:
            _show(session, _SHOWN, book, done)
    else:  # it is told before it is written, while the records are at hand
        done = bring(workspace, asked, dry_run=session.dry_run, show=partial(_show, session, 0))
    copy = _copied(session, asked, done, file, output)
    if asks:
        done = bring(workspace, decided(asked, done))
    _told(session, done, copy)
    if done.faulty and not done.commit and not (session.dry_run or asked.good_only):
        raise LianxinError(f"没有导入：有 {done.faulty} 行有毛病；改好再来，或加 --只导好的，先导好的")


def _show(session: Session, most: int, book: LedgerBook, found: Brought) -> None:
    from lianxin.actions.bring.page import result_page
    from lianxin.cli.say.output import emit

    if not session.json:
        emit(session, result_page(book, found, most, veil=session.workspace().veil or not session.clear))


def _copied(session: Session, asked: Asked, found: Brought, file: Path, output: Path | None) -> Path | None:
    """The copy of her workbook with what is wrong beside the cells; none where nothing is."""
    if not found.troubles:
        return None
    from lianxin.actions.bring.copy import copy_of, made, place_for
    from lianxin.cli.say.output import save
    from lianxin.storage.write.outlet import send

    workspace = session.workspace()
    content = copy_of(file.read_bytes(), asked, found)
    path = output or place_for(workspace, file)
    try:
        _refuse(session, path)
        if output:
            save(session, path, content)
        else:
            send(path, content)
            made(workspace, path, content)
    except LianxinError as error:
        tell(f"问题副本没有写成：{error}\n")
        return None
    if not session.json:
        tell(f"哪一格有什么毛病，都标在 {path}（有姓名电话，是内部件）；原来的表没有动\n")
    return path


def _told(session: Session, done: Brought, copy: Path | None) -> None:
    from lianxin.cli.say.answer import answer, written

    if session.json:
        answer(session, "import", done.commit, {**_data(session, done), "copy": str(copy) if copy else None})
    elif done.commit:
        speak(f"✓ 已导入 {done.coming} 条\n{written(done.commit)}")
    elif session.dry_run:
        speak("（试运行，没有写入）\n")
    elif not done.faulty or not done.coming:
        speak("没有要写入的：台账里都已经有了\n" if not done.faulty else "没有写入\n")


def _data(session: Session, done: Brought) -> dict[str, Any]:
    from lianxin.actions.bring.draft import Fate

    veil = session.workspace().veil or not session.clear
    faults = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column + 1 or None,
            "heading": one.heading or None,
            "message": one.public if veil else one.said,
            "grave": one.grave,
        }
        for one in done.troubles
    ]
    counts = {fate.name.lower(): done.count(fate) for fate in Fate}
    ids = [one.id for one in done.drafts if one.fate in (Fate.NEW, Fate.FILLED)] if done.commit else []
    return {"counts": counts, "ids": ids, "faults": faults, "commit": done.commit}
