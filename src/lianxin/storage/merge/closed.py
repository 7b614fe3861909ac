"""Closed years on two sides: what one opened again the other's changes follow, and two new lists become one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from lianxin.kinds import ARCHIVE, home
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.merge.sequence import interleaved
from lianxin.storage.sealed import NAME, digest, place, read, text, years

Files = Mapping[str, str]


def followed(before: Files, mine: Files, other: Files) -> tuple[Files, Files, Files]:
    """Three trees, where what one side took out of a closed year is out of it on all: what was changed goes along."""
    for opened, kept in ((mine, other), (other, mine)):
        gone = {path for path in before if home(path) != path and path not in opened}
        moved = {path for path in gone if path in kept and kept[path] != before[path]}
        moved = {path for path in moved if home(path) in opened or path.endswith(f"/{NAME}")}
        if moved:
            before, mine, other = (_opened(one, moved) for one in (before, mine, other))
    return before, mine, other


def _opened(files: Files, moved: set[str]) -> Files:
    there = {home(path): oid for path, oid in files.items() if path in moved and not path.endswith(f"/{NAME}")}
    return {path: oid for path, oid in files.items() if path not in moved} | there


def carried(before: Files, mine: Files, other: Files) -> tuple[Files, Files, frozenset[str]]:
    """Both sides, with what one put away and the other went on with outside as before; and where it had been put."""
    sides, out = [mine, other], set[str]()
    for n, (closed, kept) in enumerate(((mine, other), (other, mine))):
        away = {home(path): path for path in closed if home(path) != path and path not in before}
        back = {path: place for path, place in away.items() if _went_on(path, before, closed, kept)}
        there = {path: oid for path, oid in closed.items() if path not in back.values()}
        sides[n] = there | {path: closed[place] for path, place in back.items()}
        out |= {*back.values()}
    return sides[0], sides[1], frozenset(out)


def _went_on(path: str, before: Files, closed: Files, kept: Files) -> bool:
    return path in before and path not in closed and path in kept and kept[path] != before[path]


def relisted(
    before: Files,
    mine: Files,
    other: Files,
    content: Callable[[str], bytes],
    now: Callable[[str], bytes | None],
    out: Collection[str] = (),
) -> Iterator[tuple[str, bytes | None]]:
    """The lists of closed years that both sides made anew, as the joined files are.

    Args:
        before, mine, other: The trees.
        content: What git has under an id.
        now: What a file holds once all is joined.
        out: What was put away and is outside again; a list of nothing else goes.
    """
    both = dict(_both(before, mine, other, content, now))
    yield from both.items()
    for sums in sorted({place(year) for year in years(out)} - both.keys()):
        listed = read(now(sums) or b"").items()
        left = [(path, told) for path, told in listed if sums.replace(NAME, path) not in out]
        yield sums, text(left).encode() if left else None


def _both(
    before: Files,
    mine: Files,
    other: Files,
    content: Callable[[str], bytes],
    now: Callable[[str], bytes | None],
) -> Iterator[tuple[str, bytes]]:
    """Those that both sides made anew."""
    for sums in sorted({*mine} & {*other}):
        if not (sums.startswith(f"{ARCHIVE}/") and sums.endswith(f"/{NAME}")):
            continue
        if mine[sums] == other[sums] or before.get(sums) in (mine[sums], other[sums]):
            continue
        was, one, two = (read(content(files[sums])) if sums in files else {} for files in (before, mine, other))
        year = int(sums.split("/")[1])
        listed: dict[str, str] = {}
        kept = {path for path in (*one, *two) if path not in was or (path in one and path in two)}
        for path in sorted(interleaved([*one], [*two], kept, str), key=_beside):  # records first, numbered as they were
            held = now(place(year, path))
            if held is None and now(path) is not None:
                continue  # one desk has put it away, the other gone on with it
            same = was.get(path) == one.get(path) == two.get(path)
            listed[path] = was[path] if same or held is None else digest(held)
        yield sums, text(listed.items()).encode()


def _beside(path: str) -> bool:
    """Whether a file is a picture or paper, which bears no number."""
    return not is_record(path)
