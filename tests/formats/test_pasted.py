"""Tables to be pasted elsewhere: they stand in columns, keep what is written, and the data is no markup."""

from __future__ import annotations

import csv
import io

import pytest
from tests.formats.demo import HOSTILE, hostile_table
from wcwidth import wcswidth

from lianxin.core.document import Column, Document, Table
from lianxin.core.look import LOOKS
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.sanitise import from_csv, visible

PASTED = [look.name for look in LOOKS if look.module == "pasted"]

#: What digits, dashes and Chinese make of themselves in a table.
TABLE = Table(
    (Column("编号", "id"), Column("事由", "summary"), Column("件数", "count", FieldType.INTEGER)),
    [("0138", "路灯", 3), ("1_000", "一组的渠堵了，水下不去", 12), ("3-4", "", 0)],
    totals=("合计", "", 15),
    notes=("甲",),
)


def pasted(table: Table, name: str) -> str:
    made = render(Document("题", (table,)), name)
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("name", PASTED)
def test_numbers_and_ids_stand_as_they_are(name: str) -> None:
    made = pasted(TABLE, name).replace("\\", "")
    assert [
        text for text in ("0138", "1_000", "3-4", "一组的渠堵了，水下不去", "15", "注：甲") if text not in made
    ] == []


@pytest.mark.parametrize("name", ["github", "grid", "orgtbl"])
def test_columns_stand_under_each_other_with_chinese_in_them(name: str) -> None:
    lines = [line for line in pasted(TABLE, name).splitlines() if line.startswith(("|", "+"))]
    assert len(lines) >= 6
    assert len({wcswidth(line) for line in lines}) == 1


def test_what_is_pasted_into_a_sheet_reads_back() -> None:
    made = io.StringIO(pasted(hostile_table(), "tsv"))
    rows = [row for row in csv.reader(made, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 1]
    wanted = [visible(text).replace("\n", " ") for text in HOSTILE]
    assert [from_csv(row[1]) for row in rows[1 : len(HOSTILE) + 1]] == wanted


def test_no_data_opens_a_column_of_its_own() -> None:
    table = Table((Column("甲", "a"), Column("乙", "b")), [("一|二", "三")])
    for name, column, quoted in (("github", "|", "\\|"), ("jira", "|", "\\|"), ("orgtbl", "|", "\\vert{}")):
        row = next(line for line in pasted(table, name).splitlines() if "三" in line)
        assert quoted in row
        assert row.replace(quoted, "").count(column) == 3
    assert "&#124;" in pasted(table, "mediawiki")
