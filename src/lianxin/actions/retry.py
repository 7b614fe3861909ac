"""Working a command out anew where others commit records while it writes: nothing of it was written."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def retried(write: Callable[_P, _T]) -> Callable[_P, _T]:
    """What writes, done again up to five times from what the others left."""

    @wraps(write)
    def again(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        from lianxin.storage.write.branch import PAUSES, MovedError

        for pause in PAUSES:
            try:
                return write(*args, **kwargs)
            except MovedError:
                time.sleep(pause)
        return write(*args, **kwargs)

    return again
