"""``sync``: what others wrote comes, what was written here goes; and what two desks wrote differently is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of

if TYPE_CHECKING:
    from lianxin.actions.sync.sync import Synced
    from lianxin.storage.book import LedgerBook

app = App()


@app.command()
def sync(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="目标", help="优盘或共享盘的文件夹，或 用户@机器:文件夹；不写就是上次那里")
    ] = "",
) -> None:
    """同步：取来别的电脑上记的，合在一起，再把这里记的送去；连不上就先接着记，下次再同步。"""
    from lianxin.actions.sync.sync import sync as meet

    session = session_of(context)
    done = meet(session.workspace(), target)
    with session.book(quiet=True) as book:
        wrong = _told(session, done, book)
    if wrong:
        raise typer.Exit(1)


def _told(session: Session, done: Synced, book: LedgerBook) -> bool:
    """Say what came and went; whether something is to be seen to."""
    from lianxin.actions.check import every_problem
    from lianxin.actions.sync.news import came, doubled, told, went
    from lianxin.core.problem import Level
    from lianxin.storage.git.repo import Repo

    repo = book.repo or Repo.needed(session.workspace().root)
    coming, going = came(repo, done), went(repo, done)
    ids = {*coming.new, *coming.gone_on, *coming.changed}
    problems = every_problem(book, session.workspace(), hints=False)
    open_ = [one for one in problems if one.code == "G014"]
    wrong = [
        one
        for one in problems
        if one.level is Level.ERROR and one not in open_ and one.path.rpartition("/")[2].removesuffix(".yaml") in ids
    ]
    twins = doubled(coming, book)
    if session.json:
        from msgspec.structs import asdict

        from lianxin.cli.say.answer import answer

        about = {
            "place": done.place,
            "sent": done.sent,
            "taken_in": list(done.taken_in),
            "gave_way": list(done.gave_way),
        }
        news = {"came": asdict(coming), "went": asdict(going)}
        settle = {"unsettled": [one.path for one in open_], "wrong": [one.path for one in wrong], "twins": len(twins)}
        answer(session, "sync", done.commit, {**about, **news, **settle})
        return bool(open_ or wrong)
    for path in done.taken_in:
        speak(f"先收进了手工改动：{path}\n")
    speak("".join(f"{line}\n" for line in done.gave_way))
    _list("取来了", told(coming, book, clear=session.clear), f"{done.place} 没有新的")
    if done.sent:
        _list("送去了", told(going, book, clear=session.clear), "这里没有新的要送")
    else:
        speak("那边是别人正用着的台账，只取不送；请在那台电脑上也同步一次\n")
    if twins and session.clear:
        _list("像是两台电脑各登了一份，请核对（合成一份用 合并）", twins, "")
    elif twins:
        speak(f"有 {len(twins)} 处像是两台电脑各登了一份，请在终端上看\n")
    if wrong:
        _list(
            "合在一起以后有毛病，请处理（lianxin check 看怎么改）",
            [f"{one.place} {one.public}" for one in wrong[:9]],
            "",
        )
    if open_:
        _list("两台电脑记得不一样，等您定（lianxin settle）", [f"{_id(one.path)}：{one.message}" for one in open_], "")
    speak(f"✓ 同步好了，和 {done.place} 一样\n" if done.sent else "✓ 取好了\n")
    return bool(open_ or wrong)


def _list(head: str, lines: list[str], nothing: str) -> None:
    if lines:
        speak(f"{head}：\n" + "".join(f"  {line}\n" for line in lines))
    elif nothing:
        speak(f"{nothing}\n")


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
