"""A short run of what ``make soak`` and ``make fuzz`` run at length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("program", ["soak", "fuzz", "desks"])
def test_no_promise_is_broken(program: str) -> None:
    command = [sys.executable, "-m", f"proof.{program}", "--short"]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "违反 0" in done.stdout
