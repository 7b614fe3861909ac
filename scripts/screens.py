"""The desk and a form as they stand on a screen of 80 by 24: the real program, played key by key, as an SVG."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import date, time
from html import unescape
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.app import App

from lianxin.cli.app import command
from lianxin.cli.desk.app import Desk
from lianxin.cli.desk.view.reading import Reader
from lianxin.cli.desk.view.show import Shown
from lianxin.cli.desk.view.theme import RICH
from lianxin.cli.form.screen import FormApp
from lianxin.cli.form.tasks import add_task
from lianxin.cli.run.session import Session
from lianxin.cli.run.tongue import work_in_chinese
from lianxin.kinds import KIND

_SIZE = (80, 24)

#: Seconds after which what is awaited will not come any more.
_LONGEST = 120
_TYPEFACE = "Noto Sans Mono CJK SC"
_WIDTH = 12.2
_TEXT = re.compile(r'(<text [^>]*textLength=")[^"]*("[^>]*>)([^<]*)')


def desk(ledger: Path, keys: Sequence[tuple[str, str]], day: str) -> str:
    """The desk after some keys.

    Args:
        ledger: Where the records are.
        keys: What is awaited, and the key that is pressed then; no key after the last.
        day: What it takes for today.
    """
    work_in_chinese(command())
    session = _session(ledger, day)
    reader = Reader(session)
    shown = Desk(session, reader, Shown(reader))
    try:
        return asyncio.run(_played(shown, keys))
    finally:
        shown.writer.close()
        reader.close()


def form(ledger: Path, kind: str, typed: dict[str, str | list[str]], keys: Sequence[tuple[str, str]], day: str) -> str:
    """The form of a new record, with what a command already said."""
    work_in_chinese(command())
    session = _session(ledger, day)
    return asyncio.run(_played(FormApp(session, add_task(session, KIND[kind], typed)), keys))


def _session(ledger: Path, day: str) -> Session:
    return Session(data=ledger, tested=(date.fromisoformat(day), time(9, 5)), command="0123456789")


async def _played(shown: App[Any], keys: Sequence[tuple[str, str]]) -> str:
    loop = asyncio.get_running_loop()
    async with shown.run_test(size=_SIZE) as pilot:
        shown.register_theme(RICH)
        shown.theme = RICH.name
        for awaited, key in keys:
            deadline = loop.time() + _LONGEST
            while awaited not in _text(shown.export_screenshot()):
                if loop.time() > deadline:
                    raise TimeoutError(awaited)
                await pilot.pause(0.1)
            if key:
                await pilot.press(*({"/": "slash"}.get(one, one) for one in key))
        await pilot.pause(0.5)
        return _wide(shown.export_screenshot(title="连心"))


def _wide(picture: str) -> str:
    """Each text as wide as its cells are: Rich counts characters, of which Chinese take two cells."""
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL).replace("Fira Code", _TYPEFACE)
    picture = picture.replace("font-variant-east-asian: full-width;", "")

    def stretched(found: re.Match[str]) -> str:
        cells = cell_len(unescape(found[3]).replace("\xa0", " "))
        return f"{found[1]}{cells * _WIDTH:.1f}{found[2]}{found[3]}"

    return _TEXT.sub(stretched, picture)


def _text(picture: str) -> str:
    """What stands on it, without blanks."""
    return re.sub(r"<style>.*?</style>|<[^>]+>|\s", "", unescape(picture), flags=re.DOTALL)
