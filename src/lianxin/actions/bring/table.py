"""Where the table stands in a sheet: the title above, one or two rows of headings, the lines, and what is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from lianxin.core.sheet import CellValue, Sheet

#: The head stands within so many rows.
_DEEPEST = 20
#: So many columns must be known for a row to be a head; where none is, so many must hold a short text each.
_KNOWN, _UNKNOWN = 2, 3
_LONGEST_HEADING = 20

_BRACKETS = re.compile(r"[(\[【〔<《].*?[)\]】〕>》]")
_UNIT = re.compile(r"万\s*元|元")
_TOTAL = re.compile(r"(合计|小计|总计|累计|共计)|.{0,12}(合计|小计|总计)[:：]?\Z")
_FOOT = re.compile(
    r"(注|备注|说明|填表|制表|填报|审核|审批|单位负责|负责人|分管|联系电话|制表单位|填报单位)[人者]?[:：]"
)
_NUMBERED = re.compile(r"\d+\Z")
#: What the example and the notes of our own template bear in front.
OURS = ("例", "说明")
#: The sheet of it that tells how to fill it in.
ABOUT = "填写说明"
#: The column that the copy with faults has.
NOTED = "导入时的问题"


class Head(Struct, frozen=True):
    """One column by its headings.

    Attributes:
        words: What it may be called, the likeliest first, folded.
        shown: As she wrote it.
        scale: What numbers under it are to be multiplied by: 10000 for 万元.
    """

    column: int
    words: tuple[str, ...]
    shown: str
    scale: int = 1


class Line(Struct, frozen=True):
    """One row that says something.

    Attributes:
        number: Of the row, from 1.
        cells: By column, from 0; those that hold nothing are left out.
        carried: Columns whose cell is one with that of a line above.
        under: What stood alone in the row over a group of lines: a village, mostly.
    """

    number: int
    cells: Mapping[int, CellValue]
    carried: frozenset[int]
    under: str


class Table(Struct, frozen=True):
    """The table of one sheet.

    Attributes:
        title: What stands above it, after the name of the sheet.
        row: The last row of the head, from 1.
        from_1904: As of the sheet.
    """

    sheet: str
    title: str
    row: int
    heads: Sequence[Head]
    lines: Sequence[Line]
    from_1904: bool | None


def plain(text: object) -> str:
    """A heading as it is compared: no blanks, no brackets, no marks, one width."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))
    return _BRACKETS.sub("", folded).strip("*＊:：。、·") or folded


def table_of(sheet: Sheet, known: Callable[[str], bool]) -> Table | None:
    """The table of a sheet; None where there is none.

    Args:
        sheet: As it was read.
        known: Whether a heading, folded, is one of any kind.
    """
    filled = _filled(sheet)
    found = _head(sheet, filled, known)
    if found is None:
        return None
    first, last = found
    heads = [*_heads(sheet, filled, first, last)]
    above = [str(cell).strip() for row in sheet.rows[:first] for cell in row if str(cell).strip()]
    title = " ".join(dict.fromkeys((sheet.name, *above)))
    return Table(sheet.name, title, last + 1, heads, [*_lines(sheet, last + 1, heads)], sheet.from_1904)


def _filled(sheet: Sheet) -> list[list[CellValue]]:
    """The upper rows with merged cells holding what the first of them holds."""
    rows = [list(row) for row in sheet.rows[: _DEEPEST + 2]]
    for (top, left), (bottom, right) in sheet.merged:
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = rows[top][left]
    return rows


def _head(sheet: Sheet, filled: Sequence[Sequence[CellValue]], known: Callable[[str], bool]) -> tuple[int, int] | None:
    """The first and last row of the head."""

    def told(row: int, *, two: bool) -> int:
        columns = range(len(filled[row]))
        return sum(any(map(known, _words(filled, row, column, two=two))) for column in columns)

    rows = range(min(_DEEPEST, len(filled)))
    best = max(rows, key=lambda row: (told(row, two=False), -row), default=None)
    if best is None:
        return None
    if told(best, two=False) < _KNOWN:
        like = (row for row in rows if _like_head(sheet.rows[row]))
        best = next(like, None)
        return None if best is None else (best, best)
    alone = told(best, two=False)
    if best + 1 < len(filled) and told(best + 1, two=True) > alone:
        return best, best + 1
    if best and told(best, two=True) > alone:
        return best - 1, best
    return best, best


