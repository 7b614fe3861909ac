"""``help``: the page on a command, found by either of its names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from lianxin.cli.run.command import App, Group
from lianxin.cli.run.saying import speak
from lianxin.core.error import UsageError

app = App()


@app.command("help")
def help_(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="词", help="命令或步骤，中英文都行；不写就是总的")
    ] = None,
) -> None:
    """看说明：一个命令怎么用，如 lianxin 帮助 受理。"""
    root: Any = context.find_root().command
    found = list(dict.fromkeys(_led(root, (), words or [])))
    if not words:
        found = [()]
    if not found:
        raise UsageError(f"没有叫「{' '.join(words or [])}」的命令；运行 lianxin 帮助 看都有哪些")
    meant = [path for path in found if len(path) == len(words or [])]  # nothing is left out of the way there
    others = [f"lianxin 帮助 {' '.join(path)}" for path in found if [path] != meant]
    if len(meant or found) == 1:
        speak("".join(f"{line}\n" for line in _meaning((meant or found)[0])))
        root.main(args=[*(meant or found)[0], "--help"], prog_name="lianxin", standalone_mode=False, obj=())
        speak(f"\n另有同名的：{'；'.join(others)}\n" if meant and others else "")
        return
    speak("有好几个，要看哪一个：\n" + "".join(f"  {other}\n" for other in others))


def _meaning(path: tuple[str, ...]) -> list[str]:
    """What a step is, before how its command is written; nothing of any other command."""
    from lianxin.kinds import KIND
    from lianxin.reports.life.meaning import meaning

    kind = next((one for one in KIND.values() if path and one.label == path[0]), None)
    life = kind.lifecycle if kind else None
    step = next((one for one in life.steps if one.label == path[-1]), None) if life else None
    return [*meaning(kind, step)] if kind and step and len(path) > 1 else []


def _led(node: Any, path: tuple[str, ...], words: list[str]) -> Iterator[tuple[str, ...]]:
    """The ways from a group to every command that these words name, one after the other, by its Chinese names."""
    for name in node.list_commands(None):
        below, chinese = node.get_command(None, name), node.chinese(name)
        matched = bool(words) and words[0] in (name, chinese)
        here = (*path, chinese)
        if matched and len(words) == 1:
            yield here
        elif isinstance(below, Group) and (matched or not below.echoes):
            yield from _led(below, here, words[1:] if matched else words)
