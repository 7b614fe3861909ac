"""A number is given out once: whatever is taken back, deleted or lost, its number is gone for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk


def village(desk: Desk, name: str) -> str:
    """The id of a village just added."""
    told = ("village", "add", "--name", name, "--town", "云岭镇")
    return str(desk.do("--json", *told).json["data"]["id"])


def test_the_number_of_an_addition_taken_back_is_gone(desk: Desk) -> None:
    assert village(desk, "甲村") == "CUN-A0002"
    desk.git("revert", "--no-edit", "HEAD")
    assert village(desk, "乙村") == "CUN-A0003"
    desk.git("revert", "--no-edit", "HEAD")
    desk.git("revert", "--no-edit", "HEAD~2")  # the other one again; its number is its own
    assert village(desk, "丙村") == "CUN-A0004"


def test_so_it_is_in_a_clone_that_was_never_told(desk: Desk, tmp_path: Path) -> None:
    village(desk, "甲村")
    desk.git("revert", "--no-edit", "HEAD")
    desk.git("clone", "-q", str(desk.root), str(tmp_path / "另一处"))
    other = Desk.__new__(Desk)
    other.root = tmp_path / "另一处"
    other.do("station", "--keep", "A")  # the first one is no more
    assert village(other, "乙村") == "CUN-A0003"


@pytest.mark.parametrize("take", ["rm", "hand", "merge", "undo"])
def test_the_number_of_a_record_deleted_is_gone(desk: Desk, take: str) -> None:
    village(desk, "甲村")
    if take == "merge":
        desk.git("switch", "-q", "-c", "旁支", "HEAD~1")
        desk.git("commit", "-q", "--allow-empty", "-m", "旁的事")
        desk.git("merge", "-q", "-s", "ours", "main", "-m", "不要那个村")
        desk.git("branch", "-q", "-D", "main")
    elif take == "undo":
        desk.do("undo", "--yes")
    elif take == "rm":
        desk.git("rm", "-q", "villages/CUN-A0002.yaml")
        desk.git("commit", "-q", "-m", "删掉")
    else:
        desk.git("mv", "villages/CUN-A0002.yaml", "villages/CUN-A0009.yaml")
        desk.git("commit", "-q", "-m", "改名")
        desk.git("rm", "-q", "villages/CUN-A0009.yaml")
        desk.git("commit", "-q", "-m", "删掉")
    (desk.root / ".git" / "lianxin" / "index.given").unlink()  # what is known only by being told is forgotten
    assert village(desk, "乙村") == ("CUN-A0010" if take == "hand" else "CUN-A0003")


def test_the_number_of_a_commit_thrown_away_is_gone_in_this_clone(desk: Desk) -> None:
    village(desk, "甲村")
    desk.git("reset", "-q", "--hard", "HEAD~1")
    assert village(desk, "乙村") == "CUN-A0003"


def test_a_dry_run_takes_no_number(desk: Desk) -> None:
    for _ in range(2):
        said = desk.do("--dry-run", "village", "add", "--name", "甲村", "--town", "云岭镇")
        assert "CUN-A0002" in said.out
    assert village(desk, "甲村") == "CUN-A0002"


@pytest.mark.parametrize(
    "kept", ["", "[]", "{", '{"looked": 1, "highest": {}}', '{"looked": ["0"], "highest": {"x": "y"}}']
)
def test_a_note_that_is_broken_is_made_anew(desk: Desk, kept: str) -> None:
    village(desk, "甲村")
    desk.git("revert", "--no-edit", "HEAD")
    (desk.root / ".git" / "lianxin" / "index.given").write_text(kept, encoding="utf-8")
    assert village(desk, "乙村") == "CUN-A0003"


def test_only_commits_since_the_last_look_are_looked_at(desk: Desk) -> None:
    village(desk, "甲村")
    desk.git("revert", "--no-edit", "HEAD")
    village(desk, "乙村")
    old = desk.git("rev-parse", "HEAD~4").strip()
    (desk.root / ".git" / "objects" / old[:2] / old[2:]).unlink()  # were it read again, git would stumble
    assert village(desk, "丙村") == "CUN-A0004"
