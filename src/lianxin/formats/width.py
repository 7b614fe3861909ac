"""Widths on a terminal (East Asian wide characters take two columns) and wrapping that never cuts."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from functools import lru_cache

from lianxin.core.text.pattern import late

#: Characters whose width is known without asking: printable ASCII, Chinese quotation marks, dots, dashes and rules
#: are 1, common Chinese and full-width punctuation 2.
_KNOWN_NARROW = "\x20-\x7e\xb7\xd7\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2500-\u257f"
_KNOWN_WIDE = "\u3000-\u303e\u4e00-\u9fff\uff01-\uff60"
_PLAIN = late(f"[{_KNOWN_NARROW}{_KNOWN_WIDE}]*")
#: Among those; a pattern that names all Chinese characters takes long to compile.
_NARROW = late(f"[{_KNOWN_NARROW}]")

#: 避头尾: marks that do not begin a line, and marks that do not end one.
_NOT_FIRST = frozenset("，。、；：？！）》」』】〉〕”’…—·％,.;:?!)]}%")
_NOT_LAST = frozenset("（《「『【〈〔“‘([{")
#: A short name among others, or alone, and what was found, in its marks: better not read in two.
_NAME = late("(?:(?<![^、 \n])[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?![^、 \n])|【[^【】 \n]{1,8}】)")
#: What is set side by side whatever the width: Latin words, days, numbers, ids; and such names.
_WHOLE = late(f"[!-~]+|{_NAME.pattern}、?")


@lru_cache(maxsize=65_536)
def text_width(text: str) -> int:
    """Columns one line of text takes."""
    if text.isascii():
        return len(text)
    if _PLAIN.fullmatch(text):
        return 2 * len(text) - len(_NARROW.findall(text))
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with blanks to a width; ``right`` aligns it to the right."""
    blanks = " " * (width - text_width(text))
    return blanks + text if right else text + blanks


