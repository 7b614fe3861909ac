"""Meeting other machines from the desk: what came and went is read, what two wrote differently is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lianxin.cli.desk.act.menu import Folder
from lianxin.cli.desk.act.run import run
from lianxin.cli.desk.view.help import Reading
from lianxin.cli.desk.view.pick import Pick

if TYPE_CHECKING:
    from lianxin.actions.sync.settle import Pick as Whose
    from lianxin.cli.desk.act.writing import Writer
    from lianxin.cli.desk.app import Desk
    from lianxin.storage.book import LedgerBook
    from lianxin.storage.merge.unsettled import Question, Unsettled

#: Nothing is chosen.
_LATER = ""


async def sync(desk: Desk, writer: Writer) -> str | None:
    """One sync, where she says; its first line once it was read, None where she changed her mind."""
    from lianxin.reports.desk.said import said
    from lianxin.storage.git.meeting import last, shown

    known = shown(last(writer.fresh().workspace().journal().repo))
    hint = r"写优盘、共享盘上的文件夹，如 E:\台账；管理员给了地址的，照着写"
    there = await desk.push_screen_wait(Folder("和哪里同步", known, hint))
    if there is None:
        return None
    desk.tell("正在同步……")
    told = await run(desk.session, ["--internal", "sync", *([] if there == known else [there])])
    desk.panes.renew()
    await desk.push_screen_wait(Reading(said("同步", told)))
    return told.splitlines()[-1]


async def settle(desk: Desk, writer: Writer, id_: str = "") -> tuple[str, bool]:
    """What two machines wrote differently, chosen; what is said of it, and whether something was written.

    Args:
        id_: Of the record, or file; empty: where there are several, it is asked which.
    """
    from lianxin.actions.sync.settle import settle as write
    from lianxin.actions.sync.settle import unsettled

    found, _ = await desk.reader.ask(unsettled)
    if not found:
        return "没有待定的", False
    named, _ = await desk.reader.ask(partial(_named, found=found))
    if len(found) == 1:
        id_ = found[0].id
    elif not id_:
        chosen = await desk.push_screen_wait(Pick("两台电脑记得不一样，先定哪一份？", named))
        if chosen is None:
            return "还没有定", False
        id_ = chosen
    one = next((one for one in found if one.id == id_), None)
    if one is None:
        return "这一份已经定了", False
    picks = await _picked(desk, dict(named)[id_], one)
    if not picks:
        return "还没有定", False
    done = await writer.run(partial(write, word=id_, picks=picks))
    left = f"，还有 {done.left} 栏待定" if done.left else ""
    told = "、".join(f"「{name}」用{pick}" for name, pick in picks.items())
    return f"✓ {dict(named)[id_]} 选定了：{told}{left}", True


def _named(book: LedgerBook, found: list[Unsettled]) -> list[tuple[str, str]]:
    return [(one.id, f"{one.id} {book.title(one.id)}".removesuffix(f" {one.id}")) for one in found]


async def _picked(desk: Desk, title: str, found: Unsettled) -> dict[str, Whose]:
    """Whose it is to be, of each field; those she leaves for later are not there."""
    from lianxin.actions.sync.settle import Pick as Whose
    from lianxin.storage.merge.unsettled import said

    picks: dict[str, Whose] = {}
    for question in found.questions:
        lines, _ = await desk.reader.ask(partial(_choices, question=question))
        chosen = await desk.push_screen_wait(Pick(f"{title}的「{said(question.place)}」用谁的？", lines))
        if chosen is None:
            break
        if chosen != _LATER:
            picks[said(question.place)] = Whose(chosen)
    return picks


def _choices(book: LedgerBook, question: Question) -> list[tuple[str, str]]:
    """Each version with whose it is."""
    from lianxin.actions.sync.settle import versions

    return [*versions(book, question), (_LATER, "先不定")]
