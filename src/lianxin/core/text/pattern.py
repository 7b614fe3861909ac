"""Patterns that are compiled when they are first asked: a command meets a hundred and needs some thirty of them.

One that lists characters takes up to four milliseconds to compile, longer than git takes to answer.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Late:
    """Stands for a pattern until it is asked, then has the pattern's own methods."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern, self.flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self.flags)
        for method in ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern for use by its methods (``PATTERN.search(text)``), compiled when one of them is first called."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
