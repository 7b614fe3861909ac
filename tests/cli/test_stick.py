"""A stick that is full, locked, gone or half written: told in plain words, nothing lost, and gone on with."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.desk import Desk

pytestmark = pytest.mark.slow  # it takes long

#: Room on the stick (bytes), and a paper that does not fit in what is left of it.
ROOM, PAPER = 1_500_000, 2_000_000


def mounted(*words: str) -> None:
    if subprocess.run(("mount", *words), capture_output=True, check=False).returncode:
        pytest.skip("needs leave to mount a disk")


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "优盘"
    place.mkdir()
    mounted("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place))
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


@pytest.fixture
def exfat(tmp_path: Path) -> Iterator[Path]:
    """A stick as they are sold: no links, no permissions, names alike whatever their case."""
    if missing := [one for one in ("mkfs.exfat", "mount.exfat-fuse", "losetup") if not shutil.which(one)]:
        pytest.skip(f"needs {' '.join(missing)}")
    place, image = tmp_path / "exfat", tmp_path / "exfat.img"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mkfs.exfat", str(image)], check=True, capture_output=True)
    loop = subprocess.run(["losetup", "-f", "--show", str(image)], capture_output=True, text=True, check=False)
    if loop.returncode:
        pytest.skip("needs leave to mount a disk")
    device = loop.stdout.strip()
    try:
        done = subprocess.run(["mount.exfat-fuse", device, str(place)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("needs leave to mount a disk")
        yield place
        subprocess.run(["umount", str(place)], check=True)
    finally:
        subprocess.run(["losetup", "-d", device], check=False)


def wrote(desk: Desk, number: str) -> None:
    desk.do("village", "edit", "松坪村", "--households", number)


def whole(desk: Desk, stick: Path) -> bool:
    """Whether the stick has all that the desk has."""
    (there,) = stick.rglob("refs/heads/main")
    return there.read_text() == desk.git("rev-parse", "HEAD")


def test_a_full_stick(desk: Desk, stick: Path, tmp_path: Path) -> None:
    desk.do("sync", str(stick))
    (tmp_path / "大图.pdf").write_bytes(b"%PDF-1.4\n" + os.urandom(PAPER))
    desk.do("evidence", "add", "--about", "CUN-A0001", "--file", str(tmp_path / "大图.pdf"))
    head = desk.git("rev-parse", "HEAD")
    for _ in range(2):
        said = desk.say("sync")
        assert (said.code, f"{stick} 满了" in said.err, "一笔不少" in said.err, "git" in said.err) == (
            3,
            True,
            True,
            False,
        )
        assert not [*stick.rglob("tmp_*")]
    assert desk.git("rev-parse", "HEAD") == head
    subprocess.run(["mount", "-o", f"remount,size={4 * PAPER}", str(stick)], check=True)
    assert "1 条新佐证" in desk.do("sync").out
    assert whole(desk, stick)


def test_a_new_copy_does_not_fit_and_half_of_it_does_not_stay(desk: Desk, stick: Path) -> None:
    with (stick / "占位").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):  # noqa: PT012 - till it is full
        while True:
            file.write(bytes(4096))
    said = desk.say("sync", str(stick))
    assert (said.code, "满了" in said.err, "没有取，也没有送" in said.err) == (3, True, True)
    assert [one.name for one in stick.iterdir()] == ["占位"]
    (stick / "占位").unlink()
    desk.do("sync", str(stick))
    assert whole(desk, stick)


def test_a_stick_that_is_not_to_be_written(desk: Desk, stick: Path) -> None:
    desk.do("sync", str(stick))
    wrote(desk, "41")
    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    said = desk.say("sync")
    assert (said.code, "只能读" in said.err, "写保护" in said.err, "git" in said.err) == (3, True, True, False)
    subprocess.run(["mount", "-o", "remount,rw", str(stick)], check=True)
    desk.do("sync")
    assert whole(desk, stick)


def test_a_stick_that_is_not_plugged_in_is_not_begun_anew_where_it_was(desk: Desk, stick: Path) -> None:
    desk.do("sync", str(stick))
    wrote(desk, "41")
    subprocess.run(["umount", str(stick)], check=True)
    for words in (("sync",), ("sync", str(stick))):
        said = desk.say(*words)
        assert (said.code, "优盘插好了吗" in said.err) == (3, True), said
    assert [*stick.iterdir()] == []
    (stick / "新的").mkdir()
    desk.do("sync", str(stick / "新的"))


def test_a_copy_that_was_half_written_is_told_of_and_another_made(desk: Desk, stick: Path) -> None:
    desk.do("sync", str(stick))
    wrote(desk, "41")
    (there,) = stick.rglob("HEAD")
    there.write_bytes(b"")
    said = desk.say("sync")
    assert (said.code, "坏了" in said.err, "另建一个空文件夹" in said.err) == (3, True, True)
    (stick / "新的").mkdir()
    desk.do("sync", str(stick / "新的"))
    assert whole(desk, stick / "新的")
    assert "这里没有新的要送" in desk.do("sync").out


def test_locks_that_were_left_on_the_stick_are_no_hindrance(desk: Desk, stick: Path) -> None:
    desk.do("sync", str(stick))
    (there,) = stick.rglob("refs/heads/main")
    top = there.parents[2]
    left = (there.with_name("main.lock"), top / "HEAD.lock", top / "objects" / "pack" / "tmp_pack_half")
    for number in ("41", ""):
        for path in left:
            path.touch()
        if number:
            wrote(desk, number)
        desk.do("sync")
        assert not any(path.exists() for path in left)
        assert whole(desk, stick)


def test_a_stick_as_they_are_sold_carries_the_book_to_another_desk(desk: Desk, exfat: Path, tmp_path: Path) -> None:
    desk.do("sync", str(exfat))
    second = Desk.__new__(Desk)
    second.root = tmp_path / "二台"
    desk.do("enter", str(exfat), str(second.root))
    wrote(second, "41")
    second.do("sync")
    assert "1 条村有改动" in desk.do("sync").out
    assert desk.git("rev-parse", "HEAD^{tree}") == second.git("rev-parse", "HEAD^{tree}")


def test_a_book_that_lies_on_such_a_stick_is_written_and_undone(desk: Desk, exfat: Path) -> None:
    shutil.copytree(desk.root, exfat / "台账")
    there = Desk.__new__(Desk)
    there.root = exfat / "台账"
    wrote(there, "41")
    there.do("undo", "-y")
    assert there.git("-c", "core.fileMode=false", "status", "--short") == ""
    assert "没有问题" in there.do("check").out
    assert "没有查出问题" in there.do("audit").out


def test_a_book_of_its_own_that_never_was_a_desk_is_one_before_it_meets_others(desk: Desk, tmp_path: Path) -> None:
    """Its records were put under git by hand: after its first sync it is not taken for a clone of the stick's."""
    for key in ("station", "mark", "claim"):
        subprocess.run(["git", "config", "--unset-all", f"lianxin.{key}"], cwd=desk.root, check=False)
    (desk.root / "stations.yaml").write_text("A: 党建办\n", encoding="utf-8")
    desk.git("commit", "-qam", "台")
    (tmp_path / "共享盘").mkdir()
    desk.do("sync", str(tmp_path / "共享盘"))
    wrote(desk, "41")
    desk.do("sync")
    assert "这台机器在账本里是 A 台" in desk.do("station").out
