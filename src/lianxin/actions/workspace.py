"""One data folder, at one moment, in the hands of one person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.core.office import Office
    from lianxin.storage.book import LedgerBook
    from lianxin.storage.git.repo import Repo
    from lianxin.storage.station.standing import Standing
    from lianxin.storage.write.journal import Journal
    from lianxin.storage.write.stream import NewCommit, Written

MARK = "lianxin.yaml"
#: Which desk a commit was made at.
DESK = "Desk"


def refuse_stranger(found: Standing) -> None:
    """A clone that is no desk of the book writes nothing.

    Raises:
        LianxinError: Always.
    """
    raise LianxinError(f"没有写入：{found.why}；请先运行 lianxin station 给这台领一个字母（只看不用领）")


def find_root(given: Path | None, here: Path) -> Path:
    """The data folder: ``--data`` or ``LIANXIN_DATA``, else upwards to a ``lianxin.yaml``, else ``./data``.

    Raises:
        UsageError: There is none.
    """
    if given is not None:
        if os.path.lexists(given / MARK) and not (given / MARK).is_file():
            raise UsageError(f"{given / MARK} 不是普通文件；请把它换成文件本身")
        if not (given / MARK).is_file():
            raise UsageError(f"{given} 里没有 {MARK}，不是台账目录；新建请运行 lianxin init {given}")
        return given.resolve()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return folder.resolve()
    if (here / "data" / MARK).is_file():
        return (here / "data").resolve()
    raise UsageError(f"从这里往上都没有找到 {MARK}；用 --data 指明台账目录，或运行 lianxin init 目录 新建一个")


class Workspace(Struct, frozen=True, dict=True):
    """Where the records are, what minute it is, and who says so.

    Attributes:
        word: ``--as``: an id, an id's tail or a name; empty for the office's clerk.
        at: A commit to read instead of the work tree; then nothing is written.
        machine: What the machine's clock says, whatever day is looked at; None: ``now``.
        command: Tells the commits of this run from others.
        told: What each of them says besides.
        veil: What is refused is read by others than whoever sits at a terminal.
        doubt: Told before anything is written why the clock is likely wrong; raises unless she is sure.
        stranger: Told that this clone is no desk of the book yet; raises unless it has become one.
        named: Told the letter of a clone that becomes the book's first desk by writing.
        unmet: Told that git, in this clone, would not put records together with those of other desks.
    """

    root: Path
    now: datetime
    word: str = ""
    at: str = ""
    machine: datetime | None = None
    command: str = ""
    told: tuple[tuple[str, str], ...] = ()
    veil: bool = False
    doubt: Callable[[str], None] = lambda _why: None
    stranger: Callable[[Standing], None] = refuse_stranger
    named: Callable[[str], None] = lambda _letter: None
    unmet: Callable[[str], None] = lambda _why: None

    @property
    def clock(self) -> datetime:
        """The minute at which things are written down; nothing that has happened is later."""
        return self.machine or self.now

    @property
    def written(self) -> Written:
        """What the commits of this run say."""
        from lianxin.storage.write.stream import Written

        return Written(self.command, self.clock, self.told)

    @property
    def today(self) -> date:
        """The day this run takes for today."""
        return self.now.date()

    @cached_property
    def office(self) -> Office:
        """What ``lianxin.yaml`` says."""
        from lianxin.storage.settings import read_office

        return read_office(self.read(MARK) or b"")

    def read(self, path: str) -> bytes | None:
        """A file of the data folder as it is now, or as the commit has it; None when there is none."""
        from lianxin.storage.git.disk import read_file
        from lianxin.storage.git.snapshot import at_commit

        if self.at:
            return at_commit(self.root, self.at).read(path)
        try:
            return read_file(self.root / path)
        except FileNotFoundError:
            return None

    def writable(self) -> None:
        """Look whether anything may be written.

        Raises:
            UsageError: A commit of the past is being read.
        """
        if self.at:
            raise UsageError("--rev 是看从前的台账，只看不写；要写请去掉 --rev")

    @contextmanager
    def book(
        self,
        progress: Callable[[int, int], None] | None = None,
        meanwhile: Callable[[], object] = lambda: None,
        *,
        repo: Repo | None = None,
        lenient: bool = False,
    ) -> Iterator[LedgerBook]:
        """The records as they stand, for the time of the block.

        Args:
            progress: Told (done, total) while files have to be read.
            meanwhile: What can be done while git looks at the files.
            repo: The repository of the folder, where it is known.
            lenient: Where HEAD leads to no commit although there are some, the files alone are read.
        """
        from lianxin.storage.git.asked import ask

        asked = ask(self.root, repo) if not self.at else None  # git works while the rest is loaded
        from lianxin.storage.book import open_book

        meanwhile()
        day, now = self.today, self.now
        with open_book(
            self.root,
            today=day,
            now=now,
            clock=self.clock,
            progress=progress,
            asked=asked,
            commit=self.at,
            trusting=True,
            lenient=lenient,
        ) as book:
            try:
                yield book
            except LianxinError as error:
                if self.veil and error.veiled != str(error):
                    from lianxin.actions.veiled import veiled

                    error.veiled = veiled(book, error.veiled or str(error))
                    error.args = (veiled(book, str(error)), *error.args[1:])
                raise

    def journal(self) -> Journal:
        """The way to write.

        Raises:
            LianxinError: The folder is under no git, the clock is likely wrong, or this clone is no desk of the book.
            UsageError: A commit of the past is being read.
        """
        from lianxin.storage.git.driver import unmet
        from lianxin.storage.station.standing import standing

        repo = self.timely()
        if (found := standing(repo, self.root)).strange:
            self.stranger(found)
            found = standing(repo, self.root)
        if why := unmet(repo):
            self.unmet(why)
        return self.door(repo, lambda: self._opening(repo, found), found.letter)

    def timely(self) -> Repo:
        """The repository that is to be written to, the clock looked at.

        Raises:
            LianxinError: The folder is under no git, or the clock is likely wrong.
            UsageError: A commit of the past is being read.
        """
        self.writable()
        from lianxin.storage.git.clock import doubt
        from lianxin.storage.git.repo import Repo

        repo = Repo.needed(self.root)
        if why := doubt(repo, self.clock):
            self.doubt(why)
        return repo

    def door(self, repo: Repo, opening: Callable[[], NewCommit | None] = lambda: None, letter: str = "") -> Journal:
        """The way to write, whichever desk this is.

        Args:
            repo: As ``timely`` gives it.
            opening: What is committed before anything else, if something is.
            letter: Of the desk, which its commits bear: what is taken back at a desk was written there.
        """
        from lianxin.storage.write.journal import Journal

        told = (*self.told, (DESK, letter)) if letter else self.told
        return Journal(repo, self.root, replace(self.written, told=told), opening)

    def _opening(self, repo: Repo, found: Standing) -> NewCommit | None:
        """What this clone commits before it first writes."""
        from lianxin.policies.station import Station
        from lianxin.storage.station.standing import held, opened

        first = Station(letter=found.letter, name=self.office.name, claimer=self.office.clerk, claimed=self.clock)
        entry = opened(repo, found, first, held(self.root))
        if entry:
            self.named(found.letter)
        return entry

    def actor(self, book: LedgerBook) -> str:
        """The id of the person who acts.

        Raises:
            UsageError: Nobody is named, or nobody is called that.
        """
        word = self.word or self.office.clerk or ""
        if not word:
            raise UsageError("不知道是谁在办：用 --as 写上编号或姓名，或在 lianxin.yaml 里写「办事员」")
        return book.resolve(word, "person")

    def author(self, book: LedgerBook) -> tuple[str, str]:
        """Name and address under which that person's commits stand."""
        return author(book, self.actor(book))


def author(book: LedgerBook, person: str) -> tuple[str, str]:
    """Name and address under which a person's commits stand."""
    return book.title(person), f"{person}@lianxin.invalid"
