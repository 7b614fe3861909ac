"""A ledger goes out to a department and comes back: well filled in it becomes steps, spoiled it is told and left."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.actions.back.office import Department, Office, filled, rows_of

from lianxin.core.sheet import letter

OPEN = "状态!=已销号,作废"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.sample(tmp_path_factory.mktemp("样例") / "台账")


@pytest.fixture
def office(sample: Office, tmp_path: Path) -> Office:
    return sample.copied(tmp_path / "台账")


def test_what_a_department_fills_in_becomes_steps(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "填.xlsx", "问题台账", OPEN)

    def fill(department: Department) -> None:
        department.fill("WT-2026-A0066", "办理结果", "刹车片换了新的，试跑两天没有问题")
        department.fill("WT-2026-A0066", "办结时间", "2026-11-30")
        department.fill("WT-2026-A0066", "责任人", "卢安")
        department.fill("WT-2026-A0056", "本次进展", "两家已经坐到一起谈过一次")
        department.fill("WT-2026-A0050", "反馈方式", "电话")
        department.fill("WT-2026-A0050", "反馈时间", "2026-11-28")
        department.fill("WT-2026-A0050", "是否解决", "已解决")
        department.fill("WT-2026-A0050", "满意度", "满意")
        department.fill("WT-2026-A0042", "备注", "村里也派了人")

    filled(path, fill)
    before = {id_: office.events(id_) for id_ in ("WT-2026-A0066", "WT-2026-A0056", "WT-2026-A0050", "WT-2026-A0042")}
    done = office.take(path)
    assert (done.refused, done.found.troubles) == ([], [])
    fresh = {id_: office.events(id_)[len(events) :] for id_, events in before.items()}
    told = {id_: [one.step for one in events] for id_, events in fresh.items()}
    assert told == {
        "WT-2026-A0066": ["签收", "办结"],
        "WT-2026-A0056": ["进展"],
        "WT-2026-A0050": ["反馈"],
        "WT-2026-A0042": ["更正"],
    }
    signed, resolved = fresh["WT-2026-A0066"]
    assert (str(resolved.at.date()), resolved.result) == ("2026-11-30", "刹车片换了新的，试跑两天没有问题")
    assert (signed.person, signed.at <= resolved.at) == ("RY-A0014", True)
    assert "岫水镇平安法治办公室回填" in resolved.note
    assert "签收" in signed.note
    (answer,) = fresh["WT-2026-A0050"]
    assert (answer.how.value, answer.solved.value, answer.satisfied.value) == ("电话", "解决", "满意")
    (amended,) = fresh["WT-2026-A0042"]
    assert (amended.field, amended.value, amended.why) == ("备注", "村里也派了人", "岫水镇平安法治办公室回填的表")

    head = office.head()
    again = office.take(path)
    assert (again.commit, again.found.told, again.found.same, office.head()) == ("", [], 9, head)


def test_twelve_spoiled_things_are_each_named_and_left(office: Office, tmp_path: Path) -> None:
    path = office.send(tmp_path / "填.xlsx", "问题台账", OPEN)
    other = Department(office.send(tmp_path / "别的.xlsx", "问题台账", "状态=已销号", "责任部门=岫水供电所"))
    department = Department(path)
    sheet, fill, at = department.sheet, department.fill, department.row
    sheet.delete_rows(at("WT-2026-A0049"))
    fill("WT-2026-A0043", "本次进展", "水源找到了两处")  # all else is spoiled
    fill("WT-2026-A0060", "办理结果", "粪水池加了盖")
    fill("WT-2026-A0052", "反馈方式", "电话")
    places = {
        fill("WT-2026-A0056", "类别", "治安"): "这一栏不能改",
        fill("WT-2026-A0061", "办理状态", "已办结"): "这一栏不能改",
        fill("WT-2026-A0052", "是否解决", "差不多"): "没有「差不多」",
        fill("WT-2026-A0060", "办结时间", "11月底"): "不是日期",
        fill("WT-2026-A0051", "联系电话", 1.39e15): "被 Excel 改成了数",
        fill("WT-2026-A0053", "责任人", "查无此人"): "没有叫「查无此人」的党员干部",
        fill("WT-2026-A0068", "办结时间", "2026-12-31"): "还没到",
    }
    low = at("WT-2026-A0068")
    column = department.column("本次进展")
    fill("WT-2026-A0061", "本次进展", "两件一起办的")
    sheet.merge_cells(start_row=low - 1, end_row=low, start_column=column, end_column=column)
    twice = at("WT-2026-A0044")
    sheet.append(department.cells(twice))
    again = sheet.max_row
    fill("WT-2026-A0044", "本次进展", "改了这一行")
    sheet.append([None, None, "2026-11-25", "微信"])
    sheet.append(rows_of(other)[0])
    sheet.cell(twice, sheet.max_column + 1).value = "站长看过"
    places |= {
        f"第 {twice} 行": "写的不一样，都没有收",
        f"第 {again} 行": "写的不一样，都没有收",
        f"第 {again + 1} 行": "不是发出去的",
        f"第 {again + 2} 行": "不在这次发出去的行里",
        f"第 {low} 行 {letter(column - 1)} 列「本次进展」": "合并了",
        "第 1 行": "少了 WT-2026-A0049",
    }
    department.done()

    done = office.take(path)
    troubles = [*done.found.troubles, *done.refused]
    for place, words in places.items():
        assert [one.place for one in troubles if words in one.said and one.place == place] == [place], (place, troubles)
    extra = [one.said for one in troubles if one.place not in places]
    assert len(extra) == 1
    assert "多出来的一栏" in extra[0]
    assert {id_: [one.label for one in cells] for id_, cells in done.taken.items()} == {
        "WT-2026-A0043": ["本次进展"],
        "WT-2026-A0060": ["办理结果"],
        "WT-2026-A0061": ["本次进展"],
    }
