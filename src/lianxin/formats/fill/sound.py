"""A look through a form from outside before anything opens it: whole, small, without anything that runs or fetches.

A form that somebody sent may hold macros, fields that start programs, pictures and templates from elsewhere. None of it
is carried into what is filled: such a form is refused, and the sentence says what is in it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late

#: A form is no larger than so many bytes when unpacked; its text, which takes many times the room when read, less.
_UNPACKED, _TEXT = 100_000_000, 20_000_000
#: How files of before 2007 begin, and those that are locked with a password.
_OLD = b"\xd0\xcf\x11\xe0"
#: Word's own fields that show what the document knows; all others run, fetch or ask.
_FIELDS = frozenset(
    re.findall(
        r"\w+",
        "PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF NOTEREF REF SEQ STYLEREF TOC TC XE INDEX DATE TIME CREATEDATE"
        " SAVEDATE PRINTDATE EDITTIME TITLE SUBJECT AUTHOR KEYWORDS COMMENTS LASTSAVEDBY REVNUM NUMWORDS NUMCHARS"
        " DOCPROPERTY SYMBOL EQ ADVANCE LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT FORMTEXT FORMCHECKBOX FORMDROPDOWN"
        " BIDIOUTLINE",
    )
)
_DDE = frozenset({"DDE", "DDEAUTO"})
#: What a workbook's formula may fetch or start.
_FETCHING = late(
    r"\b(?:WEBSERVICE|HYPERLINK|RTD|CALL|REGISTER(?:\.ID)?|IMAGE|IMPORT\w*|EXEC)\s*\(|\w\s*\|\s*['\w]", re.IGNORECASE
)
#: Parts and relations that bring in something from elsewhere, or something that runs; and what they are called.
_STRANGE = (
    (late(r"(?:^|/)vbaProject\.bin$"), "宏"),
    (late(r"(?:^|/)activeX/|(?:^|/)ctrlProps/"), "控件"),
    (late(r"(?:^|/)externalLinks/|(?:^|/)(?:connections|queryTables/.*)\.xml$"), "外部数据链接"),
    (late(r"(?:^|/)embeddings/.*\.bin$"), "嵌入的对象"),
)
_RELATIONS = {
    "attachedTemplate": "外部模板",
    "image": "外部图片",
    "hyperlink": "外部链接",
    "oleObject": "嵌入的对象",
    "aFChunk": "嵌入的网页",
    "subDocument": "外部文档",
    "frame": "外部网页",
    "control": "控件",
}
_ALWAYS = ("attachedTemplate", "oleObject", "aFChunk", "subDocument", "frame", "control", "vbaProject")


def sound(package: bytes, where: str) -> None:
    """Look through a form.

    Raises:
        LianxinError: It is damaged, far too large, or holds what runs or fetches.
    """
    try:
        with zipfile.ZipFile(BytesIO(package)) as file:
            entries = file.infolist()
            size = sum(entry.file_size for entry in entries)
            text = sum(entry.file_size for entry in entries if _is_text(entry.filename))
            if size > _UNPACKED or text > _TEXT:
                raise LianxinError(f"{where} 解开有 {size // 1_000_000:,} MB，不像一张空表，没有填")
            for name in file.namelist():
                content = file.read(name)
                strange = next((told for pattern, told in _STRANGE if pattern.search(name)), "")
                strange = strange or (_strange(name, content) if _is_text(name) else "")
                if strange:
                    raise LianxinError(f"{where} 里有{strange}，不能带进来；请在 WPS 或 Office 里去掉，另存一份再来")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        why = "加了密码，或其实是旧格式" if package.startswith(_OLD) else "文件不完整或已损坏"
        told = f"{where} 打不开：{why}；请在 WPS 或 Office 里打开，另存为 {where[-5:]} 再来"
        raise LianxinError(told) from None


def _is_text(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _strange(name: str, content: bytes) -> str:
    """What a part holds that runs or fetches; empty for nothing.

    Raises:
        ValueError: It can not be read at all, or it declares things of its own, which Office never does.
    """
    from xml.parsers import expat

    look = _Look(relations=name.endswith(".rels"))
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _declared
    parser.StartElementHandler = look.begin
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise ValueError from None
    return next(look.found(), "")


def _declared(*_: object) -> None:
    raise ValueError


class _Look:
    """One pass over a part: its relations, fields and formulas."""

    def __init__(self, *, relations: bool) -> None:
        self._relations = relations
        self._inside = ""
        self._fields: list[str] = []  # instructions of the fields begun, the innermost last
        self._done: list[str] = []
        self._formula = ""
        self._strange: list[str] = []

    def begin(self, tag: str, about: Any) -> None:
        name = tag.rpartition(":")[2]
        self._inside = name
        if self._relations:
            self._relation(about)
        elif name == "fldChar":
            self._turn(about.get("w:fldCharType", ""))
        elif name == "fldSimple":
            self._done.append(about.get("w:instr", ""))
        elif name in ("ddeLink", "oleLink", "subDoc", "altChunk", "oleObject", "OLEObject", "control"):
            self._strange.append("嵌入或链接的对象")
        else:
            outside = (value for key, value in about.items() if key.rpartition(":")[2] in ("src", "href"))
            if any("://" in value or value.startswith(("\\\\", "file:")) for value in outside):
                self._strange.append("外部图片或链接")

    def _relation(self, about: Any) -> None:
        sort = about.get("Type", "").rpartition("/")[2]
        if about.get("TargetMode") == "External" or sort in _ALWAYS:
            self._strange.append(_RELATIONS.get(sort, "外部链接"))

    def _turn(self, sort: str) -> None:
        if sort == "begin":
            self._fields.append("")
        elif self._fields:
            self._done.append(self._fields[-1])
            if sort == "end":
                self._fields.pop()

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "f" and self._formula:
            if _FETCHING.search(self._formula):
                self._strange.append("会取外部数据的公式")
            self._formula = ""
        self._inside = ""

    def text(self, text: str) -> None:
        if self._inside == "instrText" and self._fields:
            self._fields[-1] += text
        elif self._inside == "f":
            self._formula += text

    def found(self) -> Iterator[str]:
        """What is strange, field by field after all else."""
        yield from self._strange
        for told in (*self._done, *self._fields):
            word, *rest = told.split() or [""]
            if word.upper() in _DDE:
                yield f"会启动别的程序的 {word.upper()} 域"
            elif word.upper() == "HYPERLINK" and rest[:1] == ["\\l"]:
                continue  # within the document
            elif word and not word.startswith("=") and word.upper() not in _FIELDS:
                yield f"「{word[:20]}」域"
