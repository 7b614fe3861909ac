"""What the folding of issues depends on besides the records: the limits and the working calendar in force."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from lianxin.core.declare.lifecycle import Context
from lianxin.core.error import LianxinError
from lianxin.core.problem import Problem
from lianxin.storage import policy_file
from lianxin.storage.git.repo import TreeEntry
from lianxin.storage.git.snapshot import Snapshot
from lianxin.storage.index.worker import aside

LIMITS = "policy/limits.yaml"
CALENDAR = "policy/calendar.yaml"


def decides(path: str) -> bool:
    """Whether a file's faults, and the deadlines it makes, belong to the key of the base."""
    return path in (LIMITS, CALENDAR) or (path.startswith("campaigns/") and path.endswith("/limits.yaml"))


_YEAR = "year "


def digest(snapshot: Snapshot) -> str:
    """What a stored deadline must be forgotten for: other limits, another calendar, another holiday library."""
    made = hashlib.sha256()
    laid_over = [data for path, data in policy_file.files(snapshot, "limits") if path != LIMITS]
    for content in (snapshot.read(LIMITS), snapshot.read(CALENDAR), _library(), *laid_over):
        made.update(b"-" if content is None else b"%d:%b" % (len(content), content))
    return made.hexdigest()


def _library() -> bytes | None:
    """The version of the holiday library, without importing it: it takes a fifth of a second."""
    found = find_spec("holidays")
    version = Path(found.origin).with_name("version.py") if found and found.origin else None
    return version.read_bytes() if version and version.is_file() else None


def years(meta: Mapping[str, str]) -> dict[int, str]:
    """The years of the holiday library that the base has learned."""
    return {int(key.removeprefix(_YEAR)): text for key, text in meta.items() if key.startswith(_YEAR)}


def learned(context: Context) -> dict[str, str]:
    """The years for which the holiday library had to be loaded, as the base keeps them."""
    return {f"{_YEAR}{year}": text for year, text in context.calendar.learned.items()}


@contextmanager
def learning(entries: Iterable[TreeEntry]) -> Iterator[Callable[[], Mapping[int, str]]]:
    """The holidays of the years there are records of, learned meanwhile: their library takes long to load."""

    def learn() -> dict[int, str]:
        from lianxin.core.day.year import from_library, to_text

        return {year: to_text(from_library(year)) for year in sorted(wanted)}

    written = {int(part) for entry in entries for part in entry.path.split("/")[1:2] if part.isdecimal()}
    wanted = {year + n for year in written for n in (-1, 0, 1)}  # what is due in one may be begun in another
    with aside(learn) as learned:
        yield learned


def context_of(snapshot: Snapshot, known: Mapping[int, str]) -> tuple[Context, list[Problem]]:
    """The limits and calendar in force, and what is wrong with their files; the defaults stand for a faulty one."""
    from lianxin.core.day.calendar import Calendar
    from lianxin.core.day.limit import Limits

    problems: list[Problem] = []
    limits, calendar = Limits(), Calendar(None, known)
    said: Mapping[str, object] = {}
    for path, _data in policy_file.files(snapshot, "limits"):
        try:
            more = _policy(snapshot, path, problems) or {}
            Limits.of(more)  # each file by itself: whose fault it is must be told
            said = policy_file.united("limits", said, more)
        except LianxinError as error:
            problems.append(_problem(path, str(error)))
    limits = Limits.of(said)
    try:
        calendar = Calendar(_policy(snapshot, CALENDAR, problems), known)
    except LianxinError as error:
        problems.append(_problem(CALENDAR, str(error)))
    return Context(calendar, limits), problems


def _policy(snapshot: Snapshot, path: str, problems: list[Problem]) -> dict[str, object] | None:
    data = snapshot.read(path)
    if data is None:
        return None
    from lianxin.storage.read.loading import unreadable_problems
    from lianxin.storage.read.reading import read_yaml
    from lianxin.storage.read.scanning import Unreadable

    try:
        return read_yaml(data)
    except Unreadable as error:
        problems += unreadable_problems(error, path, data)
        return None


def _problem(path: str, message: str) -> Problem:
    from lianxin.core.code import CODES

    code = CODES["P010"]
    return Problem(path, 1, 1, code.id, message, code.remedy, "", code.level)
