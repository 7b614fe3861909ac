"""The sections of the pack that the records and files tell by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from lianxin.core.book import Book, Query
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Heading, Paragraph, Table, Value
from lianxin.core.filter import Filter, Op, parse_filters
from lianxin.core.problem import Problem
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.rectification.state import OFF
from lianxin.kinds.whistle.state import SETTLED
from lianxin.policies.export import Profile
from lianxin.reports.column import find
from lianxin.reports.duty.stand import Fulfilment
from lianxin.reports.duty.table import overview_table, pressing_table

#: So many unexplained places are listed; ``check`` has them all.
_PLACES = 60

#: How the work goes round, in the tool's own commands.
_ROUTINE = (
    (
        "每天：早上运行 lianxin，先办已超期、今天到期、没签收、要反馈的；"
        "来一件记一件（lianxin issue add），走一户记一户（lianxin visit add）。"
    ),
    "每周：出周报（lianxin report 周报），三张清单要平；看 lianxin duties --behind，谁落后了提醒谁。",
    (
        "每月：出月报和台账（lianxin ledger --all -p 上月 -o 台账.xlsx），上报定稿时加 --freeze；"
        "运行 lianxin check --hints，能说清的说清，确实没有问题的用 lianxin silence 记下原因。"
    ),
    "改了文件里的字，用 lianxin commit 收进去；拿不准的先加 --dry-run 看一看。下面是这一个月里到期的事。",
)


class Custom(Struct, frozen=True):
    """Something this office does in its own way: a file, and what it is."""

    path: str
    told: str


def _selected(book: Book, kind: str, labels: Sequence[str], filters: Sequence[Filter], *sort: str) -> list[Block]:
    """Records of a kind under their own column names."""
    found, ids = book.select(Query(KIND[kind], tuple(labels), tuple(filters), sort=sort))
    columns = tuple(
        Column(one.label, one.name, one.type, one.privacy, term=one.term, inner=one.inner)
        for label in labels
        if (one := find(KIND[kind], label))
    )
    return [Table(columns, found, ids, caption=f"{KIND[kind].label}（{len(ids)}）")] if ids else []


def whistles(book: Book) -> list[Block]:
    """Whistles in which something has still to be done."""
    labels = ("编号", "事项", "牵头部门", "状态", "未办结部门", "最近期限")
    return _selected(book, "whistle", labels, _apart_from(SETTLED), "最近期限")


def rectifications(book: Book) -> list[Block]:
    """Faults still on the books."""
    labels = ("编号", "存在问题", "整改对象", "责任单位", "责任人", "整改期限", "状态")
    return _selected(book, "rectification", labels, _apart_from(OFF), "整改期限")


def _apart_from(states: Iterable[str]) -> list[Filter]:
    return [Filter(("状态",), Op.NE, tuple(states))]


def undated(book: Book) -> list[Block]:
    """Promises without a limit."""
    labels = ("编号", "承诺人", "承诺对象", "承诺内容", "承诺日期")
    found = _selected(book, "promise", labels, parse_filters(["兑现日期=", "完成时限="]), "承诺日期")
    return [Heading("没有定时限的承诺", 2), *found] if found else []


def duties(book: Book, founds: Sequence[Fulfilment]) -> Iterator[Block]:
    """How each duty stands, and who is behind."""
    running = [one for one in founds if one.cycle is not None]
    pressing = [(one, stand) for one in running for stand in one.stands if stand.pressing]
    if running:
        yield overview_table(book, running)
    if pressing:
        yield Heading(f"进度落后和未完成的（{len(pressing)} 项）", 2)
        yield pressing_table(book, pressing)


def standing(book: Book) -> list[Block]:
    """What was held more than once in the last year: how often, and when it would come round again."""
    since = book.today - timedelta(days=365)
    found = book.sql(
        "SELECT sort, count(*), count(DISTINCT day), min(day), max(day) FROM activity WHERE day > ?1 AND day <= ?2"
        " GROUP BY sort HAVING count(DISTINCT day) > 1 ORDER BY 2 DESC, 1",
        (since.isoformat(), book.today.isoformat()),
    )
    rows: list[tuple[Value, ...]] = []
    for sort, count, days, first, last in found:
        begun, latest = _day(first), _day(last)
        gap = max(round((latest - begun).days / (days - 1)), 1)
        coming = latest + timedelta(days=gap)
        rows.append((sort, count, latest, f"约 {gap} 天", coming, "该安排了" if coming <= book.today else None))
    columns = (
        Column("类别", "sort", width=12, term=True),
        Column("近一年次数", "count", FieldType.INTEGER, width=10),
        Column("上一次", "last", FieldType.DAY),
        Column("多久一次", "gap"),
        Column("下一次大约", "coming", FieldType.DAY),
        Column("说明", "note", tones=(("该安排了", Tone.WARNING),)),
    )
    note = "多久一次是按近一年的日期平均的；职责里定了次数的，以职责为准。"
    return [Table(columns, rows, notes=(note,))] if rows else []


def _day(text: object) -> date:
    return date.fromisoformat(str(text)[:10])


def unexplained(problems: Sequence[Problem], left_out: str) -> Iterator[Block]:
    """What nobody has explained, and what is left out."""
    if left_out:
        yield Paragraph(f"有 {left_out}，本文没有算进去。请运行 lianxin check 查看并改好。", Tone.ALARM)
    if not problems:
        return
    columns = (
        Column("程度", "level", FieldType.CHOICE, width=4),
        Column("代码", "code", width=5),
        Column("在哪里", "place", width=24),
        Column("说的是什么", "message", width=40, privacy=Privacy.STORY),
    )
    rows: list[tuple[Value, ...]] = [(one.level.value, one.code, one.place, one.public) for one in problems[:_PLACES]]
    left = len(problems) - len(rows)
    more = f"另有 {left} 处没列出。" if left else ""
    note = f"{more}全部请看 lianxin check --hints，某一种怎么办请看 lianxin explain 代码。"
    yield Table(columns, rows, notes=(note,))


def frozen(book: Book) -> list[Block]:
    """Figures that were handed in."""
    return _selected(book, "frozen", ("编号", "报表", "期间", "编制日期", "数字个数", "版本", "取代"), [], "编制日期")


def customs(customs: Sequence[Custom]) -> list[Block]:
    """What this office does in its own way."""
    rows: list[tuple[Value, ...]] = [(one.path, one.told) for one in customs]
    columns = (Column("文件", "path", width=30), Column("情况", "told", width=40))
    return [Table(columns, rows)] if rows else [Paragraph("都照自带的，没有改过。", Tone.MUTED)]


def exports(exports: Sequence[Profile]) -> list[Block]:
    """What is written by itself."""
    rows: list[tuple[Value, ...]] = []
    for profile in exports:
        often = f"每{profile.every.value} {profile.hour}"
        files = "、".join(one.file for one in profile.outputs)
        rows.append((profile.name, often, files, profile.folder))
    columns = (
        Column("方案", "name", width=10),
        Column("什么时候", "often", width=10),
        Column("出什么", "files", width=30),
        Column("放到哪里", "folder", width=20),
    )
    note = "定时任务在机器的 crontab 里，换了机器要重设：运行 lianxin cron 方案名，照着写进去。"
    return [Table(columns, rows, notes=(note,))] if rows else []


def routine() -> Iterator[Block]:
    """How the work goes round."""
    for text in _ROUTINE:
        yield Paragraph(text)
