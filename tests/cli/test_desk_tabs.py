"""Every tab of the desk on a year of records: what it lists, what it shows, and no word of English anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import lianxin
from tests.cli.screen import Screen, at_desk

pytestmark = pytest.mark.slow  # it takes long

#: The last day of the sample.
DAY = "2026-11-22"

#: Tab by tab: its key, the first heading, what stands among the acts, what the record shows.
TABS = (
    ("1", "已超期（3 件）", "回车/b 办结", "■ 期限是怎么算的"),
    ("2", "问题：在办的（31 件）", "回车/l 受理", "有问题描述"),
    ("3", "走访（100 条）", "", "走访 ZF-2026-A0084"),
    ("4", "结对（12 条）", "", "结对 JD-A0012"),
    ("5", "联系户（80 条）", "", "联系户 HU-A0080"),
    ("6", "吹哨：在办的（1 件）", "回车 报到", "报到情况"),
    ("7", "联户党员走访，2026-12-31 期满（2 个）", "回车 记一条走访", "职责：联户党员走访"),
    ("8", "这周要出的（", "回车/p 出一份", "要出的：周报"),
    ("9", "村（12 条）", "g 更名", "村 CUN-A0012"),
)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("year") / "样例"
    made = lianxin("demo", str(root), cwd=root.parent, today="")
    assert made.code == 0, made.err
    return root


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_every_tab_lists_what_it_is_called_and_speaks_chinese(year: Path, size: tuple[int, int]) -> None:
    async def play(screen: Screen) -> None:
        for key, heading, act, _page in TABS:
            await screen.press(key)
            await screen.see(heading)
            await screen.see(act)
            assert screen.english == []

    at_desk(year, play, size, DAY)


def test_the_record_is_shown_whole_beside_the_list(year: Path) -> None:
    async def play(screen: Screen) -> None:
        for key, heading, _act, page in TABS:
            await screen.press(key)
            await screen.see(heading)
            await screen.see(page)
            await screen.press("tab", "end")
            await screen.pilot.pause(0.3)
            assert screen.english == []
            await screen.press("tab")

    at_desk(year, play, (140, 50), DAY)


def test_arrows_go_from_tab_to_tab_and_from_line_to_line(year: Path) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("问题 WT-2026-A0044")
        await screen.press("down")
        await screen.see("问题 WT-2026-A0043")
        await screen.press("right")
        await screen.see("问题：在办的")
        await screen.press("left", "left", "left")
        await screen.see("这周要出的（")

    at_desk(year, play, (120, 40), DAY)


def test_what_one_name_says_already_is_said_beside_the_others_too(year: Path) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("9", "9")
        await screen.see("单位（31 条）")
        line = next(line for line in screen.lines if "铜箫岭村党支部" in line)
        assert line.split()[2:4] == ["村", "党群"]

    at_desk(year, play, (80, 24), DAY)


def test_more_lines_come_at_the_end_of_those_in_hand(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianxin.cli.desk.view.panes.WINDOW", 30)

    async def play(screen: Screen) -> None:
        await screen.press("3")
        await screen.see("走访（100 条）")
        await screen.see("走访 ZF-2026-A0084")
        for _ in range(8):
            await screen.press("end")
            await screen.pilot.pause(0.3)
        await screen.see("100   ")

    at_desk(year, play, (120, 40), DAY)


def test_every_key_is_told_of(year: Path) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/b 办结")
        assert all(f"{cap} " in screen.text for cap in ["u", "p", "o", "?", "q"])
        await screen.press("question_mark")
        await screen.see("上下键看，别的键回去")
        assert screen.english == []
        await screen.press("escape")
        await screen.gone("上下键看，别的键回去")

    at_desk(year, play, (120, 40), DAY)


def test_a_ledger_becomes_a_file_beside_the_records(year: Path) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("slash", *"党员联户", "enter")
        await screen.see("台账：党员联户台账")
        await screen.press("enter")
        await screen.see("出文件：党员联户台账")
        assert screen.english == []
        await screen.press("down", "down", "down", "enter")
        await screen.see("✓ 已做成")
        await screen.press("p", "escape")
        await screen.gone("出文件：")

    at_desk(year, play, (120, 40), DAY)
    made = year.parent / "台账文件" / f"党员联户台账 {DAY}.html"
    assert "党员联户台账" in made.read_text(encoding="utf-8")


def test_a_record_becomes_a_page_to_print(year: Path) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("问题 WT-2026-A0044")
        await screen.press("p")
        await screen.see("给谁看")
        await screen.press("enter")
        await screen.see("✓ 已做成")

    at_desk(year, play, (120, 40), DAY)
    assert [*(year.parent / "台账文件").glob("安置小区五号楼电梯*.docx")]


def test_whoever_comes_back_stands_where_he_stood(year: Path) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("问题 WT-2026-A0044")
        await screen.press("down")
        await screen.see("问题 WT-2026-A0043")
        await screen.press("slash", *"路灯")
        await screen.see("问题 WT-2026-A0002")
        await screen.press("escape")
        await screen.see("问题 WT-2026-A0043")
        await screen.press("4")
        await screen.see("结对 JD-A0012")
        await screen.press("1")
        await screen.see("问题 WT-2026-A0043")

    at_desk(year, play, (120, 40), DAY)
