"""What a form's tags may be made of, and what only looks like one."""

from __future__ import annotations

import re

from jinja2 import nodes

from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late

RULE = "标签写成 {{ 字段 }} 这样，大括号要成对，{% for %} 要有 {% endfor %}"

#: Words, fields, loops, conditions and joining. Nothing is fetched, multiplied or padded; little is called.
_LAWFUL: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const),
    *(nodes.For, nodes.If, nodes.CondExpr, nodes.Assign, nodes.Test, nodes.Compare, nodes.Operand, nodes.Slice),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg, nodes.Tuple, nodes.List),
    nodes.Keyword,
)
_FILTERS = frozenset(
    re.findall(
        r"\w+",
        "batch count d default e escape first int join last length list lower map max min reject rejectattr replace"
        " reverse round select selectattr slice sort string sum trim unique upper",
    )
)
_LOOP = "loop"
_SIGNS: dict[type[nodes.Node], str] = {nodes.Mul: "*", nodes.Pow: "**", nodes.Mod: "%", nodes.FromImport: "from"}

_BLANK = r"[ \t\u3000\xa0]"
_REST = r"[^{}\uff5b\uff5d]*[}\uff5d]*"
#: Braces that were meant for a tag's and are not: full-width, or parted by a blank.
_NEARLY = late(
    rf"[{{\uff5b]{_BLANK}*\uff5b{_REST}|\uff5b{_BLANK}*[{{%\uff05]{_REST}"
    rf"|{{(?:{_BLANK}+[{{%]|\uff05){_REST}(?:{_BLANK}*[}}\uff5d])?"
    rf"|[}}\uff5d]{_BLANK}*\uff5d|\uff5d{_BLANK}*}}|}}{_BLANK}+}}"
)
_SHOWN = 40


def path_of(node: nodes.Node) -> list[str]:
    """``行.责任部门.电话`` as its parts; empty for anything else."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        before = path_of(node.node)
        return [*before, node.attr] if before else []
    return []


def lawful(node: nodes.Node) -> bool:
    """Whether a form may be made of this."""
    match node:
        case nodes.Filter():
            return node.name in _FILTERS
        case nodes.Call():
            return path_of(node.node) in (["range"], [_LOOP, "cycle"])
        case nodes.Mod():  # of a text it would be a pattern
            return path_of(node.left)[:1] == [_LOOP]
        case _:
            return isinstance(node, _LAWFUL)


def called(node: nodes.Node) -> str:
    """What a thing is called in the form."""
    match node:
        case nodes.Filter():
            return node.name
        case nodes.Call():
            return f"{'.'.join(path_of(node.node))}()"
        case _:
            return _SIGNS.get(type(node)) or type(node).__name__.lower()


def nearly(text: str, where: str) -> None:
    """Look for tags that are none: they would be left standing in what is filled.

    Raises:
        LianxinError: Braces are full-width, or parted by a blank.
    """
    found = _NEARLY.search(text)
    if found:
        told = found[0].strip()[:_SHOWN]
        raise LianxinError(f"{where}里的「{told}」大括号写得不对，填不进去；要用英文半角，两个连着写：{{{{ 字段 }}}}")
