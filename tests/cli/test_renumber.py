"""Numbers that two desks gave: what was sent stays, what was not gets another one, wherever it stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.cli.desk import TRIAGE, Desk

from lianxin.actions.station.renumber import GaveWay, give_way, renumbered
from lianxin.actions.workspace import Workspace
from lianxin.storage.git.repo import Repo
from lianxin.storage.station.standing import named

NOW = datetime(2026, 3, 6, 15, 30)


def test_a_number_is_changed_wherever_it_stands_and_no_other() -> None:
    ids = {"WT-2026-A0012": "WT-2026-B0001", "WT-2026-A0013": "WT-2026-A0014"}
    files = {
        "issues/2026/WT-2026-A0012.yaml": b"x: WT-2026-A0012",
        "issues/2026/WT-2026-A0120.yaml": "标题: 见WT-2026-A0013，不是 WT-2026-A00121\n".encode(),
        "issues/2026/WT-2026-A0001.yaml": b"x: WT-2026-A0001",
    }
    changed = {one.path: one.text for one in renumbered(files, ids)}
    assert changed == {
        "issues/2026/WT-2026-A0012.yaml": None,
        "issues/2026/WT-2026-B0001.yaml": "x: WT-2026-B0001",
        "issues/2026/WT-2026-A0120.yaml": "标题: 见WT-2026-A0014，不是 WT-2026-A00121\n",
    }


def clone(desk: Desk, folder: Path, *claim: str) -> Desk:
    """A plain clone that has become a desk."""
    other = Desk.__new__(Desk)
    other.root = folder
    desk.git("clone", "-q", str(desk.root), str(folder))
    other.do("station", *claim)
    return other


def joined(mine: Desk, other: Desk) -> GaveWay:
    """What one desk changes before it joins what the other has sent."""
    mine.git("fetch", "-q", str(other.root), "main")
    return give_way(Workspace(mine.root, NOW), mine.git("rev-parse", "FETCH_HEAD").strip())


def test_what_was_not_sent_gives_way_to_what_was(desk: Desk, tmp_path: Path) -> None:
    """Two clones that both took themselves for the first desk."""
    other = clone(desk, tmp_path / "另一处", "--keep", "A")
    theirs = other.take_down()
    own = [desk.take_down(), desk.take_down()]
    assert own[0] == theirs
    desk.do("issue", "accept", own[0], "--level", "村", *TRIAGE)
    desk.do("issue", "accept", own[1], "--level", "村", *TRIAGE)
    desk.do("issue", "merge", own[1], "--into", own[0])
    found = joined(desk, other)
    assert found.ids == {own[0]: "WT-2026-A0003"}
    assert found.told == ["WT-2026-A0001 别的台已经用了，这边登记的改为 WT-2026-A0003"]
    assert "换编号" in desk.do("audit").out, "another number is no fault"
    assert desk.git("grep", "-l", "WT-2026-A0003").splitlines() == [
        "issues/2026/WT-2026-A0002.yaml",
        "issues/2026/WT-2026-A0003.yaml",
    ]
    assert (desk.say("check").code, desk.git("status", "--porcelain")) == (0, "")
    assert joined(desk, other).commit == ""


def test_a_letter_two_have_claimed_stays_with_whom_it_was_sent_by(desk: Desk, tmp_path: Path) -> None:
    mine = clone(desk, tmp_path / "我", "--name", "我的")
    other = clone(desk, tmp_path / "另一处", "--name", "先到的")
    other.take_down()
    own = [mine.take_down(), mine.take_down()]
    found = joined(mine, other)
    assert found.ids == {own[0]: "WT-2026-C0001", own[1]: "WT-2026-C0002"}
    assert (found.before, found.letter) == ("B", "C")
    assert [one.name for one in named(Repo.needed(mine.root), mine.root)] == ["云岭镇党建办", "先到的", "我的"]
    assert mine.take_down() == "WT-2026-C0003"
