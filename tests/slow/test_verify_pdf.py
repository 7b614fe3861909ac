"""A PDF, too, is made again to the byte from the commit it bears."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin
from tests.programs import need


@pytest.mark.slow
def test_a_pdf_is_made_again_and_an_edited_one_is_found_out(tmp_path: Path) -> None:
    need("pdftotext", "fc-list")
    desk = Desk(tmp_path / "台账").furnish()
    desk.take_down()
    page = tmp_path / "台账.pdf"
    desk.do("ledger", "问题台账", "-o", str(page), today="2026-03-06 08:00")
    moved = tmp_path / "别处"
    shutil.copytree(desk.root, moved)
    said = lianxin("verify", str(page), cwd=moved, today="2027-01-01", env={"TZ": "Asia/Tokyo", "LC_ALL": "C"})
    assert said.code == 0, said.out + said.err
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    again = desk.do("ledger", "问题台账", "-o", str(page), today="2026-03-07 08:00")
    assert "没有重写" in again.err
    page.write_bytes(page.read_bytes() + b"\n")
    said = desk.say("verify", str(page))
    assert (said.code, "另存过" in said.out) == (1, True)