def _wrap_plain(line: str, width: int) -> list[str]:
    """Wrap common text by jumping from break to break; most of what a ledger holds goes this way."""
    lines: list[str] = []
    start, length = 0, len(line)
    mixed = _NARROW.search(line)
    within = {place for name in _NAME.finditer(line) for place in range(name.start() + 1, name.end())}
    while True:
        end = _reach(line, start, width) if mixed else start + width // 2
        if end >= length:
            lines.append(line[start:])
            return lines
        cut = end
        while cut > start and (cut in within or _unbreakable(line[cut - 1], line[cut])):
            cut -= 1
        if cut == start or (cut - start < (end - start) // 2 and not _fits(line, cut, width, within)):
            cut = end
        lines.append(line[start:cut].rstrip(" "))
        start = cut
        while start < length and line[start] == " ":
            start += 1


def _fits(line: str, start: int, width: int, within: Container[int]) -> bool:
    """Whether what may not be broken from there on has room on a line of its own; the start of a line is no break."""
    end = start + 1
    while end < len(line) and (end in within or _unbreakable(line[end - 1], line[end])):
        end += 1
    return text_width(line[start:end]) <= width


def _reach(line: str, start: int, width: int) -> int:
    """Where a line is full."""
    end, room = start, width
    while room > 1 and end < len(line):
        step = line[end : end + room // 2]
        end += len(step)
        room -= 2 * len(step) - len(_NARROW.findall(step))
    return end + 1 if room == 1 and _NARROW.match(line, end) else end


def _unbreakable(before: str, after: str) -> bool:
    return after in _NOT_FIRST or before in _NOT_LAST or ("!" <= before <= "~" and "!" <= after <= "~")


def _units(line: str) -> Iterator[str]:
    """What may not be broken: Latin words and numbers, short names, single wide characters, composed characters."""
    from wcwidth import iter_graphemes

    end = 0
    for whole in _WHOLE.finditer(line):
        yield from iter_graphemes(line[end : whole.start()])
        yield whole[0]
        end = whole.end()
    yield from iter_graphemes(line[end:])


def _pieces(unit: str, width: int) -> Iterator[str]:
    """A unit wider than the line, cut where it must be."""
    if text_width(unit) <= width:
        yield unit
    elif unit.isascii():
        yield from (unit[start : start + width] for start in range(0, len(unit), width))
    else:
        yield from unit


def _wrap_line(line: str, width: int) -> list[str]:
    """Wrap text with rare or composed characters, grapheme by grapheme."""
    lines: list[str] = []
    current: list[str] = []
    used = 0
    for unit in (piece for whole in _units(line) for piece in _pieces(whole, width)):
        size = text_width(unit)
        if used + size > width and current:
            carried = _carried(current, unit)
            lines.append("".join(current).rstrip(" "))
            current = carried
            used = sum(map(text_width, current))
            if used + size > width:
                lines.append("".join(current).rstrip(" "))
                current, used = [], 0
            if not current and not unit.strip(" "):
                continue
        current.append(unit)
        used += size
    lines.append("".join(current).rstrip(" "))
    return lines


def _carried(current: list[str], following: str) -> list[str]:
    """Take from a full line's end what must go to the next line with what follows; leaves at least half the line."""
    carried: list[str] = []
    keep = max(1, len(current) // 2)
    while len(current) > keep:
        first, last = (carried or [following])[0], current[-1]
        if first[0] in _NOT_FIRST or last in _NOT_LAST:
            carried.insert(0, current.pop())
        else:
            break
    return carried


def wrap(text: str, width: int) -> list[str]:
    """The lines of a text at a width, all of it kept; at least one line.

    Args:
        text: Sanitised; its line breaks are kept.
        width: At least 2, since a Chinese character takes two columns.
    """
    if "\n" not in text and text_width(text) <= width:
        return [text]
    lines: list[str] = []
    for line in text.split("\n"):
        if text_width(line) <= width:
            lines.append(line)
        elif _COMMAND.search(line):
            lines.extend(wrap_told(line, width))
        else:
            lines.extend(_wrapped(line, width))
    return lines


def _wrapped(line: str, width: int) -> list[str]:
    wrap_line = _wrap_plain if _PLAIN.fullmatch(line) else _wrap_line
    return wrap_line(line, max(width, 2))


def natural_width(text: str) -> int:
    """Columns of the widest line of a text."""
    return text_width(text) if "\n" not in text else max(map(text_width, text.split("\n")))


def widest(texts: Collection[str]) -> int:
    """Columns of the widest line of some texts; where all are Latin letters on one line, as ids are, at a glance."""
    return max(map(len if latin(texts) else natural_width, texts), default=0)


def unbroken(texts: Iterable[str], most: int) -> int:
    """Columns of the widest word, number or short name in some texts, of those that take no more than ``most``."""
    found = map(text_width, {*_WHOLE.findall("\n".join(texts))})
    return max((size for size in found if size <= most), default=0)


def latin(texts: Iterable[str]) -> bool:
    """Whether every text is Latin letters and digits on one line: as many columns as characters."""
    joined = "".join(texts)
    return joined.isascii() and joined.isprintable()


#: A command as the tool's sentences name it, up to the mark that follows it.
_COMMAND = late(r"lianxin(?: [^\s，。；：、！？（）「」]+)+")
#: After these a sentence is best broken.
_PAUSES = "，。；：、！？）」 "


def wrap_told(text: str, width: int) -> list[str]:
    """The lines of what the tool says: broken after a mark where one is near, a command never, indented as it began."""
    lines: list[str] = []
    for line in text.split("\n"):
        rest, indent = line, line[: len(line) - len(line.lstrip(" "))]
        while text_width(rest) > width:
            cut = _told_cut(rest, width, len(indent))
            lines.append(rest[:cut].rstrip(" "))
            rest = indent + rest[cut:].lstrip(" ")
        lines.append(rest)
    return lines


def _told_cut(line: str, width: int, indent: int) -> int:
    """Where a line that is too long is broken."""
    cut = max(len(_wrapped(line, width)[0]), indent + 1)
    for found in _COMMAND.finditer(line):
        if found.start() < cut < found.end() and found.start() > indent and text_width(found[0]) + indent <= width:
            cut = found.start()
            break
    least = indent + (cut - indent) * 2 // 3
    pauses = (place for place in range(cut, least, -1) if line[place - 1] in _PAUSES and line[place] not in _NOT_FIRST)
    within = [found.span() for found in _COMMAND.finditer(line)]
    return next((place for place in pauses if not any(start < place < end for start, end in within)), cut)
