"""A full disk, a folder that is not to be written, no Chinese typeface: a plain sentence, and what was there stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, Desk, lianxin
from tests.cli.test_export import plan

from lianxin.cli.boundary import run
from lianxin.cli.run.exit import Exit
from lianxin.storage.git.repo import Repo
from lianxin.storage.station.mark import settle

pytestmark = pytest.mark.slow  # it takes long

PLAN = """方案:
  - 名称: 每天
    目录: {folder}
    输出:
      - {{命令: ledger 问题台账, 文件: 问题台账.xlsx, 版: 内部}}
      - {{命令: ledger 问题台账, 文件: 问题台账.html}}
      - {{命令: site, 文件: 公示栏/}}
"""
ROOM = 2_000_000
#: In words of the data folder; each goes to a file.
FILES = [
    ("ledger 问题台账", ".txt"),
    ("ledger 问题台账", ".md"),
    ("ledger 问题台账", ".csv"),
    ("ledger 问题台账", ".html"),
    ("ledger 问题台账", ".json"),
    ("ledger 问题台账", ".xlsx"),
    ("handbook", ".docx"),
    ("fill 上级.docx --issue 1", ".docx"),
    ("fill 上级.xlsx --issue 1", ".xlsx"),
]


def mounted(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "小盘"
    place.mkdir()
    if not mounted("mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place)):
        pytest.skip("needs leave to mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def office(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    mask = os.umask(0o077)
    monkeypatch.chdir(tmp_path)
    form = docx.Document()
    form.add_paragraph("{{ 编号 }}")
    form.save("上级.docx")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["{{ 编号 }}"])
    book.save("上级.xlsx")
    desk.take_down()
    plan(desk, PLAN.format(folder=tmp_path / "小盘" / "导出"))
    yield desk
    os.umask(mask)


@pytest.fixture
def say(office: Desk, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs one command; its exit code and what it says."""

    def said(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(["--data", str(office.root), "--today", TODAY, *words])
        return code, capsys.readouterr().err

    return said


def kept(top: Path) -> dict[str, bytes]:
    """All there is, hidden or not."""
    return {path.relative_to(top).as_posix(): path.read_bytes() if path.is_file() else b"" for path in top.rglob("*")}


def fill_up(disk: Path) -> None:
    """Leave no room at all."""
    with (disk / "占位").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):  # noqa: PT012 - till it is full
        while True:
            file.write(bytes(4096))


def made_already(disk: Path, say: Callable[..., tuple[int, str]]) -> None:
    """A board and an export of before."""
    assert say("site", str(disk / "公示栏"))[0] == Exit.FINE
    assert say("export")[0] == Exit.FINE


def changed(office: Desk) -> None:
    """Something that a board and every list of issues shows."""
    office.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    office.take_down()


def test_a_full_disk(office: Desk, disk: Path, say: Callable[..., tuple[int, str]]) -> None:
    made_already(disk, say)
    for n, (_words, suffix) in enumerate(FILES):
        (disk / f"{n}{suffix}").write_bytes(b"as it was")
    changed(office)
    fill_up(disk)
    before = kept(disk)
    for n, (words, suffix) in enumerate(FILES):
        code, told = say(*words.split(), "-o", str(disk / f"{n}{suffix}"), "--yes")
        assert (code, "磁盘满了" in told, told.count("\n")) == (Exit.REFUSED, True, 1), told
    for folder in (("site", str(disk / "公示栏")), ("site", str(disk / "新的")), ("export",)):
        code, told = say(*folder)
        assert (code, "磁盘满了" in told, told.count("\n")) == (Exit.REFUSED, True, 1), told
        assert "/." not in told
    assert kept(disk) == before
    (disk / "占位").unlink()
    assert say("export")[0] == say("site", str(disk / "公示栏"))[0] == Exit.FINE


def test_a_disk_that_may_only_be_read(office: Desk, disk: Path, say: Callable[..., tuple[int, str]]) -> None:
    made_already(disk, say)
    (disk / "旧.csv").write_bytes(b"as it was")
    changed(office)
    before = kept(disk)
    assert mounted("mount", "-o", "remount,ro", str(disk))
    commands = (
        ("ledger", "问题台账", "-o", str(disk / "旧.csv"), "--yes"),
        ("fill", "上级.docx", "--issue", "1", "-o", str(disk / "新.docx")),
        ("site", str(disk / "公示栏")),
        ("site", str(disk / "新的")),
        ("export",),
    )
    for words in commands:
        code, told = say(*words)
        assert (code, "只能读不能写" in told, told.count("\n")) == (Exit.REFUSED, True, 1), told
    assert kept(disk) == before
    assert "只能读不能写" in office.do("today").out


