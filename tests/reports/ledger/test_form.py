from __future__ import annotations

import pytest
from pydantic_core import ValidationError
from tests.reports.township import parsed

from lianxin.kinds import kind_named
from lianxin.reports.ledger.form import check_form

HEAD = "名称: 试\n种类: 问题\n"


@pytest.mark.parametrize(
    ("text", "code", "loc", "words"),
    [
        ("名称: 试\n种类: 问提\n列: [编号]\n", "P020", ("种类",), "是不是「问题」"),
        (HEAD + "列: [编号, 责任部分]\n", "P021", ("列", 1, "字段"), "「责任部门」"),
        (HEAD + "列:\n  - 字段: [所属村, 所属主]\n", "P021", ("列", 0, "字段", 1), "「所属组」"),
        (HEAD + "列: [责任部门.类型]\n", "P021", ("列", 0, "字段"), "责任部门.类型"),
        (HEAD + "列: [事由.类别]\n", "P021", ("列", 0, "字段"), "不指向别的记录"),
        (HEAD + "列: [编号]\n筛选: [状态]\n", "P022", ("筛选", 0), "看不懂筛选条件"),
        (HEAD + "列: [编号]\n筛选: [状太=作废]\n", "P021", ("筛选", 0), "「状态」"),
        (HEAD + "列: [编号]\n排序: [-登记时见]\n", "P021", ("排序", 0), "「登记时间」"),
        (HEAD + "列: [编号]\n分组: 反映人\n", "P023", ("分组",), "个人信息"),
        (HEAD + "列: [编号]\n分组: 反应人\n", "P021", ("分组",), "「反映人」"),
        (HEAD + "列: [编号, 事由]\n合计: [事由]\n", "P023", ("合计", 0), "不是数目"),
        (HEAD + "列: [编号]\n合计: [费用]\n", "P021", ("合计", 0), "不在本表"),
        (HEAD + "列: [编号]\n期间字段: 事由\n", "P023", ("期间字段",), "反映时间"),
        (HEAD + "列: [编号]\n期间字段: 反应时间\n", "P021", ("期间字段",), "「反映时间」"),
        (HEAD + "列: []\n", "P023", ("列",), "一栏也没有"),
        ("名称: 试\n种类: 结对\n列: [共建计划]\n", "P023", ("列", 0, "字段"), "一组明细"),
        ("名称: 试\n种类: 吹哨\n列: [报到情况.部们]\n展开: 报到情况\n", "P021", ("列", 0, "字段"), "「部门」"),
        ("名称: 试\n种类: 吹哨\n列: [编号]\n展开: 报到情形\n", "P021", ("展开",), "「报到情况」"),
        ("名称: 试\n种类: 吹哨\n列: [编号]\n展开: 事项\n", "P023", ("展开",), "不是清单"),
        ("名称: 试\n种类: 吹哨\n列: [应报到数]\n展开: 报到情况\n合计: [应报到数]\n", "P023", ("合计", 0), "重复合计"),
    ],
)
def test_a_faulty_form_is_told_where_and_what_was_meant(
    text: str, code: str, loc: tuple[str | int, ...], words: str
) -> None:
    (fault,) = check_form(parsed(text))
    assert (fault.code, fault.loc) == (code, loc)
    assert words in fault.message


def test_unknown_keys_are_refused_like_those_of_any_record() -> None:
    with pytest.raises(ValidationError, match="列宽"):
        parsed(HEAD + "列:\n  - 字段: 编号\n    列宽: 10\n")


def test_plain_strings_stand_for_lists_and_columns() -> None:
    form = parsed(HEAD + "列: [编号]\n筛选: 状态=待研判\n排序: 编号\n合计: 费用\n")
    assert form.columns[0].fields == ("编号",)
    assert (form.filters, form.sort, form.totals) == (("状态=待研判",), ("编号",), ("费用",))


def test_a_kind_goes_by_either_name() -> None:
    assert kind_named("问题") is kind_named("issue")
    assert kind_named("没有") is None


def test_the_digest_changes_with_the_form() -> None:
    one, same, other = (parsed(HEAD + f"列: [编号]\n横向: {flag}\n") for flag in ("是", "是", "否"))
    assert one.digest == same.digest
    assert one.digest != other.digest
