"""A kill, and a terminal that goes: nothing is left at work, nothing is half done, whoever sent it sees it heeded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, Desk
from tests.cli.terminal import WRITE, Terminal

pytestmark = pytest.mark.slow  # it takes long

STOPS = pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP])


def _git_that_waits(folder: Path, *at: str) -> Path:
    """A folder with a git that never answers when it is told one of those; it writes down who it is."""
    real = subprocess.run(["which", "git"], capture_output=True, check=True, text=True).stdout.strip()
    folder.mkdir()
    shim = folder / "git"
    told = "|".join(f"*' {one} '*" for one in at)
    waits = f"echo $$ >> {folder}/pids; exec sleep 600"
    shim.write_text(f'#!/bin/sh\ncase "$*" in {told}) {waits};; esac\nexec {real} "$@"\n')
    shim.chmod(0o755)
    return folder


def _begun(desk: Desk, shims: Path, *words: str, waiting: int = 1) -> subprocess.Popen[str]:
    """A command that waits for so many of that git."""
    environment = (
        os.environ | ENVIRONMENT | {"LIANXIN_CLOCK": f"{TODAY} {MINUTE}", "PATH": f"{shims}:{os.environ['PATH']}"}
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "lianxin", *words],
        cwd=desk.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while len(_pids(shims)) < waiting:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def _pids(shims: Path) -> list[int]:
    told = shims / "pids"
    return [int(line) for line in told.read_text().splitlines()] if told.exists() else []


def _gone(pid: int) -> bool:
    """Whether a process is at its end, soon."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@STOPS
def test_gits_at_work_end_with_us(desk: Desk, tmp_path: Path, stop: signal.Signals) -> None:
    shims = _git_that_waits(tmp_path / "bin", "rev-parse", "status")
    process = _begun(desk, shims, "issue", "list", waiting=2)  # only one of them is listened to
    process.send_signal(stop)
    out, err = process.communicate(timeout=60)
    assert process.returncode == -stop
    assert out == ""
    assert err.endswith("\n已中断，没有写入。\n")
    assert "Traceback" not in err
    assert all(_gone(pid) for pid in _pids(shims))


@STOPS
def test_a_stop_gives_the_ledger_free(desk: Desk, tmp_path: Path, stop: signal.Signals) -> None:
    shims = _git_that_waits(tmp_path / "bin", "status")
    before = desk.git("rev-parse", "HEAD")
    process = _begun(desk, shims, "village", "add", "--name", "柳树坳", "--town", "云岭镇")
    process.send_signal(stop)
    process.communicate(timeout=60)
    assert process.returncode == -stop
    assert all(_gone(pid) for pid in _pids(shims))
    assert desk.git("rev-parse", "HEAD") == before
    assert list((desk.root / ".git").glob("*.lock")) == []
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")


def test_what_is_ignored_stays_ignored(desk: Desk, tmp_path: Path) -> None:
    """As under ``nohup``."""
    shims = _git_that_waits(tmp_path / "bin", "status")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = _begun(desk, shims, "issue", "list")
    finally:
        signal.signal(signal.SIGHUP, before)
    process.send_signal(signal.SIGHUP)
    os.kill(_pids(shims)[0], signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode > 0  # git failed; we did not


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP, None])
def test_what_was_typed_is_kept(desk: Desk, stop: signal.Signals | None) -> None:
    """Whether it is killed, or its line drops."""
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "progress", id_, lines=24)
    terminal.fill(("进展情况*", "挖机到了"), ("挖机到了", ""))
    if stop is None:
        os.close(terminal.master)
        assert terminal.process.wait(timeout=60) == -signal.SIGHUP
    else:
        os.kill(terminal.process.pid, stop)
        terminal.wait_for(f"填过的没有丢，再运行 lianxin issue progress {id_} 就能接着填。")
        assert terminal.end() == -stop
        assert "Traceback" not in terminal.shown
    terminal = Terminal(desk, "issue", "progress", id_, lines=24)
    terminal.see("进展情况*    挖机到了")
    terminal.type(WRITE)
    terminal.wait_for("✓")
    assert terminal.end() == 0
