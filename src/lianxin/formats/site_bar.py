"""Bars on the notice board: one SVG a table, told apart by pattern and number as well as by grey."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from lianxin.core.document import Table, show
from lianxin.core.value import FieldType
from lianxin.formats.sanitise import for_html
from lianxin.formats.width import text_width

_WIDTH, _ROW, _BAR, _HALF = 420, 30, 18, 7.5
#: Rows beyond these are in the table alone.
_MOST = 30
#: Fill of each part: white with slanted lines, dots, solid; they differ on a black and white printer too.
_PATTERNS = (
    '<pattern id="{0}p0" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#1f3a5f"/></pattern>'
    '<pattern id="{0}p1" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.4" fill="#1f3a5f"/></pattern>'
    '<pattern id="{0}p2" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#3f5f86"/></pattern>'
    '<pattern id="{0}p3" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/><path d="M0 3H6M3 0V6" stroke="#1f3a5f"/></pattern>'
)
_FILLS = 4


def bars(table: Table, name: str) -> Markup:
    """A table's whole numbers as stacked bars, a row each; the last number column is the sum.

    Args:
        table: Its first column names the rows.
        name: Unique on the page; ids in the drawing begin with it.
    """
    parts = [n for n, column in enumerate(table.columns) if column.type is FieldType.INTEGER][:-1]
    rows = [row for row in table.rows if any(row[n] for n in parts)][:_MOST]
    if not rows or not parts:
        return Markup("")
    labels = [for_html(show(row[0])) for row in rows]
    left = min(max(map(text_width, labels)), 20) * _HALF + 14
    sums = [sum(_count(row[n]) for n in parts) for row in rows]
    scale = (_WIDTH - left - 46) / max(sums)
    head = 28
    height = head + _ROW * len(rows)
    legend = _legend([table.columns[n].label for n in parts], name)
    drawn = []
    for place, (row, label, total) in enumerate(zip(rows, labels, sums, strict=True)):
        y = head + place * _ROW
        drawn.append(f'<text x="{left - 8:.0f}" y="{y + 19}" text-anchor="end">{escape(_cut(label))}</text>')
        drawn += _row([_count(row[n]) for n in parts], left, y + 5, scale, name)
        drawn.append(f'<text x="{left + total * scale + 6:.1f}" y="{y + 19}">{total}</text>')
    told = escape(for_html(f"{table.caption}，条形图，数字见下表"))
    return Markup(  # noqa: S704 - labels escaped, the rest is numbers
        f'<svg class="bars" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{told}">'
        f"<defs>{_PATTERNS.format(name)}</defs>{legend}{''.join(drawn)}</svg>"
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _cut(label: str) -> str:
    return label if text_width(label) <= 20 else f"{label[:9]}…"


def _legend(labels: Sequence[str], name: str) -> str:
    drawn, x = [], 4.0
    for n, label in enumerate(labels):
        drawn.append(f'<rect x="{x:.0f}" y="5" width="16" height="14" {_look(n, name)}/>')
        drawn.append(f'<text x="{x + 21:.0f}" y="18">{escape(for_html(label))}</text>')
        x += 21 + text_width(label) * _HALF + 18
    return "".join(drawn)


def _row(counts: Sequence[int], x: float, y: float, scale: float, name: str) -> list[str]:
    drawn = []
    for n, count in enumerate(counts):
        width = count * scale
        if count:
            drawn.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" {_look(n, name)}/>')
        if width > 10 + 8 * len(str(count)):
            middle, half = x + width / 2, 4 * len(str(count)) + 2
            box = f'x="{middle - half:.1f}" y="{y + 2}" width="{2 * half}" height="14" fill="#fff"'
            drawn.append(f'<rect {box}/><text x="{middle:.1f}" y="{y + 14}" text-anchor="middle">{count}</text>')
        x += width
    return drawn


def _look(n: int, name: str) -> str:
    return f'fill="url(#{name}p{n % _FILLS})" stroke="#1f3a5f"'
