"""Markdown, CSV and JSON, read back by other readers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace
from tests.formats.demo import HOSTILE, document, hostile_table, ledger, small_table

from lianxin.core.document import Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.look import APART
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.sanitise import from_csv, visible


def rendered(made: Document, name: str) -> str:
    output = render(made, name)
    assert isinstance(output, str)
    return output


def markdown_cells(text: str) -> list[list[str]]:
    """Every table row of a Markdown text as a GitHub-like parser reads it."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and token.level >= 4 and rows:
            parts = []
            for child in token.children or ():
                if child.type == "html_inline":
                    assert child.content == "<br>"
                    parts.append("\n")
                else:
                    assert child.type in ("text", "text_special"), child.type
                    parts.append(child.content)
            rows[-1].append("".join(parts))
    return rows


def test_markdown_reads_back_hostile_text() -> None:
    rows = markdown_cells(rendered(Document("怪", (hostile_table(),)), "md"))[1:]
    # The parser trims blanks at a cell's edges, as GitHub does.
    assert [row[1] for row in rows] == [visible(text).strip() for text in HOSTILE]
    assert [row[2] for row in rows] == [f"前 {visible(text)} 后" for text in HOSTILE]


def test_markdown_has_no_markup_from_data() -> None:
    text = rendered(document(), "md")
    assert "<script" not in text
    assert "<img" not in text
    assert "- [一、基本情况](#b3)" in text
    assert '<a id="b3"></a>' in text


def read_csv(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:].partition(APART)[0], newline="")))


def test_a_ledger_csv_starts_with_its_headings() -> None:
    made = ledger(3)
    rows = read_csv(rendered(made, "csv"))
    table = made.blocks[0]
    assert isinstance(table, Table)
    assert rows[0] == [column.label for column in table.columns]
    assert rows[1][:3] == ["1", "WT-2026-A0001", "2026-03-01 09:40"]
    assert rows[1][6] == "13900000000"
    assert rows[1][15] == "2026-03-28"
    assert {len(row) for row in rows} == {27}


def test_the_csv_of_a_ledger_is_its_records_and_nothing_else() -> None:
    table = replace(small_table(), groups=((0, "镇直部门（2 件）"), (2, "其他（1 件）")))
    text = rendered(Document("单位台账", (table,)), "csv")
    rows, _, told = text.partition(APART)
    assert [row[:3] for row in csv.reader(io.StringIO(rows[1:], newline=""))] == [
        ["分组", "序号", "承办单位"],
        ["镇直部门", "1", "规划建设办"],
        ["镇直部门", "2", "农业农村办"],
        ["其他", "3", "党政综合办"],
    ]
    assert rows.endswith("\r\n")
    assert told.splitlines() == [
        *("单位台账", "表一 承办单位排名", "合计：受理量 22，按期办结率 93.1%，慰问金 1320200.50"),
        *(f"注：{note}" for note in small_table().notes),
    ]


def test_a_page_as_csv_ends_with_its_last_record() -> None:
    made = Document(
        "月报", (Heading("一、情况"), replace(small_table(), totals=(), notes=("口径。",)), Paragraph("以上。"))
    )
    rows, _, told = rendered(made, "csv").partition(APART)
    assert rows.splitlines()[-1].startswith("3,")
    assert told.splitlines() == ["注：口径。", "以上。"]


def test_csv_reads_back_hostile_text() -> None:
    rows = read_csv(rendered(Document("怪", (hostile_table(),)), "csv"))[1:]
    assert [from_csv(row[1]) for row in rows] == [visible(text) for text in HOSTILE]


def test_csv_line_ends_are_crlf_and_numbers_plain() -> None:
    text = rendered(Document("题", (small_table(),)), "csv")
    assert "\r\n" in text
    assert ",1280000.50," in text


def test_json_is_an_envelope_of_typed_values() -> None:
    whole: dict[str, Any] = json.loads(rendered(document(), "json"))
    assert list(whole) == ["schema", "commit", "as_of", "data"]
    assert whole["schema"] == "lianxin/demo/1"
    assert whole["as_of"] == "2026-03-31"
    table = next(block for block in whole["data"]["blocks"] if block["type"] == "table")
    assert table["rows"][1] == {
        "no": 2,
        "dept": "农业农村办",
        "taken": 7,
        "rate": "—",
        "money": 1280000.5,
        "due": "2026-03-02T12:00",
        "light": "已逾期",
        "note": None,
    }
    assert table["rows"][0]["due"] == "2026-03-02"
    assert table["totals"]["money"] == 1320200.5
    assert table["groups"] == [{"first": 0, "label": "镇直部门"}, {"first": 2, "label": "其他"}]


def test_json_keeps_hostile_text_and_stays_harmless() -> None:
    text = rendered(Document("怪", (hostile_table(),), "odd"), "json")
    rows = json.loads(text)["data"]["blocks"][0]["rows"]
    assert [row["text"] for row in rows] == list(HOSTILE)
    assert [c for c in text if ord(c) < 32 and c != "\n"] == []
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("value", "type_", "json_value", "text"),
    [
        ("2026-03-02", FieldType.DAY, "2026-03-02", "2026-03-02"),
        (date(2026, 3, 2), FieldType.DAY, "2026-03-02", "2026-03-02"),
        ("2026-03-02 09:40", FieldType.MOMENT, "2026-03-02T09:40", "2026-03-02 09:40"),
        ("2026-03-02 23:59", FieldType.DEADLINE, "2026-03-02", "2026-03-02"),
        (datetime(2026, 3, 2, 23, 59), FieldType.DEADLINE, "2026-03-02", "2026-03-02"),
        ("另行通知", FieldType.DEADLINE, "另行通知", "另行通知"),
        (1280000.5, FieldType.AMOUNT, 1280000.5, "1280000.5"),
        (Decimal("40200.00"), FieldType.AMOUNT, 40200, "40200.00"),
        (0.1 + 0.2, FieldType.TEXT, 0.1 + 0.2, "0.3"),
        (True, FieldType.FLAG, True, "是"),
        (None, FieldType.TEXT, None, ""),
    ],
)
def test_values_from_the_index_and_from_python_agree(
    value: Value, type_: FieldType, json_value: object, text: str
) -> None:
    made = Document("题", (KeyValues((Pair("项", value, "item", type_),)),))
    assert json.loads(rendered(made, "json"))["data"]["blocks"][0]["pairs"][0]["value"] == json_value
    assert read_csv(rendered(made, "csv"))[2] == ["项", text]


def test_column_names_key_the_rows() -> None:
    made = Document("题", (Table((Column("甲", "a"), Column("乙", "b")), [("1", "2")]),))
    assert json.loads(rendered(made, "json"))["data"]["blocks"][0]["rows"] == [{"a": "1", "b": "2"}]
