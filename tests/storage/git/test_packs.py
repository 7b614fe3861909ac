"""A stick that was synced for years: its packs become one, and nothing that lay there is gone, whoever named it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from lianxin.storage.git.mirror import End
from lianxin.storage.git.packs import MANY, gather
from lianxin.storage.git.process.trouble import GitError

_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "何小满"), ("EMAIL", "a@example.invalid"), ("DATE", "2026-03-06T09:00:00"))
}


@pytest.fixture
def stick(synced: Path, tmp_path: Path) -> Path:
    """A repository of its own without files around it, with a pack for each of many syncs."""
    return Path(shutil.copytree(synced, tmp_path / "台账.git"))


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One, made once."""
    folder = tmp_path_factory.mktemp("made") / "台账.git"
    git(folder.parent, "init", "-q", "--bare", str(folder))
    parent: tuple[str, ...] = ()
    for n in range(MANY + 10):
        blob = git(folder, "hash-object", "-w", "--stdin", said=f"第 {n} 笔\n" * 40)
        tree = git(folder, "mktree", said=f"100644 blob {blob}\t{n}\n")
        commit = git(folder, "commit-tree", tree, *parent, "-m", f"{n}")
        git(folder, "pack-objects", "-q", "objects/pack/pack", said=f"{blob}\n{tree}\n{commit}\n")
        git(folder, "prune-packed", "-q")
        parent = ("-p", commit)
    git(folder, "update-ref", "refs/heads/main", parent[1])
    git(folder, "update-ref", "-d", "refs/heads/main")  # nobody names anything of it
    git(folder, "update-ref", "refs/heads/main", git(folder, "rev-parse", f"{parent[1]}~20"))
    return folder


def git(folder: Path, *words: str, said: str = "") -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, input=said, env=os.environ | _WHO, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def held(folder: Path) -> list[str]:
    return git(folder, "cat-file", "--batch-all-objects", "--batch-check").splitlines()


def packs(folder: Path) -> list[str]:
    return sorted(one.name for one in (folder / "objects" / "pack").iterdir())


def test_many_packs_become_one_and_every_object_is_still_there(stick: Path) -> None:
    before = held(stick)
    assert len(before) == 3 * (MANY + 10)
    gather(End.alone(stick))
    assert sorted({Path(one).suffix for one in packs(stick)}) == [".idx", ".pack"]
    assert len(packs(stick)) == 2
    assert held(stick) == before
    git(stick, "fsck", "--full", "--strict")
    again = packs(stick)
    gather(End.alone(stick))
    assert packs(stick) == again


def test_what_is_kept_for_a_reason_stays_as_it_is(stick: Path) -> None:
    kept = packs(stick)[0].removesuffix(".idx")
    (stick / "objects" / "pack" / f"{kept}.keep").touch()
    before = held(stick)
    gather(End.alone(stick))
    assert [one for one in packs(stick) if one.startswith(kept)] == [
        f"{kept}{end}" for end in (".idx", ".keep", ".pack")
    ]
    assert len(packs(stick)) == 5
    assert held(stick) == before


def test_few_are_left_alone_and_so_is_what_would_take_long(stick: Path) -> None:
    before = packs(stick)
    gather(End.alone(stick), most=1000)
    assert packs(stick) == before


def test_where_a_pack_cannot_be_read_all_stays(stick: Path) -> None:
    spoilt = next((stick / "objects" / "pack").glob("*.pack"))
    spoilt.chmod(0o600)
    spoilt.write_bytes(spoilt.read_bytes()[:40])
    before = packs(stick)
    with pytest.raises(GitError):
        gather(End.alone(stick))
    assert [one for one in packs(stick) if "tmp_" not in one] == before
