"""``import``: an old workbook taken in; shown first, asked once, one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from lianxin.cli.option.completion import words_of
from lianxin.cli.option.shared import OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.actions.bring.bring import Asked, Brought, Reading

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
    output: OutputOption = None,
) -> None:
    """把旧表导进台账：先给您看表头怎样对应、哪些行有毛病，问过才写，一次提交、一次撤销。

    有毛病的格子都标在一份副本里，原来的表不动；同一张表再导一次，已经有的不再记。
    """
    session = session_of(context)
    if template is not None:
        _template(session, template, output)
        return
    if file is None:
        raise UsageError("要写导入哪个文件，如 lianxin import 联系户.xlsx；要空表照着填的，加 --template 联系户")
    if not (session.interactive or session.yes or session.dry_run):
        raise LianxinError("没有导入：不在终端上不能先问您；先加 --dry-run 看看会怎样，确要导入就加 --yes")
    from lianxin.actions.bring.bring import Asked
    from lianxin.actions.bring.row import Given
    from lianxin.actions.bring.table import plain
    from lianxin.storage.sheet.reading import read_sheets

    told = {plain(heading): path for heading, path in _pairs(mapped or (), "--map 表头=字段").items()}
    given = Given(year or 0, _pairs(filled or (), "--all 字段=值"))
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

    asks = session.interactive and not session.yes and not session.dry_run
    asked = _agreed(session, asked, asks=asks)
    workspace = session.workspace()
    found = bring(workspace, asked, dry_run=True)
    if asks:
        asked, found = _answered(session, asked, found)
    _show(session, found, most=_SHOWN if asks else 0)
    copy = _copied(session, asked, found, file, output)
    if session.dry_run:
        _told(session, found, copy)
        return
    if asks:
        asked = _decided(asked, found)
    done = bring(workspace, asked)
    _told(session, done, copy)
    if done.faulty and not asked.good_only:
        raise LianxinError(f"没有导入：有 {done.faulty} 行有毛病；改好再来，或加 --good-only 先导好的")


def _agreed(session: Session, asked: Asked, *, asks: bool) -> Asked:
    """The headings as they are understood, shown; at a terminal until she says that they are right."""
    from lianxin.actions.bring.bring import read_workbook
    from lianxin.actions.bring.page import headings_page
    from lianxin.cli.run.prompt import confirm
    from lianxin.cli.say.output import emit

    while True:
        with session.book() as book:
            reading = read_workbook(book, asked)
            if not session.json:
                emit(session, headings_page(book, reading))
        if not asks or confirm("表头这样对应，对吗？"):
            break
        asked = _changed(asked, reading)
    return _completed(asked, reading) if asks else asked


def _changed(asked: Asked, reading: Reading) -> Asked:
    """One heading put right."""
    from lianxin.actions.bring.table import plain
    from lianxin.cli.run.prompt import choose, typed_text

    heads = {one.head.shown: read for read in reading.tables for one in read.columns}
    heading = choose("哪一栏不对？", [(shown, shown) for shown in heads])
    known = [one.shown for one in heads[heading].lexicon.targets.values()]
    speak(f"{heads[heading].lexicon.kind.label}有这些：{'、'.join(known)}\n")
    while (path := typed_text(f"「{heading}」记到哪一项（不导入就直接回车）：")) and any(
        part.strip() not in known for part in path.split("+")
    ):
        tell(f"没有「{path}」这一项，照上面的写\n")
    return replace(asked, told={**asked.told, plain(heading): path})


def _completed(asked: Asked, reading: Reading) -> Asked:
    """What must be there and has no column: the same for every row, as she says."""
    from lianxin.cli.run.prompt import choose, typed_text

    filled = dict(asked.given.filled)
    for read, lacking in zip(reading.tables, reading.lacking, strict=True):
        for path in lacking:
            spec = read.lexicon.targets[path].leaf
            said = f"「{read.table.sheet}」里没有「{path}」一栏"
            if spec.choices:
                choices = [*((one, one) for one in spec.choices), ("", "不写，先这样")]
                filled[path] = choose(f"{said}，每行都是：", choices)
            else:
                filled[path] = typed_text(f"{said}，每行都写什么（没有就直接回车）：")
    return replace(asked, given=replace(asked.given, filled={path: text for path, text in filled.items() if text}))


def _answered(session: Session, asked: Asked, found: Brought) -> tuple[Asked, Brought]:
    """What only she can say: the year of days without one, whom a name means."""
    from lianxin.actions.bring.bring import bring
    from lianxin.cli.run.prompt import choose, typed_text

    before = asked
    if found.yearless and not asked.given.year:
        while (text := typed_text("有的日子没有写年份，是哪一年的（不知道就直接回车）：")) and not text.isdecimal():
            tell("请写四位数字，如 2025\n")
        if text:
            asked = replace(asked, given=replace(asked.given, year=int(text)))
    names = dict(asked.names)
    for one in found.namesakes:
        question = f"{one.label}写着「{one.word}」，是哪一个？"
        if picked := choose(question, [*one.choices, ("", "都不是，先放着")]):
            names[one.asked] = picked
    asked = replace(asked, names=names)
    return (asked, found) if asked == before else (asked, bring(session.workspace(), asked, dry_run=True))


def _show(session: Session, found: Brought, *, most: int) -> None:
    from lianxin.actions.bring.page import result_page
    from lianxin.cli.say.output import emit

    if not session.json:
        with session.book() as book:
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


def _decided(asked: Asked, found: Brought) -> Asked:
    """Whether to go on.

    Raises:
        Abort: She would not.
    """
    from lianxin.cli.run.prompt import confirm

    if not found.coming:
        speak("没有能导入的：请照上面说的改好再来\n" if found.faulty else "没有要写入的：台账里都已经有了\n")
        raise typer.Exit
    if found.faulty and not asked.good_only:
        if not confirm(f"有 {found.faulty} 行有毛病。先把好的 {found.coming} 条导进去吗？", doubtful=True):
            raise typer.Abort
        return replace(asked, good_only=True)
    left = f"（有毛病的 {found.faulty} 行先不导）" if found.faulty else ""
    if not confirm(f"就这样导入 {found.coming} 条吗？{left}"):
        raise typer.Abort
    return asked


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
