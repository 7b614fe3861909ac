"""A clone's own settings: every edit or none, by several at once, and nothing of the dead stays."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest
from tests.storage.town import Town

from lianxin.core.error import LianxinError
from lianxin.storage.git import config
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.journal import Journal

_EDIT = """
import sys
from pathlib import Path
from lianxin.storage.git.config import configure
from lianxin.storage.git.repo import Repo
repo = Repo.needed(Path.cwd())
for n in range(5):
    configure(repo, (f"lianxin.proof{sys.argv[1]}x{n}", "1"))
"""


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def test_what_the_dead_have_left_is_gone_with_the_next_write_and_what_is_at_work_stays(town: Town) -> None:
    repo = Repo.needed(town.root)
    folder = repo.common_dir / "lianxin"
    folder.mkdir(exist_ok=True)
    left = [folder / "config", folder / "config.lock"]
    for path in left:
        path.write_bytes(b"[lianxin]\n")
    with (folder / "settings").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with Journal(repo, town.root).locked():
            assert all(path.exists() for path in left)
    with Journal(repo, town.root).locked():
        assert not any(path.exists() for path in left)
    config.configure(repo, ("lianxin.proof", "1"))
    assert not any(path.exists() for path in left)
    assert repo.config("lianxin.proof") == "1"


def test_several_at_once_lose_no_edit(town: Town) -> None:
    Repo.needed(town.root)
    at_once = [subprocess.Popen([sys.executable, "-c", _EDIT, str(n)], cwd=town.root) for n in range(3)]
    assert [one.wait() for one in at_once] == [0, 0, 0]
    told = town.git("config", "--get-regexp", "^lianxin.proof")
    assert told.count("\n") == 15


def test_the_lock_of_another_git_is_waited_for_and_never_taken_away(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = Repo.needed(town.root)
    lock = repo.common_dir / "config.lock"
    lock.touch()
    monkeypatch.setattr(config, "_WAIT", 0.2)
    with pytest.raises(LianxinError, match=r"config\.lock"):
        config.configure(repo, ("lianxin.proof", "1"))
    with Journal(repo, town.root).locked():
        assert lock.exists()
    lock.unlink()
    assert repo.config("lianxin.proof") == ""
