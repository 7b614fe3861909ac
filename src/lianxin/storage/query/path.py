"""Paths of Chinese labels through references, groups and lists, as SQL expressions and the joins they need.

A record speaks of the people it names as they were on its day: of the unit, post and roles they held then.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.path import MOST_JOINED, MOST_STEPS, labels, near
from lianxin.storage.index.schema_sql import quoted
from lianxin.storage.query.past import called_then
from lianxin.storage.query.place import Clock, Part, Place, Source, Unrolled, Weeks, calendar

__all__ = ["Paths", "near"]

#: Days that one record may span: ten years.
_LONGEST = 3660


class Paths:
    """The FROM of one SELECT, growing as paths are looked up.

    Args:
        kind: Of the records asked for.
        clock: Today and this minute.

    Attributes:
        entries: What tells the rows of one record apart, once a list has been laid out in rows.
        day: SQL for the day on which a record looks at the people it names.
    """

    def __init__(self, kind: Kind, clock: Clock, cycle: Weeks = calendar) -> None:
        self.root = Source(kind, "t0")
        self.clock = clock
        self.cycle = cycle
        self.day = self._own_day(kind)
        self.entries: tuple[str, ...] = ()
        self._rolled: tuple[tuple[str, ...], Place] | None = None
        self._outer: list[Part] = []
        self._known: dict[str, Source] = {}
        self._count = 0

    def sql(self) -> str:
        """FROM and its joins."""
        return " ".join(part.sql(self.clock) for part in (self.root, *self._outer))

    def find(self, path: Sequence[str]) -> Place:
        """The place a path leads to.

        Raises:
            UsageError: It leads nowhere, or too far; near names are in the sentence.
        """
        if len(path) > MOST_STEPS:
            raise UsageError(f"栏目「{path[0]}.{path[1]}…」有 {len(path)} 节，至多写 {MOST_STEPS} 节")
        if self._rolled and self.follows(path):
            done, place = len(self._rolled[0]), self._rolled[1]
        else:
            done, place = 1, self._column((self.root,), path[0])
        for step, label in enumerate(path[done:], done - 1):
            place = self.unrolled(place)
            if place.points:
                sources, place = self._joined(place, label)
                place = replace(self._column(sources, label), inner=place.inner, day=place.day)
            elif place.column.type is FieldType.GROUP and place.column.group:
                place = _inside(place, place.column.group, label)
            else:
                raise UsageError(f"「{path[step]}」不指向别的记录，后面不能再写「.{label}」")
        return place

    def follows(self, path: Sequence[str]) -> bool:
        """Whether a path begins with the list that was unrolled."""
        return self._rolled is not None and tuple(path[: len(self._rolled[0])]) == self._rolled[0]

    def unroll(self, path: Sequence[str], *, kept: bool = False) -> None:
        """One row a part of this list; every path that begins with it speaks of the same part.

        Args:
            path: Where the list is.
            kept: Records without any part keep one row.

        Raises:
            UsageError: There is no list at that path.
        """
        place = self.find(path)
        if not place.many and not place.inner:
            raise UsageError(f"「{'.'.join(path)}」不是清单，不能展开")
        place = self.spread(place, kept=kept)
        self._rolled = (tuple(path), place)

    def spread(self, place: Place, *, kept: bool = False) -> Place:
        """A list as its parts, in the outer FROM: one row a part.

        Args:
            place: Where a path led.
            kept: Records without any part keep one row.
        """
        place = self.unrolled(place)
        if not place.inner:
            return place
        for part in place.inner:
            self._outer.append(replace(part, kept=kept) if isinstance(part, Unrolled) else part)
        self.entries += tuple(f"{part.alias}.key" for part in place.inner if isinstance(part, Unrolled))
        return replace(place, inner=())

    def unrolled(self, place: Place) -> Place:
        """A list as its parts, in a subquery."""
        if not place.many:
            return place
        alias = self._alias("j")
        return replace(place, expr=f"{alias}.value", many=False, inner=(*place.inner, Unrolled(place.expr, alias)))

    def spoken(self, place: Place) -> Place:
        """A column as a list prints it."""
        column = place.column
        if place.source is None or not isinstance(column, Derived) or column.words is None:
            return place
        return replace(place, expr=place.source.words(column))

    def titled(self, place: Place) -> Place:
        """A reference as the title of what it points to."""
        found = f"SELECT title FROM record WHERE id = {place.expr}"  # noqa: S608 - declared names
        now = f"coalesce(({found}), {place.expr})"
        then = self.called_then(place).expr
        return replace(
            place, expr=now if then == place.expr else f"CASE {then} WHEN {place.expr} THEN {now} ELSE {then} END"
        )

    def called_then(self, place: Place) -> Place:
        """A reference, or the name that what it points to bore on the day of the record that does."""
        return replace(place, expr=called_then(place.column.refs, place.expr, self._day_of(place)))

    def days(self, first: str, last: str) -> str:
        """Every day from one to another in a row of its own; only the first where there is no other."""
        alias = self._alias("d")
        series = (
            f"WITH RECURSIVE s(day) AS (SELECT {first} UNION ALL SELECT date(day, '+1 day') FROM s "  # noqa: S608
            f"WHERE day < {last} LIMIT {_LONGEST}) SELECT json_group_array(day) FROM s"
        )
        self._outer.append(Unrolled(f"CASE WHEN {last} > {first} THEN ({series}) ELSE json_array({first}) END", alias))
        return f"{alias}.value"

    def inside(self, place: Place) -> str:
        """The FROM of a place's subquery."""
        first = place.inner[0].sql(self.clock).removeprefix("JOIN ")
        return " ".join((first, *(part.sql(self.clock) for part in place.inner[1:])))

    def _own_day(self, kind: Kind) -> str:
        today = self.clock[":today"]
        if kind.day:
            return kind.day.replace(":today", today)
        column = kind.column(kind.dated) if kind.dated else None
        if column is None or isinstance(column, Derived):
            return today
        return f"substr(coalesce(t0.{quoted(column.name)}, {today}), 1, 10)"

    def _day_of(self, place: Place) -> str:
        """The day on which what a place points to was named."""
        if place.day or not isinstance(place.column, Derived) or not place.column.on:
            return place.day or self.day
        return f"substr(coalesce(t0.{quoted(place.column.on)}, {self.day}), 1, 10)"

    def _alias(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _column(self, sources: Sequence[Source], label: str) -> Place:
        found = [(source, column) for source in sources if (column := source.kind.column(label))]
        if not found:
            kinds = "、".join(source.kind.label for source in sources)
            raise UsageError(
                f"{kinds}没有「{label}」这一栏{near(label, (one for source in sources for one in labels(source.kind)))}"
            )
        exprs = [source.column(column) for source, column in found]
        expr = exprs[0] if len(exprs) == 1 else f"coalesce({', '.join(exprs)})"
        return Place(expr, found[0][1], found[0][1].many, source=found[0][0] if len(found) == 1 else None)

    def _joined(self, place: Place, label: str) -> tuple[tuple[Source, ...], Place]:
        """The tables a reference may point into, of those that have the column wanted."""
        kinds = [KIND[name] for name in place.column.refs]
        wanted = [kind for kind in kinds if kind.column(label)] or kinds
        sources = []
        place = replace(place, day=self._day_of(place))
        for kind in wanted:
            key = f"{kind.name} at {place.expr} on {place.day}"
            known = self._known.get(key)
            if known:
                sources.append(known)
                continue
            alias = self._alias("t")
            source = Source(kind, alias, f"{alias}.id = {place.expr}", place.day)
            sources.append(source)
            if place.inner:
                place = replace(place, inner=(*place.inner, source))
            else:
                if len(self._known) >= MOST_JOINED:
                    raise UsageError(f"一次要取的别的记录太多，经引用的栏目至多 {MOST_JOINED} 种")
                self._known[key] = source
                self._outer.append(source)
        return tuple(sources), place


def _inside(place: Place, group: type[Record], label: str) -> Place:
    """A field of a group, out of its JSON."""
    spec = next((spec for spec in fields_of(group) if label in (spec.label, spec.name)), None)
    if spec is None:
        known = [spec.label for spec in fields_of(group)]
        raise UsageError(f"「{place.column.label}」里没有「{label}」这一项{near(label, known)}")
    expr = f"json_extract({place.expr}, '$.\"{spec.label}\"')"
    if spec.type is FieldType.DEADLINE and not spec.many:
        expr = f"(CASE length({expr}) WHEN 10 THEN {expr} || ' 23:59' ELSE {expr} END)"
    return Place(expr, spec, spec.many, place.inner)
