"""What a command loads: what only asks the index reads no record and no file, and loads nothing that does.

Each of these takes ten milliseconds of the hundred that are the command's own.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, Desk

_HEAVY = {"yaml", "pydantic", "pydantic_core", "multiprocessing", "holidays", "jinja2", "pypinyin", "rapidfuzz"}


def loaded(desk: Desk, *words: str) -> set[str]:
    """The modules that Python loads for a command, by its own account."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "LIANXIN_"))}
    run = [sys.executable, "-X", "importtime", "-m", "lianxin", "--data", str(desk.root), *words]
    told = subprocess.run(run, env=kept | ENVIRONMENT, capture_output=True, check=False).stderr.decode()
    return {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("words", ["today", "check", "issue list"])
def test_what_asks_the_index_alone_loads_nothing_that_reads(heard: Desk, words: str) -> None:
    heard.say(*words.split())  # the index is made, and what rules say is kept
    modules = loaded(heard, "--today", TODAY, *words.split())
    assert "lianxin.storage.book" in modules  # it did run
    assert modules & _HEAVY == set()


def test_the_version_needs_no_record(desk: Desk) -> None:
    modules = loaded(desk, "--version")
    assert "lianxin.cli.app" in modules
    assert modules & {*_HEAVY, "msgspec", "sqlite3"} == set()


def test_the_desk_opens_without_what_makes_papers() -> None:
    show = "import sys, lianxin.cli.desk.app; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True).stdout.split()
    assert "lianxin.reports.desk.page" in told
    assert {*told} & {
        *_HEAVY,
        "lianxin.actions.shelf",
        "lianxin.policies.definitions",
        "lianxin.actions.paper.report",
    } == set()
