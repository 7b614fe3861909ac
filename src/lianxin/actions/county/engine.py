"""Which engine a roll-up is asked by, where it is not the usual one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lianxin.storage.county.engine import Engine


@contextmanager
def engine_of(name: str, master: str) -> Iterator[Engine]:
    """Spark or ClickHouse, for the time of the block.

    Args:
        name: ``spark`` or ``clickhouse``.
        master: Of the Spark cluster.

    Raises:
        LianxinError: The cluster is not there.
        ModuleNotFoundError: It is not installed.
    """
    if name == "spark":
        from lianxin.storage.county.spark import Spark, session

        with session(master) as spark:
            yield Spark(spark)
        return
    import chdb  # noqa: F401 - or it is told here that it is not installed

    from lianxin.storage.county.click import Click

    yield Click()
