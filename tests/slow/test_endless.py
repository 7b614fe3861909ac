"""A question that has no end is given up, whoever asks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk

_ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "台账")


@pytest.mark.slow
def test_an_endless_statement_in_a_file_that_came_is_given_up(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "来件.md"
    desk.do("sql", "SELECT 1 AS x", "-o", str(page))
    made = page.read_text(encoding="utf-8")
    assert "sql 'SELECT 1 AS x'" in made
    page.write_text(made.replace("SELECT 1 AS x", _ENDLESS), encoding="utf-8")
    for words in (("verify", str(page)), ("sql", _ENDLESS)):
        said = desk.say(*words)
        assert (said.code != 0, "查得太久" in said.out + said.err) == (True, True), said
