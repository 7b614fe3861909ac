"""What a document is set in for Word: the shipped styles, an office's own, or a page form with a place for its blocks.

A page form is a Word file with ``{{ 标题 }}`` and the like where its head and foot go, and one paragraph ``{{ 正文 }}``
where the blocks go. A base has no tags: it gives its styles, margins, header and footer.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from msgspec import Struct

from lianxin.core.asset import asset
from lianxin.core.document import Document
from lianxin.core.error import LianxinError
from lianxin.formats.face.sanitise import visible
from lianxin.formats.paper.own import BODY, PARTS, Page

#: Stands where the blocks go while the form is filled; no text of a document holds it.
_MARK = "\ue000正文\ue000"
#: And those of the head and the foot.
_SLOTS = {name: f"\ue000{name}\ue000" for name in PARTS}
#: The style in which a form signs.
_SIGNS = "落款"


#: Styles that an office's own file, copied before there were any, need not have → what was set so then.
_FORMERLY = {
    "主送": "Normal",
    "附件说明": "Normal",
    "署名": "Normal",
    "成文日期": "Normal",
    "附注": "Normal",
    "附件标记": "Heading 1",
    "附件标题": "Title",
    "版头标记": "刊号",
    "文号": "编印",
    "版记": "分送",
    **{f"表{part}": f"表{part.replace('小', '宽')}" for part in ("头小", "组小", "文小", "文小中", "文小右")},
}


class _Named(dict[str, str]):
    """Style name → its id; a name that is missing is refused."""

    def __init__(self, made: Any, where: str) -> None:
        super().__init__((style.name, style.style_id) for style in made.styles if style.name)
        self._where = where

    def __missing__(self, name: str) -> str:
        if name in _FORMERLY:
            return self[_FORMERLY[name]]
        raise LianxinError(
            f"{self._where} 里没有「{name}」这个样式，排不了这份文件；"
            "请在 WPS 或 Word 里补上，或用 lianxin fill 公文 --copy 抄一份自带的，从那里改起"
        )


class Sheet(Struct, frozen=True):
    """A Word file with a place for blocks.

    Attributes:
        made: The file.
        styles: Style name → its id.
        place: The blocks go before this element.
        ending: What says how the paper of the blocks' last section lies.
        formed: The form has set the head and foot already.
        slots: Where it wants 版头 and 版记 set: elements by these names.
        signs: It prints a signature of its own.
        under: A table of its own comes right after the blocks: who made them, who signs.
    """

    made: Any
    styles: Mapping[str, str]
    place: Any
    ending: Any
    formed: bool
    slots: Mapping[str, Any] = {}
    signs: bool = False
    under: bool = False

    @property
    def end(self) -> Any:
        """The end of the whole file."""
        return self.made.element.body.find(qn("w:sectPr"))

    def finish(self) -> None:
        """Take away the mark that kept the place."""
        if self.place is not self.ending:
            self.place.getparent().remove(self.place)


def sheet_of(document: Document, page: Page | None) -> Sheet:
    """What the document is set in.

    Raises:
        LianxinError: The office's own file is broken, or has no place for the blocks.
    """
    return _base(page) if page is None or page.bare else _formed(document, page)


def _base(page: Page | None) -> Sheet:
    where = page.name if page else "自带的版式"
    try:
        made = docx.Document(BytesIO(page.data) if page else str(asset("formats", "document.docx")))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        raise LianxinError(f"{where} 打不开，不是完好的 .docx；请在 WPS 或 Word 里打开另存一次再来") from None
    body = made.element.body
    ending = _ending(where, body.findall(qn("w:sectPr")))
    for old in list(body):
        if old is not ending:
            body.remove(old)
    return Sheet(made, _Named(made, where), ending, ending, formed=False)


def _formed(document: Document, page: Page) -> Sheet:
    from lianxin.formats.fill.docx import rendered

    made = rendered(page.data, page.name, dict(_words(document, page)))
    body = made.element.body
    for mark in list(body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)  # they would stand beside those of the headings
    places = [one for one in body if one.tag == qn("w:p") and _text(one) == _MARK]
    if len(places) != 1 or _text(body).count(_MARK) != 1:
        raise LianxinError(f"{page.name} 里的 {{{{ {BODY} }}}} 要自己占一段，只写一次，不放在表格里")
    styles = _Named(made, page.name)
    after = (one.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") for one in places[0].itersiblings())
    return Sheet(
        made,
        styles,
        places[0],
        _ending(page.name, (places[0], *places[0].itersiblings())),
        formed=True,
        slots={name: one for name, mark in _SLOTS.items() for one in body if _text(one) == mark},
        signs=_SIGNS in styles and any(one is not None and one.get(qn("w:val")) == styles[_SIGNS] for one in after),
        under=next((one.tag == qn("w:tbl") for one in places[0].itersiblings()), False),
    )


def _text(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t"))).strip()


def _ending(where: str, elements: Iterable[Any]) -> Any:
    """The end of the section that the first of these elements stands in."""
    for element in elements:
        found = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None and found.find(qn("w:pgSz")) is not None and found.find(qn("w:pgMar")) is not None:
            return found
    raise LianxinError(f"{where} 没有写纸张和页边距，请在 WPS 或 Word 里打开另存一次再来")


def _words(document: Document, page: Page) -> Iterator[tuple[str, object]]:
    head = document.masthead
    yield "标题", visible(document.title)
    yield "副标题", visible(document.subtitle)
    yield "刊名", visible(head.name) if head else ""
    yield "期号", visible(head.number) if head else ""
    yield "编印单位", visible(head.issuer if head else page.office)
    yield "日期", head.day if head else page.day
    yield "分送", [visible(line) for line in head.foot] if head else []
    yield "印发单位", visible(head.printer) if head else ""
    yield "本单位", page.office
    yield "今天", page.day
    yield BODY, _MARK
    yield from _SLOTS.items()
