"""What rules, ledgers and pages may ask of the records: queries, and nothing about how they are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from msgspec import Struct

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.period import Period
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import L, Life
from lianxin.core.declare.record import Record
from lianxin.core.filter import Filter
from lianxin.core.measure import Counted, Measure
from lianxin.core.problem import Problem


class Query(Struct, frozen=True):
    """Which columns of which records, in what order.

    Attributes:
        columns: Chinese labels of fields or derived columns; a path (``甲方.类别``) steps through a reference.
            A reference on its own answers with the title of what it points to; ``X.编号`` gives the id.
            A list answers with its parts joined by ``、``.
        sort: Labels; a leading ``-`` means descending. Ends with the id, so that order is total.
        period: Applies to ``period_field``.
        unroll: A list of the kind: one row a part of it, and every path that begins with it speaks of that part.
            A record without any part keeps one row.
        spoken: So many of the columns, from the first, answer with what a list prints (``已办结（解释）``).
        plain: Values as files hold them: a reference answers with its id, a list with a tuple, a group with what stands
            in it by its labels.
        called: So many of the columns, from the last, answer with what the ids in them were called on the day of the
            record, though values are plain.
        most: So many rows at the most; 0 means all.
        skip: So many rows before the first that is answered, where there is a most.
    """

    kind: Kind
    columns: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    period: Period | None = None
    period_field: str = ""
    sort: tuple[str, ...] = ()
    unroll: str = ""
    spoken: int = 0
    plain: bool = False
    called: int = 0
    most: int = 0
    skip: int = 0


class Book(Protocol):
    """The records as they stand: HEAD's, with uncommitted edits laid over.

    Attributes:
        today, now: Arguments of the command, never the clock.
        clock: What the clock says, whatever day is looked at: later than that nothing has happened.
        commit: HEAD of the data, or empty.
        dirty: Paths of uncommitted edits, relative to the data folder.
    """

    today: date
    now: datetime
    clock: datetime
    commit: str
    dirty: Sequence[str]

    def select(self, query: Query) -> tuple[list[tuple[Any, ...]], list[str]]:
        """Typed values by row, and the record id of each row.

        Raises:
            UsageError: A column or filter names no field of the kind; near names are in the sentence.
        """
        ...

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a read-only statement over the index's tables."""
        ...

    def totals(self, measure: Measure, period: Period | None) -> Mapping[str, Decimal]:
        """The amount of a measure by subject; all of it under ``""`` where its parts name no 归属.

        Raises:
            UsageError: A part names what is not there.
        """
        ...

    def counted(self, measure: Measure, period: Period | None, subject: str | None = None) -> list[Counted]:
        """What adds up to ``totals``, record by record; only one subject's where one is given."""
        ...

    def record(self, id_: str) -> Record:
        """One record, whole.

        Raises:
            LianxinError: No such record, or it cannot be read.
        """
        ...

    def fold(self, id_: str, before: datetime | None = None) -> Life:
        """What the events of a record add up to.

        Args:
            before: Only what had happened by then, as it has been corrected since.
        """
        ...

    def life(self, id_: str, of: type[L], before: datetime | None = None) -> L:
        """The same, of a record whose kind is known."""
        ...

    def title(self, id_: str, on: date | None = None) -> str:
        """The name a record goes by, or went by on a day; the id itself when there is no such record."""
        ...

    def resolve(self, word: str, *kinds: str, in_force: bool = False) -> str:
        """A full id from an unambiguous tail (``A7``, ``0007``), this year's first, or from a name.

        Args:
            word: As typed.
            kinds: The kinds that will do; none for any.
            in_force: A voided record will not do.

        Raises:
            UsageError: None or several match; all are shown.
        """
        ...

    def policy(self, name: str) -> Mapping[str, Any] | None:
        """What ``policy/NAME.yaml`` says, as text; None when there is no such file or it cannot be read."""
        ...

    def problems(self, level: str = "") -> list[Problem]:
        """Every fault in the data, within files and across records, sorted by place."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The working calendar in force."""
        ...

    @property
    def started(self) -> date | None:
        """From which day the ledger is kept (启用日期); nothing is owed of the days before."""
        ...

    @property
    def definitions(self) -> str:
        """Which policies, campaigns, forms and outlines are in force: a digest of their files."""
        ...

    def kept(self, name: str, make: Callable[[], str], *layers: str) -> str:
        """What the code of some layers made of these very files before; else it is made now, and kept."""
        ...

    def terms(self, *, shipped: bool) -> frozenset[str]:
        """Every word of the office's policies, campaigns, forms and outlines, or of those that are shipped."""
        ...

    def bygone(self) -> tuple[frozenset[str], frozenset[str]]:
        """Whom records named before and name no more or cannot be asked for; files whose names were never readable."""
        ...

    def present(self) -> AbstractContextManager[Book | None]:
        """For a book of the past: the book as it stands now; None where that is this one."""
        ...

    def taken_back(self, folder: str) -> Mapping[str, str] | None:
        """The files of a folder that history has lost, with the commits that deleted them; None: it cannot be known.

        Those that only the work tree lacks have no such commit.
        """
        ...

    def digests(self, folder: str) -> Mapping[str, str]:
        """Every file under a folder that holds no records, with git's id of what it holds."""
        ...

    def attached(self, path: str) -> bytes | None:
        """A picture or paper of the ledger; None when it is not there."""
        ...

    def unreadable(self) -> int:
        """How many record files could not be read and are in no table."""
        ...

    def missing(self) -> int:
        """How many records of the commit are in no table because their files are gone."""
        ...
