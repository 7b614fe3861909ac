"""What was true of a record on a day: entries of its lists that were in force, fields as its history has them."""

from __future__ import annotations

from collections.abc import Collection

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.kinds.ending import RENAMED
from lianxin.storage.index.schema_sql import Column, quoted


def in_force(column: Column, expr: str, day: str) -> str:
    """A list whose entries have a beginning and an end (自/至), without those not in force on a day."""
    labels = {spec.name: spec.label for spec in fields_of(column.group)} if column.group else {}
    if not {"since", "until"} <= labels.keys():
        return expr
    since, until = (f"json_extract(h.value, '$.\"{labels[name]}\"')" for name in ("since", "until"))
    held = f"({since} IS NULL OR {since} <= {day}) AND ({until} IS NULL OR {until} >= {day})"
    return f"(SELECT json_group_array(json(h.value)) FROM json_each({expr}) AS h WHERE {held})"  # noqa: S608 - declared names


def then(kind: Kind, column: Column, alias: str, expr: str, day: str) -> str:
    """A field as the first entry of the history that lasted to the day or beyond has it, else as it is now."""
    history = kind.column(kind.past) if kind.past else None
    former = {spec.name: spec for spec in fields_of(history.group)} if history and history.group else {}
    if history is None or column.name not in former or column.name in ("since", "until"):
        return expr
    until = f"json_extract(h.value, '$.\"{former['until'].label}\"')"
    said = f"coalesce(json_extract(h.value, '$.\"{column.label}\"'), '')"
    list_ = f"{alias}.{quoted(history.name)}"
    found = f"SELECT {said} FROM json_each({list_}) AS h WHERE {until} >= {day} ORDER BY {until} LIMIT 1"  # noqa: S608 - declared names
    return f"CASE WHEN {list_} IS NULL THEN {expr} ELSE coalesce(({found}), {expr}) END"


def called_then(refs: Collection[str], expr: str, day: str) -> str:
    """An id, or the name that what it points to bore on a day, where that is another than today's."""
    names = [
        f"""(SELECT json_extract(h.value, '$."名称"') FROM {quoted(kind)} AS f, json_each(f.former) AS h
WHERE f.id = {expr} AND json_extract(h.value, '$."至"') >= {day} ORDER BY json_extract(h.value, '$."至"') LIMIT 1)"""  # noqa: S608 - declared names
        for kind in RENAMED
        if kind in refs
    ]
    return f"coalesce({', '.join([*names, expr])})" if names else expr
