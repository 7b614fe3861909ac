from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.storage.town import Town, issue, path_of

import lianxin
from lianxin.core.error import LianxinError
from lianxin.storage.git.asked import ask
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.git.status import Status


def repo_of(town: Town) -> Repo:
    repo = Repo.find(town.root)
    assert repo is not None
    return repo


def look(root: Path) -> tuple[Repo, Status] | None:
    """The repository around a folder and what differs from HEAD there, as a command asks for both."""
    asked = ask(root)
    return asked.answer() if asked else None


def status_of(town: Town) -> Status:
    found = look(town.root)
    assert found is not None
    return found[1]


def test_a_folder_in_no_repository_has_none(tmp_path: Path) -> None:
    assert Repo.find(tmp_path) is None
    assert look(tmp_path) is None


def test_without_the_program_there_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Town(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask(tmp_path) is None
    with pytest.raises(LianxinError, match="找不到 git 程序"):
        Repo.find(tmp_path)


def test_a_data_folder_inside_a_repository_has_a_prefix(tmp_path: Path) -> None:
    repo = repo_of(Town(tmp_path / "工作 区", inside="甲/数据"))
    assert repo.top == tmp_path / "工作 区"
    assert repo.prefix == "甲/数据/"
    assert repo.git_dir == repo.common_dir == repo.top / ".git"


def test_a_linked_work_tree_has_its_own_git_folder(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit()
    town.git("worktree", "add", "-q", str(tmp_path / "other"))
    repo = Repo.find(tmp_path / "other")
    assert repo is not None
    assert repo.top == tmp_path / "other"
    assert repo.common_dir == tmp_path / "town" / ".git"
    assert repo.git_dir != repo.common_dir


def test_the_inside_of_a_repository_is_refused_by_name(tmp_path: Path) -> None:
    town = Town(tmp_path)
    with pytest.raises(LianxinError, match="裸仓库"):
        Repo.find(town.top / ".git")


def test_a_repository_of_somebody_else_is_refused_and_not_taken_for_none(tmp_path: Path) -> None:
    town = Town(tmp_path)
    if os.getuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(town.top, 12345, 12345)
    with pytest.raises(LianxinError, match=f"safe.directory {town.top}"):
        Repo.find(town.root)


def test_a_hooks_environment_does_not_lead_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town, other = Town(tmp_path / "town"), Town(tmp_path / "other")
    other.commit()
    head = town.commit({path_of(1): issue(1)})
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.top / "no-such-index"))
    found = look(town.root)
    assert found is not None
    repo, status = found
    assert repo.top == town.top
    assert (status.commit, status.present, status.gone) == (head, (), ())


def test_what_differs_is_told_with_awkward_names(tmp_path: Path) -> None:
    town = Town(tmp_path, inside="data")
    names = ["issues/ 空 格.yaml", "issues/-o.yaml", "issues/:(top)x.yaml", "issues/a\nb.yaml", 'issues/"q".yaml']
    town.commit(dict.fromkeys(names[:3], "一\n"))
    town.write(dict.fromkeys(names, "二\n"))
    (town.root / "villages/CUN-A0001.yaml").unlink()
    town.git("rm", "-q", "--cached", "data/orgs/DW-A0001.yaml")
    status = status_of(town)
    assert set(status.present) == {*names}
    assert status.dropped == ("orgs/DW-A0001.yaml",)
    assert status.gone == ("villages/CUN-A0001.yaml",)


def test_staged_files_that_are_not_there_are_told_apart(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.commit()
    town.write({path_of(1): issue(1), path_of(2): issue(2)})
    town.git("add", path_of(1))
    assert status_of(town).staged == {path_of(1)}


def test_a_tree_and_what_lies_between_two(tmp_path: Path) -> None:
    town = Town(tmp_path, inside="data")
    first = town.commit({path_of(1): issue(1), path_of(2): issue(2)})
    (town.root / path_of(1)).unlink()
    town.git("mv", f"data/{path_of(2)}", f"data/{path_of(3)}")
    (town.top / "外面.txt").write_text("别处的")
    second = town.commit()
    repo = repo_of(town)
    between = {entry.path: bool(entry.oid) for entry in repo.between(first, second)}
    assert between == {path_of(1): False, path_of(2): False, path_of(3): True}
    tree = {entry.path: entry.oid for entry in repo.tree(second)}
    assert path_of(3) in tree
    assert "外面.txt" not in tree
    assert next(repo.blobs([tree[path_of(3)]], 1000)).decode() == issue(2)
    assert repo.blob(first, path_of(1)) == issue(1).encode()
    assert repo.blob(second, path_of(1)) is None


def test_links_and_submodules_are_no_regular_files(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    (town.root / "issues").symlink_to("/etc")
    head = town.commit()
    assert {entry.path for entry in repo_of(town).tree(head) if not entry.regular} == {"issues"}


def test_large_contents_are_cut_and_the_next_still_read(tmp_path: Path) -> None:
    town = Town(tmp_path)
    head = town.commit({"大.txt": "一" * 5000, "小.txt": "二"})
    oids = {entry.path: entry.oid for entry in repo_of(town).tree(head)}
    large, small = repo_of(town).blobs([oids["大.txt"], oids["小.txt"]], 100)
    assert len(large) == 101
    assert small.decode() == "二"


def test_a_missing_object_is_named(tmp_path: Path) -> None:
    town = Town(tmp_path)
    with pytest.raises(GitError, match="git fsck"):
        list(repo_of(town).blobs(["0" * 40], 100))


def test_a_refusal_names_the_command_and_what_to_do_and_speaks_no_english(tmp_path: Path) -> None:
    repo = repo_of(Town(tmp_path))
    with pytest.raises(GitError, match=r"^git rev-parse 没有成功（返回 128）；.*git fsck 看看$"):
        repo.run("rev-parse", "--verify", "HEAD")
    with pytest.raises(GitError, match="git rev-parse 没有成功"):  # not of what was set before it
        repo.run("-c", "core.fsync=all", "-c", "core.abbrev=7", "rev-parse", "--verify", "HEAD")
    assert repo.run("rev-parse", "--verify", "HEAD", check=False) == b""
    assert repo.head() == ""


def test_hooks_and_watchers_of_a_copied_configuration_do_not_run(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    town.git("config", "core.fsmonitor", str(trap))
    assert look(town.root) is not None
    assert not (tmp_path / "sprung").exists()


def test_input_and_configuration(tmp_path: Path) -> None:
    town = Town(tmp_path)
    repo = repo_of(town)
    town.git("config", "user.name", "秦小满")
    assert repo.config("user.name") == "秦小满"
    assert repo.config("user.nobody") == ""
    oid = repo.run("hash-object", "-w", "--stdin", input="一行\n".encode()).decode().strip()
    assert list(repo.blobs([oid], 100)) == ["一行\n".encode()]


def test_git_is_started_in_one_place() -> None:
    source = Path(lianxin.__file__).parent
    calls = ("subprocess.run(", "subprocess.Popen(", "os.system(", "os.exec", "os.posix_spawn", "subprocess.check_")
    starting = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if any(call in path.read_text() for call in calls)
    }
    # the others ask pdftotext, have things printed, and run this very tool below the desk
    others = {"formats/to_pdf.py", "actions/bring/clipboard.py", "actions/paper/printer.py", "cli/desk/act/run.py"}
    assert starting == {"storage/git/process/call.py", *others}
