"""At a real terminal: a form shows what is wanted and what is known, judges what is typed, and loses nothing."""

from __future__ import annotations

import os
import signal
import stat
import time
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import CLEAR, DOWN, ENTER, ESCAPE, INTERRUPT, MORE, UP, WRITE, Terminal

pytestmark = pytest.mark.slow  # it takes long

VISIT = ("visit", "add", "--day", "2026-03-05", "--visitors", "何小满", "--way", "入户")


def drafts(desk: Desk) -> list[Path]:
    return sorted((desk.root / ".git" / "lianxin").glob("*.draft/*.json"))


def second_household(desk: Desk, village: str) -> None:
    desk.do("household", "add", "--head", "赵水生", "--village", village)


def test_a_visit_stands_there_as_the_last_one_was_and_the_household_tells_the_rest(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add", lines=24)
    terminal.fill(("走访户", "李桂"), ("李桂兰  松坪村 一组", ENTER))
    terminal.see("所属组       一组")
    known = {label: terminal.row(label).split() for label in ("日期", "走访人", "走访户", "所属村", "走访方式")}
    assert known == {
        "日期": ["2026-03-06", "（今天）"],
        "走访人": ["何小满", "（照走访户）"],
        "走访户": ["李桂兰"],
        "所属村": ["松坪村", "（照走访户）"],
        "走访方式": ["入户", "（照上一条）"],
    }
    terminal.type(ENTER * 4 + "秧栽下去了" + ENTER)  # none that says something is passed over
    terminal.fill(("秧栽下去了", "想修一截渠"), ("想修一截渠", WRITE))
    terminal.wait_for("（ZF-2026-A0002）")
    terminal.answer(("听到了诉求，现在立一件问题吗？", "y" + ENTER))
    terminal.fill(("原话*        想修一截渠", ""), ("一句话，不写群众姓名", "想修一截渠" + WRITE))
    terminal.wait_for("（WT-2026-A0001）")
    assert terminal.end() == 0
    assert "来自走访: ZF-2026-A0002\n" in desk.text("WT-2026-A0001")
    held = (desk.root / "visits" / "2026" / "ZF-2026-A0002.yaml").read_text(encoding="utf-8")
    assert "所属村: CUN-A0001\n所属组: 一组\n走访户:\n  - HU-A0001\n走访方式: 入户\n" in held
    assert "所见所闻: 秧栽下去了\n诉求建议: 想修一截渠\n" in held
    assert drafts(desk) == []


def test_an_issue_takes_over_what_the_visit_and_the_household_say(desk: Desk) -> None:
    terminal = Terminal(desk, "issue", "add", "--visit", "1")
    terminal.see("反映人       李桂兰")
    for known in ("联系电话     13900001234", "反映时间*    2026-03-02", "渠堵了想请人清", "何地         松坪村一组"):
        terminal.see(known)
    terminal.fill(("一句话，不写群众姓名", "一组的渠堵了" + ENTER * 5), ("销号前要有", "去年塌方没清" + WRITE))
    terminal.wait_for("（WT-2026-A0001）")
    assert terminal.end() == 0
    text = desk.text("WT-2026-A0001")
    assert "反映时间: 2026-03-02\n来源渠道: 入户走访\n来自走访: ZF-2026-A0001\n" in text
    assert '反映人: 李桂兰\n联系电话: "13900001234"\n联系户: HU-A0001\n所属村: CUN-A0001\n所属组: 一组\n' in text
    assert "何因: 去年塌方没清\n" in text


def test_words_are_picked_by_number_and_records_by_what_is_typed_of_them(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "accept", id_, lines=24)
    terminal.fill(("1 个性   2 共性", "2"), ("1 公共   2 个人", "1"), ("1 合理", "1"))
    terminal.fill(("道路交通", "道路" + ENTER), ("1 一般   2 紧急", "1"))
    terminal.see("待研判 → 已受理")
    terminal.type(WRITE)
    terminal.wait_for("待研判 → 已受理")
    assert terminal.end() == 0
    assert "问题性质: 共性\n    公共个人: 公共\n    合理性: 合理\n    类别: 道路交通\n" in desk.text(id_)


def test_the_unit_tells_who_heads_it_and_the_limit_its_day(desk: Desk) -> None:
    desk.do("org", "edit", "镇水利站", "--secretary", "石勇")
    id_ = desk.take_down()
    desk.lay_open(id_)
    terminal = Terminal(desk, "issue", "assign", id_, lines=24)
    terminal.fill(("责任部门*", "水利" + ENTER))
    terminal.see("责任人       石勇")
    terminal.see("办结期限 2026-03-")
    terminal.type(ENTER + "水能流到尾" + WRITE)
    terminal.wait_for("已受理 → 已交办")
    assert terminal.end() == 0
    assert "责任部门: DW-A0002\n" in desk.text(id_)
    assert "责任人: RY-A0002\n" in desk.text(id_)
    assert "工作标准: 水能流到尾\n" in desk.text(id_)
    heard = ("--channel", "电话", "--raised", "2026-03-05", "--household", "李桂兰", "--summary", "桥塌了")
    other = str(desk.do("--json", "issue", "add", *heard, "--words", "塌了一角", "-y").json["data"]["id"])
    desk.do("issue", "accept", other, "--level", "镇", *TRIAGE, "-y")
    again = Terminal(desk, "issue", "assign", other, lines=24)
    again.come_to("责任部门")
    assert again.row("责任部门").split() == ["镇水利站", "（照本村上一件同类的）"]
    assert again.row("工作标准") == ""  # which is no other matter's
    again.type("党委" + ENTER)  # typed over; who heads the other unit is not of this one
    again.see("责任部门*    云岭镇党委")
    assert again.row("责任人") == ""
    again.type("石勇" + ENTER)
    again.see("石勇是镇水利站的，不是云岭镇党委的人")
    again.type(ESCAPE)
    assert again.end() == 130


def test_what_a_field_does_not_take_is_said_beside_it_and_nothing_is_written(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "待定")
    terminal = Terminal(desk, "issue", "sign", id_, lines=24)
    terminal.fill(("待定 表示由承办单位", "过两天"), ("看不懂时限「过两天」", CLEAR + "5个工作日" + ENTER))
    terminal.fill(("责任人*", "石勇" + ENTER + WRITE), ("工作标准必须填", "水能流到尾"))
    terminal.fill(("办结期限 2026-03-13", WRITE))
    terminal.wait_for("已交办 → 办理中")
    assert terminal.end() == 0


def test_what_does_not_apply_is_not_there(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do(
        "issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日", "--person", "石勇", "--standard", "通"
    )
    desk.do("issue", "sign", id_)
    desk.do("issue", "resolve", id_, "--result", "清了")
    terminal = Terminal(desk, "issue", "feedback", id_, lines=24)
    terminal.fill(("1 入户   2 电话", "1"))
    terminal.see("满意度")
    assert not any(line.startswith("公示地点") for line in terminal.lines)
    terminal.fill(("1 解决", ESCAPE))
    assert terminal.end() == 130
    terminal = Terminal(desk, "issue", "feedback", id_, "--how", "公示", lines=24)
    terminal.see("公示地点")
    assert not any(line.startswith("满意度") for line in terminal.lines)
    terminal.type(ESCAPE)
    assert terminal.end() == 130


def test_what_is_seldom_filled_in_is_a_key_away(desk: Desk) -> None:
    terminal = Terminal(desk, "village", "add", lines=40)
    terminal.see("F2 更多（")
    assert not any(line.startswith("备注") for line in terminal.lines)
    terminal.type(MORE)
    terminal.see("备注")
    terminal.type("柳树坳")
    terminal.fill(("柳树坳", WRITE))  # the town stands there already
    terminal.wait_for("（CUN-A0002）")
    assert terminal.end() == 0


def test_flags_that_say_all_write_at_once(desk: Desk) -> None:
    second_household(desk, "松坪村")
    terminal = Terminal(desk, *VISIT, "--households", "李桂兰", "--households", "赵水生")
    terminal.wait_for("（ZF-2026-A0002）")
    assert terminal.end() == 0


def test_a_village_that_two_households_do_not_agree_on_is_asked_for(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")
    second_household(desk, "柳树坳")
    terminal = Terminal(desk, *VISIT, "--households", "李桂兰", "--households", "赵水生", lines=24)
    terminal.fill(("1 松坪村   2 柳树坳", "2"), ("所属村*      柳树坳", WRITE))
    terminal.wait_for("（ZF-2026-A0002）")
    assert terminal.end() == 0


@pytest.mark.parametrize(
    ("village", "stands", "who"),
    [
        ("松坪村", ["松坪村", "（照走访户）"], ["何小满", "（照走访户）"]),
        ("柳树坳", [], []),  # the last visit was neither to both nor by whoever looks after both
    ],
)
def test_several_households_tell_what_all_of_them_say_and_else_nothing_is_the_last_ones(
    desk: Desk, village: str, stands: list[str], who: list[str]
) -> None:
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")
    contact = "何小满" if stands else "石勇"
    desk.do("household", "add", "--head", "赵水生", "--village", village, "--contacts", contact)
    terminal = Terminal(desk, "visit", "add", "--households", "李桂兰", "--households", "赵水生", lines=24)
    terminal.see("走访方式")
    assert (terminal.row("所属村").split(), terminal.row("走访人").split()) == (stands, who)
    terminal.type(ESCAPE)
    assert terminal.end() == 130


def test_nobodys_name_is_wanted_of_what_was_said_without_one(desk: Desk) -> None:
    terminal = Terminal(
        desk,
        *("issue", "add", "--channel", "意见箱", "--anonymous", "是", "--village", "松坪村", "--raised", "2026-03-05"),
        *("--summary", "灯不亮", "--words", "路灯黑了半个月"),
    )
    terminal.wait_for("（WT-2026-A0001）")
    assert terminal.end() == 0


def test_a_step_told_by_flags_is_shown_before_it_is_taken(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    words = ("issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日")
    terminal = Terminal(desk, *words)
    terminal.answer(
        ("经办人    何小满（RY-A0001）", None),
        ("责任部门  镇水利站（DW-A0002）", None),
        ("办结期限 2026-03-13", None),
        ("就这样记下吗？", "n" + ENTER),
        ("已中断，没有写入。", None),
    )
    assert terminal.end() == 130
    assert desk.state(id_) == "已受理"
    terminal = Terminal(desk, *words)
    terminal.answer(("就这样记下吗？", "y" + ENTER), ("✓", None))
    assert terminal.end() == 0
    assert "办结期限" not in terminal.shown  # told once


def test_a_step_that_cannot_be_taken_shows_no_form(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "resolve", id_)
    terminal.wait_for(f"{id_} 现在是「待研判」，不能「办结」；能做的有：受理、上报")
    assert terminal.end() == 3


def test_a_flag_that_will_not_do_is_told_before_anything_is_shown(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add", "--day", "2026-13-05")
    terminal.wait_for("日期：日历上没有「2026-13-05」这一天")
    assert terminal.end() == 2


@pytest.mark.parametrize("way", [INTERRUPT, ESCAPE, "hang up"])
def test_what_was_typed_is_there_the_next_time(desk: Desk, way: str) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    before = desk.git("rev-parse", "HEAD")
    terminal = Terminal(desk, "issue", "escalate", id_, lines=24)
    terminal.fill(("原因*", "村里没有挖机，也没有"), ("也没有", ""))
    if way == "hang up":
        os.killpg(terminal.process.pid, signal.SIGHUP)
        assert terminal.end() != 0
    else:
        if way == INTERRUPT:
            terminal.fill(("Ctrl-S 写入", way), ("或者再按一次 Ctrl-C", ""))
        terminal.type(way)
        terminal.wait_for(f"填过的没有丢，再运行 lianxin issue escalate {id_} 就能接着填。")
        terminal.wait_for("已中断，没有写入。")
        assert terminal.end() == 130
    (kept,) = drafts(desk)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (desk.git("rev-parse", "HEAD"), desk.git("status", "--short")) == (before, "")
    terminal = Terminal(desk, "issue", "escalate", id_, lines=24)
    terminal.see("上次没有写完，填过的还在这里")
    terminal.see("原因*        村里没有挖机，也没有")
    terminal.type(WRITE)
    terminal.wait_for("已受理 → 已上报")
    assert terminal.end() == 0
    assert "原因: 村里没有挖机，也没有\n" in desk.text(id_)
    assert drafts(desk) == []


def test_a_form_left_as_it_was_leaves_nothing(desk: Desk) -> None:
    terminal = Terminal(desk, "village", "add", lines=24)
    terminal.fill(("名称*", ESCAPE))
    assert terminal.end() == 130
    assert drafts(desk) == []


def test_a_day_told_in_words_stays_the_day_it_was_typed(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add", lines=24)
    terminal.fill(("走访户", "\x1b[Z\x1b[Z"), ("日期*", CLEAR + "昨天"), ("记作 2026-03-05", ESCAPE))
    assert terminal.end() == 130
    later = Terminal(desk, "visit", "add", today="2026-03-09", lines=24)
    later.fill(("按 F6 接着填", "\x1b[17~"), ("日期*        2026-03-05", ""))
    later.type(ESCAPE)
    assert later.end() == 130


def test_a_likely_twin_is_shown_before_it_is_written(desk: Desk) -> None:
    terminal = Terminal(desk, "household", "add", lines=24)
    terminal.fill(("户主*", "李桂兰" + ENTER * 2), ("1 一组   2 二组", "1"))
    terminal.see("与 HU-A0001 同村、户主同名")
    terminal.fill(("同村、户主同名", WRITE), ("照样登记吗？", ENTER))  # which is no
    terminal.fill(("Ctrl-S 写入", ESCAPE))
    assert terminal.end() == 130
    assert not (desk.root / "households" / "HU-A0002.yaml").exists()


def test_a_record_is_changed_where_it_stands_and_before_and_after_are_shown(desk: Desk) -> None:
    terminal = Terminal(desk, "village", "edit", "松坪村", lines=40)
    terminal.see("村组         一组、二组")
    labels = [line.split()[0].strip("*") for line in terminal.lines if line and line[0] not in " 测CF"]
    terminal.type(UP * len(labels))
    terminal.type(DOWN * labels.index("村组"))
    terminal.type("、三组")
    terminal.see("一组、二组、三组")
    terminal.type(WRITE)
    terminal.see("就这样改吗？")
    terminal.see("添  3             三组")
    terminal.type("y")
    terminal.wait_for("（CUN-A0001）已改 村组")
    assert terminal.end() == 0
    held = (desk.root / "villages" / "CUN-A0001.yaml").read_text(encoding="utf-8")
    assert "村组:\n  - 一组\n  - 二组\n  - 三组\n" in held


def test_a_lead_department_is_put_on_its_list(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("org", "add", "--name", "镇交通站", "--level", "镇", "--department", "是")
    terminal = Terminal(
        desk,
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--issues", id_, "--lead", "镇水利站"),
        lines=40,
    )
    terminal.reach("报到部门")
    terminal.fill(("报到部门", "交通" + ENTER), ("报到部门里列上了牵头部门 镇水利站", WRITE))
    terminal.wait_for("CS-2026-A0001")
    assert terminal.end() == 0
    held = (desk.root / "whistles" / "2026" / "CS-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "报到部门:\n  - 部门: DW-A0002\n  - 部门: DW-A0003\n" in held


def test_what_can_no_longer_be_taken_leaves_no_draft(desk: Desk) -> None:
    id_ = desk.take_down()
    for step, label in (("progress", "进展情况*"), ("void", "理由*")):
        terminal = Terminal(desk, "issue", step, id_, lines=24)
        terminal.fill((label, "登错了的一件"), ("登错了的一件", ESCAPE))
        assert terminal.end() == 130
    assert len(drafts(desk)) == 2
    desk.do("issue", "void", id_, "--why", "登错了")
    assert [path.stem for path in drafts(desk)] == [f"issue-progress-{id_}"]  # the step taken is written otherwise
    terminal = Terminal(desk, "village", "add", lines=24)
    terminal.fill(("名称*", ESCAPE))
    terminal.end()
    assert drafts(desk) == []


def test_next_takes_the_step_that_is_picked(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    terminal = Terminal(desk, "next", id_, lines=24)
    terminal.answer(("下一步：", None), ("1 交办", None), ("2 上报", "上报" + ENTER))
    terminal.fill(("原因*", "村里没有挖机" + WRITE))
    terminal.wait_for("已受理 → 已上报")
    assert terminal.end() == 0


@pytest.mark.parametrize("rest", [0.1, 0.4, 0.6])
def test_a_terminal_that_goes_while_the_ledger_is_asked_ends_it(desk: Desk, rest: float) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "progress", id_, lines=24)
    terminal.fill(("进展情况*", "挖机到了"))
    terminal.see("挖机到了")
    time.sleep(rest)
    os.close(terminal.master)
    assert terminal.process.wait(30) != 0
    assert "挖机到了" in drafts(desk)[0].read_text(encoding="utf-8")
