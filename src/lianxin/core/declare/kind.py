"""A record kind is one declaration: the loader, checks, tables, prompts and reference are derived from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lianxin.core.declare.condition import unmet
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.tone import Tone, Tones, tones
from lianxin.core.value import FieldType

if TYPE_CHECKING:
    from datetime import date

    from lianxin.core.declare.lifecycle import Conduct, Life, Lifecycle
    from lianxin.core.problem import Fault


#: ``Derived`` has an attribute called ``type``.
Group = type[Record]


class Derived(Struct, frozen=True):
    """A column that is computed, never typed.

    Attributes:
        name: English, as in JSON.
        label: Chinese, as in filters and headings.
        sql: Expression over the kind's own columns and ``:today`` / ``:now``, evaluated when asked
            (for what depends on the day). ``None``: stored in the index.
        read: Reads what is stored off the life of a record (``kinds.life.column``).
        words: Expression, as ``sql``, of what a list prints in its place; where it is NULL the value itself.
        group: The model of a GROUP.
        choices: What may stand in a CHOICE, in the order it is offered.
        amiss: How 否 is meant, of a FLAG.
        on: Of a reference to a person: the column, by name, with the day on which he was named.
        term: As of a declared field.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    privacy: Privacy = Privacy.OPEN
    refs: tuple[str, ...] = ()
    many: bool = False
    sql: str | None = None
    read: Callable[[Any], object] | None = None
    words: str | None = None
    help: str = ""
    group: Group | None = None
    choices: tuple[str, ...] = ()
    amiss: Tone = Tone.NORMAL
    on: str = ""
    term: bool = False

    def __post_init__(self) -> None:
        if self.sql is None and self.read is None:
            raise TypeError(f"nothing says what stands in {self.label}")

    @property
    def tones(self) -> Tones:
        """How its words are meant, those that are meant in some way."""
        return tones(self.choices) if self.amiss is Tone.NORMAL else (("否", self.amiss),)


def _nothing(_record: Any) -> Iterator[Fault]:
    return iter(())


def _unnamed(_record: Any) -> tuple[str, ...]:
    return ()


def _as_typed(_before: Mapping[str, Any], changes: Mapping[str, Any], _today: Any) -> Mapping[str, Any]:
    return changes


class Brief(Struct, frozen=True):
    """What must be known of a kind before its declaration is imported; for the other attributes see ``Kind``.

    Attributes:
        apart: Its Chinese name as a command, where its label is another command's.
    """

    name: str
    label: str
    prefix: str
    folder: str
    yearly: bool = False
    apart: str = ""

    @property
    def command(self) -> str:
        """Its Chinese name as a command."""
        return self.apart or self.label

    def id_pattern(self) -> re.Pattern[str]:
        """What a full id of this kind looks like."""
        return _id_pattern(self.prefix, self.yearly)

    def path_of(self, id_: str) -> str:
        """Where the record with this id stands, relative to the data folder."""
        return _path_of(self, id_)


class Kind(Struct, frozen=True, dict=True):
    """One kind of record.

    Attributes:
        name: English: command, table and JSON name.
        label: Chinese.
        prefix: Of its ids (``WT``).
        folder: Under the data directory.
        yearly: One folder a year, and the year in the id (``WT-2026-A0123``, else ``HU-A0012``).
        model: The declared fields; the first is the id (编号), and every model has notes (备注).
        title: Names a record to a person, for lists and references; must hold nothing but what a list may show.
        told_by: Columns that tell records of one title apart, shown beside it to whoever keeps the book.
        called: What else it goes by.
        listed: Columns of a list.
        dated: Label of the day a period is about, where nothing else is said.
        check: Faults within one record that span fields, beyond the conditions its fields declare.
        lifecycle: Steps and states, for kinds that carry events.
        conduct: Loads what plays those events; given with ``lifecycle``.
        derived: Computed columns.
        day: SQL over its own columns and ``:today``: the day on which a record looks at people, where it is not
            ``dated``.
        past: The list of what some of its fields said before, each entry named like them and with the last day it
            was true (``until``); records that point here speak of it as it was on their day.
        superseded: What an edit writes besides, so that what was true stays known: the values before, the changes
            and today to all changes.
    """

    name: str
    label: str
    prefix: str
    folder: str
    yearly: bool
    model: type[Record]
    title: Callable[[Any], str]
    called: Callable[[Any], tuple[str, ...]] = _unnamed
    listed: tuple[str, ...] = ()
    dated: str = ""
    told_by: tuple[str, ...] = ()
    check: Callable[[Any], Iterator[Fault]] = _nothing
    lifecycle: Lifecycle | None = None
    conduct: Callable[[], Conduct[Any, Life]] | None = None
    derived: tuple[Derived, ...] = ()
    day: str = ""
    past: str = ""
    superseded: Callable[[Mapping[str, Any], Mapping[str, Any], date], Mapping[str, Any]] = _as_typed
    help: str = ""

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The declared fields of a record, events left out."""
        return tuple(spec for spec in fields_of(self.model) if spec.name != "events")

    def faults(self, record: Record) -> Iterator[Fault]:
        """What is wrong with a record although each of its fields can be read."""
        yield from unmet(record)
        yield from self.check(record)

    def column(self, label: str) -> FieldSpec | Derived | None:
        """The field or derived column with this Chinese label or English name."""
        return self._columns.get(label)

    @cached_property
    def _columns(self) -> Mapping[str, FieldSpec | Derived]:
        """By either name; the first that is called so counts."""
        columns: tuple[FieldSpec | Derived, ...] = (*self.fields, *self.derived)
        return {name: spec for spec in reversed(columns) for name in (spec.name, spec.label)}

    @property
    def brief(self) -> Brief:
        """What the index of kinds says of it."""
        return Brief(self.name, self.label, self.prefix, self.folder, self.yearly)

    def id_pattern(self) -> re.Pattern[str]:
        """What a full id of this kind looks like."""
        return _id_pattern(self.prefix, self.yearly)

    def path_of(self, id_: str) -> str:
        """Where the record with this id stands, relative to the data folder."""
        return _path_of(self, id_)


@cache
def _id_pattern(prefix: str, yearly: bool) -> re.Pattern[str]:
    year = r"(?P<year>\d{4})-" if yearly else ""
    return re.compile(rf"{prefix}-{year}(?P<station>[A-Z])(?P<number>\d{{4,}})\Z")


def _path_of(kind: Kind | Brief, id_: str) -> str:
    return f"{kind.folder}/{id_.split('-')[1]}/{id_}.yaml" if kind.yearly else f"{kind.folder}/{id_}.yaml"
