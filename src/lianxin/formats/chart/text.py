"""A chart as numbers and as bars of characters, for formats that draw nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lianxin.core.chart import Chart, Look
from lianxin.core.document import Column, Table, Value
from lianxin.core.value import FieldType
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.screen.paint import Paint
from lianxin.formats.width import pad, text_width, wrap

#: What the series of a stacked bar are told apart by, also in black and white.
_FILLS = "█▒▓░▞▤"
_EIGHTHS = " ▏▎▍▌▋▊▉"
#: A label takes no more of the line than this part.
_LABEL = 3
_SHORTEST = 8


class Bar(Struct, frozen=True):
    """One bar: what it stands for, how long it is, its number.

    Attributes:
        label: Empty where it is the same as that of the bar before.
        parts: (length as a part of the longest bar, which fill); one part unless stacked.
    """

    label: str
    series: str
    parts: tuple[tuple[float, int], ...]
    text: str


def numbers(chart: Chart, nothing: str | None = "—") -> Table:
    """The chart's numbers as a table: a row a label, a column a series.

    Args:
        chart: Whose numbers.
        nothing: What stands where there is nothing to divide by.
    """
    unit = f"（{chart.unit}）" if chart.unit else ""
    columns = [Column(chart.heading, "label", privacy=chart.privacy)]
    for n, one in enumerate(chart.series, 1):
        columns.append(Column(f"{one.name}{unit}", f"series_{n}", FieldType.AMOUNT))
    rows: list[tuple[Value, ...]] = []
    for n, label in enumerate(chart.labels):
        rows.append((label, *(nothing if one.values[n] is None else one.values[n] for one in chart.series)))
    return Table(tuple(columns), rows, caption=chart.title, notes=chart.notes)


def bars(chart: Chart) -> Iterator[Bar]:
    """Every bar, in order."""
    most = chart.most or 1.0
    for n, label in enumerate(chart.labels):
        if chart.look is Look.STACKED:
            values = [float(one.values[n] or 0) / most for one in chart.series]
            told = " + ".join(one.text(n) for one in chart.series if one.values[n])
            whole = f"{chart.total(n):g}"
            text = f"{whole} = {told}" if told != whole and told else whole
            yield Bar(label, "", tuple((value, at) for at, value in enumerate(values)), text)
            continue
        for at, one in enumerate(chart.series):
            name = one.name if len(chart.series) > 1 else ""
            part = float(one.values[n] or 0) / most
            yield Bar("" if at else label, name, ((part, at),), one.text(n))


def legend(chart: Chart) -> str:
    """Which fill stands for which series; nothing where there is one."""
    if len(chart.series) < 2:
        return ""
    return "　".join(f"{fill_of(at)} {one.name}" for at, one in enumerate(chart.series))


def fill_of(series: int) -> str:
    """The character a series is drawn with."""
    return _FILLS[series % len(_FILLS)]


def drawn(bar: Bar, room: int) -> str:
    """A bar of characters, no longer than ``room``; whatever is not nothing shows."""
    made = ""
    for part, series in bar.parts:
        length = part * room
        if len(bar.parts) == 1 and series == 0:
            whole, rest = divmod(round(length * 8), 8)
            if part > 0 and not whole and not rest:
                rest = 1
            made += fill_of(0) * whole + (_EIGHTHS[rest] if rest else "")
        elif part > 0:
            made += fill_of(series) * max(round(length), 1)
    return made[:room]


def chart_lines(chart: Chart, width: int, paint: Paint) -> Iterator[str]:
    """The chart on a screen."""
    yield from (paint.bold(line) for line in wrap(for_terminal(chart.title), width) if line)
    told = legend(chart)
    unit = f"单位：{chart.unit}" if chart.unit else ""
    yield from (paint.dim(line) for line in wrap(for_terminal("　".join(filter(None, (told, unit)))), width) if line)
    shown = list(bars(chart))
    if not shown:
        yield "（没有数字）"
    names = [for_terminal(bar.label) for bar in shown]
    series = [for_terminal(bar.series) for bar in shown]
    texts = [for_terminal(bar.text) for bar in shown]
    first = min(max(map(text_width, names), default=0), width // _LABEL)
    second = min(max(map(text_width, series), default=0), width // _LABEL)
    last = max(map(text_width, texts), default=0)
    room = max(width - first - (second + 1 if second else 0) - last - 3, _SHORTEST)
    for bar, name, one, text in zip(shown, names, series, texts, strict=True):
        labels = wrap(name, max(first, 2))
        head = pad(labels[0], first) + (" " + pad(wrap(one, max(second, 2))[0], second) if second else "")
        line = " ".join(filter(None, (head, drawn(bar, room).rstrip(), text)))
        yield from [line] if text_width(line) <= width else [head.rstrip(), *wrap(f"  {text}", width)]
        yield from (rest for rest in labels[1:])
    for note in chart.notes:
        yield from (paint.dim(line) for line in wrap(for_terminal(f"注：{note}"), width))
