"""One line of the benchmark: a whole process beside those whose time together is its measure."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.generate import TODAY
from bench.process import Command, Spent, run

#: The product, and the product on the day of the townships.
BY_ITSELF = (sys.executable, "-c", "from lianxin.cli import main; main()")
TOOL = (*BY_ITSELF, "--yes", "--today", str(TODAY))

#: A work is run so many times at least, and for so many seconds: short ones are what a busy moment spoils.
LEAST, SECONDS = 5, 12.0


@dataclass(frozen=True, slots=True)
class Work:
    """One line of the table.

    Attributes:
        against: The processes whose times together are the measure.
        target: The ratio to reach.
        before: Done before each run, outside of the time.
        prepare: Done once.
        busy: The time of the processor is compared: what takes long, or uses more than one.
        most: Megabytes it may grow to; 0: it is not looked at.
        without: Why it is left out on this machine; empty: it is not.
    """

    name: str
    command: Command
    against: Sequence[Command]
    target: float = 2.0
    before: Callable[[], None] = lambda: None
    prepare: Callable[[], object] = lambda: None
    busy: bool = False
    most: int = 0
    without: str = ""


@dataclass(slots=True)
class Times:
    """Seconds of each run, and the most megabytes."""

    own: list[float] = field(default_factory=list)
    other: list[float] = field(default_factory=list)
    peak: float = 0

    @property
    def ratio(self) -> float:
        """Each run against the one right after it, as the clock wanders from one second to the next; the median."""
        return statistics.median(own / other for own, other in zip(self.own, self.other, strict=True))


def measure(work: Work, folder: Path) -> Times:
    """Run both sides in turn."""

    def seconds(spent: Spent) -> float:
        return spent.processor if work.busy else spent.elapsed

    times = Times()
    work.prepare()
    end = time.monotonic() + SECONDS
    while len(times.own) < LEAST or time.monotonic() < end:
        work.before()
        spent = run(work.command, folder)
        times.own.append(seconds(spent))
        times.peak = max(times.peak, spent.peak)
        times.other.append(sum(seconds(run(command, folder)) for command in work.against))
    return times


def rows(work: Work, times: Times) -> Iterator[tuple[str, ...]]:
    """What is told of a work: its time, and how large it grew where that matters."""
    own, other = (f"{statistics.median(side):.3f}" for side in (times.own, times.other))
    mark = "" if times.ratio <= work.target else " ✗"
    name = f"{work.name}（处理器秒）" if work.busy else work.name
    yield name, f"{times.ratio:.2f}{mark}", f"{work.target:.1f}", own, other
    if work.most:
        mark = "" if times.peak <= work.most else " ✗"
        yield f"{work.name}：最大时", f"{times.peak:.0f} MB{mark}", f"{work.most} MB", "", ""
