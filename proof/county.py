"""A county on real engines: ``make county``.

Offices with the nine packs are generated and rolled up by a real Spark cluster, a master and two workers as processes
of this machine. In one run a task is held up for good; another is stopped and begun again, and then a worker is killed.
What comes of it must be, byte for byte, what this machine makes alone; and each figure, asked of DuckDB, Spark and
ClickHouse, must be what the offices come to one by one. ``--alone`` does the last without Java, on DuckDB.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from bench.generate import TODAY  # noqa: E402
from bench.offices import generate_offices, names  # noqa: E402

from lianxin.core.day.period import parse_period  # noqa: E402

BUILD = ROOT / "build" / "county"
#: Javas that Spark 4 runs on, where no ``JAVA_HOME`` says which.
_JAVAS = ("/usr/lib/jvm/java-17-openjdk-*", "/usr/lib/jvm/java-21-openjdk-*")
#: So long (seconds) anything may take on a busy machine.
PATIENCE = 900
Figures = Mapping[str, tuple[Decimal, Decimal | None]]


class CountyError(Exception):
    """Something is not as it must be."""


def environment() -> dict[str, str]:
    """What Spark and the tool are to see: a Java that Spark runs on, this Python, the minute of the test clock."""
    found = dict(os.environ)
    if "JAVA_HOME" not in found:
        homes = [home for pattern in _JAVAS for home in sorted(Path("/").glob(pattern.lstrip("/")))]
        if homes:
            found["JAVA_HOME"] = str(homes[0])
    more = {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "LIANXIN_CLOCK": f"{TODAY} 09:00"}
    return found | more


class Cluster:
    """A master and its workers.

    Attributes:
        master: Its address.
        workers: Each a process, the first of a group of its own.
    """

    def __init__(self, folder: Path, many: int = 2) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._master = self._start(
            "master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0"
        )
        self.master = self._said("master", "Starting Spark master at ")
        self.workers = [self.worker(n) for n in range(many)]

    def worker(self, n: int) -> subprocess.Popen[bytes]:
        """One more, of one core, at an address of its own: nothing is done twice at the same one."""
        words = ("--cores", "1", "--memory", "1g", "--host", f"127.0.0.{n + 2}", "--webui-port", "0")
        found = self._start(
            f"worker-{n}",
            "org.apache.spark.deploy.worker.Worker",
            *words,
            "--work-dir",
            str(self.folder / "work"),
            self.master,
        )
        self._said(f"worker-{n}", "Successfully registered with master ")
        return found

    def _start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        import pyspark

        home = Path(pyspark.__file__).parent
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [str(home / "bin" / "spark-class"), *words],
                stdout=log,
                stderr=log,
                env=environment() | {"SPARK_HOME": str(home)},
                start_new_session=True,
            )

    def _said(self, name: str, words: str) -> str:
        """What follows some words in a log, once they are there."""
        for _ in waiting(f"{name} 没有起来"):
            text = (self.folder / f"{name}.log").read_text(errors="replace")
            if words in text:
                return text.partition(words)[2].split()[0]
        raise AssertionError

    def kill(self, n: int) -> None:
        """A worker, and all it started, as when a machine is switched off."""
        _end(self.workers[n], signal.SIGKILL)

    def close(self) -> None:
        """All of it."""
        for process in (*self.workers, self._master):
            _end(process, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    for child in (*_below(process.pid), process.pid):
        try:
            os.kill(child, how)
        except ProcessLookupError:
            continue
    process.wait()


def _below(pid: int) -> list[int]:
    """Every process that one has started, and theirs, the youngest first."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(path.parent.name))
    found, seen = [pid], []
    while found:
        one = found.pop()
        seen += parents.get(one, [])
        found += parents.get(one, [])
    return seen[::-1]


def hold_up(cluster: Cluster, n: int) -> list[int]:
    """Stop what works at an office on one worker, without its being dead; the processes that stand still."""
    found = []
    for pid in _below(cluster.workers[n].pid):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"pyspark.daemon" in words:
            os.kill(pid, signal.SIGSTOP)
            found.append(pid)
    return found


@contextmanager
def cluster_in(folder: Path, many: int = 2) -> Iterator[Cluster]:
    """A cluster, for the time of the block."""
    found = Cluster(folder, many)
    try:
        yield found
    finally:
        found.close()


def waiting(what: str) -> Iterator[None]:
    """Look now and then, until it is too long.

    Raises:
        CountyError: It is.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        yield
        time.sleep(0.2)
    raise CountyError(what)


def started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """``lianxin WORDS`` at work in a folder."""
    asked = [sys.executable, "-m", "lianxin", "--today", str(TODAY), *words]
    return subprocess.Popen(
        asked, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def lianxin(folder: Path, *words: str, code: int = 0) -> str:
    """What ``lianxin WORDS`` says in a folder.

    Raises:
        CountyError: It ends otherwise than it must.
    """
    process = started(folder, *words)
    out, err = process.communicate(timeout=PATIENCE)
    if process.returncode != code:
        raise CountyError(f"lianxin {' '.join(words)}：{process.returncode}\n{out.decode()}\n{err.decode()}")
    return out.decode()


def noted(target: Path) -> set[str]:
    """The offices that are done, whether the rest are or not."""
    return {path.name[1:-5] for path in (target / "books").glob(".*.json")}


def files(target: Path) -> dict[str, bytes]:
    """The data set: every file of it but the county's own copies of the books."""
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.relative_to(target).parts[0] != "books"
    }


