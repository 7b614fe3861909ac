"""What a ledger's sheet has beyond its cells: headings in two rows, drop-downs, a sheet each for a set."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
from msgspec.structs import replace
from tests.formats.demo import ledger, small_table
from tests.formats.paper.test_heading import TABLE

from lianxin.core.document import Column, Document, Table
from lianxin.core.value import FieldType
from lianxin.formats import render

#: What a lying A4 holds between its margins at full size, in widths of columns; the smallest type on paper.
_ON_A4, _SMALLEST = 144, 7.5


def workbook(made: Document) -> Any:
    output = render(made, "xlsx")
    assert isinstance(output, bytes)
    return openpyxl.load_workbook(io.BytesIO(output))


def test_headings_in_two_rows_are_merged_repeated_and_kept_in_view() -> None:
    sheet = workbook(Document("项目台账", (TABLE,))).active
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"} <= merged
    assert [cell.value for cell in sheet[2]] == ["村", "投入", None, "村/社区", "问题性质(个性/共性)", "备注"]
    assert [cell.value for cell in sheet[3]] == [None, "资金", "物资", None, None, None]
    assert [cell.value for cell in sheet[4]] == list("甲乙丙丁戊己")
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$2:$3"
    assert sheet.auto_filter.ref == "A3:F5"


def test_enumerated_columns_offer_their_values() -> None:
    columns = (
        Column("村", "village"),
        Column("满意度", "satisfied", FieldType.CHOICE, choices=("满意", "基本满意", "不满意")),
        Column("长", "long", FieldType.CHOICE, choices=tuple(f"很长的一个值{n}" for n in range(60))),
    )
    sheet = workbook(Document("台账", (Table(columns, [("石桥村", "满意", "别的"), ("柳塘村", None, None)]),))).active
    (offered,) = sheet.data_validations.dataValidation
    assert str(offered.sqref) == "B3:B4"
    assert offered.formula1 == '"满意,基本满意,不满意"'
    assert offered.errorStyle == "warning"


def test_an_empty_table_offers_nothing() -> None:
    columns = (Column("满意度", "satisfied", FieldType.CHOICE, choices=("满意",)),)
    assert not workbook(Document("台账", (Table(columns, []),))).active.data_validations.dataValidation


def test_a_ledger_says_whose_it_is_of_which_day_and_in_what_its_sums_are() -> None:
    made = replace(ledger(2), office="柳塘镇党建办")
    table = made.blocks[0]
    assert isinstance(table, Table)
    sheet = workbook(replace(made, blocks=(replace(table, unit="元"),))).active
    assert sheet["C3"].value == "填报单位：柳塘镇党建办　　填报日期：2026年3月31日　　单位：元"
    assert sheet["A4"].value == "序号"
    assert workbook(ledger(2)).active["A3"].value == "序号"


def test_many_ledgers_begin_with_a_sheet_that_leads_to_each() -> None:
    tables = tuple(replace(small_table(), caption=name) for name in ("问题台账", "走访台账", "结对台账"))
    book = workbook(Document("台账汇总", tables))
    assert book.sheetnames == ["目录", "问题台账", "走访台账", "结对台账"]
    links = [cell.hyperlink.location for row in book["目录"].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in ("问题台账", "走访台账", "结对台账")]


def test_a_workbook_names_no_other_program() -> None:
    made = render(ledger(2), "xlsx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        told = parts.read("docProps/app.xml").decode()
        assert not [name for name in parts.namelist() if "thumbnail" in name]
        own = parts.read("docProps/custom.xml").decode()
    assert "<Application>连心</Application>" in told
    assert "Microsoft" not in told
    assert 'name="账本记号"' in own
    assert 'name="lianxin' not in own


def test_a_ledger_over_two_sheets_gives_its_long_texts_the_most_and_prints_nothing_too_small() -> None:
    sheet = workbook(replace(ledger(40), office="柳塘镇党建办")).active
    heads = [cell.value for cell in sheet[4]]
    dimensions = sheet.column_dimensions.values()  # one for all columns in a row that are alike
    wide = {n: one.width for one in dimensions for n in range(one.min, one.max + 1)}
    widths = {name: wide[n] for n, name in enumerate(heads, 1)}
    assert max(widths, key=lambda name: widths[name]) == "问题描述"
    assert widths["问题描述"] >= 2 * widths["反映人"]
    paper = 2 * _ON_A4 - sum(widths[name] for name in heads[:2])  # the second sheet repeats 序号 and 编号
    assert sum(widths.values()) * _SMALLEST / 10 <= paper + 1
    repeated = {cell.column for row in sheet.iter_rows(min_row=2, max_col=2) for cell in row if "：" in str(cell.value)}
    assert not repeated  # what stands over and under a ledger would be cut off on the second sheet


def test_a_group_is_headed_in_one_line_over_its_columns() -> None:
    table = replace(small_table(), groups=((0, "栖梧县自然资源和村镇建设办公室（1 条）"),))
    sheet = workbook(Document("待办台账", (table,))).active
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("栖梧县"))
    assert row[0].value == "栖梧县自然资源和村镇建设办公室（1条）"
    assert [cell.border.left.style for cell in row[1:]] == [None] * (len(row) - 1)
    assert row[-1].border.right.style == "thin"
    assert not row[0].alignment.wrap_text


def test_names_that_fill_their_column_make_no_row_two_lines_high() -> None:
    columns = (Column("单位", "unit"), Column("上级单位", "over"))
    rows = [(f"中共柳塘镇委员会{'一二三四五'[n]}", "中共柳塘镇委员会") for n in range(5)]
    sheet = workbook(Document("名册", (Table(columns, rows),))).active
    assert all((sheet.row_dimensions[n].height or 0) < 20 for n in range(3, 8))
