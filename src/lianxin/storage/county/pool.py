"""A roll-up asked by DuckDB: sums of the offices' facts, and the facts behind a sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from lianxin.core.county import DENOMINATOR, NUMERATOR, Fact, Manifest, Share
from lianxin.core.error import LianxinError, UsageError
from lianxin.storage.county.dataset import needed

_SHARES = f"""
SELECT office, figure,
       sum(amount) FILTER (WHERE side = '{NUMERATOR}') AS numerator,
       sum(amount) FILTER (WHERE side = '{DENOMINATOR}') AS denominator,
       sum(records) FILTER (WHERE side = '{NUMERATOR}') AS records
FROM sums WHERE len($figures) = 0 OR list_contains($figures, figure)
GROUP BY office, figure
"""  # noqa: S608 - our own words
#: The office is the name of its folder.
_READ = "WITH {} AS (SELECT * FROM read_parquet($files, hive_partitioning = true, hive_types_autocast = false))"
_FACTS = """
SELECT office, side, record, day, amount FROM facts
WHERE figure = $figure AND ($office = '' OR office = $office)
ORDER BY office, side, day NULLS FIRST, length(record), record
"""


class RollUp:
    """A roll-up on disk; see ``core.county.Pool``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest: Manifest = needed(folder)

    def shares(self, period: str, figures: Sequence[str] = ()) -> list[Share]:
        """What each office adds to each figure, in the order of the list.

        Raises:
            UsageError: For this period nothing was counted.
        """
        order = {one.name: n for n, one in enumerate(self.manifest.offices)}
        rows = self._rows("sums", _SHARES, period, {"figures": list(figures)})
        found = [
            Share(office, figure, numerator or Decimal(0), denominator, int(records or 0))
            for office, figure, numerator, denominator, records in rows
        ]
        return sorted(found, key=lambda one: (one.figure, order.get(one.office, 0)))

    def facts(self, period: str, figure: str, office: str = "") -> list[Fact]:
        """The records that add up to a figure, office by office.

        Raises:
            UsageError: For this period nothing was counted.
        """
        return [Fact(*row) for row in self._rows("facts", _FACTS, period, {"figure": figure, "office": office})]

    def _rows(self, table: str, sql: str, period: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
        """What a statement over one table of one period answers.

        Raises:
            LianxinError: A file of the roll-up is gone or damaged.
        """
        if period not in self.manifest.periods:
            known = "、".join(self.manifest.periods)
            raise UsageError(f"这份汇总没有收 {period}，收了 {known}；要收请运行 lianxin rollup 时加 --period {period}")
        inside = f"{table}/period={period}/"
        parts = [part.path for office in self.manifest.offices for part in office.parts]
        files = [str(self._folder / path) for path in parts if path.startswith(inside)]
        if not files:
            return []
        with duckdb.connect() as connection:
            try:
                return connection.execute(f"{_READ.format(table)} {sql}", {"files": files, **asked}).fetchall()
            except duckdb.Error as error:
                raise LianxinError(f"{self._folder} 里的汇总有文件没有了或坏了，请重新运行 lianxin rollup") from error
