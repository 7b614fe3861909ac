"""At a real terminal: what is missing is asked for, the step is shown before it is taken, Ctrl-C writes nothing."""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import CLEAR, DOWN, ENTER, INTERRUPT, Terminal


def test_what_is_missing_is_asked_for_and_shown_before_it_is_written(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.wait_for("进展情况：")
    terminal.type("看过现场，明天来挖机" + ENTER)
    terminal.wait_for("就这样记下吗？")
    assert "步骤: 进展" not in desk.text(id_)
    terminal.type(ENTER)
    terminal.wait_for("✓")
    assert terminal.end() == 0
    assert "进展情况: 看过现场，明天来挖机\n" in desk.text(id_)


def test_what_a_field_does_not_take_is_said_at_once_and_asked_again(desk: Desk) -> None:
    terminal = Terminal(desk, "issue", "add")
    for label, wrong, said, right in (
        ("来源渠道：", "", "", ""),
        ("来自走访（可不填）：", "ZF-2026-A0099", "没有编号是", "A0001"),
        ("反映时间（可不填）：", "2026-13-2", "「2026-13-2」不是日期", ""),
        ("登记层级（可不填）：", "", "", ""),
        ("匿名（可不填）：", "", "", ""),
        ("联系户（可不填）：", "李桂花", "联系户：没有", ""),
        ("反映人（可不填）：", "", "", ""),
        ("联系电话（可不填）：", "139", "「139」不像电话号码", "13900005678"),
        ("所属村（可不填）：", "", "", ""),
        ("所属组（可不填）：", "", "", ""),
        ("事由：", "", "事由必须填", "渠堵了"),
        ("原话：", "", "", "水过不来"),
        *((f"{label}（销号前要有）：", "", "", "") for label in ("何人", "何时", "何地", "何因", "经过")),
        *((f"{label}（可不填）：", "", "", "") for label in ("涉及对象", "备注")),
    ):
        terminal.wait_for(label)
        if said:
            terminal.type(wrong + ENTER)
            terminal.wait_for(said)
            if wrong == "李桂花":  # somebody is called nearly so: none of these
                terminal.answer(("都不是，重新写", ENTER))
            terminal.wait_for(label)
        terminal.type((CLEAR if wrong else "") + right + ENTER)
    terminal.wait_for("✓ WT-2026-A0001")
    assert terminal.end() == 0
    text = desk.text("WT-2026-A0001")
    assert "反映时间: 2026-03-02\n来源渠道: 入户走访\n来自走访: ZF-2026-A0001\n" in text
    assert "匿名: 是" not in text
    assert '反映人: 李桂兰\n联系电话: "13900005678"\n联系户: HU-A0001\n所属村: CUN-A0001\n所属组: 一组\n' in text


def test_what_can_be_taken_over_is_asked_for_after_its_source_and_may_be_left_empty(desk: Desk) -> None:
    words = ("--day", "2026-03-05", "--visitors", "何小满", "--way", "入户")
    terminal = Terminal(desk, "visit", "add", *words)
    terminal.wait_for("走访户（可不填）：")
    terminal.type(ENTER)
    terminal.wait_for("所属村：")  # no household was named
    terminal.type(ENTER)
    terminal.wait_for("所属村必须填")
    terminal.wait_for("所属村：")
    terminal.type(INTERRUPT)
    assert terminal.end() == 130
    terminal = Terminal(desk, "visit", "add")
    terminal.answer(("接着填吗？", DOWN + DOWN + ENTER))
    for label, answer in (
        ("日期：", "2026-03-07"),
        ("日期 2026-03-07 在将来", None),
        ("日期：", CLEAR + "2026-03-05"),
        ("截止日期（可不填）：", ""),
        ("走访人：", "何小满"),
        ("走访人：", ""),
        ("走访户（可不填）：", "李桂兰"),
        ("走访户（可不填）：", ""),
        ("不填就是 CUN-A0001 松坪村", None),
        ("所属村（可不填）：", ""),
        ("不填就是 一组", None),
        ("所属组（可不填）：", ""),
    ):
        terminal.wait_for(label)
        if answer is not None:
            terminal.type(answer + ENTER)
    terminal.wait_for("见到人次（可不填）：")
    terminal.type(INTERRUPT)
    assert terminal.end() == 130


def test_an_optional_yes_or_no_is_left_out_unless_picked(desk: Desk) -> None:
    for name, keys, written in (("镇司法所", ENTER, "可承办: 否"), ("镇农技站", DOWN + ENTER, "可承办: 是")):
        terminal = Terminal(desk, "org", "add")
        terminal.wait_for("名称：")
        terminal.type(name + ENTER)
        terminal.answer(("简称", ENTER), ("层级：", ENTER))  # most are the township's
        for label in ("类别", "上级单位", "负责人", "电话"):
            terminal.wait_for(label)
            terminal.type(ENTER)
        terminal.wait_for("可承办（可不填）：")
        terminal.type(keys)
        for label in ("党组织情况", "经济组织", "备注"):
            terminal.wait_for(label)
            terminal.type(ENTER)
        terminal.wait_for("✓")
        assert terminal.end() == 0
        made = next(file for file in (desk.root / "orgs").iterdir() if name in file.read_text(encoding="utf-8"))
        assert written in made.read_text(encoding="utf-8"), name


def test_interrupting_writes_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    before = desk.git("rev-parse", "HEAD")
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.wait_for("进展情况：")
    terminal.type("写到一半" + INTERRUPT)
    terminal.wait_for("已中断，没有写入。")
    assert terminal.end() == 130
    assert (desk.git("rev-parse", "HEAD"), desk.git("status", "--short")) == (before, "")


def test_next_takes_the_step_that_is_picked(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    terminal = Terminal(desk, "next", id_)
    terminal.wait_for("下一步：")
    terminal.type(DOWN + ENTER)  # the step the state waits for stands first: 交办; then 上报
    terminal.wait_for("上报至")
    terminal.type(ENTER)
    terminal.wait_for("原因")
    terminal.type("村里没有挖机" + ENTER)
    terminal.wait_for("成因研判")
    terminal.type(ENTER)
    terminal.wait_for("办法研判")
    terminal.type(ENTER)
    terminal.wait_for("就这样记下吗？")
    terminal.type(ENTER)
    terminal.wait_for("已受理 → 已上报")
    assert terminal.end() == 0
    assert desk.state(id_) == "已上报"


def test_names_are_clear_on_a_terminal(desk: Desk) -> None:
    terminal = Terminal(desk, "household", "list")
    terminal.wait_for("李桂兰")
    assert terminal.end() == 0


def test_the_morning_page_fits_the_screen_and_begins_with_the_most_urgent(desk: Desk) -> None:
    for day in ("2026-03-02", "2026-03-03"):
        for _ in range(5):
            id_ = desk.take_down()
            desk.do("issue", "accept", id_, "--level", "村", *TRIAGE, "--at", "2026-03-02 08:30")
            desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", f"{day} 17:00", "--at", "2026-03-02 09:00")
    terminal = Terminal(desk, "today", lines=24)
    terminal.wait_for("看全部：lianxin today --all")
    assert terminal.end() == 0
    whole = Terminal(desk, "today", "--all", lines=24)
    whole.wait_for("【已超期（10 件）】")
    whole.wait_for("记录 10 条")
    assert whole.end() == 0


def test_a_visit_is_offered_with_the_household_it_was_paid_to(desk: Desk) -> None:
    terminal = Terminal(desk, "issue", "add")
    terminal.answer(("来源渠道", ENTER), ("来自走访", "李桂"))
    terminal.wait_for("ZF-2026-A0001 2026-03-02 入户 李桂兰 松坪村")
    terminal.type(INTERRUPT)
    assert terminal.end() == 130


def test_a_record_is_asked_for_though_there_is_none_of_its_kind_yet(desk: Desk) -> None:
    terminal = Terminal(desk, "whistle", "add", "--blown", "2026-03-02 09:00", "--by", "镇水利站", "--matter", "渠堵了")
    terminal.answer(("问题：", "1" + ENTER), ("没有编号是「1」的问题", None))
    terminal.type(INTERRUPT)
    assert terminal.end() == 130


@pytest.mark.parametrize(("keys", "said"), [(ENTER, "已接通"), (DOWN + ENTER, "未接通"), (DOWN * 2 + ENTER, "拒评")])
def test_whether_he_was_reached_is_asked_for_and_then_what_he_thinks(desk: Desk, keys: str, said: str) -> None:
    id_ = desk.take_down()
    desk.do("issue", "quick", id_, *TRIAGE, "--done", "掏开了", "--reported", "是")
    terminal = Terminal(desk, "issue", "feedback", id_)
    terminal.answer(("反馈方式：", DOWN + ENTER), ("接通情况：", keys))
    if said == "已接通":
        terminal.answer(("是否解决：", ENTER), ("满意度：", DOWN + ENTER))
    terminal.answer(("就这样记下吗？", ENTER), ("✓", None))
    assert terminal.end() == 0
    verdict = "    是否解决: 解决\n    满意度: 基本满意\n" if said == "已接通" else ""
    assert f"    反馈方式: 电话\n    接通情况: {said}\n{verdict}" in desk.text(id_)
    assert ("满意度" in desk.text(id_)) == bool(verdict)


def test_off_a_terminal_a_talk_without_a_verdict_is_refused(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "quick", id_, *TRIAGE, "--done", "掏开了", "--reported", "是")
    refused = desk.say("issue", "feedback", id_, "--how", "电话")
    assert refused.code == 2
    assert "还缺 --solved 是否解决、--satisfied 满意度" in refused.err
    assert desk.state(id_) == "已办结"


def test_a_unit_of_a_village_is_asked_which(desk: Desk) -> None:
    terminal = Terminal(desk, "org", "add", "--name", "松坪村合作社", "--level", "村")
    terminal.answer(("所在村：", ENTER), ("村一级的，要写所在村", None), ("所在村：", "CUN-A0001" + ENTER), ("✓", None))
    assert terminal.end() == 0
    assert "所在村: CUN-A0001\n" in (desk.root / "orgs/DW-A0003.yaml").read_text(encoding="utf-8")
