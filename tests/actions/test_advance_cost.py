"""What a step costs in work that grows with its record: how often it is played, and its file read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, Desk

from lianxin.actions.step.advance import advance
from lianxin.actions.workspace import Workspace
from lianxin.kinds import KIND
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.life.course import total
from lianxin.storage.read.loading import load

#: Whoever counts now is told of files opened and programs started; an audit hook is never taken away again.
_COUNTING: list[Any] = []


def _told(event: str, arguments: tuple[Any, ...]) -> None:
    for count in _COUNTING:
        count(event, arguments)


sys.addaudithook(_told)


@contextmanager
def counted(path: Path) -> Iterator[Counter[str]]:
    """How often a record is played and its text read, and its file opened before and after the commit."""
    found: Counter[str] = Counter()
    watched = {total.__code__: "played", load.__code__: "loaded"}
    when = ["before"]

    def called(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in watched:
            found[watched[frame.f_code]] += 1

    def audited(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]) == str(path):
            found[f"opened {when[0]}"] += 1
        elif event == "subprocess.Popen" and "fast-import" in arguments[1]:
            when[0] = "after"

    _COUNTING.append(audited)
    sys.setprofile(called)
    try:
        yield found
    finally:
        sys.setprofile(None)
        _COUNTING.remove(audited)


@pytest.fixture
def accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    desk = Desk(tmp_path / "台账").furnish()
    desk.lay_open(desk.take_down())
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return Workspace(desk.root, datetime.fromisoformat(f"{TODAY} 17:00"))


def test_a_step_plays_its_record_twice_and_reads_its_file_once_before_and_once_after(accepted: Workspace) -> None:
    path = accepted.root / "issues" / "2026" / "WT-2026-A0001.yaml"
    with accepted.book():  # the index has caught up with what was written before
        pass
    step = LIFECYCLE.step("assign")
    assert step is not None
    with counted(path) as found:
        done = advance(accepted, KIND["issue"], "1", step, {"dept": "镇水利站", "rule": "5个工作日"})
    assert done.after == "已交办"
    assert f"编号: {done.event.id}" in path.read_text(encoding="utf-8")
    # it is read to work from, and right before the commit once more: whether it is still what was worked from
    assert found == {"played": 2, "loaded": 2, "opened before": 2, "opened after": 1}
