"""Where paths lead: tables and lists a SELECT goes through, and what stands at the end."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from lianxin.core.day.period import CALENDAR, Cycle
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.value import FieldType
from lianxin.storage.index.schema_sql import Column, expression, quoted
from lianxin.storage.query.past import in_force, then

#: Today and this minute as quoted SQL text, under the names derived columns call them by.
Clock = dict[str, str]


#: Tells on which day the office's weeks and months begin; asked only where a filter names one.
Weeks = Callable[[], Cycle]


def calendar() -> Cycle:
    """Weeks and months as the calendar has them."""
    return CALENDAR


class Source(Struct):
    """A kind's table under an alias; query-time columns asked of it are computed in a subquery.

    Attributes:
        day: SQL for the day of which it is to speak; empty: as it is now.
    """

    kind: Kind
    alias: str
    on: str = ""
    day: str = ""
    computed: dict[str, Derived] = field(default_factory=dict)

    def column(self, column: Column) -> str:
        """The expression of one of its columns."""
        if isinstance(column, Derived) and column.sql is not None:
            self.computed[column.name] = column
        expr = f"{self.alias}.{quoted(column.name)}"
        if not self.day:
            return expr
        if column.many:
            return in_force(column, expr, self.day)
        return then(self.kind, column, self.alias, expr, self.day)

    def words(self, column: Derived) -> str:
        """The expression of what a list prints for one of its columns."""
        told = replace(column, name=f"{column.name} in words", sql=column.words)
        return f"coalesce({self.column(told)}, {self.column(column)})"

    def sql(self, clock: Clock) -> str:
        """It as part of FROM."""
        table = quoted(self.kind.name)
        if self.computed:
            more = [f"({expression(column, clock)}) AS {quoted(name)}" for name, column in self.computed.items()]
            table = f"(SELECT {table}.*, {', '.join(more)} FROM {table})"  # noqa: S608 - declared names
        return f"LEFT JOIN {table} AS {self.alias} ON {self.on}" if self.on else f"{table} AS {self.alias}"


class Unrolled(Struct, frozen=True):
    """The parts of a list, one a row.

    Attributes:
        kept: A record whose list is empty stays, with nothing in that place.
    """

    expr: str
    alias: str
    kept: bool = False

    def sql(self, _clock: Clock) -> str:
        """It as part of FROM."""
        return f"{'LEFT ' if self.kept else ''}JOIN json_each({self.expr}) AS {self.alias}"


Part = Source | Unrolled


class Place(Struct, frozen=True):
    """Where a path leads.

    Attributes:
        expr: Scalar SQL; a JSON list while ``many``.
        column: What is declared there.
        inner: Parts of the subquery, once a list has been stepped through.
        day: SQL for the day of which it speaks.
        source: The table it is a column of, where it is of one alone.
    """

    expr: str
    column: Column
    many: bool
    inner: tuple[Part, ...] = ()
    day: str = ""
    source: Source | None = None

    @property
    def points(self) -> bool:
        """It holds ids of other records."""
        return self.column.type is FieldType.REF and self.column.name != "id"

    @property
    def choices(self) -> tuple[str, ...]:
        """The enumerated values, where they are declared."""
        return self.column.choices
