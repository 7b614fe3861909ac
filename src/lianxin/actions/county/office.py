"""One office of a roll-up: its book fetched, checked, counted and written as files of the data set.

All it is told are plain values, and all it answers: whoever spreads offices over processes or machines hands them this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lianxin import __version__
from lianxin.actions.policy.definition import definitions
from lianxin.actions.sql.public import masked_rows, open_columns
from lianxin.core.county import DENOMINATOR, NUMERATOR, OfficePart, Part, Standing
from lianxin.core.day.period import parse_period
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.error import LianxinError
from lianxin.core.problem import Level
from lianxin.core.value import FieldType
from lianxin.kinds import KINDS
from lianxin.policies.figure import Figure
from lianxin.reports.figure.figured import pooled
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.county.dataset import BOOKS, holds, placed
from lianxin.storage.county.fetch import fetched
from lianxin.storage.county.part import Counted, facts_part, records_part, sums_part
from lianxin.storage.index.schema_sql import quoted
from lianxin.storage.index.store import maker


class Job(Struct, frozen=True):
    """What is to be done for one office.

    Attributes:
        name, level: As listed.
        where: Of its book: absolute.
        branch, folder: As listed; empty where they are not.
        target: The folder of the roll-up.
        personal: Columns that tell of persons are taken in.
        periods: For which its figures are counted, each named by its days (``2026Q4``).
        now: The minute it is looked at.
        last: What the roll-up held of it before.
        again: Its history need not go on from there.
    """

    name: str
    level: str
    where: str
    branch: str
    folder: str
    target: str
    personal: bool
    periods: tuple[str, ...]
    now: datetime
    last: OfficePart | None = None
    again: bool = False


class Done(Struct, frozen=True):
    """What came of it.

    Attributes:
        definitions: Each of its figures' definitions as JSON, by its digest.
        kept: Nothing of it had to be written.
    """

    part: OfficePart
    definitions: dict[str, str]
    kept: bool = False


def done(job: Job) -> Done:
    """Bring one office's part of the roll-up up to date; where it cannot be, the last good one is kept and says so."""
    try:
        return _read(job)
    except LianxinError as error:
        why = str(error)
        if job.last is None or not job.last.commit:
            return Done(OfficePart(job.name, job.level, job.where, Standing.MISSING, why), {})
        return Done(replace(job.last, level=job.level, where=job.where, standing=Standing.STALE, why=why), {})


def _read(job: Job) -> Done:
    target, last = Path(job.target), job.last
    before = last.commit if last and not job.again else ""
    book_folder = fetched(Path(job.where), job.branch, job.folder, target / BOOKS / job.name, before)
    today = job.now.date()
    with open_book(book_folder.root, today=today, now=job.now, commit=book_folder.commit, trusting=True) as book:
        figures = list(definitions(book).figures.values())
        known = {figure.digest: figure.model_dump_json(by_alias=True) for figure in figures}
        key = _key(job, book)
        if last and last.key == key and all(holds(target, part) for part in last.parts):
            return Done(replace(last, standing=Standing.FRESH, why=""), known, kept=True)
        inside = f"office={job.name}"
        records = dict(_records(job, book))
        parts = [placed(target, f"records/kind={name}/{inside}", rows, data) for name, (rows, data) in records.items()]
        for period in job.periods:
            parts += _counted(target, book, figures, period, inside)
        return Done(
            OfficePart(
                name=job.name,
                level=job.level,
                where=job.where,
                standing=Standing.FRESH,
                commit=book.commit,
                as_of=today,
                key=key,
                figures={figure.name: figure.digest for figure in figures},
                records={name: rows for name, (rows, _data) in records.items()},
                unreadable=book.unreadable() + book.missing(),
                faults=sum(problem.level is Level.ERROR for problem in book.problems()),
                parts=tuple(parts),
            ),
            known,
        )


def _key(job: Job, book: LedgerBook) -> str:
    """Changes whenever the files would: with the commit, its definitions, the day, and the code that makes them."""
    told = (
        *(book.commit, book.definitions, str(book.today), str(job.personal), *job.periods),
        *(__version__, maker("actions", "policies", "reports", "storage")),
    )
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def _records(job: Job, book: LedgerBook) -> Iterator[tuple[str, tuple[int, bytes]]]:
    for kind in KINDS:
        columns = _columns(kind, personal=job.personal)
        if job.personal:
            asked = ", ".join(quoted(one.label) for one in columns)
            rows: Sequence[Sequence[object]] = book.connection.execute(
                f"SELECT {asked} FROM {quoted(kind.label)}"  # noqa: S608 - our own names
            ).fetchall()
        else:
            rows = masked_rows(book, kind, columns)
        if rows:
            yield kind.name, (len(rows), records_part(columns, sorted(rows, key=lambda row: _by_id(str(row[0])))))


def _columns(kind: Kind, *, personal: bool) -> list[FieldSpec | Derived]:
    if personal:
        every: tuple[FieldSpec | Derived, ...] = (*kind.fields, *kind.derived)
        return [one for one in every if one.type is not FieldType.GROUP]
    return [one for one in open_columns(kind) if one.privacy is Privacy.OPEN]


def _by_id(id_: str) -> tuple[int, str]:
    return len(id_), id_


def _counted(target: Path, book: LedgerBook, figures: Sequence[Figure], name: str, inside: str) -> Iterator[Part]:
    """The facts of one period and their sums; what is counted once is counted once over the whole office."""
    period = parse_period(name, book.today, book.cycle())
    facts: list[Counted] = []
    sides: list[tuple[str, str, str]] = []
    for figure in figures:
        for side, measure in ((NUMERATOR, figure.numerator), (DENOMINATOR, figure.denominator)):
            if measure is None:
                continue
            sides.append((figure.name, side, figure.digest))
            facts += (
                Counted(figure.name, side, one.record, _day(one.since), one.amount, figure.digest)
                for one in book.counted(pooled(measure), period)
            )
    yield placed(target, f"facts/period={name}/{inside}", len(facts), facts_part(facts))
    yield placed(target, f"sums/period={name}/{inside}", len(sides), sums_part(facts, sides))


def _day(since: str) -> date | None:
    try:
        return date.fromisoformat(since[:10]) if since else None
    except ValueError:  # a year alone
        return date(int(since[:4]), 1, 1) if since[:4].isdigit() else None


def definition_of(data: str) -> Figure:
    """A definition as the manifest keeps it."""
    return Figure.model_validate(msgspec.json.decode(data), by_alias=True, by_name=False)
