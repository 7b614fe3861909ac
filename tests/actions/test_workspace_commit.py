"""A workspace at a commit: everything is read from it; for HEAD the index serves, and an old commit leaves it alone."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT

from lianxin.actions.begin.start import init
from lianxin.actions.workspace import Workspace
from lianxin.core.error import UsageError
from lianxin.storage.write.stream import Written

NOW = datetime(2026, 3, 6, 9)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = init(
        tmp_path / "台账", name="云岭镇", level="镇", org="云岭镇党委", clerk="何小满", written=Written("", NOW)
    )
    return made.root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True).stdout.decode().strip()


def villages(workspace: Workspace) -> tuple[int, int, str]:
    """How many there are, how many files were read for that, and what definitions were in force."""
    with workspace.book() as book:
        ((count,),) = book.sql("SELECT count(*) FROM village")
        return count, book.loaded, book.definitions


def test_a_commit_is_read_whole_and_the_index_serves_where_it_can(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    (root / "villages").mkdir()
    (root / "villages" / "CUN-A0001.yaml").write_text(
        "编号: CUN-A0001\n名称: 松坪村\n类型: 村\n乡镇: 云岭镇\n", "utf-8"
    )
    (root / "policy" / "hints.yaml").write_text("聚集件数: 6\n", "utf-8")
    assert villages(Workspace(root, NOW))[0] == 1
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "加一个村")
    now = villages(Workspace(root, NOW))
    head = villages(Workspace(root, NOW, at="HEAD"))
    assert head == (1, 0, now[2])
    (root / "lianxin.yaml").write_text("名称: 别的名字\n", "utf-8")
    (root / "villages" / "CUN-A0001.yaml").unlink()
    assert villages(Workspace(root, NOW, at="HEAD")) == head
    assert Workspace(root, NOW, at="HEAD").office.name == "云岭镇"
    count, loaded, definitions = villages(Workspace(root, NOW, at=first))
    assert (count, definitions != now[2]) == (0, True)
    assert loaded > 0
    assert villages(Workspace(root, NOW, at="HEAD")) == head


def test_nothing_is_written_there(root: Path) -> None:
    with pytest.raises(UsageError, match="只看不写"):
        Workspace(root, NOW, at="HEAD").journal()
