"""Papers of the week: listed, made, looked at, numbered, filed, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal


@pytest.fixture
def office(heard: Desk) -> Desk:
    return heard


def test_a_report_is_made_looked_at_filed_and_found_again(office: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "周报.docx"
    words = ("dispatch", "周报", "--period", "本周", "-o", str(paper))
    seen = office.do(*words)
    assert "看过以后登记" in seen.err
    assert "还没有登记过" in office.do("dispatch").out
    terminal = Terminal(office, *words)
    terminal.answer(("看过了，现在定稿、登记吗？", "y" + ENTER), ("已登记 ZZ-2026-A0001", None))
    assert terminal.end() == 0
    page = office.do("dispatch").out
    assert "周报" in page
    assert "ZZ-2026-A0001" in page
    kept = next(office.root.glob("attachments/*/*.docx"))
    assert kept.read_bytes() == paper.read_bytes()
    assert "BB-A0001" in office.do("show", "ZZ-2026-A0001").out
    office.do("check")


def test_the_next_number_is_proposed_and_one_that_was_filed_is_used_up(office: Desk, tmp_path: Path) -> None:
    form = tmp_path / "交办单.docx"
    office.do("fill", "交办单", "--issue", "1", "-o", str(form))
    assert "党建交〔2026〕1号" in office.do("dispatch").out
    office.do("dispatch", str(form), "--number", "党建交〔2026〕1号")
    assert "党建交〔2026〕2号" in office.do("dispatch").out
    assert "WT-2026-A0001" in office.do("show", "ZZ-2026-A0001").out


def test_a_file_that_says_nothing_of_itself_is_asked_about(office: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "上级来文.pdf"
    mine.write_bytes(b"%PDF-1.4 nothing")
    refused = office.say("dispatch", str(mine))
    assert (refused.code, "--about" in refused.err) == (2, True), refused
    office.do("dispatch", str(mine), "--about", "WT-2026-A0001")
    assert office.say("dispatch", str(tmp_path / "没有.docx")).code == 2
    assert office.say("dispatch", "没有这种").code == 2
