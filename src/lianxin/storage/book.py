"""The records as a book that answers queries: rules, ledgers and pages see nothing else of the storage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianxin.core.book import Query
from lianxin.core.day.period import Cycle, Period
from lianxin.core.declare.lifecycle import Context, L, Life
from lianxin.core.declare.record import Record
from lianxin.core.error import LianxinError
from lianxin.core.filter import Filter, Op
from lianxin.core.measure import Counted, Measure
from lianxin.core.problem import Finding, Problem
from lianxin.kinds import ARCHIVE, KIND, home, kind_of
from lianxin.kinds.life.amend import as_it_stood
from lianxin.storage import DEFINING, fault, outside, policy_file
from lianxin.storage.git import snapshot as snapshots
from lianxin.storage.index.database import Index
from lianxin.storage.index.store import maker
from lianxin.storage.query import select as query
from lianxin.storage.title import Titles

if TYPE_CHECKING:
    from lianxin.core.day.calendar import Calendar
    from lianxin.core.office import Office
    from lianxin.core.text.excerpt import Word
    from lianxin.storage.find.search import Hits
    from lianxin.storage.git.asked import Asked
    from lianxin.storage.read.loading import Loaded


@contextmanager
def open_book(
    root: Path,
    *,
    today: date,
    now: datetime,
    clock: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
    commit: str = "",
    trusting: bool = False,
    asked: Asked | None = None,
    lenient: bool = False,
    alone: bool = False,
) -> Iterator[LedgerBook]:
    """The records of a data folder, for the time of the block.

    Args:
        root: The folder that holds ``lianxin.yaml``.
        today: What counts as today.
        now: What counts as this minute.
        clock: What the clock says, whatever day is looked at: later than that nothing has happened. None: ``now``.
        progress: Told (done, total) while files have to be read.
        commit: Read this commit instead of the work tree.
        trusting: If that is HEAD, the index will do; else every file of it is read.
        asked: What git is already at work on.
        lenient: Where HEAD leads to no commit although there are some, the files alone are read.
        alone: That commit is the present too: it has no work tree, as a copy of which only history is kept.

    Raises:
        LianxinError: Git will not work there, or there is no such commit.
    """
    seen = snapshots.at_commit(root, commit) if commit else snapshots.take(root, asked, lenient=lenient)
    index = Index(seen, progress, trusting=trusting)
    try:
        yield LedgerBook(index, today, now, clock or now, alone=alone)
    finally:
        index.close()


class LedgerBook:
    """The book of one snapshot; see ``core.book.Book``.

    Attributes:
        loaded: How many files had to be read to open it.
    """

    def __init__(self, index: Index, today: date, now: datetime, clock: datetime, *, alone: bool = False) -> None:
        self._index = index
        self._alone = alone
        self._titles = Titles(self.sql)
        self._kept: dict[str, str] = {}
        self._cycle: Cycle | None = None
        self._totals: dict[tuple[Measure, Period | None], Mapping[str, Decimal]] = {}
        self._counted: dict[tuple[Measure, Period | None, str | None], tuple[Counted, ...]] = {}
        self.today = today
        self.now = now
        self.clock = clock
        self.commit = index.snapshot.commit
        self.dirty: Sequence[str] = index.snapshot.dirty
        self.repo = index.snapshot.repo
        self.loaded = index.loaded

    @contextmanager
    def trying(
        self, files: Mapping[str, bytes | None], read: Mapping[str, Loaded] | None = None
    ) -> Iterator[LedgerBook]:
        """The book as it would be with some files written, or taken away (None); forgotten at the end of the block.

        Args:
            files: By path.
            read: Those of them that have been read already.
        """
        with self._index.trying(files, read or {}):
            yield LedgerBook(self._index, self.today, self.now, self.clock)

    @property
    def context(self) -> Context:
        """The limits and the working calendar in force."""
        return self._index.context

    def cycle(self) -> Cycle:
        """On which day the office's weeks and months begin."""
        if self._cycle is None:
            from lianxin.policies.cycle import cycle_of

            self._cycle = cycle_of(self.policy("reports"))
        return self._cycle

    def select(self, query_: Query) -> tuple[list[tuple[Any, ...]], list[str]]:
        """Typed values by row, and the record id of each row.

        Raises:
            UsageError: A column or filter names no field of the kind; near names are in the sentence.
        """
        selection = query.select(query_, self.today, self.now, self.cycle)
        return query.read(self._index.columns(selection.sql, selection.parameters), selection, self.title)

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a read-only statement over the index's tables."""
        return self._index.rows(statement, parameters)

    def totals(self, measure: Measure, period: Period | None) -> Mapping[str, Decimal]:
        """The amount of a measure by subject; under ``""`` what names no 归属, or has it left empty.

        Raises:
            UsageError: A part names what is not there, or counts what cannot be counted.
        """
        found = self._totals.get((measure, period))
        if found is None:  # several figures share a denominator
            from lianxin.storage.query.measure_sql import totals

            clock = query.clock(self.today, self.now)
            found = self._totals[measure, period] = totals(self.sql, measure, period, clock, self.today, self.cycle)
        return found

    def counted(self, measure: Measure, period: Period | None, subject: str | None = None) -> list[Counted]:
        """What adds up to ``totals``, record by record, the earliest first; only one subject's where one is given.

        Raises:
            UsageError: A part names what is not there, or counts what cannot be counted.
        """
        found = self._counted.get((measure, period, subject))
        if found is None:  # several duties bind the same people
            from lianxin.storage.query.measure_sql import counted

            clock = query.clock(self.today, self.now)
            found = tuple(counted(self.sql, measure, period, subject, clock, self.today, self.cycle))
            self._counted[measure, period, subject] = found
        return list(found)

    def kept(self, name: str, make: Callable[[], str], *layers: str) -> str:
        """What was made of these very files before; else it is made now, and kept for the next command.

        Args:
            name: Of what is made, and of whatever else it depends on besides the files.
            make: Works it out; the day must not matter to it.
            layers: Whose code does so; where that changes it is made anew.
        """
        if layers:
            name = f"{name} {maker(*layers)}"
        if name not in self._kept:  # with edits laid over, or of the past, nothing is kept for others
            self._kept[name] = self._index.kept(name, make)
        return self._kept[name]

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """For statements from outside: reads only, and the Chinese views as of ``today`` and ``now``."""
        return outside.opened(self._index.connection, query.clock(self.today, self.now))

    def record(self, id_: str) -> Record:
        """One record, whole.

        Raises:
            LianxinError: No such record, or it cannot be read.
        """
        return self.held(id_)[1]

    def held(self, id_: str) -> tuple[bytes, Record, Mapping[str, Any]]:
        """What a record's file holds: its bytes, the record, and what stands there as text by Chinese label.

        Raises:
            LianxinError: No such record, or it cannot be read.
        """
        path = self.path_of(id_)
        data = self._index.snapshot.read(path) or b""
        loaded = self._loaded(path, data)
        if loaded.record is None:
            raise LianxinError(f"{path} 读不出来，请运行 lianxin check {path} 看哪里要改")
        return data, loaded.record, loaded.values

    def fold(self, id_: str, before: datetime | None = None) -> Life:
        """What the events of a record add up to.

        Args:
            before: Only what had happened by then, as it has been corrected since.

        Raises:
            LianxinError: No such record, it cannot be read, or its kind carries no events.
        """
        record: Any = self.record(id_)
        return self.fold_of(record if before is None else as_it_stood(record, before))

    def life(self, id_: str, of: type[L], before: datetime | None = None) -> L:
        """The same, of a record whose kind is known.

        Raises:
            LianxinError: As ``fold``.
            TypeError: It is of another kind.
        """
        life = self.fold(id_, before)
        if isinstance(life, of):
            return life
        raise TypeError(f"{id_} has no {of.__module__}.{of.__name__}")

    def fold_of(self, record: Record) -> Life:
        """What the events of a record in hand add up to, under the limits and calendar in force.

        Raises:
            LianxinError: Its kind carries no events.
        """
        kind = kind_of(str(vars(record)["id"]))
        if kind.conduct is None:
            raise LianxinError(f"{kind.label}没有办理经过")
        return kind.conduct().fold(record, self.context)

    def leader(self, id_: str) -> str:
        """The issue at the end of the merges of this one; itself when it follows none."""
        wanted = Query(KIND["issue"], ("主案.编号",), (Filter(("编号",), Op.EQ, (id_,)),))
        rows, _ = self.select(wanted)
        return str(rows[0][0]) if rows and rows[0][0] else id_

    def title(self, id_: str, on: date | None = None) -> str:
        """The name a record goes by, or went by on a day; the id itself when there is no such record."""
        return self._titles.of(id_) if on is None else self._titles.then(id_, on)

    def resolve(self, word: str, *kinds: str, in_force: bool = False) -> str:
        """A full id from an unambiguous tail (``A7``, ``0007``), this year's first, or from a name.

        Args:
            word: As typed.
            kinds: The kinds that will do; none for any.
            in_force: A voided record will not do.

        Raises:
            UsageError: None or several match; all are shown.
        """
        from lianxin.storage.book_resolve import resolve

        return resolve(self.sql, word, [*filter(None, kinds)], self.today.year, in_force=in_force)

    def found(
        self,
        words: Sequence[Word],
        progress: Callable[[int, int], None] | None = None,
        nameless: Callable[[str], bool] = lambda _id: False,
    ) -> Hits:
        """The records that have all these words somewhere.

        Args:
            words: Looked for.
            progress: Told (done, total) while what is searched has to be made first.
            nameless: Whether the name of a record, by its id, is not looked at.
        """
        from lianxin.storage.find import search, store

        said = store.opened(self._index, progress)
        try:
            return search.search(self.sql, said, words, self.today.year, nameless)
        finally:
            store.close(self._index, said)

    def policy(self, name: str) -> Mapping[str, Any] | None:
        """What ``policy/NAME.yaml`` and the campaigns in force say, as text; None when there is no readable file."""
        return policy_file.policy(self._index.snapshot, name)

    @property
    def campaigns(self) -> tuple[str, ...]:
        """The folders of the campaigns in force."""
        return policy_file.campaigns(self._index.snapshot)

    @property
    def calendar(self) -> Calendar:
        """The working calendar in force."""
        return self.context.calendar

    @cached_property
    def started(self) -> date | None:
        """From which day the ledger is kept (启用日期), where ``lianxin.yaml`` says so and can be read."""
        return self.office.started if self.office else None

    @cached_property
    def office(self) -> Office | None:
        """Whose ledger this is, where ``lianxin.yaml`` can be read."""
        from lianxin.storage.settings import MARK, read_office

        try:
            return read_office(self.file(MARK) or b"")
        except LianxinError:  # the check says what is wrong with it
            return None

    def file(self, path: str) -> bytes | None:
        """One file that is no record; None when there is none."""
        return self._index.snapshot.read(path)

    def files(self, folder: str) -> list[tuple[str, bytes]]:
        """Every YAML file under a folder that holds no records, with its path: as committed, where a commit is read."""
        return self._index.snapshot.folder(folder)

    def digests(self, folder: str) -> Mapping[str, str]:
        """Every file under a folder that holds no records, archived ones at their old place, with git's id of each."""
        found = dict(self._index.snapshot.digests(folder))
        archived = self._index.snapshot.digests(ARCHIVE) if folder != ARCHIVE else {}
        return found | {home(path): oid for path, oid in archived.items() if home(path).startswith(f"{folder}/")}

    def attached(self, path: str) -> bytes | None:
        """A picture or paper of the ledger, archived or not; None when it is not there."""
        found = self._index.snapshot.whole(path)
        return self._index.snapshot.whole(self.place_of(path)) if found is None and path in self._archived else found

    def place_of(self, path: str) -> str:
        """Where such a file stands now: in the archive, where it is not at its own place."""
        return self._archived.get(path, path) if self._index.snapshot.whole(path) is None else path

    @cached_property
    def _archived(self) -> Mapping[str, str]:
        """Where the files of closed years stand, by the place they had before."""
        return {home(path): path for path in self.paths(ARCHIVE)}

    def paths(self, folder: str) -> list[str]:
        """Every file under a folder that holds no records, be it YAML or not."""
        return self._index.snapshot.paths(folder)

    def strange(self, folder: str) -> list[str]:
        """What stands under such a folder and is not read, because it is no ordinary file."""
        return self._index.snapshot.strange(folder)

    @cached_property
    def definitions(self) -> str:
        """Which policies, campaigns, forms and outlines are in force: a digest of their files."""
        return self.kept("definitions", self._defined)

    def _defined(self) -> str:
        from hashlib import sha256

        made = sha256()
        for folder in DEFINING:
            for path, data in self.files(folder):
                made.update(f"{path}\0{len(data)}\0".encode() + data)
        return made.hexdigest()[:8]

    def terms(self, *, shipped: bool) -> frozenset[str]:
        """Every word of the office's policies, campaigns, forms and outlines, or of those that are shipped."""
        from lianxin.storage import term

        if shipped:
            return term.shipped(DEFINING)
        return term.words(data for folder in DEFINING for path, data in self.files(folder) if path not in term.UNHEARD)

    def problems(self, level: str = "") -> list[Problem]:
        """Every fault within files, sorted by place; rules find those across records."""
        found = fault.problems(self.sql, self._index.snapshot, self.clock)
        return sorted(problem for problem in found if level in ("", problem.level))

    def place(self, finding: Finding) -> Problem:
        """What a rule found, at its line and column."""
        return fault.placed(self._index.snapshot, self.path_of(finding.record), finding)

    def bygone(self) -> tuple[frozenset[str], frozenset[str]]:
        """Whom records named before and name no more or cannot be asked for; files whose names were never readable."""
        from lianxin.storage.bygone import bygone, names_people

        paths = [path for (path,) in self.sql("SELECT path FROM file WHERE record IS NULL") if names_people(path)]
        found = bygone(self._index.snapshot, paths)
        return found.names, found.lost

    @contextmanager
    def present(self) -> Iterator[LedgerBook | None]:
        """For a book of the past: the book as it stands now; None where that is this one."""
        seen = self._index.snapshot
        past = seen.status is None and seen.repo and not self._alone
        now = snapshots.take(seen.root) if past else None
        if now is None or (now.commit == self.commit and not now.dirty):
            yield None
            return
        index = Index(now)
        try:
            yield LedgerBook(index, self.today, self.now, self.clock)
        finally:
            index.close()

    def taken_back(self, folder: str) -> Mapping[str, str] | None:
        """The files of a folder that history has lost, with the commits that deleted them; None: it cannot be known.

        Those that only the work tree lacks have no such commit.
        """
        from lianxin.storage.write.given import taken_back

        if self.repo is None or not self.commit or self.repo.cut():
            return None
        status = self._index.snapshot.status
        return taken_back(self.repo, self.commit, folder) | dict.fromkeys(status.gone if status else (), "")

    def spoilt(self) -> list[str]:
        """The files whose rows in the index are not as they were put there."""
        from lianxin.storage.index.seal import differing

        return differing(self._index.connection)

    def unreadable(self) -> int:
        """How many record files could not be read and are in no table."""
        ((count,),) = self.sql("SELECT count(*) FROM file WHERE record IS NULL")
        return int(count)

    def missing(self) -> int:
        """How many records of the commit are in no table because their files are gone."""
        from lianxin.storage.git.difference import missing

        return missing(self._index.snapshot)

    def differences(self) -> list[Problem]:
        """How the folder differs from the commit other than by sound edits, and what state git is in."""
        from lianxin.storage.git.difference import differences

        return differences(self._index.snapshot)

    def path_of(self, id_: str) -> str:
        """The file of a record, readable or not.

        Raises:
            LianxinError: There is none.
        """
        rows = self.sql("SELECT path FROM record WHERE id = ?", (id_,))
        if rows:
            return str(rows[0][0])
        path = kind_of(id_).path_of(id_)
        found = self.sql("SELECT path FROM file WHERE path = ?1 OR path GLOB ?2", (path, f"{ARCHIVE}/*/{path}"))
        if not found:
            raise LianxinError(f"没有 {id_} 这份记录")
        return str(found[0][0])

    def _loaded(self, path: str, data: bytes) -> Loaded:
        from lianxin.storage.read.loading import load

        return load(path, data)
