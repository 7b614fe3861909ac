"""At a real terminal: what is missing is asked for, the step is shown before it is taken, Ctrl-C writes nothing."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

from tests.cli.desk import ENVIRONMENT, TODAY, TRIAGE, Desk

ENTER, DOWN, INTERRUPT = "\r", "\x1b[B", "\x03"


class Terminal:
    """A person at an 80-column terminal."""

    def __init__(self, desk: Desk, *words: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lianxin", "--today", TODAY, *words],
            cwd=desk.root,
            env=environment | ENVIRONMENT | {"TERM": "xterm"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
        )
        os.close(slave)
        self.shown = ""

    def wait_for(self, text: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.shown:
            ready, _, _ = select.select([self.master], [], [], 0.2)
            if ready:
                try:
                    piece = os.read(self.master, 65536).decode(errors="replace")
                except OSError:
                    break
                if "\x1b[6n" in piece:  # where is the cursor?
                    os.write(self.master, b"\x1b[1;1R")
                self.shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", piece)
            assert time.monotonic() < deadline, self.shown
        assert text in self.shown, self.shown
        self.shown = self.shown.split(text, 1)[1]

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def end(self) -> int:
        code = self.process.wait(60)
        os.close(self.master)
        return code


def test_what_is_missing_is_asked_for_and_shown_before_it_is_written(desk: Desk) -> None:
    id_ = desk.take_down()
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.wait_for("进展情况：")
    terminal.type("看过现场，明天来挖机" + ENTER)
    terminal.wait_for("就这样记下吗？")
    assert "步骤: 进展" not in desk.text(id_)
    terminal.type(ENTER)
    terminal.wait_for("✓")
    assert terminal.end() == 0
    assert "进展情况: 看过现场，明天来挖机\n" in desk.text(id_)


def test_interrupting_writes_nothing(desk: Desk) -> None:
    id_ = desk.take_down()
    before = desk.git("rev-parse", "HEAD")
    terminal = Terminal(desk, "issue", "progress", id_)
    terminal.wait_for("进展情况：")
    terminal.type("写到一半" + INTERRUPT)
    terminal.wait_for("已中断，没有写入。")
    assert terminal.end() == 130
    assert (desk.git("rev-parse", "HEAD"), desk.git("status", "--short")) == (before, "")


def test_next_takes_the_step_that_is_picked(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    terminal = Terminal(desk, "next", id_)
    terminal.wait_for("下一步：")
    terminal.type(ENTER)  # the first lawful step of an accepted issue: 上报
    terminal.wait_for("上报至")
    terminal.type(ENTER)
    terminal.wait_for("原因")
    terminal.type("村里没有挖机" + ENTER)
    terminal.wait_for("成因研判")
    terminal.type(ENTER)
    terminal.wait_for("办法研判")
    terminal.type(ENTER)
    terminal.wait_for("就这样记下吗？")
    terminal.type(ENTER)
    terminal.wait_for("已受理 → 已上报")
    assert terminal.end() == 0
    assert desk.state(id_) == "已上报"


def test_names_are_clear_on_a_terminal(desk: Desk) -> None:
    terminal = Terminal(desk, "household", "list")
    terminal.wait_for("李桂兰")
    assert terminal.end() == 0
