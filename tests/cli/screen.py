"""The desk, or a form, as it stands on a screen: played without a terminal by Textual's pilot, read cell by cell."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import date, time
from pathlib import Path
from typing import Any

from rich.segment import Segment
from tests.cli.desk import MINUTE, TODAY
from textual.app import App
from textual.events import Key
from textual.pilot import Pilot

from lianxin.cli.app import command
from lianxin.cli.desk.app import Desk
from lianxin.cli.desk.view.reading import Reader
from lianxin.cli.desk.view.show import Shown
from lianxin.cli.form.box import Box
from lianxin.cli.form.row import Row
from lianxin.cli.form.screen import Early, FormApp
from lianxin.cli.form.task import TableTask, Task
from lianxin.cli.run.session import Session
from lianxin.cli.run.tongue import work_in_chinese
from lianxin.kinds import BRIEFS

Play = Callable[["Screen"], Awaitable[None]]
Asked = Callable[[Session], Task[Any] | TableTask]

#: Latin words that may stand on a screen: ids (which may be folded), commits, units, what is printed on keys, and
#: the programs by whose names their files are known, our own, and the names of files.
_IDS = "|".join(brief.prefix for brief in BRIEFS)
_ALLOWED = re.compile(
    rf"\b(?:(?:{_IDS})-[-\dA-Z]*|[0-9a-f]{{10}}|km|Tab|Esc|F[1-9]|Ctrl-[CQSU]|Word|Excel|WPS|PDF|lianxin)\b"
    rf"|\.(?:docx|xlsx|pdf|ics|html)\b|(?:\w*/[\w.（）-]+)+|\b(?:{_IDS})-$"
)
_LATIN = re.compile(r"[A-Za-z]{2,}")

#: Words of programs in Chinese, and what is typed for programs.
_PROGRAMS = re.compile(
    r"提交(?!人)|分支(?!机构)|仓库|指纹|账本记号|数据版本|暂存|用户@|/mnt/|\{\w+\}|[\u4e00-\u9fff]=|\.git\b|manifest"
)


class Screen:
    """A desk, or a form, at work."""

    def __init__(self, app: App[Any], pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def lines(self) -> list[str]:
        """What every line of the screen says."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        if len(strips) != height:  # it is being laid out
            return []
        assert all(strip.cell_length == width for strip in strips)
        return ["".join(text for text, *_ in (Segment(*one) for one in strip)).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def english(self) -> list[str]:
        """Latin words, and words of programs, that have no business there."""
        return [*self.latin_in(self.text), *_PROGRAMS.findall(self.text)]

    @staticmethod
    def latin_in(text: str) -> list[str]:
        """Latin words that have no business in a text."""
        return [word for line in text.splitlines() for word in _LATIN.findall(_ALLOWED.sub("", line))]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text as fast as a terminal passes it on; the pilot by itself loses full-width marks."""
        assert self.app._driver
        for character in text:
            self.app._driver.send_message(Key("enter" if character == "\n" else character, character))
        await self.pilot.pause()

    def row(self, label: str) -> Row:
        """The field of a form with this label."""
        return next(row for row in self.app.screen.query(Row) if row.spec.label == label)

    async def fill(self, label: str, text: str, *keys: str) -> None:
        """Type a text in a field of a form, in place of what stands there, then press keys."""
        row = self.row(label)
        row.enter()
        row.query_one(Box).select_all()
        await self.type(text)
        await self.press(*keys)

    async def see(self, text: str, seconds: float = 30) -> None:
        """Wait until a text is shown."""
        await self._until(lambda: text in self.text, text, seconds)

    async def at(self, label: str) -> None:
        """Wait until the hand is in a field of a form."""
        await self._until(lambda: self.row(label).has_hand, f"在「{label}」", 30)

    async def gone(self, text: str, seconds: float = 30) -> None:
        """Wait until a text is shown no more."""
        await self._until(lambda: text not in self.text, text, seconds)

    async def write(self) -> None:
        """Let a form be written, and wait until it is."""
        await self.press("ctrl+s")
        await self.written()

    async def written(self) -> None:
        """Wait until a form is written."""
        await self._until(lambda: self.app.return_value is not None, "Ctrl-S", 60)

    async def _until(self, so: Callable[[], bool], text: str, seconds: float) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not so():
            assert asyncio.get_running_loop().time() < deadline, f"{text}\n{self.text}"
            await self.pilot.pause(0.05)


def session_of(root: Path, day: str = TODAY) -> Session:
    """A run in a ledger, on a day, or at a minute of one."""
    on, _, at = day.partition(" ")
    return Session(data=root, tested=(date.fromisoformat(on), time.fromisoformat(at or MINUTE)), command="0123456789")


def at_form(
    root: Path,
    task: Asked,
    play: Play,
    size: tuple[int, int] = (80, 24),
    day: str = TODAY,
) -> Any:
    """Sit at a form and play: what was written of it."""
    session = session_of(root, day)
    app = FormApp(session, task(session))

    async def sit() -> None:
        work_in_chinese(command())
        async with app.run_test(size=size) as pilot:
            while app.screen.focused is None or isinstance(app.screen.focused, Early):  # it is opened beside the screen
                await pilot.pause(0.02)
            await play(Screen(app, pilot))

    asyncio.run(sit())
    return app.return_value


def at_desk(root: Path, play: Play, size: tuple[int, int] = (80, 24), day: str = TODAY) -> None:
    """Sit down at a desk, play, and leave."""
    session = session_of(root, day)

    async def sit() -> None:
        work_in_chinese(command())
        reader = Reader(session)
        app = Desk(session, reader, Shown(reader))
        async with app.run_test(size=size) as pilot:
            await play(Screen(app, pilot))
        app.writer.close()
        reader.close()

    asyncio.run(sit())
