"""What is wrong within files, as the index has it and as the day has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from lianxin.core.problem import Fault, Finding, Level, Problem
from lianxin.core.value import show_moment
from lianxin.storage.git.snapshot import Snapshot

Rows = Callable[..., list[tuple[Any, ...]]]


def problems(rows: Rows, snapshot: Snapshot, clock: datetime) -> list[Problem]:
    """Every fault within files; facts later than what the clock says are faults too."""
    found = rows("SELECT path, line, col, code, message, remedy, excerpt, level, veiled FROM problem")
    return [*map(_problem, found), *_future(rows, snapshot, clock)]


def placed(snapshot: Snapshot, path: str, finding: Finding) -> Problem:
    """What a rule found, at its line and column of a file."""
    from lianxin.storage.read.loading import place

    fault = Fault(finding.code, finding.loc, finding.message, veiled=finding.veiled)
    found = place([fault], path, snapshot.read(path) or b"")[0]
    return replace(found, remedy=finding.remedy(found.remedy))


def _future(rows: Rows, snapshot: Snapshot, clock: datetime) -> Iterator[Problem]:
    """Facts dated later than now: which files may hold one is in the index, what is wrong depends on the day."""
    for (path,) in rows("SELECT path FROM file WHERE latest > ?", (show_moment(clock),)):
        from lianxin.kinds.life.amend import not_yet
        from lianxin.storage.read.loading import load, place

        data = snapshot.read(path) or b""
        if record := load(path, data).record:
            yield from place(not_yet(record, clock), path, data)


def _problem(row: tuple[Any, ...]) -> Problem:
    path, line, col, code, message, remedy, excerpt, level, veiled = row
    return Problem(path, line, col, code, message, remedy, excerpt, Level(level), veiled)
