from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from bench.generate import TODAY, generate

from lianxin.core.code import CODES
from lianxin.core.problem import Level
from lianxin.kinds.issue.state import State
from lianxin.rules import check_book
from lianxin.storage.book import open_book

NOW = datetime.combine(TODAY, datetime.min.time())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench") / "town"
    generate(made, 60)
    return made


def test_sixty_issues_have_no_fault_and_every_state(folder: Path) -> None:
    with open_book(folder, today=TODAY, now=NOW) as book:
        assert book.problems() == []
        assert [one for one in check_book(book) if CODES[one.code].level is not Level.HINT] == []
        assert book.sql("SELECT count(*) FROM issue") == [(60,)]
        assert {state for (state,) in book.sql("SELECT base_state FROM issue")} == set(State)
        made = {kind for (kind,) in book.sql("SELECT DISTINCT kind FROM record")}
        assert made == {"village", "org", "person", "household", "pairing", "visit", "issue", "whistle"}


def test_the_same_seed_makes_the_same_commit(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "twin", 60)
    heads = [
        subprocess.run(["git", "rev-parse", "HEAD"], cwd=one, capture_output=True, check=True).stdout
        for one in (folder, tmp_path / "twin")
    ]
    assert heads[0] == heads[1]
