"""A document's tables and labelled values as plain objects, keyed by the English names of columns and fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lianxin.core.document import Document, KeyValues, Pair, Table
from lianxin.formats.program.value import plain

#: The one thing a document is about, and the list it is.
ITEM, ITEMS = "item", "items"


def data(document: Document) -> dict[str, Any]:
    """Every table as a list of objects under its name; labelled values where their paths say, else under ``item``."""
    made: dict[str, Any] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            made.setdefault(block.name, []).extend(_rows(block))
            if block.totals:
                made["totals"] = {name: sum_ for name, sum_ in _row(block, block.totals).items() if sum_ is not None}
        elif isinstance(block, KeyValues):
            for pair in block.pairs:
                _put(made, pair)
    return {key: _with_lists(value) for key, value in made.items()}


def lines(document: Document) -> Iterator[dict[str, Any]]:
    """The objects of its list, one after another; of what is no list the one object it is about."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.name == ITEMS]
    for table in tables:
        yield from _rows(table)
    if not tables and (item := data(document).get(ITEM)):
        yield item


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    return (_row(table, row) for row in table.rows)


def _row(table: Table, row: tuple[Any, ...]) -> dict[str, Any]:
    return {column.name: plain(value, column.type) for column, value in zip(table.columns, row, strict=True)}


def _put(made: dict[str, Any], pair: Pair) -> None:
    *way, last = (pair.path or f"{ITEM}.{pair.name or pair.label}").split(".")
    for key in way:
        made = made.setdefault(key, {})
    made[last] = plain(pair.value, pair.type)


def _with_lists(node: Any) -> Any:
    """What is keyed by places in a list becomes that list."""
    if not isinstance(node, dict):
        return node
    parts = {key: _with_lists(value) for key, value in node.items()}
    return [*parts.values()] if parts and all(key.isdigit() for key in parts) else parts
