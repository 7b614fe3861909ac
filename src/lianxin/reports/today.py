"""The morning page: what must be done today, most urgent first, one line an issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lianxin.core.book import Book, Query
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table, Tone, Value
from lianxin.core.field import Privacy
from lianxin.core.filter import parse_filters
from lianxin.core.problem import Level, Problem
from lianxin.core.value import FieldType, show_deadline
from lianxin.kinds import KIND
from lianxin.reports.origin import provenance

_ASKED = (
    *("编号", "事由", "所属村", "状态", "登记时间", "最近动态", "责任部门", "责任人", "工作标准"),
    *("办结期限", "签收期限", "暂定", "复核日期", "未接通次数", "反馈时间", "办结时间", "缺项", "预警灯", "催办次数"),
    *("主案.编号", "主案.状态", "登记人", "反映人"),
)

#: States in which a merged issue's leader has a result, so that this reporter too is owed an answer.
_RESULT = frozenset({"已办结", "已反馈", "已销号"})
_RUNNING = frozenset({"已交办", "办理中"})
_WEEKDAYS = "一二三四五六日"

#: A longer section than this is cut, and says where the rest is.
MOST = 12


@dataclass(frozen=True, slots=True)
class _Case:
    """One open issue as the page sees it."""

    cells: dict[str, Any]
    today: date
    now: datetime

    def __getitem__(self, label: str) -> Any:
        return self.cells[label]

    @property
    def state(self) -> str:
        return str(self["状态"])

    @property
    def due(self) -> datetime | None:
        return self["办结期限"] if self.state in _RUNNING else None

    @property
    def owed(self) -> str:
        if self.state not in _RUNNING:
            return ""
        blank = {"责任人": self["责任人"], "办理时限": self["办结期限"], "工作标准": self["工作标准"]}
        return "、".join(name for name, value in blank.items() if not value)

    def days_since(self, label: str) -> int:
        value = self[label]
        day = value.date() if isinstance(value, datetime) else value
        return (self.today - day).days if day else 0


@dataclass(frozen=True, slots=True)
class Section:
    """One sort of thing to do.

    Attributes:
        fits: Whether an open issue belongs here; the first section that fits takes it.
        when: The day or moment that matters.
        note: What to do or know, in a few words.
        more: Where the whole list is, when it is cut.
    """

    name: str
    fits: Callable[[_Case], bool]
    when: Callable[[_Case], Value]
    note: Callable[[_Case], str] = lambda _case: ""
    more: str = "lianxin issue list"


def _overdue(case: _Case) -> bool:
    return bool(case.due and case.due < case.now)


def _overdue_note(case: _Case) -> str:
    days = (case.today - case["办结期限"].date()).days
    urged = case["催办次数"] or 0
    return f"{f'超期 {days} 天' if days else '今天刚过时限'}，{f'已催办 {urged} 次' if urged else '还没有催办'}"


def _unsigned(case: _Case) -> bool:
    return case.state == "已交办" and bool(case["签收期限"]) and case["签收期限"] < case.now


def _callback_due(case: _Case) -> bool:
    return case.state == "已办结" or (
        case.state == "已并案" and case["主案.状态"] in _RESULT and case["反馈时间"] is None
    )


def _callback_note(case: _Case) -> str:
    if case.state == "已并案":
        return f"随 {case['主案.编号']} 已有结果，也要答复这位反映人"
    if case["未接通次数"]:
        if "有结果反馈" not in str(case["缺项"]):
            return f"试了 {case['未接通次数']} 次都联系不上，可以销号"
        return "今天试过，没接通，换一天再试" if not case.days_since("最近动态") else "上次没接通，今天换个钟点再试"
    days = case.days_since("办结时间")
    return f"办结 {days} 天了，结果还没告诉反映人" if days else "今天办结，结果要告诉反映人"


def _close_note(case: _Case) -> str:
    return f"还缺 {case['缺项']}" if case["缺项"] else "五有齐全，可以销号"


SECTIONS: tuple[Section, ...] = (
    Section("已超期", _overdue, lambda case: case["办结期限"], _overdue_note, "lianxin ledger 超期台账"),
    Section("今天到期", lambda case: bool(case.due and case.due.date() == case.today), lambda case: case["办结期限"]),
    Section(
        "超时未签收",
        _unsigned,
        lambda case: case["签收期限"],
        lambda _case: "催部门签收",
        "lianxin ledger 未签收台账",
    ),
    Section(
        "明天到期",
        lambda case: bool(case.due and case.due.date() == case.today + timedelta(days=1)),
        lambda case: case["办结期限"],
    ),
    Section(
        "等了一天以上没有研判",
        lambda case: case.state == "待研判" and case.days_since("登记时间") > 1,
        lambda case: case["登记时间"],
        lambda case: f"登记 {case.days_since('登记时间')} 天了，受理、上报还是解释",
        "lianxin issue list 状态=待研判",
    ),
    Section(
        "要反馈给群众",
        _callback_due,
        lambda case: case["办结时间"],
        _callback_note,
        "lianxin ledger 待反馈台账",
    ),
    Section(
        "快到期",
        lambda case: bool(case.due) and case["预警灯"] == "即将到期",
        lambda case: case["办结期限"],
    ),
    Section(
        "受理了还没交办",
        lambda case: case.state == "已受理" and case.days_since("最近动态") >= 1,
        lambda case: case["最近动态"],
        lambda case: f"停了 {case.days_since('最近动态')} 天，交给哪个部门",
    ),
    Section(
        "上报后等答复",
        lambda case: case.state == "已上报",
        lambda case: case["最近动态"],
        lambda case: f"等了 {case.days_since('最近动态')} 天" if case.days_since("最近动态") else "今天上报",
    ),
    Section(
        "暂缓的该复核",
        lambda case: case.state == "暂缓" and bool(case["复核日期"]) and case["复核日期"] <= case.today,
        lambda case: case["复核日期"],
        lambda _case: "看条件具备了没有：恢复，或再定复核日期",
    ),
    Section(
        "还欠责任人、时限或标准",
        lambda case: bool(case.owed),
        lambda case: case["办结期限"],
        lambda case: f"欠 {case.owed}",
    ),
    Section("可以销号", lambda case: case.state == "已反馈", lambda case: case["反馈时间"], _close_note),
    Section(
        "期限是暂定的",
        lambda case: bool(case.due) and case["暂定"] in (True, "是"),
        lambda case: case["办结期限"],
        lambda _case: "放假安排还没公布，公布后重算",
    ),
)

_COLUMNS = (
    Column("编号", "id", FieldType.REF, width=15),
    Column("事由", "summary", width=28),
    Column("村", "village"),
    Column("谁", "who"),
    Column("日期", "when", FieldType.DEADLINE, width=16),
    Column("说明", "note", width=30, privacy=Privacy.OPEN),
)


def _who(case: _Case) -> str:
    named = " ".join(str(case[name]) for name in ("责任部门", "责任人") if case[name])
    return named or f"登记人 {case['登记人']}"


def _row(section: Section, case: _Case) -> tuple[Value, ...]:
    notes = [section.note(case)]
    if case.owed and not section.name.startswith("还欠"):
        notes.append(f"欠 {case.owed}")
    if case.due and case["暂定"] in (True, "是") and section.name != "期限是暂定的":
        notes.append("期限暂定")
    when = section.when(case)
    return (case["编号"], case["事由"], case["所属村"], _who(case), when, "；".join(filter(None, notes)))


def _cases(book: Book) -> list[_Case]:
    query = Query(KIND["issue"], _ASKED, parse_filters(["状态!=已销号,作废"]), sort=("办结期限", "登记时间"))
    rows, _ids = book.select(query)
    return [_Case(dict(zip(_ASKED, row, strict=True)), book.today, book.now) for row in rows]


def _sorted(cases: Iterable[_Case]) -> list[tuple[Section, list[_Case]]]:
    found: dict[str, list[_Case]] = {section.name: [] for section in SECTIONS}
    for case in cases:
        section = next((section for section in SECTIONS if section.fits(case)), None)
        if section:
            found[section.name].append(case)
    return [(section, found[section.name]) for section in SECTIONS if found[section.name]]


def _table(sections: Sequence[tuple[Section, list[_Case]]]) -> Table:
    rows: list[tuple[Value, ...]] = []
    groups: list[tuple[int, str]] = []
    notes: list[str] = []
    for section, cases in sections:
        groups.append((len(rows), f"{section.name}（{len(cases)} 件）"))
        rows += [_row(section, case) for case in cases[:MOST]]
        if len(cases) > MOST:
            notes.append(f"{section.name}还有 {len(cases) - MOST} 件没列出，见 {section.more}")
    return Table(_COLUMNS, rows, [str(row[0]) for row in rows], tuple(groups), notes=tuple(notes))


_ABSENT = """
SELECT w.id, w.matter, d.name, json_extract(j.value, '$.应报到时限')
FROM whistle AS w, json_each(w.summoned) AS j LEFT JOIN org AS d ON d.id = json_extract(j.value, '$.部门')
WHERE json_extract(j.value, '$.实际报到时间') IS NULL
    AND substr(json_extract(j.value, '$.应报到时限') || ' 23:59', 1, 16) < ?
