from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.storage.town import RECORDS, Town, issue, path_of

from lianxin.core.error import LianxinError
from lianxin.storage.git.disk import read_file
from lianxin.storage.git.snapshot import at_commit, take


def test_without_git_every_file_is_read_from_disk(tmp_path: Path) -> None:
    Town(tmp_path, git=False)
    seen = take(tmp_path)
    assert (seen.commit, seen.dirty, seen.tree()) == ("", (), [])
    assert {file.path for file in seen.files(seen.edited())} == set(RECORDS)


def test_on_an_unborn_branch_every_file_is_an_edit(tmp_path: Path) -> None:
    Town(tmp_path)
    seen = take(tmp_path)
    assert seen.commit == ""
    assert set(seen.dirty) == {entry.path for entry in seen.edited()} == set(RECORDS)


def test_edits_come_from_disk_and_the_rest_from_head(tmp_path: Path) -> None:
    town = Town(tmp_path, inside="数据")
    head = town.commit({path_of(1): "旧\n", path_of(2): "二\n"})
    town.write({path_of(1): "新\n"})
    (town.root / path_of(2)).unlink()
    seen = take(town.root)
    assert seen.commit == head
    assert seen.dirty == (path_of(1), path_of(2))
    assert [(file.path, file.data) for file in seen.files(seen.edited())] == [(path_of(1), "新\n".encode())]
    assert seen.read(path_of(1)) == "新\n".encode()
    assert seen.read(path_of(2)) is None
    old = at_commit(town.root, "HEAD")
    assert (old.dirty, old.edited()) == ((), [])
    assert old.read(path_of(1)) == "旧\n".encode()
    assert {file.path for file in old.files(old.tree())} == {*RECORDS, path_of(1), path_of(2)}


@pytest.mark.parametrize("objects", ["sha1", "sha256"])
def test_a_file_edited_after_the_snapshot_was_taken_is_the_commits(tmp_path: Path, objects: str) -> None:
    town = Town(tmp_path, git=False)
    town.git("init", "-q", "-b", "main", f"--object-format={objects}")
    town.commit({path_of(n): f"第 {n} 个\n" for n in (1, 2, 3)})
    seen = take(tmp_path)
    town.write({path_of(2): "刚刚改的\n"})
    (town.root / path_of(3)).unlink()
    issues = [entry for entry in seen.tree() if entry.path.startswith("issues/")]
    assert [file.data for file in seen.files(issues)] == [f"第 {n} 个\n".encode() for n in (1, 2, 3)]


