from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

import pytest

from lianxin.core.error import ElsewhereError, LianxinError, passed
from lianxin.storage.index.worker import aside, working


def _counting(start: int) -> Iterator[Any]:
    yield os.getpid()
    yield from range(start, start + 3)


def _failing() -> Iterator[Any]:
    yield "一"
    raise ValueError("没有下一个")


def _killed() -> Iterator[Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield 1


def test_each_task_has_a_process_and_its_results_come_in_order() -> None:
    with working(partial(_counting, 1), partial(_counting, 10)) as (one, other):
        assert len({os.getpid(), one.made(), other.made()}) == 3
        assert [other.made(), one.made(), one.made(), other.made(), one.made()] == [10, 1, 2, 11, 3]


def test_things_that_are_no_plain_values_arrive_as_well() -> None:
    with working(lambda: [Decimal("1.50")]) as (worker,):
        assert worker.made() == Decimal("1.50")


def test_what_kept_a_worker_from_going_on_is_raised_where_its_work_is_awaited() -> None:
    with working(_failing) as (worker,):
        assert worker.made() == "一"
        with pytest.raises(ValueError, match="没有下一个"):
            worker.made()


class _OfTwoError(Exception):
    """One that pickle takes apart and cannot put together again."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


class _HeldError(Exception):
    """One that holds what cannot be pickled."""

    def __init__(self) -> None:
        super().__init__()
        self.held = lambda: None


@pytest.mark.parametrize(
    ("error", "raised"),
    [(_OfTwoError("一", "二"), RuntimeError), (_HeldError(), RuntimeError), (OSError(28, "No space left"), OSError)],
)
def test_what_cannot_leave_a_worker_is_a_plain_error_here_and_the_log_says_where_it_was(
    error: Exception, raised: type[Exception]
) -> None:
    def fail() -> list[int]:
        raise error

    with working(fail) as (worker,), pytest.raises(raised) as came:
        worker.made()
    assert isinstance(came.value.__cause__, ElsewhereError)
    _here, sort, *_way, last = passed(came.value.__cause__)
    assert (sort.partition(" ")[0].rpartition(".")[2], last.rpartition(".")[2]) == (type(error).__name__, "fail")


def test_a_worker_that_was_killed_is_not_waited_for() -> None:
    with working(_killed) as (worker,), pytest.raises(LianxinError, match="内存不够"):
        worker.made()


def test_workers_end_with_the_block_and_leave_nothing_behind() -> None:
    with working(count, partial(count, 5)) as workers:
        assert [worker.made() for worker in workers] == [0, 5]
    for worker in workers:
        with pytest.raises(ChildProcessError):
            os.waitpid(worker.process.pid or 0, 0)


def test_a_worker_nobody_waits_for_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    with working(lambda: (bytes(1_000_000) for _ in count())) as (worker,):
        worker.made()
    assert capfd.readouterr() == ("", "")


@pytest.fixture(params=["one core", "all cores"])
def _room(request: pytest.FixtureRequest) -> Iterator[None]:
    allowed = os.sched_getaffinity(0)
    if request.param == "one core":
        os.sched_setaffinity(0, {min(allowed)})
    yield
    os.sched_setaffinity(0, allowed)


@pytest.mark.usefixtures("_room")
def test_what_is_done_aside_is_there_when_asked_for() -> None:
    with aside(lambda: {"一": Decimal(1)}) as found:
        assert found() == {"一": Decimal(1)}


@pytest.mark.usefixtures("_room")
def test_what_fails_aside_fails_when_asked_for() -> None:
    def fail() -> None:
        raise ValueError("做不到")

    with aside(fail) as found, pytest.raises(ValueError, match="做不到"):
        found()
