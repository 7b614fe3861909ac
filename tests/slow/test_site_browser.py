"""The notice board as a real browser shows it, straight from a folder: no server, a strict content policy."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from tests.cli.desk import lianxin
from tests.programs import need

from lianxin.core.asset import sample

pytestmark = pytest.mark.slow

TODAY = "2026-12-18"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(sample(), folder / "data")
    made = lianxin("--data", str(folder / "data"), "site", str(folder / "U盘"), cwd=folder, today=TODAY)
    assert made.code == 0, made.err
    return folder / "U盘"


def browse(page: str, board: Path, *options: str) -> str:
    """The page as it stands after its scripts have run."""
    need("chromium")
    done = subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000"),
            *(f"--user-data-dir={board.parent / 'profile'}", "--enable-logging=stderr", *options, page),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert b"Content Security Policy" not in done.stderr
    assert b"Uncaught" not in done.stderr
    return done.stdout.decode()


def search(board: Path, words: str) -> tuple[str, list[str]]:
    """What a search says, and the ids it lists."""
    page = browse(f"{(board / 'search.html').as_uri()}#{words}", board, "--dump-dom")
    said = re.search(r'id="count"[^>]*>([^<]*)<', page)
    body = page[page.index("<tbody") : page.index("</tbody>")]
    return said[1] if said else "", re.findall(r'<a href="#id=([^"]+)">\1</a></th>', body)


def test_a_search_finds(board: Path) -> None:
    said, ids = search(board, "q=WT-2026-A0013")
    assert (said, ids) == ("找到 1 件", ["WT-2026-A0013"])
    for state, count in (("已销号", 44), ("已销号（解释）", 3)):
        said, ids = search(board, f"state={state}")
        assert (said, len(ids)) == (f"找到 {count} 件", count)
    assert search(board, "q=没有这几个字")[0] == "没有找到，换个字试试"


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("wt62", ["WT-2026-A0062"]),
        ("WT-2026-62", ["WT-2026-A0062"]),
        ("a0062", ["WT-2026-A0062"]),
        ("bpkl", ["WT-2026-A0013"]),  # 边坡开裂, by its initials
        ("houbianpo", ["WT-2026-A0013"]),
        ("zrzy 住房安全 13", ["WT-2026-A0013"]),  # the department, the category, the number
    ],
)
def test_a_search_takes_short_numbers_and_sounds(board: Path, typed: str, ids: list[str]) -> None:
    assert search(board, f"q={typed}") == (f"找到 {len(ids)} 件", ids)


def test_departments_and_progress_are_searched_by_word_and_by_sound(board: Path) -> None:
    assert search(board, "q=yixiaohao")[0] == search(board, "q=已销号")[0] == "找到 47 件"
    assert search(board, "q=weishengyuan") == search(board, "q=卫生院")
    assert search(board, "q=weishengyuan")[1]


def test_an_issue_has_an_address_of_its_own(board: Path) -> None:
    page = browse(f"{(board / 'search.html').as_uri()}#id=WT-2026-A0013", board, "--dump-dom")
    assert "<title>WT-2026-A0013 · 查问题" in page
    own = page[page.index('<section id="case"') : page.index("</section>")]
    assert re.findall(r"<dd>(?:<span[^>]*>)?([^<]+)", own)[:3] == ["WT-2026-A0013", "2026-03-02", "响水坪村"]
    assert re.search(r'<form id="search"[^>]* hidden', page)
    linked = (board / "village" / "CUN-A0003.html").read_text(encoding="utf-8")
    assert 'href="../search.html#id=WT-2026-A0013"' in linked


def test_a_long_list_comes_fifty_at_a_time(board: Path) -> None:
    said, ids = search(board, "")
    assert said == "找到 78 件，先列 50 件"
    assert len(ids) == 50


def test_what_was_typed_is_searched_for_not_run(board: Path) -> None:
    page = browse(f"{(board / 'search.html').as_uri()}#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", board, "--dump-dom")
    assert "<img" not in page


def test_every_page_has_its_landmarks_and_its_print_button(board: Path) -> None:
    for name in ("index.html", "village/CUN-A0003.html", "promises.html"):
        page = browse((board / name).as_uri(), board, "--dump-dom")
        assert [page.count(f"<{mark}") for mark in ("header>", "nav ", "main ", "footer>", "h1>")] == [1, 1, 1, 1, 1]
        assert page.index('href="#main"') < page.index("<nav") < page.index("<main")
        assert re.search(r'<button type="button" id="print">', page), "shown by its script"
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), levels
        assert page.count("<table") == page.count("<caption")
        tabs = re.findall(r'tabindex="(-?\d+)"', page)
        assert [tab for tab in tabs if int(tab) > 0] == []


def test_it_prints_without_menus_and_with_its_origin(board: Path, tmp_path: Path) -> None:
    need("chromium", "pdftotext")
    paper = tmp_path / "公示.pdf"
    browse((board / "village" / "CUN-A0003.html").as_uri(), board, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    done = subprocess.run(["pdftotext", "-raw", str(paper), "-"], check=True, capture_output=True, timeout=60)
    text = done.stdout.decode()
    assert "响水坪村" in text
    assert "WT-2026-A0023" in text
    assert "账本记号" in text
    assert "打印本页" not in text
    assert "查问题" not in text
