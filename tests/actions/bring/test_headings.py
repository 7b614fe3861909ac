"""Which column is which field: by name, nearly, by what stands there; templates are known again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.actions.bring import workbooks
from tests.actions.bring.clerk import Clerk, agree, faults

from lianxin.actions.bring.bring import Brought
from lianxin.actions.bring.lexicon import KINDS
from lianxin.actions.bring.template import template
from lianxin.actions.bring.workbook import Asked, read_workbook
from lianxin.core.error import UsageError
from lianxin.core.sheet import Sheet, letter
from lianxin.kinds import KIND
from lianxin.storage.sheet.reading import read_sheets


@pytest.mark.parametrize("name", KINDS)
def test_a_template_comes_back_as_it_was_meant(clerk: Clerk, founded: Brought, tmp_path: Path, name: str) -> None:
    assert founded.commit
    label = KIND[name].label
    with clerk.workspace().book() as book:
        _, content = template(book, label)
        path = tmp_path / f"{label}.xlsx"
        path.write_bytes(content)
        filled = load_workbook(path)
        made = filled[label]
        width = made.max_column
        for column in range(2, width + 1):
            made.cell(5, column).value = made.cell(4, column).value
        filled.save(path)
        read = read_workbook(book, Asked(path.name, read_sheets(path), kind=label))
        alone = read_workbook(book, Asked(path.name, read_sheets(path)))
    (table,) = read.tables
    assert [line.number for line in table.table.lines] == [5]  # neither the notes nor the example
    assert [one.head.shown for one in table.columns if one.sense is None] == ["序号"]
    assert len(table.paths) == width - 1
    assert not read.skipped
    assert not read.lacking[0]
    assert [one.lexicon.kind.name for one in alone.tables] == [name]
    rules = {cell for rule in made.data_validations.dataValidation for cell in str(rule.sqref).split()}
    chosen = [
        column for column in range(2, width + 1) if any(cell.startswith(f"{letter(column - 1)}5") for cell in rules)
    ]
    assert chosen  # every kind has something to choose from a list


def understood(clerk: Clerk, *rows: Sequence[Any], kind: str = "", name: str = "表") -> dict[str, tuple[str, str]]:
    """What each heading was taken for, and by what."""
    sheet = Sheet(name, [*rows])
    with clerk.workspace().book() as book:
        (table,) = read_workbook(book, Asked("表.xlsx", [sheet], kind=kind)).tables
    return {
        one.head.shown: ("+".join(target.path for target in one.sense.targets), one.sense.how.shown)
        for one in table.columns
        if one.sense
    }


def test_headings_are_known_by_name_nearly_and_by_what_stands_under_them(clerk: Clerk, founded: Brought) -> None:
    assert founded.commit
    found = understood(
        clerk,
        ["当家人", "户主的姓名", "在哪", "联 系 电\n话（必填）", "号", "干部"],
        ["一", "金一", "青石村", "13800000021", "110101199003070134", "张大山"],
        ["二", "金二", "白杨村", "13800000022", "110101199003070150", "李水生、王芳"],
        kind="联系户",
    )
    assert found == {
        "户主的姓名": ("户主", "名称相近"),
        "在哪": ("所属村", "看内容认的"),
        "联系电话（必填）": ("电话", "常见写法"),
        "号": ("身份证号", "看内容认的"),
        "干部": ("联系人", "看内容认的"),
    }


def test_a_table_that_is_a_shipped_ledger_is_read_as_that_ledger_says(clerk: Clerk, founded: Brought) -> None:
    assert founded.commit
    headings = ["序号", "拨付日期", "项目名称", "所属村", "实施单位", "金额", "资金来源", "凭证号"]
    found = understood(clerk, headings, [1, "2026-01-02", "桥", "青石村", "水务站", 5, "村集体", "木1"])
    assert found["资金来源"] == ("拨付.来源", "台账表头")
    assert found["金额"][0] == "拨付.金额"


def test_what_may_be_of_two_kinds_is_asked_about(clerk: Clerk, founded: Brought) -> None:
    assert founded.commit
    rows = [["姓名", "电话", "备注"], ["金一", "13800000031", ""]]
    with (
        clerk.workspace().book() as book,
        pytest.raises(UsageError, match="党员干部、联系户）；请写明：--种类 党员干部"),
    ):
        read_workbook(book, Asked("表.xlsx", [Sheet("名单", rows)]))
    assert understood(clerk, *rows, kind="联系户")["姓名"][0] == "户主"


def test_a_name_that_is_nearly_one_is_asked_about_a_far_one_is_not(
    clerk: Clerk, housed: Brought, tmp_path: Path
) -> None:
    assert housed.commit
    rows = [["户主", "村", "联系人"], ["金三", "青石", "张大川"], ["金四", "石青村", "张小波"]]
    found = clerk.bring(workbooks.saved(tmp_path / "近.xlsx", ("户", rows)), dry_run=True)
    assert [(one.word, [shown.partition(" ")[2] for _, shown in one.choices]) for one in found.namesakes] == [
        ("青石", ["青石村"])
    ]
    agree(faults(found), [(2, "B", "是不是「青石村」"), (2, "C", "没有叫"), (3, "B", "没有叫"), (3, "C", "没有叫")])


def test_people_met_who_are_no_household_are_told_apart_where_she_says_so(
    clerk: Clerk, housed: Brought, tmp_path: Path
) -> None:
    assert housed.commit
    rows = [["日期", "走访人", "村", "见了谁", "走访方式"], ["2026-06-06", "王芳", "青石村", "钱多、冯二", "入户"]]
    path = workbooks.saved(tmp_path / "见.xlsx", ("走访", rows))
    done = clerk.bring(path, told={"见了谁": "走访户+见到的人"})
    assert not faults(done)
    assert clerk.rows("visit", "households, people")[-1] == ('["HU-A0001"]', '["冯二"]')
