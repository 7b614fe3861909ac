"""What is seldom done: chosen from a list, done by the command of that name."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from lianxin.cli.form.base import Over


class Rare(StrEnum):
    """What it is, in words.

    Attributes:
        key: By which it is picked: a letter heard in its words, its own whatever else the list comes to hold.
    """

    key: str

    def __new__(cls, words: str, key: str) -> Self:
        """One of them, with its key."""
        made = str.__new__(cls, words)
        made._value_, made.key = words, key
        return made

    CHECK = "检查：看台账有没有毛病，怎么改", "j"
    BACKUP = "备份：整本台账存到优盘，读回来核对", "b"
    CALENDAR = "日历：哪天到期，导进手机就会提醒", "l"
    COMMIT = "收进：别处手工改过的文件，收进台账", "s"
    UNDO = "撤销：上一条记下的，先给您看", "u"
    BACK = "回收：单位填好交回的表，看过再收", "h"
    IMPORT = "导入：把旧表导进台账，问过才写", "d"
    PASTE = "粘贴：微信消息、聊天记录变成填好的问题或走访", "z"
    FILE = "登记：发出去的文收一份、记下文号，出好的、自己写的都行", "f"
    FATE = "撤并：村和单位撤并、更名、终止，联系户迁出、分合", "g"
    JOIN = "重登：同一户、同一个人或单位登了两份的，合成一份", "c"
    SYNC = "同步：取来别的电脑上记的，把这里记的送去", "t"
    SETTLE = "合并：两台电脑记得不一样的，选定用谁的", "x"
    SEAT = "换人：换一个人坐在这里，往下记的都算他办的", "r"


class Folder(Over[str | None]):
    """In which folder, or which file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    #: What Enter does.
    does = "开始"

    def __init__(
        self, title: str, known: str, hint: str = r"写优盘上的文件夹，如 E:\台账备份；把文件夹拖到这里也行"
    ) -> None:
        super().__init__()
        self._title, self._known, self._hint = title, known, hint

    def compose(self) -> ComposeResult:
        """What is asked, and how it is answered."""
        with Vertical(id="box"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            yield Static(self._hint, classes="ask", markup=False)
            yield Input(self._known, compact=True)
            yield Static(f"回车 {self.does}   Esc 算了", id="answers", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """There."""
        if event.value.strip():
            self.dismiss(self.taken(event.value.strip()))

    def taken(self, typed: str) -> str:
        """What is meant by it."""
        from lianxin.actions.entry.file import place_of
        from lianxin.storage.git.meeting import is_host

        return typed if is_host(typed) else str(place_of(typed))

    def action_leave(self) -> None:
        """Nowhere."""
        self.dismiss(None)


class Why(Folder):
    """A reason."""

    does = "写入"

    def taken(self, typed: str) -> str:
        """As it stands there."""
        return typed
