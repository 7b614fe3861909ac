"""The foot of a paper (版记) where it is printed: at the foot of the last page, whatever stands above it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.programs import need
from tests.reports.outline.test_paper import HEAD

from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.paper import Part
from lianxin.formats import render

pytestmark = pytest.mark.slow  # LibreOffice takes its time

#: Points from the head of an A4 page to the end of its type area, and of what may lie below its last line of type.
_END, _SLACK = 842 - 99, 26
_WORD = re.compile(r'<page|<word xMin="[\d.]+" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)')


def paper(lines: int) -> Document:
    """A paper whose text takes so many lines."""
    body = [Paragraph("各村要逐件核对。") for _ in range(lines)]
    signed = (Paragraph("云岭镇党建工作办公室", part=Part.SIGNATURE), Paragraph("2026年3月16日", part=Part.DATE))
    return Document("关于三月情况的报告", (*body, *signed), masthead=replace(HEAD, copy="", secrecy=""))


def words(pdf: Path) -> list[list[tuple[float, float, str]]]:
    """Of each page its words: where they end below and on the right, in points."""
    found = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    pages: list[list[tuple[float, float, str]]] = []
    for one in _WORD.finditer(found):
        if one[0] == "<page":
            pages.append([])
        else:
            pages[-1].append((float(one[3]), float(one[2]), one[4]))
    return pages


def printed(document: Document, format_: str, folder: Path) -> Path:
    """The paper as a PDF, of our own or of LibreOffice's making."""
    made = folder / f"paper.{format_}"
    output = render(document, format_)
    made.write_bytes(output.encode() if isinstance(output, str) else output)
    if format_ == "pdf":
        return made
    if format_ == "html":
        command = [*("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")]
        command += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'paper.pdf'}", made.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return folder / "paper.pdf"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "paper.pdf"


@pytest.mark.parametrize("format_", ["pdf", "docx"])
@pytest.mark.parametrize("lines", [1, 14, 30])
def test_the_foot_stands_at_the_foot_of_the_last_page(format_: str, lines: int, tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    pages = words(printed(paper(lines), format_, tmp_path))
    below = [word for word in pages[-1] if "印发" in word[2]]
    assert below, "the foot is on the last page"
    assert not [word for page in pages[:-1] for word in page if "印发" in word[2]]
    assert _END - _SLACK <= below[0][0] <= _END + 6


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_a_signature_stands_two_characters_from_the_right(format_: str, tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    (page,) = words(printed(paper(2), format_, tmp_path))
    name = next(word for word in page if "党建工作办公室" in word[2])
    edge = (210 - 26) * 72 / 25.4
    assert name[1] == pytest.approx(edge - 32, abs=6)


_CASES = Table((Column("序号", "n"), Column("事由", "s")), [(str(n), f"第{n}件") for n in range(1, 5)], notes=("末注",))


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
@pytest.mark.parametrize("last", [Paragraph("末段" + "请照办。" * 24), _CASES], ids=["text", "rows"])
def test_a_signature_never_begins_a_page(format_: str, last: Block, tmp_path: Path) -> None:
    need("soffice", "chromium", "pdftotext")
    signed = (Paragraph("云岭镇", part=Part.SIGNATURE), Paragraph("2026年3月16日", part=Part.DATE))
    told = "请照办" if isinstance(last, Paragraph) else "第4件"
    for lines in (13, 15, 17):
        body = [Paragraph("各村要逐件核对。") for _ in range(lines)]
        pages = words(printed(Document("关于三月情况的报告", (*body, last, *signed)), format_, tmp_path))
        page = "".join(word[2] for page in pages for word in page if any("云岭镇" in one[2] for one in page))
        assert told in page, (lines, page)


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_no_line_is_drawn_wide_before_a_long_word(format_: str, tmp_path: Path) -> None:
    need("soffice", "chromium", "pdftotext")
    text = "请把办理的情况写清楚以后从这个地址报上来就可以了逾期按有关规定处理 http://www.example.com/"
    (page, *_) = words(printed(Document("通知", (Paragraph(text),)), format_, tmp_path))
    line = next(word for word in page if "按有关规定处理" in word[2])
    assert line[1] < (210 - 26) * 72 / 25.4 - 30, "it ends where it falls"


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_a_line_holds_twenty_eight_characters(format_: str, tmp_path: Path) -> None:
    need("soffice", "chromium", "pdftotext")
    (page,) = words(printed(Document("通知", (Paragraph("一二三四五六七八九十" * 9),)), format_, tmp_path))
    lines = ["".join(word[2] for word in page if word[0] == low) for low in sorted({word[0] for word in page})]
    assert len(next(line for line in lines if line.startswith("七八九十"))) == 28


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_points_before_a_signature_leave_no_hole(format_: str, tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    points = [Paragraph(f"{n}是对超过期限的逐件定人定时限，先催办，催办仍不动的通报。") for n in "一二三四五六七"]
    signed = (Paragraph("云岭镇", part=Part.SIGNATURE), Paragraph("2026年3月16日", part=Part.DATE))
    body = [Paragraph("各村要逐件核对。") for _ in range(10)]
    first, last = words(
        printed(Document("情况报告", (*body, Heading("下一步打算"), *points, *signed)), format_, tmp_path)
    )
    lowest = max(low for low, _, text in first if "—" not in text and text != "1")
    assert lowest > _END - 3 * 28.95, "no more than a point of two lines is missing at its foot"
    assert any("云岭镇" in text for _, _, text in last)
    assert any("七是" in text for _, _, text in last)


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_a_card_stands_whole_on_its_page(format_: str, tmp_path: Path) -> None:
    need("soffice", "pdftotext")
    names = "甲乙丙丁戊"
    cards = [KeyValues(tuple(Pair(f"{name}方", f"之{part}") for part in range(10))) for name in names]
    pages = words(printed(Document("连心卡", tuple(cards)), format_, tmp_path))
    for name in names:
        assert sorted(sum(f"{name}方" in text for _, _, text in page) for page in pages)[:-1] == [0] * (len(pages) - 1)
