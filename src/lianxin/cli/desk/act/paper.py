"""Making files: which period, which look, for whom; made by the command that makes them, and opened."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from lianxin.cli.desk.act.run import run
from lianxin.cli.form.base import Over
from lianxin.cli.form.said import Said
from lianxin.cli.run.saying import turned
from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError
from lianxin.core.look import CALENDAR, LOOKS

if TYPE_CHECKING:
    from lianxin.actions.shelf import Paper

#: The looks offered, the usual first: of tables, of reports, of days, and of pages.
_TABLES, REPORTS = (".xlsx", ".docx", ".pdf", ".html"), (".docx", ".xlsx", ".pdf", ".html")
_DAYS = (".ics", ".docx", ".xlsx", ".pdf")
_PAGES = (".docx", ".pdf", ".html")
#: Stands for the printer among them.
_PRINTER, _TO_PRINTER = "打印机", "直接送到打印机"

_FACES = ("公示件：隐去姓名电话", "内部件：原样，只给办公室里用")

#: Beside the ledger's folder, so that files do not get mixed up with records.
_FOLDER = "台账文件"


class Ask(Struct, frozen=True):
    """What is written besides.

    Attributes:
        flag: The option that says it.
        label: How it is asked.
        value: What stands there to begin with.
        many: Several may be written.
    """

    flag: str
    label: str
    value: str = ""
    many: bool = False


class Shape(Struct, frozen=True):
    """What is asked before something is made.

    Attributes:
        title: Over it.
        does: What Enter does, and what is not done then.
        looks: It may have; where there is one, or none, it is not asked.
        faces: It is asked who reads it.
        period: Offered; None: none is asked for.
        asks: What else.
        told: What comes of it.
    """

    title: str
    does: tuple[str, str] = ("出文件", "不出了")
    looks: Sequence[str] = ()
    faces: bool = True
    period: str | None = None
    asks: Sequence[Ask] = ()
    told: str = ""

    @property
    def answers(self) -> str:
        """How it is answered."""
        lists = (len(self.looks) > 1) + self.faces
        fields = lists + (self.period is not None) + len(self.asks)
        keys = (f"回车 {self.does[0]}", "上下键 选" * bool(lists), "Tab 下一栏" * (fields > 1), f"Esc {self.does[1]}")
        return "   ".join(filter(None, keys))


class Wish(Struct, frozen=True):
    """What kind of file is wanted.

    Attributes:
        suffix: Empty where that is settled already.
        said: What was written besides, as words of the command.
    """

    period: str
    suffix: str
    internal: bool
    said: tuple[str, ...] = ()


#: What is said of a file once it is made, and where it is.
Making = Callable[[Wish], Awaitable[tuple[str, "Path | None"]]]


def words_of(paper: Paper) -> tuple[str, ...]:
    """The command that makes it."""
    if paper.rhythm:
        return ("report", paper.rhythm.name.lower(), "--name", paper.name)
    from lianxin.actions.shelf import Sort

    return ("export" if paper.sort is Sort.EXPORT else "ledger", paper.name)


def words_of_record(id_: str) -> tuple[str, ...]:
    """The command that makes a file of a record: an issue's is its page of the handbook."""
    return ("handbook" if id_.startswith("WT-") else "show", id_)


def suffixes(words: Sequence[str]) -> tuple[str, ...]:
    """The looks it may have; none where it says so itself."""
    return {"ledger": _TABLES, "export": (), "report": REPORTS, "calendar": _DAYS}.get(words[0], (*_PAGES, _PRINTER))


async def make(session: Session, name: str, words: Sequence[str], wish: Wish) -> tuple[str, Path | None]:
    """Make the file; what is to be said of it, and where it is.

    Raises:
        LianxinError: It cannot be made.
    """
    told = [
        *(("-p", wish.period) if wish.period else ()),
        *wish.said,
        *(("--internal",) if wish.internal else ()),
    ]
    if not wish.suffix:
        return _first(await run(session, [*words, *told])), None
    if wish.suffix == _PRINTER:
        return _first(await run(session, ["print", words[-1], *told])), None
    folder = session.workspace().root.parent / _FOLDER
    folder.mkdir(exist_ok=True)
    face = "（内部件）" if wish.internal else ""
    stem = re.sub(r'[\\/:*?"<>|\s]+', " ", f"{name}{face} {_when(session, wish.period)}").strip()
    path = next(one for one in _names(folder, stem, wish.suffix, session.now) if not one.exists())
    await run(session, [*words, *told, "-o", str(path)])
    return f"✓ 已做成 {_title(wish.suffix).partition('，')[0]}，放在 {path}", path


def _title(suffix: str) -> str:
    """What a file with this ending is."""
    return {look.suffix: look.title for look in (*reversed(LOOKS), CALENDAR)}[suffix]


def _when(session: Session, period: str) -> str:
    """The days a file is of, as its name says them: 上周 is another week the next time."""
    if not period:
        return str(session.now.date())
    from lianxin.core.day.period import parse_period

    try:
        found = parse_period(period, session.now.date())
    except LianxinError:  # the command says what is wrong with it
        return period
    return f"{found.since}至{found.last}"


