"""Closing a year: what is settled is sealed and still read, counted and found; what is open is carried over."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.cli.desk import Desk, lianxin
from tests.cli.terminal import Terminal
from tests.pictures import photograph

pytestmark = pytest.mark.slow  # it takes long

#: A day of the year after.
LATER = "2027-01-15 09:00"


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk.__new__(Desk)
    desk.root = tmp_path_factory.mktemp("样例") / "练手"
    assert lianxin("demo", str(desk.root), cwd=desk.root.parent).code == 0
    return desk


def told(desk: Desk) -> list[Any]:
    """All that is counted and listed of both years."""
    asked = (
        *(("figures", "--period", year) for year in ("2025", "2026")),
        *(("score", "--period", "2025"), ("duties",), ("ledger", "问题台账"), ("issue", "list"), ("visit", "list")),
        ("check", "--hints"),
    )
    said = [desk.say("--json", *words, today=LATER) for words in asked]
    found = [one.json["data"] for one in said]
    for one in found:
        one.pop("provenance", None)  # of which commit it is
    return found


def archived(desk: Desk, *words: str) -> Any:
    return desk.do("--json", "--yes", "archive", *words, today=LATER).json["data"]


def test_whatever_is_counted_shown_or_verified_stays_as_it_was(township: Desk, tmp_path: Path) -> None:
    desk = township
    before, tree = told(desk), desk.git("ls-tree", "-r", "HEAD")
    old = tmp_path / "前.xlsx"
    desk.do("ledger", "问题台账", "-o", str(old), today=LATER)
    assert len(archived(desk, "2025")["records"]) == 27
    assert told(desk) == before
    assert "没有查出问题" in desk.do("audit", today=LATER).out
    new = tmp_path / "后.xlsx"
    desk.do("ledger", "问题台账", "-o", str(new), today=LATER)
    for paper in (old, new):
        assert "一致" in desk.do("verify", str(paper), today=LATER).out
    assert desk.git("status", "--porcelain") == ""
    assert "新增问题" in desk.do("log", "WT-2025-A0001", today=LATER).out  # from before it was put away
    page = tmp_path / "目录.xlsx"
    desk.do("archive", "2025", "--catalogue", "-o", str(page), "--internal", today=LATER)
    sheet = load_workbook(page).worksheets[0]
    numbers = [str(cell.value) for cell in sheet["A"] if cell.value and str(cell.value).isdecimal()]
    assert numbers == [f"{n:04}" for n in range(1, 28)]
    assert "一致" in desk.do("verify", str(page), today=LATER).out
    for line in (desk.root / "archive/2025/SHA256SUMS").read_text().splitlines():
        digest, _, path = line.partition("  ")
        assert hashlib.sha256((desk.root / "archive/2025" / path).read_bytes()).hexdigest() == digest
    back = desk.do("--yes", "archive", "2025", "--withdraw", "--why", "漏了 一件", today=LATER)
    assert "27 份记录回到原处" in back.out
    assert "".join(one for one in desk.git("ls-tree", "-r", "HEAD").splitlines(True) if "archive/" not in one) == tree
    assert "没有查出问题" in desk.do("audit", today=LATER).out
    assert "漏了 一件" in (desk.root / "archive/withdrawn.txt").read_text()
    assert told(desk) == before


def test_what_is_sealed_is_not_written_to_and_the_way_is_told(taken: Desk, tmp_path: Path) -> None:
    desk, id_ = taken, "WT-2026-A0001"
    picture = photograph(tmp_path / "照.jpg")
    desk.do("evidence", "add", "--about", "ZF-2026-A0001", "--file", str(picture))
    desk.do("evidence", "add", "--about", id_, "--file", str(photograph(tmp_path / "件.jpg", size=(90, 70))))
    assert desk.say("archive", "2026").code == 2  # it is not over
    made = archived(desk, "2026")
    assert made["records"] == ["ZF-2026-A0001", "ZZ-2026-A0001"]
    assert (made["files"], made["carried"]) == (1, [id_])  # its evidence stays with it
    refused = desk.say("--yes", "visit", "edit", "ZF-2026-A0001", "--notes", "改", today=LATER)
    assert (refused.code, "archive 2026 --withdraw --why" in refused.err) == (3, True)
    assert desk.say("--yes", "visit", "void", "ZF-2026-A0001", "--why", "登错", today=LATER).code == 3
    assert "--withdraw" in desk.say("--yes", "undo", today=LATER).err
    assert "没有问题" in desk.do("check", today=LATER).out
    path = desk.root / "archive/2026/visits/2026/ZF-2026-A0001.yaml"
    path.write_text(path.read_text().replace("入户", "回访"))
    desk.git("commit", "-q", "--amend", "--no-edit", "-a")
    assert "说是归档，却不只挪了地方" in desk.say("audit", "--internal", today=LATER).out.replace("\n  ", "")
    assert "D035" in desk.say("check", today=LATER).out
    path.write_text(path.read_text() + "备注: 改过\n")
    assert "D035" in desk.say("check", today=LATER).out
    assert desk.say("--yes", "commit", today=LATER).code == 3
    sums = desk.root / "archive/2026/SHA256SUMS"
    sums.write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  visits/2026/ZF-2026-A0001.yaml\n")
    desk.git("commit", "-qam", "连清单一起改")
    assert "清单 SHA256SUMS 和归档时不一样" in desk.say("check", today=LATER).out


def test_what_was_settled_since_is_added_behind(taken: Desk) -> None:
    desk, id_ = taken, "WT-2026-A0001"
    terminal = Terminal(desk, "archive", "2026", today=LATER)
    terminal.wait_for("是准的吗？")
    terminal.type("y\r")
    terminal.wait_for("没有办完的 1 件结转")
    terminal.type("y\r")
    assert terminal.end() == 0
    assert not desk.git("status", "--porcelain")
    assert desk.say("--yes", "archive", "2026", today=LATER).code == 2  # nothing is left
    desk.do("--yes", "issue", "void", id_, "--why", "登错了", today=LATER)
    assert archived(desk, "2026")["records"] == [id_]
    page = json.loads(desk.do("--json", "archive", "2026", "--catalogue", today=LATER).out)
    rows = page["data"]["items"]
    assert [(row["number"], row["id"], row["pages"], row["notes"]) for row in rows] == [
        ("0001", "ZF-2026-A0001", 1, None),
        ("0002", id_, 2, "作废"),
    ]


def test_what_another_desk_went_on_with_stays_outside_and_goes_in_the_next_time(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "优盘"
    stick.mkdir()
    desk.do("sync", str(stick))
    other = Desk.__new__(Desk)
    other.root = tmp_path / "下村"
    assert lianxin("enter", str(stick), str(other.root), cwd=tmp_path).code == 0
    other.do("visit", "edit", "ZF-2026-A0001", "--notes", "后来补了一句")
    desk.do("--yes", "sync", today=LATER)
    archived(desk, "2026")
    desk.do("sync", today=LATER)
    other.say("--yes", "sync", today=LATER)
    for again in (False, True):
        if again:
            archived(other, "2026")
        said = other.say("check", today=LATER).out
        assert ("D036" in said, "没有编号" in said) == (False, False)
        assert "后来补了一句" in other.do("show", "ZF-2026-A0001", "--internal", today=LATER).out
        assert len([*other.root.rglob("ZF-2026-A0001.yaml")]) == 1
    assert "没有查出问题" in other.do("audit", today=LATER).out
