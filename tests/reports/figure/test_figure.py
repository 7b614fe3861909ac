"""Figures: how they print, and that every one shipped is the sum of what it opens to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.desk import lianxin
from tests.reports.parish import Parish

from lianxin.actions.begin.campaign import packs
from lianxin.actions.policy.definition import definition_problems, definitions
from lianxin.core.asset import asset, sample
from lianxin.core.chart import Series
from lianxin.core.day.period import Period, parse_period
from lianxin.core.document import KeyValues, Table, show
from lianxin.core.measure import Measure, Part
from lianxin.core.value import FieldType
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.reports.duty.pace import amount_text
from lianxin.reports.figure.figured import Figured, by_subject, evaluate, pooled
from lianxin.reports.figure.page import figures_page, opened, subject_table
from lianxin.storage.book import LedgerBook, open_book

NOW = datetime(2026, 11, 22, 9, 0)
YEAR = parse_period("2026", NOW.date())
QUARTER = parse_period("2026Q1", NOW.date())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBook]:
    """The sample township with every shipped campaign in force."""
    root = tmp_path_factory.mktemp("figures") / "data"
    shutil.copytree(sample(), root, ignore=shutil.ignore_patterns(".git"))
    shutil.copytree(asset("campaigns"), root / "campaigns", dirs_exist_ok=True)
    office = (root / "lianxin.yaml").read_text("utf-8")
    head = office[: office.index("活动:")]
    (root / "lianxin.yaml").write_text(head + "活动:\n" + "".join(f"  - {name}\n" for name in packs()), "utf-8")
    with open_book(root, today=NOW.date(), now=NOW) as made:
        yield made


@pytest.fixture(scope="module")
def known(book: LedgerBook) -> Definitions:
    return definitions(book)


def figure(**values: object) -> Figure:
    told = {"名称": "数", "计数": {"种类": "走访"}, **values}
    return Figure.model_validate(told, by_alias=True, by_name=False)


def test_sums_print_one_way_wherever_they_stand() -> None:
    cents, whole = Decimal("55000.50"), Decimal(2870000)
    money = figure(单位="元")
    assert [Figured(money, None, one).phrase for one in (cents, whole)] == ["55 000.50 元", "2 870 000 元"]
    assert [show(one, FieldType.AMOUNT) for one in (cents, whole)] == ["55 000.50", "2 870 000"]
    assert [amount_text(one, "元") for one in (cents, whole)] == ["55 000.50", "2 870 000"]
    assert Series("资金", (cents, 1132)).text(0) == "55 000.50"
    assert Figured(figure(单位="户"), None, Decimal("3.5")).phrase == "4 户"


def test_a_running_period_ends_today(tmp_path: Path) -> None:
    parish = Parish(tmp_path)
    serving = parish.person("甲某", {"身份": "联户党员", "自": "2026-01-10", "至": "2026-06-30"})
    parish.person("乙某", {"身份": "联户党员", "自": "2026-01-10", "至": "2026-02-28"})
    staying = parish.person("丙某", {"身份": "联户党员", "自": "2025-03-01"})
    told = {"种类": "党员干部", "展开": "身份", "期间字段": "身份.自", "止于字段": "身份.至"}
    part = Part.model_validate(told, by_alias=True, by_name=False)
    for today, there in ((date(2026, 4, 1), [serving, staying]), (date(2027, 1, 5), [staying])):
        with open_book(tmp_path, today=today, now=datetime.combine(today, time(9))) as book:
            assert sorted(one.record for one in book.counted((part,), YEAR)) == there


def measures(known: Definitions) -> Iterator[tuple[str, Measure]]:
    """Every measure of every shipped definition."""
    for name, one in known.figures.items():
        yield from ((name, made) for made in (one.numerator, one.denominator) if made)
    for name, placed in known.duties.items():
        duty = placed.value
        yield from ((name, made) for made in (duty.who, duty.counted, duty.out_of) if made)
    for name, scheme in known.schemes.items():
        yield name, scheme.who
        for item in (*scheme.items, *scheme.vetoes):
            yield from ((f"{name} {item.name}", made) for made in (item.counted, item.out_of) if made)


def test_all_that_is_shipped_is_sound_even_together(book: LedgerBook, known: Definitions) -> None:
    assert definition_problems(book) == []
    assert set(known.campaigns) == set(packs())
    assert len(known.figures) > 150


@pytest.mark.parametrize("period", [None, YEAR, QUARTER], ids=["ever", "year", "quarter"])
def test_every_measure_is_the_sum_of_what_it_opens_to(
    book: LedgerBook, known: Definitions, period: Period | None
) -> None:
    wrong = []
    for name, measure in measures(known):
        for asked in (measure, pooled(measure)):
            found: dict[str, Decimal] = {}
            for one in book.counted(asked, period):
                found[one.subject] = found.get(one.subject, Decimal(0)) + one.amount
            told = book.totals(asked, period)
            if {who: a for who, a in found.items() if a} != {who: a for who, a in told.items() if a}:
                wrong.append(name)
    assert not wrong


def test_every_printed_figure_opens_to_its_own_amount(book: LedgerBook, known: Definitions) -> None:
    for one in known.figures.values():
        document = opened(book, one, YEAR)
        tables = [block for block in document.blocks if isinstance(block, Table)]
        found = evaluate(book, one, YEAR)
        totals = [table.totals[-1] for table in tables]
        assert totals == [part for part in (found.numerator, found.denominator) if part], one.name


def test_a_figure_tells_where_it_comes_from(book: LedgerBook, known: Definitions) -> None:
    document = opened(book, known.figures["满意率"], QUARTER)
    (block,) = [block for block in document.blocks if isinstance(block, KeyValues)]
    told = {pair.name: pair.value for pair in block.pairs}
    # seventeen rated calls: thirteen 满意, three 基本满意, one 不满意
    assert (told["figure"], told["numerator"], told["denominator"]) == ("满意率 92.35 %", "15.70", "17")
    assert "第 1 版" in str(told["definition"])
    assert told["cutoff"] == NOW.date()
    assert len(str(told["digest"])) == 12
    assert document.provenance is not None


def test_public_and_private_add_up_to_all(book: LedgerBook, known: Definitions) -> None:
    parts = [
        evaluate(book, known.figures[name], YEAR).numerator for name in ("公共事务问题", "个人事项问题", "未分公私问题")
    ]
    assert sum(parts) == evaluate(book, known.figures["并案前问题"], YEAR).numerator


def test_by_subject_the_last_line_is_pooled_not_summed(book: LedgerBook, known: Definitions) -> None:
    rate = known.figures["满意率"]
    found = by_subject(book, rate, "责任部门", YEAR)
    whole = evaluate(book, rate, YEAR)
    assert sum((one.numerator for one in found.values()), Decimal(0)) == whole.numerator
    table = subject_table(book, rate, "责任部门", YEAR)
    assert table.totals[0] == "全部"
    assert whole.text in table.totals
    assert len(table.rows) == len(found)
    # one helper of two villages is one person in the last line
    people = known.figures["参加走访人数"]
    counts = [one.numerator for one in by_subject(book, people, "所属村", YEAR).values()]
    assert sum(counts) > evaluate(book, people, YEAR).numerator


def test_every_figure_stands_on_the_page_with_its_definition(book: LedgerBook, known: Definitions) -> None:
    page = figures_page(book, known, YEAR)
    rows = [row for block in page.blocks if isinstance(block, Table) for row in block.rows]
    notes = [note for block in page.blocks if isinstance(block, Table) for note in block.notes]
    assert [row[0] for row in rows] == [*known.figures]
    assert len(notes) == len(rows)


def printed(numerator: str, denominator: str | None = None, before: str | None = None, **more: object) -> Figured:
    with_total = {} if denominator is None else {"分母": {"种类": "走访"}}
    return Figured(
        figure(**with_total, **more),
        YEAR,
        Decimal(numerator),
        None if denominator is None else Decimal(denominator),
        None if before is None else Decimal(before),
    )


@pytest.mark.parametrize(
    ("found", "text", "phrase", "change"),
    [
        (printed("40200", 单位="元"), "40 200", "40 200 元", ""),
        (printed("1280000.5", 单位="元", 小数="2"), "1 280 000.50", "1 280 000.50 元", ""),
        (printed("9763", "10000", 单位="%"), "97.63 %", "97.63 %", ""),
        (printed("2", "3", 单位="%"), "66.67 %", "66.67 %", ""),
        (printed("1", "8", 单位="%", 小数="1"), "12.5 %", "12.5 %", ""),
        (printed("7", "2", 单位="户/人", 小数="1"), "3.5", "3.5 户/人", ""),
        (printed("0", "0", 单位="%"), "—", "—", ""),
        (printed("0", 单位="件"), "0", "0 件", ""),
        (printed("142", before="0", 比="上年同期"), "142", "142 件", "+142"),
        (printed("5", before="8", 比="上期"), "5", "5 件", "−3"),
        (printed("5", before="5", 比="上期"), "5", "5 件", "±0"),
        (printed("5", 比="上期"), "5", "5 件", "—"),
        (printed("1", "2", before="40", 单位="%", 比="上期"), "50.00 %", "50.00 %", "+10.00 个百分点"),
    ],
)
def test_how_figures_print(found: Figured, text: str, phrase: str, change: str) -> None:
    assert (found.text, found.phrase, found.change) == (text, phrase, change)


def test_against_the_same_days_of_the_year_before(book: LedgerBook) -> None:
    month, year = (parse_period(text, NOW.date()) for text in ("2026-01", "2026-12"))
    assert evaluate(book, figure(比="上期"), month).before == evaluate(book, figure(), month.before()).numerator
    then = evaluate(book, figure(), parse_period("2025-12", NOW.date())).numerator
    assert evaluate(book, figure(比="上年同期"), year).before == then


def test_nothing_is_compared_with_what_the_ledger_saw_only_in_part(book: LedgerBook) -> None:
    """The sample's first records are of November 2025, though it says it is in use since January."""
    assert evaluate(book, figure(比="上期"), QUARTER).before is None
    assert evaluate(book, figure(比="上期"), parse_period("2025-12", NOW.date())).before is not None


