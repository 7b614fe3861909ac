"""Forms that are broken, hold macros, misspell a tag or never end: a plain sentence, and what was there stays."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, Desk

from lianxin.cli.boundary import Exit, run
from lianxin.core.error import LianxinError
from lianxin.formats import fill_docx, fill_tag, fill_xlsx
from lianxin.formats.package import sound

BEFORE = "原来填好的".encode()


@pytest.fixture(scope="module")
def written(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk.__new__(Desk)
    desk.root = tmp_path_factory.mktemp("form") / "台账"
    shutil.copytree(furnished, desk.root)
    desk.take_down()
    return desk.root


@pytest.fixture
def fill(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[bytes, str], tuple[int, str]]]:
    """Fills a form whose bytes are given over a file that was there; what it says, nothing else having changed."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    mask = os.umask(0o077)

    def filled(form: bytes, suffix: str) -> tuple[int, str]:
        blank, out = tmp_path / f"上级{suffix}", tmp_path / f"好{suffix if suffix in ('.docx', '.xlsx') else '.xlsx'}"
        blank.write_bytes(form)
        out.write_bytes(BEFORE)
        words = ["--data", str(written), "--today", TODAY, "fill", str(blank), "--issue", "1", "-o", str(out)]
        code = run(words)
        assert out.read_bytes() == BEFORE
        assert {path.name for path in tmp_path.iterdir()} == {blank.name, out.name}
        return code, capsys.readouterr().err

    yield filled
    os.umask(mask)


def word(text: str = "{{ 编号 }}") -> bytes:
    made, file = docx.Document(), BytesIO()
    made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


def sheet(text: str = "{{ 编号 }}") -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    assert book.active is not None
    book.active.append([text])
    book.save(file)
    return file.getvalue()


def repacked(package: bytes, **parts: bytes) -> bytes:
    """A package with some of its parts other than they were."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


MACROS = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
#: Four lines that stand for millions.
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "haha"><!ENTITY c "&b;&b;&b;&b;">]><w:document>&c;</w:document>'


@pytest.mark.parametrize(
    ("form", "suffix", "code", "why"),
    [
        (word()[:-200], ".docx", Exit.REFUSED, "不完整或已损坏"),
        (sheet()[:900], ".xlsx", Exit.REFUSED, "不完整或已损坏"),
        (repacked(word(), **{"word/document.xml": b"<w:document>"}), ".docx", Exit.REFUSED, "不完整或已损坏"),
        (repacked(word(), **{"word/document.xml": ENTITIES}), ".docx", Exit.REFUSED, "不完整或已损坏"),
        (repacked(word(), **{"word/media/a.png": bytes(200_000_000)}), ".docx", Exit.REFUSED, "200 MB"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), ".docx", Exit.REFUSED, "加了密码"),
        (repacked(sheet(), **MACROS), ".xlsx", Exit.REFUSED, "有宏"),
        (repacked(word(), **{"word/vbaProject.bin": b"x"}), ".docx", Exit.REFUSED, "有宏"),
        (repacked(sheet(), **MACROS), ".xlsm", Exit.USAGE, "带宏的工作簿"),
        (word("{{ 责任部们 }}"), ".docx", Exit.USAGE, "是不是「责任部门」"),
        (sheet("{{ 责任部们 }}"), ".xlsx", Exit.USAGE, "是不是「责任部门」"),
        (sheet("{{ 编号 }"), ".xlsx", Exit.REFUSED, "标签写得不对"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_form(
    fill: Callable[[bytes, str], tuple[int, str]], form: bytes, suffix: str, code: Exit, why: str
) -> None:
    said, err = fill(form, suffix)
    assert (said, why in err, err.count("\n")) == (code, True, 1), err


@pytest.mark.parametrize("make", [word, sheet])
def test_a_form_that_never_ends(
    fill: Callable[[bytes, str], tuple[int, str]], make: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_tag, "PATIENCE", 0.5)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    code, err = fill(make(loop), ".docx" if make is word else ".xlsx")
    assert (code, "没有尽头" in err) == (Exit.REFUSED, True), err


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("form", "module"), [(word(), fill_docx), (sheet(), fill_xlsx)], ids=["docx", "xlsx"])
def test_whatever_is_broken_is_refused_and_nothing_else(form: bytes, module: object) -> None:
    chance, passed = random.Random(7), 0
    for _ in range(50):
        bad = _broken(form, chance)
        with contextlib.suppress(LianxinError):
            sound(bad, "上级.docx")
            module.tags(bad, "上级.docx")  # type: ignore[attr-defined]
            module.fill(bad, "上级.docx", [], {"编号": "1"})  # type: ignore[attr-defined]
            passed += 1
    assert passed < 20


def _broken(form: bytes, chance: random.Random) -> bytes:
    """A form cut short, with a byte changed, or with one of its parts cut short, changed or emptied."""
    at = chance.randrange(len(form))
    whole = (form[:at], form[:at] + bytes([chance.randrange(256)]) + form[at + 1 :])
    with zipfile.ZipFile(BytesIO(form)) as package:
        name = chance.choice(package.namelist())
        part = package.read(name)
    at = chance.randrange(len(part))
    parts = (part[:at], part[:at] + bytes([chance.randrange(256)]) + part[at + 1 :], b"")
    return chance.choice((*whole, *(repacked(form, **{name: one}) for one in parts)))
