"""What YAML's syntax errors mean to someone who wrote a record by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from lianxin.storage.read.scanning import Spot, floor_of
from lianxin.storage.read.span import glued, spread, swallowed

_UNALIGNED = "缩进不对：这一行没有与同级的各项左对齐"
_TAGGED = "这里用了 YAML 的类型标记（!），记录里不用；是文字就加双引号"
_TABBED = "行首用了制表符（Tab），缩进只能用空格"
_UNPAIRED = "方括号或花括号没有配对，或中间少了半角逗号"

#: (words in the parser's complaint, code, message, at the context's place rather than the problem's).
_MEANINGS: tuple[tuple[str, str, str, bool], ...] = (
    ("tab character", "Y009", _TABBED, False),
    (r"'\t' that cannot start", "Y009", _TABBED, False),
    ("cannot start any token", "Y014", "这里的「{char}」不能放在一项的开头，整句要用双引号括起来", False),
    ("unknown escape character", "Y014", "双引号里的反斜杠要写成两个 \\\\", False),
    ("while scanning a quoted scalar", "Y011", "这里的引号没有配对", True),
    ("could not find expected ':'", "Y012", "这一行不是「键: 值」，缺半角冒号，或冒号后面少一个空格", True),
    ("mapping values are not allowed", "Y013", "一行里出现了两个「: 」，后面那个若是文字，整句要用双引号括起来", False),
    ("mapping keys are not allowed", "Y033", "「? 」开头的写法记录里不用；是文字就加双引号", False),
    ("undefined tag handle", "Y017", _TAGGED, False),
    ("while scanning a tag", "Y017", _TAGGED, True),
    ("while parsing a tag", "Y017", _TAGGED, True),
    ("directive", "Y017", "这里用了 YAML 的 % 指令，记录里不用；是文字就加双引号", True),
    ("while scanning an anchor", "Y016", "这里用了 YAML 的锚点（&），记录里不用；是文字就加双引号", True),
    ("while scanning an alias", "Y016", "这里用了 YAML 的别名（*），记录里不用；是文字就加双引号", True),
    ("document start", "Y020", "记录到上一行已经结束，这里又另起了一份", False),
    ("expected ',' or", "Y015", _UNPAIRED, True),
    ("flow", "Y015", _UNPAIRED, True),
    ("while scanning a block scalar", "Y015", "「|」后面不能再写字，文字从下一行开始写，并多缩进两格", True),
    ("sequence entries are not allowed", "Y010", "「- 」放错了位置，清单要另起一行写", False),
    ("expected '-' indicator", "Y010", "缩进不对：这一行既不是清单的下一项，也没有退回上一级", False),
    ("did not find expected key", "Y010", _UNALIGNED, False),
    ("expected <block end>", "Y010", _UNALIGNED, False),
)


def explain_syntax(
    error: yaml.YAMLError, lines: list[str], scalars: Sequence[Any], suspects: Sequence[Spot]
) -> list[Spot]:
    """A parser's complaint as faults with a place, a code and a Chinese sentence.

    Args:
        error: As the parser raised it.
        lines: The whole file.
        scalars: The events of every text before the complaint.
        suspects: Lines that are likely no keys or items though meant as such; one beside the complaint is its cause.
    """
    where: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if where is None:  # the reader's complaint about a character the scan has let through
        return [Spot(1, 1, "Y005", "文件里有 YAML 不收的字符")]
    context = getattr(error, "context_mark", None) or where
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if "mapping values are not allowed" in words:
        cause = _opening(lines, where.line)
        if cause:
            return [cause]
    # what came to grief here may have been swallowed by the text of a line above
    faults = [] if "flow" in words else swallowed(lines, spread(scalars), suspects)
    faults = faults or _near(where.line + 1, suspects)
    cause = None if faults else _cause(words, lines, where, context) or _in_block(lines, where, scalars)
    if faults or cause:
        return [*faults, *filter(None, [cause])]
    for part, code, message, at_context in _MEANINGS:
        if part in words:
            return [_spot(lines, context if at_context else where, code, message)]
    return [_spot(lines, where, "Y015", "这一行不合 YAML 的写法")]


def _near(line: int, suspects: Sequence[Spot]) -> list[Spot]:
    """The suspects that can be the cause of a complaint in this line.

    One that begins with a full-width blank is so for all below it, which it would have held.
    """
    beside = [spot for spot in suspects if -2 <= spot.line - line <= 1]
    return beside or [spot for spot in suspects if spot.code == "Y035" and spot.line <= line]


def _cause(words: str, lines: list[str], where: Any, context: Any) -> Spot | None:
    """What the lines themselves say better than the complaint."""
    line = lines[where.line] if where.line < len(lines) else ""
    before = line[: where.column].rstrip()
    ended = _ended(lines, where.line)
    if ended:
        return ended
    if "could not find expected ':'" in words:
        return glued(lines[context.line], context.line)
    if "mapping values are not allowed" in words:
        return None if re.search(r":\s", before) else _indented(line, where.line)
    if not any(said in words for said in ("expected key", "expected '-' indicator", "<block end>")):
        return None
    if before.endswith(('"', "'", "]", "}")):
        return Spot(where.line + 1, where.column + 1, "Y032", "收尾的引号或括号后面还有字，整句要用双引号括起来")
    if before:
        return None
    return _without_dash(lines, where.line, where.column) or glued(line, where.line)


def _opening(lines: list[str], n: int) -> Spot | None:
    """The line above one that holds a key and should not: a key itself, but without its colon or the blank after it."""
    above = next((at for at in range(n - 1, -1, -1) if lines[at].strip()), None)
    if above is None:
        return None
    line = lines[above]
    alone = re.fullmatch(r" *[\u4e00-\u9fffA-Za-z]{1,12}\s*", line)
    if alone and _indent(line) < _indent(lines[n]) and (above == 0 or not lines[above - 1].rstrip().endswith(":")):
        return Spot(above + 1, _indent(line) + 1, "Y012", "这一行后面缺半角冒号，下面的就不知道是谁的")
    return glued(line, above)


def _in_block(lines: list[str], where: Any, scalars: Sequence[Any]) -> Spot | None:
    """A line of block text that is indented less than the first one, and so none of it."""
    last = scalars[-1] if scalars else None
    if last is None or last.style not in ("|", ">") or where.line >= len(lines):
        return None
    between = lines[last.end_mark.line : where.line]
    key = floor_of(lines[last.start_mark.line], last.start_mark.column)
    if all(not line.strip() or line.lstrip().startswith("#") for line in between) and _indent(lines[where.line]) > key:
        message = "缩进不对：「|」「>」下面的各行，缩进不能比第一行少"
        return Spot(where.line + 1, _indent(lines[where.line]) + 1, "Y010", message)
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indented(line: str, n: int) -> Spot:
    """The colon complained of is the only one in its line: no value holds it, the line stands too far in."""
    message = f"{_UNALIGNED}；若是接着上一行的文字，那段文字要用「|-」另起几行写"
    return Spot(n + 1, _indent(line) + 1, "Y010", message)


def _ended(lines: list[str], n: int) -> Spot | None:
    """What stands right above a line that goes on and ended the record."""
    for above in range(n - 1, -1, -1):
        if lines[above].startswith("%"):
            return Spot(above + 1, 1, "Y017", "这里用了 YAML 的 % 指令，记录里不用；是文字就加双引号")
        if re.match(r"\.\.\.(?:\s|$)", lines[above]):
            return Spot(above + 1, 1, "Y020", "「...」表示记录到此为止，后面却还有字")
        if lines[above].strip() and not lines[above].lstrip().startswith("#"):
            return None
    return None


def _without_dash(lines: list[str], n: int, column: int) -> Spot | None:
    """The first of a list's items, where it is written without its dash and the item in line ``n`` has one."""
    if not lines[n].startswith("- ", column):
        return None
    for above in range(n - 1, -1, -1):
        bare = lines[above].strip()
        if bare and not bare.startswith("#") and _indent(lines[above]) <= column:
            first = lines[above + 1]
            if not bare.endswith(":") or above + 1 == n or first.lstrip().startswith(("-", "#")):
                return None
            return Spot(above + 2, _indent(first) + 1, "Y010", "缩进不对：下面的项以「- 」开头，这一项前面却没有")
    return None


def _spot(lines: list[str], mark: Any, code: str, message: str) -> Spot:
    line, col = mark.line, mark.column
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line]):
        # complaints at the end belong to the last line
        line = max(n for n, words in enumerate(lines) if words.strip() or n == 0)
        col = max(len(lines[line]) - 1, 0)
    char = lines[line][col : col + 1]
    return Spot(line + 1, col + 1, code, message.replace("{char}", char))
