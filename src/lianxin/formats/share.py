"""How a table's columns share the width there is: on a screen, on paper, on a sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.document import Column, Table, show
from lianxin.core.value import FieldType
from lianxin.formats.cell import COMPACT, NUMBERS
from lianxin.formats.width import natural_width, text_width, unbroken, widest

#: Rows looked at on paper; a ledger's first ones are like its others.
_SAMPLE = 300
_MOST_LINES = 60
#: A row of no more lines than this is low enough not to squeeze short texts for it.
_LOW_ROW = 3
#: Latin text up to here (a rate, a number, a code) is not folded.
_LONGEST_WHOLE = 16
#: As many lines as a name may take in a column that is narrow.
_TWO = 2
#: A text that is folded is a thread in a column narrower than this.
_THREAD = 12
#: Text of no more than five Chinese characters is not folded while there is room.
_COMFORTABLE = 10


class Wish(Struct, frozen=True):
    """What a column needs in Latin characters: the least it can do with, and the length of its longest text."""

    least: int
    longest: int


class Body(Struct, frozen=True):
    """What stands in a column.

    Attributes:
        width: How wide it is.
        whole: It is better left whole: a rate, a number, a date.
        word: The longest word, number or short name in it, which is not broken.
    """

    width: int
    whole: bool
    word: int = 0


def body_of(column: Column, texts: Collection[str]) -> Body:
    """The body of a column of printed cells."""
    width = widest(texts)
    joined = "".join(texts) if width <= _LONGEST_WHOLE else " "
    return Body(width, column.type in COMPACT or (joined.isascii() and " " not in joined))


def kept_whole(body: Body, texts: Collection[str]) -> Body:
    """The same, its words, numbers and short names as wide as they are."""
    return body if body.whole else replace(body, word=unbroken(texts, _LONGEST_WHOLE))


def wish_of(column: Column, body: Body, narrowest: int, day: int = 10) -> Wish:
    """A column's needs: compact values whole (a moment as day over time), text down to a few characters a line.

    Args:
        column: Its type and heading count.
        body: What stands in it.
        narrowest: Text columns and headings may be folded down to this.
        day: What ``2026-03-02`` takes.
    """
    label = text_width(column.label)
    heading = min(label, narrowest)
    least = body.width if body.whole else max(min(body.width, narrowest), body.word)
    if column.type in (FieldType.MOMENT, FieldType.DEADLINE):
        least = min(body.width, day)
    return Wish(max(least, heading, 1), max(body.width, label, 1))


def spread(wishes: Sequence[Wish], room: int) -> list[int]:
    """Widths that make the tallest row as low as can be, what is left over given out evenly.

    The columns are tried at one line for the longest text, then at two, and so on until they fit side by side; when
    nothing fits, they are wider than the room.
    """
    widths = [wish.least for wish in wishes]
    longest = sum(wish.longest for wish in wishes)
    fewest = -(-longest // room) if sum(widths) <= room else _MOST_LINES  # with fewer lines not even the texts fit
    for lines in range(max(fewest, 1), _MOST_LINES):
        tried = [max(wish.least, -(-wish.longest // lines)) for wish in wishes]
        if sum(tried) <= room:
            widths = tried
            break
    spare = room - sum(widths)
    while spare > 0:
        hungry = [n for n, wish in enumerate(wishes) if widths[n] < wish.longest]
        if not hungry:
            break
        for n in hungry[:spare]:
            widths[n] += 1
        spare -= len(hungry)
    return widths


def _typical(column: Column, texts: list[str], *, sheet: bool = False) -> Body:
    """On paper a text column is as wide as nine of ten of its cells; digits and capitals take an eighth more there.

    A sheet counts its widths in digits of larger type: a day or a telephone takes what it has, an id next to that.
    """
    body = body_of(column, texts)
    if body.whole:
        more = 5.0 if column.type is FieldType.REF else 4.5  # an id has capitals and would be broken at its strokes
        if sheet and column.type not in NUMBERS:
            more = 4.25 if column.type is FieldType.REF else 4.0
        return Body(ceil(body.width * more / 4), whole=True)
    sizes = sorted(map(natural_width, texts))
    kept = kept_whole(Body(max(sizes[len(sizes) * 9 // 10], min(sizes[-1], 12)), whole=False), texts)
    return replace(kept, word=-(-kept.word * 9 // 8))


def _declared(columns: Sequence[Column], wishes: Sequence[Wish], room: int) -> Sequence[Wish]:
    """Declared widths for wishes; where the paper is too small for them, what stands in the columns decides."""
    pairs = zip(columns, wishes, strict=True)
    wanted = [Wish(one.least, max(column.width, one.least)) if column.width else one for column, one in pairs]
    return wanted if sum(wish.longest for wish in wanted) <= room else wishes


def paper_widths(
    table: Table, room: int, padding: int, narrowest: int, day: int = 12, *, bodies: Sequence[Body] = ()
) -> list[int]:
    """The columns' widths on paper that holds ``room`` Latin characters side by side, their padding included.

    A declared width (a form's 宽) is what the column gets where the paper is large enough for all.

    Args:
        table, room, padding, narrowest, day: What is to be set where.
        bodies: What stands in its columns, where that is known already.
    """
    bodies = bodies or bodies_of(table)
    widths: list[int] = []
    for folded in (_COMFORTABLE, narrowest):
        wishes = [wish_of(column, body, folded, day) for column, body in zip(table.columns, bodies, strict=True)]
        inside = room - padding * len(wishes)
        widths = spread(_declared(table.columns, wishes, inside), inside)
        tallest = max((-(-body.width // width) for body, width in zip(bodies, widths, strict=True)), default=0)
        if tallest <= _LOW_ROW:
            break
    return [width + padding for width in widths]


def bodies_of(table: Table, *, sheet: bool = False) -> list[Body]:
    """What stands in each column, as on paper: what takes long of all that is asked about a table's widths."""
    rows = list(islice(table.rows, _SAMPLE))
    if table.totals:
        rows.append(table.totals)
    texts = ([show(row[n], column.type) for row in rows] for n, column in enumerate(table.columns))
    return [_typical(column, told, sheet=sheet) for column, told in zip(table.columns, texts, strict=True)]


def squeezed(table: Table, bodies: Sequence[Body], room: int, padding: int, narrowest: int) -> bool:
    """Whether a column of texts gets so little that they stand in a thread: under six characters, over two lines."""
    widths = paper_widths(table, room, padding, narrowest, bodies=bodies)
    return any(
        not body.whole and width - padding < _THREAD and body.width > _TWO * (width - padding)
        for body, width in zip(bodies, widths, strict=True)
    )


def least_widths(table: Table, bodies: Sequence[Body], padding: int, narrowest: int) -> list[int]:
    """What each column needs at the least, in Latin characters, with its padding."""
    wishes = (wish_of(column, body, narrowest, 12) for column, body in zip(table.columns, bodies, strict=True))
    return [wish.least + padding for wish in wishes]


def shares(table: Table, bodies: Sequence[Body], room: int, padding: int, narrowest: int) -> list[float]:
    """The same as percentages of the table's width."""
    widths = paper_widths(table, room, padding, narrowest, bodies=bodies)
    whole = sum(widths) or 1
    return [width * 100 / whole for width in widths]
