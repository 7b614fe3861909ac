"""Work given to a process of our own, what it makes read back through a pipe."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from lianxin.core.error import ElsewhereError, LianxinError, passed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")


class Worker(Struct, frozen=True):
    """A process that makes one thing after another. It dies with us: its pipe breaks."""

    process: BaseProcess
    pipe: Connection

    def made(self) -> Any:
        """The next thing it makes, awaited.

        Raises:
            LianxinError: It was killed, as systems do that run out of memory.
            Exception: What kept it from making more.
        """
        try:
            made = self.pipe.recv()
        except (EOFError, OSError):
            raise LianxinError(
                "读数据的进程中途被系统停掉了，多半是内存不够；数据没有动，请关掉些别的程序再运行一次"
            ) from None
        if isinstance(made, _Stopped):
            raise made.error from ElsewhereError(*made.passed)
        return made


class _Stopped(Struct, frozen=True):
    """What kept a worker from making more, and the lines of code it passed there."""

    error: Exception
    passed: tuple[str, ...]


def cores() -> int:
    """How many processes can work at a time; one where it is not safe to make another, as among other threads."""
    alone = threading.current_thread() is threading.main_thread()
    return len(os.sched_getaffinity(0)) if alone and sys.platform == "linux" else 1


@contextmanager
def aside(task: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """A task that is done meanwhile, where there is a core for it; what is yielded gives its result."""
    if cores() < 2:
        yield task
        return
    with working(lambda: [task()]) as (worker,):
        yield worker.made


@contextmanager
def working(*tasks: Callable[[], Iterable[Any]]) -> Iterator[Sequence[Worker]]:
    """A process for each task, for the time of the block."""
    from multiprocessing import get_context

    forked = get_context("fork")
    workers: list[Worker] = []
    try:
        for task in tasks:
            reading, writing = forked.Pipe(duplex=False)
            process = forked.Process(target=_work, args=(task, reading, writing))
            process.start()
            writing.close()
            workers.append(Worker(process, reading))
        yield workers
    except BaseException:
        for worker in workers:
            worker.process.terminate()  # what it makes is for nobody
        raise
    finally:
        # All are closed before any is waited for: a later worker holds the earlier ones' pipes open.
        for worker in workers:
            worker.pipe.close()
        for worker in workers:
            worker.process.join()


def _work(task: Callable[[], Iterable[Any]], reading: Connection, pipe: Connection) -> None:
    with contextlib.suppress(OSError, KeyboardInterrupt):  # nobody waits for it any more
        gc.disable()
        reading.close()  # else what we write would never break off
        try:
            for made in task():
                pipe.send(made)
        except Exception as error:  # noqa: BLE001 - raised again where the work is awaited
            pipe.send(_Stopped(_sendable(error), tuple(passed(error))))


def _sendable(error: Exception) -> Exception:
    """What can be raised in another process: the exception, or one that stands for it."""
    from pickle import dumps, loads

    try:
        arrived = loads(dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever an exception's own making may raise
        return RuntimeError("an exception that cannot leave its process")
    return arrived if type(arrived) is type(error) else RuntimeError("an exception that changes on its way")
