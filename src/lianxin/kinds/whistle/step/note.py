"""Steps that tell of a whistle and move nothing."""

from __future__ import annotations

from typing import Literal

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Event
from lianxin.core.tone import Tone
from lianxin.core.value import Ref, Text
from lianxin.kinds.life.event import Amend as SharedAmend
from lianxin.kinds.life.event import UrgeForm
from lianxin.kinds.whistle.state import Stage
from lianxin.kinds.whistle.tally import WhistleTally


class Progress(Event):
    """进展"""

    COMMAND = "progress"
    HELP = "记一笔进展"
    TRAIL = ("dept",)

    step: Literal["进展"] = field("步骤", auto=True)
    dept: Ref | None = field("部门", default=None, ref="org", help="哪个部门的进展；不写就是整个哨的")
    text: Text = field("进展情况", privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Told; of a department only if it was called."""
        if self.dept and tally.approved is not None:
            tally.answer(self.dept)


class Urge(Event):
    """催办"""

    COMMAND = "urge"
    HELP = "催办、督办、通报"
    TONE = Tone.WARNING
    TRAIL = ("dept", "by", "form")

    step: Literal["催办"] = field("步骤", auto=True)
    form: UrgeForm = field("方式")
    dept: Ref | None = field("部门", default=None, ref="org", help="催哪个部门；不写就是都催")
    by: Ref | None = field("催办单位", default=None, ref="org")
    number: Text | None = field("文号", default=None, offer=("number(form)",))
    text: Text | None = field("内容", default=None, privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Counted, for each department that has not finished."""
        tally.urges.append(self)
        urged = [tally.answer(self.dept)] if self.dept else [*tally.answers.values()]
        for answer in urged:
            if answer.stage is not Stage.FINISHED:
                tally.put(answer.dept, urges=answer.urges + 1)


class Amend(SharedAmend):
    """更正"""

    HELP = "更正吹哨内容或某一步"
