"""What SQLite says of a statement, in Chinese, with what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lianxin.kinds import KINDS
from lianxin.kinds.path import near


def _column(found: re.Match[str]) -> str:
    word = found[1].rpartition(".")[2]
    known = {*_columns()}
    hint = ("" if word in known else near(word, known)) or "；"
    return f"没有「{word}」这一栏{hint}看有哪些栏：SELECT * FROM 问题 LIMIT 1"  # noqa: S608 - a sentence


def _table(found: re.Match[str]) -> str:
    word = found[1].rpartition(".")[2]
    return f"没有「{word}」这张表{near(word, [kind.label for kind in KINDS]) or '；'}不写语句就列出全部"


def _columns() -> Iterable[str]:
    labels = {spec.label for kind in KINDS for spec in kind.fields}
    return labels | {one.label for kind in KINDS for one in kind.derived}


#: What SQLite says, and what the clerk reads.
_WORDS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"no such column: (.+)", _column),
    (r"no such table: (.+)", _table),
    (r"ambiguous column name: (.+)", lambda found: f"「{found[1]}」几张表里都有，要写成 表名.{found[1]}"),
    (r"no such function: (.+)", lambda found: f"没有「{found[1]}」这个函数"),
    (r"wrong number of arguments to function (.+?)\(", lambda found: f"函数「{found[1]}」括号里的个数不对"),
    (r"misuse of aggregate:? ?(.*)", lambda found: f"合计的函数 {found[1]} 不能写在这里，放到 HAVING 或子查询里"),
    (r"near \"(.*)\": syntax error", lambda found: f"「{found[1]}」这里写得不对，请看前后有没有写错、漏了逗号或引号"),
    (r"unrecognized token: (.*)", lambda found: f"{found[1]} 这里认不出来，请看引号有没有成对"),
    (r"incomplete input", lambda _: "语句没有写完，请看括号和引号有没有成对"),
    (r"You can only execute one statement", lambda _: "一次只能查一句，请去掉分号后面的"),
    (r"not authorized|access to .* is prohibited|attempt to write|readonly", lambda _: "这里只能查，不能改"),
    (r"SELECTs .* do not have the same number", lambda _: "UNION 两边的栏数不一样"),
    (r"interrupted", lambda _: "查得太久，已经停下；请加上 LIMIT 或条件，递归的要有尽头"),
    (r"string or blob too big|out of memory", lambda _: "查出来的太大，请加上 LIMIT 或条件"),
)


def in_chinese(error: Exception) -> str:
    """What is wrong with a statement; SQLite's own words for what is seldom met."""
    for pattern, told in _WORDS:
        if found := re.search(pattern, str(error)):
            return told(found)
    return f"数据库不认（{error}）"
