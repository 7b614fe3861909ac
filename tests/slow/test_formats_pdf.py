"""PDF: the texts are in it, in order, and nothing is lost without a word."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.formats import demo
from tests.programs import need

from lianxin.core.document import Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.error import LianxinError
from lianxin.core.paper import Masthead
from lianxin.formats import render

pytestmark = pytest.mark.slow


def text_of(document: Document, folder: Path) -> str:
    need("pdftotext")
    made = render(document, "pdf")
    assert isinstance(made, bytes)
    file = folder / "made.pdf"
    file.write_bytes(made)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_same_document_makes_the_same_bytes() -> None:
    assert render(demo.paper(), "pdf") == render(demo.paper(), "pdf")


def test_headings_paragraphs_and_cells_are_in_it(tmp_path: Path) -> None:
    document = demo.paper()
    text = text_of(document, tmp_path).replace(" ", "").replace("\n", "")
    for block in document.blocks:
        if isinstance(block, Heading):
            assert block.text.replace(" ", "") in text
        if isinstance(block, Paragraph):
            assert block.text.replace(" ", "").replace("\n", "") in text
    assert "=1+1" in text
    assert "0138" in text


def test_a_bulletin_has_its_head_and_foot(tmp_path: Path) -> None:
    head = Masthead("连心工作简报", "第 3 期", "柳塘镇党建办", "2026 年 3 月 9 日", ("报：县委组织部",))
    text = text_of(replace(demo.paper(), masthead=head, blocks=(Paragraph("正文"),)), tmp_path)
    lines = [line.replace(" ", "") for line in text.splitlines() if line.strip()]
    assert lines[:2] == ["连心工作简报", "第3期"]
    assert "报：县委组织部" in "".join(lines)


def test_it_is_of_the_form_that_archives_take() -> None:
    made = render(demo.paper(), "pdf")
    assert isinstance(made, bytes)
    assert b"<pdfaid:part>2</pdfaid:part>" in made


@pytest.mark.parametrize("lacking", ["\ue863", "\U000f0001", "\U0001b000"])
def test_a_character_no_typeface_has_is_named_with_its_record(lacking: str) -> None:
    text = f"吴{lacking}家"
    table = Table((Column("name", "姓名"),), [("李桂兰",), (text,)], ("HU-A0001", "HU-A0002"))
    with pytest.raises(LianxinError, match=f"HU-A0002里的.*U\\+{ord(lacking[0]):04X}"):
        render(replace(demo.paper(), blocks=(table,)), "pdf")
    with pytest.raises(LianxinError, match="WT-2026-A0001"):
        render(replace(demo.paper(), blocks=(Paragraph(text, record="WT-2026-A0001"),)), "pdf")


def test_without_a_chinese_typeface_it_is_refused_and_says_what_to_do() -> None:
    program = (
        "import typst\n"
        "from tests.formats import demo\n"
        "from lianxin.core.error import LianxinError\n"
        "from lianxin.formats import render, to_pdf\n"
        "own = typst.Fonts\n"
        "typst.Fonts = lambda font_paths=(): own(include_system_fonts=False)\n"
        "try:\n"
        "    render(demo.document(), 'pdf')\n"
        "except LianxinError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert "没有中文字体" in done.stdout
    assert "fonts-noto-cjk" in done.stdout


def test_long_latin_words_and_joined_signs_stay_within_the_margins() -> None:
    need("pdftotext")
    word, signs = "ABCDEFGHIJKLMNOP" * 4, "—" * 90
    columns = (Column("编号", "id"), Column("说明", "note"), Column("备注", "more"))
    table = Table(columns, [("1", word, "=" * 150), ("2", signs, "https://www.example.cn/" + "a1B2" * 30)])
    blocks = (Heading(word), Paragraph(f"正文{signs}"), Paragraph("（" * 80), table, KeyValues((Pair(word, signs),)))
    made = render(Document("长词", blocks), "pdf")
    assert isinstance(made, bytes)
    read = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=made, check=True, capture_output=True)
    places = [float(place) for place in re.findall(r'xMax="([\d.]+)"', read.stdout.decode())]
    assert len(places) > 20
    assert max(places) <= (210 - 26) / 25.4 * 72 + 1
