"""Asking a person at a terminal, one question at a time. Off a terminal nobody is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from lianxin.cli.run.picking import choose
from lianxin.cli.run.saying import folded
from lianxin.core.declare.field import FieldSpec
from lianxin.core.value import FieldType
from lianxin.rules.category import categories
from lianxin.storage.book import LedgerBook

if TYPE_CHECKING:
    from lianxin.actions.shown import Seen

T = TypeVar("T")

_SKIP = "（不填）"
_YES_NO = ("是", "否")

#: Told every text that stands at a prompt, key by key.
Watch = Callable[[str], None]


def say(text: str) -> None:
    """A remark beside the questions."""
    _print(text, "fg:ansibrightblack")


def complain(text: str) -> None:
    """What is wrong with an answer."""
    _print(text, "fg:ansired")


def _print(text: str, style: str) -> None:
    import questionary

    questionary.print(folded(f"  {text}"), style=style)


def _titles(book: LedgerBook, spec: FieldSpec) -> list[str]:
    from lianxin.actions.entry.known import titles

    return titles(book, spec.refs)


def offered(spec: FieldSpec, book: LedgerBook) -> tuple[str, ...]:
    """The words a field may take, where they are few enough to be shown."""
    if spec.type is FieldType.FLAG:
        return _YES_NO
    if not spec.policy:
        return spec.choices
    listed = book.policy(spec.policy)
    return categories(listed) if listed else ()


def one_answer(
    spec: FieldSpec,
    label: str,
    book: LedgerBook,
    default: str,
    watch: Watch,
    *,
    must: bool = False,
    over: bool = False,
    words: Sequence[tuple[str, str]] = (),
    usual: str = "",
) -> str:
    """What is answered to one question about a field, unjudged; empty when it is passed over.

    Args:
        default: What stands there to begin with.
        must: It cannot be passed over.
        over: What stands there will not do: the next key puts itself in its place.
        words: What it is picked from, ``(value, shown)``; none: what the field's declaration says.
        usual: What it comes to when it is passed over.
    """
    import questionary

    listed = [*words] or [(word, word) for word in offered(spec, book)]
    if listed:
        skip = f"（不填，就是{usual}）" if usual else _SKIP
        return choose(label, [*(() if must else (("", skip),)), *listed], default or (spec.likely if must else ""))
    known = _titles(book, spec) if spec.type is FieldType.REF else []
    if known:  # questionary will not complete from nothing
        question = questionary.autocomplete(label, known, default=default, match_middle=True)
    else:
        question = questionary.text(label, default=default)
    buffer = question.application.current_buffer
    if over:
        _select(buffer)
    buffer.on_text_changed += lambda changed: watch(changed.text)
    answer = str(question.unsafe_ask()).strip()
    return answer.split(" ")[0] if answer in known else answer


def typed_text(label: str, refused: str = "", watch: Watch = lambda _text: None) -> str:
    """A line of text; what was refused before stands there to be typed over or mended."""
    import questionary

    question = questionary.text(label, default=refused)
    buffer = question.application.current_buffer
    _select(buffer)
    buffer.on_text_changed += lambda changed: watch(changed.text)
    return str(question.unsafe_ask()).strip()


def _select(buffer: Any) -> None:
    """Select all that stands at a prompt: the next key puts itself in its place."""
    if not buffer.text:
        return
    buffer.cursor_position = 0
    buffer.start_selection()
    buffer.cursor_position = len(buffer.text)
    buffer.selection_state.enter_shift_mode()


def confirm(text: str, *, doubtful: bool = False) -> bool:
    """Yes or no.

    Args:
        doubtful: It is more likely a mistake: no stands first, and is what a mere Enter means.
    """
    choices = (("yes", "是"), ("no", "否"))
    return choose(text, choices[::-1] if doubtful else choices, keys="ny" if doubtful else "yn") == "yes"


def sure(text: str, show: Callable[[], Seen], write: Callable[[Seen], T]) -> T:
    """Show what is to be done, ask, and do it; what changed between the question and the answer is shown again.

    Args:
        show: Shows it and says what the files held.
        write: Does it, unless they hold something else by now.
    """
    import typer

    from lianxin.actions.shown import OvertakenError

    while True:
        shown = show()
        if not confirm(text):
            raise typer.Abort
        try:
            return write(shown)
        except OvertakenError as error:
            complain(str(error))


def this_one(near: str) -> bool:
    """Whether somebody means a near miss: never what comes of going on without looking."""
    return choose("是不是要写的这个？", (("no", "都不是，重新写"), ("yes", near)), keys="ny") == "yes"
