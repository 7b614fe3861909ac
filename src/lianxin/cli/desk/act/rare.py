"""What is seldom done at the desk: looked through, kept elsewhere, brought in; and who sits there."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.cli.desk.act.done import Done
from lianxin.cli.desk.act.menu import Folder
from lianxin.cli.desk.act.run import at_terminal, run
from lianxin.cli.desk.view.help import Reading
from lianxin.cli.desk.view.pick import Pick
from lianxin.core.document import Document
from lianxin.core.error import LianxinError
from lianxin.kinds import brief_of

if TYPE_CHECKING:
    from lianxin.cli.desk.act.writing import Writer
    from lianxin.cli.desk.app import Desk
    from lianxin.storage.book import LedgerBook


async def seat(desk: Desk, writer: Writer) -> Done | None:
    """Somebody else sits here for as long as the desk is open."""
    from lianxin.actions.seat import sitters

    found, _ = await desk.reader.ask(partial(sitters, workspace=writer.fresh().workspace()))
    picked = await desk.push_screen_wait(Pick("现在是谁坐在这里？", found))
    if picked is None:
        return None
    desk.seat(picked)
    return Done(f"✓ 往下记的都算 {dict(found)[picked]} 办的，离开工作台为止", wrote=False)


async def backup(desk: Desk, writer: Writer) -> Done | None:
    """The whole ledger to a stick, read back."""
    from lianxin.actions.backup.kept import last
    from lianxin.reports.desk.said import said

    repo = writer.fresh().workspace().journal().repo
    before = last(repo)
    there = await desk.push_screen_wait(Folder("备份到哪里", before.target if before else ""))
    if there is None:
        return None
    desk.tell("正在备份……")
    told = await run(desk.session, ["backup", there])
    await desk.push_screen_wait(Reading(said("备份", told)))
    return Done(told.splitlines()[0], wrote=False)


async def bring(desk: Desk) -> Done | None:
    """Old tables brought in, below the desk: it asks as it goes."""
    how = "写旧表在哪里；把文件从桌面拖到这里也行"
    file = await desk.push_screen_wait(Folder("导入哪一张表", "", how))
    return await _outside(desk, ["导入", file]) if file else None


async def _outside(desk: Desk, words: Sequence[str]) -> Done | None:
    """A command that asks as it goes: below the desk, which comes back when it has ended."""
    from textual.app import SuspendNotSupported

    before = signal.getsignal(signal.SIGINT)
    try:
        with desk.suspend():
            signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C there ends that command, never the desk
            await asyncio.to_thread(at_terminal, desk.session, words)
    except SuspendNotSupported:
        raise LianxinError(f"这里不能从工作台办，请离开后运行 lianxin {' '.join(words)}") from None
    finally:
        signal.signal(signal.SIGINT, before)
    return Done("看过了", hint="u 撤销")


async def check(desk: Desk) -> None:
    """Read what is wrong with the ledger."""
    from lianxin.actions.check import every_problem
    from lianxin.reports.desk.faults import checked

    def told(book: LedgerBook) -> Document:
        return checked(book, every_problem(book, desk.session.workspace(), hints=True))

    desk.tell("正在检查……")
    document, _ = await desk.reader.ask(told)
    desk.tell("")
    await desk.push_screen_wait(Reading(document))


async def take_in(writer: Writer) -> Done:
    """What was edited by hand, taken in."""
    from lianxin.actions.hand.handedit import take_in

    done = await writer.run(take_in)
    if not done.paths:
        return Done("没有手工改过的文件", wrote=False)
    named = (name if brief_of(name := Path(path).stem) else path for path in done.paths)
    return Done("　".join((f"✓ 收进 {'、'.join(named)}", *done.told[:1])))


async def back(desk: Desk, writer: Writer) -> Done | None:
    """A workbook that came back, taken in by what she marks."""
    from lianxin.actions.back.receive import clean, receive
    from lianxin.cli.desk.act.back import Returned
    from lianxin.storage.sheet.reading import read_sheets

    hint = "写文件的位置；把文件拖到这里也行"
    told = await desk.push_screen_wait(Folder("交回来的表在哪里", "", hint))
    if told is None:
        return None
    sheets = await writer.aside(partial(read_sheets, Path(told), hidden=True))
    found = await writer.run(partial(receive, sheets=sheets, accepts=clean, dry_run=True))
    keys = await desk.push_screen_wait(Returned(found))
    if not keys:
        return Done("没有收什么", wrote=False)
    done = await writer.run(partial(receive, sheets=sheets, accepts=lambda one: one.key in keys))
    left = f"，{len(done.refused)} 处没有收成：{done.refused[0].said}" if done.refused else ""
    return Done(f"✓ 已收 {len(done.taken)} 条，{done.many} 处{left}", wrote=bool(done.commit))
