"""Git's list of the commits: kept up by whoever asks for a history, of use to nobody but for speed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from lianxin.storage.git.catalogue import FEW, MANY, behind, keep_up, locks
from lianxin.storage.git.repo import Repo


def repository(folder: Path, commits: int) -> Repo:
    """One of so many commits, each of another file of a hundred."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    told = []
    for n in range(commits):
        told.append(f"commit refs/heads/main\ncommitter C <c@x> {1_700_000_000 + n} +0800\ndata 3\n进\n")
        told.append(f"M 100644 inline issues/{n % 100}.yaml\ndata {len(str(n))}\n{n}\n")
    text = "".join(told).encode()
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=text, check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)
    found = Repo.find(folder)
    assert found
    return found


def asked(repo: Repo) -> bytes:
    return repo.run("log", "--format=%H", "--", "issues/7.yaml")


def test_a_long_history_is_listed_and_answers_the_same(tmp_path: Path) -> None:
    repo = repository(tmp_path, FEW + 1)
    before = asked(repo)
    assert behind(repo) == FEW + 1
    keep_up(repo)
    assert behind(repo) == 0
    listed = repo.run("commit-graph", "verify")
    assert listed == b""
    assert asked(repo) == before
    assert before.count(b"\n") == 20
    info = repo.common_dir / "objects" / "info"
    shutil.rmtree(info / "commit-graphs")
    assert behind(repo) == FEW + 1  # its note alone is none
    assert asked(repo) == before


def test_nothing_is_written_while_somebody_writes_or_where_few_lack(tmp_path: Path) -> None:
    repo = repository(tmp_path, FEW + 1)
    lock = next(locks(repo))
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    keep_up(repo)
    assert behind(repo) == FEW + 1
    assert [*lock.parent.iterdir()] == [lock]
    few = repository(tmp_path / "few", 30)
    keep_up(few, whole=True)
    assert not (few.common_dir / "objects" / "info" / "commit-graphs").exists()


@pytest.mark.slow
def test_very_many_are_left_to_those_who_wait_anyway(tmp_path: Path) -> None:
    repo = repository(tmp_path, MANY + 1)
    keep_up(repo)
    assert behind(repo) == MANY + 1
    keep_up(repo, whole=True)
    assert behind(repo) == 0
