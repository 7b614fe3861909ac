"""Asking a person at a terminal one short question. Off a terminal nobody is asked; what has fields is a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from lianxin.cli.run.saying import speak, tell

if TYPE_CHECKING:
    from lianxin.actions.shown import Seen

T = TypeVar("T")


def typed_text(label: str) -> str:
    """A line of text."""
    return _line(label)


def choose(text: str, choices: Sequence[tuple[str, str]], first: str = "") -> str:
    """The value picked of ``(value, shown)``: by its number, by how it begins, or by what it holds.

    Args:
        text: What is asked.
        choices: In their order.
        first: The value that a mere Enter means; without one, Enter picks nothing.
    """
    wide = len(str(len(choices)))
    speak(text + "\n" + "".join(f"  {n:>{wide}} {one}\n" for n, (_, one) in enumerate(choices, 1)))
    usual = next((n for n, (value, _) in enumerate(choices, 1) if value == first and first), 0)
    label = f"写号码{f'，直接回车是 {usual}' if usual else ''}："
    while True:
        typed = _line(label)
        found = usual if not typed else _meant(typed, [one for _, one in choices])
        if found:
            return choices[found - 1][0]
        tell(f"没有「{typed}」这一项\n" if typed else f"请写 1 到 {len(choices)}\n")


def _meant(typed: str, shown: Sequence[str]) -> int:
    """The number of the one that is meant; 0 for none, or several."""
    if typed.isdecimal():
        return int(typed) if 0 < int(typed) <= len(shown) else 0
    for fits in (str.startswith, str.__contains__):
        found = [n for n, one in enumerate(shown, 1) if fits(one, typed)]
        if len(found) == 1:
            return found[0]
    return 0


def confirm(text: str, *, doubtful: bool = False) -> bool:
    """Yes or no.

    Args:
        text: What is asked.
        doubtful: It is more likely a mistake: no is what a mere Enter means.
    """
    while True:
        typed = _line(f"{text}（y 是，n 否，回车是「{'否' if doubtful else '是'}」）").casefold()
        if typed in ("", "y", "yes", "是", "ｙ"):
            return bool(typed) or not doubtful
        if typed in ("n", "no", "否", "ｎ"):
            return False
        tell("请写 y 或 n\n")


def decide(text: str, declined: str) -> bool | None:
    """Yes, no, or later.

    Args:
        text: What is asked.
        declined: What no means.
    """
    while True:
        typed = _line(f"{text}（y 是，n {declined}，l 以后再说，回车是「是」）").casefold()
        if typed in ("", "y", "yes", "是", "ｙ"):
            return True
        if typed in ("n", "no", "否", "ｎ"):
            return False
        if typed in ("l", "ｌ", "以后", "以后再说"):
            return None
        tell("请写 y、n 或 l\n")


def _line(label: str) -> str:
    """What is typed after a label.

    Raises:
        EOFError: The terminal is gone, or Ctrl-D was typed.
    """
    import readline  # noqa: F401 - Chinese is taken back a character at a time

    return input(label).strip()


def sure(text: str, show: Callable[[], Seen], write: Callable[[Seen], T], *, final: bool = False) -> T:
    """Show what is to be done, ask, and do it; what changed between the question and the answer is shown again.

    Args:
        text: What is asked.
        show: Shows it and says what the files held.
        write: Does it, unless they hold something else by now.
        final: It cannot be taken back: a mere Enter does not do it.
    """
    import typer

    from lianxin.actions.shown import OvertakenError

    while True:
        shown = show()
        if not confirm(text, doubtful=final):
            raise typer.Abort
        try:
            return write(shown)
        except OvertakenError as error:
            tell(f"{error}\n")


def this_one(near: str) -> bool:
    """Whether somebody means a near miss: never what comes of going on without looking."""
    return confirm(f"是不是要写的这个：{near}？", doubtful=True)
