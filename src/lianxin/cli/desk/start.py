"""Opening the desk, and leaving it as the terminal was: by key, by signal or because the line is gone."""

from __future__ import annotations

import gc
import os
import sys

from lianxin.cli.run.session import Session


def fits(session: Session) -> bool:
    """Whether a person sits at a terminal that can show the desk, and asks for nothing else."""
    able = os.environ.get("TERM", "") not in ("", "dumb", "unknown")
    return able and session.interactive and sys.stderr.isatty() and not (session.at or session.dry_run)


def open_desk(session: Session) -> int:
    """Open it and stay until she leaves; the exit code.

    Raises:
        UsageError: There is no data folder.
    """
    gc.disable()  # until the desk stands there: what is loaded stays
    from lianxin.cli.desk.view.reading import Reader
    from lianxin.cli.desk.view.show import Shown

    session.workspace()
    reader = Reader(session)
    shown = Shown(reader)
    shown.begin()
    from lianxin.cli.desk.app import Desk

    desk = Desk(session, reader, shown)
    try:
        code = desk.answer()
    finally:
        desk.writer.close()
        reader.close()
    return code or desk.return_code or 0
