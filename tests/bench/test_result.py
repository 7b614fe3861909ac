"""What a run of the benchmark leaves behind, and what other tools are given to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.generate import generate
from bench.peer import Issues, journal, ledger, peers, records, tasks
from bench.result import GROWTH, Results


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench") / "town"
    generate(made, 12)
    return made


def test_a_page_of_results_names_machine_and_growth(tmp_path: Path) -> None:
    results = Results([("问题 3 件", [("工作", "倍数"), ("a | b", "1.2"), ("没有测",)])])
    for size, quick, slow in ((1_000, 1.0, 1.0), (16_400, 2.0, 2.0), (46_700, 2.0 * GROWTH, 6.3)):
        results.took("quick", size, quick)
        results.took("slow", size, slow)
    results.took("small", 1_000, 1.0)
    page = results.text(tmp_path)
    assert "| a ｜ b | 1.2 |\n| 没有测 |  |" in page
    assert re.findall(r"^\| (quick|slow|small) .* \| ([^|]+) \|$", page, re.MULTILINE) == [
        ("quick", f"{GROWTH:.2f}"),
        ("slow", "3.15 ✗"),
    ]
    assert re.search(r"^- .+ cores, \d+ GB$", page, re.MULTILINE)
    assert re.search(r"^- Python 3\.\d+\.\d+, SQLite ", page, re.MULTILINE)


def test_other_tools_read_every_issue_and_step(town: Path) -> None:
    issues = Issues.of(town)
    assert len(issues.cases) == 12
    assert len(issues.steps) > 12
    whole = len(issues.cases) + len(issues.steps)
    assert journal(issues).count("    全部\n") == ledger(issues).count("  Equity:All\n") == whole
    assert tasks(issues).count("\n") == records(issues).count("Id: ") == 12
    assert all(case.id in text for case in issues.cases for text in (journal(issues), tasks(issues), records(issues)))


def test_a_tool_that_is_not_there_is_named(town: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("bench.peer.PEERS", tmp_path)
    found = {work.name: work.without for work in peers(town, 12)}
    assert found["cold check ÷ hledger"] == "hledger 没有装"
    assert len(found) == 5
    assert all(found.values())
