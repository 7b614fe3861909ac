"""An office's own paper: a Word file in which whole documents are set."""

from __future__ import annotations

from msgspec import Struct

#: The tag where a document's blocks go.
BODY = "正文"

#: Tags where the head and the foot of a paper go, set as in every paper.
PARTS = ("版头", "版记")

#: What else such a form can ask of a document.
HEAD = (*PARTS, "标题", "副标题", "刊名", "期号", "编印单位", "日期", "分送", "印发单位", "本单位")


class Page(Struct, frozen=True):
    """A Word file to set a document in.

    Attributes:
        name: Of the file, for refusals and the provenance: ``forms/简报.docx``.
        bare: A base: its styles and paper are taken, its text is not.
        office: Who makes the document.
        day: Today, as papers write it.
    """

    name: str
    data: bytes
    bare: bool = False
    office: str = ""
    day: str = ""
