"""A document as PDF, set by Typst in the look of official papers: ``templates/formats/document.typ``.

It is PDF/A-2b, the form archives take: in that form Typst refuses a character that no typeface has, where it would
set a box.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from html import unescape
from io import BytesIO
from itertools import pairwise
from typing import Any

from msgspec.structs import asdict

from lianxin.core.asset import asset
from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Column,
    Cover,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    Timeline,
    Value,
    show,
)
from lianxin.core.error import LianxinError
from lianxin.core.paper import Masthead
from lianxin.core.picture import Picture, Pictures
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType, show_moment
from lianxin.formats import Options
from lianxin.formats.cell import COMPACT, NUMBERS, tone_of
from lianxin.formats.chart.svg import svg
from lianxin.formats.face.place import places
from lianxin.formats.face.sanitise import visible
from lianxin.formats.paper.close import cell_text, closed, closed_up, figure, ragged
from lianxin.formats.paper.foot import NAME, alarm, made_at, printed
from lianxin.formats.paper.heading import head_rows
from lianxin.formats.paper.layout import Run, closes, insets, measured, runs, signs, title_of
from lianxin.formats.paper.trace import trace_line
from lianxin.formats.paper.typeface import ARCHIVE, REMEDY, faces

#: Where Typst puts a document's keywords, uncompressed.
_KEYWORDS = late(rb"<pdf:Keywords>(.*?)</pdf:Keywords>", re.DOTALL)
#: And its description.
_DESCRIPTION = late(rb"<dc:description>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)

#: What Typst says of a character that no typeface has, quoted as Rust quotes.
_LACKING = late(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = late(r"\\u\{([0-9a-f]+)\}")
#: What is no longer than this fits a page with the signature under it.
_WHOLE = 1500
#: So many places are named.
_MOST = 5


def render(document: Document, options: Options) -> bytes:  # noqa: ARG001 - every format is called alike
    """The document as PDF.

    Raises:
        LianxinError: Typst is not installed, no Chinese typeface is, or none has one of the characters.
    """
    found = faces()
    if not found.chinese:
        raise LianxinError(f"这台机器没有中文字体，PDF 里的字会丢；{REMEDY}")
    import typst

    stamp = int(made_at(document.provenance).replace(tzinfo=UTC).timestamp())
    compile_: Any = typst.compile  # its stubs do not know that several files may be given
    try:
        pdf: bytes = compile_(
            sources(document, found.parts, found.told), font_paths=found.fonts, timestamp=stamp, pdf_standards=ARCHIVE
        )
    except typst.TypstError as error:
        lacking = _LACKING.search(error.message)
        if lacking is None:
            raise
        raise LianxinError(_told_of(document, lacking[1])) from None
    return pdf


def _told_of(document: Document, quoted: str) -> str:
    """Which character no typeface has, and where it stands."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), quoted)
    codes = " ".join(f"U+{ord(one):04X}" for one in text)
    where = places(document, lambda said: text in visible(said.text))
    records = f"{'、'.join(where[:_MOST])}{f' 等 {len(where)} 处' if len(where) > _MOST else ''}" if where else "正文"
    return (
        f"{records}里的「{visible(text)}」（{codes}）这台机器的字体里没有，PDF 会印成方框，没有写出；"
        "请装一种有这个字的字体（如 sudo apt install fonts-hanazono），或改用 -f docx、-f html，或把这个字换成常用字"
    )


def sources(document: Document, families: Mapping[str, Sequence[str]], told: str) -> dict[str, bytes]:
    """What Typst is given, by the names its files have: how a document looks, and what it says.

    Args:
        document: To be set.
        families: The typefaces of each part, best first.
        told: The typefaces, as the file is to bear them.
    """
    made = {
        "title": visible(title_of(document)),
        "maker": NAME,
        "subtitle": visible(document.subtitle),
        "landscape": document.landscape,
        "covered": any(isinstance(block, Cover) for block in document.blocks),
        "masthead": _masthead(document.masthead),
        "insets": list(insets(document.blocks).values()),
        "alarm": visible(alarm(document.provenance)),
        "origin": visible(printed(document.provenance)),
        "trace": visible(trace_line(document.provenance, seal=True)),
        "fonts": families,
        "faces": told,
        "runs": [
            {
                "lying": run.lying,
                "large": run.large,
                "blocks": list(_blocks(run, families["black"])),
            }
            for run in runs(document)
        ],
    }
    return {
        "main.typ": asset("formats", "document.typ").read_bytes(),
        "data.json": json.dumps(made, ensure_ascii=False).encode(),
    }


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    found = _KEYWORDS.search(data)
    return unescape(found[1].decode()) if found else ""


def typefaces(data: bytes) -> str:
    """The typefaces it was set in; nothing where it does not say."""
    found = _DESCRIPTION.search(data)
    return unescape(found[1].decode()) if found else ""


def lines(data: bytes) -> list[str]:
    """The text, line by line, each blank between words one.

    Raises:
        LianxinError: The program that reads it is not installed.
    """
    try:
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=False)
    except FileNotFoundError:
        raise LianxinError("两份 PDF 的字节不同；装上 pdftotext（sudo apt install poppler-utils）才能比文字") from None
    read = (" ".join(line.split()) for line in done.stdout.decode(errors="replace").splitlines())
    return [line for line in read if line]


def _masthead(head: Masthead | None) -> dict[str, Any] | None:
    """What the template sets of it."""
    if head is None:
        return None
    told = {name: _clean(value) for name, value in asdict(head).items()}
    return told | {"marks": _clean(head.marks), "signed": visible(head.signed), "last": _clean(head.last)}


