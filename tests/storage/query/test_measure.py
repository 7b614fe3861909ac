"""Measures: what a small village comes to, counted by hand; and random ones, counted again in Python."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.core.day.period import Period, parse_period
from lianxin.core.error import UsageError
from lianxin.core.measure import Measure, Part
from lianxin.kinds import KIND
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.write.text.writing import record_text

NOW = datetime(2026, 11, 20, 9, 0)
TODAY = NOW.date()

Given = tuple[str, dict[str, Any]]

#: Two villages, two units, three members, three households; what each test counts is written beside it.
STANDING: tuple[Given, ...] = (
    (
        "village",
        {
            "编号": "CUN-A0001",
            "名称": "柳溪村",
            "乡镇": "云岭镇",
            "历年集体收入": [{"年份": 2025, "集体收入": 30000}, {"年份": 2026, "集体收入": "35000.50"}],
        },
    ),
    (
        "village",
        {
            "编号": "CUN-A0002",
            "名称": "石桥村",
            "乡镇": "云岭镇",
            "历年集体收入": [{"年份": 2026, "集体收入": 1000}],
        },
    ),
    ("org", {"编号": "DW-A0001", "名称": "水利站", "层级": "镇"}),
    ("org", {"编号": "DW-A0002", "名称": "党政办", "层级": "镇"}),
    (
        "person",
        {
            "编号": "RY-A0001",
            "姓名": "秦小满",
            "单位": "DW-A0001",
            "身份": [
                {"身份": "党代表", "级别": "县", "自": "2025-01-01"},
                {"身份": "驻队员", "自": "2026-06-01", "至": "2026-09-30"},
            ],
        },
    ),
    (
        "person",
        {
            "编号": "RY-A0002",
            "姓名": "贺立春",
            "单位": "DW-A0001",
            "身份": [{"身份": "党代表", "级别": "县"}, {"身份": "党代表", "级别": "乡镇", "至": "2026-03-31"}],
        },
    ),
    ("person", {"编号": "RY-A0003", "姓名": "陆禾", "单位": "DW-A0002"}),
    (
        "household",
        {
            "编号": "HU-A0001",
            "户主": "丁有田",
            "所属村": "CUN-A0001",
            "户类别": "困难",
            "家庭成员": [{"姓名": "丁小禾"}, {"姓名": "丁小麦"}],
        },
    ),
    ("household", {"编号": "HU-A0002", "户主": "康满仓", "所属村": "CUN-A0001"}),
    ("household", {"编号": "HU-A0003", "户主": "石守山", "所属村": "CUN-A0002", "户类别": "低保"}),
)

VISITS: tuple[Given, ...] = (
    (
        "visit",
        {
            "编号": "ZF-2026-A0001",
            "日期": "2026-01-10",
            "走访人": ["RY-A0001", "RY-A0002"],
            "所属村": "CUN-A0001",
            "走访户": ["HU-A0001", "HU-A0002"],
            "走访方式": "入户",
            "帮扶": [
                {"指标": "慰问金", "数量": 200},
                {"指标": "慰问金", "数量": "300.50"},
                {"指标": "代办服务", "数量": 1},
            ],
        },
    ),
    (
        "visit",
        {
            "编号": "ZF-2026-A0002",
            "日期": "2026-02-05",
            "截止日期": "2026-02-07",
            "走访人": ["RY-A0001"],
            "所属村": "CUN-A0001",
            "走访户": ["HU-A0001"],
            "走访方式": "蹲点",
            "帮扶": [{"指标": "代办服务", "数量": 2}],
        },
    ),
    (
        "visit",
        {
            "编号": "ZF-2026-A0003",
            "日期": "2026-02-07",
            "走访人": ["RY-A0001", "RY-A0003"],
            "所属村": "CUN-A0002",
            "走访户": ["HU-A0003"],
            "走访方式": "入户",
        },
    ),
    (
        "visit",
        {
            "编号": "ZF-2025-A0001",
            "日期": "2025-12-30",
            "截止日期": "2026-01-02",
            "走访人": ["RY-A0002"],
            "所属村": "CUN-A0002",
            "见到的人": ["过路客"],
            "走访方式": "蹲点",
        },
    ),
    (
        "activity",
        {
            "编号": "HD-2026-A0001",
            "名称": "春节慰问",
            "类别": "节日慰问",
            "日期": "2026-02-10",
            "主办单位": ["DW-A0001", "DW-A0002"],
            "所属村": ["CUN-A0001", "CUN-A0002"],
            "参加人次": 12,
            "成效": [{"指标": "慰问金", "数量": 1000}],
        },
    ),
)


@contextmanager
def township(given_: Sequence[Given]) -> Iterator[LedgerBook]:
    """These records, without git."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "lianxin.yaml").write_text("名称: 云岭镇党政办\n", "utf-8")
        for name, values in given_:
            path = root / KIND[name].path_of(values["编号"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(record_text(KIND[name], values), "utf-8")
        with open_book(root, today=TODAY, now=NOW) as book:
            assert not book.problems()
            yield book


@pytest.fixture(scope="module")
def book() -> Iterator[LedgerBook]:
    with township((*STANDING, *VISITS)) as opened:
        yield opened


def measure(*parts: Mapping[str, Any]) -> Measure:
    return tuple(Part.model_validate(dict(part), by_alias=True, by_name=False) for part in parts)


def span(text: str) -> Period | None:
    return parse_period(text, TODAY) if text else None


def amounts(found: Mapping[str, Decimal]) -> dict[str, float]:
    return {subject: float(amount) for subject, amount in found.items() if amount}


DELEGATE = {
    "种类": "党员干部",
    "展开": "身份",
    "期间字段": "身份.自",
    "止于字段": "身份.至",
}
MONEY = {"指标": "慰问金"}

CASES: tuple[tuple[str, str, tuple[Mapping[str, Any], ...], dict[str, float]], ...] = (
    ("records of the year", "2026", ({"种类": "走访"},), {"": 3}),
    ("of the year before", "2025", ({"种类": "走访"},), {"": 1}),
    ("of all years", "", ({"种类": "走访"},), {"": 4}),
    ("whatever the period", "2025", ({"种类": "走访", "期间字段": "不限"},), {"": 4}),
    ("a filter", "2026", ({"种类": "走访", "筛选": "走访方式=入户"},), {"": 2}),
    ("a filter by a name", "2026", ({"种类": "走访", "筛选": "走访人=陆禾"},), {"": 1}),
    ("a filter through a reference", "2026", ({"种类": "走访", "筛选": "走访人.单位=党政办"},), {"": 1}),
    # every visitor has the visit, a unit has it once though two of its people went
    ("by visitor", "2026", ({"种类": "走访", "归属": "走访人"},), {"RY-A0001": 3, "RY-A0002": 1, "RY-A0003": 1}),
    ("by unit", "2026", ({"种类": "走访", "归属": "走访人.单位"},), {"DW-A0001": 3, "DW-A0002": 1}),
    ("by itself", "2025", ({"种类": "走访", "归属": "编号"},), {"ZF-2025-A0001": 1}),
    # nobody was visited at home: the visit is not lost
    ("by an empty list", "2025", ({"种类": "走访", "归属": "走访户"},), {"": 1}),
    ("parts of a list", "2026", ({"种类": "走访", "计": "项", "字段": "走访户"},), {"": 4}),
    (
        "parts by unit, two visitors of one unit",
        "2026",
        ({"种类": "走访", "计": "项", "字段": "走访户", "归属": "走访人.单位"},),
        {"DW-A0001": 4, "DW-A0002": 1},
    ),
    ("members of the households seen", "2026", ({"种类": "走访", "计": "项", "字段": "走访户.家庭成员"},), {"": 4}),
    ("households once", "2026", ({"种类": "走访", "计": "不同", "字段": "走访户"},), {"": 3}),
    (
        "households once, by visitor",
        "2026",
        ({"种类": "走访", "计": "不同", "字段": "走访户", "归属": "走访人"},),
        {"RY-A0001": 3, "RY-A0002": 2, "RY-A0003": 1},
    ),
    (
        "households of one kind",
        "2026",
        (
            {
                "种类": "走访",
                "展开": "走访户",
                "筛选": "走访户.户类别=困难,低保",
                "计": "不同",
                "字段": "走访户",
            },
        ),
        {"": 2},
    ),
    # 01-01 and 01-02 of the stay begun in 2025; 01-10; 02-05, 02-06, 02-07
    ("days", "2026", ({"种类": "走访", "计": "天", "字段": "日期", "止于字段": "截止日期"},), {"": 6}),
    (
        "days of the year before",
        "2025",
        ({"种类": "走访", "计": "天", "字段": "日期", "止于字段": "截止日期"},),
        {"": 2},
    ),
    ("days without an end", "2026", ({"种类": "走访", "计": "天", "字段": "日期"},), {"": 3}),
    (
        "days by visitor",
        "2026",
        ({"种类": "走访", "计": "天", "字段": "日期", "止于字段": "截止日期", "归属": "走访人"},),
        {"RY-A0001": 4, "RY-A0002": 3, "RY-A0003": 1},
    ),
    ("a sum", "2026", ({"种类": "活动", "计": "合计", "字段": "参加人次"},), {"": 12}),
    ("a sum over a list", "2026", ({"种类": "走访", "计": "合计", "字段": "帮扶.数量"},), {"": 503.5}),
    ("an indicator of one kind", "2026", ({"种类": "走访", **MONEY},), {"": 500.5}),
    ("an indicator wherever it stands", "2026", (MONEY,), {"": 1500.5}),
    (
        "an indicator by village, in a list and in a single field",
        "2026",
        ({**MONEY, "归属": "所属村"},),
        {"CUN-A0001": 1500.5, "CUN-A0002": 1000},
    ),
    ("an indicator where a column is missing", "2026", ({**MONEY, "归属": "走访人.单位"},), {"DW-A0001": 500.5}),
    ("a weight", "2026", ({"种类": "走访", "权": "0.9"}, {"种类": "活动"}), {"": 3.7}),
    (
        "counted once over two parts",
        "2026",
        (
            {"种类": "走访", "计": "不同", "字段": "所属村", "筛选": "走访方式=蹲点"},
            {"种类": "活动", "计": "不同", "字段": "所属村"},
        ),
        {"": 2},
    ),
    (
        "counted once, the earlier part's weight",
        "2026",
        (
            {"种类": "走访", "计": "不同", "字段": "所属村", "权": "0.5"},
            {"种类": "活动", "计": "不同", "字段": "所属村"},
        ),
        {"": 1},
    ),
    # in force: whoever holds it without a day of beginning holds it still
    ("in force at the end", "2026", ({**DELEGATE, "筛选": ["身份.身份=党代表", "身份.级别=县"]},), {"": 2}),
    ("an end on the last day", "2026Q1", ({**DELEGATE, "筛选": ["身份.级别=乡镇"]},), {"": 1}),
    ("an end before the last day", "2026Q2", ({**DELEGATE, "筛选": ["身份.级别=乡镇"]},), {}),
    ("in force on some day", "2026", ({**DELEGATE, "筛选": ["身份.级别=乡镇"], "时点": "期内"},), {"": 1}),
    ("two roles are one person", "2026Q1", ({**DELEGATE, "筛选": ["身份.身份=党代表"]},), {"": 2}),
    ("the same entry", "2026Q3", ({**DELEGATE, "筛选": ["身份.身份=驻队员", "身份.级别=县"]},), {}),
    (
        "any entry",
        "2026Q3",
        ({"种类": "党员干部", "筛选": ["身份.身份=驻队员", "身份.级别=县"]},),
        {"": 1},
    ),
    (
        "a year's own number",
        "2026",
        (
            {
                "种类": "村",
                "展开": "历年集体收入",
                "计": "合计",
                "字段": "历年集体收入.集体收入",
                "期间字段": "历年集体收入.年份",
                "归属": "编号",
            },
        ),
        {"CUN-A0001": 35000.5, "CUN-A0002": 1000},
    ),
    (
        "the year a quarter ends in",
        "2025Q4",
        (
            {
                "种类": "村",
                "展开": "历年集体收入",
                "计": "合计",
                "字段": "历年集体收入.集体收入",
                "期间字段": "历年集体收入.年份",
            },
        ),
        {"": 30000},
    ),
)


@pytest.mark.parametrize(("period", "parts", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_by_hand(book: LedgerBook, period: str, parts: Sequence[Mapping[str, Any]], wanted: dict[str, float]) -> None:
    asked = measure(*parts)
    assert amounts(book.totals(asked, span(period))) == wanted
    opened: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in book.counted(asked, span(period)):
        opened[one.subject] += one.amount
    assert amounts(opened) == wanted


def test_what_counts_once_counts_with_the_earliest_record(book: LedgerBook) -> None:
    asked = measure({"种类": "走访", "计": "不同", "字段": "走访户"})
    found = [(one.record, one.key, int(one.amount)) for one in book.counted(asked, span("2026"))]
    assert found == [
        ("ZF-2026-A0001", "HU-A0001", 1),
        ("ZF-2026-A0001", "HU-A0002", 1),
        ("ZF-2026-A0002", "HU-A0001", 0),
        ("ZF-2026-A0003", "HU-A0003", 1),
    ]


def test_one_subject_alone(book: LedgerBook) -> None:
    asked = measure({"种类": "走访", "归属": "走访人"})
    found = book.counted(asked, span("2026"), "RY-A0003")
    assert [(one.subject, one.record, one.since) for one in found] == [("RY-A0003", "ZF-2026-A0003", "2026-02-07")]


def test_days_in_force_are_told(book: LedgerBook) -> None:
    asked = measure({**DELEGATE, "筛选": ["身份.身份=驻队员"], "归属": "编号"})
    found = book.counted(asked, span("2026Q3"))
    assert [(one.subject, one.since, one.until) for one in found] == [("RY-A0001", "2026-06-01", "2026-09-30")]


def test_an_entry_without_end_keeps_it_open(book: LedgerBook) -> None:
    asked = measure({**DELEGATE, "筛选": ["身份.身份=党代表"], "归属": "编号"})
    found = {one.subject: (one.since, one.until) for one in book.counted(asked, span("2026Q1"))}
    assert found == {"RY-A0001": ("2025-01-01", ""), "RY-A0002": ("", "")}


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"种类": "走防"}, "没有「走防」这种记录；是不是「走访」"),
    ({"种类": "走访", "归属": "走访队"}, "走访没有「走访队」这一栏"),
    ({"种类": "走访", "展开": "所属村"}, "不是清单，不能展开"),
    ({"种类": "走访", "计": "不同"}, "要写明「字段」"),
    ({"种类": "走访", "计": "合计", "字段": "走访方式"}, "不是数目，不能合计"),
    ({"种类": "走访", "计": "项", "字段": "所属村"}, "不是清单，不能按「项」数"),
    ({"种类": "走访", "计": "不同", "字段": "帮扶"}, "是一组明细"),
    ({"种类": "走访", "计": "天", "字段": "走访方式"}, "不是日期"),
    ({"种类": "党员干部", "期间字段": "身份.自"}, "不是日期，不能按期间取"),
)


@pytest.mark.parametrize(("part", "told"), REFUSED)
def test_what_cannot_be_counted_is_refused(book: LedgerBook, part: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        book.totals(measure(part), span("2026"))


# Random visits and random measures, counted again in Python ---------------------------------------------------------

PEOPLE = ("RY-A0001", "RY-A0002", "RY-A0003")
HOUSES = ("HU-A0001", "HU-A0002", "HU-A0003")
UNIT = {"RY-A0001": "DW-A0001", "RY-A0002": "DW-A0001", "RY-A0003": "DW-A0002"}
FIRST = date(2026, 1, 1)

VISIT = st.builds(
    lambda day, stay, people, houses, way, helps: {
        "日期": (FIRST + timedelta(day)).isoformat(),
        "截止日期": (FIRST + timedelta(day + stay)).isoformat() if stay else None,
        "走访人": sorted(people),
        "所属村": "CUN-A0001",
        "走访户": sorted(houses),
        "见到的人": [] if houses else ["过路客"],
        "走访方式": way,
        "帮扶": [{"指标": name, "数量": str(quantity)} for name, quantity in helps],
    },
    st.integers(0, 60),
    st.integers(0, 3),
    st.sets(st.sampled_from(PEOPLE), min_size=1),
    st.sets(st.sampled_from(HOUSES)),
    st.sampled_from(("入户", "蹲点")),
    st.lists(st.tuples(st.sampled_from(("慰问金", "代办服务")), st.decimals(1, 99, places=2)), max_size=3),
)
TALLIES: tuple[dict[str, str], ...] = (
    {},
    {"计": "项", "字段": "走访户"},
    {"计": "不同", "字段": "走访户"},
    {"计": "天", "字段": "日期", "止于字段": "截止日期"},
    {"计": "合计", "字段": "帮扶.数量"},
    {"指标": "慰问金"},
)
PART = st.builds(
    lambda tally, way: {"种类": "走访", **tally, **({"筛选": f"走访方式={way}"} if way else {})},
    st.sampled_from(TALLIES),
    st.sampled_from(("", "入户", "蹲点")),
)
PERIOD = st.sampled_from(("", "2026-01", "2026-02", "2026-01-20..2026-02-10"))
SUBJECT = st.sampled_from(("", "走访人", "走访人.单位", "走访户"))


def subjects(visit: Mapping[str, Any], path: str) -> list[str]:
    """Whom a visit counts for."""
    if not path:
        return [""]
    found = visit["走访户"] if path == "走访户" else visit["走访人"]
    return sorted({UNIT[one] for one in found} if path.endswith("单位") else set(found)) or [""]


def days_of(visit: Mapping[str, Any], period: Period | None) -> list[str]:
    since = date.fromisoformat(visit["日期"])
    until = date.fromisoformat(visit["截止日期"] or visit["日期"])
    days = [since + timedelta(n) for n in range((until - since).days + 1)]
    return [day.isoformat() for day in days if period is None or day in period]


def plainly(visits: Sequence[Mapping[str, Any]], parts: Sequence[Mapping[str, Any]], path: str, text: str) -> Any:
    """The same count, in the plainest Python."""
    period = span(text)
    total: defaultdict[str, Decimal] = defaultdict(Decimal)
    once: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        for visit in visits:
            if part.get("筛选", "走访方式=").partition("=")[2] not in ("", visit["走访方式"]):
                continue
            tally = "指标" if "指标" in part else part.get("计", "条")
            inside = period is None or date.fromisoformat(visit["日期"]) in period
            for who in subjects(visit, path):
                if tally == "天":
                    once[who].update(days_of(visit, period))
                elif not inside:
                    continue
                elif tally == "不同":
                    once[who].update(visit["走访户"])
                elif tally == "条":
                    total[who] += 1
                elif tally == "项":
                    total[who] += len(visit["走访户"])
                else:
                    names = ("慰问金",) if tally == "指标" else ("慰问金", "代办服务")
                    total[who] += sum(
                        (Decimal(one["数量"]) for one in visit["帮扶"] if one["指标"] in names), Decimal(0)
                    )
    for who, keys in once.items():
        total[who] += len(keys)
    return {who: amount for who, amount in total.items() if amount}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(VISIT, max_size=8),
    st.lists(st.tuples(st.lists(PART, min_size=1, max_size=3), SUBJECT, PERIOD), min_size=4, max_size=8),
)
def test_random_measures(visits: list[dict[str, Any]], asked: list[tuple[list[dict[str, Any]], str, str]]) -> None:
    made: list[Given] = [("visit", {"编号": f"ZF-2026-A{n + 1:04d}", **visit}) for n, visit in enumerate(visits)]
    with township((*STANDING, *made)) as opened:
        for parts, path, text in asked:
            whole = measure(*({**part, **({"归属": path} if path else {})} for part in parts))
            wanted = plainly(visits, parts, path, text)
            assert {who: amount for who, amount in opened.totals(whole, span(text)).items() if amount} == wanted
            again: defaultdict[str, Decimal] = defaultdict(Decimal)
            for one in opened.counted(whole, span(text)):
                again[one.subject] += one.amount
            assert {who: amount for who, amount in again.items() if amount} == wanted
