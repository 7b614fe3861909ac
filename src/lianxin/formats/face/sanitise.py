"""One sanitiser: what data may not do to the surface it is printed on, one function per surface.

Characters nobody can see (controls, direction marks, zero widths) are shown instead of obeyed, as ``<U+202E>``;
control pictures would be nicer, but Chinese typefaces lack them. JSON alone keeps such characters, escaped. Line breaks
stay line breaks, a tab is four blanks.
"""

from __future__ import annotations

import re

from lianxin.core.text.pattern import late

#: Controls but for the line feed, format characters but for the joiner of emoji and rare scripts,
#: separators, surrogates, non-characters.
_UNSEEN = late(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U00013430-\U0001345f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_RETURN = late("\r\n?|[\u2028\u2029\x85\x0b\x0c]")

#: Text a spreadsheet would run as a formula, or turn into another value, when it opens a CSV.
_TAKEN_FOR_FORMULA = r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]"
_TAKEN_FOR_NUMBER = r"(?:0\d+|\d{12,}|\d+[Ee]\d+|\d{1,2}[-/]\d{1,2}(?:[-/]\d{1,4})?)\s*$"
_QUOTED_IN_CSV = late(f"'*(?:{_TAKEN_FOR_FORMULA}|{_TAKEN_FOR_NUMBER})")

_MARKDOWN = late(r"([\\`*_\[\]|~@$])")
_MARKDOWN_START = late(r"(?m)^(\s*)([-+#=]|\d+(?=[.)](?:\s|$)))")

#: Excel holds no more UTF-16 units than this in a cell.
CELL_LIMIT = 32_767
_CUT = "……（单元格放不下，余下部分请看原件）"


def _picture(found: re.Match[str]) -> str:
    return f"<U+{ord(found[0]):04X}>"


def visible(text: str) -> str:
    """The text with every unseen character shown; what plain surfaces print."""
    if text.isascii() and text.isprintable():
        return text
    if "\t" in text:
        text = text.replace("\t", "    ")
    return _UNSEEN.sub(_picture, _RETURN.sub("\n", text)) if _UNSEEN.search(text) else text


def harmless(text: str) -> bool:
    """Whether nothing in a text is unseen; of many at once, asked of them joined."""
    return (text.isascii() and text.isprintable()) or _UNSEEN.search(text) is None


def for_terminal(text: str) -> str:
    """Text a terminal prints and does not obey: no ANSI, OSC, bidi or other controls."""
    return visible(text)


def for_html(text: str) -> str:
    """Text for a page; the template escapes the markup, this shows what a browser would swallow or obey."""
    return visible(text)


def for_markdown(text: str) -> str:
    """Text that Markdown shows letter for letter; line breaks become ``<br>``."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKDOWN.sub(r"\\\1", text).replace("://", r":\/\/").replace("www.", r"www\.")
    return _MARKDOWN_START.sub(_escaped_start, text).replace("\n", "<br>")


def from_markdown(text: str) -> str:
    """The text behind a line of Markdown: the inverse of ``for_markdown``."""
    from html import unescape  # its table of entities is long, and only what is read back needs it

    return unescape(re.sub(r"\\(.)", r"\1", text.replace("<br>", "\n")))


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def for_csv(text: str) -> str:
    """Text a spreadsheet leaves alone when it opens a CSV.

    Documented quoting: text that would be run as a formula (``=1+1``, ``-1``, ``@x``), or lose digits or turn into a
    date (``0138``, 18-digit numbers, ``3-4``), gets one ``'`` in front; so does text that already reads ``'…`` before
    such a beginning. ``from_csv`` takes it off again.
    """
    text = visible(text)
    return f"'{text}" if _QUOTED_IN_CSV.match(text) else text


def from_csv(cell: str) -> str:
    """The text behind a CSV cell: the inverse of the quoting of ``for_csv``."""
    return cell[1:] if cell.startswith("'") and _QUOTED_IN_CSV.match(cell, 1) else cell


def for_xlsx(text: str) -> str:
    """Text for a cell; longer than Excel can hold, it says so instead of vanishing."""
    text = visible(text)
    if 2 * len(text) <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def for_json(text: str) -> str:
    """JSON text in which unseen characters stand as escapes, so that a terminal does not obey them."""
    return _UNSEEN.sub(_json_escape, text)


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
