"""A document's page as JSON: every block with its type and what it holds."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Pair,
    Paragraph,
    Table,
    Timeline,
    Value,
)
from lianxin.core.paper import Part
from lianxin.core.picture import Pictures
from lianxin.core.value import FieldType
from lianxin.formats.program.envelope import told
from lianxin.formats.program.value import typed


def head(document: Document) -> dict[str, Any]:
    """What stands around the blocks."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "masthead": asdict(document.masthead) if document.masthead else None,
        "provenance": told(document.provenance),
    }


def block(one: Block) -> dict[str, Any]:
    """One block."""
    match one:
        case Heading():
            return {"type": "heading", "level": one.level, "text": one.text}
        case Paragraph():
            return {"type": "paragraph", "text": one.text, "tone": one.tone.value, "record": one.record, **_part(one)}
        case KeyValues():
            return {"type": "key_values", "pairs": [_pair(pair) for pair in one.pairs]}
        case Table():
            return _table(one)
        case Timeline():
            entries = [
                {
                    "at": typed(entry.at, FieldType.MOMENT),
                    "label": entry.label,
                    "actor": entry.actor,
                    "text": entry.text,
                }
                for entry in one.entries
            ]
            return {"type": "timeline", "record": one.record, "entries": entries}
        case Pictures():
            told = [{"file": each.file, "caption": each.caption, "record": each.record} for each in one.pictures]
            return {"type": "pictures", "record": one.record, "pictures": told, "notes": list(one.notes)}
        case PageBreak():
            return {"type": "page_break"}
        case Contents():
            return {"type": "contents", "depth": one.depth}
        case Cover():
            return {"type": "cover", "title": one.title, "lines": list(one.lines)}
        case Chart():
            return _chart(one)


def _part(one: Paragraph) -> dict[str, str]:
    """Which part of a paper it is, where it is none of the text."""
    return {} if one.part is Part.TEXT else {"part": one.part.value}


def _chart(chart: Chart) -> dict[str, Any]:
    series = [
        {"name": one.name, "values": [typed(value, FieldType.AMOUNT) for value in one.values]} for one in chart.series
    ]
    return {
        "type": "chart",
        "look": chart.look.name.lower(),
        "title": chart.title,
        "heading": chart.heading,
        "unit": chart.unit,
        "labels": list(chart.labels),
        "series": series,
        "notes": list(chart.notes),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "name": pair.name or pair.label,
        "label": pair.label,
        "value": typed(pair.value, pair.type),
        "record": pair.record,
    }


def _table(table: Table) -> dict[str, Any]:
    columns = table.columns
    return {
        "type": "table",
        "caption": table.caption,
        "columns": [
            {"name": column.name, "label": column.label, "type": column.type.name.lower()} for column in columns
        ],
        "rows": [_row(columns, row) for row in table.rows],
        "records": list(table.records),
        "groups": [{"first": first, "label": label} for first, label in table.groups],
        "totals": _row(columns, table.totals) if table.totals else None,
        "notes": list(table.notes),
    }


def _row(columns: tuple[Column, ...], row: tuple[Value, ...]) -> dict[str, Any]:
    return {column.name: typed(value, column.type) for column, value in zip(columns, row, strict=True)}
