from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.reports.township import ROOT, Golden, form, parsed

from lianxin.core.book import Book
from lianxin.core.day.period import parse_period
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Document, Table
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds.issue.state import State
from lianxin.reports.ledger.form import check_form
from lianxin.reports.ledger.ledger import ledger
from lianxin.storage.book import open_book

SHIPPED = sorted(path.stem for path in (ROOT / "templates" / "ledgers").glob("*.yaml"))

CUSTOMARY = [
    *("序号", "编号", "反映时间", "来源渠道", "所属村组", "反映人", "联系电话", "问题描述", "问题性质", "合理性"),
    *("类别", "受理层级", "受理时间", "受理人", "责任部门", "责任人", "办理时限", "工作标准", "办理状态", "办理结果"),
    *("办结时间", "反馈时间", "反馈方式", "是否解决", "满意度", "心得体会", "销号时间", "备注"),
]


def table(document: Document) -> Table:
    found = document.blocks[0]
    assert isinstance(found, Table)
    return found


def column(document: Document, label: str) -> list[object]:
    shown = table(document)
    place = [one.label for one in shown.columns].index(label)
    return [row[place] for row in shown.rows]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_is_faultless_and_prints_what_it_did(book: Book, golden: Golden, name: str) -> None:
    one = form(name)
    assert check_form(one) == []
    assert one.name == name
    golden(f"ledger/{name}", ledger(book, one))


def test_the_issue_ledger_has_the_customary_columns_in_order(book: Book) -> None:
    document = ledger(book, form("问题台账"))
    assert [one.label for one in table(document).columns] == CUSTOMARY
    assert document.landscape


def test_void_issues_are_not_counted_and_rows_keep_their_ids(book: Book) -> None:
    document = ledger(book, form("问题台账"))
    ids = column(document, "编号")
    assert "WT-2026-A0009" not in ids
    assert list(table(document).records) == ids
    assert column(document, "序号") == list(range(1, 9))


def test_corrections_show_in_the_ledger_not_the_first_wording(book: Book) -> None:
    one = parsed("名称: 何时\n种类: 问题\n列: [编号, 何时]\n筛选: [编号=WT-2026-A0001]\n")
    assert column(ledger(book, one), "何时") == ["去年十月起"]


def test_computed_columns_of_a_closed_set_offer_it(book: Book) -> None:
    columns = {one.label: one for one in table(ledger(book, form("问题台账"))).columns}
    assert columns["办理状态"].choices == tuple(State)
    assert columns["满意度"].choices == ("满意", "基本满意", "不满意")
    assert columns["责任人"].choices == ()


def test_private_columns_say_so(book: Book) -> None:
    columns = {one.label: one for one in table(ledger(book, form("问题台账"))).columns}
    assert columns["反映人"].privacy is Privacy.NAME
    assert columns["联系电话"].privacy is Privacy.PHONE
    assert columns["问题描述"].privacy is Privacy.STORY
    assert columns["责任人"].privacy is Privacy.OPEN
    helped = {one.label: one for one in table(ledger(book, form("党员联户台账"))).columns}
    assert helped["帮扶对象"].privacy is Privacy.NAME


def test_names_of_villagers_go_along_for_masking(book: Book) -> None:
    names = ledger(book, form("待办台账")).names
    assert {"阮大山", "阮小溪", "柳三思", "卫春耕"} <= names.people
    assert "邹启明" not in names.people


def test_lights_have_tones(book: Book) -> None:
    document = ledger(book, form("挂账销号台账"))
    light = next(one for one in table(document).columns if one.label == "预警灯")
    assert dict(light.tones)["已逾期"] is Tone.ALARM
    lights = dict(zip(column(document, "编号"), column(document, "预警灯"), strict=True))
    assert lights["WT-2026-A0005"] == "已逾期"
    assert lights["WT-2026-A0004"] == "已逾期"  # not signed for in time
    assert lights["WT-2026-A0006"] == "即将到期"
    assert lights["WT-2026-A0003"] is None


