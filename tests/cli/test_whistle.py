"""Whistles and rectifications at the command line: refused with the reason, tied to issues, one commit a step."""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk

pytestmark = pytest.mark.slow  # it takes long

ID = "CS-2026-A0001"
ISSUE = "WT-2026-A0001"


@pytest.fixture
def called(desk: Desk) -> Desk:
    """An accepted issue, and a whistle asked for it."""
    desk.do("org", "add", "--name", "镇交通站", "--level", "镇", "--sector", "经济", "--department", "是")
    desk.do("person", "add", "--name", "白露", "--org", "镇交通站", "--post", "站长")
    desk.take_down()
    desk.do("issue", "accept", ISSUE, "--level", "村", *TRIAGE, "--at", "2026-03-04 10:00")
    desk.do(
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "一组渠要两家一起清"),
        *("--issues", ISSUE, "--urgency", "紧急", "--lead", "镇水利站", "--summoned", "部门=镇水利站"),
        *("--summoned", "部门=镇交通站，报到时限=2026-03-05 17:00"),
    )
    return desk


def answered(desk: Desk, dept: str, who: str, *until: str) -> None:
    """One department does its part."""
    steps = {
        "arrive": ("--who", who, "--at", "2026-03-05 11:00"),
        "dispose": ("--measure", "架泵清淤", "--at", "2026-03-05 11:30"),
        "finish": ("--result", "清了六十米", "--at", "2026-03-05 16:00"),
    }
    for step in until or steps:
        desk.do("whistle", step, ID, "--dept", dept, *steps[step])


def state(desk: Desk, kind: str, id_: str) -> str:
    said = desk.do("--json", kind, "list", f"编号={id_}")
    return str(said.json["data"]["items"][0]["state"])


def test_a_whistle_from_asking_to_rating(called: Desk) -> None:
    said = called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10").out
    assert "镇交通站 应报到 2026-03-05 17:00：写明的期限" in said
    assert f"{ISSUE} 那边还没有记这一哨，请接着办：lianxin issue whistle {ISSUE} --whistle {ID}" in said
    called.do(
        *("issue", "whistle", ISSUE, "--whistle", ID, "--lead", "镇水利站", "--person", "石勇"),
        *("--limit", "5个工作日", "--standard", "通水", "--at", "2026-03-05 09:20"),
    )
    answered(called, "镇水利站", "石勇")
    refused = called.say("whistle", "close", ID, "--result", "通水了")
    assert (refused.code, refused.err) == (3, "还有部门没有办结：镇交通站（待响应）\n")
    answered(called, "镇交通站", "白露")
    said = called.do("whistle", "close", ID, "--result", "通水了").out
    assert "处置中 → 已办结" in said
    assert f"lianxin issue resolve {ISSUE}" in said
    called.do("whistle", "rate", ID, "--rating", "满意", "--words", "来得快")
    assert state(called, "whistle", ID) == "已评哨"
    assert "已经办完了。\n还可以：评哨、更正" in called.do("show", ID).out
    assert called.do("check").out.splitlines()[-1] == "没有问题"
    subjects = called.git("log", "--format=%s", "-4").splitlines()
    assert subjects[:3] == [f"{ID} 评哨", f"{ID} 结哨", f"{ID} 办结 镇交通站"]
    document = called.do("ledger", "吹哨清单", "-f", "csv", "--internal").out
    assert document.count(ID) == 2
    assert "来得快" in document


def test_a_step_a_department_is_not_ready_for_is_refused_by_its_name(called: Desk) -> None:
    called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10")
    answered(called, "镇水利站", "石勇", "arrive")
    said = called.say("whistle", "finish", ID, "--dept", "镇水利站", "--result", "好了")
    assert said.code == 3
    assert said.err == "镇水利站 现在是「已报到」，不能「办结」，能做的有：处置、延期\n"
    said = called.say("whistle", "arrive", ID, "--dept", "云岭镇党委", "--who", "何小满")
    assert "不在这个哨的报到部门里（有 镇水利站、镇交通站）" in said.err
    assert "不能「撤哨」" in called.say("whistle", "cancel", ID, "--why", "不用了").err


