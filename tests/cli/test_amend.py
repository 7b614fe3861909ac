"""Corrections at the command line: what would not hold is refused before anything is written."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk

ID = "WT-2026-A0001"


def acceptance(desk: Desk) -> str:
    """The id of the one event there is."""
    return desk.text(ID).rsplit("- 编号: ", 1)[1].split()[0].strip('"')


def amend(desk: Desk, field: str, value: str, *more: str) -> tuple[int, str]:
    said = desk.say("issue", "amend", ID, "--field", field, "--value", value, "--why", "写错了", *more)
    return said.code, said.err


def test_a_fact_in_the_future_is_refused_and_nothing_is_written(taken: Desk) -> None:
    before, head = taken.text(ID), taken.git("rev-parse", "HEAD")
    assert amend(taken, "反映时间", "2026-12-01") == (3, "反映时间 2026-12-01 在将来\n")
    said = taken.say("issue", "edit", ID, "--raised", "2026-12-01", "--why", "写错了")
    assert (said.code, said.err) == (3, "反映时间 2026-12-01 在将来\n")
    assert amend(taken, "时间", "2026-11-30 09:00", "--event", acceptance(taken)) == (
        3,
        "时间 2026-11-30 09:00 在将来\n",
    )
    assert (taken.text(ID), taken.git("rev-parse", "HEAD")) == (before, head)


def test_a_correction_that_is_not_applied_is_told_and_later_ones_are_applied(taken: Desk) -> None:
    path = taken.root / "issues" / "2026" / f"{ID}.yaml"
    wrong = (
        "  - 编号: zz1\n    步骤: 更正\n    时间: 2026-03-05 10:00\n    记录时间: 2026-03-05 10:00\n"
        "    经办人: RY-A0001\n    字段: 反映时间\n    新值: 2026-12-01\n    理由: 写错了\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    taken.git("commit", "-qam", "手工写的更正")
    assert amend(taken, "事由", "二组的渠堵了") == (0, "")
    said = taken.say("check")
    assert (said.code, "反映时间 2026-12-01 在将来" in said.out) == (1, True)
    assert "二组的渠堵了" in taken.do("show", ID).out


def test_a_new_value_is_read_like_its_field(taken: Desk) -> None:
    taken.do("village", "add", "--name", "竹园村", "--town", "云岭镇")
    event = acceptance(taken)
    assert amend(taken, "所属村", "竹园村") == (0, "")
    assert amend(taken, "反映时间", "前天") == (0, "")
    assert amend(taken, "紧急程度", "特", "--event", event) == (0, "")
    text = taken.text(ID).replace("'", "").replace('"', "")
    assert ("新值: CUN-A0002" in text, "新值: 2026-03-04" in text, "新值: 特急" in text) == (True, True, True)
    assert "没有问题" in taken.do("check").out


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("所属村", "CUN-A9999", "没有编号是「CUN-A9999」的村"),
        ("来自走访", "ZF-2026-A9999", "没有编号是「ZF-2026-A9999」的走访"),
        ("匿名", "是", "写了匿名，又写了反映人"),
        ("反映时间", "2026-03-07", "反映时间 2026-03-07 在将来"),
        ("来源渠道", "飞鸽", "来源渠道没有「飞鸽」"),
    ],
)
def test_what_add_refuses_a_correction_refuses(taken: Desk, field: str, value: str, told: str) -> None:
    before, head = taken.text(ID), taken.git("rev-parse", "HEAD")
    code, said = amend(taken, field, value)
    assert (code in (2, 3), told in said) == (True, True), said
    assert (taken.text(ID), taken.git("rev-parse", "HEAD")) == (before, head)


def test_what_a_step_refuses_its_correction_refuses(taken: Desk) -> None:
    taken.do("issue", "assign", ID, "--dept", "镇水利站", "--at", "2026-03-05 10:00")
    assigned = acceptance(taken)
    first = taken.text(ID).split("- 编号: ", 1)[1].split()[0].strip('"')
    head = taken.git("rev-parse", "HEAD")
    for event, field, value, told in (
        (assigned, "责任部门", "DW-A9999", "没有编号是「DW-A9999」的单位"),
        (assigned, "责任人", "RY-A9999", "没有编号是「RY-A9999」的党员干部"),
        (first, "类别", "没有", "没有「没有」这个类别"),
    ):
        code, said = amend(taken, field, value, "--event", event)
        assert (code in (2, 3), told in said) == (True, True), said
    assert taken.git("rev-parse", "HEAD") == head
    assert amend(taken, "责任人", "石勇", "--event", assigned) == (0, "")
    assert "新值: RY-A0002" in taken.text(ID)


def test_a_name_is_taken_out_before_the_record_becomes_anonymous(taken: Desk) -> None:
    taken.do("issue", "amend", ID, "--field", "反映人", "--why", "不愿留名")
    taken.do("issue", "amend", ID, "--field", "联系电话", "--why", "不愿留名")
    assert amend(taken, "匿名", "是") == (0, "")
    assert "没有问题" in taken.do("check").out


def test_fields_that_must_agree_are_edited_together(taken: Desk) -> None:
    taken.do("issue", "edit", ID, "--anonymous", "是", "--reporter", "-", "--phone", "-", "--why", "不愿留名")
    assert taken.text(ID).count("步骤: 更正") == 3
    assert "没有问题" in taken.do("check").out
    said = taken.say("issue", "edit", ID, "--reporter", "李桂兰", "--why", "写错了")
    assert (said.code, "写了匿名，又写了反映人；请先更正" in said.err) == (3, True)


def test_so_are_a_village_and_its_group(taken: Desk) -> None:
    taken.do("village", "add", "--name", "柏坪村", "--town", "云岭镇", "--groups", "坎上组")
    taken.do("issue", "edit", ID, "--village", "柏坪村", "--group", "坎上组", "--why", "记错了村")
    assert "没有问题" in taken.do("check").out
    assert taken.say("issue", "edit", ID, "--group", "一组", "--why", "写错了").code == 2


def test_a_step_is_corrected_by_its_place_and_no_page_shows_its_id(taken: Desk) -> None:
    event = acceptance(taken)
    assert amend(taken, "紧急程度", "特急", "--event", "第3步") == (2, f"{ID} 没有第 3 步，共 1 步\n")
    assert amend(taken, "紧急程度", "特急", "--event", "1") == (0, "")
    assert f"事件编号: {event}" in taken.text(ID)
    for words in (("show", ID), ("log", ID), ("handbook", ID)):
        said = taken.do(*words).out
        assert event not in said
        assert "第 1 步" in said
