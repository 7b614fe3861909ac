"""What is looked at before any parser sees a file: size, encoding, odd characters, conflict markers, colons, tabs.

The good file costs a handful of searches over the whole text; lines are walked only where one of them hits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from lianxin.core.text.hidden import BIDI, CONTROL, LONE_CR
from lianxin.storage import MAX_BYTES


class Spot(Struct, frozen=True, order=True):
    """A fault of the text itself, at its place (both from 1); ``veiled`` as in ``core.problem.Fault``."""

    line: int
    col: int
    code: str
    message: str
    veiled: str = ""


class Unreadable(Exception):  # noqa: N818 - it is a finding about a file, carried to the one place that reports it
    """The text cannot be taken as a record; ``faults`` says where and why."""

    def __init__(self, faults: tuple[Spot, ...]) -> None:
        super().__init__(";".join(fault.message for fault in faults))
        self.faults = faults


# Patterns are compiled when first looked for: in a good file none of them is.
_CONTROL = f"[{CONTROL}]"
_BIDI = f"[{BIDI}]"

# The same two sets as the file's bytes may show them: coarse, and an order of magnitude quicker to rule out.
_C0 = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_TURNING = (b"\xd8", b"\xe2")
_LEADS = (b"\xc2", b"\xe2\x80", b"\xef\xbb\xbf", b"\xef\xbf")
#: Indented ones are markers only with a name behind them: seven signs alone may be a line that somebody drew.
_MARKER = r"(?m)^(?:(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$|[ \t]+(?P<inner><{7}|\|{7}|>{7}) \S)"
_WIDE_COLON = "\uff1a"
_KEY_COLON = rf"[ \-]*(?P<key>[\u4e00-\u9fffA-Za-z]{{1,12}}) *(?P<colon>{_WIDE_COLON})"
_COLON_AHEAD = r"\n" + _KEY_COLON
_COLON_FIRST = _KEY_COLON
_TAB_AHEAD = r"\n[ \-]*\t"
_BLOCK_HEAD = r"(?:^|[\s:-])[|>][+-]?[1-9]?[+-]?[ \t]*(?:#.*)?$"
#: Blanks that look like one and are none to YAML; at the start of a line, and after a key's colon.
_WIDE_BLANKS = "\u3000\u00a0"
_BLANK_AHEAD = rf"[ \-]*[{_WIDE_BLANKS}]+[ {_WIDE_BLANKS}]*(?=\S)"
_BLANK_AFTER = rf"[ \-]*(?P<key>[\u4e00-\u9fffA-Za-z]{{1,12}}):(?P<blank>[{_WIDE_BLANKS}])"


def decode(data: bytes) -> str:
    """The file's text.

    Raises:
        Unreadable: Too large, not UTF-8, or with a byte order mark.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable((Spot(1, 1, "Y001", "文件超过 1 MB，不像一份记录"),))
    if data.startswith(b"\xef\xbb\xbf"):
        raise Unreadable((Spot(1, 1, "Y004", "文件开头有 BOM（记事本「UTF-8 带 BOM」保存的）"),))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable((_encoding(data, error.start),)) from None


def _encoding(data: bytes, at: int) -> Spot:
    head = data[:at].decode("utf-8", "replace")
    line, col = head.count("\n") + 1, len(head) - head.rfind("\n")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Spot(1, 1, "Y003", "文件是 UTF-16 编码，不是 UTF-8")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Spot(line, col, "Y003", f"文件不是 UTF-8 编码，第 {at + 1} 个字节 0x{data[at]:02x} 认不出来")
    sample = data[at : at + 40].decode("gb18030", "ignore").split("\n", maxsplit=1)[0].strip()[:8]
    told = "文件是 GBK 编码（记事本 ANSI），不是 UTF-8"
    return Spot(line, col, "Y002", f"{told}，此处应为「{sample}」", told)


def may_be_odd(data: bytes) -> bool:
    """Whether a closer look for control characters is due."""
    return len(data.translate(None, _C0)) != len(data) or any(lead in data for lead in _LEADS)


def may_turn(data: bytes) -> bool:
    """Whether a closer look for characters that turn the direction of writing is due."""
    return any(lead in data for lead in _TURNING)


def scan(text: str, *, odd: bool = True) -> None:
    """Refuse what must not reach the parser.

    Args:
        text: The file, or one value of it.
        odd: As ``may_be_odd`` says of it.

    Raises:
        Unreadable: Control characters, conflict markers, tabs as indentation.
    """
    if (
        not (odd and re.search(_CONTROL, text))
        and "\r" not in text
        and "<<<<<<<" not in text
        and "\n=======" not in text
        and ">>>>>>>" not in text
        and not text.startswith("\t")
        and ("\t" not in text or re.search(_TAB_AHEAD, text) is None)
    ):
        return
    faults = sorted((*_controls(text), *_markers(text), *_tabs(text)))
    if faults:
        raise Unreadable(tuple(faults))


