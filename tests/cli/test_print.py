"""What goes to paper: told plainly where nothing prints, else handed whole to the program that does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.cli.desk import Desk

LP = """#!/bin/sh
printf '%s\\n' "$@" > '{folder}/words'
cat > '{folder}/input'
{answer}
"""


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs with git and what a shell script needs, and nothing that prints."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("git", "cat", "sh"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    made = tmp_path / "问题台账.pdf"
    made.write_bytes(b"%PDF-1.7\nwhatever is in it\n")
    return made


def printer(folder: Path, answer: str = "echo 'request id is HP-12 (1 file(s))'", known: str = "") -> None:
    _put(folder / "lp", LP.format(folder=folder, answer=answer))
    if known:
        _put(folder / "lpstat", f"#!/bin/sh\nprintf '{known}'\n")


def test_without_a_printer_it_is_said_where_the_file_is(desk: Desk, bare: Path, page: Path) -> None:
    env = {"PATH": str(bare)}
    said = desk.say("打印", str(page), env=env)
    assert said.code == 3
    assert "没有打印程序" in said.err
    assert str(page) in said.err
    _put(bare / "lpstat", "#!/bin/sh\n")
    printer(bare)
    said = desk.say("print", str(page), env=env)
    assert (said.code, "没有接打印机" in said.err, str(page) in said.err) == (3, True, True)
    assert not (bare / "input").exists()


def test_of_a_record_it_is_said_how_to_make_the_file(heard: Desk, bare: Path) -> None:
    said = heard.say("print", "1", env={"PATH": str(bare)})
    assert said.code == 3
    assert "lianxin handbook WT-2026-A0001 -o ../WT-2026-A0001.pdf" in said.err
    assert "lianxin show CUN-A0001" in heard.say("print", "松坪村", env={"PATH": str(bare)}).err


def test_a_file_is_handed_over_as_it_is(desk: Desk, bare: Path, page: Path) -> None:
    printer(bare, known="HP\\nCanon\\n")
    said = desk.do("打印", str(page), "--份数", "2", "--打印机", "HP", env={"PATH": str(bare)})
    assert "✓ 问题台账.pdf 已交给打印机 HP，编号 12，2 份" in said.out
    assert (bare / "input").read_bytes() == page.read_bytes()
    assert (bare / "words").read_text(encoding="utf-8").split() == ["-t", "问题台账.pdf", "-n", "2", "-d", "HP"]


def test_a_trial_prints_nothing(desk: Desk, bare: Path, page: Path) -> None:
    printer(bare)
    assert "没有打印" in desk.do("--dry-run", "print", str(page), env={"PATH": str(bare)}).out
    assert not (bare / "input").exists()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("echo 'lp: Error - no default destination available.' >&2; exit 1", "没有定下平常用哪一台"),
        ("echo 'lp: The printer or class does not exist.' >&2; exit 1", "没有这一台打印机"),
        ("echo 'lp: Error - scheduler not responding.' >&2; exit 1", "打印服务没有开"),
        ("exit 7", "lp 返回 7"),
    ],
)
def test_why_the_printer_would_not_is_said_in_chinese(
    desk: Desk, bare: Path, page: Path, answer: str, told: str
) -> None:
    printer(bare, answer)
    said = desk.say("print", str(page), env={"PATH": str(bare)})
    assert said.code == 3
    assert told in said.err


def test_a_printer_that_is_not_there_is_told_with_those_that_are(desk: Desk, bare: Path, page: Path) -> None:
    printer(bare, known="HP\\nCanon\\n")
    said = desk.say("print", str(page), "--printer", "惠普", env={"PATH": str(bare)})
    assert said.code == 2
    assert "HP、Canon" in said.err


def test_what_cannot_be_printed_is_refused(desk: Desk, bare: Path, tmp_path: Path) -> None:
    printer(bare)
    env = {"PATH": str(bare)}
    (tmp_path / "页.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "表.docx").write_bytes(b"PK")
    for words, told in (
        ((str(tmp_path / "页.html"),), "打印不了"),
        ((str(tmp_path / "没有.pdf"),), "没有「"),
        ((str(tmp_path),), "没有「"),
        ((str(tmp_path / "表.docx"),), "没有 LibreOffice"),
        (("77",), "没有编号是"),
        ((str(tmp_path / "表.docx"), "--copies", "0"), "1 到 99"),
        ((str(tmp_path / "表.docx"), "--copies", "两"), "1 到 99"),
    ):
        said = desk.say("print", *words, env=env)
        assert said.code in (2, 3), words
        assert told in said.err, said.err
    assert not (bare / "input").exists()


def test_a_program_of_the_folder_in_hand_is_not_run(desk: Desk, bare: Path, page: Path) -> None:
    printer(desk.root)
    said = desk.say("print", str(page), env={"PATH": os.pathsep.join((".", "", str(bare)))})
    assert said.code == 3
    assert not (desk.root / "input").exists()
