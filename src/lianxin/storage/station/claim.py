"""Which desks the book has, as the folder, the commit in hand and all that was fetched say; and every one there was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lianxin.core.error import LianxinError
from lianxin.core.problem import Problem
from lianxin.policies.station import LETTERS, PATH, Station, Stations, check_stations
from lianxin.storage.git.repo import Repo
from lianxin.storage.read.loading import place
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.settings import load_model, settings_text
from lianxin.storage.write.given import BRANCHES

_LABEL = "台"
_HEAD = "# 每一台的字母：编号里带着，领了不再换。由 lianxin 写，不用手改。\n"


def read(data: bytes) -> tuple[Station, ...]:
    """The desks that a text of ``stations.yaml`` names; as it was first written, ``A: 党建办``, too.

    Raises:
        LianxinError: It is faulty; the first fault is in the sentence.
    """
    if not data.strip():
        return ()
    if old := _old(data):
        return old
    found, problems = load_model(Stations, _LABEL, PATH, data)
    if found is None:
        raise LianxinError(f"{problems[0].place} {problems[0].message}，请先改好")
    return found.stations


def problems(data: bytes | None) -> list[Problem]:
    """Every fault of ``stations.yaml``; none where there is no such file."""
    if not data or not data.strip() or _old(data):
        return []
    found, faults = load_model(Stations, _LABEL, PATH, data)
    return faults if found is None else place(check_stations(found), PATH, data)


def _old(data: bytes) -> tuple[Station, ...]:
    try:
        values = read_yaml(data)
    except Unreadable:
        return ()
    if not all(key in LETTERS and isinstance(name, str) for key, name in values.items()):
        return ()
    return tuple(Station.model_validate({"字母": key, "台名": name}) for key, name in values.items())


def text(stations: Iterable[Station]) -> str:
    """The text of ``stations.yaml``, by letter."""
    told = Stations(stations=tuple(sorted(stations, key=lambda one: one.letter)))
    return _HEAD + settings_text(_LABEL, told)


def at(repo: Repo, revision: str) -> tuple[Station, ...]:
    """The desks a commit names; none where it has no such file, or no sound one."""
    try:
        return read(repo.blob(revision, PATH) or b"")
    except LianxinError:
        return ()


def fetched(repo: Repo) -> list[Station]:
    """The desks that all branches name, those of others that were fetched too."""
    refs = repo.run("for-each-ref", "--format=%(refname)", *BRANCHES).decode().split()
    return [station for ref in refs for station in at(repo, ref)]


def free(repo: Repo, stations: Iterable[Station]) -> str:
    """The first letter that no desk ever had, and no number bears.

    Args:
        repo: Where; all its history is looked at.
        stations: Those that the folder names.

    Raises:
        LianxinError: There is none left.
    """
    known = [*stations, *fetched(repo), *_bygone(repo)]
    used = {one.letter for one in known} | set(_borne(repo))
    letter = next((one for one in LETTERS if one not in used), "")
    if not letter:
        raise LianxinError("A 到 Z 都已经有台领了，领不到新的字母；不用的台请让它的文件夹交给要用的人")
    return letter


def _bygone(repo: Repo) -> Iterator[Station]:
    """The desks of every commit that touched the file."""
    told = repo.run("log", "--all", "--format=%H", "--", repo.prefix + PATH, check=False)
    for commit in told.decode().split():
        yield from at(repo, commit)


_BORNE = re.compile(r"(?:^|/)[A-Z]+-(?:\d{4}-)?([A-Z])\d{4,}\.yaml$", re.MULTILINE)


def _borne(repo: Repo) -> Iterator[str]:
    """The letters in numbers of records, on any branch."""
    refs = repo.run("for-each-ref", "--format=%(refname)", *BRANCHES).decode().split()
    for ref in (*(["HEAD"] if repo.head() else []), *refs):
        told = repo.run("ls-tree", "-r", "--name-only", "--full-tree", ref, check=False)
        yield from _BORNE.findall(told.decode(errors="replace"))