def test_who_leads_is_taken_from_the_whistle_and_what_does_not_bear_it_is_told_everywhere(called: Desk) -> None:
    assert "没有记这一哨" not in called.do("show", ID).out
    called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10")
    wide = {"COLUMNS": "300"}
    told = f"{ISSUE} 那边还没有记这一哨，请接着办：lianxin issue whistle {ISSUE} --whistle {ID} --lead DW-A0002"
    assert told in called.do("show", ID, env=wide).out
    assert told in called.do("today", env=wide).out
    for dept, who in (("镇水利站", "石勇"), ("镇交通站", "白露")):
        answered(called, dept, who)
    assert told in called.do("whistle", "close", ID, "--result", "通了", "--at", "2026-03-06 09:00", env=wide).out
    said = called.do("issue", "whistle", ISSUE, "--whistle", ID)
    assert f"没有写牵头单位，照 {ID}：镇水利站\n" in said.out
    assert state(called, "issue", ISSUE) == "已交办"
    assert "没有记这一哨" not in called.do("show", ID).out


def test_a_correction_names_a_department_as_the_whistle_did(called: Desk) -> None:
    words = ("whistle", "amend", ID, "--field", "牵头部门", "--why", "写错了", "--value")
    said = called.say(*words, "DW-A9999")
    assert (said.code, "没有编号是「DW-A9999」的单位" in said.err) == (2, True)
    called.do(*words, "镇交通站")
    assert "新值: DW-A0003" in (called.root / "whistles" / "2026" / f"{ID}.yaml").read_text(encoding="utf-8")


def test_an_issue_is_tied_only_to_a_whistle_that_names_it(called: Desk) -> None:
    called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10")
    said = called.do(
        *("--json", "issue", "add", "--visit", "ZF-2026-A0001", "--channel", "入户走访", "--summary", "二组的桥裂了"),
        *("--words", "桥上一条缝", "--who", "二组", "--when", "开春", "--where", "桥上", "--cause", "压的"),
        *("--course", "没有修过"),
    )
    other = str(said.json["data"]["id"])
    called.do("issue", "accept", other, "--level", "镇", *TRIAGE, "--at", "2026-03-04 10:00")
    refused = called.say("issue", "whistle", other, "--whistle", ID, "--lead", "镇水利站")
    assert (refused.code, f"「问题」里没有 {other}" in refused.err) == (3, True)
    command = refused.err[refused.err.index("lianxin ") :].split()[1:]
    called.do(*command)
    called.do(
        *("issue", "whistle", other, "--whistle", ID, "--lead", "镇水利站", "--person", "石勇"),
        *("--limit", "5个工作日", "--standard", "桥面平"),
    )
    assert state(called, "issue", other) == "已交办"


def test_an_issue_is_not_struck_off_while_departments_are_called_for_it(called: Desk) -> None:
    called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10")
    called.do(
        *("issue", "whistle", ISSUE, "--whistle", ID, "--lead", "镇水利站", "--person", "石勇"),
        *("--limit", "5个工作日", "--standard", "通水", "--at", "2026-03-05 09:20"),
    )
    called.do("issue", "sign", ISSUE, "--at", "2026-03-05 09:30")
    called.do("issue", "resolve", ISSUE, "--result", "通水了", "--at", "2026-03-05 16:00")
    called.do("issue", "feedback", ISSUE, "--how", "电话", "--solved", "解决", "--satisfied", "满意")
    called.do("issue", "reflect", ISSUE, "--text", "两家一起清，半天就通了")
    refused = called.say("issue", "close", ISSUE)
    assert (refused.code, refused.err) == (
        3,
        f"{ID} 现在是「已吹哨」（镇水利站、镇交通站 还没有办结），先结哨再销号\n",
    )


def test_a_whistle_that_was_taken_back_takes_no_more_issues_and_the_handbook_says_so(called: Desk) -> None:
    called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10")
    called.do("issue", "whistle", ISSUE, "--whistle", ID, "--lead", "镇水利站", "--at", "2026-03-05 09:20")
    called.do("whistle", "cancel", ID, "--why", "自己清了")
    assert f"哨单 {ID}：一组渠要两家一起清，已撤哨" in called.do("handbook", ISSUE).out
    refused = called.say("issue", "whistle", ISSUE, "--whistle", ID, "--lead", "镇水利站")
    assert (refused.code, "现在是「已撤哨」" in refused.err) == (3, True)


def test_what_was_asked_for_is_corrected_not_overwritten(called: Desk) -> None:
    assert "要记一条更正" in called.say("whistle", "edit", ID, "--matter", "清渠").err
    called.do("whistle", "edit", ID, "--matter", "清渠", "--why", "写长了")
    text = (called.root / "whistles" / "2026" / f"{ID}.yaml").read_text("utf-8")
    assert "事项: 一组渠要两家一起清" in text
    assert "字段: 事项\n    新值: 清渠\n    理由: 写长了" in text
    assert "清渠" in called.do("whistle", "list").out


