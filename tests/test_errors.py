"""Every diagnostic has its folder: a small bad file at its natural place, and exactly what is said of it.

``_base`` is laid under each case. ``make golden`` rewrites the expectations, to be reviewed as a diff.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT
from tests.kept import as_kept

from lianxin.actions.check import every_problem
from lianxin.actions.workspace import Workspace
from lianxin.core.code import CODES
from lianxin.storage.book import open_book

CASES = Path(__file__).parent / "errors"
NOW = datetime(2026, 6, 30, 9, 0)


#: What ``check`` says; what going through history finds is made and found in ``tests/tampering``.
AT_HAND = [code for code in CODES if not code.startswith("A")]

#: What is done to the base, under git, where no file alone can show a fault.
DONE = "git.sh"


def laid_out(code: str, folder: Path) -> Path:
    """The base with one case over it; a ``.gz`` stands for a file too large to keep."""
    shutil.copytree(CASES / "_base", folder)
    case = CASES / code
    if case.is_dir():
        shutil.copytree(
            case, folder, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns("expected.txt", DONE)
        )
    for packed in folder.rglob("*.gz"):
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        packed.unlink()
    if (case / DONE).is_file():
        words = ("sh", "-e", "-c", f"git init -q -b main; git add -A; git commit -q -m 入账; . {case / DONE}")
        subprocess.run(words, cwd=folder, env=os.environ | ENVIRONMENT, capture_output=True, check=True)
    return folder


def said(root: Path) -> str:
    workspace = Workspace(root, NOW)
    with open_book(root, today=NOW.date(), now=NOW, lenient=True) as book:
        problems = every_problem(book, workspace)
    return "".join(f"{p.path}:{p.line}:{p.col} {p.code} {p.message}\n" for p in problems).replace(str(root), "台账")


def test_the_base_has_no_fault(tmp_path: Path) -> None:
    assert not said(laid_out("_none", tmp_path / "data"))


@pytest.mark.parametrize("code", AT_HAND)
def test_what_is_said_of_each_fault(code: str, tmp_path: Path) -> None:
    found = said(laid_out(code, tmp_path / "data"))
    assert f" {code} " in found
    as_kept(CASES / code / "expected.txt", found)


def test_there_is_no_folder_without_its_code() -> None:
    assert {folder.name for folder in CASES.iterdir()} == {*AT_HAND, "_base"}
