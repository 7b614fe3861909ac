"""A Spark cluster of this machine: a master and workers as processes, which are killed and held up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.generate import TODAY

#: Javas that Spark 4 runs on, where no ``JAVA_HOME`` says which.
_JAVAS = ("/usr/lib/jvm/java-17-openjdk-*", "/usr/lib/jvm/java-21-openjdk-*")
#: So long (seconds) anything may take on a busy machine.
PATIENCE = 2400


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
        end(self.workers[n], signal.SIGKILL)

    def close(self) -> None:
        """All of it."""
        for process in (*self.workers, self._master):
            end(process, signal.SIGKILL)


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End a process and all it has started."""
    for child in (*_below(process.pid), process.pid):
        try:
            os.kill(child, how)
        except ProcessLookupError:
            continue
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()


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
