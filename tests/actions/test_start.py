"""A new ledger: whole or not there, and committed by the clerk it was made for."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

WORDS = ("--name", "云岭镇党建办", "--org", "云岭镇党委", "--clerk", "何小满")


def lianxin(home: Path, *words: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    """On a machine where nobody has told git anything."""
    environment = {"HOME": str(home), "PATH": path, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        [sys.executable, "-m", "lianxin", *words],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_a_git_identity(tmp_path: Path) -> None:
    made = lianxin(tmp_path, "init", "县里/台账", *WORDS)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "县里" / "台账"
    done = lianxin(tmp_path, "--data", str(folder), "village", "add", "--name", "松坪村", "--town", "云岭镇")
    assert done.returncode == 0, done.stderr
    log = subprocess.run(["git", "log", "--format=%an %ae %cn %ce"], cwd=folder, capture_output=True, check=True)
    assert set(log.stdout.decode().splitlines()) == {" ".join(["何小满 RY-A0001@lianxin.invalid"] * 2)}


def test_an_identity_that_git_knows_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = 何主任\n\temail = he@example.invalid\n")
    assert lianxin(tmp_path, "init", "台账", *WORDS).returncode == 0
    log = subprocess.run(["git", "log", "--format=%an %ae"], cwd=tmp_path / "台账", capture_output=True, check=True)
    assert log.stdout.decode() == "何主任 he@example.invalid\n"
    assert "he@" not in (tmp_path / "台账" / ".git" / "config").read_text()


def test_an_identity_in_gbk_is_none(tmp_path: Path) -> None:
    (tmp_path / ".gitconfig").write_bytes("[user]\n\tname = 何主任\n\temail = he@example.invalid\n".encode("gbk"))
    assert lianxin(tmp_path, "init", "台账", *WORDS).returncode == 0
    log = subprocess.run(["git", "log", "--format=%an"], cwd=tmp_path / "台账", capture_output=True, check=True)
    assert log.stdout.decode() == "何小满\n"


@pytest.mark.parametrize("command", ["init", "demo"])
def test_what_fails_half_way_leaves_nothing(tmp_path: Path, command: str) -> None:
    more = WORDS if command == "init" else ()
    nowhere = tmp_path / "空的"
    nowhere.mkdir(mode=0o755)
    for folder in ("空的", "县里/镇里/台账"):
        failed = lianxin(tmp_path, command, folder, *more, path=str(nowhere))
        assert (failed.returncode, "找不到 git" in failed.stderr) == (3, True), failed.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["空的"]
    assert stat.S_IMODE(nowhere.stat().st_mode) == 0o755
    assert lianxin(tmp_path, command, "空的", *more).returncode == 0
