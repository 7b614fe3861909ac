"""The desk at a real terminal: when it opens, how it is left, and what it leaves behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.drawn import Drawn
from tests.cli.test_loaded import loaded

pytestmark = pytest.mark.slow  # it takes long

STOPS = pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP])


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_bare_lianxin_opens_it_and_q_leaves_the_terminal_as_it_was(heard: Desk, size: tuple[int, int]) -> None:
    terminal = Drawn(heard.root, size=size)
    terminal.see("一组的渠堵了")
    terminal.see("回车/l 受理")
    assert terminal.lines[1].startswith(
        "1 今日  2 问题  3 走访  4 结对  5 联系户  6 吹哨整改  7 职责  8 台账报表  9 名册"
    )
    terminal.type("q")
    assert terminal.end() == 0
    assert terminal.restored


def test_what_is_pulled_smaller_is_laid_out_anew(heard: Desk) -> None:
    terminal = Drawn(heard.root, size=(120, 40))
    terminal.see("回车/l 受理")
    terminal.resize(80, 24)
    terminal.see("────────────────────────────────────────")
    terminal.type("\x03")
    terminal.see("离开工作台按 q，或者再按一次 Ctrl-C")
    terminal.type("\x1b[B\x03")  # another key lies between them
    terminal.see("离开工作台按 q")
    terminal.type("\x03")
    assert terminal.end() == 0
    assert terminal.restored


@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_where_no_screen_can_be_drawn_the_page_is_printed(heard: Desk, terminal: str) -> None:
    told = Drawn(heard.root, TERM=terminal)
    told.see("今日事项")
    assert told.end() == 0
    assert b"\x1b[?1049h" not in told.told


def test_the_page_is_there_by_its_name(heard: Desk) -> None:
    terminal = Drawn(heard.root, "today")
    terminal.see("今日事项")
    assert terminal.end() == 0


def test_into_a_pipe_goes_the_page(heard: Desk) -> None:
    assert heard.do().out.startswith("今日事项\n")


def test_other_commands_load_nothing_of_it(heard: Desk) -> None:
    for words in ((), ("today",), ("issue", "list")):
        modules = loaded(heard, *words)
        assert "lianxin.cli.app" in modules
        assert not [name for name in modules if name.split(".")[0] in ("textual", "pypinyin")]


@STOPS
def test_a_kill_gives_the_terminal_back_and_is_seen_to_be_heeded(heard: Desk, stop: signal.Signals) -> None:
    terminal = Drawn(heard.root)
    terminal.see("回车/l 受理")
    os.kill(terminal.process.pid, stop)
    assert terminal.end() == -stop
    assert terminal.restored


def test_a_nudge_to_go_on_starts_nothing_twice(heard: Desk) -> None:
    """Whoever loses a terminal is sent one together with the hangup."""
    terminal = Drawn(heard.root)
    terminal.see("回车/l 受理")
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.type("2")
    terminal.see("问题：在办的（1 件）")
    terminal.type("q")
    assert terminal.end() == 0
    assert terminal.told.count(b"\x1b[?1049h") == 1


def test_a_line_that_drops_is_no_fault_of_ours(heard: Desk) -> None:
    terminal = Drawn(heard.root)
    terminal.see("回车/l 受理")
    terminal.drop()
    assert terminal.process.wait(timeout=60) == -signal.SIGHUP
    assert list((heard.root / ".git" / "lianxin").glob("*bug*")) == []


def test_without_colours_nothing_is_told_by_colour_alone(heard: Desk) -> None:
    terminal = Drawn(heard.root, NO_COLOR="1")
    terminal.see("回车/l 受理")
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
    assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
    marked = [row for row in terminal.screen.buffer.values() if any(cell.reverse for cell in row.values())]
    assert marked
    terminal.type("q")
    assert terminal.end() == 0


@pytest.mark.parametrize("busy", [False, True])
def test_a_terminal_that_goes_without_a_word_leaves_nothing_running(heard: Desk, busy: bool) -> None:
    """No hang-up reaches whoever is not the terminal's own; what is still drawn then can be written nowhere."""
    master, slave = pty.openpty()
    command, clock = [sys.executable, "-m", "lianxin"], {"TERM": "xterm", "LIANXIN_CLOCK": "2026-03-06 15:30"}
    process = subprocess.Popen(
        command, cwd=heard.root, env=os.environ | ENVIRONMENT | clock, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    shown = b""
    while "今日".encode() not in shown:
        shown += os.read(master, 65_536)
    if busy:
        os.write(master, b"n" * 40)
    os.close(master)
    assert process.wait(60) in (-signal.SIGHUP, 128 + signal.SIGHUP)
