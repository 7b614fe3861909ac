"""``sync``: what others wrote comes, what was written here goes; and what two desks wrote differently is settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.sync.news import Looked
    from lianxin.actions.sync.sync import Synced
    from lianxin.storage.book import LedgerBook

app = App()

#: So many faults are told.
_NAMED = 9


@app.command()
def sync(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="目标", help="优盘或共享盘的文件夹，或管理员给的地址；不写就是上次那里")
    ] = "",
) -> None:
    """同步：取来别的电脑上记的，合在一起，再把这里记的送去；连不上就先接着记，下次再同步。"""
    from lianxin.actions.sync.news import looked
    from lianxin.actions.sync.sync import sync as meet

    session = session_of(context)
    if session.dry_run:
        raise UsageError("同步不能试运行：要取来、合起来才知道怎样；没有同步")
    done = meet(session.workspace(), target)
    with session.book(quiet=True) as book:
        found = looked(book, session.workspace(), done)
        if session.json:
            _answer(session, done, found)
        else:
            _say(session, done, found, book)
    if found.unsettled or found.wrong:
        raise typer.Exit(1)


def _answer(session: Session, done: Synced, found: Looked) -> None:
    from msgspec.structs import asdict

    from lianxin.cli.say.answer import answer

    about = {"place": done.place, "sent": done.sent, "taken_in": [*done.taken_in], "gave_way": [*done.gave_way]}
    news = {"came": asdict(found.came), "went": asdict(found.went)}
    unsettled = {one.id: ["·".join(question.place) for question in one.questions] for one in found.unsettled}
    left = {"unsettled": unsettled, "wrong": [one.path for one in found.wrong], "twins": len(found.twins)}
    answer(session, "sync", done.commit, {**about, **news, **left, "clocks": [*found.clocks]})


def _say(session: Session, done: Synced, found: Looked, book: LedgerBook) -> None:
    """What was taken in, what came and what went, and what is to be seen to."""
    from lianxin.actions.sync.news import told, waiting

    clear = session.clear
    speak("".join(f"先收进了手工改动：{path}\n" for path in done.taken_in))
    speak("".join(f"{line}\n" for line in done.gave_way))
    _list("取来了", told(found.came, book, clear=clear), f"{done.place} 没有新的")
    if done.sent:
        _list("送去了", told(found.went, book, clear=clear), "这里没有新的要送")
    else:
        speak("那边是别人正用着的台账，只取不送；请在那台电脑上也同步一次\n")
    twins = [f"{one.record}：{one.message if clear else one.public}" for one in found.twins]
    _list("像是两台电脑各登了一份，请核对（怎么合成一份，lianxin check 会说）", twins)
    wrong = [f"{one.place} {one.message if clear else one.public}" for one in found.wrong[:_NAMED]]
    _list("各台电脑的时钟对不上，请把日期和时间都调准；记错了时间的，用更正改", found.clocks)
    _list("合在一起以后有毛病，请处理（lianxin check 看怎么改）", wrong)
    _list("两台电脑记得不一样，等您定（lianxin settle）", waiting(found.unsettled, book, clear=clear))
    speak(f"✓ 同步好了，和 {done.place} 一样\n" if done.sent else "✓ 取好了\n")


def _list(head: str, lines: Sequence[str], nothing: str = "") -> None:
    if lines:
        speak(f"{head}：\n" + "".join(f"  {line}\n" for line in lines))
    elif nothing:
        speak(f"{nothing}\n")
