"""What files held in history: every version of some paths, or of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.core.text.pattern import late
from lianxin.storage import MAX_BYTES
from lianxin.storage.git.repo import GitError, Repo

_LOG = ("log", "-z", "-m", "--format=", "--raw", "--no-abbrev", "--no-renames", "--ignore-missing")
#: One file of one commit: what it was and became, and where it stands.
_RAW = late(rb":\d{6} \d{6} ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0")


def versions(repo: Repo | None, commit: str, paths: Sequence[str]) -> Iterator[bytes]:
    """What some files of the data folder held in the history of a commit, each content once; as far as it is there."""
    if repo is None or not commit:
        return
    log = repo.run(*_LOG, commit, "--", *(repo.prefix + path for path in paths))
    oids = dict.fromkeys(oid.decode() for found in _RAW.findall(log) for oid in found[:2])
    try:
        yield from repo.blobs([oid for oid in oids if oid.strip("0")], MAX_BYTES)
    except GitError:  # a shallow or partial clone lacks some
        return


def everywhere(repo: Repo) -> dict[str, set[str]]:
    """Under the id of each content that any branch or tag ever held in the data folder: the paths it stood at."""
    inside = (repo.prefix,) if repo.prefix else ()
    found: dict[str, set[str]] = {}
    for old, new, path in _RAW.findall(repo.run(*_LOG, "--root", "--all", "--", *inside)):
        name = path.decode("utf-8", "surrogateescape").removeprefix(repo.prefix)
        for oid in (old.decode(), new.decode()):
            if oid.strip("0"):
                found.setdefault(oid, set()).add(name)
    return found
