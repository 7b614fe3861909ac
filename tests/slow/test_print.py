"""To paper by way of PDF: the page of an issue, and a Word file that LibreOffice sets."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import Desk
from tests.cli.test_print import printer
from tests.programs import need

pytestmark = pytest.mark.slow


def read(path: Path) -> str:
    need("pdftotext")
    return subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def office(tmp_path: Path) -> tuple[Desk, Path, dict[str, str]]:
    desk = Desk(tmp_path / "台账").furnish()
    desk.lay_open(desk.take_down())
    folder = tmp_path / "bin"
    folder.mkdir()
    printer(folder)
    return desk, folder, {"PATH": os.pathsep.join((str(folder), os.environ["PATH"]))}


def test_the_page_of_an_issue_goes_out_masked(office: tuple[Desk, Path, dict[str, str]]) -> None:
    desk, folder, env = office
    said = desk.do("打印", "1", env=env)
    assert "✓ WT-2026-A0001 已交给打印机 HP，编号 12，1 份" in said.out
    assert "姓名电话已隐去" in said.out
    told = read(folder / "input")
    assert "一组的渠堵了" in told
    assert "李桂兰" not in told
    desk.do("--internal", "打印", "1", env=env)
    assert "李桂兰" in read(folder / "input")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_office_files_are_set_first(office: tuple[Desk, Path, dict[str, str]], tmp_path: Path, suffix: str) -> None:
    need("soffice")
    desk, folder, env = office
    made = tmp_path / f"问题 台账{suffix}"
    desk.do("ledger", "问题台账", "-o", str(made))
    desk.do("print", str(made), env=env)
    assert (folder / "input").read_bytes().startswith(b"%PDF")
    assert "一组的渠堵了" in read(folder / "input").replace("\n", "")


def test_a_spoilt_file_is_named(office: tuple[Desk, Path, dict[str, str]], tmp_path: Path) -> None:
    need("soffice")
    desk, folder, env = office
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    said = desk.say("print", str(tmp_path / "坏.docx"), env=env)
    assert said.code == 3
    assert "坏.docx" in said.err
    assert not (folder / "input").exists()
