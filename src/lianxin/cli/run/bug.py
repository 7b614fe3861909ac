"""What is kept of a bug for those who mend it: where it was, never what was said of whom."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator

from lianxin import __version__
from lianxin.core.error import passed


def keep(error: BaseException) -> str:
    """Write down what went wrong; the file's name, empty where nothing can be written."""
    told = "\n".join((f"lianxin {__version__} · Python {platform.python_version()}", *_lines(error), ""))
    try:
        handle, name = tempfile.mkstemp(prefix="lianxin-bug-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(told)
    except OSError:
        return ""
    return name


def _lines(error: BaseException) -> Iterator[str]:
    """The exception, after what it came of."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines(before)
        yield "-- then"
    yield from passed(error)
