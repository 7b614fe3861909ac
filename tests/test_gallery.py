"""The gallery shows every shipped form, ledger and report, the handbook and the notice board, and nothing else."""

from __future__ import annotations

import re

from scripts.gallery import FOLDER, INDEX, ROOT, index, pictures, pieces

from lianxin.core.asset import asset

SHIPPED = {folder: {path.stem for path in asset(folder).glob("*.*")} for folder in ("ledgers", "reports", "pages")}
#: Of few colours and few dots: a clone is not to be heavy.
_MOST_BYTES = 4_000_000


def test_everything_shipped_has_its_pictures() -> None:
    shown = {piece.name for piece in pieces()}
    for folder, names in SHIPPED.items():
        assert names - shown == set(), folder
    assert {"工作手册", "公示栏"} <= shown
    assert [piece.command for piece in pieces() if not pictures(piece)] == []


def test_every_picture_is_in_the_index_once() -> None:
    text = INDEX.read_text(encoding="utf-8")
    assert text == index(pieces())
    linked = re.findall(rf"\({FOLDER.name}/([^)]+)\)", text)
    assert sorted(linked) == sorted(path.name for path in FOLDER.iterdir())


def test_every_chart_is_seen_on_paper() -> None:
    charted = [piece for piece in pieces() if piece.sought and piece.file.endswith((".docx", ".pdf"))]
    assert charted
    assert [piece.command for piece in charted if len(pictures(piece)) < 2] == []


def test_it_is_light_and_found_from_the_readmes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= _MOST_BYTES
    for name in ("README.md", "README.zh-CN.md"):
        assert "(docs/gallery.md)" in (ROOT / name).read_text(encoding="utf-8")
