"""Steps that leave the state as it is: progress, urging, learning, reflecting, correcting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from lianxin.core.declare.field import Privacy, field
from lianxin.core.tone import Tone
from lianxin.core.value import Integer, Ref, Story, Text
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.step.base import IssueStep
from lianxin.kinds.issue.tally import IssueTally
from lianxin.kinds.life import event as shared


class Progress(shared.Progress, IssueStep):
    """进展"""


class Urge(IssueStep):
    """催办"""

    COMMAND = "urge"
    HELP = "催办、督办、通报"
    TONE = Tone.WARNING
    TRAIL = ("by", "form")

    step: Literal["催办"] = field("步骤", auto=True)
    form: shared.UrgeForm = field("方式")
    by: Ref | None = field("催办单位", default=None, ref="org")
    number: Text | None = field("文号", default=None, offer=("number(form)",))
    text: Text | None = field("内容", default=None, privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """Counted."""
        tally.urges.append(self)

    @classmethod
    def timely(cls, life: Any, now: datetime) -> bool:  # noqa: ARG003
        """Nobody has in hand what follows another: it may be urged, but it is the other one that is."""
        return life.state is not State.MERGED


class Learn(IssueStep):
    """举一反三"""

    COMMAND = "learn"
    HELP = "排查同类问题"

    step: Literal["举一反三"] = field("步骤", auto=True)
    area: Text = field("排查范围", privacy=Privacy.STORY)
    found: Integer = field("发现同类", help="件数")
    solved: Integer = field("解决同类", help="件数")
    issues: tuple[Ref, ...] = field("同类问题", default=(), ref="issue")
    text: Text | None = field("情况", default=None, privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """Kept (S1b 11)."""
        tally.learns.append(self)


class Reflect(IssueStep):
    """心得体会"""

    COMMAND = "reflect"
    HELP = "经办人的心得体会"
    REPORTED = True
    APART = frozenset({"text"})

    step: Literal["心得体会"] = field("步骤", auto=True)
    by: Ref | None = field("撰写人", default=None, ref="person", help="不写就是经办人", offer=("actor",), often=True)
    text: Story = field("心得体会", privacy=Privacy.STORY)

    def take(self, tally: IssueTally) -> None:
        """The last one is the one shown."""
        tally.reflects.append(self)


class Amend(shared.Amend, IssueStep):
    """更正"""

    HELP = "更正登记内容或某一步"
