"""Names that stand in no table: of households, visits and issues as they were before.

Whoever was renamed, taken out of a household or removed with it still stands in what was written then; and one mistyped
key keeps a whole file out of the tables. History is gone through once, and up to which commit is kept beside the index
with the names it holds; what is edited or cannot be read is looked up when it is met.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.error import LianxinError
from lianxin.core.problem import Level
from lianxin.core.text.pattern import late
from lianxin.kinds import BRIEF, KIND, home
from lianxin.storage import MAX_BYTES
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.git.snapshot import Snapshot
from lianxin.storage.index.store import location
from lianxin.storage.read.loading import load
from lianxin.storage.read.reading import Unreadable, read_yaml
from lianxin.storage.write.placing import put

#: Kinds whose records name villagers; the names of the first two are overwritten in place.
_EDITED = ("household", "visit")
_NAMING = (*_EDITED, "issue")
#: A file of this kind is there for its names: without them nothing may go out.
_FOR_NAMES = "household"
_HISTORY = ("log", "-z", "-m", "--raw", "--no-abbrev", "--no-renames", "--ignore-missing")
#: Stands before the step of each commit, and what it says where personal data were taken out.
_STEP = "--format=%x01%(trailers:key=Step,valueonly,separator=%x2C)%x01"
_ERASING = b"\x01erase\x01"
#: Faults that may put a name where none is looked for: unknown keys, and lists and groups in each other's place.
_ASTRAY = frozenset({"F001", "F012", "F013", "F014"})
#: One file of one commit: what it was and became.
_RAW = late(rb":\d{6} \d{6} ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*\0[^\0]+\0")


class Bygone(Struct, frozen=True):
    """What was found.

    Attributes:
        names: As written.
        lost: Files of households that cannot be read now and never could be.
    """

    names: frozenset[str]
    lost: frozenset[str]


def names_people(path: str) -> bool:
    """Whether a file may name villagers."""
    return home(path).startswith(tuple(f"{BRIEF[name].folder}/" for name in _NAMING))


def bygone(snapshot: Snapshot, unreadable: Sequence[str]) -> Bygone:
    """Whom the records named before: in history, in the commit under uncommitted edits, in files now unreadable."""
    names = {*_history(snapshot), *_under_edits(snapshot)}
    lost = set()
    for path in unreadable:
        data = snapshot.read(path) or b""
        names.update(_told(data))
        if _names_readable(path, data):
            continue
        found = _last_readable(snapshot, path)
        names.update(found or ())
        if found is None and home(path).startswith(f"{BRIEF[_FOR_NAMES].folder}/"):
            lost.add(path)
    return Bygone(frozenset(names), frozenset(lost))


def _history(snapshot: Snapshot) -> Iterable[str]:
    """Everyone that a household or a visit named before it was changed or removed."""
    repo = snapshot.repo
    if repo is None or not snapshot.commit:
        return ()
    looked, known = _kept(repo)
    if looked == snapshot.commit:
        return known
    inside = [f"{repo.prefix}{BRIEF[name].folder}" for name in _EDITED]
    seen = ("--not", looked) if looked else ()
    asked = (*_HISTORY, _STEP, "--diff-filter=MTD", snapshot.commit)
    log = repo.run(*asked, *seen, "--", *inside)
    if seen and _ERASING in log:
        log, known = repo.run(*asked, "--", *inside), []
    names = {*known, *(name for data in _contents(repo, (old for old, _ in _RAW.findall(log))) for name in _told(data))}
    names -= _erased(repo, log)
    if snapshot.status is not None:
        with suppress(OSError):  # history is gone through again
            _path(repo).parent.mkdir(mode=0o700, exist_ok=True)
            told = {"looked": snapshot.commit, "names": sorted(names)}
            put(_path(repo), json.dumps(told, ensure_ascii=False).encode())
    return names


def _erased(repo: Repo, log: bytes) -> set[str]:
    """Whoever was named in what personal data were taken out of: nobody is to keep a list of them."""
    names: set[str] = set()
    for part in log.split(_ERASING)[1:] if _ERASING in log else ():
        for old, new in _RAW.findall(part.partition(b"\x01")[0]):
            was, now = ({*_told(data)} for data in _contents_each(repo, (old, new)))
            names |= was - now
    return names


def _under_edits(snapshot: Snapshot) -> Iterator[str]:
    """Everyone whom the commit names in files that are edited or gone."""
    edited = {path for path in snapshot.dirty if names_people(path)}
    if edited and snapshot.repo is not None:
        oids = [entry.oid for entry in snapshot.tree() if entry.regular and entry.path in edited]
        for data in _contents(snapshot.repo, oids):
            yield from _told(data)


def _last_readable(snapshot: Snapshot, path: str) -> set[str] | None:
    """Whom a file named when its names could last be read; None when they never could."""
    repo = snapshot.repo
    if repo is None or not snapshot.commit:
        return None
    log = repo.run(*_HISTORY, "--format=", snapshot.commit, "--", repo.prefix + path)
    was = _contents(repo, (oid for old, new in _RAW.findall(log) for oid in (new, old)))
    return next((set(_told(data)) for data in was if _names_readable(path, data)), None)


def _names_readable(path: str, data: bytes) -> bool:
    """Whether nobody can be named in a file under a misspelt key or out of place, though it may have other faults."""
    codes = {problem.code for problem in load(path, data).problems if problem.level is Level.ERROR}
    return not any(code[0] == "Y" or code in _ASTRAY for code in codes)


def _contents(repo: Repo, oids: Iterable[bytes | str]) -> Iterator[bytes]:
    """As many of the objects as are there, each once."""
    asked = dict.fromkeys(oid.decode() if isinstance(oid, bytes) else oid for oid in oids)
    wanted = [oid for oid in asked if oid.strip("0")]
    with suppress(GitError):
        yield from repo.blobs(wanted, MAX_BYTES)


def _contents_each(repo: Repo, oids: Iterable[bytes]) -> Iterator[bytes]:
    """The same, nothing for what is not there."""
    for oid in oids:
        yield next(_contents(repo, (oid,)), b"")


def _told(data: bytes) -> Iterator[str]:
    """Everyone named in a file, be it a sound record or not."""
    try:
        yield from _in(read_yaml(data))
    except Unreadable:
        text = data.decode("utf-8", "replace")
        for label, rest in re.findall(
            r"^[\s\-]*[\"']?(\w+)[\"']?[ \t]*[:\uff1a](.*(?:\n[ \t]*-[^:\uff1a\n]*$)*)", text, re.MULTILINE
        ):
            if label in _labels():
                yield from filter(None, (part.strip(" \t\r\"'[]-") for part in re.split(r"[\n,]", rest)))


def _in(value: Any, *, named: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _in(inside, named=key in _labels())
    elif isinstance(value, list):
        for inside in value:
            yield from _in(inside, named=named)
    elif named and value:
        yield str(value)


@cache
def _labels() -> frozenset[str]:
    """What fields for names are called."""
    return frozenset(label for name in _NAMING for label in _named(KIND[name].model))


def _named(model: type[Record]) -> Iterator[str]:
    for spec in fields_of(model):
        if spec.privacy is Privacy.NAME:
            yield spec.label
        elif spec.group:
            yield from _named(spec.group)


def _path(repo: Repo) -> Path:
    return location(repo).with_suffix(".names")


def _kept(repo: Repo) -> tuple[str, list[str]]:
    """Up to which commit history was gone through, and whom it named."""
    try:
        told: Any = json.loads(ordinary(_path(repo)))
        return str(told["looked"]), [str(name) for name in told["names"]]
    except (LianxinError, OSError, ValueError, TypeError, KeyError):
        return "", []
