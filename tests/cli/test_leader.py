"""The papers of the sample as a leader reads them: what would be crossed out is not there, at any day of the year."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.desk import Said, lianxin

MONTHLY = ("monthly", "-p", "2026-11")
PAPERS = (
    ("2026-11-22", MONTHLY),
    ("2026-11-22", ("annual",)),
    ("2026-11-22", ("bulletin",)),
    ("2026-11-22", ("circular",)),
    ("2026-11-22", ("supervision",)),
    ("2026-11-22", ("quarterly", "--name", "个人季报")),
    ("2026-12-31", ("annual",)),
    ("2027-01-05", ("annual",)),
    ("2027-01-05", ("bulletin",)),
    ("2027-01-05", ("monthly",)),
)
#: What no leader lets stand: marks of upright print, a day without its month, a programmer's word, what nobody counted.
CROSSED = re.compile(
    r"「|未填|为零|往期缺|本周收支|(?<![-\d])\d\d-\d\d(?![-\d])|并案后为|有关部门到场|经催办仍|没有未销号|没有变化"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("样例")
    assert lianxin("demo", str(home / "台账"), cwd=home, today="2026-11-22").code == 0
    return home / "台账"


def read(ledger: Path, today: str, *words: str) -> Said:
    return lianxin("--data", str(ledger), "report", *words, "-f", "md", cwd=ledger.parent, today=today)


def plain(said: Said) -> str:
    assert said.code == 0, said.err
    return said.out.replace(" ", "")


@pytest.mark.parametrize(("today", "words"), PAPERS)
def test_nothing_in_it_would_be_crossed_out(ledger: Path, today: str, words: tuple[str, ...]) -> None:
    text = plain(read(ledger, today, *words)).partition("\n截至2")[0]
    assert CROSSED.findall(text) == []


def test_a_running_month_is_compared_with_the_same_days_of_the_one_before(ledger: Path) -> None:
    def many(period: str) -> int:
        words = ("figures", "走访次数", "--period", period, "-f", "json")
        said = lianxin("--data", str(ledger), *words, cwd=ledger.parent, today="2026-11-22")
        return int(re.findall(r'"value": (\d+)', said.out)[0])

    text = plain(read(ledger, "2026-11-22", *MONTHLY))
    now, then = many("2026-11"), many("2026-10-01..2026-10-22")
    assert then < many("2026-10")
    assert f"2026年11月1日至22日，参加走访的党员干部17人，共走访{now}次，比上月同期增加{now - then}次" in text
    assert "|指标|数值|单位|比上月同期|" in text
    whole = plain(read(ledger, "2026-12-01", *MONTHLY))
    assert f"2026年11月，参加走访的党员干部17人，共走访{now}次，比上月增加{now - many('2026-10')}次" in whole


def test_a_share_is_one_of_all_not_of_what_is_drawn(ledger: Path) -> None:
    text = plain(read(ledger, "2026-11-22", "annual"))
    assert "社会保障最多，8件，占12%" in text
    assert "群众反映问题68件" in text


def test_a_month_that_runs_is_not_the_least(ledger: Path) -> None:
    text = plain(read(ledger, "2026-11-22", "annual"))
    assert "销号问题最多的是1月、5月、7月，各7件；最少的是9月、10月，各1件" in text


def test_whoever_has_no_score_has_no_place(ledger: Path) -> None:
    rows = [line for line in plain(read(ledger, "2026-11-22", "annual")).splitlines() if line.endswith("|—|")]
    assert rows
    assert all(line.startswith("|—|") for line in rows)


def test_in_january_the_annual_report_is_of_the_year_that_is_over(ledger: Path) -> None:
    assert "\n2026年\n" in plain(read(ledger, "2027-01-05", "annual"))
    assert "2026年12月，没有走访记录" in plain(read(ledger, "2027-01-05", "bulletin"))


def test_a_case_that_had_to_be_done_again_is_no_example(ledger: Path) -> None:
    text = plain(read(ledger, "2026-11-22", "quarterly"))
    assert "典型案例" in text
    assert "跑了这么多趟" not in text


def test_a_circular_says_how_long_its_issues_are_overdue_as_the_limits_have_it(ledger: Path) -> None:
    """今日 counts whatever is overdue, a circular names fewer: its sentence says which."""
    assert "有2件超过办结期限5个工作日以上仍没有办结" in plain(read(ledger, "2026-11-22", "circular"))
    limits = ledger / "policy" / "limits.yaml"
    before = limits.read_text(encoding="utf-8")
    limits.write_text(before.replace("通报: 5个工作日", "通报: 3个工作日"), encoding="utf-8")
    try:
        assert re.search(r"有\d+件超过办结期限3个工作日以上仍没有办结", plain(read(ledger, "2026-11-22", "circular")))
    finally:
        limits.write_text(before, encoding="utf-8")
