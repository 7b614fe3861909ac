"""Parts that are installed only where they are wanted."""

from __future__ import annotations

from types import ModuleType

from lianxin.core.error import LianxinError


def needed(error: ModuleNotFoundError, extra: str) -> LianxinError:
    """What to do about a part that is not installed."""
    return LianxinError(f"汇总要用的 {error.name} 没有装；请运行 pip install 'lianxin[{extra}]'")


def county() -> ModuleType:
    """The pages of a roll-up.

    Raises:
        LianxinError: What they need is not installed.
    """
    try:
        from lianxin.actions.county import page
    except ModuleNotFoundError as error:
        raise needed(error, "county") from None
    return page
