"""Who does the work of a roll-up: the processes of this machine, or the machines of a Spark cluster; an office each."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import msgspec

from lianxin.actions.county.job import Done, Job
from lianxin.actions.county.office import done, failed
from lianxin.storage.index.worker import cores

#: Told how many of how many are done.
Progress = Callable[[int, int], None]
#: Does every office, and answers in the order of the list.
Spread = Callable[[Sequence[Job], Progress], list[Done]]


def here(jobs: Sequence[Job], progress: Progress, *, at_once: int = 0) -> list[Done]:
    """Every office on this machine.

    Args:
        at_once: So many at a time; 0 for as many as there are cores.
    """
    found: list[Done] = []
    workers = min(at_once or cores(), len(jobs))
    if workers < 2:
        for n, job in enumerate(jobs, 1):
            found.append(done(job))
            progress(n, len(jobs))
        return found
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for n, one in enumerate(pool.map(done, jobs), 1):
            found.append(one)
            progress(n, len(jobs))
    return found


def limited(at_once: int) -> Spread:
    """On this machine, so many at a time."""
    return partial(here, at_once=at_once)


def cluster(master: str) -> Spread:
    """On a Spark cluster: an office is a task, which may be tried again elsewhere, or twice at a time.

    Args:
        master: As Spark takes it, ``spark://host:7077``.

    Raises:
        LianxinError: The cluster is not there, or could not do it.
        ModuleNotFoundError: PySpark is not installed.
    """
    import pyspark  # noqa: F401 - or it is told here that it is not installed

    from lianxin.storage.county.spark import tasks

    def spread(jobs: Sequence[Job], progress: Progress) -> list[Done]:
        told = tasks(master, [msgspec.json.encode(job) for job in jobs], of_one, progress)
        return [msgspec.json.decode(one, type=Done) for one in told]

    return spread


def of_one(told: bytes) -> bytes:
    """One office as a task is told it and tells of it: whatever goes wrong with one hinders no other."""
    job = msgspec.json.decode(told, type=Job)
    try:
        made = done(job)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one office of a thousand
        made = failed(job, f"程序出了毛病（{type(error).__name__}），请单独汇总它看详情")
    return msgspec.json.encode(made)