def _blocks(run: Run, faces: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A run's blocks; the last of the text, or the last row, stays with the signature, which never begins a page."""
    made = [_block(block, lying=run.lying, large=run.large, faces=faces) for block in run.blocks]
    for over, under in pairwise(made):
        if over["kind"] == under["kind"] == "table":
            under["apart"] = True
    at = next((n for n, block in enumerate(run.blocks) if n and signs(block)), 0)
    *before, last = _parted(made[at - 1]) if at else ({},)
    if not last or len(json.dumps(last, ensure_ascii=False)) > _WHOLE:
        yield from made
        return
    after = next((n for n in range(at, len(made)) if not closes(run.blocks[n])), len(made))
    yield from (*made[: at - 1], *before)
    yield {"kind": "together", "blocks": [last, *made[at:after]]}
    yield from made[after:]


def _parted(made: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands over a signature: last of it what goes with that, a paragraph or a row with what is under it."""
    rows, lines = made.get("rows", ()), made.get("lines", ())
    if made["kind"] == "paragraph" and len(lines) > 1:
        return [made | {"lines": lines[:-1]}, made | {"lines": lines[-1:]}]
    if made["kind"] != "table" or len(rows) < 2:
        return [made]
    end = len(rows) - 1
    tones = {f"0,{key.partition(',')[2]}": tone for key, tone in made["tones"].items() if key.startswith(f"{end},")}
    group = {"0": made["groups"].pop(str(end))} if str(end) in made["groups"] else {}
    over = made | {"rows": rows[:end], "totals": [], "notes": []}
    last = {"rows": rows[end:], "groups": group, "tones": tones, "goes_on": True}
    return [over, made | {"heads": [], "caption": ""} | last]


def _block(block: Block, *, lying: bool, large: bool, faces: Sequence[str]) -> dict[str, Any]:
    """A block as the template reads it: every text cleaned, every cell a text, every chart drawn."""
    kind = type(block).__name__.lower()
    match block:
        case Paragraph():
            lines_ = visible(closed(block)).split("\n")
            told = {"ragged": ragged(block.text), "tone": block.tone.name.lower(), "part": block.part.name.lower()}
            return {"kind": kind, "lines": lines_, **told}
        case Heading():
            return {"kind": kind, "level": block.level, "text": visible(closed(block))}
        case KeyValues():
            pairs = [
                (visible(pair.label), _shown(pair.value, pair.type), pair.tone.name.lower()) for pair in block.pairs
            ]
            return {"kind": kind, "pairs": pairs}
        case Timeline():
            entries = [
                (
                    show_moment(entry.at),
                    visible(entry.label),
                    visible(entry.actor),
                    visible(entry.text),
                    entry.tone.name.lower(),
                )
                for entry in block.entries
            ]
            return {"kind": kind, "entries": entries}
        case Table():
            return {"kind": kind, **_table(block, lying=lying, large=large)}
        case Pictures():
            rows = [[(_framed(one), visible(one.caption)) for one in row] for row in block.rows]
            return {"kind": kind, "rows": rows, "notes": _clean(block.notes)}
        case Chart():
            title, notes = visible(block.title), _clean(block.notes)
            told = {"title": title, "unit": visible(block.unit), "notes": notes}
            return {"kind": kind, **told, "svg": svg(block, "c", faces)}
    texts = {name: _clean(value) for name, value in asdict(block).items()}
    return {"kind": kind, **texts}


def _framed(one: Picture) -> str:
    """A picture within a drawing: Typst takes files from memory only where they are text."""
    from PIL import Image

    with Image.open(BytesIO(one.data)) as opened:
        wide, high = opened.size
    size = f'width="{wide}" height="{high}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{one.inline}"/></svg>'


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    return [visible(part) for part in value] if isinstance(value, tuple) else value


def _shown(value: Value, type_: FieldType) -> str:
    shown = show(value, type_)
    return visible(figure(shown) if type_ in NUMBERS else shown)


def _table(table: Table, *, lying: bool, large: bool) -> dict[str, Any]:
    columns = table.columns
    size, widths = measured(table, lying=lying, large=large)
    return {
        "size": size.value,
        "goes_on": False,
        "caption": visible(closed_up(table.caption)),
        "notes": [visible(closed_up(note)) for note in table.notes],
        "heads": [
            [(visible(head.text), head.span, head.deep) for head in heads]
            for heads in head_rows([column.label for column in columns])
        ],
        "widths": [round(share, 2) for share in widths],
        "align": [_align(column) for column in columns],
        "rows": [_row(row, columns) for row in table.rows],
        "tones": _tones(table),
        "groups": {str(at): visible(closed_up(text)) for at, text in table.groups},
        "totals": _row(table.totals, columns) if table.totals else [],
    }


def _align(column: Column) -> str:
    if column.type in NUMBERS:
        return "right"
    return "center" if column.type in COMPACT or column.type is FieldType.CHOICE else "left"


def _row(row: Sequence[Value], columns: Sequence[Column]) -> list[str]:
    return [visible(cell_text(value, column)) for value, column in zip(row, columns, strict=True)]


def _tones(table: Table) -> dict[str, str]:
    """``row,column`` → tone, of cells that have one."""
    toned = [(n, column) for n, column in enumerate(table.columns) if column.tones]
    return {
        f"{at},{n}": tone_of(column, show(row[n], column.type)).name.lower()
        for at, row in enumerate(table.rows)
        for n, column in toned
    }