def test_a_period_narrows_and_is_named(book: Book) -> None:
    document = ledger(book, form("问题台账"), period=parse_period("2026-02", book.today))
    assert column(document, "编号") == ["WT-2026-A0002", "WT-2026-A0005"]
    assert document.subtitle == "2026-02（2026-02-01 至 2026-02-28）"
    assert document.provenance is not None
    assert document.provenance.period == document.subtitle


def test_further_filters_narrow_and_are_named(book: Book) -> None:
    document = ledger(book, form("问题台账"), filters=parse_filters(["类别=水利"]))
    assert column(document, "编号") == ["WT-2026-A0001", "WT-2026-A0006"]
    assert document.provenance is not None
    assert document.provenance.filter == "状态!=作废；类别=水利"
    assert document.provenance.records == 2


def test_a_form_without_a_period_field_refuses_a_period(book: Book) -> None:
    with pytest.raises(UsageError, match="期间字段"):
        ledger(book, form("联系户台账"), period=parse_period("2026", book.today))


def test_groups_stand_before_their_rows(book: Book) -> None:
    document = ledger(book, form("待办台账"))
    assert [start for start, _ in table(document).groups] == [0, 1, 2]
    assert {heading for _, heading in table(document).groups} == {
        "石坪村党支部（1 条）",
        "镇交通站（1 条）",
        "镇水务站（1 条）",
    }


def test_money_is_totalled_and_planned_items_line_up(book: Book) -> None:
    document = ledger(book, form("结对台账"))
    assert column(document, "投入资金") == [Decimal("125600.50")]
    totals = table(document).totals
    assert totals[0] == "合计"
    assert totals[[one.label for one in table(document).columns].index("投入资金")] == Decimal("125600.50")
    assert column(document, "共建项目") == ["1. 三组机耕路硬化\n2. 引水渠清淤\n3. 办一期果树嫁接培训"]
    assert column(document, "责任人") == ["1. 裴思远\n2. 邹启明\n3. 未定"]
    assert column(document, "完成时限") == ["1. 2026-06-30\n2. 2026-03-01\n3. 未定"]
    assert column(document, "进展") == ["1. 已放线\n2. 2026-02-27 完成\n3. 未报"]
    assert column(document, "单位类别") == ["涉农"]
    assert column(document, "村情类别") == ["经济薄弱"]
    assert column(document, "起止时间") == ["2026-01-05 至 2026-12-31"]


def test_a_single_planned_item_has_no_number(book: Book) -> None:
    assert column(ledger(book, form("党员联户台账")), "共建项目") == ["联系助学金"]


def test_the_visit_ledger_tells_who_was_seen_and_what_the_leader_wrote(book: Book) -> None:
    document = ledger(book, form("走访台账"))
    assert column(document, "户主") == ["阮大山、阮二山", "柳三思、柳四端"]
    assert column(document, "走访人") == ["汤守成、裴思远", "甘晓岚"]
    assert column(document, "村组") == ["石坪村三组", "柳溪社区"]
    assert column(document, "审阅人") == ["宁为公", None]
    assert column(document, "审阅意见") == ["情况摸得细，盯住不放", None]


def test_columns_derived_of_visits(book: Book) -> None:
    one = parsed("名称: 走访\n种类: 走访\n列: [编号, 问题件数, 帮扶情况, 审阅日期]\n合计: [问题件数]\n排序: [编号]\n")
    document = ledger(book, one)
    assert column(document, "问题件数") == [1, 0]
    assert column(document, "帮扶情况") == ["慰问金 500", None]
    assert table(document).totals == ("合计", 1, None, None)
    assert next(c for c in table(document).columns if c.label == "帮扶情况").privacy is Privacy.INTERNAL


