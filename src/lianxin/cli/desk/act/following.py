"""What else wants to be entered at the desk: after what was written, or before a step can be taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lianxin.cli.desk.act.menu import Why
from lianxin.cli.form.question import Question
from lianxin.cli.say.answer import NO_WHISTLE
from lianxin.cli.say.deed import changed
from lianxin.kinds import kind_of

if TYPE_CHECKING:
    from lianxin.actions.change.edit import Edited
    from lianxin.actions.entry.follow import Follow
    from lianxin.actions.workspace import Workspace
    from lianxin.cli.desk.act.writing import Writer
    from lianxin.cli.desk.app import Desk


async def wanted(desk: Desk, writer: Writer, told: str, one: Follow) -> tuple[bool, str]:
    """Whether it is to be entered now; and what was done last, ``told`` unless she wrote why it is not to be."""
    yes = await desk.push_screen_wait(Question(told, (), one.asked, declined="不立，写明原因"))
    return bool(yes), (await _declined(desk, writer, one) if yes is False else "") or told


async def whistled(desk: Desk, first: Mapping[str, str]) -> bool | None:
    """Whether the whistle that a step needs is to be written now; None: the step is not to be taken."""
    return await desk.push_screen_wait(Question(first["matter"], (), NO_WHISTLE, declined="选已有的哨单"))


async def _declined(desk: Desk, writer: Writer, one: Follow) -> str:
    """Why no record is made of it, written where it was heard; nothing where she does not say."""
    from lianxin.actions.change.edit import edit

    about = one.matter or "听到的诉求"
    why = await desk.push_screen_wait(Why(f"{about}：为什么不立？", "", "记进「未立问题原因」"))
    if not why:
        return ""

    def write(workspace: Workspace) -> Edited:
        with workspace.book() as book:  # what was written a moment ago is in it
            before = str(getattr(book.record(one.source), "no_issue", "") or "")
        return edit(workspace, kind_of(one.source), one.source, one.declined(why, before), "")

    return f"✓ {changed(await writer.run(write), clear=True)}"
