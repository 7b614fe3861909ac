"""The cell styles of a workbook, made once, and how high a row must be for its wrapped text."""

from __future__ import annotations

from math import ceil
from typing import Any

from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.formats.width import text_width

BODY, TITLE, HEAD = "宋体", "方正小标宋简体", "黑体"
DAY_FORMAT, MOMENT_FORMAT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
#: Thousands apart as everywhere else (``55 000.50``), whatever a spreadsheet's own custom is.
COUNT_FORMAT = r"[>=1000000]#\ ###\ ##0_ ;[>=1000]#\ ##0_ ;0_ "
AMOUNT_FORMAT = r"[>=1000000]#\ ###\ ##0.00_ ;[>=1000]#\ ##0.00_ ;0.00_ "
_NUMBER_FORMATS = {
    # as spreadsheets write them themselves: the space keeps them off the text of the next column
    FieldType.INTEGER: "0_ ",
    FieldType.AMOUNT: AMOUNT_FORMAT,
    FieldType.DAY: DAY_FORMAT,
    FieldType.MOMENT: MOMENT_FORMAT,
    FieldType.DEADLINE: MOMENT_FORMAT,
}
_TONES = {Tone.GOOD: "#14532D", Tone.WARNING: "#7A4A00", Tone.ALARM: "#A11212", Tone.MUTED: "#595959"}
_LINE = 13.5
_FILLED, _MARGIN = 0.97, 1.5


class Styles:
    """Styles by what they are for; each combination is made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **wanted: Any) -> Any:
        """A style of the body typeface with these properties."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            base = {"font_name": BODY, "font_size": 10, "valign": "vcenter", "text_wrap": True}
            self._made[key] = self._book.add_format(base | wanted)
        return self._made[key]

    def cell(self, type_: FieldType, tone: Tone = Tone.NORMAL, **wanted: Any) -> Any:
        """A bordered cell of a table: its number format and alignment go by type, its colour by tone."""
        number_format = _NUMBER_FORMATS.get(type_, "@")
        if type_ in (FieldType.INTEGER, FieldType.AMOUNT):
            wanted.setdefault("align", "right")
        elif type_ in (FieldType.TEXT, FieldType.STORY):
            wanted.setdefault("align", "left")
        else:
            wanted.setdefault("align", "center")
        if tone in _TONES:
            wanted |= {"font_color": _TONES[tone], "bold": tone is Tone.ALARM}
        wanted.setdefault("num_format", number_format)
        return self.of(border=1, **wanted)

    def title(self) -> Any:
        """The title over a table or document."""
        return self.of(font_name=TITLE, font_size=18, align="center")

    def subtitle(self) -> Any:
        """The line under the title."""
        return self.of(font_size=12, align="center")

    def kept(self) -> Any:
        """The line over a ledger: whose it is."""
        return self.of(font_size=11, align="left")

    def head(self) -> Any:
        """The heading row of a table."""
        return self.of(font_name=HEAD, bold=True, align="center", border=1, bg_color="#E7E6E2")

    def group(self) -> Any:
        """The heading of a group of rows."""
        return self.of(bold=True, border=1, bg_color="#F5F5F2", align="left")

    def note(self) -> Any:
        """Notes and provenance under a table."""
        return self.of(font_size=9, align="left", valign="top")

    def loud(self) -> Any:
        """What nobody may overlook."""
        return self.of(bold=True, font_color="#A11212", align="left")

    def toned(self, tone: Tone) -> Any:
        """A paragraph."""
        shown = {"font_color": _TONES[tone], "bold": tone is Tone.ALARM} if tone in _TONES else {}
        return self.of(font_size=11, align="left", valign="top", **shown)


def lines_of(text: str, capacity: float) -> int:
    """How many lines a text takes in a cell that holds ``capacity`` Latin characters."""
    # A line rarely fills its last column: a Chinese character is two wide, marks may not begin a line, and on paper
    # the same typeface runs a little wider than on the screen.
    usable = max(capacity * _FILLED - _MARGIN, 2)
    if 2 * len(text) <= usable and "\n" not in text:
        return 1
    return sum(max(1, -int(-text_width(line) // usable)) for line in text.split("\n"))


def room_for(width: int) -> int:
    """How wide a cell has to be for a text of so many Latin characters to take one line."""
    return ceil((width + _MARGIN) / _FILLED)


def height_of(lines: int, line: float = _LINE) -> float:
    """A row's height in points; Excel allows 409."""
    return min(lines * line + 4, 409)
