"""The index's tables and views as SQL text, generated from the kinds' declarations.

One table a kind, named and with columns named in English; one view a kind with the Chinese names, in which what
depends on the day is computed when asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.value import FieldType
from lianxin.kinds import KIND, KINDS

Column = FieldSpec | Derived

#: What SQL is told of a column; all else is text.
AFFINITY = {FieldType.INTEGER: "INTEGER", FieldType.AMOUNT: "NUMERIC"}

#: Tables every kind shares; the key comes last. ``file.record``: NULL for a record that cannot be read, empty for a
#: file that is none. ``file.latest``: the latest day or moment that must not lie in the future. ``file.digest``: of all
#: rows that the file has in any table.
#: ``called``: every name a record goes by, folded. ``kept``: what commands made of these very files.
#: ``record.voided``: one that keeps no events has no row in its kind's table then; ``former`` has the people it names,
#: whom the mask must know.
_SHARED: dict[str, tuple[str, ...]] = {
    "meta": ("key TEXT", "value TEXT NOT NULL", "PRIMARY KEY (key)"),
    "kept": ("name TEXT", "value TEXT NOT NULL", "digest TEXT NOT NULL", "PRIMARY KEY (name)"),
    "file": (
        *("path TEXT", "blob TEXT NOT NULL", "record TEXT", "latest TEXT", "digest TEXT NOT NULL"),
        "PRIMARY KEY (path)",
    ),
    "record": (
        *("id TEXT", "kind TEXT NOT NULL", "title TEXT NOT NULL", "path TEXT NOT NULL", "blob TEXT NOT NULL"),
        *("voided INTEGER NOT NULL", "PRIMARY KEY (id)"),
    ),
    "called": ("word TEXT", "kind TEXT", "record TEXT", "PRIMARY KEY (word, kind, record)"),
    "event": (
        *("record TEXT", "n INTEGER", "id TEXT NOT NULL", "step TEXT NOT NULL", "at TEXT NOT NULL"),
        *("recorded TEXT NOT NULL", "actor TEXT NOT NULL", "data TEXT NOT NULL", "PRIMARY KEY (record, n)"),
    ),
    "interval": (
        *("record TEXT", "n INTEGER", "state TEXT NOT NULL", "since TEXT NOT NULL", "until TEXT"),
        *("recorded TEXT", "event TEXT", "PRIMARY KEY (record, n)"),
    ),
    "reference": (
        "source TEXT",
        "kind TEXT NOT NULL",
        "field TEXT",
        "target TEXT",
        "PRIMARY KEY (source, field, target)",
    ),
    "former": ("record TEXT", "name TEXT", "PRIMARY KEY (record, name)"),
    "problem": (
        *("path TEXT", "line INTEGER", "col INTEGER", "code TEXT", "level TEXT NOT NULL", "message TEXT"),
        *("remedy TEXT NOT NULL", "excerpt TEXT NOT NULL", "veiled TEXT NOT NULL", "n INTEGER"),
        "PRIMARY KEY (path, n)",
    ),
}


def quoted(name: str) -> str:
    """A name as SQL takes it; many of ours are SQL's own words (``group``, ``when``, ``into``)."""
    return '"' + name.replace('"', '""') + '"'


#: Made after a cold build has filled the tables.
_INDEXES = (
    "CREATE INDEX reference_target ON reference (target, field, source)",
    "CREATE INDEX file_latest ON file (latest) WHERE latest IS NOT NULL",
    "CREATE INDEX file_unreadable ON file (path) WHERE record IS NULL",
    "CREATE INDEX called_record ON called (record)",
    "CREATE INDEX record_kind ON record (kind, title)",
)

#: Today and this minute, for views that outlive the command.
LIVE = {":today": "date('now', 'localtime')", ":now": "strftime('%Y-%m-%d %H:%M', 'now', 'localtime')"}


def stored(kind: Kind) -> tuple[Column, ...]:
    """The columns of a kind's table: declared fields, then what is derived when the index is made."""
    return (*kind.fields, *(column for column in kind.derived if column.sql is None))


def expression(column: Derived, clock: dict[str, str]) -> str:
    """A query-time column with its day and minute filled in."""
    sql = column.sql or quoted(column.name)
    for token, value in clock.items():
        sql = sql.replace(token, value)
    return sql


@cache
def insert(table: str, rows: int = 1) -> str:
    """The statement that puts a row, or several, into a table.

    A record that stands in two files, in the archive and beside it, is in the tables once; ``check`` tells of it.
    """
    width = len(_SHARED[table]) - 1 if table in _SHARED else len(stored(KIND[table]))
    row = f"({', '.join('?' * width)})"
    return f"INSERT OR REPLACE INTO {quoted(table)} VALUES {', '.join([row] * rows)}"  # noqa: S608 - names of our own


def _table(kind: Kind) -> str:
    parts = []
    for column in stored(kind):
        plain = not column.many and column.type in AFFINITY
        parts.append(f"{quoted(column.name)} {AFFINITY[column.type] if plain else 'TEXT'}")
    parts[0] += " PRIMARY KEY"
    return f"CREATE TABLE {quoted(kind.name)} ({', '.join(parts)})"


def tables() -> Iterator[str]:
    """Every table, empty."""
    for name, parts in _SHARED.items():
        yield f"CREATE TABLE {name} ({', '.join(parts)}) WITHOUT ROWID"
    for kind in KINDS:
        yield _table(kind)


def indexes() -> Iterator[str]:
    """Every index. Villagers' names have one each: whatever is printed for others is searched for all of them.

    So have the days and moments a figure is asked for by period.
    """
    yield from _INDEXES
    for kind in KINDS:
        for column in stored(kind):
            if not column.many and (column.privacy is Privacy.NAME or _by_period(kind, column)):
                name = quoted(f"{kind.name}_{column.name}")
                yield f"CREATE INDEX {name} ON {quoted(kind.name)} ({quoted(column.name)})"


def _by_period(kind: Kind, column: Column) -> bool:
    """The day a record is counted by, or when a step of its life was done or due."""
    reached = isinstance(column, Derived) and column.type in (FieldType.MOMENT, FieldType.DEADLINE)
    return reached or column.label == kind.dated


def view(kind: Kind, clock: dict[str, str], *, temporary: bool = False) -> str:
    """The view of a kind with its Chinese names."""
    columns = [f"{quoted(column.name)} AS {quoted(column.label)}" for column in kind.fields]
    columns += [f"{expression(column, clock)} AS {quoted(column.label)}" for column in kind.derived]
    word = "TEMP VIEW" if temporary else "VIEW"
    selected = f"SELECT {', '.join(columns)} FROM {quoted(kind.name)}"  # noqa: S608 - names of our own
    return f"CREATE {word} {quoted(kind.label)} AS {selected}"


def views() -> Iterator[str]:
    """Every view that stays in the database, for ``sqlite3``, Datasette and the like."""
    for kind in KINDS:
        yield view(kind, LIVE)
    yield from _EVENTS


_EVENTS = (
    """CREATE VIEW "事件" AS SELECT record AS "编号", n AS "序号", step AS "步骤", at AS "时间",
recorded AS "记录时间", actor AS "经办人", data AS "内容" FROM event""",
    """CREATE VIEW "状态经过" AS SELECT record AS "编号", n AS "序号", state AS "状态", since AS "自", until AS "至",
recorded AS "记录时间" FROM interval""",
)
