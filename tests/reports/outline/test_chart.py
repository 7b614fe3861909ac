"""Charts of reports: each bar is the figure it is named after, and each week's end what the histories say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lianxin.actions.paper.report import Wanted, make
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import sample
from lianxin.core.chart import Chart, Look
from lianxin.core.day.period import parse_period
from lianxin.core.document import Table
from lianxin.core.error import UsageError
from lianxin.kinds import KIND
from lianxin.policies.definitions import check_outline
from lianxin.policies.outline import Outline, Picture, Rhythm
from lianxin.reports.figure.figured import by_subject, evaluate
from lianxin.reports.outline.chart import chart_of
from lianxin.reports.outline.press import Edition, Press
from lianxin.storage.book import LedgerBook, open_book

NOW = datetime(2026, 11, 23, 9, 0)


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LedgerBook, Workspace]]:
    root = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample(), root)
    with open_book(root, today=NOW.date(), now=NOW) as book:
        yield book, Workspace(root, NOW)


def picture(**told: object) -> Picture:
    return Picture.model_validate({"标题": "图", **told}, by_alias=True, by_name=False)


def drawn(book: LedgerBook, wanted: Picture, period: str = "2026") -> Chart:
    outline = Outline(name="试", rhythm=Rhythm.ANNUAL, title="试", sections=(), subject=None)
    edition = Edition(outline, parse_period(period, book.today), definitions(book), book.context, dict)
    return chart_of(Press(book, edition), wanted)


def test_bars_by_subject_are_the_figure_itself_most_first(township: tuple[LedgerBook, Workspace]) -> None:
    book, _ = township
    made = drawn(book, picture(样式="条形", 数字="并案前问题", 对象="类别", 最多=5))
    figure = definitions(book).figures["并案前问题"]
    whole = by_subject(book, figure, "类别", parse_period("2026", book.today))
    wanted = sorted((int(one.numerator) for one in whole.values()), reverse=True)[:5]
    assert [int(value or 0) for value in made.series[0].values] == wanted
    assert len(made.labels) == 5
    assert any(f"另有 {len(whole) - 5} 个没有画出" in note for note in made.notes)
    assert made.unit == "件"


def test_tiles_show_every_village_that_was_visited(township: tuple[LedgerBook, Workspace]) -> None:
    book, _ = township
    made = drawn(book, picture(样式="方格", 数字="走访次数", 对象="所属村", 最多=2))
    ((count,),) = book.sql("SELECT count(DISTINCT village) FROM visit WHERE day >= '2026' AND day < '2027'")
    assert len(made.labels) == count > 2
    assert made.look is Look.TILES


def test_a_line_through_the_year_has_a_point_for_each_month_begun(township: tuple[LedgerBook, Workspace]) -> None:
    book, _ = township
    made = drawn(book, picture(样式="折线", 数字=["新增问题", "销号问题"]))
    assert made.labels == tuple(f"{n} 月" for n in range(1, 12))
    figures = definitions(book).figures
    for series in made.series:
        months = [parse_period(f"2026-{n:02d}", book.today) for n in range(1, 12)]
        counted = [evaluate(book, figures[series.name], month).value for month in months]
        assert list(series.values) == counted


@pytest.mark.parametrize(("every", "count"), [("周", 14), ("月", 3), ("季度", 1)])
def test_points_in_time_as_asked_for(township: tuple[LedgerBook, Workspace], every: str, count: int) -> None:
    made = drawn(township[0], picture(样式="折线", 数字="新增问题", 每=every), "2026Q3")
    assert len(made.labels) == count


def test_states_at_a_weeks_end_are_what_a_book_of_that_evening_says(
    township: tuple[LedgerBook, Workspace], tmp_path: Path
) -> None:
    made = drawn(township[0], picture(样式="堆叠", 状态="是", 每="月"), "2026Q3")
    assert made.labels == ("7月31日", "8月31日", "9月30日")
    found = {one.name: one.values[1] for one in made.series if one.values[1]}
    told = dict.fromkeys(
        township[0].sql(
            "SELECT i.id, (SELECT state FROM interval AS s WHERE s.record = i.id AND s.since < '2026-09-01'"
            " ORDER BY s.since DESC, s.n DESC LIMIT 1) FROM issue AS i"
        )
    )
    counted: dict[str, int] = {}
    for _id, state in told:
        if state and state not in ("已销号", "作废"):
            counted[state] = counted.get(state, 0) + 1
    assert found == counted
    assert tmp_path.is_dir()


def test_days_to_come_are_not_drawn(township: tuple[LedgerBook, Workspace]) -> None:
    made = drawn(township[0], picture(样式="堆叠", 状态="是", 每="周"), "本月")
    assert made.labels[-1] == "11月23日"
    days = [datetime.strptime(f"2026年{label}", "%Y年%m月%d日").date() for label in made.labels]
    assert max(days) <= NOW.date()


def test_shipped_reports_have_their_charts(township: tuple[LedgerBook, Workspace]) -> None:
    book, workspace = township
    for rhythm, name, looks in (
        (Rhythm.ANNUAL, "年报", [Look.TILES, Look.BARS, Look.LINES, Look.BARS]),
        (Rhythm.QUARTERLY, "季报", [Look.TILES, Look.BARS, Look.STACKED, Look.BARS]),
    ):
        blocks = make(book, workspace, Wanted(rhythm, name, "")).page.document.blocks
        charts = [block for block in blocks if isinstance(block, Chart)]
        assert [one.look for one in charts] == looks
        notes = [note for block in blocks if isinstance(block, Chart | Table) for note in block.notes]
        assert notes
        assert len(notes) == len(set(notes))  # what a figure means is said once


def test_a_wrong_chart_is_told_of(township: tuple[LedgerBook, Workspace]) -> None:
    known = definitions(township[0])

    def faults(**told: object) -> list[str]:
        section = {"标题": "一", "图": {"标题": "图", **told}}
        outline = Outline.model_validate(
            {"名称": "试", "种类": "年报", "标题": "试", "节": [section]}, by_alias=True, by_name=False
        )
        return [fault.message for fault in check_outline(outline, known, (), KIND.__getitem__)]

    assert faults(数字="并案前问题", 对象="类别") == []
    assert faults(状态="是") == []
    (said,) = faults(数字="并案前问提")
    assert "并案前问题" in said
    (said,) = faults(数字="并案前问题", 对象="类型")
    assert "不能按「类型」分行" in said
    (said,) = faults()
    assert "要写「数字」" in said
    with pytest.raises(UsageError, match="没有写「数字」"):
        drawn(township[0], picture())
