"""A superior's Word form, filled: ``{{ 字段 }}``, and loops over ``记录`` (``{%tr for 行 in 记录 %}`` in a table)."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late
from lianxin.formats.fill.rule import nearly
from lianxin.formats.fill.tag import RECORDS, ROW, Tags, environment, limited, tags_of
from lianxin.formats.fill.value import Row, context_of
from lianxin.formats.package import settled

_PARTS = late(r"word/(?:document|header\d*|footer\d*)\.xml\Z")
#: Where tags are not filled.
_BESIDE = late(r"word/(?:footnotes|endnotes|comments)\.xml\Z")


def _opened(form: bytes, where: str) -> DocxTemplate:
    try:
        template = DocxTemplate(BytesIO(form))
        template.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, AttributeError):
        raise LianxinError(f"{where}打不开，不是完好的 .docx；请在 WPS 或 Word 里打开另存一次再来") from None
    return template


def tags(form: bytes, where: str) -> Tags:
    """What a Word form asks for.

    Raises:
        LianxinError: It cannot be opened, or a tag in it is not closed, or is nearly one.
    """
    with limited(where):
        template = _opened(form, where)
        with zipfile.ZipFile(BytesIO(form)) as package:
            parts = [parse_xml(package.read(name)) for name in package.namelist() if _PARTS.match(name)]
            beside = [parse_xml(package.read(name)) for name in package.namelist() if _BESIDE.match(name)]
        for part in (*parts, *beside):
            for paragraph in part.iter(qn("w:p")):
                nearly("".join(text.text or "" for text in paragraph.iter(qn("w:t"))), where)
        if any("{{" in "".join(part.itertext()) for part in beside):
            raise LianxinError(f"{where}的脚注、尾注或批注里有标签，那里填不了；请移到正文、页眉或页脚")
        # as it is read, not as it was written: some programs write an apostrophe as an entity
        return tags_of("\n".join(template.patch_xml(template.xml_to_string(part)) for part in parts), where)


def fill(form: bytes, where: str, rows: Sequence[Row], beside: Mapping[str, str]) -> bytes:
    """The form filled from one record, or from many: its own loops, else a copy of it for each, on new pages.

    Raises:
        LianxinError: A template in it fails or does not end.
    """
    wanted = tags(form, where)
    made = BytesIO()
    with limited(where, len(rows)):
        template = _opened(form, where)
        if not wanted.loops and len(rows) > 1:
            _repeat(template.docx.element.body, wanted)
        template.render(context_of(rows, beside), environment(), autoescape=True)
    template.save(made)
    return settled(made.getvalue())


def rendered(form: bytes, where: str, context: Mapping[str, Any]) -> Any:
    """The form with its tags filled, still open.

    Raises:
        LianxinError: It cannot be opened, or a template in it fails or does not end.
    """
    with limited(where):
        template = _opened(form, where)
        template.render(context, environment(), autoescape=True)
    return template.docx


def _repeat(body: Any, wanted: Tags) -> None:
    """Put a loop around the whole form, so that it is set once and filled for each record."""
    _start_page(body)
    names = dict.fromkeys(path.split(".", 1)[0] for path in wanted.names)
    opening = [f"{{%p for {ROW} in {RECORDS} %}}"]
    opening += [f"{{%p set {name} = {ROW}.{name} %}}" for name in (*names, "序号")]
    for text in reversed(opening):
        body.insert(0, _said(text))
    body.find(qn("w:sectPr")).addprevious(_said("{%p endfor %}"))


def _start_page(body: Any) -> None:
    """Let every copy but the first begin on a new page; a break after the copy would make an empty one after a full."""
    if body[0].tag != qn("w:p"):
        body.insert(
            0, parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>')
        )
    format_ = Paragraph(body[0], body).paragraph_format
    format_.page_break_before = True
    broken = body[0].pPr.find(qn("w:pageBreakBefore"))
    before, condition = broken.getprevious(), "{% if not loop.first %}"
    if before is None:
        body[0].pPr.text = condition
    else:
        before.tail = condition
    broken.tail = "{% endif %}"


def _said(text: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{text}</w:t></w:r></w:p>")
