"""What never answers is given some seconds, and then told of."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import Desk

from lianxin.storage.git.process import waiting
from lianxin.storage.git.process.waiting import StuckError, answered


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "台账")


@pytest.mark.slow
def test_what_keeps_git_in_a_folder_of_its_own_is_found(desk: Desk) -> None:
    os.mkfifo(desk.root / "policy" / ".gitignore")
    said = desk.say("check")
    assert (said.code, "policy/.gitignore 不是普通文件" in said.err) == (3, True), said


@pytest.mark.slow
def test_a_pipe_that_nobody_reads_is_given_up(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    said = desk.say("village", "list", "-o", str(tmp_path / "管道"))
    assert (said.code, "那头没有程序在接" in said.err) == (3, True), said


def test_who_is_only_slow_is_told_all_and_answers_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / ".git")  # the name of a socket must be short
    heard = socket.socket(socket.AF_UNIX)
    heard.bind("fsmonitor--daemon.ipc")  # git's own, where it watches the folder
    heard.close()
    told = bytes(range(256)) * 8_000
    process = subprocess.Popen(
        ("sh", "-c", "sleep 4; cat"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert answered(process, tmp_path, told) == (told, b"")


def test_who_never_answers_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(waiting, "_PATIENCE", 0.1)
    monkeypatch.setattr(waiting, "_LONG", 0.2)
    process = subprocess.Popen(("sleep", "60"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with pytest.raises(StuckError, match="没有答复"):
        answered(process, tmp_path)
    assert process.returncode is not None
