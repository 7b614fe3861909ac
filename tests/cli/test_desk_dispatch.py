"""Papers that go out, at the desk: made, looked at, numbered, filed, found again, and taken back."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.cli.desk import Desk, lianxin
from tests.cli.screen import Screen, at_desk
from textual.widgets import Input

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture
def office(heard: Desk) -> Desk:
    return heard


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_paper_is_made_looked_at_filed_found_and_taken_back(office: Desk, size: tuple[int, int]) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("8")
        await screen.see("周报 2026年2月23日至3月1日")
        await screen.see("回车/p 出一份")
        await screen.press("enter")
        await screen.see("出一份：周报")
        await screen.press("enter")
        await screen.see("看过了按回车登记")
        await screen.see("回车 看过了，登记")
        assert screen.english == []
        await screen.press("enter")
        await screen.see("看过了，登记：周报")
        await screen.press("enter")
        await screen.see("✓ 已登记 周报 2026年2月23日至3月1日（ZZ-2026-A0001）")
        await screen.see("发过的文（1 件）")
        await screen.see("回车/o 打开")
        await screen.press("slash", *"3月6日")
        await screen.see("：周报 2026年2月23日至3月1日")
        await screen.press("escape")
        await screen.see("发过的文（1 件）")
        await screen.press("u")
        await screen.see("就这样撤销吗？")
        await screen.see("登记发文：周报 2026年2月23日至3月1日")
        await screen.see("定稿：2026年第9周 周报")
        await screen.see("Word 文件，收在台账里：撤去")
        assert ("新增佐证" in screen.text, "attachments" in screen.text, "W09" in screen.text) == (False, False, False)
        await screen.press("y")
        await screen.see("✓ 已撤销")
        await screen.gone("发过的文（1 件）")

    at_desk(office.root, play, size)
    paper = office.root.parent / "发文" / "周报 2026年2月23日至3月1日.docx"
    assert paper.is_file()
    assert not [*office.root.glob("frozen/*")]
    assert "出了没登记" in office.do("dispatch").out


def numbered(office: Desk, name: str) -> None:
    """A monthly report that bears a number."""
    outline = f"名称: {name}\n种类: 月报\n标题: {name}\n报头: {{文号: 报告}}\n"
    outline += "节:\n  - {标题: 走访, 文字: '走访 {走访次数}。'}\n"
    (office.root / "reports").mkdir(exist_ok=True)
    (office.root / "reports" / f"{name}.yaml").write_text(outline, encoding="utf-8")
    office.do("commit")


def test_the_number_is_proposed_and_hers_to_change(office: Desk) -> None:
    numbered(office, "月报")

    async def play(screen: Screen) -> None:
        await screen.press("8")
        await screen.see("党建报〔2026〕1号")
        await screen.press("down")
        await screen.see("要出的：月报")
        await screen.press("enter")
        await screen.see("出一份：月报")
        while not isinstance(screen.app.screen.focused, Input):
            await screen.press("tab")
        await screen.pilot.pause(0.3)
        await screen.press("ctrl+u", *"镇党委5号")
        await screen.see(" 镇党委5号")
        await screen.press("enter")
        await screen.see("回车 看过了，登记")
        await screen.press("enter")
        await screen.see("印在上面的")
        await screen.press("enter")
        await screen.see("文号 镇党委5号")
        await screen.press("slash", *"委5")
        await screen.see("发文：镇党委5号 月报")

    at_desk(office.root, play)
    assert "党建报〔2026〕1号" in office.do("dispatch").out  # nobody has it yet
    assert "文号: 镇党委5号" in (office.root / "evidence/2026/ZZ-2026-A0001.yaml").read_text(encoding="utf-8")


def test_an_export_that_is_due_is_made_here_too(office: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("8")
        await screen.see("导出 每天")
        await screen.press("end", "home", "down", "down", "down", "down")
        await screen.see("要出的：导出 每天")
        await screen.press("enter")
        await screen.see("✓ 已导出 每天")
        await screen.gone("导出 每天   ")

    at_desk(office.root, play)
    assert (office.root.parent / "导出" / "每天" / "问题台账.xlsx").is_file()


def test_any_paper_is_filed_by_its_place(office: Desk) -> None:
    mine = office.root.parent / "上级来文.pdf"
    mine.write_bytes(b"%PDF-1.4 nothing")

    async def play(screen: Screen) -> None:
        await screen.see("1 今日")
        await screen.press("m")
        await screen.see("登记：发出去的文")
        line = next(line for line in screen.lines if "登记：发出去的文" in line)
        await screen.press(line.split("登记")[0].strip(" │")[-1])
        await screen.see("登记发出去的文")
        await screen.pilot.pause(0.3)
        await screen.press(*"没有", "enter")
        await screen.see("没有「没有」这个文件")
        screen.app.screen.query_one("#ask-0", Input).value = str(mine)
        screen.app.screen.query_one("#ask-2", Input).value = "WT-2026-A0001"
        await screen.press("enter")
        await screen.see("✓ 已登记 上级来文")

    at_desk(office.root, play)
    kept = (office.root / "evidence/2026/ZZ-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "WT-2026-A0001" in kept
    assert "上级来文" in kept


def test_an_annual_report_with_a_case_of_her_own_is_filed_and_found(tmp_path: Path) -> None:
    home = tmp_path / "台账"
    assert lianxin("demo", str(home), cwd=tmp_path, today="2026-12-01").code == 0
    day = "2027-01-05"

    async def play(screen: Screen) -> None:
        await screen.press("8")
        await screen.see("年报 2026年")
        while "要出的：年报 2026年" not in screen.text:
            await screen.press("down")
        await screen.press("enter")
        await screen.see("出一份：年报 2026年")
        await screen.see("典型案例现在用：WT-2026-")
        while not isinstance(screen.app.screen.focused, Input):
            await screen.press("tab")
        await screen.type("WT-2026-A0028")
        await screen.see("WT-2026-A0028")
        await screen.press("enter")
        await screen.see("看过了按回车登记", 120)
        await screen.press("enter")
        await screen.see("看过了，登记：年报 2026年")
        await screen.press("enter")
        await screen.see("✓ 已登记 年报 2026年（ZZ-", 120)
        await screen.press("slash", *"年报")
        await screen.see("发文：年报 2026年")

    at_desk(home, play, day=day)
    (kept,) = home.glob("attachments/*/*.docx")
    text = "\n".join(one.text for one in docx.Document(str(kept)).paragraphs)
    told = text.partition("典型案例")[2].partition("存在问题")[0]
    assert "三组高处几户自来水到晚上没有水" in told
    assert "屋后边坡" not in told
    assert "已登记" in lianxin("--data", str(home), "dispatch", cwd=tmp_path, today=day).out
