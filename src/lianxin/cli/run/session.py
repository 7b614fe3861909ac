"""What every command shares: the global options, the data folder, who acts, and the day it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct
from msgspec.structs import replace

from lianxin.cli.run.saying import tell
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.workspace import Workspace
    from lianxin.cli.run.progress import Advance
    from lianxin.storage.book import LedgerBook
    from lianxin.storage.station.standing import Standing

#: The environment's name for a clock that tests set; every answer says so, and every commit.
CLOCK = "LIANXIN_CLOCK"


class Session(Struct, frozen=True):
    """The global options of one run.

    Attributes:
        clock: The minute of ``today``, where one was given.
        at: The commit to read instead of the work tree.
        words: The command line as it was typed.
        tested: Day and minute of the test clock.
        command: Tells the commits of this run from others.
        full: An application has the whole terminal: nobody is asked beside it.
    """

    data: Path | None = None
    today: date | None = None
    clock: time | None = None
    at: str = ""
    words: tuple[str, ...] = ()
    actor: str = ""
    json: bool = False
    dry_run: bool = False
    yes: bool = False
    internal: bool = False
    tested: tuple[date | None, time | None] = (None, None)
    command: str = ""
    full: bool = False

    @property
    def now(self) -> datetime:
        """This minute; with ``--today``, that day at this time of day, or at the one given."""
        now = self.machine
        return datetime.combine(self.today, self.clock or now.time()) if self.today else now

    @property
    def machine(self) -> datetime:
        """What the clock says whatever ``--today`` is: the machine's, or the test clock of the environment."""
        now = datetime.now().replace(second=0, microsecond=0)
        day, minute = self.tested
        return datetime.combine(day, minute or now.time()) if day else now

    @property
    def interactive(self) -> bool:
        """May we ask? Only a person at a terminal is asked."""
        return sys.stdin.isatty() and sys.stdout.isatty() and not self.json and not self.full

    @property
    def clear(self) -> bool:
        """May what is printed name people? On a terminal, or when ``--internal`` says so."""
        return self.internal or sys.stdout.isatty()

    @property
    def root(self) -> Path | None:
        """The data folder; None where there is none to be found."""
        from lianxin.actions.workspace import find_root

        try:
            return find_root(self.data, Path.cwd())
        except UsageError:
            return None

    def workspace(self) -> Workspace:
        """The data folder this run works on.

        Raises:
            UsageError: There is none to be found.
        """
        from lianxin.actions.workspace import find_root

        return self.workspace_at(find_root(self.data, Path.cwd()))

    def workspace_at(self, root: Path) -> Workspace:
        """A data folder in the hands of this run."""
        from lianxin.actions.workspace import Workspace

        told = (("Clock", f"{CLOCK} {self.machine:%Y-%m-%d %H:%M}"),) if self.tested[0] else ()
        veil = not (self.internal or sys.stderr.isatty())
        doors = (self.doubt, lambda found: self.stranger(root, found), self.named, self.unmet)
        return Workspace(root, self.now, self.actor, self.at, self.machine, self.command, told, veil, *doors)

    def doubt(self, why: str) -> None:
        """Write by a clock that is likely wrong only if she says that it is right; asked once a run.

        Raises:
            LianxinError: Nobody can be asked.
            Abort: It is wrong.
        """
        from lianxin.cli.run.doubt import certain

        if self.yes and not self.full:
            tell(f"{why}；照样记\n")
        if not (self.yes or self.dry_run or certain(why, interactive=self.interactive)):
            raise typer.Abort

    def stranger(self, root: Path, found: Standing) -> None:
        """Have a clone that is no desk of the book yet become one, at a terminal.

        Raises:
            LianxinError: Nobody can be asked.
        """
        from lianxin.cli.run.stranger import settle

        settle(self.workspace_at(root), found, interactive=self.interactive and not self.dry_run)

    def named(self, letter: str) -> None:
        """Say that this is the book's first desk now; an application that has the whole terminal says nothing."""
        if not self.full:
            tell(f"这台机器在账本里是 {letter} 台，编号里的 {letter} 就是它\n")

    def unmet(self, why: str) -> None:
        """Say what is wanting for meeting other desks; an application that has the whole terminal says nothing."""
        if not self.full:
            tell(f"{why}\n")

    @contextmanager
    def book(
        self, *loads: str, quiet: bool = False, lenient: bool = False, told: Advance | None = None
    ) -> Iterator[LedgerBook]:
        """The records, with a progress bar on a terminal when reading them takes more than a second.

        Args:
            loads: Modules the command goes on with; they are imported while git looks at the files.
            quiet: Without the bar.
            lenient: Where HEAD leads to no commit although there are some, the files alone are read.
            told: How far it is, in place of the bar.
        """
        from lianxin.cli.run.progress import progress

        with (
            progress("读取台账", show=sys.stderr.isatty() and not (quiet or told)) as advance,
            self.workspace().book(told or advance, lambda: [*map(import_module, loads)], lenient=lenient) as book,
        ):
            yield book


def session_of(context: typer.Context) -> Session:
    """The session the global options made."""
    found = context.find_object(Session)
    return found or Session()


def parse_today(text: str | None, name: str = "--today") -> tuple[date | None, time | None]:
    """``--today 2026-03-02`` or ``--today "2026-03-02 09:40"``."""
    if text is None:
        return None, None
    from lianxin.core.day.period import refuse_year

    day, _, minute = text.partition(" ")
    wrong = UsageError(f"{name} 要写成 2026-03-02 或「2026-03-02 09:40」这样，「{text}」不是日期")
    try:
        found = date.fromisoformat(day), time.fromisoformat(minute) if minute else None
    except ValueError:
        raise wrong from None
    if found[1] is not None and found[1].tzinfo:  # every moment is one of the office's own clock
        raise wrong
    refuse_year(text, found[0])
    return found


def start(
    context: typer.Context,
    data: str | None,
    today: str | None,
    at: str | None,
    actor: str | None,
    *,
    json: bool,
    dry_run: bool,
    yes: bool,
    internal: bool,
) -> None:
    """Keep the global options for the command that follows.

    Raises:
        UsageError: One is there and says nothing: it would be done elsewhere, of another day or in another's name.
    """
    os.umask(0o077)
    for name, text in (("--data", data), ("--rev", at), ("--as", actor)):
        if text is not None and not text.strip():
            raise UsageError(f"{name} 后面是空的（多半是变量没有值）；请写上，或连 {name} 一起去掉")
    day, clock = parse_today(today)
    tested = parse_today(os.environ.get(CLOCK) or None, CLOCK)
    context.obj = replace(
        Session(),
        data=Path(data) if data else None,
        today=day,
        clock=clock,
        at=at or "",
        words=tuple(context.obj or ()),
        actor=actor or "",
        json=json,
        dry_run=dry_run,
        yes=yes,
        internal=internal,
        tested=tested,
        command=os.urandom(5).hex(),
    )
    if tested[0]:
        tell(f"测试时钟 {context.obj.machine:%Y-%m-%d %H:%M}（{CLOCK}），不是机器的时间\n")
