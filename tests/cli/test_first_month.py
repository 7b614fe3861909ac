"""The papers of a ledger that has nothing in it yet: what they do not know they do not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.desk import Desk

PAPERS = ("monthly -p 本月", "quarterly --name 季报 -p 本季度", "annual", "weekly")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(Path(tmp_path_factory.mktemp("初月")) / "台账")


@pytest.mark.parametrize("words", PAPERS)
def test_there_is_no_table_of_noughts_and_no_claim_without_a_record(desk: Desk, words: str) -> None:
    text = desk.do("report", *words.split(), "-f", "md").out
    assert not re.search(r"没有办结|没有销号|没有未销号|完成情况", text) or words == "weekly"
    rows = [line for line in text.splitlines() if line.startswith("|") and "职责" not in line]
    assert [row for row in rows if re.fullmatch(r"\|[^|]*\|( *(0|—|±0) *\|[^|]*\|?)+", row)] == []
    assert not re.search(r"现予通报|下列|持平|0 ?件与|坚持|三个工作日|注：上期未结", text)


def test_there_is_no_circular_about_nothing(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "通报.docx"
    said = desk.say("report", "circular", "-o", str(page))
    assert (said.code, page.exists()) == (2, False)
    assert "没有应当通报的问题，不出「督办通报」，也不占文号" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("bulletin -p 本月", "没有可写的，不出「简报」，也不占期号"),
        ("supervision", "没有要督办的问题，不出「督办单」"),
        ("monthly -p 2024-12", "台账从2025年1月1日记起，2024年12月没有记录，不出「月报」"),
    ],
)
def test_there_is_no_paper_about_nothing(desk: Desk, words: str, told: str) -> None:
    said = desk.say("report", *words.split())
    assert (said.code, told in said.err) == (2, True), said
