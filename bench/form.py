"""The Word form that docxtpl alone fills with a whole handbook: every sort of block once, with loops around it."""

from __future__ import annotations

from io import BytesIO

import docx

from lianxin.core.asset import asset

#: Lines before the table, and after it: style and text.
_BEFORE = (
    ("Normal", "{%p for run in runs %}"),
    ("Normal", "{%p for block in run.blocks %}"),
    ("Normal", "{%p if block.kind == 'heading' %}"),
    ("Normal", "{%p if block.level == 1 %}"),
    ("Heading 1", "{{ block.text }}"),
    ("Normal", "{%p elif block.level == 2 %}"),
    ("Heading 2", "{{ block.text }}"),
    ("Normal", "{%p else %}"),
    ("Heading 3", "{{ block.text }}"),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p elif block.kind == 'paragraph' %}"),
    ("Normal", "{%p for line in block.lines %}"),
    ("Normal", "{{ line }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p elif block.kind == 'timeline' %}"),
    ("Normal", "{%p for at, label, actor, text, tone in block.entries %}"),
    ("经过", "{{ at }}　{{ label }}　{{ actor }}"),
    ("经过", "{{ text }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p elif block.kind == 'keyvalues' %}"),
)
_BETWEEN = (("Normal", "{%p elif block.kind == 'table' %}"), ("表题", "{{ block.caption }}"))
_AFTER = (
    ("表注", "{% for note in block.notes %}注：{{ note }}{% endfor %}"),
    ("Normal", "{%p endif %}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{%p endfor %}"),
)
_PAIRS = (
    ("{%tr for label, value, tone in block.pairs %}", ""),
    ("{{ label }}", "{{ value }}"),
    ("{%tr endfor %}", ""),
)
_TABLE = (
    ("{%tc for label, span, deep in block.heads[-1] %}", "{{ label }}", "{%tc endfor %}"),
    ("{%tr for row in block.rows %}", "", ""),
    ("{%tc for value in row %}", "{{ value }}", "{%tc endfor %}"),
    ("{%tr endfor %}", "", ""),
)


def form() -> bytes:
    """The form, on the base that the product's own Word documents are set on."""
    made = docx.Document(str(asset("formats", "document.docx")))
    for lines, cells in ((_BEFORE, _PAIRS), (_BETWEEN, _TABLE), (_AFTER, ())):
        for style, text in lines:
            made.add_paragraph(text, style)
        if cells:
            table = made.add_table(len(cells), len(cells[0]))
            for row, texts in zip(table.rows, cells, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.paragraphs[0].text, cell.paragraphs[0].style = text, "表文"
    file = BytesIO()
    made.save(file)
    return file.getvalue()
