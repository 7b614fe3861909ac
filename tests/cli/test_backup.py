"""Backups: sent, read back and counted; nothing of another ledger, of a damaged or a strange copy is ever touched."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk, lianxin
from tests.cli.planted import HOOKS, SETTINGS, Traps
from tests.cli.terminal import ENTER, Terminal

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "优盘"
    made.mkdir()
    return made


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.quotepath=off", *words],
        cwd=folder,
        env=os.environ | ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def copies(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.iterdir())


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_that_was_ever_written_down_goes_to_the_stick_and_comes_back(heard: Desk, stick: Path) -> None:
    heard.git("tag", "年底")
    heard.git("branch", "试试")
    status = heard.git("status", "--porcelain")
    said = heard.do("备份", str(stick))
    assert "读回来核对过：8 条记录，和台账一样" in said.out
    assert copies(stick) == ["台账.git"]
    copy = stick / "台账.git"
    assert git(copy, "rev-parse", "HEAD") == heard.git("rev-parse", "HEAD").strip()
    assert git(copy, "for-each-ref").splitlines() == heard.git("for-each-ref").splitlines()
    git(copy, "fsck", "--full", "--strict")
    assert heard.git("status", "--porcelain") == status
    back = lianxin("backup", "--back", str(stick), "取回", cwd=stick.parent)
    assert back.code == 0, back.err
    assert "云岭镇党建办，8 条记录" in back.out
    assert git(stick.parent / "取回", "status", "--porcelain") == ""
    assert tree(stick.parent / "取回" / "issues") == tree(heard.root / "issues")
    assert lianxin("check", cwd=stick.parent / "取回").code == 0
    assert git(stick.parent / "取回", "config", "--local", "user.name") == "何小满"


def test_the_next_one_sends_what_is_new_to_the_same_place(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    again = heard.do("backup")
    assert "没有新的要存" in again.out
    assert f"上一次备份是 2026-03-06 15:30，备在 {stick}" in again.out
    heard.do("issue", "progress", "1", "--text", "去看过了")
    tried = heard.do("--dry-run", "backup")
    assert "（试运行，没有备份）" in tried.out
    told = heard.do("--json", "backup", str(stick / "台账.git")).json
    assert (told["data"]["commits"], told["data"]["fresh"], told["data"]["records"]) == (1, False, 8)
    assert git(stick / "台账.git", "rev-parse", "HEAD") == told["commit"] == heard.git("rev-parse", "HEAD").strip()


def test_a_new_tag_alone_goes_too(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    heard.git("tag", "后来的")
    heard.do("backup")
    assert "refs/tags/后来的" in git(stick / "台账.git", "for-each-ref")


def edited(desk: Desk) -> Path:
    path = desk.root / "villages" / "CUN-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "备注: 手写的一句\n", encoding="utf-8")
    return path


def test_what_is_not_committed_is_told_of_before_anything_is_done(desk: Desk, stick: Path) -> None:
    edited(desk)
    (desk.root / "问题台账.xlsx").write_bytes(b"x")
    refused = desk.say("backup", str(stick))
    assert (refused.code, "villages/CUN-A0001.yaml" in refused.err, copies(stick)) == (3, True, [])
    said = desk.do("backup", str(stick), "--yes")
    assert "不在备份里的文件：问题台账.xlsx" in said.out
    assert desk.git("log", "-1", "--format=%s") == "CUN-A0001 手工修改村\n"
    assert "手写的一句" in git(stick / "台账.git", "show", "HEAD:villages/CUN-A0001.yaml")


@pytest.mark.parametrize(("keys", "code", "taken"), [("", 0, True), ("2", 0, False), ("先不", 130, False)])
def test_at_a_terminal_it_is_asked_what_to_do(desk: Desk, stick: Path, keys: str, code: int, taken: bool) -> None:
    edited(desk)
    screen = Terminal(desk, "备份", str(stick))
    screen.answer(("1 个文件改过", None), ("写号码", keys + ENTER))
    assert screen.end() == code
    assert copies(stick) == (["台账.git"] if code == 0 else [])
    assert ("手工修改村" in desk.git("log", "-1", "--format=%s")) is taken


@pytest.mark.parametrize("place", [".", ".git", "issues", ".git/objects"])
def test_within_the_ledger_is_no_place(heard: Desk, place: str) -> None:
    said = heard.say("backup", place)
    assert (said.code, "台账自己的文件夹里" in said.err) == (2, True)
    assert heard.git("status", "--porcelain") == ""


def test_where_there_is_no_folder_none_is_made(heard: Desk, stick: Path) -> None:
    said = heard.say("backup", str(stick / "没有插上"))
    assert (said.code, "优盘插好了吗" in said.err) == (2, True)
    assert copies(stick) == []
    assert heard.say("backup").code == 3
    (stick / "文件").write_text("x", encoding="utf-8")
    assert "不是文件夹" in heard.say("backup", str(stick / "文件")).err


def test_an_empty_place_is_not_taken_for_the_stick_of_the_last_time(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    shutil.rmtree(stick / "台账.git")  # what is there while no stick is
    said = heard.say("backup")
    assert (said.code, "优盘插好了吗" in said.err, copies(stick)) == (3, True, [])
    heard.do("backup", str(stick))
    assert copies(stick) == ["台账.git"]


def test_another_ledgers_copy_is_left_alone(heard: Desk, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    other = Desk(tmp_path / "别处" / "台账")
    other.do("backup", str(stick))
    before = tree(stick)
    for place in (stick, stick / "台账.git"):
        said = heard.say("backup", str(place))
        assert (said.code, "另一本台账的备份" in said.err) == (3, True)
    used = heard.say("backup", str(other.root))
    assert (used.code, "正用着的文件夹" in used.err) == (2, True)
    assert tree(stick) == before


def test_what_is_called_so_and_is_no_copy_is_left_alone(heard: Desk, stick: Path) -> None:
    (stick / "台账.git").mkdir()
    (stick / "台账.git" / "照片.jpg").write_bytes(b"x")
    said = heard.say("backup", str(stick))
    assert (said.code, "不是备份" in said.err) == (2, True)
    assert copies(stick / "台账.git") == ["照片.jpg"]


def test_a_copy_that_went_on_elsewhere_is_left_and_another_made_beside_it(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    work = stick.parent / "别处接着记"
    git(stick.parent, "clone", "-q", str(stick / "台账.git"), str(work))
    (work / "备忘.txt").write_text("在别处记的\n", encoding="utf-8")
    git(work, "add", "备忘.txt")
    git(work, "commit", "-qm", "别处的")
    git(work, "push", "-q", "origin", "main")
    left = git(stick / "台账.git", "rev-parse", "HEAD")
    heard.do("issue", "progress", "1", "--text", "去看过了")
    said = heard.do("backup", str(stick))
    assert "里面有这本台账没有的内容" in said.out
    assert copies(stick) == ["台账-20260306.git", "台账.git"]
    assert git(stick / "台账.git", "rev-parse", "HEAD") == left
    heard.do("issue", "progress", "1", "--text", "又去看过了")
    said = heard.do("backup", str(stick))
    assert copies(stick) == ["台账-20260306.git", "台账.git"]
    assert git(stick / "台账-20260306.git", "rev-parse", "HEAD") == heard.git("rev-parse", "HEAD").strip()
    two = lianxin("backup", "--back", str(stick), "取回", cwd=stick.parent)
    assert (two.code, "有几份备份" in two.err) == (2, True)


def test_a_copy_that_leans_on_another_repository_is_no_copy(heard: Desk, stick: Path) -> None:
    git(stick, "clone", "-q", "--bare", "--shared", str(heard.root), "台账.git")
    said = heard.do("backup", str(stick))
    assert "不是完整的一份" in said.out
    assert copies(stick) == ["台账-20260306.git", "台账.git"]


def test_a_damaged_copy_is_not_believed(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    (pack,) = (stick / "台账.git" / "objects" / "pack").glob("*.pack")
    pack.chmod(0o600)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 0xFF
    pack.write_bytes(bytes(data))
    heard.do("issue", "progress", "1", "--text", "去看过了")
    said = heard.do("backup")
    assert "原来的备份坏了，改名成 台账-坏了-20260306.git 留着，另做一份" in said.out
    assert "读回来核对过：8 条记录" in said.out
    assert "没有新的要存" in heard.do("backup").out
    shutil.rmtree(stick / "台账.git")
    lost = lianxin("backup", "--back", str(stick), "取回", cwd=stick.parent)
    assert (lost.code, "请换一份备份" in lost.err) == (3, True)
    assert not (stick.parent / "取回").exists()


def test_a_lock_that_was_left_on_the_stick_keeps_no_backup_from_being_made(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    (stick / "台账.git" / "refs" / "heads" / "main.lock").touch()
    heard.do("issue", "progress", "1", "--text", "去看过了")
    assert "另做一份" in heard.do("backup").out
    assert git(stick / "台账.git", "rev-parse", "HEAD") == heard.git("rev-parse", "HEAD").strip()


def test_an_empty_repository_is_filled(heard: Desk, stick: Path) -> None:
    git(stick, "init", "-q", "--bare", "空的.git")
    heard.do("backup", str(stick / "空的.git"))
    assert git(stick / "空的.git", "rev-parse", "HEAD") == heard.git("rev-parse", "HEAD").strip()


def test_what_was_left_half_done_is_cleared_away(heard: Desk, stick: Path) -> None:
    (stick / ".lianxin-backup-台账-abc" / "objects").mkdir(parents=True)
    (stick / ".lianxin-backup-别的-abc").mkdir()
    heard.do("backup", str(stick))
    assert copies(stick) == [".lianxin-backup-别的-abc", "台账.git"]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk with hardly any room."""
    place = tmp_path / "小盘"
    place.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place))
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("needs leave to mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_the_backup_that_was(heard: Desk, small: Path) -> None:
    heard.do("backup", str(small))
    before = git(small / "台账.git", "rev-parse", "HEAD")
    (heard.root / "forms").mkdir(exist_ok=True)
    (heard.root / "forms" / "大.bin").write_bytes(os.urandom(1 << 20))
    heard.git("add", "forms")
    heard.git("commit", "-qm", "一份大表")
    said = heard.say("backup")
    assert said.code == 3
    assert "磁盘满了" in said.err
    assert "上一次备份好的还是原来的" in said.err
    assert git(small / "台账.git", "rev-parse", "HEAD") == before
    git(small / "台账.git", "fsck", "--full")
    assert not [*(small / "台账.git" / "objects" / "pack").glob("tmp_*")]
    assert not [name for name in copies(small) if name.startswith(".lianxin")]


def test_a_disk_too_small_for_a_first_one_is_left_empty(heard: Desk, small: Path) -> None:
    (heard.root / "forms").mkdir(exist_ok=True)
    (heard.root / "forms" / "大.bin").write_bytes(os.urandom(1 << 20))
    heard.git("add", "forms")
    heard.git("commit", "-qm", "一份大表")
    said = heard.say("backup", str(small))
    assert (said.code, "磁盘满了" in said.err, copies(small)) == (3, True, [])


def test_nothing_of_the_stick_is_run(heard: Desk, stick: Path, tmp_path: Path) -> None:
    heard.do("backup", str(stick))
    traps = Traps(tmp_path / "traps")
    copy = stick / "台账.git"
    for name, how in SETTINGS.items():
        if not name.startswith("remote."):  # such a one is taken for a part of another
            git(copy, "config", name, how.format(traps.set(name)))
    hooks = copy / "hooks"
    hooks.mkdir()
    for name in (*HOOKS, "pre-receive", "update", "post-receive", "post-update", "proc-receive", "push-to-checkout"):
        shutil.copy(traps.set(name), hooks / name)
    heard.do("issue", "progress", "1", "--text", "去看过了")
    heard.do("backup")
    back = lianxin("backup", "--back", str(stick), "取回", cwd=stick.parent)
    assert back.code == 0, back.err
    assert copies(stick) == ["台账.git"]
    assert traps.sprung() == []
    heard.git("push", "-q", str(copy), "HEAD:refs/heads/x")  # git by itself would have run them
    assert "post-receive" in traps.sprung()


def test_a_pipe_on_the_stick_keeps_nobody_waiting(heard: Desk, stick: Path) -> None:
    heard.do("backup", str(stick))
    config = stick / "台账.git" / "config"
    config.unlink()
    os.mkfifo(config)
    said = heard.say("backup")
    assert said.code == 3
    assert "不是普通文件" in said.err


def test_settings_that_lead_elsewhere_lead_nowhere(heard: Desk, stick: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处.git"
    git(tmp_path, "init", "-q", "--bare", str(elsewhere))
    heard.git("config", f"url.{elsewhere}.insteadOf", str(stick / "台账.git"))
    heard.git("config", f"url.{elsewhere}.pushInsteadOf", str(stick / "台账.git"))
    heard.do("backup", str(stick))
    assert git(elsewhere, "for-each-ref") == ""
    assert git(stick / "台账.git", "rev-parse", "HEAD") == heard.git("rev-parse", "HEAD").strip()


def test_the_morning_page_says_when_the_last_one_is_old(heard: Desk, stick: Path) -> None:
    assert "备份" not in heard.do("today", today="2026-12-20").out
    heard.do("backup", str(stick))
    assert "没有再备份" not in heard.do("today", today="2026-03-20").out  # nothing is new
    heard.do("issue", "progress", "1", "--text", "去看过了")
    assert "没有再备份" not in heard.do("today", today="2026-03-13 15:30").out
    told = heard.do("today", today="2026-03-14").out.replace("\n", "")
    assert "2026-03-06 以后没有再备份" in told
    assert "lianxin backup" in told
    rows = heard.say("--json", "doctor", today="2026-03-14").json["data"]["items"]
    (row,) = [row for row in rows if row["item"] == "备份"]
    assert "没有再备份" in row["found"]
    with (heard.root / "lianxin.yaml").open("a", encoding="utf-8") as file:
        file.write("备份提醒: 0\n")
    assert "没有再备份" not in heard.do("today", today="2026-03-14").out


def test_what_was_pushed_counts_as_a_backup(heard: Desk, stick: Path) -> None:
    git(stick, "init", "-q", "--bare", "服务器.git")
    heard.git("remote", "add", "服务器", str(stick / "服务器.git"))
    heard.git("push", "-q", "服务器", "main")
    assert "没有再备份" not in heard.do("today", today="2026-12-20").out
    heard.do("issue", "progress", "1", "--text", "去看过了")
    assert "没有再备份" in heard.do("today", today="2026-12-20").out


def test_a_history_that_is_not_whole_is_no_backup(heard: Desk, stick: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{heard.root}", "浅的")
    said = lianxin("backup", str(stick), cwd=tmp_path / "浅的")
    assert (said.code, "浅克隆" in said.err, copies(stick)) == (3, True, [])


def test_a_ledger_in_a_folder_of_its_repository(heard: Desk, stick: Path, tmp_path: Path) -> None:
    top = tmp_path / "大的"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    shutil.copytree(heard.root, top / "数据", ignore=shutil.ignore_patterns(".git"))
    git(top, "add", "-A")
    git(top, "commit", "-qm", "放进来")
    said = lianxin("backup", str(stick), cwd=top / "数据")
    assert said.code == 0, said.err
    assert "8 条记录" in said.out
    back = lianxin("backup", "--back", str(stick), "取回", cwd=tmp_path)
    assert f"cd {tmp_path / '取回' / '数据'}" in back.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--back",), "取回要写两样"),
        (("--back", "优盘"), "取回要写两样"),
        (("--back", "没有", "取回"), "没有备份"),
        (("--back", "优盘", "占着"), "已经有东西了"),
        (("优盘", "取回"), "要加 --back"),
    ],
)
def test_fetching_back_says_what_it_wants(heard: Desk, stick: Path, words: tuple[str, ...], told: str) -> None:
    heard.do("backup", str(stick))
    (stick.parent / "占着").mkdir()
    (stick.parent / "占着" / "x").write_text("x", encoding="utf-8")
    said = lianxin("backup", *words, cwd=stick.parent)
    assert (said.code, told in said.err) == (2, True), said
    assert not (stick.parent / "取回").exists()


def test_the_past_is_not_backed_up(heard: Desk, stick: Path) -> None:
    assert heard.say("--rev", "HEAD~1", "backup", str(stick)).code == 2
    heard.git("checkout", "-q", "--detach")
    assert "不在任何分支上" in heard.say("backup", str(stick)).err
    assert copies(stick) == []
