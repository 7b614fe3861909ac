"""The papers of a ledger that has nothing in it yet: what they do not know they do not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.desk import Desk

PAPERS = ("monthly", "quarterly --name 季报", "annual", "bulletin", "supervision", "weekly")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(Path(tmp_path_factory.mktemp("初月")) / "台账")


@pytest.mark.parametrize("words", PAPERS)
def test_there_is_no_table_of_noughts_and_no_claim_without_a_record(desk: Desk, words: str) -> None:
    text = desk.do("report", *words.split(), "-f", "md").out
    rows = [line for line in text.splitlines() if line.startswith("|") and "职责" not in line]
    assert [row for row in rows if re.fullmatch(r"\|[^|]*\|( *(0|—|±0) *\|[^|]*\|?)+", row)] == []
    assert not re.search(r"现予通报|下列|持平|0 ?件与|坚持|三个工作日|注：上期未结", text)


def test_there_is_no_circular_about_nothing(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "通报.docx"
    said = desk.say("report", "circular", "-o", str(page))
    assert (said.code, page.exists()) == (2, False)
    assert "没有应当通报的问题，不出「督办通报」，也不占文号" in said.err
