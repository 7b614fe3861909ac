"""Pages as they are counted and reckoned for the catalogue of a closed year."""

from __future__ import annotations

import zlib

import typst

from lianxin.core.leaf import COLUMNS, LINES, pages_of_pdf, pages_of_text


def test_a_text_has_as_many_pages_as_its_lines_fill() -> None:
    full = "\n".join(["字" * (COLUMNS // 2)] * LINES)
    texts = ("", "一行", full, f"{full}\n多一行", "字" * (28 * 22 + 1))
    assert [*map(pages_of_text, texts)] == [1, 1, 1, 2, 2]


def test_a_pdf_has_as_many_as_it_says_packed_or_not() -> None:
    paper = bytes(typst.compile(b"#set page(width: 5cm, height: 5cm)\na\n#pagebreak()\nb\n#pagebreak()\nc"))
    packed = zlib.compress(b"<</Type /Page/Parent 1 0 R>> <</Type/Pages/Count 2>> <</Type/Page>>")
    assert pages_of_pdf(paper) == 3
    assert pages_of_pdf(b"%PDF-1.5\n1 0 obj\nstream\n" + packed + b"\nendstream") == 2
    assert pages_of_pdf(b"no paper at all") == 0
