"""Parts that are installed only where they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.storage.county.engine import Engine


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


@contextmanager
def asked_of(engine: str, master: str) -> Iterator[Engine | None]:
    """The engine that a roll-up is asked by; None for the usual one.

    Raises:
        UsageError: There is no such engine, or its cluster was not named.
        LianxinError: What it needs is not installed, or it is not there.
    """
    if engine == "duckdb":
        yield None
        return
    if engine not in ("spark", "clickhouse"):
        raise UsageError(f"没有「{engine}」这个引擎，可写 duckdb、spark、clickhouse")
    with ExitStack() as stack:
        try:
            from lianxin.actions.county.engine import engine_of

            yield stack.enter_context(engine_of(engine, master_of(master) if engine == "spark" else ""))
        except ModuleNotFoundError as error:
            raise needed(error, engine) from None


def master_of(word: str) -> str:
    """Where a Spark cluster is.

    Raises:
        UsageError: It was not said.
    """
    if not word:
        raise UsageError("用 spark 要写明集群在哪里，如 --master spark://10.0.0.5:7077；只在这台机器上试，写 local[2]")
    return word
