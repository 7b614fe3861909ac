"""A chart as a small SVG: Chinese labels, told apart by pattern and marker as well as by shade, numbers printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from lianxin.core.chart import Chart, Look, Series
from lianxin.formats.face.sanitise import visible
from lianxin.formats.paper.close import figure
from lianxin.formats.width import text_width, wrap

WIDTH = 640
_SIZE, _ROW, _GAP = 13, 24, 8
_INK, _RULE = "#1a1a1a", "#8a8a8a"
_CHAR = 6.6  # a Latin character's width at the type size; a Chinese one takes two
#: Labels that would take more of a bar chart's width than this stand over their bars.
_SHARE, _OVER = 0.37, 17
#: Between lines of a label in a tile, and a tile is no narrower than this.
_LINE = 17
_TILE = 120
#: How much of white the fullest tile loses; black still stands out on it.
_DARKEST = 110

#: Typefaces with Chinese in them, for a reader's own machine.
FAMILIES = ("SimHei", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")

#: How each series is filled: ground, and the strokes of its pattern on an 8 × 8 square.
_FILLS = (
    ("#4a4a4a", ""),
    ("#ffffff", "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6"),
    ("#c8c8c8", ""),
    ("#ffffff", "M0 4 H8"),
    ("#ffffff", "M2 2 h1.6 v1.6 h-1.6 Z M6 6 h1.6 v1.6 h-1.6 Z"),
    ("#ffffff", "M0 0 L8 8 M0 8 L8 0"),
)
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2", "12 4")
_MARKS = ("M-4 0 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0", "M-4 -4 h8 v8 h-8 Z", "M0 -5 L5 4 H-5 Z", "M0 -5 L5 0 L0 5 L-5 0 Z")


def svg(chart: Chart, mark: str, families: Sequence[str] = FAMILIES, wide: int = WIDTH) -> str:
    """The chart as an ``svg`` element.

    Args:
        chart: What is drawn; its title and notes stand outside.
        mark: Before the names of its patterns: one page has several charts.
        families: Typefaces, best first.
        wide: How wide it is beside its type; a narrow one stays readable on a phone.
    """
    draw = {Look.BARS: _bars, Look.STACKED: _stacked, Look.LINES: _lines, Look.TILES: _tiles}[chart.look]
    start, top = (4, []) if chart.look is Look.TILES or len(chart.series) < 2 else _legend(chart, mark, wide)
    height, body = draw(chart, mark, start, wide)
    described = "；".join(
        f"{label}：" + "，".join(f"{one.name} {_told(one, n)}" for one in chart.series)
        for n, label in enumerate(chart.labels)
    )
    fonts = ", ".join(f"'{name}'" if " " in name else name for name in families)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {height}" width="{wide}" height="{height}"',
            f' role="img" font-family={quoteattr(fonts)} font-size="{_SIZE}" fill="{_INK}">',
            f"<title>{_safe(chart.title)}</title><desc>{_safe(described)}</desc>",
            _patterns(chart, mark),
            *top,
            *body,
            "</svg>",
        )
    )


def _safe(text: str) -> str:
    return escape(visible(text).replace("\n", " "))


def _patterns(chart: Chart, mark: str) -> str:
    made = []
    for n in range(min(len(chart.series), len(_FILLS))):
        ground, strokes = _FILLS[n]
        if strokes:
            made.append(
                f'<pattern id="{mark}f{n}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" fill="{ground}"/>'
                f'<path d="{strokes}" stroke="{_INK}" stroke-width="1.2" fill="none"/></pattern>'
            )
    return f"<defs>{''.join(made)}</defs>" if made else ""


def _fill(n: int, mark: str) -> str:
    n %= len(_FILLS)
    return f"url(#{mark}f{n})" if _FILLS[n][1] else _FILLS[n][0]


def _text(x: float, y: float, text: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{_safe(text)}</text>'


def _over(x: float, y: float, text: str, anchor: str = "middle") -> str:
    """Text that stays readable on any ground."""
    return _text(x, y, text, anchor, ' stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"')


def _told(one: Series, n: int) -> str:
    return figure(one.text(n))


def _plate(x: float, y: float, text: str) -> str:
    """Text on a white plate, for patterned ground."""
    across = _wide(text) + 4
    plate = f'<rect x="{x - across / 2:.1f}" y="{y - 12:.1f}" width="{across:.1f}" height="14" fill="#ffffff"/>'
    return plate + _text(x, y - 1, text, "middle")


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    size = f'width="{max(width, 0):.1f}" height="{height:.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{fill}" stroke="{_INK}" stroke-width="0.8"/>'


def _shortened(text: str, most: float) -> str:
    if text_width(text) <= most:
        return text
    while text and text_width(text) + 1 > most:
        text = text[:-1]
    return f"{text}…"


def _wide(text: str) -> float:
    return text_width(text) * _CHAR


def _legend(chart: Chart, mark: str, wide: int) -> tuple[int, list[str]]:
    """What each series is, side by side and over as many lines as it takes; and where the chart begins under it."""
    made: list[str] = []
    x, y = 4.0, 12
    for n, one in enumerate(chart.series):
        name = _shortened(one.name, (wide - 44) / _CHAR)
        if x > 4 and x + 30 + _wide(name) > wide:
            x, y = 4.0, y + _OVER
        if chart.look is Look.LINES:
            dash = f'stroke-dasharray="{_DASHES[n % 6]}"'
            made.append(f'<path d="M{x:.1f} {y} h24" stroke="{_INK}" stroke-width="1.6" {dash}/>')
            made.append(_marker(x + 12, y, n))
        else:
            made.append(_box(x, y - 7, 24, 13, _fill(n, mark)))
        made.append(_text(x + 30, y + 4, name))
        x += 44 + _wide(name)
    return y + 14, made


def _left(chart: Chart, wide: int) -> tuple[float, int]:
    """Where the bars begin, and how far under their labels: beside these unless one is too long for that."""
    left = max(map(_wide, chart.labels), default=0) + 10
    return (left, 0) if left <= wide * _SHARE else (4.0, _OVER)


def _label(chart: Chart, n: int, left: float, y: float) -> str:
    return _text(left - 6, y, chart.labels[n], "end")


def _label_over(chart: Chart, n: int, y: float, wide: int) -> str:
    return _text(4, y + _OVER - 4, _shortened(chart.labels[n], wide / _CHAR - 2))


def _bars(chart: Chart, mark: str, top: int, wide: int) -> tuple[int, list[str]]:
    most, count = chart.most or 1.0, max(len(chart.series), 1)
    left, over = _left(chart, wide)
    thick = 17 if count == 1 else 15
    ends = max((_wide(_told(one, n)) for one in chart.series for n in range(len(chart.labels))), default=0)
    room = wide - left - ends - 10
    made: list[str] = []
    y = float(top)
    for n in range(len(chart.labels)):
        made.append(_label_over(chart, n, y, wide) if over else _label(chart, n, left, y + thick * count / 2 + 5))
        y += over
        for at, one in enumerate(chart.series):
            length = float(one.values[n] or 0) / most * room
            made.append(_box(left, y, length, thick, _fill(at, mark)))
            made.append(_text(left + length + 5, y + thick - 3, _told(one, n)))
            y += thick
        y += _GAP
    made += [] if over else [_axis(left, top, y)]
    return round(y + 4), made


def _axis(left: float, top: float, bottom: float) -> str:
    return f'<path d="M{left:.1f} {top - 3:.1f} V{bottom - 3:.1f}" stroke="{_INK}" fill="none"/>'


def _stacked(chart: Chart, mark: str, top: int, wide: int) -> tuple[int, list[str]]:
    (left, over), most = _left(chart, wide), chart.most or 1.0
    room = wide - left - max((_wide(f"{chart.total(n):g}") for n in range(len(chart.labels))), default=0) - 10
    made: list[str] = []
    y = float(top)
    for n in range(len(chart.labels)):
        made.append(_label_over(chart, n, y, wide) if over else _label(chart, n, left, y + 14))
        x, y = left, y + over
        for at, one in enumerate(chart.series):
            length = float(one.values[n] or 0) / most * room
            if length:
                made.append(_box(x, y, length, 18, _fill(at, mark)))
                if length > _wide(_told(one, n)) + 6:
                    made.append(_plate(x + length / 2, y + 14, _told(one, n)))
            x += length
        made.append(_text(x + 5, y + 14, f"{chart.total(n):g}"))
        y += _ROW
    made += [] if over else [_axis(left, top, y)]
    return round(y + 4), made


def _marker(x: float, y: float, n: int) -> str:
    fill = _INK if n % 2 == 0 else "#fff"
    place = f'transform="translate({x:.1f} {y:.1f})"'
    return f'<path d="{_MARKS[n % len(_MARKS)]}" {place} fill="{fill}" stroke="{_INK}"/>'


def _lines(chart: Chart, _mark: str, top: int, wide: int) -> tuple[int, list[str]]:
    most, count = chart.most or 1.0, len(chart.labels)
    bottom, left, right = top + 210.0, 24.0, wide - 24.0
    step = (right - left) / max(count - 1, 1)
    made = [f'<path d="M4 {bottom:.1f} H{wide - 4}" stroke="{_INK}"/>']
    for part in (0.5, 1.0):
        y = bottom - part * 180
        made.append(f'<path d="M4 {y:.1f} H{wide - 4}" stroke="{_RULE}" stroke-width="0.6" stroke-dasharray="2 3"/>')
    every = max(-(-max((_wide(label) + 8 for label in chart.labels), default=0) // max(step, 1)), 1)
    for n, label in enumerate(chart.labels):
        if n % int(every) == 0 or count <= 2:
            anchor = "start" if n == 0 else "end" if n == count - 1 else "middle"
            edge = {"start": 4.0, "end": wide - 4.0}.get(anchor, left + n * step)
            made.append(_text(edge, bottom + 18, label, anchor))
    for at, one in enumerate(chart.series):
        points = [
            (left + n * step, bottom - float(value) / most * 180)
            for n, value in enumerate(one.values)
            if value is not None
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = f' stroke-dasharray="{_DASHES[at % 6]}"' if at % 6 else ""
        made.append(f'<polyline points="{path}" fill="none" stroke="{_INK}" stroke-width="1.6"{dash}/>')
        made += [_marker(x, y, at) for x, y in points]
    made += _values(chart, left, step, bottom, wide)
    return round(bottom + 28), made


def _values(chart: Chart, left: float, step: float, bottom: float, wide: int) -> Iterator[str]:
    """The numbers at the points; of the last and the highest alone, where they would run into each other."""
    most = chart.most or 1.0
    for at, one in enumerate(chart.series):
        known = [n for n, value in enumerate(one.values) if value is not None]
        others = [other for other in chart.series if other is not one]
        widest = max((_wide(_told(one, n)) for n in known), default=0)
        if known and (widest + 4 > step or len(chart.series) > 2):
            known = sorted({known[-1], max(known, key=lambda n: float(one.values[n] or 0))})
        for n in known:
            y = bottom - float(one.values[n] or 0) / most * 180
            x = min(max(left + n * step, _wide(_told(one, n)) / 2 + 2), wide - _wide(_told(one, n)) / 2 - 2)
            under = any(float(other.values[n] or 0) > float(one.values[n] or 0) for other in others)
            tied = at and any(other.values[n] == one.values[n] for other in chart.series[:at])
            yield _over(x, y + 19 if (under or tied) and y < bottom - 20 else y - 9, _told(one, n))


def _tiles(chart: Chart, _mark: str, top: int, wide: int) -> tuple[int, list[str]]:
    """Tiles in rows, the darker the more; the number and the place stand in each."""
    most = chart.most or 1.0
    one = chart.series[0] if chart.series else None
    across = min(max(len(chart.labels), 1), wide // _TILE)
    side = (wide - 8 - _GAP * (across - 1)) / across
    labels = [wrap(visible(label), int(side / _CHAR) - 1) for label in chart.labels]
    deep = max(map(len, labels), default=1) * _LINE - _LINE
    high, made = 58.0 + deep, []
    for n, lines in enumerate(labels):
        x, y = 4 + n % across * (side + _GAP), top + n // across * (high + _GAP)
        part = float((one.values[n] if one else 0) or 0) / most
        shade = round(255 - part * _DARKEST)
        made.append(_box(x, y, side, high, f"#{shade:02x}{shade:02x}{shade:02x}"))
        made += [_text(x + side / 2, y + 22 + at * _LINE, line, "middle") for at, line in enumerate(lines)]
        number = _told(one, n) if one else ""
        told = f"{number} {chart.unit}".strip()
        made.append(_text(x + side / 2, y + 45 + deep, told, "middle", ' font-size="17" font-weight="bold"'))
    rows = -(-len(chart.labels) // across)
    return round(top + rows * (high + _GAP)), made
