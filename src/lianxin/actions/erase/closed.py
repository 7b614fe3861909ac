"""What an erasure does to closed years: their lists are made anew for what changed, and why is kept beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lianxin.core.error import LianxinError
from lianxin.kinds import home
from lianxin.storage.sealed import digest, place, read, text
from lianxin.storage.write.journal import Change, Journal


def listed(journal: Journal, changes: Mapping[str, Change]) -> Iterator[tuple[int, Change]]:
    """The new list of each closed year that something of is changed, and the year.

    Args:
        journal: Where.
        changes: By path; what they take away is not listed any more.

    Raises:
        LianxinError: The list of a year is gone, or a file is not what it was when it was put away.
    """
    years = sorted({int(path.split("/")[1]) for path in changes if home(path) != path})
    for year in years:
        base = journal.there(place(year))
        known = dict(read(base))
        for path, change in changes.items():
            if not path.startswith(place(year, "")):
                continue
            if change.base is None or known.get(home(path)) != digest(change.base):
                raise LianxinError(f"{path} 和归档时不一样，没有注销；请先运行 lianxin check，照它说的找回原样")
            if change.text is None:
                del known[home(path)]
            else:
                known[home(path)] = digest(change.data or b"")
        yield year, Change(place(year), text(known.items()), base)
