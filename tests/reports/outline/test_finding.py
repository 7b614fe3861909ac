"""What a report finds in the records: nothing is said that no record bears, and each sentence opens to its records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.kinds.story import TRIAGE, Story
from tests.reports.outline.test_report import NOW, _outline, counted

from lianxin.core.chart import Chart, Look, Series
from lianxin.core.day.period import parse_period
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Heading, Paragraph, Table
from lianxin.core.error import UsageError
from lianxin.policies.check.finding import check_finding
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.policies.finding import Finding
from lianxin.policies.outline import Picture
from lianxin.reports.outline.caption import captioned
from lianxin.reports.outline.finding import findings
from lianxin.reports.outline.opened import opened
from lianxin.reports.outline.page import page
from lianxin.reports.outline.press import Edition, Press
from lianxin.storage.book import LedgerBook, open_book


def figure(name: str, *filters: str, **more: Any) -> Figure:
    part = {"种类": "问题", "筛选": ["状态!=作废", *filters]} | more
    return Figure.model_validate({"名称": name, "计数": part}, by_alias=True, by_name=False)


FIGURES = {
    one.name: one
    for one in (
        figure("新增问题"),
        figure("目前超期", "逾期天数>=1", 期间字段="不限"),
        figure("重办问题", "重办次数>=1"),
    )
}
MOVED = {
    "种类": "升降",
    "数字": "新增问题",
    "对象": ["类别", "责任部门"],
    "何处": "责任部门",
    "句式": "与{比}相比，{逐个}。",
    "逐个": "{对象}由 {前数}变为 {数}[，主要在{何处}]",
}


def finding(**fields: Any) -> Finding:
    return Finding.model_validate(fields, by_alias=True, by_name=False)


def press(book: LedgerBook, period: str = "2026-03", cases: tuple[str, ...] = ()) -> Press:
    known = Definitions(figures=FIGURES)
    span = parse_period(period, book.today)
    return Press(book, Edition(_outline("月报"), span, known, book.context, dict, "云岭镇", cases=cases))


def raised(number: int, day: str, category: str = "道路", dept: int = 0) -> Story:
    story = Story(编号=f"WT-2026-A{number:04d}", 反映时间=day, 登记时间=f"{day} 09:00")
    story.then(f"{day} 10:00", "受理", **TRIAGE | {"类别": category})
    return story.then(f"{day} 11:00", "交办", 责任部门=f"DW-A000{dept}", 办理时限="60个工作日") if dept else story


def grown() -> list[Story]:
    """Two in February; in March one the more of 水利, and eleven 道路 of which 水利站 has nine."""
    stories = [raised(1, "2026-02-03", dept=1), raised(2, "2026-02-04", "水利", dept=2)]
    stories += [raised(n, "2026-03-02", dept=1) for n in range(3, 12)]
    return [
        *stories,
        raised(12, "2026-03-02"),
        raised(13, "2026-03-02"),
        *(raised(n, "2026-03-03", "水利") for n in (14, 15)),
    ]


@contextmanager
def started(folder: Path, stories: list[Story], since: str) -> Iterator[LedgerBook]:
    with counted(folder, stories):
        pass
    (folder / "data" / "lianxin.yaml").write_text(f"名称: 云岭镇党建办\n启用日期: {since}\n", encoding="utf-8")
    with open_book(folder / "data", today=date(2026, 3, 31), now=NOW) as book:
        yield book


def test_what_rose_is_told_with_where_and_opens_to_its_records(tmp_path: Path) -> None:
    with started(tmp_path, grown(), "2026-02-01") as book:
        (one,) = findings(press(book), finding(**MOVED))
    told = "新增问题由 2 件变为 13 件，主要在水利站（增加 8 件）；道路由 1 件变为 11 件，主要在水利站（增加 8 件）"
    assert one.text == f"与上月相比，{told}。"  # 水利站 itself, 1 to 9, might be chance where two are asked about
    road = one.behind[1]
    assert (road.caption, len(road.rows)) == ("道路：新增问题", 11)


def test_nothing_is_compared_with_what_the_ledger_did_not_see(tmp_path: Path) -> None:
    with started(tmp_path, grown(), "2026-02-10") as book:
        assert findings(press(book), finding(**MOVED)) == []


def test_a_running_month_is_compared_with_as_many_days(tmp_path: Path) -> None:
    stories = [raised(n, "2026-02-27") for n in range(1, 10)]
    with counted(tmp_path, stories):
        pass
    with open_book(tmp_path / "data", today=date(2026, 3, 10), now=NOW) as book:
        assert findings(press(book), finding(**MOVED)) == []  # by the tenth there was none in February either


def test_what_is_late_is_told_by_desk_and_adds_up(tmp_path: Path) -> None:
    held = finding(
        种类="分布",
        数字="目前超期",
        对象="责任部门",
        最多="1",
        句式="超期 {总数}：{逐个}[；{其余}]。",
        逐个="{对象} {数}[（{最久}）]",
    )
    late = [Story(编号=f"WT-2026-A{n:04d}") for n in (1, 2, 3)]
    for story, dept in zip(late, (1, 1, 2), strict=True):
        story.then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办", 责任部门=f"DW-A000{dept}")
        story.then("2026-03-02 12:00", "签收")
    with counted(tmp_path, late) as book:
        assert [one.text for one in findings(press(book), held)] == [
            "超期 3 件：水利站 2 件（最久的超期 22 天）；其余 1 件。"
        ]
    with counted(tmp_path / "none", [raised(1, "2026-03-02")]) as book:
        assert findings(press(book), held) == []


def test_a_rate_is_no_count(tmp_path: Path) -> None:
    rate = figure("办结率").model_copy(update={"denominator": figure("新增问题").numerator})
    faults = check_finding(finding(**MOVED | {"数字": "办结率"}), (), FIGURES | {"办结率": rate})
    assert [fault.message for fault in faults] == ["「办结率」是率，分析要用计数"]
    wrong = finding(种类="分布", 数字="目前超期", 对象="责任部们", 句式="{总树}")
    assert [fault.loc for fault in check_finding(wrong, (), FIGURES)] == [("句式",), ("对象", 0)]
    with counted(tmp_path, grown()) as book, pytest.raises(UsageError, match="说的是个人"):
        findings(press(book), finding(**MOVED | {"对象": ["反映人"]}))


def test_a_case_is_told_in_its_own_words_or_another_one_she_picks(tmp_path: Path) -> None:
    cases = finding(
        种类="个案",
        筛选=["满意度=满意"],
        期间字段="反馈时间",
        最多="1",
        句式="{事由}：{办理结果}。[反映人说：“{反映人的话}。”]",
        选法="满意的",
    )
    stories = [raised(n, "2026-03-02", dept=1).then("2026-03-03 09:00", "签收") for n in (1, 2)]
    for n, story in enumerate(stories, 1):
        story.then(f"2026-03-0{n + 3} 10:00", "办结", 办理结果=f"第{n}处修平。")
        words = {"反映人的话": "好走了。"} if n == 2 else {}
        story.then(f"2026-03-0{n + 3} 12:00", "反馈", **words)
    with counted(tmp_path, stories) as book:
        (one,) = findings(press(book), cases)
        assert (one.text, one.record) == ("村口路面塌陷：第1处修平。", "WT-2026-A0001")
        (other,) = findings(press(book, cases=("WT-2026-A0002",)), cases)
        assert other.text == "村口路面塌陷：第2处修平。反映人说：“好走了。”"


def test_a_report_opens_each_sentence(tmp_path: Path) -> None:
    outline = _outline(
        "月报",
        节=[
            {
                "标题": "分析",
                "文字": "新增 {新增问题}。",
                "分析": [MOVED],
                "要点": ["[有 {重办问题}重办]。", "[有 {目前超期}超期]。"],
            }
        ],
    )
    with started(tmp_path, grown(), "2026-02-01") as book:
        edition = Edition(
            outline, parse_period("2026-03", book.today), Definitions(figures=FIGURES), book.context, dict
        )
        made = page(book, edition)
        texts = [block.text for block in made.document.blocks if isinstance(block, Paragraph)]
        assert texts[0] == "新增 13 件。"
        assert texts[-1].startswith("注：升降的判断：")
        shown = opened(book, edition, made)
    headings = [block.text for block in shown.blocks if isinstance(block, Heading)]
    tables = [block for block in shown.blocks if isinstance(block, Table)]
    assert headings == ["第 1 句", "第 2 句"]  # nothing came back and nothing is late, so nothing is said
    assert len(tables[0].rows) == 13


def bars(*values: int, labels: str = "甲乙丙", **more: Any) -> Chart:
    named = tuple(labels[: len(values)])
    return Chart(Look.BARS, "各村", "村", named, (Series("件数", values),), "件", **more)


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        (bars(6, 2, 0), "甲最多，6 件，占 75%；其次是乙，2 件；丙没有。"),
        (bars(3, 3, 1), "甲、乙并列最多，各 3 件；其次是丙，1 件。"),
        (bars(9, 9, 9, 9, 4, labels="甲乙丙丁戊"), "4 个村并列最多，各 9 件；其次是戊，4 件。"),
        (bars(3, 3), ""),
        (bars(3), ""),
        (bars(3, 1, privacy=Privacy.NAME), ""),
        (bars(3, 1, own=frozenset({0})), ""),
    ],
)
def test_a_chart_is_told_in_a_sentence_of_its_own_figures(tmp_path: Path, chart: Chart, told: str) -> None:
    by = Picture.model_validate({"标题": "题", "数字": "新增问题", "对象": "类别"}, by_alias=True, by_name=False)
    with counted(tmp_path, []) as book:
        assert captioned(press(book), by, chart).text == told