def test_fields_in_one_cell_are_joined_without_repeating(book: Book) -> None:
    one = parsed(
        "名称: 合\n种类: 问题\n列:\n  - 字段: [所属村, 所属组]\n    连接: ·\n    表头: 村组\n    宽: 20\n"
        "  - 字段: [反映人, 联系电话]\n筛选: [编号=WT-2026-A0006]\n"
    )
    document = ledger(book, one)
    assert list(table(document).rows) == [("石坪村·二组", "卫春耕13800010006")]
    first, second = table(document).columns
    assert (first.label, first.width, first.privacy) == ("村组", 20, Privacy.OPEN)
    assert (second.label, second.privacy) == ("反映人联系电话", Privacy.INTERNAL)


def test_the_same_field_twice_has_two_names(book: Book) -> None:
    one = parsed("名称: 双\n种类: 问题\n列: [编号, 编号]\n")
    assert [c.name for c in table(ledger(book, one)).columns] == ["id", "id_2"]


def test_nothing_found_is_said(book: Book) -> None:
    document = ledger(book, form("问题台账"), filters=parse_filters(["类别=没有的"]))
    assert table(document).rows == []
    assert table(document).notes == ()


def test_unreadable_records_are_never_passed_over_in_silence(folder: Path) -> None:
    (folder / "issues" / "2026" / "WT-2026-A0010.yaml").write_text("编号: [\n", "utf-8")
    with open_book(folder, today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9, 0)) as book:
        document = ledger(book, form("问题台账"))
    assert "另有 1 份记录读不出" in table(document).notes[-1]
    assert document.provenance is not None
    assert document.provenance.unreadable == 1


def test_types_follow_the_declarations(book: Book) -> None:
    columns = {one.label: one.type for one in table(ledger(book, form("问题台账"))).columns}
    assert columns["编号"] is FieldType.REF
    assert columns["反映时间"] is FieldType.DAY
    assert columns["责任部门"] is FieldType.TEXT


LIST = """名称: 试
种类: 吹哨
展开: 报到情况
列: [编号, 报到情况.部门, 报到情况.报到时间, 报到情况.应办结期限, 报到情况.延期次数, 报到情况.到场人.职务]
合计: [报到情况.延期次数]
"""


def test_a_list_can_be_laid_out_in_rows_each_of_its_own_types(book: Book) -> None:
    document = ledger(book, parsed(LIST))
    shown = table(document)
    assert shown.rows == [
        ("CS-2026-A0001", "镇水务站", datetime(2026, 2, 26, 14, 10), datetime(2026, 3, 5, 23, 59), 0, "站长"),
        ("CS-2026-A0001", "镇交通站", None, datetime(2026, 3, 11, 23, 59), 0, None),
    ]
    assert shown.records == ["CS-2026-A0001", "CS-2026-A0001"]
    assert [one.type for one in shown.columns][2:5] == [FieldType.MOMENT, FieldType.DEADLINE, FieldType.INTEGER]
    assert shown.totals[4] == 0
    assert shown.notes == ("共 1 条，排成 2 行。",)
    assert document.provenance is not None
    assert document.provenance.records == 1


def test_a_filter_within_the_list_picks_rows(book: Book) -> None:
    shown = table(ledger(book, parsed(LIST + "筛选: [报到情况.状态=已响应]\n")))
    assert [row[1] for row in shown.rows] == ["镇交通站"]


def test_a_record_without_any_part_keeps_its_row(folder: Path) -> None:
    path = folder / "whistles" / "2026" / "CS-2026-A0001.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("事件:")], "utf-8")
    with open_book(folder, today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9, 0)) as opened:
        shown = table(ledger(opened, parsed(LIST)))
    assert shown.rows == [("CS-2026-A0001", None, None, None, None, None)]


def test_the_whistle_list_has_the_customary_columns_in_order(book: Book) -> None:
    assert [one.label for one in table(ledger(book, form("吹哨清单"))).columns] == [
        *("哨号", "吹哨单位", "审批人", "吹哨时间", "事项", "紧急程度", "牵头部门", "报到部门", "应报到时限"),
        *("实际报到时间", "到场人", "处置措施", "办结时限", "办结时间", "评哨", "备注"),
    ]
