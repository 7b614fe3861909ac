"""What every command shares: the global options, the data folder, who acts, and the day it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.workspace import Workspace
    from lianxin.storage.book import LedgerBook

#: Global options may stand anywhere on the line; ``True``: takes a value.
GLOBAL = {
    "--data": True,
    "--today": True,
    "--as": True,
    "--json": False,
    "--dry-run": False,
    "--yes": False,
    "-y": False,
    "--internal": False,
}


def hoist(arguments: Sequence[str]) -> list[str]:
    """Move the global options to the front, so that they work before and after the command."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, sign, _ = word.partition("=")
        if name not in GLOBAL:
            rest.append(word)
        elif GLOBAL[name] and not sign:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        else:
            front.append(word)
    return front + rest


@dataclass(frozen=True)
class Session:
    """The global options of one run."""

    data: Path | None = None
    today: date | None = None
    actor: str = ""
    json: bool = False
    dry_run: bool = False
    yes: bool = False
    internal: bool = False

    @property
    def now(self) -> datetime:
        """This minute; with ``--today``, that day at this time of day."""
        now = datetime.now().replace(second=0, microsecond=0)
        return datetime.combine(self.today, now.time()) if self.today else now

    @property
    def interactive(self) -> bool:
        """May we ask? Only a person at a terminal is asked."""
        return sys.stdin.isatty() and sys.stdout.isatty() and not self.json

    def workspace(self) -> Workspace:
        """The data folder this run works on.

        Raises:
            UsageError: There is none to be found.
        """
        from lianxin.actions.workspace import Workspace, find_root

        return Workspace(find_root(self.data, Path.cwd()), self.now, self.actor)

    @contextmanager
    def book(self, *loads: str, quiet: bool = False) -> Iterator[LedgerBook]:
        """The records, with a progress bar on a terminal when reading them takes more than a second.

        Args:
            loads: Modules the command goes on with; they are imported while git looks at the files.
            quiet: Without the bar.
        """
        from lianxin.cli.progress import progress

        with (
            progress("读取台账", show=sys.stderr.isatty() and not quiet) as advance,
            self.workspace().book(advance, lambda: [*map(import_module, loads)]) as book,
        ):
            yield book


def session_of(context: typer.Context) -> Session:
    """The session the global options made."""
    found = context.find_object(Session)
    return found or Session()


def parse_today(text: str | None) -> date | None:
    """``--today 2026-03-02``."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--today 要写成 2026-03-02 这样，「{text}」不是日期") from None


def start(
    context: typer.Context,
    data: Path | None,
    today: str | None,
    actor: str | None,
    *,
    json: bool,
    dry_run: bool,
    yes: bool,
    internal: bool,
) -> None:
    """Keep the global options for the command that follows."""
    os.umask(0o077)
    context.obj = replace(
        Session(),
        data=data,
        today=parse_today(today),
        actor=actor or "",
        json=json,
        dry_run=dry_run,
        yes=yes,
        internal=internal,
    )