ORDER BY 4, 1
"""


def _absent(book: Book) -> list[Block]:
    """Departments that were whistled for and have not reported."""
    rows = book.sql(_ABSENT, (book.now.strftime("%Y-%m-%d %H:%M"),))
    if not rows:
        return []
    columns = (
        Column("哨单", "whistle", FieldType.REF, width=15),
        Column("事项", "matter", width=28),
        Column("部门", "dept"),
        Column("应报到时限", "arrive_by", width=16),
    )
    return [
        Heading(f"吹哨后没有按时报到（{len(rows)} 个部门）", 2),
        Table(columns, rows, [str(row[0]) for row in rows]),
    ]


def _faults(problems: Sequence[Problem], unreadable: int) -> list[Block]:
    blocks: list[Block] = []
    if unreadable:
        text = f"有 {unreadable} 份记录读不出，上面没有算进去。请运行 lianxin check 查看并改好。"
        blocks.append(Paragraph(text, Tone.ALARM))
    serious = [problem for problem in problems if problem.level is not Level.HINT]
    if serious:
        counts = Counter(problem.code for problem in serious).most_common()
        told = "、".join(f"{code} {count} 处" for code, count in counts[:6])
        blocks.append(Paragraph(f"数据里有 {len(serious)} 处要看一看：{told}。请运行 lianxin check。", Tone.WARNING))
    hints = len(problems) - len(serious)
    if hints:
        blocks.append(Paragraph(f"另有 {hints} 条提示，有空时运行 lianxin check 看看。", Tone.MUTED))
    return blocks


def today(book: Book, problems: Sequence[Problem] = ()) -> Document:
    """The page for ``book.today``; ``problems`` are the faults already found in the data."""
    cases = _cases(book)
    sections = _sorted(cases)
    blocks: list[Block] = []
    if sections:
        urgent = sections[0][0].name in ("已超期", "今天到期", "超时未签收")
        told = "、".join(f"{section.name} {len(found)} 件" for section, found in sections)
        blocks = [Paragraph(f"{told}。", Tone.ALARM if urgent else Tone.NORMAL), _table(sections)]
    else:
        blocks = [Paragraph("今天没有要办的事。", Tone.GOOD)]
    blocks += _absent(book)
    blocks += _faults(problems, book.unreadable())
    count = sum(len(found) for _section, found in sections)
    day = f"{book.today} 星期{_WEEKDAYS[book.today.weekday()]}，{show_deadline(book.now)[11:] or '23:59'} 的情况"
    return Document(
        "今日事项",
        tuple(blocks),
        name="today",
        subtitle=day,
        provenance=provenance(book, records=count),
        names=frozenset(str(case["反映人"]) for case in cases if case["反映人"]),
    )
