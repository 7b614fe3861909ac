"""A look at what ``make crash`` and ``proof.power`` go through: some calls of some commands; all of them take hours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.programs import need

ROOT = Path(__file__).resolve().parents[2]


def proof(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_stopped_at_some_of_its_calls_a_command_breaks_no_promise() -> None:
    need("cc")
    told = proof("proof.crash", "--commands", "step,add-issue,commit,undo", "--every", "32").splitlines()
    assert len(told) == 4 * 8
    assert all(", 0 broke a rule" in line for line in told)


@pytest.mark.slow
def test_after_a_power_cut_what_was_answered_is_there() -> None:
    if os.geteuid():
        pytest.skip("needs leave to mount a disk")
    need("mkfs.ext4", "mount")
    assert proof("proof.power", "--times", "2").count(": 2, 0 broke a rule") == 2
