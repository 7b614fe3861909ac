"""Whether what was put away is what it was: every file against the list, the list against the commit that sealed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.core.code import CODES
from lianxin.core.problem import Problem
from lianxin.kinds import ARCHIVE, home
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.sealed import NAME, digest, place, read, years


def broken(book: LedgerBook) -> Iterator[Problem]:
    """What of the archive is not as it was sealed."""
    paths = book.paths(ARCHIVE)
    for year in years(paths):
        yield from _year(book, year, [path for path in paths if path.startswith(place(year, ""))])


def _year(book: LedgerBook, year: int, paths: list[str]) -> Iterator[Problem]:
    sums = place(year)
    data = book.attached(sums)
    if data is None:
        yield _problem(sums, "D036", f"{year} 年归档的清单 {NAME} 不在了")
        return
    if (sealed := _sealed(book, sums)) and digest(data) not in sealed:
        yield _problem(sums, "D035", f"{year} 年归档的清单 {NAME} 和归档时不一样")
    listed = read(data)
    for path, told in listed.items():
        held = book.attached(place(year, path)) if place(year, path) in paths else None
        name = _name(path)
        if held is None:
            yield _problem(place(year, path), "D036", f"归档的 {name} 不在了")
        elif digest(held) != told:
            yield _problem(place(year, path), "D035", f"归档的 {name} 和归档时不一样")
    for path in paths:
        if path != sums and home(path) not in listed:
            yield _problem(path, "D036", f"{_name(path)} 放在 {year} 年的归档里，清单里却没有")
    twice = book.sql(
        "SELECT path FROM file WHERE path IN (SELECT substr(path, ?) FROM file WHERE path GLOB ?)",
        (len(place(year, "")) + 1, f"{place(year, '')}*"),
    )
    for (path,) in twice:
        yield _problem(path, "D036", f"{_name(path)} 已经归档，外面却还有一份")


def _sealed(book: LedgerBook, path: str) -> Sequence[str]:
    """The digests that the commit bears which last wrote a list; none outside of git, and where it was cut off."""
    if book.repo is None or not book.commit:
        return ()
    form = "--format=%H %(trailers:key=Seal,valueonly,separator=%x20)"
    told = book.repo.run("log", "-1", form, book.commit, "--", book.repo.prefix + path, check=False)
    commit, _, seal = told.decode(errors="replace").strip().partition(" ")
    if not commit or commit in book.repo.cut():
        return ()
    return seal.split() or ("没有",)  # somebody else's commit: no digest is that


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml") if is_record(path) else path


def _problem(path: str, code: str, message: str) -> Problem:
    declared = CODES[code]
    return Problem(path, 1, 1, code, message, declared.remedy, "", declared.level)
