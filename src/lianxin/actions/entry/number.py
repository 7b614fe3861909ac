"""The number of a new record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianxin.core.declare.kind import Kind
from lianxin.kinds import ARCHIVE
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.station.mark import letter_of
from lianxin.storage.write.given import BRANCHES, highest
from lianxin.storage.write.journal import Journal


def next_id(kind: Kind, journal: Journal, book: LedgerBook, year: int) -> str:
    """The next free number of this station: beyond every one on disk, in HEAD, in what other clones pushed, and gone.

    Call under the journal's lock.
    """
    stem = stem_of(kind, year, letter_of(journal.repo))
    return f"{stem}{last_number(kind, journal, book, year, stem) + 1:04d}"


def stem_of(kind: Kind, year: int, letter: str) -> str:
    """What stands before the number in the ids of a kind, a year and a desk."""
    return f"{kind.prefix}-{year}-{letter}" if kind.yearly else f"{kind.prefix}-{letter}"


def last_number(kind: Kind, journal: Journal, book: LedgerBook, year: int, stem: str, *besides: str) -> int:
    """The highest number after a stem that was ever given out; 0 for none. Call under the journal's lock.

    Args:
        kind: Whose records.
        journal: Locked.
        book: The records as they stand.
        year: Of the records.
        stem: As ``stem_of`` makes it.
        besides: Commits that no branch leads to and that are looked at too.
    """
    folder = f"{kind.folder}/{year}" if kind.yearly else kind.folder
    names = [path.name for path in (journal.root / folder).glob(f"{stem}*.yaml")]
    names += [id_ for (id_,) in book.sql("SELECT id FROM record WHERE id GLOB ?", (f"{stem}*",))]
    for place in (folder, f"{ARCHIVE}/{year}/{folder}"):
        names += _committed_names(journal.repo, place, besides)
    pattern = re.compile(rf"{re.escape(stem)}(\d+)(\.yaml)?\Z")
    numbers = [int(found[1]) for name in names if (found := pattern.match(name))]
    return max(highest(journal.repo, stem), *numbers, 0)


def _committed_names(repo: Repo, folder: str, besides: tuple[str, ...]) -> Iterator[str]:
    branches = repo.run("for-each-ref", "--format=%(refname)", *BRANCHES).decode().split()
    for ref in ("HEAD", *branches, *besides):
        listed = repo.run("ls-tree", "-z", "--name-only", f"{ref}:{repo.prefix}{folder}", check=False)
        yield from (name.decode(errors="replace") for name in listed.split(b"\0") if name)
