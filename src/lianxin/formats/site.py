"""The notice board as files: pages, their style, and what can be searched, in shards that open from a memory stick.

The look is ``templates/site``. Nothing is fetched and nothing runs inline, so the pages work without a server and under
a strict content policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from lianxin.core.asset import asset
from lianxin.core.chart import Chart
from lianxin.core.document import Column, Document, Heading, Table, Value, show
from lianxin.core.picture import Picture, Pictures
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.formats.cell import COMPACT, NUMBERS
from lianxin.formats.chart.svg import svg
from lianxin.formats.face.sanitise import for_html
from lianxin.formats.paper.foot import alarm, printed
from lianxin.formats.paper.trace import trace_line
from lianxin.formats.shard import shards

#: Files beside the pages, the same on every board.
_BESIDE = ("site.css", "site.js", "search.js")
_KINDS = {"KeyValues": "pairs"}
#: A chart's width beside its type: what a small phone has.
_WIDE = 330
#: Not broken over lines.
_WHOLE = COMPACT | {FieldType.CHOICE}
#: Ids and days within a text, which would be broken at their hyphens.
_APART = late(r"[A-Z]{2,3}(?:-\d{4})?-[A-Z]+\d+|\d{4}-\d{2}-\d{2}")


class Sheet(Struct, frozen=True):
    """One page to be written; its document is masked already.

    Attributes:
        path: Within the board's folder.
        label: In the menu; empty for villages, which the first page lists.
        search: Its table is what can be searched.
        foot: Linked at the foot of every page, not in its menu.
    """

    path: str
    label: str
    document: Document
    search: bool = False
    foot: bool = False


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
    environment.filters |= {"clean": for_html, "told": _told, "value": lambda value, type_: _told(show(value, type_))}
    return environment


def _shown(value: Value, type_: FieldType) -> str:
    return for_html(show(value, type_))


def _told(text: str) -> Markup:
    """Text whose ids and days are not broken over lines."""
    return Markup(_APART.sub(r'<span class="compact">\g<0></span>', str(escape(for_html(text)))))  # noqa: S704 - escaped


def files(sheets: Sequence[Sheet], host: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the board with its path, the first page first.

    Args:
        sheets: The first page first.
        host: The unit that answers for the board.
    """
    found = {path: data for sheet in sheets if sheet.search for path, data in shards(_searched(sheet))}
    for sheet in sheets:
        yield sheet.path, _page(sheet, sheets, host, list(found)).encode()
    yield from found.items()
    for picture in (one for sheet in sheets for block in _pictures(sheet.document) for one in block.pictures):
        yield _beside(picture), picture.data
    for name in _BESIDE:
        yield name, asset("site", name).read_bytes()


def _searched(sheet: Sheet) -> Table:
    return next(block for block in sheet.document.blocks if isinstance(block, Table))


def _pictures(document: Document) -> Iterator[Pictures]:
    return (block for block in document.blocks if isinstance(block, Pictures))


def _beside(picture: Picture) -> str:
    """Where a picture stands within the board's folder."""
    return f"pictures/{picture.file.rpartition('/')[2]}"


class Links(Struct, frozen=True):
    """Where a page leads to.

    Attributes:
        villages: The page of each, by its name.
        search: The page that shows an issue by itself.
    """

    villages: Mapping[str, str]
    search: str

    def of(self, column: Column, text: str) -> str:
        """Where a cell leads; empty where nowhere."""
        if column.name == "id" and text and self.search:
            return f"{self.search}#id={text}"
        return self.villages.get(text, "") if column.name == "village" else ""


def _page(sheet: Sheet, sheets: Sequence[Sheet], host: str, handed: Sequence[str]) -> str:
    up = "../" * sheet.path.count("/")
    document = sheet.document
    villages = {one.document.title: f"{up}{one.path}" for one in sheets if not one.label}
    links = Links(villages, next((f"{up}{one.path}" for one in sheets if one.search), ""))

    def named(*, foot: bool) -> list[tuple[str, str, bool]]:
        return [(one.label, f"{up}{one.path}", one is sheet) for one in sheets if one.label and one.foot is foot]

    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            up=up,
            home=sheets[0].document.title,
            host=host,
            menu=named(foot=False),
            feet=named(foot=True),
            villages=villages,
            village=not sheet.label,
            first=sheet is sheets[0],
            alarm=alarm(document.provenance),
            origin=printed(document.provenance),
            trace=trace_line(document.provenance),
            parts=list(_parts(sheet, links, up)),
            search=_choices(sheet) if sheet.search else None,
            handed=handed if sheet.search else (),
        )
    )


def _parts(sheet: Sheet, links: Links, up: str) -> Iterator[dict[str, Any]]:
    over: list[int] = []
    for n, block in enumerate(sheet.document.blocks):
        name = type(block).__name__
        part: dict[str, Any] = {"kind": _KINDS.get(name, name.lower()), "block": block, "id": f"b{n}"}
        if isinstance(block, Heading):
            over = [level for level in over if level < block.level] + [block.level]
            part["depth"] = len(over) + 1
        elif isinstance(block, Table):
            searched = sheet.search
            part["body"] = Markup("") if searched else _body(block, links)
            part["looks"] = [_look(column) for column in block.columns]
            part["small"] = all(column.type in NUMBERS for column in block.columns[1:])
            part["searched"] = searched
        elif isinstance(block, Pictures):
            part["rows"] = [[(one, up + _beside(one)) for one in row] for row in block.rows]
        elif isinstance(block, Chart):
            part["svg"] = Markup(svg(block, part["id"], wide=_WIDE))  # noqa: S704 - every text in it is escaped
        yield part


def _look(column: Column) -> str:
    kind = "number" if column.type in NUMBERS else "compact" if column.type in _WHOLE else ""
    return kind or ("" if column.term else "prose")


def _body(table: Table, links: Links) -> Markup:
    """Rows with a label on each cell, which phones show; the first cell names the row."""
    starts = [_start(column, first=not n) for n, column in enumerate(table.columns)]
    return Markup("\n").join(_row(table, row, starts, links) for row in table.rows)


def _start(column: Column, *, first: bool) -> str:
    look = _look(column)
    looks = f' class="{look}"' if look else ""
    return f'<th scope="row"{looks}>' if first else f'<td data-label="{escape(for_html(column.label))}"{looks}>'


def _row(table: Table, row: Sequence[Value], starts: Sequence[str], links: Links) -> Markup:
    cells = []
    for n, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        text = _shown(value, column.type)
        leads = links.of(column, text)
        told = Markup('<a href="{}">{}</a>').format(leads, text) if leads else _whole(text, column)
        cells.append(f"{starts[n]}{told}</{'td' if n else 'th'}>")
    return Markup(f"<tr>{''.join(cells)}</tr>")  # noqa: S704 - every cell went through escape


def _whole(text: str, column: Column) -> Markup:
    return escape(text) if _look(column) == "compact" else _told(text)


def _choices(sheet: Sheet) -> list[tuple[str, str, list[str]]]:
    """What a search may be narrowed to: (name, label, values)."""
    table = _searched(sheet)
    return [
        (column.name, column.label, sorted({_shown(row[n], column.type) for row in table.rows} - {""}))
        for n, column in enumerate(table.columns)
        if column.name in ("village", "category", "state")
    ]
