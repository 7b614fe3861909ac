"""What the end requires is asked for, what is refused is asked for again, and what was typed is never lost."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import CLEAR, DOWN, ENTER, INTERRUPT, Terminal

VISIT = ("visit", "add", "--day", "2026-03-05", "--visitors", "何小满", "--way", "入户")


def drafts(desk: Desk) -> list[Path]:
    return sorted((desk.root / ".git" / "lianxin").glob("*.draft/*.json"))


def second_household(desk: Desk, village: str) -> None:
    desk.do("household", "add", "--head", "赵水生", "--village", village)


def test_two_households_of_one_village_tell_the_village(desk: Desk) -> None:
    second_household(desk, "松坪村")
    terminal = Terminal(desk, *VISIT, "--households", "李桂兰", "--households", "赵水生")
    terminal.wait_for("✓ ZF-2026-A0002")
    assert terminal.end() == 0


def test_a_village_that_two_households_do_not_agree_on_is_asked_for(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")
    second_household(desk, "柳树坳")
    terminal = Terminal(desk, *VISIT, "--households", "李桂兰", "--households", "赵水生")
    terminal.answer(
        ("所属村：", None),
        ("CUN-A0001 松坪村", None),
        ("CUN-A0002 柳树坳", "柳树坳" + ENTER),
        ("✓ ZF-2026-A0002", None),
    )
    assert terminal.end() == 0
    # whose household it is about cannot be told from the visit: the reporter is asked for, unless there is to be none
    words = (
        "issue",
        "add",
        "--channel",
        "入户走访",
        "--visit",
        "ZF-2026-A0002",
        "--summary",
        "路烂了",
        "--words",
        "路烂",
    )
    terminal = Terminal(desk, *words)
    terminal.answer(("联系户（可不填）：", None), ("李桂兰", None), ("赵水生", None), ("匿名", ENTER))
    terminal.answer(("反映人：", ENTER), ("不愿留名的，「匿名」写「是」", None), ("反映人：", "赵水生" + ENTER))
    for label in ("何人", "何时", "何地", "何因", "经过"):
        terminal.answer((f"{label}（销号前要有）：", ENTER))
    terminal.wait_for("✓ WT-2026-A0001")
    assert terminal.end() == 0
    assert "反映人: 赵水生\n" in desk.text("WT-2026-A0001")
    terminal = Terminal(desk, *words[:-1], "桥塌了")
    terminal.answer(("联系户（可不填）：", "匿名" + ENTER), ("照样登记吗？", "y" + ENTER), ("✓ WT-2026-A0002", None))
    assert terminal.end() == 0
    assert "匿名: 是\n" in desk.text("WT-2026-A0002")


def test_nobodys_name_is_asked_for_what_was_said_without_one(desk: Desk) -> None:
    terminal = Terminal(desk, "issue", "add", "--channel", "意见箱", "--anonymous", "是")
    terminal.answer(
        ("反映时间：", "2026-03-05" + ENTER),
        ("所属村：", "松坪村" + ENTER),
        ("事由：", "灯不亮" + ENTER),
        ("原话：", "路灯黑了半个月" + ENTER),
        ("✓ WT-2026-A0001", None),
    )
    assert terminal.end() == 0


def test_taking_up_asks_for_the_triage_that_closing_asks_for(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "accept", id_)
    terminal.answer(("问题性质（销号前要有）：", DOWN + ENTER))
    for label in ("公共个人", "合理性", "类别", "紧急程度"):
        terminal.answer((f"{label}（销号前要有）：", ENTER))
    terminal.answer(("受理层级：", ENTER))
    terminal.answer(
        ("还没有判定公共个人、合理性、类别、紧急程度，销号前要补上", None), ("就这样记下吗？", ENTER), ("✓", None)
    )
    assert terminal.end() == 0
    assert "问题性质: 个性\n" in desk.text(id_)


def test_signing_asks_for_what_is_still_owed_and_judges_the_limit_as_it_is_typed(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "待定")
    terminal = Terminal(desk, "issue", "sign", id_)
    terminal.answer(
        ("办理时限：", CLEAR + "过两天" + ENTER),
        ("看不懂时限「过两天」", None),
        ("办理时限：", CLEAR + "5个工作日" + ENTER),
        ("责任人：", "石勇" + ENTER),
        ("工作标准：", ENTER),
        ("工作标准必须填", None),
        ("工作标准：", "水能流到尾" + ENTER),
        ("就这样记下吗？", ENTER),
        ("已交办 → 办理中", None),
    )
    assert terminal.end() == 0


def test_a_step_that_cannot_be_taken_asks_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "resolve", id_)
    terminal.wait_for(f"{id_} 现在是「待研判」，不能「办结」；能做的有：受理、上报")
    assert terminal.end() == 3


def test_what_is_refused_for_a_field_is_asked_for_again(desk: Desk) -> None:
    second_household(desk, "松坪村")
    terminal = Terminal(
        desk, *VISIT, "--households", "李桂兰", "--households", "赵水生", "--attendance", "1", "--until", "2026-03-05"
    )
    terminal.answer(
        ("见到人次 1，写明的户和人却有 2 个", None), ("见到人次（可不填）：", CLEAR + "2" + ENTER), ("✓", None)
    )
    assert terminal.end() == 0
    assert drafts(desk) == []


def test_a_flag_that_will_not_do_is_told_before_anything_is_asked(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add", "--day", "2026-13-05")
    terminal.wait_for("日期：日历上没有「2026-13-05」这一天")
    assert terminal.end() == 2


def test_what_was_typed_when_it_was_broken_off_is_offered_the_next_time(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    terminal = Terminal(desk, "issue", "escalate", id_)
    terminal.answer(("上报至：", ENTER), ("原因：", "村里没有挖机，也没有"))
    terminal.wait_for("也没有")
    terminal.type(INTERRUPT)
    terminal.answer(
        (f"填过的没有丢，再运行 lianxin issue escalate {id_} 就能接着填。", None), ("已中断，没有写入。", None)
    )
    assert terminal.end() == 130
    (kept,) = drafts(desk)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert desk.git("status", "--short") == ""
    terminal = Terminal(desk, "issue", "escalate", id_)
    terminal.answer(
        ("上次没有写成，填过的还在：", None),
        ("上报至：镇", None),
        ("原因：村里没有挖机，也没有", None),
        ("接着填吗？", ENTER),
        ("原因：", "钱" + ENTER),
        ("就这样记下吗？", ENTER),
        ("已受理 → 已上报", None),
    )
    assert terminal.end() == 0
    assert "原因: 村里没有挖机，也没有钱\n" in desk.text(id_)
    assert drafts(desk) == []


def test_a_terminal_that_goes_takes_nothing_with_it(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.answer(("进展情况：", "挖机到了，明天开工"), ("明天开工", None))
    os.killpg(terminal.process.pid, signal.SIGHUP)
    assert terminal.end() != 0
    assert "挖机到了，明天开工" in drafts(desk)[0].read_text(encoding="utf-8")
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.answer(("接着填吗？", ENTER), ("进展情况：", ENTER), ("就这样记下吗？", DOWN + ENTER))
    assert terminal.end() == 130  # said no: still there
    assert len(drafts(desk)) == 1
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.answer(("接着填吗？", DOWN + ENTER), ("进展情况：", ENTER), ("就这样记下吗？", ENTER), ("✓", None))
    assert terminal.end() == 0
    assert "进展情况: 挖机到了，明天开工\n" in desk.text(id_)


def test_what_is_no_longer_wanted_is_gone(desk: Desk) -> None:
    terminal = Terminal(desk, "village", "add")
    terminal.answer(("名称：", "柳树坳" + ENTER), ("类型（可不填）：", INTERRUPT))
    assert terminal.end() == 130
    terminal = Terminal(desk, "village", "add")
    terminal.answer(("接着填吗？", DOWN + DOWN + ENTER), ("名称：", INTERRUPT))
    assert terminal.end() == 130
    assert drafts(desk) == []


def test_a_near_miss_is_taken_only_when_it_is_picked(desk: Desk) -> None:
    terminal = Terminal(desk, "household", "add", "--head", "赵水生")
    terminal.answer(
        ("所属村：", "松坪寸" + ENTER),
        ("是不是「松坪村」？", None),
        ("都不是，重新写", ENTER),
        ("所属村：", "松坪寸" + ENTER),
        ("是不是「松坪村」？", None),
        ("都不是，重新写", DOWN + ENTER),
        ("✓ HU-A0002", None),
    )
    assert terminal.end() == 0


def test_what_was_refused_is_typed_over(desk: Desk) -> None:
    terminal = Terminal(desk, *VISIT[:2], "--visitors", "何小满", "--households", "李桂兰", "--way", "入户")
    terminal.answer(
        ("日期：", "13月40日" + ENTER),
        ("「13月40日」不是日期", None),
        ("日期：", "周一" + ENTER),
        ("记作 2026-03-02", None),
        ("照样登记吗？", INTERRUPT),
    )
    assert terminal.end() == 130


def test_what_was_refused_the_last_time_is_typed_over(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add")
    terminal.answer(("日期：", "13月40日" + ENTER), ("不是日期", None), ("日期：", INTERRUPT))
    assert terminal.end() == 130
    terminal = Terminal(desk, "visit", "add")
    terminal.answer(("接着填吗？", ENTER), ("日期：", "周一" + ENTER), ("记作 2026-03-02", INTERRUPT))
    assert terminal.end() == 130


def test_a_day_told_in_words_stays_the_day_it_was_typed(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add")
    terminal.answer(("日期：", "昨天" + ENTER), ("记作 2026-03-05", None), ("截止日期（可不填）：", INTERRUPT))
    assert terminal.end() == 130
    later = Terminal(desk, "visit", "add", today="2026-03-09")
    later.answer(("日期：2026-03-05", None), ("接着往下填", INTERRUPT))
    assert later.end() == 130
    terminal = Terminal(desk, "whistle", "add", "--blown", "昨天下午3点")
    terminal.answer(("吹哨单位：", "镇水利站" + ENTER), ("事项：", INTERRUPT))
    assert terminal.end() == 130
    assert "2026-03-05 15:00" in "".join(draft.read_text(encoding="utf-8") for draft in drafts(desk))


def test_looking_over_a_draft_loses_nothing_and_yesterday_stays_the_day_it_was_typed(desk: Desk) -> None:
    terminal = Terminal(desk, "visit", "add")
    terminal.answer(("日期：", "周一" + ENTER), ("截止日期（可不填）：", "昨天"), ("昨天", INTERRUPT))
    assert terminal.end() == 130
    later = Terminal(desk, "visit", "add", today="2026-03-09")
    later.answer(("截止日期：2026-03-05", None), ("接着填吗？", "从头" + ENTER), ("日期：", INTERRUPT))
    assert later.end() == 130
    later = Terminal(desk, "visit", "add", "--day", "2026-03-03", today="2026-03-10")
    later.answer(("日期：2026-03-03", None), ("截止日期：2026-03-05", None), ("接着往下填", INTERRUPT))
    assert later.end() == 130


def test_what_a_condition_names_is_asked_for_again(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("org", "add", "--name", "镇交通站", "--level", "镇", "--department", "是")
    terminal = Terminal(
        desk,
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "渠要两家一起清"),
        *("--issues", id_, "--lead", "镇水利站", "--summoned", "镇交通站"),
    )
    terminal.answer(
        ("牵头部门 镇水利站 不在「报到部门」里", None),
        ("牵头部门：", ENTER),
        ("报到部门：", ENTER),
        ("没有了直接回车", None),
        ("报到部门：", "镇水利站" + ENTER),
        ("没有了直接回车", None),
        ("报到部门：", ENTER),
        ("✓ CS-2026-A0001", None),
    )
    assert terminal.end() == 0


def test_triage_that_says_nothing_is_asked_for_again(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村")
    terminal = Terminal(desk, "issue", "triage", id_)
    for label in ("问题性质", "公共个人", "合理性", "类别", "紧急程度"):
        terminal.answer((f"{label}（销号前要有）：", ENTER))
    terminal.answer(("补研判至少要写一项：「问题性质」--scope", None), ("问题性质（销号前要有）：", INTERRUPT))
    assert terminal.end() == 130


def test_a_unit_that_takes_no_issues_is_asked_for_again(desk: Desk) -> None:
    desk.do("org", "add", "--name", "镇司法所", "--level", "镇")
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    terminal = Terminal(desk, "issue", "assign", id_)
    terminal.answer(
        ("责任部门：", "镇司法所" + ENTER),
        ("不承办交办的问题", None),
        ("责任部门：", CLEAR + "镇水利站" + ENTER),
        ("就这样记下吗？", ENTER),
        ("已受理 → 已交办", None),
    )
    assert terminal.end() == 0


def test_what_can_no_longer_be_taken_leaves_no_draft(desk: Desk) -> None:
    id_ = desk.take_down()
    for step, label in (("progress", "进展情况："), ("void", "理由：")):
        terminal = Terminal(desk, "issue", step, id_)
        terminal.answer((label, "登错了的一件"), ("登错了的一件", INTERRUPT))
        assert terminal.end() == 130
    assert len(drafts(desk)) == 2
    desk.do("issue", "void", id_, "--why", "登错了")
    assert [path.stem for path in drafts(desk)] == [f"issue-progress-{id_}"]  # the step taken is written otherwise
    terminal = Terminal(desk, "village", "add")
    terminal.answer(("名称：", INTERRUPT))
    terminal.end()
    assert drafts(desk) == []