def _first(told: str) -> str:
    return (told or "✓ 已出好").splitlines()[0]


def _names(folder: Path, stem: str, suffix: str, now: datetime) -> Iterator[Path]:
    """Names for a file, the simplest first; where it was made before, with the minute, so that the later is known."""
    yield folder / f"{stem}{suffix}"
    again = f"{stem}（{now:%m-%d %H.%M}）"
    yield folder / f"{again}{suffix}"
    yield from (folder / f"{again}（{n}）{suffix}" for n in count(2))


#: Why a file was not opened, as xdg-open tells it.
_FAILED = {2: "文件不在了", 3: "没有装能打开这种文件的程序", 4: "能打开它的程序没有启动起来"}


async def show(path: Path) -> str:
    """Open a file with the program that is for it; what is to be said."""
    if not await asyncio.to_thread(path.exists):
        return f"{path} 不在了：移走或删掉了，按 p 再出一份"
    opener = next((found for name in ("wslview", "xdg-open") if (found := shutil.which(name))), None)
    if opener is None:
        return f"没有打开：这台机器上没有管打开文件的程序（wslview、xdg-open）。文件在 {path}"
    if opener.endswith("xdg-open") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        return f"没有打开：这里没有桌面，是远程连着的；请把文件取到自己的电脑上打开。文件在 {path}"
    process = await asyncio.create_subprocess_exec(
        *(opener, str(path)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    code = await process.wait()
    why = _FAILED.get(code, f"打开它的程序没有成（{code}）")
    return f"没有打开：{why}。文件在 {path}" if code else f"✓ 已打开 {path}"


class PaperScreen(Over[tuple[str, Path | None] | None]):
    """What kind of file is wanted; what is said of it once it is made, and where it is. It stays until it can be made.

    Args:
        shape: What is asked.
        made: Makes it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "make", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    def __init__(self, shape: Shape, made: Making) -> None:
        super().__init__()
        self._shape, self._made = shape, made
        self._busy = False
        self._looks = [(suffix, _TO_PRINTER if suffix == _PRINTER else _title(suffix)) for suffix in shape.looks]

    def compose(self) -> ComposeResult:
        """What is asked, and how it is answered."""
        shape = self._shape
        with Vertical(id="box"):
            yield Static(Content.styled(turned(shape.title), "bold"), markup=False)
            if shape.told:
                yield Static(turned(shape.told), classes="ask", markup=False)
            if len(self._looks) > 1:
                yield Static("格式", classes="ask", markup=False)
                yield OptionList(*(title for _, title in self._looks), id="look", compact=True, markup=False)
            if shape.faces:
                yield Static("给谁看", classes="ask", markup=False)
                yield OptionList(*_FACES, id="face", compact=True, markup=False)
            if shape.period is not None:
                yield Static(
                    "期间（本月、上季度、2026-03 这样写；空着是全部或常用的那一期）", classes="ask", markup=False
                )
                yield Input(shape.period, id="period", compact=True)
            for n, ask in enumerate(shape.asks):
                yield Static(turned(ask.label), classes="ask", markup=False)
                yield Input(ask.value, id=f"ask-{n}", compact=True)
            yield Said(classes="wrong")
            yield Static(shape.answers, id="answers", markup=False)

    def on_mount(self) -> None:
        """The first of each is what is usual."""
        for listed in self.query(OptionList):
            listed.highlighted = 0

    def action_move(self, way: int) -> None:
        """Mark another line; where something is written, go on to what is beside it."""
        if isinstance(self.focused, OptionList):
            (self.focused.action_cursor_down if way > 0 else self.focused.action_cursor_up)()
        else:
            (self.focus_next if way > 0 else self.focus_previous)()

    def action_make(self) -> None:
        """So it is wanted."""
        lists = {one.id: one.highlighted or 0 for one in self.query(OptionList)}
        typed = {one.id: one.value.strip() for one in self.query(Input)}
        suffix = self._looks[lists.get("look", 0)][0] if self._looks else ""
        said = [
            word
            for n, ask in enumerate(self._shape.asks)
            for text in (_pieces(typed[f"ask-{n}"]) if ask.many else [typed[f"ask-{n}"]])
            for word in (ask.flag, text)
            if text
        ]
        if not self._busy:
            self._busy = True
            self._make(Wish(typed.get("period", ""), suffix, bool(lists.get("face")), tuple(said)))

    @work(exclusive=True)
    async def _make(self, wish: Wish) -> None:
        self.query_one(Said).say("")
        self.query_one("#answers", Static).update(f"正在{self._shape.does[0]}……")
        try:
            self.dismiss(await self._made(wish))
        except LianxinError as error:
            self.query_one(Said).say(str(error))
            self.query_one("#answers", Static).update(self._shape.answers)
            self._busy = False

    def action_leave(self) -> None:
        """None is wanted; what is being made is made."""
        if not self._busy:
            self.dismiss(None)


def _pieces(text: str) -> list[str]:
    """What was written one after another."""
    from lianxin.actions.entry.entry import pieces

    return pieces(text)
