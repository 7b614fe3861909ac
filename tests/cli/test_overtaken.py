"""A step that somebody else's ``git commit`` overtakes is worked out anew, and taken once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk

#: Somebody commits a household's telephone without git's index, before each of our first commits.
_OVERTAKE = """#!/bin/sh
git={git}
case "$*" in *fast-import*)
n=$(cat {mark} 2>/dev/null || echo 0)
if [ $n -lt {times} ]; then
echo $((n + 1)) > {mark}
blob=$({{ $git show HEAD:{path}; echo "# $n"; }} | $git hash-object -w --stdin)
GIT_INDEX_FILE={mark}.index $git read-tree HEAD
GIT_INDEX_FILE={mark}.index $git update-index --cacheinfo 100644,$blob,{path}
tree=$(GIT_INDEX_FILE={mark}.index $git write-tree)
$git update-ref refs/heads/main $($git commit-tree -m 别处 -p HEAD $tree)
fi;; esac
exec $git "$@"
"""


def overtaken(folder: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on git commits what somebody else does, so many times, just before ours."""
    shim = folder / "bin" / "git"
    shim.parent.mkdir()
    script = _OVERTAKE.format(
        git=shutil.which("git"), mark=folder / "mark", times=times, path="households/HU-A0001.yaml"
    )
    shim.write_text(script, encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("times", [1, 5])
def test_a_step_that_is_overtaken_is_taken_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    id_ = desk.take_down()
    with monkeypatch.context() as patch:
        overtaken(tmp_path, times, patch)
        desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert desk.git("log", "--format=%s", f"-{times + 1}").splitlines() == [f"{id_} 受理 村", *["别处"] * times]
    assert desk.text(id_).count("步骤: 受理") == 1
    assert desk.state(id_) == "已受理"


def test_one_that_is_overtaken_without_end_is_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = desk.take_down()
    with monkeypatch.context() as patch:
        overtaken(tmp_path, 99, patch)
        said = desk.say("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert (said.code, "请重来一遍" in said.err) == (3, True), said
    assert desk.state(id_) == "待研判"


@pytest.mark.parametrize(
    "words",
    [
        ("household", "add", "--head", "白有余", "--village", "松坪村", "--group", "二组"),
        ("village", "edit", "松坪村", "--households", "41"),
        ("visit", "void", "ZF-2026-A0001", "--why", "没有去"),
        ("--yes", "undo"),
    ],
    ids=["add", "edit", "void", "undo"],
)
def test_whatever_is_written_is_worked_out_anew(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    with monkeypatch.context() as patch:
        overtaken(tmp_path, 1, patch)
        desk.do(*words)
    assert desk.git("log", "-1", "--skip=1", "--format=%s") == "别处\n"
