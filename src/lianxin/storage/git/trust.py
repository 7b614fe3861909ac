"""What stands in git's own folder that could have history look otherwise than it is, and what git remembers of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from lianxin.storage.git.head import branch_of
from lianxin.storage.git.repo import Repo

_REPLACED = "refs/replace/"
_REMOTES = "refs/remotes/"


class Moved(Struct, frozen=True):
    """One line of a branch's diary: from which commit to which, and by what."""

    old: str
    new: str
    how: str


def replaced(repo: Repo) -> list[str]:
    """The objects that git was told to show others in place of."""
    told = repo.run("for-each-ref", "--format=%(refname)", _REPLACED).decode(errors="replace").split()
    return [name.removeprefix(_REPLACED) for name in told]


def grafted(repo: Repo) -> list[str]:
    """The commits that git was told have other parents."""
    lines = _text(repo.common_dir / "info" / "grafts").splitlines()
    return [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]


def diary(repo: Repo) -> list[Moved] | None:
    """Where the branch in hand has been on this machine, oldest first; None where git keeps no such diary of it."""
    name = branch_of(repo.git_dir)
    path = repo.common_dir / "logs" / name if name else repo.git_dir / "logs" / "HEAD"
    return list(_lines(path)) if path.is_file() else None


def diary_wanted(repo: Repo) -> bool:
    """Whether git was not told to keep no such diary."""
    return repo.config("core.logAllRefUpdates").lower() not in ("false", "0", "off", "no")


def pushed(repo: Repo) -> dict[str, str]:
    """Every commit this machine has sent elsewhere, and where."""
    found: dict[str, str] = {}
    logs = repo.common_dir / "logs" / _REMOTES
    for path in sorted(logs.rglob("*")) if logs.is_dir() else ():
        if path.is_file():
            where = path.relative_to(logs).as_posix()
            found.update((one.new, where) for one in _lines(path) if one.how.startswith("update by push"))
    return found


def remotes(repo: Repo) -> list[tuple[str, str]]:
    """What this machine last knew of branches elsewhere: their names and commits."""
    told = repo.run("for-each-ref", "--format=%(objectname) %(symref)%(refname)", _REMOTES).decode(errors="replace")
    pairs = (line.split(" ", 1) for line in told.splitlines())
    return [(name.removeprefix(_REMOTES), commit) for commit, name in pairs if name.count(_REMOTES) == 1]


def within(repo: Repo, commit: str, head: str) -> bool | None:
    """Whether a commit is part of a history; None where there is no such commit any more."""
    code = repo.attempt("merge-base", "--is-ancestor", commit, head).returncode
    return {0: True, 1: False}.get(code)


def _lines(path: Path) -> Iterator[Moved]:
    for line in _text(path).splitlines():
        about, _, how = line.partition("\t")
        words = about.split(" ", 2)
        if len(words) == 3:
            yield Moved(words[0], words[1], how)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
