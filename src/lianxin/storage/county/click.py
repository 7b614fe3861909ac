"""ClickHouse, in this process (chDB): it reads the very files of a data set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from lianxin.storage.county.dialect import translated
from lianxin.storage.county.engine import EngineError

#: The office is the name of the folder; texts are texts.
_SETTINGS = "SETTINGS use_hive_partitioning = 1, output_format_arrow_string_as_string = 1"


class Click:
    """ClickHouse, as an engine."""

    def rows(self, table: str, files: Sequence[str], sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """As an engine does."""
        import chdb

        base = Path(files[0]).parents[1]
        inside = ",".join(str(Path(file).relative_to(base)) for file in files)
        path = f"{base}/{{{inside}}}" if len(files) > 1 else files[0]
        quoted = path.replace("\\", "\\\\").replace("'", "\\'")
        asked = translated(sql, values, "clickhouse")
        told = f"WITH {table} AS (SELECT * FROM file('{quoted}', Parquet)) {asked} {_SETTINGS}"  # noqa: S608 - our own words
        try:
            answer = chdb.query(told, "Arrow").bytes()
        except (chdb.ChdbError, RuntimeError) as error:
            raise EngineError(str(error)) from error
        if not answer:
            return []
        with pa.ipc.open_file(pa.BufferReader(answer)) as found:
            read = found.read_all()
        return list(zip(*(column.to_pylist() for column in read.columns), strict=True)) if read.num_rows else []
