"""One office of a roll-up: its book fetched, checked, counted and written as files of the data set."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import msgspec
from msgspec.structs import replace

from lianxin import __version__
from lianxin.actions.county.holding import Holding
from lianxin.actions.county.job import Done, Job, Texts
from lianxin.actions.county.whole import added_up, is_county
from lianxin.actions.policy.definition import definitions
from lianxin.actions.policy.form import forms
from lianxin.core.county import OfficePart, Standing
from lianxin.core.declare.record import Record
from lianxin.core.error import LianxinError
from lianxin.core.measure import digest_of
from lianxin.core.problem import Level
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.county.dataset import BOOKS, holds, note, noted_of
from lianxin.storage.county.fetch import fetched
from lianxin.storage.index.store import maker


def done(job: Job) -> Done:
    """Bring one office's part of the roll-up up to date; where it cannot be, the last good one is kept and says so."""
    last = _last(job)
    try:
        read = added_up if is_county(job.place.where) else _read
        made = read(job, last.part if last else None)
    except LianxinError as error:
        return failed(job, str(error), last)
    note(Path(job.target), job.name, msgspec.json.encode(made))
    return made


def failed(job: Job, why: str, last: Done | None = None) -> Done:
    """What stands for an office that could not be read: its last good part, unless that tells more than may be told."""
    last = last or _last(job)
    if last is None or not last.part.commit or (last.part.personal and not job.personal):
        return Done(OfficePart(job.name, job.level, job.place.called, Standing.MISSING, why), Texts())
    part = replace(last.part, level=job.level, where=job.place.called, standing=Standing.STALE, why=why)
    return Done(part, last.texts)


def _last(job: Job) -> Done | None:
    """What was made of it the last time, though whoever made it was stopped before all offices were done."""
    noted = noted_of(Path(job.target), job.name)
    with contextlib.suppress(msgspec.DecodeError):
        if noted:
            return msgspec.json.decode(noted, type=Done)
    return Done(job.last, Texts()) if job.last else None


def _read(job: Job, last: OfficePart | None) -> Done:
    target, before = Path(job.target), last.commit if last and not job.again else ""
    today = job.now.date()
    with (
        fetched(job.place, target / BOOKS / job.name, before) as copy,
        open_book(copy.root, today=today, now=job.now, commit=copy.commit, trusting=True, alone=True) as book,
    ):
        known = definitions(book)
        texts = Texts(
            {one.digest: _text(one) for one in known.figures.values()},
            {digest_of(one): _text(one) for one in known.outlines.values()},
            {one.digest: _text(one) for one in forms(book).values()},
        )
        key = _key(job, book)
        if last and last.key == key and all(holds(target, part) for part in last.parts):
            where = job.place.called
            return Done(replace(last, level=job.level, where=where, standing=Standing.FRESH, why=""), texts, kept=True)
        return Done(_part(job, book, Holding(target, job.name, book, known, job.personal), key), texts)


def _part(job: Job, book: LedgerBook, held: Holding, key: str) -> OfficePart:
    records = list(held.records())
    parts = [part for _name, part in records]
    for period in job.periods:
        parts += held.counted(period)
    parts += [held.frozen(), *held.ledgers()]
    known = held.known
    return OfficePart(
        name=job.name,
        level=job.level,
        where=job.place.called,
        standing=Standing.FRESH,
        commit=book.commit,
        as_of=job.now.date(),
        key=key,
        personal=job.personal,
        figures={one.name: one.digest for one in known.figures.values()},
        outlines={one.name: digest_of(one) for one in known.outlines.values()},
        forms={one.name: one.digest for one in held.forms.values()},
        records={name: part.rows for name, part in records},
        unreadable=book.unreadable() + book.missing(),
        faults=sum(problem.level is Level.ERROR for problem in book.problems()),
        parts=tuple(parts),
    )


def _key(job: Job, book: LedgerBook) -> str:
    """Changes whenever the files would: with the commit, its definitions, the day, and the code that makes them."""
    told = (
        *(book.commit, book.definitions, str(book.today), str(job.personal), *job.periods),
        *(__version__, maker("actions", "policies", "reports", "storage")),
    )
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def _text(one: Record) -> str:
    return one.model_dump_json(by_alias=True)
