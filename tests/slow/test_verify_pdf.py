"""A PDF, too, is made again to the byte from the commit it bears."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk, lianxin
from tests.programs import need

SERIF, SANS = "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"


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


@pytest.mark.slow
def test_other_typefaces_are_told_and_not_what_they_move(tmp_path: Path) -> None:
    need("pdftotext", "fc-list", "unshare")
    found = {path.name: path for path in Path("/usr/share/fonts").rglob("Noto*CJK-Regular.ttc")}
    hidden = 'mount -t tmpfs tmpfs /usr/share/fonts && mount -t tmpfs tmpfs /usr/local/share && exec "$@"'
    desk = Desk(tmp_path / "台账").furnish()
    desk.take_down()
    paper = tmp_path / "台账.pdf"

    def with_only(name: str, *words: str) -> subprocess.CompletedProcess[str]:
        fonts = tmp_path / name.partition("-")[0]
        fonts.mkdir(exist_ok=True)
        shutil.copy(found[name], fonts)
        command = ["unshare", "-m", "sh", "-c", hidden, "sh", sys.executable, "-m", "lianxin", *words]
        environment = os.environ | ENVIRONMENT | {"LIANXIN_FONTS": str(fonts), "HOME": str(tmp_path)}
        return subprocess.run(command, cwd=desk.root, env=environment, capture_output=True, text=True, check=False)

    made = with_only(SERIF, "--today", "2026-03-06 08:00", "ledger", "问题台账", "-o", str(paper))
    assert made.returncode == 0, made.stderr
    assert with_only(SERIF, "verify", str(paper)).returncode == 0
    said = with_only(SANS, "verify", str(paper))
    told = said.stdout.splitlines()
    assert said.returncode == 1
    assert [line for line in told if "字体不同" in line and "Noto Serif CJK SC" in line and "Noto Sans CJK SC" in line]
    assert [line for line in told if line.startswith("第 ")] == []
