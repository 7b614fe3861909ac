"""``backup``: the ledger to a stick or another disk, read back to prove it; and fetched from there again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.progress import progress
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.actions.backup.make import Backup

app = App()

#: So many files are named.
_NAMED = 5


@app.command()
def backup(
    context: typer.Context,
    target: Annotated[
        Path | None, typer.Argument(metavar="目标", help="优盘或别的盘上的文件夹；不写就是上次那里")
    ] = None,
    folder: Annotated[Path | None, typer.Argument(metavar="新目录", help="取回时：放到哪个新目录")] = None,
    back: Annotated[bool, typer.Option("--back", "--取回", help="从备份取回一本台账，放进新目录")] = False,
) -> None:
    """备份：整本台账连同全部经过存到优盘，再读回来核对；--back 目标 新目录 是取回。"""
    session = session_of(context)
    if back:
        if target is None or folder is None:
            raise UsageError("取回要写两样：lianxin backup --back 优盘的文件夹 新目录")
        _back(session, target, folder)
        return
    if folder is not None:
        raise UsageError(f"多写了「{folder}」；取回才写两样，要加 --back")
    _back_up(session, target)


def _back_up(session: Session, target: Path | None) -> None:
    from lianxin.actions.backup.make import backup as make

    beside = _taken_in(session)
    with progress("读回来核对", show=sys.stderr.isatty() and not session.json) as advance:
        done = make(session.workspace(), target, dry_run=session.dry_run, progress=advance)
    if session.json:
        from lianxin.cli.say.answer import answer

        told = {"folder": str(done.place.folder), "fresh": done.place.fresh, "told": done.place.told}
        more = {"commits": done.commits, "records": done.records, "left": beside}
        answer(session, "backup", done.commit, {**told, **more, "before": done.before.at if done.before else None})
        return
    _tell(session, done)
    if beside:
        named = "、".join(beside[:_NAMED]) + (f" 等 {len(beside)} 个" if len(beside) > _NAMED else "")
        speak(f"  没有收进来、不在备份里的文件：{named}；要留的请另拷一份\n")


def _taken_in(session: Session) -> list[str]:
    """See to what is not committed: taken in, left out, or nothing is done. What is no part of the ledger is named.

    Raises:
        LianxinError: There is something, and nobody to ask.
    """
    from lianxin.actions.hand.handedit import by_hand_edited, take_in

    with session.book(quiet=True) as book:
        edited, every = by_hand_edited(book), list(book.dirty)
    beside = [path for path in every if path not in set(edited)]
    if not edited or session.dry_run:
        return beside
    named = "、".join(edited[:_NAMED]) + (f" 等 {len(edited)} 个" if len(edited) > _NAMED else "")
    if session.yes:
        how = "in"
    elif session.interactive:
        from lianxin.cli.run.prompt import choose

        speak(f"有 {len(edited)} 个文件改过，还没有收进来：{named}\n")
        choices = (("in", "收进来，一起备份"), ("without", "不收，只备份已经收进来的"), ("no", "先不备份"))
        how = choose("怎么办？", choices, "in")
    else:
        raise LianxinError(
            f"有 {len(edited)} 个文件改过，还没有收进来，没有备份：{named}；"
            "请先运行 lianxin commit 收进来，或加 --yes 收进来一起备份"
        )
    if how == "no":
        raise typer.Abort
    if how == "without":
        return [*edited, *beside]
    take_in(session.workspace())
    return beside


def _tell(session: Session, done: Backup) -> None:
    place = done.place
    speak(f"{place.told}\n" if place.told else "")
    if session.dry_run:
        speak(f"（试运行，没有备份）会备到 {place.folder.parent}，{_added(done)}\n")
    else:
        speak(f"✓ 已备份到 {place.folder.parent}，{_added(done)}\n  读回来核对过：{done.records} 条记录，和台账一样\n")
    if done.before:
        speak(f"  上一次备份是 {done.before.at}，备在 {done.before.target}\n")
    if done.near:
        speak("  它和台账在同一块盘上，盘坏了两份都没有；请再备一份到优盘\n")


def _added(done: Backup) -> str:
    return f"新存 {done.commits} 笔" if done.commits else "没有新的要存"


def _back(session: Session, target: Path, folder: Path) -> None:
    from lianxin.actions.backup.back import back

    with progress("读取台账", show=sys.stderr.isatty() and not session.json) as advance:
        done = back(target, folder, session.machine, advance)
    if session.json:
        from lianxin.cli.say.answer import answer

        told = {"folder": str(done.root), "office": done.office, "records": done.records}
        answer(session, "back", "", {**told, "unreadable": done.unreadable, "at": done.at, "subject": done.subject})
        return
    faulty = f"，另有 {done.unreadable} 份读不出来，请运行 lianxin check" if done.unreadable else ""
    speak(
        f"✓ 取回来了：{done.office}，{done.records} 条记录{faulty}\n"
        f"  最后一笔是 {done.at} 的「{done.subject}」\n"
        f"  cd {done.root}\n"
        "  lianxin check            看看有没有毛病\n"
        "  lianxin backup 优盘的文件夹  以后照样备份\n"
    )