def controlled(value: str) -> bool:
    """Whether a value, its escapes undone, holds a control character."""
    return any(re.search(pattern, value) for pattern in (_CONTROL, LONE_CR))


def place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _controls(text: str) -> Iterator[Spot]:
    for pattern in (_CONTROL, LONE_CR):
        for found in re.finditer(pattern, text):
            yield Spot(*place_of(text, found.start()), "Y005", f"这里有看不见的控制字符 U+{ord(found[0]):04X}")


def _markers(text: str) -> Iterator[Spot]:
    for found in re.finditer(_MARKER, text.replace("\r\n", "\n")):
        line, col = place_of(found.string, max(found.start(), found.start("inner")))
        yield Spot(line, col, "Y007", f"这里留着 git 的冲突标记 {found['inner'] or found[0][:7]}")


def _tabs(text: str) -> Iterator[Spot]:
    lines = text.split("\n")
    inside = block_lines(lines)
    for n, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip(" \t-"))]
        if "\t" in indent and n not in inside and line.strip():
            yield Spot(n + 1, indent.index("\t") + 1, "Y009", "行首用了制表符（Tab），缩进只能用空格")


def block_lines(lines: list[str]) -> set[int]:
    """Which lines (from 0) are the text of a ``|`` or ``>`` block, where anything may stand."""
    inside: set[int] = set()
    floor: int | None = None
    for n, line in enumerate(lines):
        bare = line.rstrip("\r")
        indent = len(bare) - len(bare.lstrip(" "))
        if floor is not None:
            if not bare.strip() or indent > floor:
                inside.add(n)
                continue
            floor = None
        if ("|" in bare or ">" in bare) and not bare.lstrip().startswith("#") and re.search(_BLOCK_HEAD, bare):
            # A block under "- 键: |" is indented against the key, not against the dash.
            floor = len(bare) - len(bare.lstrip(" -")) if bare.lstrip(" -").find(": ") > 0 else indent
    return inside


def suspects(text: str) -> list[Spot]:
    """Lines, outside of block text, that were likely meant as keys or items and are none to YAML.

    They begin with a word and a full-width colon, with a full-width blank, or have one after the key's colon.
    """
    wide = _WIDE_COLON in text and (re.search(_COLON_AHEAD, text) or re.match(_COLON_FIRST, text))
    blank = any(mark in text for mark in _WIDE_BLANKS)
    if not wide and not blank:
        return []
    lines = text.split("\n")
    inside = block_lines(lines)
    return [spot for n, line in enumerate(lines) if n not in inside for spot in _suspect(n + 1, line)]


def _suspect(number: int, line: str) -> Iterator[Spot]:
    found = re.match(_COLON_FIRST, line)
    if found:
        message = f"「{found['key']}」后面是全角冒号「{_WIDE_COLON}」，要写成半角冒号加一个空格「: 」"
        yield Spot(number, found.start("colon") + 1, "Y008", message)
    if re.match(_BLANK_AHEAD, line):
        col = next(n for n, char in enumerate(line) if char in _WIDE_BLANKS)
        yield Spot(number, col + 1, "Y035", "行首用了全角空格，缩进只能用半角空格")
    found = re.match(_BLANK_AFTER, line)
    if found:
        message = f"「{found['key']}」的冒号后面是全角空格，要用半角空格"
        yield Spot(number, found.start("blank") + 1, "Y012", message)


def oddities(text: str) -> list[Spot]:
    """What does not stop the reading but should be seen: characters that turn the direction of writing."""
    return [
        Spot(*place_of(text, found.start()), "Y006", f"这里有改变文字方向的隐藏字符 U+{ord(found[0]):04X}")
        for found in re.finditer(_BIDI, text)
    ]


def floor_of(line: str, column: int, own: int | None = None) -> int:
    """How far a line is indented that no longer belongs to the value at ``column`` of this one, at the most.

    Args:
        line: On which the value begins.
        column: From 0, where it begins.
        own: What to say of a value alone on its line; else one less than its own indentation.
    """
    before = line[: len(line) - len(line.lstrip(" -"))]
    if column > len(before):  # behind a key
        return len(before)
    if "-" in before:
        return before.rindex("-")
    return len(before) - 1 if own is None else own
