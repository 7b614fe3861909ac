"""What only she can say of an old workbook: whether its headings are read rightly, which year, whom a name means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer
from msgspec.structs import replace

from lianxin.cli.run.prompt import choose, confirm, typed_text
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session

if TYPE_CHECKING:
    from lianxin.actions.bring.bring import Brought
    from lianxin.actions.bring.workbook import Asked, Reading


def agreed(session: Session, asked: Asked, *, asks: bool) -> Asked:
    """The headings as they are understood, shown; at a terminal until she says that they are right."""
    from lianxin.actions.bring.page import headings_page
    from lianxin.actions.bring.workbook import UnsureError, read_workbook
    from lianxin.cli.say.output import emit

    while True:
        with session.book() as book:
            try:
                reading = read_workbook(book, asked)
            except UnsureError as error:
                if not asks:
                    raise
                kinds = [(kind, kind) for kind in error.kinds]
                asked = replace(asked, kind=choose(f"看不准「{error.sheet}」是哪一种表，是：", kinds))
                continue
            if not session.json:
                emit(session, headings_page(book, reading))
        if not asks or confirm("表头这样对应，对吗？"):
            break
        asked = _changed(asked, reading)
    return _completed(asked, reading) if asks else asked


def _changed(asked: Asked, reading: Reading) -> Asked:
    """One heading put right."""
    from lianxin.actions.bring.table import plain

    heads = {one.head.shown: read for read in reading.tables for one in read.columns}
    while (heading := _heading(typed_text("哪一栏不对？写那一栏的表头："), [*heads])) not in heads:
        tell("没有这一栏，或不止一栏，照上面的表头写\n")
    read = heads[heading]
    known = {one.shown: path for path, one in read.lexicon.targets.items()}
    speak(f"还空着的：{'、'.join(shown for shown, path in known.items() if path not in read.paths)}\n")
    while (path := typed_text(f"「{heading}」记到哪一项（不导入就直接回车）：")) and any(
        part.strip() not in known for part in path.split("+")
    ):
        tell(f"没有「{path}」这一项，照上面的写\n")
    return replace(asked, told={**asked.told, plain(heading): path})


def _heading(typed: str, headings: Sequence[str]) -> str:
    """The one heading that is typed, begins so, or holds it; empty where that is none, or several."""
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [one for one in headings if typed and fits(one, typed)]
        if len(found) == 1:
            return found[0]
    return ""


def _completed(asked: Asked, reading: Reading) -> Asked:
    """What must be there and has no column: the same for every row, as she says."""
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


def answered(session: Session, asked: Asked, found: Brought) -> tuple[Asked, Brought]:
    """What only she can say: the year of days without one, whom a name means."""
    from lianxin.actions.bring.bring import bring

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


def decided(asked: Asked, found: Brought) -> Asked:
    """Whether to go on.

    Raises:
        Abort: She would not.
    """
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