def test_a_step_on_a_full_disk_writes_nothing(office: Desk, disk: Path) -> None:
    shutil.copytree(office.root, disk / "台账")
    settle(Repo.needed(disk / "台账"))  # it was moved there
    desk = Desk.__new__(Desk)
    desk.root = disk / "台账"
    (id_,) = (path.stem for path in (desk.root / "issues").rglob("*.yaml"))
    before, head = desk.text(id_), desk.git("rev-parse", "HEAD")
    fill_up(disk)
    said = desk.say("issue", "progress", id_, "--text", "看过了")
    assert (said.code, "磁盘满了" in said.err, "没有写入" in said.err) == (Exit.REFUSED, True, True), said.err
    assert (desk.text(id_), desk.git("rev-parse", "HEAD")) == (before, head)
    (disk / "占位").unlink()
    desk.do("issue", "progress", id_, "--text", "又看过了")
    assert desk.git("status", "--short") == ""
    assert not list(desk.root.rglob(".lianxin-*.tmp"))


@pytest.mark.parametrize("words", [("init", "--name", "甲", "--org", "乙", "--clerk", "丙"), ("demo",)])
def test_a_new_ledger_on_a_full_disk_leaves_nothing(disk: Path, words: tuple[str, ...]) -> None:
    fill_up(disk)
    said = lianxin(words[0], str(disk / "新的" / "台账"), *words[1:], cwd=disk)
    assert (said.code, "磁盘满了" in said.err) == (Exit.REFUSED, True), said.err
    assert [path.name for path in disk.iterdir()] == ["占位"]


def test_a_file_where_the_folder_should_be(say: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "小盘").write_bytes(b"a file")
    before = {name: content for name, content in kept(tmp_path).items() if "台账" not in name}
    for words in (
        ("ledger", "问题台账", "-o", str(tmp_path / "小盘" / "旧.csv")),
        ("fill", "上级.docx", "--issue", "1", "-o", str(tmp_path / "小盘" / "新.docx")),
        ("site", str(tmp_path / "小盘" / "公示栏")),
        ("export",),
    ):
        code, told = say(*words)
        assert (code, "不是文件夹" in told, told.count("\n")) == (Exit.REFUSED, True, 1), told
    code, told = say("site", str(tmp_path / "小盘"))
    assert (code, "没有动它" in told) == (Exit.USAGE, True), told
    assert {name: content for name, content in kept(tmp_path).items() if "台账" not in name} == before


def test_a_folder_that_is_somebody_elses(office: Desk, tmp_path: Path) -> None:
    locked = tmp_path / "小盘"
    locked.mkdir(mode=0o500)
    (locked / "旧.csv").write_bytes(b"as it was")
    drop = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []
    if drop and shutil.which("setpriv") is None:
        pytest.skip("needs setpriv")
    for words in (
        ("ledger", "问题台账", "-o", str(locked / "旧.csv"), "--yes"),
        ("site", str(locked / "新的")),
        ("export",),
    ):
        command = [*drop, sys.executable, "-m", "lianxin", "--data", str(office.root), "--today", TODAY, *words]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, "没有权限" in done.stderr.decode()) == (Exit.REFUSED, True), done.stderr.decode()
    assert kept(locked) == {"旧.csv": b"as it was"}


def test_no_chinese_typeface(office: Desk, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    old = tmp_path / "旧.pdf"
    old.write_bytes(b"as it was")
    hidden = 'mount -t tmpfs tmpfs /usr/share/fonts && mount -t tmpfs tmpfs /usr/local/share && exec "$@"'
    if not mounted("unshare", "-m", "sh", "-c", hidden, "sh", "true"):
        pytest.skip("needs leave to hide the machine's typefaces")
    command = [sys.executable, "-m", "lianxin", "--data", str(office.root), "ledger", "问题台账", "-o", str(old)]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", hidden, "sh", *command],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode()
    assert (done.returncode, "字体" in told, "fonts-noto-cjk" in told) == (Exit.REFUSED, True, True), told
    assert old.read_bytes() == b"as it was"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".lianxin")]
