"""Work given to a process of our own, what it makes read back through a pipe."""

from __future__ import annotations

import gc
import marshal
import os
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, TypeVar

from msgspec import Struct

from lianxin.core.error import LianxinError

T = TypeVar("T")

#: What a worker sends begins with its sort and its size.
_HEAD = struct.Struct("=cQ")
_PLAIN, _OTHER = b"m", b"p"


class Worker(Struct, frozen=True):
    """A process that makes one thing after another. It dies with us: its pipe breaks."""

    process: int
    stream: IO[bytes]

    def made(self) -> Any:
        """The next thing it makes, awaited.

        Raises:
            LianxinError: It was killed, as systems do that run out of memory.
            Exception: What kept it from making more.
        """
        sort, size = _HEAD.unpack(self._read(_HEAD.size))
        content = self._read(size)
        if sort == _PLAIN:
            return marshal.loads(content)  # noqa: S302 - from a process of our own
        import pickle

        made = pickle.loads(content)  # noqa: S301 - likewise
        if isinstance(made, BaseException):
            raise made
        return made

    def _read(self, size: int) -> bytes:
        content = self.stream.read(size)
        if len(content) < size:
            raise LianxinError("读数据的进程中途被系统停掉了，多半是内存不够；数据没有动，请关掉些别的程序再运行一次")
        return content


def cores() -> int:
    """How many processes can work at a time; one where it is not safe to make another."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


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
    workers: list[Worker] = []
    try:
        workers += map(_hire, tasks)
        yield workers
    finally:
        # All are closed before any is waited for: a later worker holds the earlier ones' pipes open.
        for worker in workers:
            worker.stream.close()
        for worker in workers:
            os.waitpid(worker.process, 0)


def _hire(task: Callable[[], Iterable[Any]]) -> Worker:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Worker(process, os.fdopen(reading, "rb"))
    try:
        os.close(reading)
        gc.disable()
        with os.fdopen(writing, "wb") as stream:
            for made in _tried(task):
                stream.write(_packed(made))
                stream.flush()
    finally:
        os._exit(0)


def _tried(task: Callable[[], Iterable[Any]]) -> Iterator[Any]:
    try:
        yield from task()
    except Exception as error:  # noqa: BLE001 - raised again where the work is awaited
        yield error


def _packed(made: Any) -> bytes:
    """Things the quick way, where they are plain text and numbers as they should be; anything else the long way."""
    try:
        sort, content = _PLAIN, marshal.dumps(made)
    except ValueError:
        import pickle

        sort, content = _OTHER, pickle.dumps(made)
    return _HEAD.pack(sort, len(content)) + content
