"""Whether this clone may write, and as which desk: found out from its own mark and from who has claimed what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lianxin.policies.station import LETTERS, PATH, Station
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.station.claim import fetched, read, text
from lianxin.storage.station.mark import at_home, claim_mark, keep, kept, mark_here, settle
from lianxin.storage.write.journal import Change, NewCommit


class How(StrEnum):
    """How a clone comes by its letter."""

    OURS = "有"
    UNMARKED = "有，没有记号"  # it was made before there were marks
    ALONE = "只有这一台"  # nobody else can be that one desk
    FIRST = "头一台"  # the book names no desks yet
    CLONED = "是克隆来的"
    COPIED = "是拷贝来的"


#: Those that must be given a letter before they write.
_STRANGE = frozenset({How.CLONED, How.COPIED})


class Standing(Struct, frozen=True):
    """What was found out.

    Attributes:
        letter: Its own, the one it would go on as, or, where it is strange, that of the one it was copied from.
        stations: The desks that the folder names, where that had to be asked.
    """

    how: How
    letter: str
    stations: tuple[Station, ...] = ()
    settled: bool = True

    @property
    def strange(self) -> bool:
        """Whether it must be given a letter before it writes."""
        return self.how in _STRANGE

    @property
    def why(self) -> str:
        """Why it may not write yet, in her words."""
        if self.how is How.COPIED:
            return f"这个文件夹是从 {self.letter} 台拷来的，两边会给出一样的编号"
        return "这个文件夹是从别处拿来的，在账本里还没有自己的台"


def standing(repo: Repo, root: Path) -> Standing:
    """How this clone stands.

    Raises:
        LianxinError: ``stations.yaml`` is faulty, and has to be asked.
    """
    own = kept(repo)
    if own.letter and at_home(repo, own.marks):
        return Standing(How.OURS, own.letter, settled=mark_here(repo) in own.marks)
    if own.letter:
        return Standing(How.COPIED if own.marks else How.UNMARKED, own.letter)
    return _unclaimed(repo, named(repo, root))


def named(repo: Repo, root: Path) -> tuple[Station, ...]:
    """The desks that the data folder names, or where it lacks the file the commit in hand.

    Raises:
        LianxinError: The file is faulty.
    """
    return read(held(root) or repo.blob("HEAD", PATH) or b"")


def held(root: Path) -> bytes | None:
    """What ``stations.yaml`` holds now; None where there is none.

    Raises:
        LianxinError: No ordinary file stands there.
    """
    try:
        return ordinary(root / PATH)
    except FileNotFoundError:
        return None


def _unclaimed(repo: Repo, stations: tuple[Station, ...]) -> Standing:
    """Of a clone without a letter."""
    if not stations:
        elsewhere = fetched(repo)
        return Standing(How.CLONED if elsewhere else How.FIRST, "" if elsewhere else LETTERS[0])
    alone = stations[0] if len(stations) == 1 and not stations[0].mark else None
    if alone and not repo.run("remote", check=False).strip():
        return Standing(How.ALONE, alone.letter, stations)
    return Standing(How.CLONED, "", stations)


def opened(repo: Repo, found: Standing, first: Station, base: bytes | None) -> NewCommit | None:
    """What a clone does before it first writes: it notes where it stands, and the first desk of a book says so in it.

    Args:
        repo: The clone.
        found: How it stands; not strange.
        first: What the first desk is called and whose it is.
        base: What ``stations.yaml`` holds now.
    """
    if found.how is How.OURS:
        if not found.settled:
            settle(repo)  # it was moved
        return None
    if found.how is not How.FIRST:
        keep(repo, found.letter)
        return None
    entry, mark = claimed(repo, found, first, base)
    keep(repo, found.letter, mark)
    return replace(entry, apart=True)


def claimed(repo: Repo, found: Standing, station: Station, base: bytes | None) -> tuple[NewCommit, str]:
    """The commit that claims a letter, and the mark it is claimed under.

    Args:
        repo: The clone.
        found: Which desks there are.
        station: With a free letter.
        base: What ``stations.yaml`` holds now.
    """
    mark = claim_mark(repo, f"{station.letter} {station.claimed}")
    change = Change(PATH, text((*found.stations, station.model_copy(update={"mark": mark}))), base)
    return NewCommit([change], f"{station.letter} 台：认领字母", (("Step", "station"),)), mark