def test_the_command_hides_names_from_pipes(tmp_path: Path) -> None:
    said = lianxin("--data", str(sample()), "figures", "反映人数", "--open", cwd=tmp_path, today="2026-11-22")
    clear = lianxin(
        "--data", str(sample()), "--internal", "figures", "反映人数", "--open", cwd=tmp_path, today="2026-11-22"
    )
    assert (said.code, clear.code) == (0, 0)
    assert "陈运来" in clear.out
    assert "陈运来" not in said.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["figures", "满意度"], 2, "没有「满意度」这个数字"),
        (["figures", "--open"], 2, "要写明是哪个数字"),
        (["figures", "走访户数", "--by", "责任部门"], 2, "走访没有「责任部门」这一栏"),
        (["figures", "走访户数", "--open", "--by", "所属村"], 2, "分两次看"),
        (["figures", "走访户数", "--by", "所属村", "-p", "2026"], 0, "全部"),
        (["figures", "走访户数"], 0, "走访户数：期内上门走访到的联系户"),
        (["figures", "-f", "json"], 0, '"lianxin/figures/2"'),
    ],
)
def test_the_command(words: list[str], code: int, told: str, tmp_path: Path) -> None:
    said = lianxin("--data", str(sample()), *words, cwd=tmp_path, today="2026-11-22")
    assert said.code == code, said.err
    assert told in said.out + said.err


@pytest.mark.parametrize(
    "name", ["办结率", "按期办结率", "首次期限办结率", "首次期限按期办结率", "承办按期办结率", "承诺到期兑现率"]
)
def test_in_a_running_period_only_deadlines_that_have_passed_are_due(
    name: str, book: LedgerBook, known: Definitions
) -> None:
    """Nobody is blamed for what is not yet due; what was done counts only among what was due."""
    one = known.figures[name]
    due, done = (
        {row.record: row.since[:10] for row in book.counted(pooled(measure), YEAR)}
        for measure in (one.denominator or (), one.numerator)
    )
    assert due
    assert max(due.values()) < NOW.date().isoformat()
    assert done.keys() <= due.keys()


@pytest.mark.parametrize(("day", "due"), [("2026-11-22", 4), ("2026-11-24", 10), ("2026-12-01", 13)])
def test_a_month_fills_up_with_what_is_due(day: str, due: int, tmp_path: Path) -> None:
    words = ("--data", str(sample()), "figures", "应办结问题", "-p", "2026-11", "-f", "csv")
    said = lianxin(*words, cwd=tmp_path, today=day)
    assert f"应办结问题,{due}," in said.out, said.out + said.err
