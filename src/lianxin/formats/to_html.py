"""A document as one self-contained page: readable on a desk or a phone, and on A4 paper when printed.

The look is ``templates/formats/document.html.j2``. Table bodies are joined here, a row escaped at a time, because a
ledger has hundreds of thousands of cells; everything else is escaped by the template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.asset import asset
from lianxin.core.chart import Chart
from lianxin.core.document import Block, Column, Document, KeyValues, Table, Timeline, Value, show
from lianxin.core.text.pattern import late
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_moment
from lianxin.formats import Options
from lianxin.formats.cell import COMPACT, NUMBERS, tone_of
from lianxin.formats.chart.svg import svg
from lianxin.formats.face.sanitise import for_html
from lianxin.formats.paper.close import closed, closed_up, closing, figure, ragged
from lianxin.formats.paper.foot import alarm, printed
from lianxin.formats.paper.heading import Head, head_rows
from lianxin.formats.paper.layout import Size, divided, insets, measured
from lianxin.formats.paper.outline import outline
from lianxin.formats.paper.trace import trace_line

#: Stands between cells while a row is escaped; the sanitiser lets no such control through.
_BETWEEN = "\x1f"
#: A table that gets a page lying across in an upright document.
_ACROSS = (Size.WIDE, Size.HUGE)
#: Headings remembered: a volume has the same tables on every page.
_LABELS = 512
_SAFE_IN_CSS = late(r"[^0-9A-Za-z\u3400-\u9fff]")
_TONES = {Tone.MUTED: "muted", Tone.GOOD: "good", Tone.WARNING: "warning", Tone.ALARM: "alarm", Tone.NORMAL: ""}

#: What is in a column, and how its texts are set.
_Look = tuple[FieldType, Callable[[str], str]]


class Sheet(Struct, frozen=True):
    """A table as the template wants it: its number on the page, its rules of style, finished headings and rows.

    Attributes:
        size: How it is set on paper.
        place: Where it is seen: ``screen`` where paper takes it in blocks, ``paper`` for those, else everywhere.
    """

    id: str
    rules: Markup
    columns: Markup
    heads: Markup
    body: Markup
    size: Size
    table: Table
    place: str = ""


@cache
def _environment() -> Environment:
    # Our own template: a sandbox, which forms from outside run in, would look at every attribute of a thousand pages.
    environment = Environment(
        loader=FileSystemLoader(asset("formats")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "clean": for_html,
        "closed": closed,
        "closed_up": closed_up,
        "moment": show_moment,
        "ragged": ragged,
        "value": _shown,
        "tone": _TONES.__getitem__,
    }
    return environment


def _shown(value: Value, type_: FieldType) -> str:
    shown = show(value, type_)
    return for_html(figure(shown) if type_ in NUMBERS else shown)


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The document as an HTML page."""
    headings = outline(document)
    parts = [part for n, block in enumerate(document.blocks) for part in _parts(n, block, document)]
    _lay_down(parts, document)
    page = _environment().get_template("document.html.j2")
    return page.render(
        document=document,
        parts=[(part["kind"], part["block"], part["anchor"], part["lying"]) for part in parts],
        lies_first=parts[0]["lying"] if parts else "",
        lies_last=parts[-1]["lying"] if parts else "",
        outline=headings.entries,
        insets=insets(document.blocks),
        alarm=alarm(document.provenance),
        origin=printed(document.provenance),
        trace=trace_line(document.provenance, seal=True),
        covered=any(part["kind"] == "cover" for part in parts),
        sheets=[part["block"] for part in parts if part["kind"] == "table"],
    )


class _Meta(HTMLParser):
    """The line in a page's head."""

    line = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("name") == "lianxin-trace":
            self.line = found.get("content") or ""


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    page = _Meta()
    page.feed(data.decode().partition("</title>")[0])
    return page.line


def _lay_down(parts: list[dict[str, Any]], document: Document) -> None:
    """A wide table lies across in an upright document, on A3 where that is wanted; headings before it go along."""
    for n, part in enumerate(parts):
        size = part["block"].size if part["kind"] == "table" else Size.PLAIN
        large = document.large and size is Size.HUGE
        if size not in _ACROSS or (document.landscape and not large):
            continue
        lying = part["lying"] = "broad" if large else "lying"
        while n and parts[n - 1]["kind"] == "heading":
            n -= 1  # noqa: PLW2901 - walks back from the table
            parts[n]["lying"] = lying


