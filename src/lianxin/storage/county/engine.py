"""Who answers: an engine that reads the files of a data set and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import duckdb


class EngineError(Exception):
    """An engine cannot read a file, or not answer."""


class Engine(Protocol):
    """An engine."""

    def rows(self, table: str, files: Sequence[str], sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """What a statement answers.

        Args:
            table: What the statement calls the files: one table, its office the name of each one's folder.
            files: Absolute.
            sql: In DuckDB's words, with ``$name`` for values.
            values: By name.

        Raises:
            EngineError: A file is gone or damaged.
        """
        ...


class Duck:
    """DuckDB, in this process."""

    def rows(self, table: str, files: Sequence[str], sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """As an engine does."""
        read = "read_parquet($files, hive_partitioning = true, hive_types_autocast = false)"
        with duckdb.connect() as connection:
            try:
                connection.execute("SET enable_progress_bar = false")  # it goes where the answer goes
                asked = f"WITH {table} AS (SELECT * FROM {read}) {sql}"  # noqa: S608 - our own words
                return connection.execute(asked, {"files": list(files), **values}).fetchall()
            except duckdb.Error as error:
                raise EngineError(str(error)) from error