def test_records_that_git_ignores_are_still_seen(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.commit({".gitignore": "issues/2025/\n*-A0009.yaml\n*.tmp\n"})
    town.write({path_of(9): issue(9), path_of(1, 2025): issue(1, day="2025-03-02"), "issues/2026/x.tmp": "x"})
    assert {entry.path for entry in take(tmp_path).edited()} == {path_of(9), path_of(1, 2025)}


@pytest.mark.parametrize("ignored", ["/data/", "/data/town/"])
def test_a_data_folder_that_git_ignores_altogether_is_read_from_disk(tmp_path: Path, ignored: str) -> None:
    town = Town(tmp_path, inside="data/town")
    (tmp_path / ".gitignore").write_text(f"{ignored}\n")
    town.git("add", ".gitignore")
    town.git("commit", "-q", "-m", "忽略")
    found = {entry.path for entry in take(town.root).edited()}
    assert found == set(RECORDS) - {"lianxin.yaml"}


def test_a_repository_inside_is_looked_into(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.commit()
    inner = tmp_path / "issues"
    inner.mkdir()
    town.git("init", "-q", str(inner))
    town.write({path_of(1): issue(1)})
    assert path_of(1) in {entry.path for entry in take(tmp_path).edited()}


def test_links_are_named_and_never_followed(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "WT-2026-A0001.yaml").write_text(issue(1))
    town.commit()
    (town.root / "issues").mkdir()
    (town.root / "issues/2026").symlink_to(outside)
    (town.root / "villages/CUN-A0003.yaml").symlink_to(outside / "WT-2026-A0001.yaml")
    seen = take(town.root)
    expected = {"issues/2026": None, "villages/CUN-A0003.yaml": None}
    assert {file.path: file.data for file in seen.files(seen.edited())} == expected
    plain = Town(tmp_path / "plain", git=False)
    (plain.root / "issues").symlink_to(outside)
    seen = take(plain.root)
    assert {file.path for file in seen.files(seen.edited()) if file.data is None} == {"issues"}


def test_a_file_replaced_by_a_linked_folder_is_gone(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit({path_of(1): issue(1)})
    (town.root / "issues/2026").rename(tmp_path / "moved")
    (town.root / "issues/2026").symlink_to(tmp_path / "moved")
    seen = take(town.root)
    assert seen.status is not None
    assert path_of(1) in seen.status.gone
    assert {file.path: file.data for file in seen.files(seen.edited())} == {"issues/2026": None}


def test_pipes_and_devices_are_not_opened_for_reading(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert read_file(tmp_path / "pipe") is None
    assert read_file(tmp_path) is None
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "nothing")


def test_a_sparse_checkout_is_read_from_head(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.commit({path_of(1): issue(1), "policy/limits.yaml": "预警: 3个工作日\n"})
    town.git("sparse-checkout", "set", "--no-cone", "/villages/", "/lianxin.yaml")
    assert not (town.root / path_of(1)).exists()
    seen = take(tmp_path)
    assert seen.dirty == ()
    assert path_of(1) in {entry.path for entry in seen.tree()}
    assert seen.read("policy/limits.yaml") == "预警: 3个工作日\n".encode()


def test_what_is_flagged_and_gone_counts_as_gone(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.commit({path_of(1): issue(1)})
    town.write({path_of(1): issue(1, summary="改了"), path_of(2): issue(2)})
    town.git("add", "-A")
    town.git("update-index", "--skip-worktree", path_of(1), path_of(2))
    (town.root / path_of(1)).unlink()
    (town.root / path_of(2)).unlink()
    seen = take(tmp_path)
    assert seen.status is not None
    assert (seen.status.gone, seen.status.absent, seen.dirty) == ((path_of(1),), (path_of(2),), (path_of(1),))
    with town.book() as book:
        assert book.missing() == 1


@pytest.mark.parametrize("flag", ["assume-unchanged", "skip-worktree"])
def test_a_change_that_git_was_told_to_pass_over_is_read(tmp_path: Path, flag: str) -> None:
    town = Town(tmp_path, inside="data")
    town.commit({path_of(1): issue(1), path_of(2): issue(2)})
    town.git("update-index", f"--{flag}", f"data/{path_of(1)}", f"data/{path_of(2)}")
    town.write({path_of(1): issue(1, summary="改了")})
    seen = take(town.root)
    assert seen.status is not None
    assert seen.status.flagged == ((path_of(1), flag), (path_of(2), flag))
    assert seen.dirty == (path_of(1),)
    with town.book() as book:
        assert book.title("WT-2026-A0001") == "改了"


def test_a_flag_set_after_git_was_asked_is_seen_and_what_was_noted_elsewhere_is_not_believed(tmp_path: Path) -> None:
    """Git is asked for flags once for each state of its index; a note that comes with a folder is of another file."""
    town = Town(tmp_path / "town")
    town.commit({path_of(1): issue(1), path_of(2): issue(2)})
    note = town.root / ".git" / "lianxin" / "unflagged"

    def flags() -> tuple[tuple[str, str], ...]:
        seen = take(town.root)
        return seen.status.flagged if seen.status else ()

    assert (flags(), flags()) == ((), ())
    plain = note.read_bytes()
    town.git("update-index", "--skip-worktree", path_of(1))
    assert flags() == flags() == ((path_of(1), "skip-worktree"),)
    assert note.read_bytes() == plain  # of the index before
    town.git("update-index", "--no-skip-worktree", path_of(1))
    assert flags() == ()
    town.git("update-index", "--assume-unchanged", path_of(2))
    sent = tmp_path / "sent"
    town.root.rename(tmp_path / "kept")
    shutil.copytree(tmp_path / "kept", sent)
    index = (sent / ".git" / "index").read_bytes()
    old = (tmp_path / "kept" / ".git" / "lianxin" / "unflagged").read_bytes().split(b" ")
    forged = (*old[:3], index[-20:].hex().encode(), b"")
    (sent / ".git" / "lianxin" / "unflagged").write_bytes(b" ".join(forged))
    seen = take(sent)
    assert seen.status is not None
    assert seen.status.flagged == ((path_of(2), "assume-unchanged"),)


def test_a_commit_that_is_not_there_is_refused(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit()
    with pytest.raises(LianxinError, match="找不到提交"):
        at_commit(town.root, "no-such")
    with pytest.raises(LianxinError, match="不在 git 管理之下"):
        at_commit(Town(tmp_path / "plain", git=False).root, "HEAD")


def test_names_that_are_no_text_are_spelt_out(tmp_path: Path) -> None:
    town = Town(tmp_path, git=False)
    (town.root / "issues").mkdir()
    (town.root / os.fsdecode(b"issues/\xb8\xdf.yaml")).write_text("编号: x\n")
    seen = take(tmp_path)
    assert "issues/\\udcb8\\udcdf.yaml" in {file.path for file in seen.files(seen.edited())}
