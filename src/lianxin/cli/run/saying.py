"""What commands say beside documents: printed so that no name of a file, no stored word can steer the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import TextIO

#: How the commands that texts tell of are called for whoever reads them.
_TONGUE: ContextVar[Callable[[str], str]] = ContextVar("tongue", default=str)


def say_by(turn: Callable[[str], str]) -> None:
    """Whoever reads works in another tongue than texts tell of commands in."""
    _TONGUE.set(turn)


def tongue() -> Callable[[str], str]:
    """How texts are turned for whoever reads now."""
    return _TONGUE.get()


def turned(text: str) -> str:
    """A text with its commands in the tongue of whoever reads it."""
    return _TONGUE.get()(text)


def speak(text: str) -> None:
    """Print on the screen; what a terminal would obey is shown instead."""
    sys.stdout.write(_for(sys.stdout, text))


def tell(text: str) -> None:
    """Print beside the answer, where it goes into no file and no pipe; what a terminal would obey is shown instead."""
    sys.stderr.write(_for(sys.stderr, text))


def wrapped(text: str) -> str:
    """A text broken for the screen where it reads well, so that the terminal need not cut words and commands."""
    from lianxin.formats.width import wrap_told

    return "\n".join(wrap_told(text, shutil.get_terminal_size((80, 24)).columns))


def _for(stream: TextIO, text: str) -> str:
    from lianxin.formats.face.sanitise import for_terminal

    shown = for_terminal(turned(text))
    return wrapped(shown) if stream.isatty() else shown