def _like_head(row: Sequence[CellValue]) -> bool:
    texts = [cell for cell in row if cell != ""]
    short = {cell for cell in texts if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING}
    return len(short) >= max(_UNKNOWN, len(texts)) and not any(_NUMBERED.match(text) for text in short)


def _words(filled: Sequence[Sequence[CellValue]], row: int, column: int, *, two: bool) -> tuple[str, ...]:
    own = plain(filled[row][column])
    if not two or not row or column >= len(filled[row - 1]):
        return (own,) if own else ()
    over = plain(filled[row - 1][column])
    if not own or own == over:
        return (over,) if over else ()
    bare = over.removesuffix("情况").removesuffix("信息")
    return tuple(dict.fromkeys(filter(None, (f"{bare}{own}", f"{over}{own}", own))))


def _heads(sheet: Sheet, filled: Sequence[Sequence[CellValue]], first: int, last: int) -> Iterator[Head]:
    for column in range(max(map(len, filled[first : last + 1]))):
        words = _words(filled, last, column, two=last > first) if column < len(filled[last]) else ()
        cells = [filled[row][column] for row in range(first, last + 1) if column < len(filled[row])]
        shown = " ".join(dict.fromkeys(re.sub(r"\s+", "", str(cell)) for cell in cells if str(cell).strip()))
        if not words or NOTED in words:
            continue
        units = _UNIT.findall(" ".join(_BRACKETS.findall(unicodedata.normalize("NFKC", shown))))
        bare = tuple(word.rstrip("0123456789一二三") or word for word in words)
        yield Head(column, tuple(dict.fromkeys((*words, *bare))), shown, 10_000 if any("万" in u for u in units) else 1)
    del sheet


def _lines(sheet: Sheet, start: int, heads: Sequence[Head]) -> Iterator[Line]:
    carried = _carried(sheet, start)
    columns = {head.column for head in heads}
    spoken = {word for head in heads for word in head.words}
    numbers = {head.column for head in heads if "序号" in head.words}
    under = ""
    for at in range(start, len(sheet.rows)):
        own = {n: cell for n, cell in enumerate(sheet.rows[at]) if cell != "" and str(cell).strip()}
        cells = {**{n: value for n, value in carried.get(at, {}).items() if n not in own}, **own}
        texts = [plain(cell) for _, cell in sorted(own.items())]
        if not texts or any(plain(own.get(n, "")) in OURS for n in numbers):
            continue
        if any(_TOTAL.match(text) for text in texts[:3]) or _FOOT.match(str(next(iter(own.values()))).strip()):
            continue
        if (
            len(own) == 1
            and len(heads) >= _UNKNOWN
            and not carried.get(at)
            and isinstance(next(iter(own.values())), str)
        ):
            under = texts[0]
            continue
        if _again(texts, spoken):
            continue
        inside = {n: cell for n, cell in cells.items() if n in columns}
        if inside.keys() - numbers:
            yield Line(at + 1, inside, frozenset(inside.keys() - own.keys()), under)


def _again(texts: Sequence[str], spoken: Collection[str]) -> bool:
    """Whether a row is the head once more, as on every page of what was printed."""
    return len(texts) >= _UNKNOWN and sum(text in spoken for text in texts) > 0.7 * len(texts)


def _carried(sheet: Sheet, start: int) -> dict[int, dict[int, CellValue]]:
    """What the lower cells of merged ones hold, by row and column."""
    found: dict[int, dict[int, CellValue]] = {}
    for (top, left), (bottom, _right) in sheet.merged:
        if top < start or top >= len(sheet.rows) or left >= len(sheet.rows[top]) or sheet.rows[top][left] == "":
            continue
        for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
            found.setdefault(row, {})[left] = sheet.rows[top][left]
    return found
