"""A roll-up that is asked: the offices' sums and the facts behind them, their duties, ledgers and frozen figures.

Of a county that is listed the sums and duties stand here, added up; its records and ledgers are asked of its own
roll-up, which must still be the one that was added up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from lianxin.core.county import EARLIER, WITHIN, DutyLine, FrozenLine, Manifest, OfficePart, Total
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.filter import Op
from lianxin.core.pool import Condition, Fact, Held, HeldColumn, Share
from lianxin.core.value import FieldType
from lianxin.storage.county.dataset import digest_in, needed
from lianxin.storage.county.engine import Duck, Engine, EngineError
from lianxin.storage.county.statement import DAY, DUTIES, FACTS, FROZEN, RECORD, SHARES, SPREAD, WHOLE
from lianxin.storage.index.schema_sql import quoted

T = TypeVar("T")

#: What is added up of a duty.
_COUNTS = ("bound", "finished", "behind", "idle", "missed", "gap")


class RollUp:
    """A roll-up on disk; see ``core.county.Pool``."""

    def __init__(self, folder: Path, engine: Engine | None = None) -> None:
        self._folder = folder
        self._engine = engine or Duck()
        self.manifest: Manifest = needed(folder)
        self._order = {one.name: n for n, one in enumerate(self.manifest.offices)}
        self._inner: dict[str, RollUp] = {}

    def part(self, office: str) -> OfficePart:
        """What is held of an office, be it one of a county that is listed.

        Raises:
            UsageError: None is called so.
            LianxinError: The county has made its roll-up anew.
        """
        listed, below = self._met(office)
        return self._within(listed).part(below) if below else listed

    def _met(self, office: str) -> tuple[OfficePart, str]:
        """Who is listed, and which of his offices is meant; none where it is himself."""
        for one in self.manifest.offices:
            if office == one.name:
                return one, ""
            if one.within and office.startswith(f"{one.name}{WITHIN}"):
                return one, office.removeprefix(f"{one.name}{WITHIN}")
        raise UsageError(f"这份汇总里没有「{office}」，有 {'、'.join(one.name for one in self.manifest.offices)}")

    def _within(self, one: OfficePart) -> RollUp:
        """The roll-up of a county that is listed."""
        if one.name not in self._inner:
            folder = self._folder / (one.within.folder if one.within else "")
            if one.within is None or digest_in(folder) != one.within.digest:
                raise LianxinError(
                    f"「{one.name}」自己的汇总不在了，或加进来以后又做过，打不开它下面的单位；请把这份也重新汇总"
                )
            self._inner[one.name] = RollUp(folder, self._engine)
        return self._inner[one.name]

    def _counties(self) -> Iterator[OfficePart]:
        return (one for one in self.manifest.offices if one.within)

    def shares(self, period: str, figures: Collection[str] = ()) -> list[Share]:
        """What each office adds to figures as a whole, in the order of the list; all figures where none is named.

        Raises:
            UsageError: For this period nothing was counted.
        """
        named = f"|{'|'.join(figures)}|" if figures else ""
        rows = self._of(period, "sums", SHARES, {"figures": named})
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
            UsageError: For this period nothing was counted; or no office is called so.
            LianxinError: A county has made its roll-up anew.
        """
        listed, below = self._met(office) if office else (None, "")
        rows = self._of(period, "facts", FACTS, {"figure": figure, "office": office})
        found = [Fact(*row) for row in rows]
        for one in self._counties():
            if listed in (None, one):
                inside = self._within(one).facts(period, figure, below)
                found += [replace(fact, office=f"{one.name}{WITHIN}{fact.office}") for fact in inside]
        return self._listed(found, lambda fact: fact, lambda fact: fact.office)

    def duties(self, period: str) -> list[tuple[str, DutyLine]]:
        """How each duty stands in each office, in the order of the list.

        Raises:
            UsageError: For this period nothing was counted.
        """
        rows = self._of(period, "duties", DUTIES, {})
        return self._listed(rows, lambda row: (str(row[0]), DutyLine(*row[1:])), lambda one: one[0])

    def whole(self, period: str) -> tuple[list[Total], list[DutyLine]]:
        """What all offices come to, as one office's part: sums by each definition, and how the duties stand.

        What a figure was before is left out where not every office has seen that, and so are scores: they are no sums.

        Raises:
            UsageError: For this period nothing was counted.
        """
        rows = self._of(period, "sums", WHOLE, {})
        many = {(row[0], row[1], row[2], row[3], row[6]): row[7] for row in rows}
        now = {before: side for side, before in EARLIER.items()}
        sums = [
            Total(*row[:7]) for row in rows if row[3] not in now or many.get((*row[:3], now[row[3]], row[6])) == row[7]
        ]
        duties: dict[tuple[str, ...], DutyLine] = {}
        for _office, one in self.duties(period):
            key = (one.duty, one.required, one.unit, one.version)
            duties[key] = _joined(duties[key], one) if key in duties else one
        return sums, list(duties.values())

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
            inside = (self._within(one).columns(version) for one in self._printing(version))
            return next(filter(None, inside), ())
        from pyarrow import ArrowException, parquet  # which takes long to load, and only ledgers need

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
        for one in self._printing(version):
            inside = self._within(one).ledger(version, conditions, days)
            rows += [(f"{one.name}{WITHIN}{row[0]}", *row[1:]) for row in inside.rows]
        return Held(version, columns, self._listed(rows, lambda row: row, lambda row: str(row[0])))

    def _printing(self, version: str) -> Iterator[OfficePart]:
        """The counties in which somebody prints a ledger by this form."""
        return (one for one in self._counties() if version in {digest for _name, digest in one.printed_by()})

    def _ledgers(self, version: str) -> list[str]:
        names = {(one.name, name) for one in self.manifest.offices for name, own in one.forms.items() if own == version}
        return [file for office, name in sorted(names) for file in self._files(f"ledgers/form={name}/office={office}/")]

    def _listed(self, rows: Sequence[Any], made: Callable[[Any], T], office: Callable[[T], str]) -> list[T]:
        """Rows in the order of the list, and each office's as they come."""
        return sorted(map(made, rows), key=lambda one: self._place(office(one)))

    def _place(self, office: str) -> int:
        """Where in the list an office stands, or the county it is of."""
        if office not in self._order:
            self._order[office] = self._order[self._met(office)[0].name]
        return self._order[office]

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


def _joined(one: DutyLine, other: DutyLine) -> DutyLine:
    """The same duty in two offices."""
    counts = {name: getattr(one, name) + getattr(other, name) for name in _COUNTS}
    return replace(one, **counts, until=max(filter(None, (one.until, other.until)), default=None))


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
