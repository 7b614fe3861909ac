"""One part of a measure as the pieces of a SELECT: whom it counts for, how much, of what, since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct

from lianxin.core.day.period import Period
from lianxin.core.declare.record import fields_of
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.core.measure import ALWAYS, Aggregate, Instant, Part
from lianxin.core.value import FieldType
from lianxin.kinds import BRIEFS, kind_named
from lianxin.kinds.path import near, walk
from lianxin.storage.index.schema_sql import quoted
from lianxin.storage.query.filter import condition
from lianxin.storage.query.path import Paths
from lianxin.storage.query.period import DATED, bounds, comparable
from lianxin.storage.query.place import Clock, Place, Weeks

#: Amounts are added up in hundredths, as whole numbers: sums come out exact.
UNIT = 100

#: Tallies that count each key once, however many records bear it.
KEYED = (Aggregate.DISTINCT, Aggregate.DAYS)

_YEAR = timedelta(days=366)
_NUMBERS = (FieldType.INTEGER, FieldType.AMOUNT)


class Share(Struct, frozen=True):
    """A compiled part.

    Attributes:
        keyed: Each key counts once.
        subject, key, cents, since, until: SQL; ``key`` is empty text for other tallies.
        source: FROM and WHERE, with their parameters.
        several: A record may have more than one row.
        entries: What tells the parts of the unrolled list apart, where each has an amount of its own.
    """

    keyed: bool
    subject: str
    key: str
    cents: str
    since: str
    until: str
    source: str
    parameters: tuple[Any, ...]
    several: bool
    entries: tuple[str, ...]
    weight: Decimal

    def rows(self) -> str:
        """One row a subject, record, key and counted entry: (subject, record, key, cents, since, until)."""
        # several rows may speak of the same thing: two visitors of one unit, two roles of one person
        told = ", ".join(("1", "2", "3", *self.entries))
        cents, since, until, group = self.cents, self.since, self.until, ""
        if self.several:
            until = f"CASE WHEN count({until}) = count(*) THEN max({until}) END"  # one that has no end goes on
            cents, since, group = f"max({cents})", f"min({since})", f" GROUP BY {told}"
        return (
            f"SELECT {self.subject} AS subject, t0.id AS record, {self.key} AS key, {cents} AS cents, "
            f"{since} AS since, {until} AS until {self.source}{group}"
        )


class _Build:
    """A part on its way to a ``Share``."""

    def __init__(self, part: Part, period: Period | None, clock: Clock, today: date, cycle: Weeks) -> None:
        kind = kind_named(part.kind or "")
        if kind is None:
            known = [brief.label for brief in BRIEFS]
            raise UsageError(f"没有「{part.kind or ''}」这种记录{near(part.kind or '', known)}")
        self.part, self.kind, self.period, self.today = part, kind, period, today
        self.paths = Paths(kind, clock, cycle)
        self.wheres: list[str] = []
        self.parameters: list[Any] = []

    def share(self) -> Share:
        """The whole of it."""
        part = self.part
        if part.unroll:
            self.paths.unroll(part.unroll.split("."))
        unrolled = self.paths.entries
        self._look_back()
        subject = self._subject()
        whole, key, cents = _TALLIES[part.tally](self)
        for filter_ in parse_filters(part.filters):
            where, more = condition(self.paths, filter_, self.today)
            self._require(where, *more)
        since, until = self._dates()
        if part.tally in (Aggregate.PARTS, Aggregate.SUM):
            self._require(f"{cents} <> 0")
        source = f"FROM {self.paths.sql()}"
        if self.wheres:
            source += f" WHERE {' AND '.join(self.wheres)}"
        return Share(
            keyed=part.tally in KEYED,
            subject=subject,
            key=key,
            cents=cents,
            since=since,
            until=until,
            source=source,
            parameters=tuple(self.parameters),
            several=bool(self.paths.entries),
            entries=() if whole else unrolled,
            weight=part.weight,
        )

    def _require(self, where: str, *parameters: Any) -> None:
        self.wheres.append(where)
        self.parameters += parameters

    def _subject(self) -> str:
        if not self.part.subject:
            return "''"
        place = self.paths.spread(self.paths.find(self._owner(self.part.subject.split("."))), kept=True)
        return f"coalesce({place.expr}, '')"

    def _owner(self, path: list[str]) -> list[str]:
        """Whose a count is: the counted entry's own where it names one as its record does (交办记录 its 责任部门)."""
        unrolled = (self.part.unroll or "").split(".")
        entry = walk(self.kind, ".".join(unrolled))[-1:] if self.part.unroll and not self.paths.follows(path) else ()
        named = entry and entry[0].group and any(path[0] == spec.label for spec in fields_of(entry[0].group))
        return [*unrolled, *path] if named else path

    def _value(self) -> tuple[list[str], Place]:
        if not self.part.value:
            raise UsageError(f"计「{self.part.tally}」要写明「字段」：数的是哪一栏")
        path = self.part.value.split(".")
        return path, self.paths.find(path)

    # what each record adds: whether it is the record's own, the key, the amount

    def records(self) -> tuple[bool, str, str]:
        """One a record."""
        return True, "''", str(UNIT)

    def parts(self) -> tuple[bool, str, str]:
        """One for each part of a list."""
        path, place = self._value()
        if ".".join(path) == self.part.unroll:
            return False, "''", str(UNIT)
        whole = not self.paths.follows(path)
        if place.inner:
            place = self.paths.unrolled(place)
            count = f"(SELECT count(*) FROM {self.paths.inside(place)})"  # noqa: S608 - declared names
        elif place.many:
            count = f"coalesce(json_array_length({place.expr}), 0)"
        else:
            raise UsageError(f"「{self.part.value}」不是清单，不能按「项」数")
        return whole, "''", f"{count} * {UNIT}"

    def distinct(self) -> tuple[bool, str, str]:
        """One for each value not counted before."""
        place = self.paths.spread(self._value()[1])
        if place.column.type is FieldType.GROUP:
            raise UsageError(f"「{self.part.value}」是一组明细，请写到「.」后面的一项")
        self._require(f"{place.expr} <> ''")
        return True, place.expr, str(UNIT)

    def days(self) -> tuple[bool, str, str]:
        """One for each day not counted before."""
        path, place = self._value()
        first = self._day(path, place)
        if self.part.until_field:
            path = self.part.until_field.split(".")
            last = self._day(path, self.paths.find(path))
            key = self.paths.days(first, last)
        else:
            key = last = first
        self._require(f"{key} IS NOT NULL")
        if self.period and self.part.period_field != ALWAYS:
            since, until = bounds(self.period, FieldType.DAY)
            if last != first:  # spare the records that cannot have a day in it
                self._require(f"{first} < ? AND coalesce({last}, {first}) >= ?", until, since)
                self._require(f"{key} >= ? AND {key} < ?", since, until)
            else:
                self._require(*_inside(place, self.period))
        return True, key, str(UNIT)

    def sum(self) -> tuple[bool, str, str]:
        """The number written there."""
        path, place = self._value()
        if place.column.type not in _NUMBERS:
            raise UsageError(f"「{self.part.value}」不是数目，不能合计")
        whole = not self.paths.follows(path)
        place = self.paths.unrolled(place)
        number = place.expr
        if place.inner:
            number = f"(SELECT sum({number}) FROM {self.paths.inside(place)})"  # noqa: S608 - declared names
        return whole, "''", f"CAST(round(coalesce({number}, 0) * {UNIT}) AS INTEGER)"

    # when

    def _look_back(self) -> None:
        """People are taken as they were: on the day that is counted, or when the period or the relation ended."""
        part, paths = self.part, self.paths
        last = f"'{(self.period.end(self.today) if self.period else self.today).isoformat()}'"
        day = paths.day if self.kind.dated else last
        lasting = part.until_field if part.tally is not Aggregate.DAYS else None
        field = lasting or part.period_field
        if field and field != ALWAYS:
            place = paths.find(field.split("."))
            if place.column.type in DATED and not (place.many or place.inner):
                found = f"substr(coalesce({place.expr}, {last if lasting else day}), 1, 10)"
                day = f"min({found}, {last})" if lasting else found
        paths.day = day
        if not self.kind.dated:
            paths.root.day = day

    def _day(self, path: list[str], place: Place) -> str:
        if place.column.type not in DATED or place.many or place.inner:
            raise UsageError(f"「{'.'.join(path)}」不是日期，不能按期间取")
        return place.expr if place.column.type is FieldType.DAY else f"substr({place.expr}, 1, 10)"

    def _dates(self) -> tuple[str, str]:
        """Since and until; what lies outside the period is left out."""
        part = self.part
        field = part.period_field or self.kind.dated
        since = until = "NULL"
        if field and field != ALWAYS:
            path = field.split(".")
            place = self.paths.find(path)
            if place.column.type is FieldType.INTEGER and not (place.many or place.inner):
                return self._year(place.expr), until
            begun = self._moment(path)
            since = begun.expr
            if self.period and part.tally is not Aggregate.DAYS:
                self._within(self.period, begun)
        elif (ended := self.kind.column("ended")) and not part.until_field:  # what is no more is counted until its day
            last = self.period.end(self.today) if self.period else self.today
            day = f"json_extract(t0.{quoted(ended.name)}, '$.\"日期\"')"
            self._require(f"coalesce({day}, '9999') > ?", last.isoformat())
        if part.until_field and part.tally is not Aggregate.DAYS:
            until = self._moment(part.until_field.split(".")).expr
        return since, until

    def _moment(self, path: list[str]) -> Place:
        place = self.paths.find(path)
        self._day(path, place)
        return place

    def _year(self, expr: str) -> str:
        """A year's entry belongs to the periods that end in it; longer ones take in every year they touch."""
        if self.period:
            last = self.period.last
            first = self.period.since if last - self.period.since > _YEAR else last
            self._require(f"{expr} BETWEEN ? AND ?", first.year, last.year)
        return f"CAST({expr} AS TEXT)"

    def _within(self, period: Period, since: Place) -> None:
        if not self.part.until_field:
            self._require(*_inside(since, period))
            return
        until = self._moment(self.part.until_field.split("."))
        if self.part.instant is Instant.WITHIN:
            after, ends = bounds(period, since.column.type)[1], bounds(period, until.column.type)[0]
        else:
            last = period.end(self.today)
            after, ends = (last + timedelta(days=1)).isoformat(), last.isoformat()
        begun = f"({since.expr} IS NULL OR {since.expr} < ?)"
        self._require(f"{begun} AND ({until.expr} IS NULL OR {until.expr} >= ?)", after, ends)


_TALLIES: dict[Aggregate, Callable[[_Build], tuple[bool, str, str]]] = {
    Aggregate.RECORDS: _Build.records,
    Aggregate.PARTS: _Build.parts,
    Aggregate.DISTINCT: _Build.distinct,
    Aggregate.DAYS: _Build.days,
    Aggregate.SUM: _Build.sum,
}


def _inside(place: Place, period: Period) -> tuple[str, str, str]:
    """The condition that a column lies in a period, with its parameters."""
    expr = comparable(place.expr, place.column.type, period)
    return f"{expr} >= ? AND {expr} < ?", *bounds(period, place.column.type)


def compiled(part: Part, period: Period | None, clock: Clock, today: date, cycle: Weeks) -> Share:
    """One part of one kind.

    Raises:
        UsageError: It names what is not there, or counts what cannot be counted.
    """
    return _Build(part, period, clock, today, cycle).share()
