"""The steps of a rectification's life: what each asks for, does, needs and says stands in its class (S2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, Union

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.need import Need
from lianxin.core.declare.record import ToldBy
from lianxin.core.tone import Tone
from lianxin.core.value import Deadline, Flag, Ref, Text, show_deadline
from lianxin.kinds.life import event as shared
from lianxin.kinds.life.course import UnlawfulError
from lianxin.kinds.life.event import Void
from lianxin.kinds.rectification.state import State
from lianxin.kinds.rectification.tally import RectificationTally

if TYPE_CHECKING:
    from lianxin.kinds.rectification.life import Life


class Progress(shared.Progress):
    """进展"""

    HELP = "记一笔整改的进展"

    def take(self, tally: RectificationTally) -> None:
        """The last one is the one shown."""
        tally.progress = self


class Extend(Event):
    """延期"""

    COMMAND = "extend"
    HELP = "到期前延期"
    TONE = Tone.WARNING

    step: Literal["延期"] = field("步骤", auto=True)
    limit: Deadline = field("新期限", coming=True, help="比原来的晚；写几天的，在原来的期限上加")
    why: Text = field("理由")
    approved: Ref = field("批准人", ref="person", heads=True)

    def take(self, tally: RectificationTally) -> None:
        """Before the limit runs out, only so often, and never to an earlier day."""
        was = show_deadline(tally.due)
        if self.at > tally.due:
            raise UnlawfulError("L003", f"期限 {was} 已过，不能再延期", "时间")
        most = tally.course.context.limits.extensions
        if tally.extensions >= most:
            raise UnlawfulError("L004", f"已延期 {tally.extensions} 次，至多 {most} 次")
        if self.limit <= tally.due:
            raise UnlawfulError("L005", f"新期限 {show_deadline(self.limit)} 不晚于原期限 {was}", "新期限")
        tally.due = self.limit
        tally.extensions += 1

    @classmethod
    def possible(cls, tally: RectificationTally) -> bool:
        """Only so often."""
        return tally.extensions < tally.course.context.limits.extensions

    @classmethod
    def timely(cls, life: Life, now: datetime) -> bool:
        """Before the limit has passed."""
        return bool(now <= life.tally.due)

    @classmethod
    def runs_from(cls, life: Life) -> datetime | None:
        """So many days more are added to the limit there is."""
        return life.tally.due

    def explained(self, before: RectificationTally, after: RectificationTally) -> Iterator[str]:
        """The first limit is kept."""
        limit = show_deadline(after.record.limit)
        yield f"第 {before.extensions + 1} 次延期，最初的期限 {limit} 保留"


class Finish(Event):
    """整改完成"""

    COMMAND = "finish"
    HELP = "责任单位报告改好了，等候验收"
    REPORTED = True
    TONE = Tone.GOOD

    step: Literal["整改完成"] = field("步骤", auto=True)
    result: Text = field("整改结果", privacy=Privacy.STORY)
    evidence: tuple[Text, ...] = field(
        "佐证", default=(), often=True, help="制度、照片、记录等：拖进来，写它的位置，或只写名称"
    )

    def take(self, tally: RectificationTally) -> None:
        """Reported as put right."""
        tally.finished = self
        tally.on_time = self.at <= tally.due

    def explained(self, before: RectificationTally, after: RectificationTally) -> Iterator[str]:  # noqa: ARG002
        """How late it is, and what comes next."""
        late = (self.at.date() - before.due.date()).days
        if self.at > before.due and late:
            yield f"比期限 {show_deadline(before.due)} 晚 {late} 天"
        yield "等候验收，通过以后才能销号"


class Accept(Event):
    """验收"""

    COMMAND = "accept"
    HELP = "验收通过，或者没通过、继续整改"

    step: Literal["验收"] = field("步骤", auto=True)
    passed: Flag = field("是否通过", help="没通过的，回到整改中")
    by: Ref | None = field("验收人", default=None, ref="person", heads=True, often=True, help="谁验的；不写就是经办人")
    unit: Ref | None = field("验收单位", default=None, ref="org")
    opinion: Text | None = field(
        "验收意见",
        default=None,
        privacy=Privacy.STORY,
        help="没通过的必写，说清还差什么",
        needed=Need("验收没通过，要写明还差什么", {"passed": (False,)}, "L041", "passed"),
    )
    limit: Deadline | None = field(
        "新期限", default=None, coming=True, help="没通过的，限到哪天改好；不写就照原来的期限"
    )

    def take(self, tally: RectificationTally) -> StrEnum:
        """Passed, or back to work with what is still lacking."""
        if self.passed:
            tally.accepted = self
            return State.ACCEPTED
        tally.again(self)
        return State.WORKING


class Return(Event):
    """退回"""

    COMMAND = "return"
    HELP = "没有改到位，或者验收后又反弹，继续整改"
    TONE = Tone.WARNING

    step: Literal["退回"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY, help="还差什么，或者哪里又反弹了")
    limit: Deadline | None = field("新期限", default=None, coming=True, help="限到哪天改好；不写就照原来的期限")

    def take(self, tally: RectificationTally) -> None:
        """Back to work."""
        tally.again(self)


class Strike(Event):
    """销号"""

    COMMAND = "strike"
    HELP = "验收通过的，从账上销掉"
    TONE = Tone.GOOD

    step: Literal["销号"] = field("步骤", auto=True)
    approved: Ref | None = field("批准人", default=None, ref="person", heads=True, often=True)

    def take(self, tally: RectificationTally) -> None:
        """Off the books."""
        tally.struck = self


class Amend(shared.Amend):
    """更正"""

    HELP = "更正挂账内容或某一步"


#: Every step but the putting on the books itself, in the order readers see them.
MODELS: tuple[type[Event], ...] = (
    Progress,
    Extend,
    Finish,
    Accept,
    Return,
    Strike,
    Amend,
    Void,
)

STEPS = tuple(Step(model) for model in MODELS)

if TYPE_CHECKING:
    RectificationEvent = Event
else:
    RectificationEvent = Annotated[Union[MODELS], ToldBy("step")]  # noqa: UP007 - of a tuple
