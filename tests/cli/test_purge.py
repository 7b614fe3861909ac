"""注销 in history too, by the very lines of the manual: no byte is left, ids and figures stay, old papers verify."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.pictures import photograph

pytestmark = pytest.mark.slow  # it takes long

MANUAL = Path(__file__).parents[2] / "docs" / "手册" / "管理员.md"
REQUEST = ("--why", "本人申请", "--paper", "申〔2026〕1号")
GONE = ("李桂兰", "桂兰", "13900001234", "139-0000-1234", "巫山月", "云深处")


def _recipe() -> list[str]:
    """What the manual has the administrator run between the two calls."""
    text = MANUAL.read_text(encoding="utf-8").partition("## 连历史也注销")[2].partition("\n## ")[0]
    return [line.replace("\\\n", "") for line in re.findall(r"^\$ (git (?:.*\\\n)*.*)$", text, re.MULTILINE)]


def _everything(desk: Desk) -> bytes:
    """Whatever git still holds, reachable or not, all it says of commits, and what stands beside the index."""
    held = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=desk.root, capture_output=True, check=True
    ).stdout
    beside = b"".join(path.read_bytes() for path in (desk.root / ".git").rglob("*") if path.is_file())
    files = b"".join(path.read_bytes() for path in desk.root.glob("*/**/*.yaml"))
    return held + beside + files + desk.git("log", "--all", "-p").encode() + desk.git("reflog", "--all").encode()


@pytest.fixture
def written(desk: Desk, tmp_path: Path) -> Desk:
    """A ledger in whose history somebody stands in every way, and another of that name."""
    desk.do("--yes", "household", "edit", "李桂兰", "--address", "松坪村一组云深处17号")
    desk.do("--yes", "household", "edit", "李桂兰", "--address", "松坪村一组8号")
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do("issue", "progress", id_, "--text", "桂兰又来问过，电话 139-0000-1234")
    photo = photograph(tmp_path / "李桂兰家.jpg")
    desk.do("evidence", "add", "--about", "HU-A0001", "--file", str(photo), "--shows", "李桂兰家门口")
    told = ("--village", "松坪村", "--channel", "电话", "--raised", "今天", "--level", "村", "--summary", "灯不亮")
    desk.do(
        "--yes", "issue", "add", *told, "--reporter", "巫山月", "--phone", "13900005555", "--words", "巫山月家的灯不亮"
    )
    desk.git("commit", "--allow-empty", "-m", "改了李桂兰的电话 13900001234")
    desk.git("branch", "旁支")
    desk.git("tag", "-a", "-m", "年底", "v1")
    return desk


def test_the_recipe_of_the_manual_leaves_no_byte_and_changes_no_figure(written: Desk, tmp_path: Path) -> None:
    page, list_ = tmp_path / "台账.md", tmp_path / "户.csv"
    written.do("--internal", "ledger", "问题台账", "-o", str(page))
    written.do("--internal", "ledger", "联系户台账", "-o", str(list_))
    written.do("report", "monthly", "--period", "2026-02", "--freeze")
    assert "查出 1 处问题" in written.say("audit", "--seal").out  # of what git alone wrote
    before = written.do("--json", "figures").json["data"]["items"]
    written.do("--yes", "household", "erase", "HU-A0001", *REQUEST)
    written.do("--yes", "issue", "erase", "WT-2026-A0002", *REQUEST)
    assert "个人信息已经注销" in written.do("verify", str(page)).out  # history is as it was: byte for byte
    ids, commits = written.git("ls-files", "*.yaml"), written.git("rev-list", "--count", "--all")
    assert all(word.encode() in _everything(written) for word in GONE)
    written.do("purge", str(tmp_path / "单子"))
    assert written.say("purge", str(tmp_path / "单子"), "--done").code == 2  # nothing was rewritten yet
    for line in _recipe():
        subprocess.run(
            ["sh", "-ec", line.replace("../单子", str(tmp_path / "单子"))],
            cwd=written.root,
            check=True,
            env=os.environ | ENVIRONMENT,
        )
    assert written.git("status", "--porcelain") == ""
    written.do("purge", str(tmp_path / "单子"), "--done")
    assert list((tmp_path / "单子").iterdir()) == []
    written.do("check")
    assert written.do("--json", "figures").json["data"]["items"] == before
    everything = _everything(written)
    assert [word for word in GONE if word.encode() in everything] == []
    assert photograph(tmp_path / "同样.jpg").exists()
    assert (written.git("ls-files", "*.yaml"), int(written.git("rev-list", "--count", "--all"))) == (
        ids,
        int(commits) + 1,
    )
    assert written.git("fsck", "--no-dangling") == ""
    audited = written.say("audit", "--whole").out
    assert [word in audited for word in ("查出 1 处问题", "HU-A0001 注销个人信息", "请重新盖印")] == [True] * 3, audited
    for paper in (page, list_):
        said = written.do("verify", str(paper)).out
        assert "只有后来注销的个人信息处与重做的一份不同" in said, said
    page.write_text(page.read_text(encoding="utf-8").replace("渠", "路"), encoding="utf-8")
    forged = written.say("verify", str(page))
    assert (forged.code, "不一致" in forged.out) == (1, True)
    assert "更正说明" not in written.do("report", "monthly", "--period", "2026-02").out
    assert written.say("undo", "--yes").code == 3
    assert written.say("purge", str(tmp_path / "再来")).code == 0
