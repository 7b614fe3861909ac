"""Commands as children of a process that has loaded everything: the same code in a fifth of the time."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lianxin
from proof.ledger import SCRATCH, TODAY, Answer, Ledger, environment, sample

#: What a command that was killed answers with, as a shell counts it.
KILLED = -signal.SIGKILL


#: What makes models, patterns and tables ready that commands need; on a ledger of its own: folders are remembered.
_WARMING = (
    ("check",),
    ("edit", "HU-A0005", "--notes", "热身", "--yes"),
    ("visit", "add", "--day", "2026-11-21", "--visitors", "RY-A0001", "--village", "响水坪村"),
    ("issue", "progress", "59", "--text", "热身"),
    ("ledger", "问题台账", "-f", "html"),
)


def load() -> None:
    """Import all there is and make it ready: what is forked afterwards has it."""
    for module in pkgutil.walk_packages(lianxin.__path__, "lianxin."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from lianxin.cli.boundary import run

    warm = sample("warm")
    os.environ.update(environment())
    with (
        Path(os.devnull).open("w") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(nowhere),
    ):
        for words in _WARMING:
            run(["--data", str(warm.root), *TODAY, *words])


@dataclass(frozen=True, slots=True)
class Running:
    """A command that was begun, all its processes in a group of their own."""

    pid: int
    said: Path
    begun: float

    def wait(self, limit: float) -> bool:
        """Whether it ends within so many seconds."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        with os.fdopen(handle):
            watch = select.poll()
            watch.register(handle, select.POLLIN)
            return bool(watch.poll(max(limit, 0) * 1000))

    def end(self) -> Answer:
        """What it answered, once it has ended."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        text = self.said.read_text(errors="replace")
        self.said.unlink()
        return Answer(code, text)

    def kill(self, way: str) -> bool:
        """Kill it; whether there was something to kill.

        Args:
            way: ``group``: it and all it has started; ``self``: it alone; ``child``: only what it has started.
        """
        chosen = {"group": lambda: [self.pid, *below(self.pid)], "self": lambda: [self.pid]}
        victims = chosen.get(way, lambda: below(self.pid))()
        if way == "group":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        for victim in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        return bool(victims)


def below(pid: int) -> list[int]:
    """All that a process has started and that lives."""
    try:
        found = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [one for child in found for one in (child, *below(child))]


def begin(ledger: Ledger, *words: str) -> Running:
    """Set a command to work."""
    said = SCRATCH / f"said-{os.getpid()}-{time.monotonic_ns()}"
    said.touch(0o600)
    sys.stdout.flush()
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _become(ledger.root, said, [*TODAY, *words])
    return Running(pid, said, begun)


def _become(root: Path, said: Path, words: list[str]) -> None:
    try:
        os.setsid()
        os.chdir(root)
        os.environ.clear()
        os.environ.update(environment())
        out = os.open(said, os.O_WRONLY | os.O_APPEND)
        for number, handle in ((0, os.open(os.devnull, os.O_RDONLY)), (1, out), (2, out)):
            os.dup2(handle, number)
        sys.argv = ["lianxin", *words]
        lianxin.cli.main()  # type: ignore[attr-defined]
    except BaseException:  # noqa: BLE001 - nothing may come back from here
        traceback.print_exc()
    os._exit(70)


def say(ledger: Ledger, *words: str, wait: float = 60) -> Answer:
    """A command to its end; 999 stands for one that hangs."""
    running = begin(ledger, *words)
    if running.wait(wait):
        return running.end()
    running.kill("group")
    return Answer(999, running.end().text)


@dataclass(frozen=True, slots=True)
class Apart:
    """A piece of work in a process of its own."""

    pid: int
    told: Path

    def ended(self) -> bool:
        """Whether it is done."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def result(self) -> Any:
        """What it gave back, once it is done.

        Raises:
            RuntimeError: It failed.
        """
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        told = json.loads(self.told.read_bytes()) if code == 0 else None
        self.told.unlink(missing_ok=True)
        if code:
            raise RuntimeError(f"{self.told.name}: {code}")
        return told


def apart(work: Callable[[], Any]) -> Apart:
    """Begin it; what it gives back must go into JSON."""
    told = SCRATCH / f"told-{os.getpid()}-{time.monotonic_ns()}"
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            told.write_text(json.dumps(work()))
            code = 0
        except BaseException:  # noqa: BLE001 - nothing may come back from here
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return Apart(pid, told)


@contextlib.contextmanager
def meanwhile(*works: Callable[[Path], Any]) -> Iterator[list[Any]]:
    """Do other work all the while; each is told a file that is there as long as it is to go on.

    Yields:
        A list that has what they gave back, after the block.
    """
    going = SCRATCH / f"going-{os.getpid()}-{time.monotonic_ns()}"
    going.touch()
    begun = [apart(lambda work=work: work(going)) for work in works]  # type: ignore[misc]
    results: list[Any] = []
    try:
        yield results
    finally:
        going.unlink()
        results += [one.result() for one in begun]
