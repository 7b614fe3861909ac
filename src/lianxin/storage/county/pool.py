"""A roll-up that is asked: the offices' sums and the facts behind them, their duties, ledgers and frozen figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pyarrow import ArrowException, parquet

from lianxin.core.county import Condition, DutyLine, Fact, FrozenLine, Held, HeldColumn, Manifest, Share
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.filter import Op
from lianxin.core.value import FieldType
from lianxin.storage.county.dataset import needed
from lianxin.storage.county.engine import Duck, Engine, EngineError
from lianxin.storage.county.statement import DAY, DUTIES, FACTS, FROZEN, RECORD, SHARES, SPREAD
from lianxin.storage.index.schema_sql import quoted

T = TypeVar("T")


class RollUp:
    """A roll-up on disk; see ``core.county.Pool``."""

    def __init__(self, folder: Path, engine: Engine | None = None) -> None:
        self._folder = folder
        self._engine = engine or Duck()
        self.manifest: Manifest = needed(folder)
        self._order = {one.name: n for n, one in enumerate(self.manifest.offices)}

    def shares(self, period: str, figure: str = "") -> list[Share]:
        """What each office adds to a figure as a whole, in the order of the list; all figures where none is named.

        Raises:
            UsageError: For this period nothing was counted.
        """
        rows = self._of(period, "sums", SHARES, {"figure": figure})
        return sorted(map(_share, rows), key=lambda one: (one.figure, self._order.get(one.office, 0)))

    def spread(self, period: str) -> list[Share]:
        """What all offices add to each figure by words and through time, a share for each definition.

        Raises:
            UsageError: For this period nothing was counted.
        """
        found = map(_share, self._of(period, "sums", SPREAD, {}))
        return sorted(found, key=lambda one: (one.figure, one.axis, one.subject, one.version))

    def facts(self, period: str, figure: str, office: str = "") -> list[Fact]:
        """The records that add up to a figure, office by office.

        Raises:
            UsageError: For this period nothing was counted.
        """
        rows = self._of(period, "facts", FACTS, {"figure": figure, "office": office})
        return self._listed(rows, lambda row: Fact(*row), lambda one: one.office)

    def duties(self, period: str) -> list[tuple[str, DutyLine]]:
        """How each duty stands in each office, in the order of the list.

        Raises:
            UsageError: For this period nothing was counted.
        """
        rows = self._of(period, "duties", DUTIES, {})
        return self._listed(rows, lambda row: (str(row[0]), DutyLine(*row[1:])), lambda one: one[0])

    def frozen(self) -> list[tuple[str, FrozenLine]]:
        """What each office's frozen reports say, in the order of the list."""
        rows = self._rows("frozen", self._files("frozen/"), FROZEN, {})
        return self._listed(rows, lambda row: (str(row[0]), FrozenLine(*row[1:])), lambda one: one[0])

    def columns(self, version: str) -> tuple[HeldColumn, ...]:
        """The columns of a ledger as the offices with a version of its form have it; none where nobody has a row.

        Raises:
            LianxinError: A file of the roll-up is gone or damaged.
        """
        files = self._ledgers(version)
        if not files:
            return ()
        try:
            schema = parquet.read_schema(files[0])
        except (OSError, ArrowException) as error:
            raise self._damaged() from error
        told = [one for one in schema if one.name not in (RECORD, DAY)]
        return tuple(map(_column, told))

    def ledger(self, version: str, conditions: Sequence[Condition], days: tuple[str, str] | None) -> Held:
        """The rows of a ledger in the offices with one version of its form; see ``core.county.Pool``."""
        columns = self.columns(version)
        if not columns:
            return Held(version, (), ())
        values: dict[str, str] = {}
        numeric = {one.name for one in columns if one.type in _NUMBERS}
        asked = [_condition(one, one.column in numeric, values) for one in conditions]
        if days:
            asked.append(f"{DAY} >= CAST($since AS DATE) AND {DAY} < CAST($until AS DATE)")
            values |= {"since": days[0][:10], "until": days[1][:10]}
        told = ", ".join(("office", RECORD, *(quoted(one.name) for one in columns)))
        where = f" WHERE {' AND '.join(asked)}" if asked else ""
        sql = f"SELECT {told} FROM ledgers{where}"  # noqa: S608 - our own columns; values are bound
        rows = self._rows("ledgers", self._ledgers(version), sql, values)
        return Held(version, columns, self._listed(rows, lambda row: row, lambda row: str(row[0])))

    def _ledgers(self, version: str) -> list[str]:
        names = {(one.name, name) for one in self.manifest.offices for name, own in one.forms.items() if own == version}
        return [file for office, name in sorted(names) for file in self._files(f"ledgers/form={name}/office={office}/")]

    def _listed(self, rows: Sequence[Any], made: Callable[[Any], T], office: Callable[[T], str]) -> list[T]:
        """Rows in the order of the list, and each office's as they come."""
        return sorted(map(made, rows), key=lambda one: self._order.get(office(one), 0))

    def _of(self, period: str, table: str, sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        if period not in self.manifest.periods:
            known = "、".join(self.manifest.periods)
            raise UsageError(f"这份汇总没有收 {period}，收了 {known}；要收请运行 lianxin rollup 时加 --period {period}")
        return self._rows(table, self._files(f"{table}/period={period}/"), sql, values)

    def _files(self, inside: str) -> list[str]:
        parts = (part.path for office in self.manifest.offices for part in office.parts)
        return [str((self._folder / path).absolute()) for path in parts if path.startswith(inside)]

    def _rows(self, table: str, files: Sequence[str], sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """What a statement over some files answers.

        Raises:
            LianxinError: A file of the roll-up is gone or damaged.
        """
        if not files:
            return []
        try:
            return self._engine.rows(table, files, sql, values)
        except EngineError as error:
            raise self._damaged() from error

    def _damaged(self) -> LianxinError:
        return LianxinError(f"{self._folder} 里的汇总有文件没有了或坏了，请重新运行 lianxin rollup")


def _column(one: Any) -> HeldColumn:
    label, type_, width = (one.metadata[key].decode() for key in (b"label", b"type", b"width"))
    return HeldColumn(one.name, label, type_, int(width))


def _share(row: tuple[Any, ...]) -> Share:
    office, figure, axis, subject, version, numerator, denominator, records, before, whole_before, compared = row
    return Share(
        office=str(office),
        figure=str(figure),
        axis=str(axis),
        subject=str(subject),
        version=str(version),
        numerator=numerator or Decimal(0),
        denominator=denominator,
        records=int(records or 0),
        before=(before or Decimal(0), whole_before) if compared else None,
    )


_WORDS = {Op.GE: ">=", Op.LE: "<="}
_NUMBERS = frozenset({FieldType.INTEGER.value, FieldType.AMOUNT.value})


def _condition(one: Condition, numeric: bool, values: dict[str, str]) -> str:
    """A condition on a column as it is printed; the values are bound."""
    column = f"coalesce(CAST({quoted(one.column)} AS VARCHAR), '')"
    names = []
    for value in one.values:
        names.append(f"${(name := f'value_{len(values)}')}")
        values[name] = value
    if one.op in _WORDS and numeric:
        return f"{quoted(one.column)} {_WORDS[one.op]} CAST({names[0]} AS DECIMAL(24, 4))"
    if one.op in _WORDS:
        return f"{column} <> '' AND {column} {_WORDS[one.op]} {names[0]}"
    if one.op is Op.HAS:
        return "(" + " OR ".join(f"position({name} IN {column}) > 0" for name in names) + ")"
    return f"{column} {'NOT IN' if one.op is Op.NE else 'IN'} ({', '.join(names)})"
