"""A list to pick from: by the arrow keys, or by typing what is meant.

What is typed and is in no line of the list is no answer: Enter does not take whatever stands marked then. questionary
has no public way to tell its list where the mark is; what is used of it here holds for 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_PICKING = "（上下键选，回车定）"


def choose(text: str, choices: Sequence[tuple[str, str]], first: str = "", keys: str = "") -> str:
    """The value picked of ``(value, shown)``.

    Args:
        first: The value that the mark stands at to begin with.
        keys: A letter a choice by which it is picked, too.
    """
    import questionary

    shown: list[Any] = [questionary.Choice(title, value=value) for value, title in choices]
    default = next((one for one, (value, _) in zip(shown, choices, strict=True) if value == first), None)
    question = questionary.select(text, shown, default=default, instruction=_PICKING, use_jk_keys=False)
    _typing(question.application, [title for _, title in choices], keys)
    return str(question.unsafe_ask())


def _typing(application: Any, titles: Sequence[str], keys: str) -> None:
    """Let the mark follow what is typed."""
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.keys import Keys
    from questionary.prompts.common import InquirerControl

    listed = next(one for one in application.layout.find_all_controls() if isinstance(one, InquirerControl))
    typed: list[str] = []
    lost = Condition(lambda: bool(typed) and _meant("".join(typed), titles, keys) is None)

    def follow(event: Any) -> None:
        typed.append(event.data)
        place = _meant("".join(typed), titles, keys)
        if place is None:
            event.app.output.bell()
        else:
            listed.pointed_at = place

    def back(_event: Any) -> None:
        del typed[-1:]

    def forget(event: Any) -> None:
        typed.clear()
        event.app.output.bell()

    def move(event: Any) -> None:
        typed.clear()
        step = 1 if event.key_sequence[-1].key is Keys.Down else -1
        listed.pointed_at = (listed.pointed_at + step) % len(titles)

    bound = application.key_bindings
    bound.add(Keys.Any)(follow)
    bound.add(Keys.Backspace)(back)
    bound.add(Keys.ControlM, filter=lost, eager=True)(forget)
    bound.add(Keys.Up)(move)
    bound.add(Keys.Down)(move)


def _meant(typed: str, titles: Sequence[str], keys: str) -> int | None:
    """Which line is meant: the one of that letter, that begins so, or that holds it."""
    text = typed.strip().casefold()
    if len(text) == 1 and text in keys:
        return keys.index(text)
    begun = [n for n, title in enumerate(titles) if title.casefold().startswith(text)]
    held = [n for n, title in enumerate(titles) if text in title.casefold()]
    return next(iter(begun or held), None)
