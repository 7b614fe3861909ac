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
    assert sheet["A3"].value == "填报单位：柳塘镇党建办　　填报日期：2026年3月31日　　单位：元"
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
