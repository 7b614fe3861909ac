"""Workbooks of WPS and of old Excel, as LibreOffice writes them: read alike, whatever they are called."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.actions.bring import workbooks

from lianxin.storage.sheet.reading import read_sheets

pytestmark = pytest.mark.slow  # LibreOffice


def converted(path: Path, folder: Path) -> Path:
    words = ("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "xls")
    subprocess.run((*words, "--outdir", folder, path), check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.xls"


def test_an_xls_says_what_the_xlsx_said_and_an_et_what_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "旧"
    folder.mkdir()
    path = workbooks.projects(tmp_path)
    (old,), (new,) = read_sheets(converted(path, folder)), read_sheets(path)
    assert (old.name, sorted(old.merged)) == (new.name, sorted(new.merged))
    width = max(map(len, new.rows))
    assert [[*row, *[""] * (width - len(row))] for row in old.rows] == [[*row] for row in new.rows]
    assert old.from_1904 is None  # a bare number there is no day
    for source, name in ((old, folder / "项目.xls"), (new, path)):
        wps = tmp_path / f"{name.suffix[1:]}.et"
        shutil.copy(name, wps)
        (sheet,) = read_sheets(wps)
        assert sheet.rows == source.rows
