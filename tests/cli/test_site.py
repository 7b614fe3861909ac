"""The notice board: what is on it, what is not, and how it comes into its folder."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk

pytestmark = pytest.mark.slow  # it takes long


_PAGES = ("index", "search", "week", "affairs", "promises", "projects", "surveys", "access")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def board(desk: Desk, tmp_path: Path) -> Path:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    desk.do("site", str(tmp_path / "公示栏"))
    return tmp_path / "公示栏"


def test_the_board_has_its_pages_and_nothing_from_elsewhere(board: Path) -> None:
    made = bytes_of(board)
    pages = {name: content.decode() for name, content in made.items() if name.endswith(".html")}
    assert set(pages) == {
        *(f"{name}.html" for name in _PAGES),
        "village/CUN-A0001.html",
    }
    for name, page in pages.items():
        links = re.findall(r'(?:href|src)="([^"#]+)"', page)
        assert [link for link in links if "//" in link or link.startswith("/")] == []
        folder = (board / name).parent
        assert [link for link in links if not (folder / link).resolve().is_file()] == [], name
        assert not re.search(r"\son\w+=|<style|style=|<script>", page), name
        assert "default-src 'none'" in page
        assert page.count("<h1>") == 1
        assert "&lt;" not in page, name
        assert "账本记号" in page


def test_a_running_year_is_told_as_one_that_runs_and_quoted_as_the_mainland_does(board: Path) -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in board.rglob("*.html")}
    assert re.search(r"\d{4}年以来<", pages["index.html"])
    assert "12-31" not in pages["index.html"]
    assert not [name for name, text in pages.items() if "「" in text or "」" in text]


def test_an_issue_is_followed_without_its_teller(board: Path) -> None:
    village = (board / "village" / "CUN-A0001.html").read_text(encoding="utf-8")
    assert "一组的渠堵了" in village
    assert "已受理" in village
    whole = b"".join(bytes_of(board).values()).decode()
    for told in ("李桂兰", "李*", "13900001234", "淤得水都过不来", "自己掏过"):
        assert told not in whole


def test_progress_is_drawn_with_every_number_told(desk: Desk, board: Path) -> None:
    page = (board / "index.html").read_text(encoding="utf-8")
    drawings = re.findall(r'<figure class="chart">.*?</figure>', page, re.DOTALL)
    told = [re.findall(r"<desc>(.*?)</desc>", one) for one in drawings]
    place = desk.do("village", "list", "-f", "csv").out.splitlines()[1].split(",")[1]
    assert told[:1] == [[f"{place}：走访次数 1"]]
    assert told[-2:] == [[f"{place}：正在办 1，已办结 0，已销号 0"], ["道路交通：正在办 1，已办结 0，已销号 0"]]
    ids = re.findall(r'<pattern id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    answers = (board / "surveys.html").read_text(encoding="utf-8")
    assert "<svg" not in answers


def test_somebodys_own_matter_is_followed_by_its_number_alone(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.take_down()
    triage = [{"公共": "个人", "共性": "个性"}.get(word, word) for word in TRIAGE]
    desk.do("issue", "accept", id_, "--level", "村", *triage)
    untriaged = desk.take_down()
    desk.do("site", str(tmp_path / "公示栏"))
    whole = b"".join(bytes_of(tmp_path / "公示栏").values()).decode()
    assert id_ in whole
    assert untriaged in whole
    assert "一组的渠堵了" not in whole
    assert "只公布进度" in whole


def test_the_same_commit_gives_the_same_bytes_and_is_left_alone(desk: Desk, board: Path, tmp_path: Path) -> None:
    desk.do("site", str(tmp_path / "再来"))
    assert bytes_of(tmp_path / "再来") == bytes_of(board)
    before = board.stat().st_ino
    assert "没有变化" in desk.do("site", str(board)).err
    assert board.stat().st_ino == before
    desk.take_down()
    desk.do("site", str(board))
    assert "WT-2026-A0002" in (board / "data" / "issues-1.js").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".lianxin")] == []


def test_a_folder_of_other_things_is_not_touched(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "照片"
    other.mkdir()
    (other / "一.jpg").write_bytes(b"x")
    said = desk.say("site", str(other))
    assert said.code == 2
    assert "没有动它" in said.err
    assert bytes_of(other) == {"一.jpg": b"x"}
    said = desk.say("site", str(tmp_path / "没有" / "公示栏"))
    assert said.code == 3
    assert "没有写成" in said.err
    assert desk.say("site", str(desk.root)).code == 2


def test_everybody_may_read_it_but_there_is_no_inner_face(desk: Desk, board: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(board.stat().st_mode) == 0o755
    assert {stat.S_IMODE(path.stat().st_mode) for path in board.rglob("*") if path.is_file()} == {0o644}
    said = desk.say("--internal", "site", str(tmp_path / "内部"))
    assert (said.code, "--internal" in said.err) == (2, True)
    assert "index.html" in desk.do("--dry-run", "site", str(tmp_path / "试")).err
    assert not (tmp_path / "试").exists()


def test_what_the_first_page_shows_is_the_offices_to_say(desk: Desk, board: Path) -> None:
    assert "按期办结率" in (board / "index.html").read_text(encoding="utf-8")
    policy = desk.root / "policy" / "site.yaml"
    policy.write_text("名称: 云岭公开墙\n数字: [走访户数]\n期间: 本季度\n", encoding="utf-8")
    desk.do("site", str(board))
    page = (board / "index.html").read_text(encoding="utf-8")
    assert "云岭公开墙" in page
    assert "走访户数" in page
    assert "按期办结率" not in page
    policy.write_text("数字: [走访户]\n", encoding="utf-8")
    said = desk.say("site", str(board))
    assert (said.code, "走访户数" in said.err) == (2, True)
    checked = desk.say("check")
    assert (checked.code, "P038" in checked.out, "site.yaml:1" in checked.out) == (1, True, True)
    assert "云岭公开墙" in (board / "index.html").read_text(encoding="utf-8")


def test_a_chart_of_an_unknown_figure_is_told_where_it_stands(desk: Desk, tmp_path: Path) -> None:
    policy = desk.root / "policy" / "site.yaml"
    policy.write_text("图: {样式: 条形, 标题: 各村次数, 数字: 走访遍数, 对象: 所属村}\n", encoding="utf-8")
    checked = desk.say("check", "policy")
    assert checked.code == 1
    assert "P038" in checked.out
    assert "没有「走访遍数」这个数字" in checked.out
    refused = desk.say("site", str(tmp_path / "公示栏"))
    assert refused.code == 2
    assert "走访遍数" in refused.err
    assert not (tmp_path / "公示栏").exists()