def test_the_next_step_of_any_record_with_a_life(called: Desk) -> None:
    assert "现在是「待批准」。" in called.do("next", ID).out
    assert "现在是「待批准」。" in called.do("next", "cs1").out
    assert "现在是「已受理」。" in called.do("next", "1").out
    refused = called.say("next", "ZF-2026-A0001")
    assert (refused.code, refused.err) == (
        2,
        "ZF-2026-A0001 是走访，没有办理步骤；看内容用 lianxin show ZF-2026-A0001\n",
    )


def test_a_rectification_from_the_books_to_striking_off(desk: Desk) -> None:
    desk.do(
        *("rectification", "add", "--listed", "2026-03-02", "--source", "督查", "--about", "松坪村"),
        *("--fault", "公开栏断档", "--measure", "按季换栏", "--dept", "镇水利站", "--limit", "2026-03-05"),
    )
    assert "逾期 1 天，已挂账" in desk.do("today", env={"COLUMNS": "200"}).out
    desk.do("rectification", "progress", "ZG-A0001", "--text", "定了专人", "--at", "2026-03-03 09:00")
    refused = desk.say("rectification", "strike", "ZG-A0001")
    assert (refused.code, "是「整改中」，不能「销号」" in refused.err) == (3, True)
    refused = desk.say(
        "rectification", "extend", "ZG-A0001", "--limit", "2026-03-20", "--why", "忙", "--approved", "石勇"
    )
    assert refused.err == "期限 2026-03-05 已过，不能再延期\n"
    desk.do("rectification", "finish", "ZG-A0001", "--result", "贴出来了", "--at", "2026-03-05 16:00")
    refused = desk.say("rectification", "accept", "ZG-A0001", "--passed", "否")
    assert refused.err == "验收没通过，要写明还差什么\n"
    desk.do("rectification", "accept", "ZG-A0001", "--passed", "是", "--by", "何小满")
    desk.do("rectification", "strike", "ZG-A0001")
    assert state(desk, "rectification", "ZG-A0001") == "已销号"
    assert "公开栏断档" in desk.do("ledger", "整改台账", "-f", "csv").out
    assert "挂账" in desk.do("rectification", "log", "ZG-A0001").out
    assert "已经没有可做的步骤。" in desk.do("next", "ZG-A0001").out


def test_a_whistle_filed_twice_is_told_of_before_it_is_written(called: Desk) -> None:
    said = called.do(
        *("whistle", "add", "--blown", "2026-03-05 10:00", "--by", "镇水利站", "--matter", "渠要清", "--issues", ISSUE),
        *("--lead", "镇水利站", "--summoned", "部门=镇水利站"),
    )
    assert f"与 {ID} 是为同样的问题吹的哨，那一哨还没有完" in said.err
    assert "D026" in called.say("check").out


def test_the_only_issue_of_a_whistle_in_force_is_not_voided(called: Desk) -> None:
    called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10")
    refused = called.say("issue", "void", ISSUE, "--why", "登记错了")
    how = f"lianxin whistle cancel {ID} --why 理由"
    assert (refused.code, refused.err.strip().endswith(how)) == (3, True)
    called.do(*how.split()[1:])
    called.do("issue", "void", ISSUE, "--why", "登记错了")


def test_one_of_several_issues_of_a_whistle_is_voided_and_how_to_take_it_off_is_said(called: Desk) -> None:
    other = called.take_down()
    called.do("whistle", "edit", ID, "--issues", f"+{other}", "--why", "一并清")
    said = called.do("issue", "void", ISSUE, "--why", "登记错了").out
    called.do(*said[said.index("lianxin whistle edit") :].split("\n")[0].split()[1:])
    assert f"问题  {other}" not in said
    assert called.do("check").out.endswith("没有问题\n")


@pytest.mark.parametrize("waiting", [True, False])
def test_the_command_printed_after_approval_passes_as_it_stands(called: Desk, waiting: bool) -> None:
    """Before acceptance too."""
    if waiting:
        called.do("whistle", "edit", ID, "--issues", f"={called.take_down()}", "--why", "换一件")
    said = called.do("whistle", "approve", ID, "--at", "2026-03-05 09:10").out
    told = next(line for line in said.splitlines() if "那边还没有记这一哨" in line)
    commands = told.partition("请接着办：")[2].split("，再 ")
    assert len(commands) == 1 + waiting
    for command in commands:
        called.do(*command.split()[1:])
    assert state(called, "issue", commands[-1].split()[3]) == "已交办"
