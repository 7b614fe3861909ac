"""What is asked of a data set, in the words of another engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def translated(sql: str, values: Mapping[str, str], to: str) -> str:
    """A statement in DuckDB's words as another engine takes it, its values put in as that one quotes them.

    Args:
        sql: With ``$name`` for values.
        values: By name.
        to: As sqlglot calls it: ``spark``, ``clickhouse``.
    """
    import sqlglot
    from sqlglot import exp

    def put(node: Any) -> Any:
        if isinstance(node, exp.Parameter | exp.Placeholder):
            return exp.Literal.string(values[node.name])
        return node

    told: str = sqlglot.parse_one(sql, read="duckdb").transform(put).sql(dialect=to)
    return told
