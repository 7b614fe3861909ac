"""What documents are measured against: one library alone, given the same texts and numbers as plain data.

``alone.py NAME FOLDER`` reads the data that stands there, and writes the document the shortest way its library has.
"""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

#: What stands in the folder.
DATA, SOURCE, FORM = "data.json", "main.typ", "form.docx"


class Text(str):
    """A text with others behind it: ``受理人`` and ``受理人.电话``."""

    __slots__ = ("__dict__",)


def _text(read: dict[str, Any]) -> Any:
    if "" not in read:
        return read
    made = Text(read.pop(""))
    made.__dict__ |= read
    return made


def html(folder: Path) -> bytes:
    """Jinja2: one template with loops."""
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("alone.html.j2").render(json.loads((folder / DATA).read_bytes())).encode()


def docx(folder: Path) -> bytes:
    """docxtpl: one Word form with loops."""
    from docxtpl import DocxTemplate

    form, made = DocxTemplate(folder / FORM), BytesIO()
    form.render(json.loads((folder / DATA).read_bytes(), object_hook=_text), autoescape=True)
    form.save(made)
    return made.getvalue()


def pdf(folder: Path) -> bytes:
    """Typst: the same source and data."""
    import typst

    compile_: Any = typst.compile  # its stubs do not know that several files may be given
    own = os.environ.get("LIANXIN_FONTS")
    made: bytes = compile_(
        {name: (folder / name).read_bytes() for name in (SOURCE, DATA)},
        font_paths=typst.Fonts(font_paths=[own] if own else []),
        pdf_standards="a-2b",
    )
    return made


def xlsx(folder: Path) -> bytes:
    """XlsxWriter: each cell as a text, a number or nothing, all in one style."""
    import xlsxwriter

    data, made = json.loads((folder / DATA).read_bytes()), BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, style = book.add_worksheet(), book.add_format({"border": 1, "text_wrap": True})
    for at, row in enumerate([data["columns"], *data["rows"]]):
        for n, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, n, value, style)
            elif value is None:
                sheet.write_blank(at, n, None, style)
            else:
                sheet.write_number(at, n, value, style)
    book.close()
    return made.getvalue()


#: By the suffix of what they make.
PROGRAMS = {"html": html, "docx": docx, "pdf": pdf, "xlsx": xlsx}

if __name__ == "__main__":
    name, where = sys.argv[1], Path(sys.argv[2])
    (where / f"alone.{name}").write_bytes(PROGRAMS[name](where))