def _parts(position: int, block: Block, document: Document) -> Iterator[dict[str, Any]]:
    """A block as the template reads it; a table too wide for A4 whole for a screen, then in blocks for paper."""
    kind = type(block).__name__.lower()
    shaped: list[Any] = [block]
    if isinstance(block, Chart):
        shaped = [{"chart": block, "svg": Markup(svg(block, f"c{position}"))}]  # noqa: S704 - every text is escaped
    elif isinstance(block, Table):
        shaped = list(_sheets(f"t{position}", block, document))
    elif isinstance(block, KeyValues | Timeline):
        kind = "pairs" if isinstance(block, KeyValues) else "timeline"
    yield from ({"kind": kind, "block": one, "anchor": f"b{position}", "lying": ""} for one in shaped)


def _sheets(name: str, table: Table, document: Document) -> Iterator[Sheet]:
    blocks = [] if document.large else divided(table)
    if len(blocks) < 2:
        yield _sheet(name, table, document)
        return
    yield replace(_sheet(name, table, document), place="screen")
    for n, one in enumerate(blocks, 1):
        yield replace(_sheet(f"{name}p{n}", one, document), place="paper")


def _sheet(name: str, table: Table, document: Document) -> Sheet:
    columns = table.columns
    size, widths = measured(table, lying=document.landscape, large=document.large)
    heads = head_rows([column.label for column in columns])
    return Sheet(
        id=name,
        rules=_rules(name, columns, widths, alone=len(heads) == 1),
        columns=Markup("<col>") * len(columns),
        heads=Markup("").join(map(_head_row, heads)),
        body=_body(table),
        size=size,
        table=table,
    )


def _rules(name: str, columns: Sequence[Column], widths: Sequence[float], *, alone: bool) -> Markup:
    """Widths, alignment and, for phones, the label before each cell: by place, not on every cell.

    Args:
        alone: The heading is one row, so that its cells can be told by place as well.
    """
    rules = []
    for n, (column, share) in enumerate(zip(columns, widths, strict=True), start=1):
        rules.append(f"#{name} col:nth-child({n}){{width:{share:.2f}%}}")
        if column.type in NUMBERS:
            head = f",#{name} thead th:nth-child({n})" if alone else ""
            rules.append(f"#{name} td:nth-child({n}){head}{{text-align:right}}")
        elif column.type in COMPACT or column.type is FieldType.CHOICE:
            rules.append(f"#{name} td:nth-child({n}){{text-align:center}}")
        rules.append(f'#{name} td:nth-child({n})::before{{content:"{_css_text(column.label)}"}}')
    return Markup("\n".join(rules))  # noqa: S704 - numbers, and labels escaped character by character


@lru_cache(_LABELS)
def _css_text(label: str) -> str:
    """A heading between the quotation marks of a style sheet."""
    return _SAFE_IN_CSS.sub(lambda found: f"\\{ord(found[0]):x} ", for_html(label))


@lru_cache(_LABELS)
def _head_cell(head: Head) -> str:
    side = f' scope="colgroup" colspan="{head.span}"' if head.span > 1 else ' scope="col"'
    deep = f' rowspan="{head.deep}"' if head.deep > 1 else ""
    return f"<th{side}{deep}>{escape(for_html(head.text))}</th>"


def _head_row(heads: Sequence[Head]) -> Markup:
    """One row of headings."""
    return Markup(f"<tr>{''.join(map(_head_cell, heads))}</tr>")  # noqa: S704 - every text went through escape


def _body(table: Table) -> Markup:
    groups = dict(table.groups)
    span = len(table.columns)
    looks = [(column.type, closing(column)) for column in table.columns]
    toned = [(n, column) for n, column in enumerate(table.columns) if column.tones]
    lines = []
    for n, row in enumerate(table.rows):
        if n in groups:
            lines.append(f'<tr class="group"><th colspan="{span}">{escape(for_html(closed_up(groups[n])))}</th></tr>')
        lines.append(_row(row, looks, toned))
    return Markup("\n".join(lines))  # noqa: S704 - every cell went through escape


def _row(row: Sequence[Value], looks: Sequence[_Look], toned: Sequence[tuple[int, Column]]) -> str:
    texts = [close(show(value, type_)) for value, (type_, close) in zip(row, looks, strict=True)]
    joined = str(escape(_BETWEEN.join(map(for_html, texts))))
    if toned:
        cells = joined.split(_BETWEEN)
        for n, column in toned:
            tone = _TONES[tone_of(column, texts[n])]
            if tone:
                cells[n] = f'<b class="{tone}">{cells[n]}</b>'
        return f"<tr><td>{'</td><td>'.join(cells)}</td></tr>"
    return f"<tr><td>{joined.replace(_BETWEEN, '</td><td>')}</td></tr>"
