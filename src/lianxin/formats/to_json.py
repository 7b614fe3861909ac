r"""A document as JSON: ``{"schema", "commit", "as_of", "data"}``, English keys, Chinese enumerated values.

Days are ``2026-03-02``, moments ``2026-03-02T09:40``, a deadline to the day's end its day alone; numbers are JSON
numbers (yuan with at most two decimals, exact up to fifteen digits); what is not known is ``null``. A table's rows are
objects keyed by the columns' English names. Text is kept letter for letter; what a terminal might obey stands as ``\u``
escapes.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec.structs import asdict

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Face,
    Heading,
    KeyValues,
    PageBreak,
    Pair,
    Paragraph,
    Provenance,
    Table,
    Timeline,
    Value,
)
from lianxin.core.value import END_OF_DAY, FieldType
from lianxin.formats import Options
from lianxin.formats.cell import dated
from lianxin.formats.face.sanitise import for_json
from lianxin.formats.paper.trace import trace_line


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The document as JSON text."""
    origin = document.provenance
    whole = {
        "schema": f"lianxin/{document.name}/1",
        "commit": origin.commit if origin else "",
        "as_of": origin.as_of.isoformat() if origin else None,
        "data": {
            "title": document.title,
            "subtitle": document.subtitle,
            "masthead": asdict(document.masthead) if document.masthead else None,
            "provenance": _provenance(origin) if origin else None,
            "blocks": [_block(block) for block in document.blocks],
        },
    }
    return for_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _provenance(origin: Provenance) -> dict[str, Any]:
    return {
        "dirty": origin.dirty,
        "period": origin.period,
        "filter": origin.filter,
        "face": origin.face.value,
        "form": origin.form,
        "tool": origin.tool,
        "records": origin.records,
        "unreadable": origin.unreadable,
        "missing": origin.missing,
        "at": origin.at,
        "definitions": origin.definitions,
        "recipe": origin.recipe,
    }


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    whole = json.loads(data)
    told = whole["data"]["provenance"]
    kept = {name: told[name] for name in ("dirty", "tool", "at", "definitions", "recipe")}
    day, face = date.fromisoformat(whole["as_of"]), Face(told["face"])
    return trace_line(Provenance(whole["commit"], day, face=face, **kept))


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"type": "paragraph", "text": block.text, "tone": block.tone.value, "record": block.record}
        case KeyValues():
            return {"type": "key_values", "pairs": [_pair(pair) for pair in block.pairs]}
        case Table():
            return _table(block)
        case Timeline():
            entries = [
                {
                    "at": typed(entry.at, FieldType.MOMENT),
                    "label": entry.label,
                    "actor": entry.actor,
                    "text": entry.text,
                }
                for entry in block.entries
            ]
            return {"type": "timeline", "record": block.record, "entries": entries}
        case PageBreak():
            return {"type": "page_break"}
        case Contents():
            return {"type": "contents", "depth": block.depth}
        case Cover():
            return {"type": "cover", "title": block.title, "lines": list(block.lines)}
        case Chart():
            return _chart(block)


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


def typed(value: Value, type_: FieldType) -> str | int | float | bool | None:
    """A value as JSON holds it; text in a date column (an index row's) is brought to the same form."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    moment = dated(value, type_)
    if isinstance(moment, datetime):
        whole_day = type_ is FieldType.DEADLINE and moment.time() == END_OF_DAY
        return moment.date().isoformat() if whole_day else moment.isoformat(timespec="minutes")
    if isinstance(moment, date):
        return moment.isoformat()
    return value  # type: ignore[return-value]
