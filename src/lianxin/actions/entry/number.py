"""The number of a new record."""

from __future__ import annotations

import re

from lianxin.core.declare.kind import Kind
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.station import station_of
from lianxin.storage.write.given import BRANCHES, highest
from lianxin.storage.write.journal import Journal


def next_id(kind: Kind, journal: Journal, book: LedgerBook, year: int) -> str:
    """The next free number of this station: beyond every one on disk, in HEAD, in what other clones pushed, and gone.

    Call under the journal's lock.
    """
    station = station_of(journal.repo)
    stem = f"{kind.prefix}-{year}-{station}" if kind.yearly else f"{kind.prefix}-{station}"
    folder = f"{kind.folder}/{year}" if kind.yearly else kind.folder
    names = [path.name for path in (journal.root / folder).glob(f"{stem}*.yaml")]
    names += [id_ for (id_,) in book.sql("SELECT id FROM record WHERE id GLOB ?", (f"{stem}*",))]
    names += _committed_names(journal.repo, folder)
    pattern = re.compile(rf"{re.escape(stem)}(\d+)(\.yaml)?\Z")
    numbers = [int(found[1]) for name in names if (found := pattern.match(name))]
    return f"{stem}{max(highest(journal.repo, stem), *numbers, 0) + 1:04d}"


def _committed_names(repo: Repo, folder: str) -> list[str]:
    names: list[str] = []
    for ref in ("HEAD", *repo.run("for-each-ref", "--format=%(refname)", *BRANCHES).decode().split()):
        listed = repo.run("ls-tree", "-z", "--name-only", f"{ref}:{repo.prefix}{folder}", check=False)
        names += [name.decode(errors="replace") for name in listed.split(b"\0") if name]
    return names
