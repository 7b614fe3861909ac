"""What YAML's syntax errors mean to someone who wrote a record by hand."""

from __future__ import annotations

import re
from typing import Any

import yaml

from lianxin.storage.scanning import Spot

#: (words in the parser's complaint, code, message, at the context's place rather than the problem's).
_MEANINGS: tuple[tuple[str, str, str, bool], ...] = (
    ("tab character", "Y009", "行首用了制表符（Tab），缩进只能用空格", False),
    (r"'\t' that cannot start", "Y009", "行首用了制表符（Tab），缩进只能用空格", False),
    ("cannot start any token", "Y014", "这里的「{char}」不能放在一项的开头，整句要用双引号括起来", False),
    ("unknown escape character", "Y014", "双引号里的反斜杠要写成两个 \\\\", False),
    ("while scanning a quoted scalar", "Y011", "这里的引号没有配对", True),
    ("could not find expected ':'", "Y012", "这一行不是「键: 值」，缺半角冒号，或冒号后面少一个空格", True),
    ("mapping values are not allowed", "Y013", "一行里出现了两个「: 」，后面那个若是文字，整句要用双引号括起来", False),
    ("undefined tag handle", "Y017", "这里用了 YAML 的类型标记（!），记录里不用；是文字就加双引号", False),
    ("while scanning a tag", "Y017", "这里用了 YAML 的类型标记（!），记录里不用；是文字就加双引号", True),
    ("while parsing a tag", "Y017", "这里用了 YAML 的类型标记（!），记录里不用；是文字就加双引号", True),
    ("directive", "Y017", "这里用了 YAML 的 % 指令，记录里不用；是文字就加双引号", True),
    ("while scanning an anchor", "Y016", "这里用了 YAML 的锚点（&），记录里不用；是文字就加双引号", True),
    ("while scanning an alias", "Y016", "这里用了 YAML 的别名（*），记录里不用；是文字就加双引号", True),
    ("document start", "Y020", "记录到上一行已经结束，这里又另起了一份", False),
    ("expected ',' or", "Y015", "方括号或花括号没有配对，或中间少了半角逗号", True),
    ("flow", "Y015", "方括号或花括号没有配对，或中间少了半角逗号", True),
    ("while scanning a block scalar", "Y015", "「|」后面不能再写字，文字从下一行开始写，并多缩进两格", True),
    ("sequence entries are not allowed", "Y010", "「- 」放错了位置，清单要另起一行写", False),
    ("expected '-' indicator", "Y010", "缩进不对：这一行既不是清单的下一项，也没有退回上一级", False),
    ("did not find expected key", "Y010", "缩进不对，或上一行的引号之后多了字：这一行与同级的各项没有对齐", False),
    ("expected <block end>", "Y010", "缩进不对，或上一行的引号之后多了字：这一行与同级的各项没有对齐", False),
)


def explain_syntax(error: yaml.YAMLError, text: str, suspects: list[Spot]) -> list[Spot]:
    """A parser's complaint as faults with a place, a code and a Chinese sentence.

    Args:
        error: As the parser raised it.
        text: The whole file.
        suspects: Full-width colons found at the start of lines; one beside the complaint is its cause.
    """
    where: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if where is None:  # the reader's complaint about a character the scan has let through
        return [Spot(1, 1, "Y005", "文件里有 YAML 不收的字符")]
    near = [spot for spot in suspects if -2 <= spot.line - (where.line + 1) <= 1]
    if near:
        return near
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if "mapping values are not allowed" in words and _first_colon(text, where):
        return [_indented(text, where)]
    for part, code, message, at_context in _MEANINGS:
        if part in words:
            mark = (getattr(error, "context_mark", None) or where) if at_context else where
            return [_spot(text, mark, code, message)]
    return [_spot(text, where, "Y015", "这一行不合 YAML 的写法")]


def _first_colon(text: str, mark: Any) -> bool:
    """The colon complained of is the only one before it in its line: no value holds it, the line stands too far in."""
    return not re.search(r":\s", text.split("\n")[mark.line][: mark.column])


def _indented(text: str, mark: Any) -> Spot:
    line = text.split("\n")[mark.line]
    message = "缩进不对：这一行没有与同级的各项左对齐；若是接着上一行的文字，那段文字要用「|-」另起几行写"
    return Spot(mark.line + 1, len(line) - len(line.lstrip(" ")) + 1, "Y010", message)


def _spot(text: str, mark: Any, code: str, message: str) -> Spot:
    lines = text.split("\n")
    line, col = mark.line, mark.column
    if line >= len(lines) or (
        line == len(lines) - 1 and not lines[line]
    ):  # complaints at the end belong to the last line
        line = max(n for n, words in enumerate(lines) if words.strip() or n == 0)
        col = max(len(lines[line]) - 1, 0)
    char = lines[line][col : col + 1]
    return Spot(line + 1, col + 1, code, message.replace("{char}", char))
