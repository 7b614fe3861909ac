"""What an open issue asks for today: one section after another, most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book, Query
from lianxin.core.document import Value
from lianxin.core.filter import Filter, Op
from lianxin.kinds import KIND
from lianxin.kinds.issue.state import AFTER, OFF, RUNNING, How, State, wants_whistle, whistle_next
from lianxin.kinds.life.event import Light

#: What a list prints of these, asked for beside the values themselves.
_SPOKEN = ("状态", "办结期限")
_ASKED = (
    *("编号", "事由", "所属村", "状态", "登记时间", "最近动态", "责任部门", "责任人", "工作标准"),
    *("办结期限", "签收期限", "暂定", "复核日期", "未接通次数", "反馈时间", "办结时间", "缺项", "预警灯", "催办次数"),
    *("主案.编号", "主案.状态", "主案.办结方式", "登记人", "反映人", "退回次数", "哨单.编号"),
    *("最终办结时间", "责任部门.编号", "责任人.编号", "登记人.编号"),
)

#: Which issues are on the books.
OPEN = (Filter(("状态",), Op.NE, tuple(OFF)),)


class Open(Struct, frozen=True):
    """One open issue as the page sees it.

    Attributes:
        words: Its state, as a list prints it; empty where that was not asked for.
        limit: Its deadline, as a list prints it: what is left while the clock stands still; None the same.
    """

    cells: dict[str, Any]
    today: date
    now: datetime
    words: str = ""
    limit: Value = None

    def __getitem__(self, label: str) -> Any:
        return self.cells[label]

    @property
    def state(self) -> str:
        """Where it stands now."""
        return str(self["状态"])

    @property
    def due(self) -> datetime | None:
        """Its deadline, while a clock runs."""
        return self["办结期限"] if self.state in RUNNING else None

    @property
    def owed(self) -> str:
        """What the department still has to name."""
        if self.state not in RUNNING:
            return ""
        blank = {"责任人": self["责任人"], "办理时限": self["办结期限"], "工作标准": self["工作标准"]}
        return "、".join(name for name, value in blank.items() if not value)

    @property
    def wants_whistle(self) -> bool:
        """Whether it was sent back so often that departments had better be called together."""
        return wants_whistle(self.state, self["退回次数"], self["哨单.编号"])

    def days_since(self, label: str) -> int:
        """Days gone by since the day in a column."""
        value = self[label]
        day = value.date() if isinstance(value, datetime) else value
        return (self.today - day).days if day else 0


class Section(Struct, frozen=True):
    """One sort of thing to do.

    Attributes:
        fits: Whether an open issue belongs here; the first section that fits takes it.
        when: The day or moment that matters.
        note: What to do or know, in a few words.
        more: Where the whole list is, when it is cut.
        brief: Its name in the line of counts, where it is shorter.
    """

    name: str
    fits: Callable[[Open], bool]
    when: Callable[[Open], Value]
    note: Callable[[Open], str] = lambda _case: ""
    more: str = "lianxin issue list"
    brief: str = ""


def _overdue(case: Open) -> bool:
    return bool(case.due and case.due < case.now)


def _overdue_note(case: Open) -> str:
    days = (case.today - case["办结期限"].date()).days
    urged = case["催办次数"] or 0
    return f"{f'超期 {days} 天' if days else '今天刚过时限'}，{f'已催办 {urged} 次' if urged else '还没有催办'}"


def _on(limit: datetime | None, day: date) -> bool:
    return limit is not None and limit.date() == day


def unsigned(case: Open) -> bool:
    """Whether the department let the limit for signing pass."""
    return case.state == State.ASSIGNED and bool(case["签收期限"]) and case["签收期限"] < case.now


def _triage_note(case: Open) -> str:
    days = case.days_since("登记时间")
    when = f"登记 {days} 天了" if days > 1 else "昨天登记" if days else "今天登记"
    return f"{when}，受理、上报还是解释"


def _assign_note(case: Open) -> str:
    days = case.days_since("最近动态")
    return f"停了 {days} 天，交给哪个部门" if days else "今天受理，交给哪个部门"


def callback_due(case: Open) -> bool:
    """Whether the reporter is still to be told of the result."""
    return case.state == State.RESOLVED or (
        _leader_done(case) and case["主案.办结方式"] != How.WITHDRAWN and case["反馈时间"] is None
    )


def _leader_done(case: Open) -> bool:
    """Whether it follows an issue that has come to something, so that this reporter too is owed an answer."""
    return case.state == State.MERGED and case["主案.状态"] in AFTER


def _callback_note(case: Open) -> str:
    if case.state == State.MERGED:
        return f"随 {case['主案.编号']} 已有结果，也要答复这位反映人"
    if case["未接通次数"]:
        if "有结果反馈" not in str(case["缺项"]):
            return f"试了 {case['未接通次数']} 次都联系不上，{_close_note(case)}"
        return "今天试过，没接通，换一天再试" if not case.days_since("最近动态") else "上次没接通，今天换个钟点再试"
    days = case.days_since("办结时间")
    return f"办结 {days} 天了，结果还没告诉反映人" if days else "今天办结，结果要告诉反映人"


def _close_note(case: Open) -> str:
    return f"还缺 {case['缺项']}" if case["缺项"] else "五有齐全，可以销号"


SECTIONS: tuple[Section, ...] = (
    Section("已超期", _overdue, lambda case: case["办结期限"], _overdue_note, "lianxin ledger 超期台账"),
    Section("今天到期", lambda case: _on(case.due, case.today), lambda case: case["办结期限"]),
    Section(
        "明天到期",
        lambda case: _on(case.due, case.today + timedelta(days=1)),
        lambda case: case["办结期限"],
    ),
    Section(
        "超时未签收",
        unsigned,
        lambda case: case["签收期限"],
        lambda _case: "签了就记，没签就催",
        "lianxin ledger 未签收台账",
        brief="未签收",
    ),
    Section(
        "今天要签收",
        lambda case: case.state == State.ASSIGNED and _on(case["签收期限"], case.today),
        lambda case: case["签收期限"],
        lambda _case: "等部门签收",
    ),
    Section(
        "等了一天以上没有研判",
        lambda case: case.state == State.COLLECTED and case.days_since("登记时间") > 1,
        lambda case: case["登记时间"],
        _triage_note,
        "lianxin issue list 状态=待研判",
        brief="待研判",
    ),
    Section(
        "要反馈给群众",
        callback_due,
        lambda case: case["办结时间"],
        _callback_note,
        "lianxin ledger 待反馈台账",
        brief="待反馈",
    ),
    Section(
        "主案撤回了",
        lambda case: _leader_done(case) and case["主案.办结方式"] == How.WITHDRAWN,
        lambda case: case["最近动态"],
        lambda case: f"{case['主案.编号']} 没有办理结果，这一件还要办的请重办",
    ),
    Section(
        "快到期",
        lambda case: bool(case.due) and case["预警灯"] == Light.SOON,
        lambda case: case["办结期限"],
    ),
    Section(
        "新登记的，等着研判",
        lambda case: case.state == State.COLLECTED,
        lambda case: case["登记时间"],
        _triage_note,
        "lianxin issue list 状态=待研判",
        brief="新登记",
    ),
    Section(
        "退回多次，可以吹哨",
        lambda case: whistle_next(case.state, case["退回次数"], case["哨单.编号"]),
        lambda case: case["最近动态"],
        lambda case: f"已退回 {case['退回次数']} 次，像是要几家一起办",
        "lianxin issue list 退回次数>=2",
        brief="可吹哨",
    ),
    Section(
        "受理了还没交办",
        lambda case: case.state == State.ACCEPTED,
        lambda case: case["最近动态"],
        _assign_note,
        brief="待交办",
    ),
    Section(
        "上报后等答复",
        lambda case: case.state == State.ESCALATED,
        lambda case: case["最近动态"],
        lambda case: f"等了 {case.days_since('最近动态')} 天" if case.days_since("最近动态") else "今天上报",
        brief="等答复",
    ),
    Section(
        "暂缓的该复核",
        lambda case: case.state == State.SUSPENDED and bool(case["复核日期"]) and case["复核日期"] <= case.today,
        lambda case: case["复核日期"],
        lambda _case: "看条件具备了没有：恢复，或再定复核日期",
        brief="待复核",
    ),
    Section(
        "还欠责任人、时限或标准",
        lambda case: bool(case.owed),
        lambda case: case["办结期限"],
        lambda case: f"欠 {case.owed}",
        brief="欠责任人等",
    ),
    Section(
        "等着销号",
        lambda case: case.state == State.ANSWERED,
        lambda case: case["反馈时间"],
        _close_note,
        brief="待销号",
    ),
    Section(
        "期限是暂定的",
        lambda case: bool(case.due) and case["暂定"] in (True, "是"),
        lambda case: case["办结期限"],
        lambda _case: "放假安排还没公布，公布后重算",
        brief="期限暂定",
    ),
)


#: Sections that cannot wait.
URGENT = ("已超期", "今天到期", "超时未签收")


def open_issues(book: Book, *, spoken: bool = False) -> list[Open]:
    """Every issue on the books, in one question.

    Args:
        spoken: With what lists print of them.
    """
    said, many = (_SPOKEN, len(_SPOKEN)) if spoken else ((), 0)
    sort = ("办结期限", "登记时间")
    rows, _ids = book.select(Query(KIND["issue"], (*said, *_ASKED), OPEN, sort=sort, spoken=many))
    return [Open(dict(zip(_ASKED, row[many:], strict=True)), book.today, book.now, *row[:many]) for row in rows]


def agenda(cases: Iterable[Open]) -> list[tuple[Section, list[Open]]]:
    """The sections that have something in them, each issue in the first it fits."""
    found: dict[str, list[Open]] = {section.name: [] for section in SECTIONS}
    for case in cases:
        section = next((section for section in SECTIONS if section.fits(case)), None)
        if section:
            found[section.name].append(case)
    return [(section, found[section.name]) for section in SECTIONS if found[section.name]]