def pooled(target: Path, period: str, engine: Any = None) -> Figures:
    """Every figure of a roll-up, as an engine counts it."""
    from lianxin.reports.county.pooled import Pooled
    from lianxin.storage.county.pool import RollUp

    found: dict[str, tuple[Decimal, Decimal | None]] = {}
    for group in Pooled(RollUp(target, engine), period, TODAY).groups():
        numerator = sum((one.numerator for one in group.shares), Decimal(0))
        found[group.figure.name] = (numerator, whole([one.denominator for one in group.shares]))
    return found


def reckoned(offices: Sequence[Path], period: str) -> Figures:
    """The same, one book after the other, by the tool's own count in each."""
    from datetime import datetime

    from lianxin.actions.policy.definition import definitions
    from lianxin.reports.figure.figured import evaluate
    from lianxin.storage.book import open_book

    found: dict[str, list[tuple[Decimal, Decimal | None]]] = {}
    now = datetime.combine(TODAY, datetime.min.time()).replace(hour=9)
    for path in offices:
        with open_book(path, today=TODAY, now=now) as book:
            for name, figure in definitions(book).figures.items():
                alone = figure.model_copy(update={"against": None})
                one = evaluate(book, alone, parse_period(period, TODAY))
                found.setdefault(name, []).append((one.numerator, one.denominator))
    return {
        name: (sum((own for own, _ in each), Decimal(0)), whole([of for _, of in each])) for name, each in found.items()
    }


def whole(denominators: Sequence[Decimal | None]) -> Decimal | None:
    """A sum of denominators; None for a count."""
    given = [one for one in denominators if one is not None]
    return sum(given, Decimal(0)) if given else None


def same(what: str, one: object, other: object) -> None:
    """Say that two things are the same.

    Raises:
        CountyError: They are not.
    """
    if one != other:
        raise CountyError(f"{what}：不一样")
    print(f"✓ {what}", flush=True)


def county_of(many: int) -> Path:
    """The folder of so many offices; made when it is not there."""
    folder = BUILD / str(many)
    if not (folder / "offices.yaml").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        generate_offices(folder, many)
    return folder


def held_up(folder: Path, cluster: Cluster, target: str) -> None:
    """A run in which what works on one machine stands still, though the machine does not: others do it once more."""
    run = started(folder, "汇总", "-o", target, "--engine", "spark", "--master", cluster.master)
    done_by(1, folder / target, run)
    same("一台上的活停住不动", bool(hold_up(cluster, 1)), other=True)
    finished(run)


def interrupted(folder: Path, cluster: Cluster, target: str) -> None:
    """A run that is stopped once an office is done, and begun again, whereupon one of the machines dies."""
    words = ("汇总", "-o", target, "--engine", "spark", "--master", cluster.master)
    first = started(folder, *words)
    done_by(1, folder / target, first)
    _end(first, signal.SIGKILL)
    before = {path: path.stat().st_mtime_ns for path in (folder / target).rglob("*.parquet")}
    many = len(noted(folder / target))
    again = started(folder, *words)
    done_by(many + 1, folder / target, again)
    cluster.kill(0)
    finished(again)
    kept = [path for path, at in before.items() if path.is_file() and path.stat().st_mtime_ns == at]
    same("中途停下再来，做好的没有重写", len(kept), len(before))


def done_by(many: int, target: Path, run: subprocess.Popen[bytes]) -> None:
    """Wait until so many offices are done, and some are not."""
    for _ in waiting(f"没有做好 {many} 个单位"):
        if run.poll() is not None:
            finished(run)
            raise CountyError("做得太快，来不及打断")
        if len(noted(target)) >= many:
            return


def finished(run: subprocess.Popen[bytes]) -> None:
    """Wait for a run to end well.

    Raises:
        CountyError: It does not.
    """
    out, err = run.communicate(timeout=PATIENCE)
    if run.returncode:
        raise CountyError(f"{out.decode()}{err.decode()}")


def prove(many: int, *, alone: bool) -> None:
    """All of it.

    Raises:
        CountyError: Something is not as it must be.
    """
    folder = county_of(many)
    for target in ("汇总", "集群", "再来"):
        shutil.rmtree(folder / target, ignore_errors=True)
    begun = time.monotonic()
    lianxin(folder, "汇总")
    print(f"  {many} 个单位在这台机器上：{time.monotonic() - begun:.0f} 秒", flush=True)
    apart = {period: reckoned([folder / name for name in names(many)], period) for period in ("2026", "2026Q1")}
    for period, figures in apart.items():
        same(f"{period} 的 {len(figures)} 个数字：DuckDB 和逐个单位数的一样", pooled(folder / "汇总", period), figures)
    if alone:
        return
    with ExitStack() as stack:
        cluster = stack.enter_context(cluster_in(BUILD / "cluster"))
        begun = time.monotonic()
        held_up(folder, cluster, "集群")
        print(f"  在集群上，一台停住：{time.monotonic() - begun:.0f} 秒", flush=True)
        same("集群做的和这台机器做的，每个字节一样", files(folder / "集群"), files(folder / "汇总"))
        cluster.kill(1)
        cluster.workers[1] = cluster.worker(2)
        interrupted(folder, cluster, "再来")
        same("中途停下再来的，每个字节一样", files(folder / "再来"), files(folder / "汇总"))
        os.environ.update(environment())
        from lianxin.actions.county.engine import engine_of

        for name in ("clickhouse", "spark"):
            with engine_of(name, cluster.master) as engine:
                for period, figures in apart.items():
                    told = f"{period} 的 {len(figures)} 个数字：{name} 和逐个单位数的一样"
                    same(told, pooled(folder / "集群", period, engine), figures)


def main() -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=30, help="几个单位")
    parser.add_argument("--alone", action="store_true", help="只用 DuckDB，不用 Java")
    given = parser.parse_args()
    try:
        prove(given.offices, alone=given.alone)
    except CountyError as error:
        print(f"✗ {error}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
