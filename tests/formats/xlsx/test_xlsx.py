"""The workbook, reopened with another library."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from tests.formats.demo import HOSTILE, WORDS, charts, document, hostile_table, ledger, ledger_row, small_table

from lianxin.core.document import Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.sanitise import visible
from lianxin.formats.xlsx.sheet_name import SheetNames
from lianxin.formats.xlsx.style import AMOUNT_FORMAT, lines_of
from lianxin.formats.xlsx.table import widths_of


def workbook(made: Document) -> Any:
    output = render(made, "xlsx")
    assert isinstance(output, bytes)
    return openpyxl.load_workbook(io.BytesIO(output))


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_ledger_is_one_sheet_with_title_heading_and_rows() -> None:
    book = workbook(ledger(5))
    assert book.sheetnames == ["问题台账"]
    found = rows(book.active)
    assert found[0][0] == "问题台账"
    assert found[1][0] == "柳塘镇 2026 年 3 月"
    assert found[2][:3] == ["序号", "编号", "反映时间"]
    assert found[3][:4] == [1, "WT-2026-A0001", datetime(2026, 3, 1, 9, 40), "入户走访"]
    assert found[3][4:7] == ["石桥村一组", "张满仓", "13900000000"]
    assert found[3][15] == datetime(2026, 3, 28)
    assert found[8][2] == "注：办理时限按工作日计算。"
    assert str(found[9][2]).endswith(" · 账本记号 0123456789")


def test_every_ledger_value_reads_back() -> None:
    found = rows(workbook(ledger(40)).active)[3:43]
    wanted = [list(ledger_row(n)) for n in range(40)]
    for row in wanted:
        row[15] = datetime(2026, 3, 28)
    assert found == wanted


def test_the_title_stands_over_the_first_of_two_sheets_of_paper() -> None:
    made = ledger(5)
    sheet = workbook(made).active
    title = next(one for one in sheet.merged_cells.ranges if one.min_row == 1)
    (table,) = made.blocks
    assert isinstance(table, Table)
    widths = widths_of(table)
    assert sum(widths[: title.max_col]) <= sum(widths) / 2 < sum(widths[: title.max_col + 1])
    large = workbook(replace(ledger(5), large=True)).active
    assert next(one for one in large.merged_cells.ranges if one.min_row == 1).max_col == 27


def test_the_sheet_is_ready_to_print() -> None:
    sheet = workbook(ledger(5)).active
    assert sheet.page_setup.orientation == "landscape"
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth) == ("9", 2)  # 27 columns go on over two A4
    assert sheet.print_title_cols == "$A:$B"
    large = workbook(replace(ledger(5), large=True)).active
    assert (str(large.page_setup.paperSize), large.page_setup.fitToWidth) == (
        "8",
        None,
    )  # or are read on A3; one page wide is not written
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:AA8"
    assert "&P" in str(sheet.oddFooter.center.text)
    assert {"A1:K1", "C9:K9"} <= {str(area) for area in sheet.merged_cells.ranges}


def test_hostile_text_stays_text() -> None:
    sheet = workbook(Document("怪", (hostile_table(),))).active
    found = rows(sheet)[3:]
    assert [row[1] for row in found] == [visible(text) for text in HOSTILE]
    assert [row[2] for row in found] == [visible(f"前 {text} 后") for text in HOSTILE]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


def test_no_part_of_the_file_holds_a_formula_but_sums_of_its_own_or_a_link() -> None:
    output = render(Document("怪", (hostile_table(), small_table())), "xlsx")
    assert isinstance(output, bytes)
    with zipfile.ZipFile(io.BytesIO(output)) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name)
    formulas = re.findall(r"<f>(.*?)</f>", sheets)
    assert [one for one in formulas if not re.fullmatch(r"SUBTOTAL\(9,[A-Z]+\d+:[A-Z]+\d+\)", one)] == []
    assert "hyperlink" not in sheets


def test_phones_and_ids_are_text_amounts_are_numbers() -> None:
    table = Table(
        (
            Column("电话", "phone", FieldType.PHONE),
            Column("编码", "code"),
            Column("金额", "money", FieldType.AMOUNT),
            Column("日期", "day", FieldType.DAY),
        ),
        [("05718650123", "0138", Decimal("1280000.50"), "2026-03-02"), ("13900001234", "110101199001011234", 3, None)],
    )
    sheet = workbook(Document("题", (table,))).active
    first = next(sheet.iter_rows(min_row=3, max_row=3))
    assert [cell.value for cell in first] == ["05718650123", "0138", 1280000.5, datetime(2026, 3, 2)]
    assert [cell.number_format for cell in first] == ["@", "@", AMOUNT_FORMAT, "yyyy-mm-dd"]
    assert rows(sheet)[3][1] == "110101199001011234"


@pytest.mark.parametrize("value", ["—", "（内部）"])
def test_text_in_a_number_column_stays(value: str) -> None:
    table = Table((Column("件数", "n", FieldType.INTEGER), Column("日", "d", FieldType.DAY)), [(value, value)])
    assert rows(workbook(Document("题", (table,))).active)[2] == [value, value]


def test_each_table_has_its_sheet_and_the_rest_a_first_one() -> None:
    book = workbook(document())
    drawn = [one.title for one in charts()]
    assert book.sheetnames == ["说明", "表一 承办单位排名", "表二 <b>怪字< b> b x b", *drawn, "表三 问题台账"]
    first = "\n".join(str(row[0]) for row in rows(book["说明"]) if row[0])
    for text in ("一、基本情况", "目录", WORDS, "反映人", "见工作表「表一 承办单位排名」", "另有 2 条记录读不出来"):
        assert text in first


def test_pairs_are_typed() -> None:
    made = Document(
        "题",
        (
            Paragraph("文"),
            KeyValues(
                (
                    Pair("期限", datetime(2026, 3, 9, 23, 59), "due", FieldType.DEADLINE),
                    Pair("费用", Decimal("12.5"), "cost", FieldType.AMOUNT),
                    Pair("电话", "13900001234", "phone", FieldType.PHONE),
                )
            ),
        ),
    )
    found = {row[0]: row[1] for row in rows(workbook(made).active) if row[0]}
    assert found["期限"] == datetime(2026, 3, 9)
    assert found["费用"] == 12.5
    assert found["电话"] == "13900001234"


def test_groups_and_totals() -> None:
    document = Document("题", (small_table(),))
    found = rows(workbook(document).active)
    assert [row[0] for row in found][:3] == ["题", "表一 承办单位排名", "序号"]
    assert found[3][0] == "镇直部门"
    assert found[6][0] == "其他"
    assert found[8][1:5] == [
        "合计",
        "=SUBTOTAL(9,C4:C8)",
        "93.1%",
        "=SUBTOTAL(9,E4:E8)",
    ]  # what is filtered is left out
    kept = openpyxl.load_workbook(io.BytesIO(bytes(render(document, "xlsx"))), data_only=True).active  # type: ignore[arg-type]
    assert rows(kept)[8][1:5] == ["合计", 22, "93.1%", 1320200.5]


def test_rows_are_high_enough_for_wrapped_chinese() -> None:
    made = ledger(12)
    sheet = workbook(made).active
    for n in range(12):
        height = sheet.row_dimensions[4 + n].height or 15
        width = sheet.column_dimensions["H"].width
        assert height >= lines_of(str(ledger_row(n)[7]), width) * 13


def test_long_text_is_whole_and_not_text_formatted() -> None:
    table = Table((Column("长文", "a", FieldType.STORY),), [(WORDS * 20,)])
    cell = workbook(Document("题", (table,))).active["A3"]
    assert cell.value == WORDS * 20
    assert cell.number_format == "General"


def test_sheet_names_are_lawful_and_unique() -> None:
    names = SheetNames()
    taken = [
        names.take(wished) for wished in ("表[1]:*?/\\", "表 1", "", "", "History", "长" * 40, "长" * 40, "'引'", "Ａ")
    ]
    assert taken[0] == "表 1"
    assert len({name.lower() for name in taken}) == len(taken)
    assert max(map(len, taken)) <= 31
    assert not [name for name in taken if set(name) & set("[]:*?/\\'") or name.lower() == "history"]


def test_it_was_made_in_the_minute_it_was_made_for() -> None:
    properties = workbook(ledger(1)).properties
    assert properties.created == datetime(2026, 3, 30, 16)  # of the world; midnight of the 31st in China
    assert properties.title == "问题台账"


def test_a_heading_names_the_sheet_of_a_table_without_caption() -> None:
    table = Table((Column("列", "a"),), [("一",)])
    made = Document("题", (Heading("新增"), table, Heading("推进中"), table))
    assert workbook(made).sheetnames == ["说明", "新增", "推进中"]
