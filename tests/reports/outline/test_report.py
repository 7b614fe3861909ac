"""Reports from their outlines: the shipped ones on the sample township, and small ones counted by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.kinds.story import Story
from tests.reports.outline.test_balance import written

from lianxin.actions.paper.report import Made, Wanted, chosen, make
from lianxin.actions.policy.definition import definitions
from lianxin.actions.policy.form import forms, listed_kind
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset, sample
from lianxin.core.day.period import parse_period
from lianxin.core.document import Document, Face, Heading, Paragraph, Table
from lianxin.core.error import UsageError
from lianxin.core.paper import Masthead
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.formats.width import text_width
from lianxin.policies.definitions import Definitions, check_outline
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Grid, Outline, Rhythm
from lianxin.reports.figure.behind import behind
from lianxin.reports.outline.grid import grid_table
from lianxin.reports.outline.press import Edition, Press
from lianxin.reports.outline.spoken import numeral, spoken
from lianxin.storage.book import LedgerBook, open_book

NOW = datetime(2026, 11, 23, 9, 0)
SHIPPED = sorted(path.stem for path in asset("reports").glob("*.yaml"))


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LedgerBook, Workspace]]:
    root = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample(), root)
    with open_book(root, today=NOW.date(), now=NOW) as book:
        yield book, Workspace(root, NOW)


def made(township: tuple[LedgerBook, Workspace], name: str, period: str = "2026Q3") -> Made:
    book, workspace = township
    outline = definitions(book).outlines[name]
    return make(book, workspace, Wanted(outline.rhythm, name, period))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_report_is_whole_in_every_format(township: tuple[LedgerBook, Workspace], name: str) -> None:
    document = made(township, name).page.document
    assert any(isinstance(block, Table) for block in document.blocks)
    assert not any("{" in block.text for block in document.blocks if isinstance(block, Heading | Paragraph))
    public = mask(document, Face.PUBLIC)
    for width in (80, 120):
        text = render(document, "terminal", width=width)
        assert isinstance(text, str)
        assert max(map(text_width, text.splitlines())) <= width
    for format_ in ("md", "csv", "html", "json"):
        assert document.title in render(public, format_)
    assert render(public, "xlsx")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_figure_printed_is_the_sum_of_what_it_opens_to(township: tuple[LedgerBook, Workspace], name: str) -> None:
    book, report = township[0], made(township, name)
    for one in report.page.printed:
        if one.figure is None:
            continue
        period = report.edition.period
        rows = behind(book, one.figure.numerator, one.subject, period)
        assert sum(row.amount for row in rows) == one.numerator, one
        if one.figure.denominator and one.denominator is not None:
            total = sum((row.amount for row in behind(book, one.figure.denominator, one.subject, period)), Decimal(0))
            assert total == one.denominator, one


def test_the_shipped_outlines_name_only_what_is_shipped(township: tuple[LedgerBook, Workspace]) -> None:
    book = township[0]
    known, ledgers, listed = definitions(book), forms(book), partial(listed_kind, book)
    faults = {name: list(check_outline(known.outlines[name], known, ledgers, listed)) for name in SHIPPED}
    assert faults == {name: [] for name in SHIPPED}


def test_the_week_of_the_sample_balances_and_lists_what_it_counts(township: tuple[LedgerBook, Workspace]) -> None:
    document = made(township, "周报", "2026-W11").page.document
    tables = [block for block in document.blocks if isinstance(block, Table)]
    opening, added, reopened, closed, voided, closing = (int(str(value)) for value in tables[0].rows[0])
    assert opening + added + reopened - closed - voided == closing
    headings = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert f"（一）新增问题清单（{added} 件）" in headings
    assert f"（二）推进中问题清单（{closing} 件）" in headings
    assert f"（三）已销号问题清单（{closed} 件）" in headings


def test_everybody_has_a_part_of_a_report_for_each(township: tuple[LedgerBook, Workspace]) -> None:
    book, workspace = township
    volume = make(book, workspace, Wanted(Rhythm.QUARTERLY, "个人季报", "2026Q3"))
    people = {one.subject for one in volume.page.printed}
    assert len(people) > 3
    who = min(people)
    alone = make(book, workspace, Wanted(Rhythm.QUARTERLY, "个人季报", "2026Q3", who))
    assert {one.subject for one in alone.page.printed} == {who}
    assert [one for one in volume.page.printed if one.subject == who] == list(alone.page.printed)
    with pytest.raises(UsageError, match="不是每人一份"):
        make(book, workspace, Wanted(Rhythm.WEEKLY, "周报", "2026Q3", who))


def test_the_outline_called_like_its_rhythm_is_meant(township: tuple[LedgerBook, Workspace]) -> None:
    known = definitions(township[0])
    assert chosen(known, Wanted(Rhythm.QUARTERLY)).name == "季报"
    with pytest.raises(UsageError, match="是周报，请运行 lianxin report 周报 --name 周报"):
        chosen(known, Wanted(Rhythm.ANNUAL, "周报"))
    with pytest.raises(UsageError, match="是不是「周报」"):
        chosen(known, Wanted(Rhythm.WEEKLY, "周抱"))
    outlines = {"甲": _outline("甲"), "乙": _outline("乙")}
    several = Definitions(outlines=outlines, origins={"甲": "本单位", "乙": "本单位"})
    with pytest.raises(UsageError, match="年报有 2 份：甲、乙；请用 --name 指明"):
        chosen(several, Wanted(Rhythm.ANNUAL))
    assert (
        chosen(Definitions(outlines=outlines, origins={"甲": "自带", "乙": "一个活动"}), Wanted(Rhythm.ANNUAL)).name
        == "乙"
    )


def _outline(name: str, **more: Any) -> Outline:
    fields = {"名称": name, "种类": "年报", "标题": "{单位}的{期间}", "节": [{"标题": "情况"}], **more}
    return Outline.model_validate(fields, by_alias=True, by_name=False)


_ASSIGNED, _SIGNED = ({"种类": "问题", "筛选": f"{column}!="} for column in ("交办时间", "签收时间"))
_DEFINED: dict[str, dict[str, Any]] = {
    "交办": {"计数": _ASSIGNED},
    "全部": {"计数": {"种类": "问题"}},
    "签收率": {"单位": "%", "计数": _SIGNED, "分母": _ASSIGNED, "比": "上期"},
}
FIGURES = {
    name: Figure.model_validate({"名称": name, **fields}, by_alias=True, by_name=False)
    for name, fields in _DEFINED.items()
}


@contextmanager
def counted(folder: Path, stories: list[Story]) -> Iterator[LedgerBook]:
    """A folder of issues and three departments."""
    root = written(folder / "data", stories)
    (root / "orgs").mkdir()
    for n, name in ((1, "水利站"), (2, "供电所"), (3, "派出所")):
        text = f"编号: DW-A000{n}\n名称: {name}\n层级: 镇\n"
        (root / "orgs" / f"DW-A000{n}.yaml").write_text(text, encoding="utf-8")
    with open_book(root, today=date(2026, 3, 31), now=NOW) as book:
        yield book


def edition(book: LedgerBook, period: str = "2026-03", **more: Any) -> Edition:
    span = parse_period(period, book.today)
    known = Definitions(figures=FIGURES)
    return Edition(_outline("年报", **more), span, known, book.context, dict, "云岭镇")


def assigned(number: int, dept: int, *, signed: bool) -> Story:
    story = Story(编号=f"WT-2026-A{number:04d}")
    story.then("2026-03-02 10:00", "受理").then("2026-03-02 11:00", "交办", 责任部门=f"DW-A000{dept}")
    return story.then("2026-03-02 15:00", "签收") if signed else story


def test_units_are_ranked_above_the_minimum_and_the_totals_are_pooled(tmp_path: Path) -> None:
    """水利站 3 of which 2 signed, 供电所 2 of 2, 派出所 1 of 1 (too few), and one that nobody has."""
    stories = [assigned(1, 1, signed=True), assigned(2, 1, signed=True), assigned(3, 1, signed=False)]
    stories += [assigned(4, 2, signed=True), assigned(5, 2, signed=True), assigned(6, 3, signed=True)]
    stories.append(Story(编号="WT-2026-A0007"))
    grid = Grid.model_validate(
        {"对象": "责任部门", "列": ["交办", "全部", "签收率"], "排序": "签收率", "最少": "2"},
        by_alias=True,
        by_name=False,
    )
    with counted(tmp_path, stories) as book:
        table = grid_table(Press(book, edition(book)), grid)
    assert [tuple(row) for row in table.rows] == [
        (1, "供电所", 2, 2, "100.00 %"),
        (2, "水利站", 3, 3, "66.67 %"),
        ("—", "派出所", 1, 1, "100.00 %"),
        ("—", "没有交办到单位", 0, 1, "—"),
    ]
    assert table.totals == (None, "合计", 6, 7, "83.33 %")
    assert any("不到 2 件的不排名" in note for note in table.notes)


def test_equals_share_a_place(tmp_path: Path) -> None:
    stories = [assigned(n, dept, signed=n != 4) for n, dept in ((1, 1), (2, 2), (3, 3), (4, 3))]
    fields = {"对象": "责任部门", "列": ["交办", "签收率"]}
    ranked, counted_ = (
        Grid.model_validate({**fields, "排序": by}, by_alias=True, by_name=False) for by in ("签收率", "交办")
    )
    with counted(tmp_path, stories) as book:
        press = Press(book, edition(book))
        places, numbers = grid_table(press, ranked), grid_table(press, counted_)
    assert places.columns[0].label == "名次"
    assert [row[:2] for row in places.rows] == [(1, "水利站"), (1, "供电所"), (3, "派出所")]
    # who was given more is no better for it
    assert numbers.columns[0].label == "序号"
    assert [row[:2] for row in numbers.rows] == [(1, "派出所"), (2, "水利站"), (3, "供电所")]


def test_a_text_takes_figures_changes_terms_and_names(tmp_path: Path) -> None:
    with counted(tmp_path, [assigned(1, 1, signed=True), assigned(2, 1, signed=False)]) as book:
        press = Press(book, edition(book))
        text = press.fill("{单位}{期间}交办 {交办}，签收率 {签收率}，{签收率|增减}；{新增}，期末 {本期未结}。")
        assert text == "云岭镇2026年3月交办 2 件，签收率 50.00 %，没有上月可比；2 件，期末 2 件。"
        later = Press(book, edition(book, "2026-04"))
        assert later.fill("{签收率}") == "—"
        with pytest.raises(UsageError, match="数字「没有的」没有定义"):
            press.fill("{没有的}")
        with pytest.raises(UsageError, match="「交办」没有写「归属」"):
            Press(book, edition(book), who="RY-A0001").figure("交办")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026", "2026年"),
        ("2026H2", "2026年下半年"),
        ("2026Q3", "2026年第三季度"),
        ("2026-03", "2026年3月"),
        ("2026-W10", "2026年3月2日至8日"),
        ("2026-02-19..2026-03-18", "2026年2月19日至3月18日"),
        ("2025-12-29..2026-01-04", "2025年12月29日至2026年1月4日"),
        ("2026-03-06 12:00..2026-03-13 12:00", "2026年3月6日12:00至2026年3月13日12:00"),
        ("2026-03-06", "2026年3月6日"),
    ],
)
def test_a_period_is_named_as_papers_name_it(period: str, words: str) -> None:
    assert spoken(parse_period(period, NOW.date())) == words


def test_sections_are_numbered_in_chinese() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


def test_a_masthead_stands_in_every_format() -> None:
    head = Masthead("连心工作简报", "第 3 期", "云岭镇党建办", "2026年3月16日", ("报送：镇党委", "抄送：各支部"))
    document = Document("三月情况", (Paragraph("走访 3 次。"),), masthead=head)
    for format_ in ("terminal", "md", "csv", "html", "json"):
        text = render(mask(document, Face.PUBLIC), format_, width=60)
        assert isinstance(text, str)
        plain = text.replace("连 心 工 作 简 报", "连心工作简报")
        for part in ("连心工作简报", "第 3 期", "云岭镇党建办", "2026年3月16日", "报送：镇党委", "抄送：各支部"):
            assert part in plain, (format_, part)
        assert plain.index("连心工作简报") < plain.rindex("三月情况") or format_ == "json"
    assert render(document, "xlsx")
