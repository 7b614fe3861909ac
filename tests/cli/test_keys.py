"""Ten tasks of a clerk's day at the desk: how many keys each takes beside what is written in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import DOWN, ENTER, WRITE, Terminal

#: What the manual promises, task by task.
MOST = {
    "记一次走访": 20,
    "由走访立一件问题": 12,
    "受理并研判": 10,
    "交办": 8,
    "签收": 6,
    "办结": 6,
    "反馈": 8,
    "销号": 3,
    "周报存成表格": 4,
    "按一个词找旧事": 5,
}


def test_the_manual_promises_the_same() -> None:
    manual = Path(__file__).parents[2] / "docs" / "手册" / "我要怎么办.md"
    rows = re.findall(r"^\| (\S+) \| (\d+) \|", manual.read_text(encoding="utf-8"), re.MULTILINE)
    assert {task: int(most) for task, most in rows} == MOST


class Hand:
    """Somebody at the desk whose keys are counted; words that are written are not."""

    def __init__(self, desk: Desk, *, tab: str = "") -> None:
        self.terminal = Terminal(desk, lines=40)
        self.terminal.see("1 今日")
        self.keys = 0
        if tab:
            self.terminal.type(tab)

    def press(self, seen: str, *keys: str) -> None:
        """Wait until something stands there, then press keys."""
        self.terminal.see(seen)
        self.terminal.type("".join(keys))
        self.keys += len(keys)

    def write(self, seen: str, text: str) -> None:
        """Wait until something stands there, then write words."""
        self.terminal.see(seen)
        self.terminal.type(text)

    def confirm(self, label: str) -> None:
        """Take what stands in the field that the hand has come to."""
        self.terminal.come_to(label)
        self.terminal.type(ENTER)
        self.keys += 1

    def done(self, task: str, seen: str) -> None:
        """It is written, with no more keys than promised."""
        self.terminal.see(seen)
        self.terminal.type("q")
        assert self.terminal.end() == 0
        assert self.keys <= MOST[task], self.keys


@pytest.fixture
def signed(desk: Desk) -> str:
    """An issue that its department is at work on."""
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do(
        "issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日", "--person", "石勇", "--standard", "通水"
    )
    desk.do("issue", "sign", id_)
    return id_


def test_a_visit_and_the_issue_from_it(desk: Desk) -> None:
    hand = Hand(desk)
    hand.press("1 今日", "3")
    hand.press("走访（", "n")
    hand.terminal.see("新增走访")  # behind it stands a visit, with the same words
    hand.write("走访户", "李桂")
    hand.press("▸李桂兰", ENTER)
    for label in ("走访人", "所属村", "所属组", "走访方式"):  # none is passed over
        hand.confirm(label)
    hand.write("所见所闻", "秧栽下去了")
    hand.press("秧栽下去了", ENTER)
    hand.write("诉求建议", "想修一截渠")
    hand.press("想修一截渠", WRITE)
    hand.terminal.see("现在立一件问题吗？")
    assert hand.keys <= MOST["记一次走访"]
    hand.keys = 0
    hand.press("现在立一件问题吗？", "y")
    hand.write("一句话，不写群众姓名", "想修一截渠")
    hand.press("事由*", ENTER)
    for label in ("原话", "何人", "何时", "何地"):
        hand.confirm(label)
    hand.write("销号前要有", "老渠塌了")
    hand.press("老渠塌了", WRITE)
    hand.done("由走访立一件问题", "✓ 已新增问题：想修一截渠（WT-2026-A0001）")


def test_accepting_with_triage(desk: Desk) -> None:
    desk.take_down()
    hand = Hand(desk)
    hand.press("一组的渠堵了", ENTER)
    hand.press("1 个性   2 共性", "2")
    hand.press("1 公共   2 个人", "1")
    hand.press("1 合理", "1")
    hand.write("类别", "道路")
    hand.press("▸道路交通", ENTER)
    hand.press("1 一般   2 紧急", "1")
    hand.press("待研判 → 已受理", WRITE)
    hand.done("受理并研判", "：一组的渠堵了（WT-2026-A0001），待研判 → 已受理")


def test_assigning(desk: Desk) -> None:
    desk.lay_open(desk.take_down())
    hand = Hand(desk)
    hand.press("一组的渠堵了", ENTER)
    hand.write("责任部门*", "水利")
    hand.press("▸镇水利站", ENTER)
    hand.press("办结期限 2026-03-", WRITE)
    hand.done("交办", "✓ 交办 镇水利站 5个工作日：一组的渠堵了（WT-2026-A0001）")


def test_signing(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日")
    hand = Hand(desk)
    hand.press("一组的渠堵了", ENTER)
    hand.write("责任人*", "石")
    hand.press("▸石勇", ENTER)
    hand.write("工作标准*", "水能流到尾")
    hand.press("已交办 → 办理中", WRITE)
    hand.done("签收", "：一组的渠堵了（WT-2026-A0001），已交办 → 办理中")


def test_resolving_telling_and_closing(desk: Desk, signed: str) -> None:
    hand = Hand(desk, tab="2")
    hand.press("一组的渠堵了", ENTER)
    hand.write("办理结果*", "挖机清了六十米")
    hand.press("办理中 → 已办结", WRITE)
    hand.done("办结", "：一组的渠堵了（WT-2026-A0001），办理中 → 已办结")
    hand = Hand(desk)
    hand.press("一组的渠堵了", ENTER)
    hand.press("1 入户   2 电话", "1")
    hand.press("1 解决", "1")
    hand.press("1 满意", "1")
    hand.press("已办结 → 已反馈", WRITE)
    hand.done("反馈", "：一组的渠堵了（WT-2026-A0001），已办结 → 已反馈")
    desk.do("issue", "reflect", signed, "--text", "早去看一眼就好了", "-y")
    hand = Hand(desk)
    hand.press("一组的渠堵了", ENTER)
    hand.press("已反馈 → 已销号", WRITE)
    hand.done("销号", "：一组的渠堵了（WT-2026-A0001），已反馈 → 已销号")


def test_a_week_as_a_table(desk: Desk) -> None:
    hand = Hand(desk)
    hand.press("1 今日", "8")
    hand.press("要出的：周报", ENTER)
    hand.press("出一份：周报", DOWN, ENTER)
    hand.done("周报存成表格", "✓ 已做成")
    assert [*(desk.root.parent / "发文").glob("周报*.xlsx")]


def test_an_old_matter_by_a_word(desk: Desk) -> None:
    for n in range(3):
        desk.do(
            *("issue", "add", "--household", "李桂兰", "--channel", "电话", "--raised", f"2026-03-0{n + 1}"),
            *("--summary", f"桥栏杆松了{n}处", "--words", "不敢走"),
        )
    desk.take_down()
    hand = Hand(desk)
    hand.press("桥栏杆", "/")
    hand.write("字、编号", "塌方")
    hand.press("何因：去年【塌方】没清", ENTER)
    hand.done("按一个词找旧事", "问题 WT-2026-A0004")
