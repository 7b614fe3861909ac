"""What a library alone is given to make the same document from: its texts and numbers, as plain data in a folder.

``material.py NAME TOWNSHIP FOLDER [WORD]``: a process of its own, since what it takes is not to be counted.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from docxtpl import DocxTemplate

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from bench.alone import DATA, FORM  # noqa: E402
from bench.form import form  # noqa: E402
from bench.generate import TODAY  # noqa: E402
from lianxin.actions.paper import fill  # noqa: E402
from lianxin.actions.policy.blank import blank  # noqa: E402
from lianxin.actions.policy.form import form_named  # noqa: E402
from lianxin.actions.workspace import Workspace  # noqa: E402
from lianxin.core.document import Document, Face, Table, Value, show  # noqa: E402
from lianxin.core.value import FieldType  # noqa: E402
from lianxin.formats import to_pdf  # noqa: E402
from lianxin.formats.face.mask import mask  # noqa: E402
from lianxin.formats.paper.typeface import faces  # noqa: E402
from lianxin.formats.xlsx.cell import serial  # noqa: E402
from lianxin.kinds import KIND  # noqa: E402
from lianxin.reports.issue.handbook import chosen, handbook  # noqa: E402
from lianxin.reports.ledger.ledger import ledger  # noqa: E402


def handbook_material(folder: Path, made: Path) -> None:
    """The handbook of a whole township: all that stands on its pages, as Typst is given it."""
    with _workspace(folder).book() as book:
        document = mask(handbook(book, chosen(book)), Face.PUBLIC)
    _fresh(made)
    found = faces()
    for name, content in to_pdf.sources(document, found.parts, found.told).items():
        (made / name).write_bytes(content)
    (made / FORM).write_bytes(form())


def ledger_material(folder: Path, made: Path, name: str) -> None:
    """The cells of a ledger."""
    with _workspace(folder).book() as book:
        document: Document = mask(ledger(book, form_named(book, name)), Face.PUBLIC)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    types = [column.type for column in table.columns]
    rows = [[_cell(value, type_) for value, type_ in zip(row, types, strict=True)] for row in table.rows]
    _write(made, {"columns": [column.label for column in table.columns], "rows": rows})


def page_material(folder: Path, made: Path, name: str) -> None:
    """A page form for every issue: what docxtpl is given when the product fills it."""

    def kept(template: DocxTemplate, context: dict[str, Any], *_: object, **_also: object) -> None:
        _write(made, {word: _told(value) for word, value in context.items()})
        template.docx.save(made / FORM)

    workspace = _workspace(folder)
    with workspace.book() as book, patch.object(DocxTemplate, "render", kept):
        fill.fill(book, "", blank(book, name), KIND["issue"], chosen(book), Face.PUBLIC)


def _workspace(folder: Path) -> Workspace:
    return Workspace(folder, datetime.combine(TODAY, time()))


def _fresh(made: Path) -> None:
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)


def _write(made: Path, data: dict[str, Any]) -> None:
    _fresh(made)
    (made / DATA).write_text(json.dumps(data, ensure_ascii=False))


def _cell(value: Value, type_: FieldType) -> str | float | None:
    """A number, a text or nothing."""
    number = serial(value, type_)
    if number is not None:
        return number[0]
    return value if isinstance(value, int | float) else show(value, type_) or None


def _told(value: Any) -> Any:
    """A form's value: a text, or a text with others behind it under ``""``, or a list of either."""
    if isinstance(value, dict):
        return {name: _told(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_told(inner) for inner in value]
    further = getattr(value, "further", None)
    return {"": str(value), **_told(further)} if further else str(value)


#: By what they are told of.
MATERIALS: Mapping[str, Callable[..., None]] = {
    "handbook": handbook_material,
    "ledger": ledger_material,
    "page": page_material,
}

if __name__ == "__main__":
    name, township, made, *words = sys.argv[1:]
    MATERIALS[name](Path(township), Path(made), *words)
