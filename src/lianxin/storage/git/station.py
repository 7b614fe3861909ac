"""The station letter of this clone: who gives out which numbers, so that two clones never give the same one."""

from __future__ import annotations

from lianxin.storage.git.repo import Repo

KEY = "lianxin.station"
FIRST = "A"


def station_of(repo: Repo) -> str:
    """The letter in this clone's ``.git/config``, which a clone does not copy; the first one where none was claimed."""
    return repo.config(KEY) or FIRST


def claim(repo: Repo, letter: str) -> None:
    """Keep a letter for this clone."""
    repo.run("config", "--local", KEY, letter)
