"""A document on a screen: folded to its width, aligned, and harmless whatever the data holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Contents,
    Cover,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Provenance,
    Table,
    Timeline,
    show,
)
from lianxin.core.paper import Masthead, Part
from lianxin.core.picture import Pictures
from lianxin.core.tone import Tone
from lianxin.formats import Options
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.paper.foot import alarm, origin, printed
from lianxin.formats.paper.trace import after_mark, marked
from lianxin.formats.screen.card import pair_lines
from lianxin.formats.screen.grid import table_lines
from lianxin.formats.screen.paint import Paint
from lianxin.formats.width import pad, text_width, wrap

_NARROWEST = 20
#: How wide what stands under a long list is.
_PAGE = 100
#: How far from the right a signature stands.
_INSET = 4


def render(document: Document, options: Options) -> str:
    """The document as text, no line wider than ``options.width``."""
    width = max(options.width or 80, _NARROWEST)
    paint = Paint(options.color)
    lines = list(_masthead(document.masthead, width, paint)) if document.masthead else []
    lines += [paint.bold(line) for line in wrap(for_terminal(document.title), width)]
    lines += [paint.dim(line) for line in wrap(for_terminal(document.subtitle), width) if line]
    for block in document.blocks:
        made = list(_block_lines(block, document, width, paint))
        if made:
            lines += ["", *made]
    if document.masthead and document.masthead.under:
        lines += ["", *_imprint(document.masthead, width)]
    lines += ["", *_foot(document, width, paint)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _block_lines(block: Block, document: Document, width: int, paint: Paint) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block, width, paint)
        case Paragraph() if block.part in (Part.SIGNATURE, Part.DATE):
            lines = wrap(for_terminal(block.text), width - _INSET)
            yield from (" " * (width - _INSET - text_width(line)) + line for line in lines)
        case Paragraph():
            yield from (paint.tone(line, block.tone) for line in wrap(for_terminal(block.text), width))
        case Pictures():
            yield from (part for line in block.lines for part in wrap(for_terminal(line), width))
        case KeyValues():
            yield from _key_values(block, width, paint)
        case Table():
            yield from table_lines(block, width, paint)
        case Timeline():
            yield from _timeline(block, width, paint)
        case PageBreak():
            yield paint.dim("─" * width)
        case Contents():
            yield from _contents(block, document, width, paint)
        case Cover():
            yield from _cover(block, width, paint)
        case Chart():
            from lianxin.formats.chart.text import chart_lines

            yield from chart_lines(block, width, paint)


def _masthead(head: Masthead, width: int, paint: Paint) -> Iterator[str]:
    """The name in the middle, who issues it and when on one line, and the rule."""
    for mark in head.marks:
        yield from wrap(for_terminal(mark), width)
    if not head.name:
        return
    names = [" ".join(line) for line in wrap(for_terminal(head.name), width // 2)]
    for line in (*names, for_terminal(head.number), for_terminal(head.signed)):
        if line:
            text = " " * max((width - text_width(line)) // 2, 0) + line
            yield paint.tone(text, Tone.ALARM) if line in names else text
    left, right = for_terminal(head.issuer), for_terminal(head.day)
    if not (left or right):
        pass
    elif text_width(left) + text_width(right) + 2 <= width:
        yield (left + " " * (width - text_width(left) - text_width(right)) + right).rstrip()
    else:
        yield from (*wrap(left, width), *wrap(right, width))
    yield paint.tone("━" * width, Tone.ALARM)
    yield ""


def _imprint(head: Masthead, width: int) -> Iterator[str]:
    for text in head.under:
        yield "─" * width
        yield from wrap(for_terminal(text), width)
    yield "─" * width


def _heading(heading: Heading, width: int, paint: Paint) -> Iterator[str]:
    marks = {1: "━━ ", 2: "■ ", 3: "□ "}
    mark = marks.get(heading.level, "· ")
    lines = wrap(for_terminal(heading.text), width - len(mark))
    for n, line in enumerate(lines):
        text = (mark if n == 0 else " " * len(mark)) + line
        if heading.level == 1 and n == len(lines) - 1:
            text = f"{text} {'━' * max(width - text_width(text) - 1, 0)}".rstrip(" ")
        yield paint.bold(text)


def _key_values(block: KeyValues, width: int, paint: Paint) -> Iterator[str]:
    pairs = [(for_terminal(pair.label), for_terminal(show(pair.value, pair.type)), pair.tone) for pair in block.pairs]
    yield from pair_lines(pairs, width, paint, packed=False)


def _timeline(block: Timeline, width: int, paint: Paint) -> Iterator[str]:
    label_width = max((min(text_width(for_terminal(entry.label)), 20) for entry in block.entries), default=0)
    indent = 18
    for entry in block.entries:
        labels = wrap(for_terminal(entry.label), min(label_width, width - indent))
        head = f"{entry.at:%Y-%m-%d %H:%M}  "
        actor = for_terminal(entry.actor).replace("\n", " ")
        if len(labels) == 1 and indent + label_width + 2 + text_width(actor) <= width:
            yield (head + paint.tone(pad(labels[0], label_width), entry.tone) + "  " + paint.dim(actor)).rstrip()
        else:
            yield head.rstrip() if not labels else head + paint.tone(labels[0], entry.tone)
            for line in [*labels[1:], *(wrap(actor, width - 4) if actor else [])]:
                yield f"    {line}"
        if entry.text:
            yield from (f"    {line}".rstrip() for line in wrap(for_terminal(entry.text), width - 4))


def _contents(block: Contents, document: Document, width: int, paint: Paint) -> Iterator[str]:
    yield paint.bold("目录")
    for heading in document.blocks:
        if isinstance(heading, Heading) and heading.level <= block.depth:
            indent = "  " * heading.level
            for line in wrap(for_terminal(heading.text), width - len(indent)):
                yield indent + line


def _cover(block: Cover, width: int, paint: Paint) -> Iterator[str]:
    rule = "═" * width
    yield rule
    for text in (block.title, *block.lines):
        for line in wrap(for_terminal(text), width):
            centred = " " * ((width - text_width(line)) // 2) + line
            yield paint.bold(centred) if text is block.title else centred
    yield rule


def _foot(document: Document, width: int, paint: Paint) -> Iterator[str]:
    if document.provenance is None:
        return
    loud = alarm(document.provenance)
    if loud:
        yield from (paint.tone(line, Tone.ALARM) for line in wrap(loud, width))
    yield from (paint.dim(line) for line in wrap(for_terminal(_told(document.provenance)), width))
    line = marked(document.provenance)
    if line:  # in files alone, and whole: a program reads it
        yield for_terminal(line)


def _told(provenance: Provenance) -> str:
    """Where it came from; by what it was made stands in files alone."""
    return (origin if provenance.recipe else printed)(provenance)


def stream(parts: Iterable[Document]) -> Iterator[str]:
    """A list for whoever reads lines, part by part: a record a line, however wide."""
    from lianxin.formats.screen.line import record_lines

    last: list[Document] = []

    def seen() -> Iterator[Document]:
        for part in parts:
            last[:] = [part]
            yield part

    yield from record_lines(seen())
    yield from (f"{line}\n" for one in last for line in ("", *_foot(one, _PAGE, Paint(color=False))))


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return after_mark(data.decode().splitlines())
