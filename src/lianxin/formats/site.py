"""The notice board as files: pages, their style, and what can be searched, in shards that open from a memory stick.

The look is ``templates/site``. Nothing is fetched and nothing runs inline, so the pages work without a server and under
a strict content policy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from lianxin.core.asset import asset
from lianxin.core.chart import Chart
from lianxin.core.document import Column, Document, Table, Value, show
from lianxin.core.picture import Picture, Pictures
from lianxin.core.value import FieldType
from lianxin.formats.cell import COMPACT, NUMBERS
from lianxin.formats.chart.svg import svg
from lianxin.formats.face.sanitise import for_html, for_json
from lianxin.formats.paper.foot import alarm, origin
from lianxin.formats.paper.trace import trace_line

#: Files beside the pages, the same on every board.
_BESIDE = ("site.css", "site.js", "search.js")
#: Rows in one shard of what can be searched.
_SHARD = 4_000
_KINDS = {"KeyValues": "pairs"}
#: A chart's width beside its type, for phones.
_WIDE = 420
#: Not broken over lines.
_WHOLE = COMPACT | {FieldType.CHOICE}


class Sheet(Struct, frozen=True):
    """One page to be written; its document is masked already.

    Attributes:
        path: Within the board's folder.
        label: In the menu; empty for pages reached from others.
        search: Its table is what can be searched.
    """

    path: str
    label: str
    document: Document
    search: bool = False


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(asset("site")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"clean": for_html, "value": _shown}
    return environment


def _shown(value: Value, type_: FieldType) -> str:
    return for_html(show(value, type_))


def files(sheets: Sequence[Sheet]) -> Iterator[tuple[str, bytes]]:
    """Every file of the board with its path, the first page first.

    Args:
        sheets: The first page first; pages without a label are listed in its menu of villages.
    """
    villages = {sheet.document.title: sheet.path for sheet in sheets if not sheet.label}
    shards: dict[str, bytes] = {}
    for sheet in sheets:
        if sheet.search:
            shards |= _shards(sheet)
    for sheet in sheets:
        yield sheet.path, _page(sheet, sheets, villages, list(shards)).encode()
    yield from shards.items()
    for picture in (one for sheet in sheets for block in _pictures(sheet.document) for one in block.pictures):
        yield _beside(picture), picture.data
    for name in _BESIDE:
        yield name, asset("site", name).read_bytes()


def _pictures(document: Document) -> Iterator[Pictures]:
    return (block for block in document.blocks if isinstance(block, Pictures))


def _beside(picture: Picture) -> str:
    """Where a picture stands within the board's folder."""
    return f"pictures/{picture.file.rpartition('/')[2]}"


def _page(sheet: Sheet, sheets: Sequence[Sheet], villages: Mapping[str, str], shards: Sequence[str]) -> str:
    up = "../" * sheet.path.count("/")
    document = sheet.document
    links = {name: f"{up}{path}" for name, path in villages.items()}
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            up=up,
            home=sheets[0].document.title,
            menu=[(one.label, f"{up}{one.path}", one is sheet) for one in sheets if one.label],
            villages=links,
            first=sheet is sheets[0],
            alarm=alarm(document.provenance),
            origin=origin(document.provenance),
            trace=trace_line(document.provenance),
            parts=list(_parts(sheet, links, up)),
            search=_choices(sheet) if sheet.search else None,
            shards=shards if sheet.search else (),
        )
    )


def _parts(sheet: Sheet, links: Mapping[str, str], up: str) -> Iterator[dict[str, Any]]:
    for n, block in enumerate(sheet.document.blocks):
        name = type(block).__name__
        part: dict[str, Any] = {"kind": _KINDS.get(name, name.lower()), "block": block, "id": f"b{n}"}
        if isinstance(block, Table):
            searched = sheet.search
            part["body"] = Markup("") if searched else _body(block, links)
            part["small"] = all(column.type in NUMBERS for column in block.columns[1:])
            part["searched"] = searched
        elif isinstance(block, Pictures):
            part["rows"] = [[(one, up + _beside(one)) for one in row] for row in block.rows]
        elif isinstance(block, Chart):
            part["svg"] = Markup(svg(block, part["id"], wide=_WIDE))  # noqa: S704 - every text in it is escaped
        yield part


def _body(table: Table, links: Mapping[str, str]) -> Markup:
    """Rows with a label on each cell, which phones show; the first cell names the row."""
    starts = [_start(column, first=not n) for n, column in enumerate(table.columns)]
    return Markup("\n").join(_row(table, row, starts, links) for row in table.rows)


def _start(column: Column, *, first: bool) -> str:
    kind = "number" if column.type in NUMBERS else "compact" if column.type in _WHOLE else ""
    looks = f' class="{kind}"' if kind else ""
    return f'<th scope="row"{looks}>' if first else f'<td data-label="{escape(for_html(column.label))}"{looks}>'


def _row(table: Table, row: Sequence[Value], starts: Sequence[str], links: Mapping[str, str]) -> Markup:
    cells = []
    for n, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        text = _shown(value, column.type)
        told = escape(text)
        if column.name == "village" and text in links:
            told = Markup('<a href="{}">{}</a>').format(links[text], text)
        cells.append(f"{starts[n]}{told}</{'td' if n else 'th'}>")
    return Markup(f"<tr>{''.join(cells)}</tr>")  # noqa: S704 - every cell went through escape


def _choices(sheet: Sheet) -> list[tuple[str, str, list[str]]]:
    """What a search may be narrowed to: (name, label, values)."""
    table = next(block for block in sheet.document.blocks if isinstance(block, Table))
    found = []
    for n, column in enumerate(table.columns):
        if column.name in ("village", "category", "state"):
            found.append(
                (column.name, column.label, sorted({_shown(row[n], column.type) for row in table.rows} - {""}))
            )
    return found


def _shards(sheet: Sheet) -> dict[str, bytes]:
    """The rows as scripts that hand them over; columns of few different values by their place in a list of them."""
    table = next(block for block in sheet.document.blocks if isinstance(block, Table))
    return {
        f"data/issues-{n + 1}.js": _shard(table, table.rows[start : start + _SHARD])
        for n, start in enumerate(range(0, len(table.rows), _SHARD))
    }


def _shard(table: Table, rows: Sequence[Sequence[Value]]) -> bytes:
    columns = []
    for n, column in enumerate(table.columns):
        texts = [_shown(row[n], column.type) for row in rows]
        words = list(dict.fromkeys(texts))
        if len(words) * 4 < len(texts):
            places = {word: place for place, word in enumerate(words)}
            columns.append({"name": column.name, "words": words, "at": [places[text] for text in texts]})
        else:
            columns.append({"name": column.name, "texts": texts})
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return f"lianxinSearch({for_json(text)});\n".encode()
