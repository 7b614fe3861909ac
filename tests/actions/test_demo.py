"""The sample township: clean, alive, and replayed step by step into a repository's history."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin

from lianxin.core.asset import sample
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.step import STEPS

TODAY = "2026-11-22"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("demo") / "练手"
    assert lianxin("demo", str(root), cwd=root.parent).code == 0
    desk = Desk.__new__(Desk)
    desk.root = root
    return desk


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts[0]
    }


def test_it_ends_as_the_sample_is_and_checks_clean(town: Desk) -> None:
    assert _files(town.root) == _files(sample())
    assert "没有问题" in town.do("check", today=TODAY).out
    assert town.git("status", "--short") == ""


def test_the_checkouts_own_sample_works_in_place_for_reading() -> None:
    said = lianxin("--data", str(sample()), "check", cwd=sample().parent, today=TODAY)
    assert (said.code, "没有问题" in said.out) == (0, True)


def test_every_state_and_every_step_occurs(town: Desk) -> None:
    states = town.do("--json", "sql", "SELECT DISTINCT 状态 FROM 问题", today=TODAY).out
    assert not [state for state in State if f'"{state}"' not in states]
    steps = town.do("--internal", "--json", "sql", "SELECT DISTINCT step FROM event", today=TODAY).out
    assert not [step.label for step in STEPS if f'"{step.label}"' not in steps and f'"{step.name}"' not in steps]


def test_history_replays_every_event_at_its_time_by_its_actor(town: Desk) -> None:
    log = town.git(
        "log", "--reverse", "--format=%at|%an|%s|%(trailers:key=Record,valueonly,separator=%x2C)"
    ).splitlines()
    times = [int(line.split("|")[0]) for line in log]
    assert times == sorted(times)
    events = town.do("--internal", "--json", "sql", "SELECT count(*) AS n FROM event", today=TODAY).json
    count = int(events["data"]["items"][0]["n"])
    steps = [line for line in log if "新增" not in line and "建立" not in line]
    assert len(steps) == count
    wanted = "SELECT p.title, count(*) FROM event AS e JOIN record AS p ON p.id = e.actor GROUP BY p.title"
    rows = town.do("--json", "--internal", "sql", wanted, today=TODAY).json["data"]["items"]
    wanted_counts = {str(name): int(count) for name, count in (row.values() for row in rows)}
    assert Counter(line.split("|")[1] for line in steps) == wanted_counts


def test_no_two_descriptions_are_alike(town: Desk) -> None:
    rows = town.do("--json", "--internal", "sql", "SELECT 原话 FROM 问题", today=TODAY).json["data"]["items"]
    words = [next(iter(row.values())) for row in rows]
    assert len(set(words)) == len(words) == 80
