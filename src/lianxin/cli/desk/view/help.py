"""What is read over the desk: every key and what it does, or what a command has said."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from lianxin.cli.desk.keys import KEYS, MORE
from lianxin.cli.desk.view.detail import Detail
from lianxin.cli.form.answer import below
from lianxin.cli.form.base import SCROLLING, Over
from lianxin.core.document import Document
from lianxin.formats.width import pad, wrap_told

#: Columns of a key's name, and of what it does, in the box.
_CAP, _TOLD = 8, 62

_BACK = "上下键看，别的键回去"

#: Keys that move about.
_MOVING = (
    ("上下键", "一条一条地看；翻页键一页一页地看"),
    ("回车", "办最可能要办的那一步，就是下面那排步骤的第一个"),
    ("字母", "办下面那排步骤里写着的那一步；一个字母只是一个步骤，在哪里都一样"),
    (MORE, "没有字母的步骤，列出来选一个"),
    ("1 到 9", "换一栏，左右键换到旁边一栏；名册里再按 9 换一种"),
    ("Tab", "到旁边（窄的屏幕在下面）去看全文，回车照样办；再按一次回来"),
    ("Ctrl-C", "复制选中的字；按两次离开"),
    ("鼠标", "点一下选中，再点一下就办；栏目、步骤、按键都能点"),
)


class _Over(Over[None]):
    """Something to read over the desk; any key closes it."""

    def on_key(self, event: Key) -> None:
        """Go back; arrows scroll."""
        if event.key not in SCROLLING:
            event.stop()
            self.dismiss()


class HelpScreen(_Over):
    """A list of keys; all of them at once on a screen of twenty-four lines."""

    def compose(self) -> ComposeResult:
        """One line a key."""
        told = [line for cap, what in (*_MOVING, *((key.cap, key.told) for key in KEYS)) for line in _line(cap, what)]
        with Vertical(id="box", classes="keys"):
            with VerticalScroll(id="lines"):
                yield Static(Content("\n").join(told), markup=False)
            yield Static("上下键看，别的键回去", id="answers", markup=False)


def _line(cap: str, what: str) -> Iterator[Content]:
    """A key and what it does; what does not fit on its line goes on below."""
    first, *rest = wrap_told(what, _TOLD)
    yield Content.assemble((pad(cap, _CAP), "bold $primary"), first)
    yield from (Content(" " * _CAP + line) for line in rest)


class Reading(_Over):
    """A page, as a record is shown."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document

    def compose(self) -> ComposeResult:
        """The page, as much of it as there is room for."""
        self._detail = Detail()
        self._answers = Static(_BACK, id="answers", markup=False)
        with Vertical(id="box", classes="reading"):
            yield self._detail
            yield self._answers

    def on_mount(self) -> None:
        """Show it once it has its width."""
        self._detail.put(self._document)
        self.watch(self._detail, "scroll_y", self._tell)
        self.watch(self._detail, "virtual_size", self._tell)

    def _tell(self) -> None:
        """How much of it is still to be seen."""
        self._answers.update(f"{below(self._detail)}{_BACK}")
