"""A long list into a pipe goes out part by part: the same rows, each masked, a record a line."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.cli.desk import Desk

from lianxin.core.document import Document, Table
from lianxin.kinds import KIND
from lianxin.reports.ledger import parted as of_parts
from lianxin.reports.ledger.listing import listing
from lianxin.storage.book import open_book

#: More than are told together.
MANY = of_parts.TOGETHER + 100


@pytest.fixture(scope="module")
def many(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """So many households that somebody put a word down for."""
    desk = Desk.copied(furnished, tmp_path_factory.mktemp("many"))
    village = next(iter((desk.root / "villages").glob("*.yaml"))).stem
    for n in range(2, MANY + 1):
        told = f"编号: HU-A{n:04d}\n户主: 蒲{chr(0x5000 + n)}{chr(0x6000 + n)}\n所属村: {village}\n所属组: 一组\n"
        (desk.root / "households" / f"HU-A{n:04d}.yaml").write_text(told, encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "many")
    return desk


def rows(document: Document) -> list[tuple[object, ...]]:
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def notes(document: Document) -> list[str]:
    return [note for block in document.blocks if isinstance(block, Table) for note in block.notes]


def test_every_part_is_masked_and_they_are_the_whole(many: Desk) -> None:
    lines = many.do("household", "list", "-f", "csv").out.splitlines()
    assert len(lines) == MANY + 1
    assert "户主" in lines[0]
    assert [line.partition(",")[0] for line in lines[1:3]] == [f"HU-A{MANY:04d}", f"HU-A{MANY - 1:04d}"]
    assert "蒲*" in lines[1]
    assert "蒲*" in lines[-2]
    assert not [line for line in lines[1:] if any(chr(0x5000 + n) in line for n in (2, 3, MANY))]
    clear = many.do("--internal", "household", "list", "-f", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in clear] == [line.partition(",")[0] for line in lines[1:]]
    assert json.loads(clear[0])["head"] == f"蒲{chr(0x5000 + MANY)}{chr(0x6000 + MANY)}"


def test_whoever_reads_lines_has_a_record_a_line(many: Desk) -> None:
    lines = many.do("household", "list").out.splitlines()
    assert lines[0] == "联系户清单"
    assert sum(line.startswith("HU-A") for line in lines) == MANY
    assert sum("户主" in line for line in lines) == 1
    assert f"注：共 {MANY} 条。" in lines
    assert f"记录 {MANY} 条" in lines[-1]


def test_a_list_in_parts_is_the_list(many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_parts, "TOGETHER", 700)
    with open_book(many.root, today=date(2026, 3, 6), now=datetime(2026, 3, 6, 9)) as book:
        for plain in (False, True):
            whole = listing(book, KIND["household"], plain=plain)
            found = of_parts.parted(book, KIND["household"], plain=plain)
            assert found is not None
            parts = list(found.parts)
            assert [len(rows(part)) for part in parts] == [700, 700, 700]
            assert [row for part in parts for row in rows(part)] == rows(whole)
            assert notes(parts[-1]) == notes(whole)
            assert parts[0].provenance == whole.provenance
        assert of_parts.parted(book, KIND["org"]) is None
