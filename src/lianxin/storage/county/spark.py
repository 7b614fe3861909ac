"""A Spark cluster: it does offices as tasks, and answers what is asked of a data set."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from lianxin.core.error import LianxinError
from lianxin.storage.county.dialect import translated
from lianxin.storage.county.engine import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: What Spark itself says.
LOG = Path(tempfile.gettempdir()) / f"lianxin-spark-{os.getuid()}.log"
#: How often it is looked how far the tasks are (seconds).
_LOOK = 0.5

_SETTINGS = {
    # an office that takes twice as long as most is begun once more elsewhere: a machine may be slow, or its disk
    "spark.speculation": "true",
    "spark.speculation.quantile": "0.75",
    "spark.speculation.multiplier": "2",
    "spark.task.maxFailures": "4",
    # the office is what its folder is called, though it be 2026
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session of a cluster, for the time of the block.

    Raises:
        LianxinError: It is not there.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("lianxin")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        with _aside(), warnings.catch_warnings(action="ignore"):
            made = builder.getOrCreate()
    except _errors(OSError) as error:
        raise LianxinError(
            f"连不上 Spark（{master}）：请看那里开着没有、这里装了 Java 17 没有"
            f"（apt install openjdk-17-jre-headless）；它自己的话在 {LOG}"
        ) from error
    try:
        yield made
    finally:
        made.stop()


def _errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """What it raises, and more."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return Py4JError, PySparkException, *more


@contextmanager
def _aside() -> Iterator[None]:
    """What Java says when it starts, and as long as it lives, goes into a file: nobody at the terminal can read it."""
    sys.stderr.flush()
    kept, log = os.dup(2), os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    os.dup2(log, 2)
    os.close(log)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


def tasks(
    master: str, jobs: Sequence[bytes], work: Callable[[bytes], bytes], progress: Callable[[int, int], None]
) -> list[bytes]:
    """What comes of each job, in their order; each is a task of its own.

    Args:
        master: Of the cluster.
        jobs: What each task is told.
        work: What it does; a function of a module that is installed on every machine.
        progress: Told (done, all).

    Raises:
        LianxinError: The cluster is not there, or gave up.
    """
    with session(master) as spark:
        context = spark.sparkContext
        over = Event()

        def look() -> None:
            tracker = context.statusTracker()
            while not over.wait(_LOOK):
                for stage in tracker.getActiveStageIds():
                    if info := tracker.getStageInfo(stage):
                        progress(info.numCompletedTasks, len(jobs))

        watching = Thread(target=look, daemon=True)
        watching.start()
        try:
            found: list[bytes] = context.parallelize(jobs, len(jobs)).map(work).collect()
        except _errors() as error:
            raise LianxinError(
                f"Spark 没有做完：有的机器断了，再试也没有成；已经做好的留着，再运行一次接着做。它自己的话在 {LOG}"
            ) from error
        finally:
            over.set()
            watching.join()
        return found


class Spark:
    """Spark SQL, as an engine."""

    def __init__(self, spark: SparkSession) -> None:
        self._spark = spark

    def rows(self, table: str, files: Sequence[str], sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """As an engine does."""
        base = Path(files[0]).parents[1]
        try:
            read = self._spark.read.option("basePath", str(base)).parquet(*files)
            read.createOrReplaceTempView(table)
            return [tuple(row) for row in self._spark.sql(translated(sql, values, "spark")).collect()]
        except _errors() as error:
            raise EngineError(str(error)) from error
