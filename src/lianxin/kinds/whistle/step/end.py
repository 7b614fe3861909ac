"""Steps by which the whole is closed, rated or taken back."""

from __future__ import annotations

from typing import Literal

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Event
from lianxin.core.tone import Tone
from lianxin.core.value import Ref, Text
from lianxin.kinds.life.course import UnlawfulError
from lianxin.kinds.whistle.state import Rating, Stage
from lianxin.kinds.whistle.tally import WhistleTally


class Close(Event):
    """结哨"""

    COMMAND = "close"
    HELP = "各部门都办结了，整个哨办结"
    TONE = Tone.GOOD

    step: Literal["结哨"] = field("步骤", auto=True)
    result: Text = field("总的结果", privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Only when every department called has finished."""
        left = [f"{one.dept}（{one.stage}）" for one in tally.answers.values() if one.stage is not Stage.FINISHED]
        if left:
            raise UnlawfulError("L036", f"还有部门没有办结：{'、'.join(left)}")
        tally.closed = self

    @classmethod
    def possible(cls, tally: WhistleTally) -> bool:
        """When every department called has finished."""
        return all(one.stage is Stage.FINISHED for one in tally.answers.values())


class Rate(Event):
    """评哨"""

    COMMAND = "rate"
    HELP = "评一个部门，或评整个哨"
    TRAIL = ("dept", "by")

    step: Literal["评哨"] = field("步骤", auto=True)
    rating: Rating = field("评价")
    dept: Ref | None = field("部门", default=None, ref="org", help="评哪个部门；不写就是评整个哨")
    by: Ref | None = field("评价单位", default=None, ref="org", help="不写就是吹哨单位")
    words: Text | None = field("评语", default=None, privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Of one department, or of the whole."""
        if self.dept is None:
            tally.rated = self
        else:
            tally.answer(self.dept)
            tally.put(self.dept, rating=self.rating, words=self.words)


class Cancel(Event):
    """撤哨"""

    COMMAND = "cancel"
    HELP = "还没有部门报到之前撤回"
    TONE = Tone.WARNING

    step: Literal["撤哨"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Taken back."""
        tally.cancelled = self
