"""H001: records are never deleted, so a number that is missing wants an explanation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from lianxin.core.book import Book
from lianxin.core.declare.kind import Brief
from lianxin.core.problem import Finding
from lianxin.kinds import ARCHIVE, BRIEFS

#: The file's name is cut into series (``WT-2026-A``) and number; files that cannot be read hold their numbers too.
_NUMBERED = f"""(SELECT path, substr(path, ?1, ?2) AS series,
  CAST(substr(path, ?1 + ?2, length(path) - ?1 - ?2 - 4) AS INTEGER) AS number
FROM (SELECT iif(path GLOB '{ARCHIVE}/*', substr(path, length('{ARCHIVE}/2026/') + 1), path) AS path FROM file)
WHERE path GLOB ?3)"""  # noqa: S608 - constants
_BROKEN = f"SELECT series FROM {_NUMBERED} GROUP BY series HAVING count(*) <> max(number)"  # noqa: S608 - constants
_GAPS = f"""SELECT before, number, path FROM (
  SELECT number, path, lag(number, 1, 0) OVER (ORDER BY number) AS before FROM {_NUMBERED} WHERE series = ?4)
WHERE number > before + 1"""  # noqa: S608 - constants of this file


def check(book: Book) -> Iterator[Finding]:
    """Numbers left out within one year's series of one station, named at the record after them."""
    for kind in BRIEFS:
        if kind.yearly:
            yield from _gaps(book, kind)


def _gaps(book: Book, kind: Brief) -> Iterator[Finding]:
    start = len(f"{kind.folder}/2026/") + 1
    length = len(f"{kind.prefix}-2026-A")
    year = "[0-9][0-9][0-9][0-9]"
    cut = (start, length, f"{kind.folder}/{year}/{kind.prefix}-{year}-[A-Z]{year}*.yaml")
    for (series,) in sorted(book.sql(_BROKEN, cut)):
        for before, number, path in book.sql(_GAPS, (*cut, series)):
            found = f"{series}{number:04}"
            if path == kind.path_of(found):  # else it does not stand where it belongs, which is told of there
                lost = book.taken_back(path.rpartition("/")[0])
                missing = "、".join(_missing(kind, series, range(before + 1, number), lost))
                yield Finding("H001", found, ("编号",), f"前面缺 {missing}")


def _missing(kind: Brief, series: str, numbers: range, lost: Mapping[str, str] | None) -> Iterator[str]:
    """Numbers that are missing, those of one fate together: given and taken back in a commit, or never written."""
    for fate, alike in groupby(numbers, lambda n: _fate(lost, kind.path_of(f"{series}{n:04}"))):
        first, *rest = alike
        yield f"{series}{first:04}" + (f" 至 {series}{rest[-1]:04}" if rest else "") + fate


def _fate(lost: Mapping[str, str] | None, path: str) -> str:
    if lost is None:
        return ""
    if path not in lost:
        return "（历史里没有写过）"
    return f"（登记过，又撤销了，账本记号 {lost[path]}）" if lost[path] else "（登记过，文件不见了）"
