"""What a superior's blank form can ask for: the columns of a kind, its lists and its course, as tags."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Column, Document, Table
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.path import Spec, points
from lianxin.reports.fill.course_tag import course_tags

#: What the tags of a part begin with, in loops over a list.
_PART = "项."

#: A tag, what it is, what is to be said of it.
Row = tuple[str, str, str]

_BESIDE: tuple[Row, ...] = (
    ("{{ 序号 }}", FieldType.INTEGER.value, "第几条；循环里写 项.序号"),
    ("{{ 件数 }}", FieldType.INTEGER.value, "一共几条"),
    ("{{ 今天 }}", FieldType.DAY.value, "填表的日期"),
    ("{{ 本单位 }}", FieldType.TEXT.value, "本单位的名称"),
)
_NOTES = (
    (
        "几条记录排成一张表：Word 表格里写 {%tr for 行 in 记录 %} {{ 行.编号 }} {%tr endfor %}；"
        "Excel 里在一行写 {{ 行.编号 }}，有几条就写几行。"
    ),
    (
        "清单的一项排一行：Word 表格里照样写 {%tr for 项 in 清单 %}，在上面的循环里写 {%tr for 项 in 行.清单 %}；"
        "不在表格里的，一段一项写 {%p for 项 in 清单 %} {%p endfor %}。"
    ),
)


def tags(kind: Kind) -> Document:
    """Every tag of a kind, and what stands for it."""
    specs: tuple[Spec, ...] = (*kind.fields, *kind.derived)
    rows = [row for spec in specs if not spec.many or spec.group is None for row in _plain(spec)]
    told = course_tags(kind)
    rows += [(_tag(one.label), FieldType.TEXT.value, one.help) for one in told if not one.many]
    rows += _BESIDE
    for spec in specs:
        rows += _listed(spec)
    for one in told:
        if one.many:
            rows += [_loop(one.label, one.help), *((_tag(f"{_PART}{p.label}"), p.type.value, "") for p in one.parts)]
    columns = (Column("标签", "tag"), Column("是什么", "type"), Column("说明", "help"))
    return Document(f"{kind.label}可用的标签", (Table(columns, rows, notes=_NOTES),), name="tags")


def _tag(path: str) -> str:
    return f"{{{{ {path} }}}}"


def _loop(path: str, help_: str) -> Row:
    return (f"{{% for 项 in {path} %}}", "清单", "；".join(filter(None, (help_, "一项一项地写，下面是每一项的"))))


def _plain(spec: Spec, before: str = "") -> Iterator[Row]:
    """The tag of a field; of a group of them, the tags of what is in it."""
    if spec.group is not None:
        for inner in fields_of(spec.group):
            yield from _plain(inner, f"{before}{spec.label}.") if not inner.many or inner.group is None else ()
        return
    further = "、".join(KIND[ref].label for ref in spec.refs) if points(spec) else ""
    told = (
        spec.help,
        f"可接「.」写{further}的栏目" if further else "",
        "可循环" if spec.many and before != _PART else "",
    )
    yield (_tag(f"{before}{spec.label}"), spec.type.value, "；".join(filter(None, told)))


def _listed(spec: Spec, before: str = "") -> Iterator[Row]:
    """The loop over a list of groups, and the tags of each part."""
    if spec.group is None:
        return
    if spec.many:
        yield _loop(f"{before}{spec.label}", spec.help)
        for inner in fields_of(spec.group):
            yield from _plain(inner, _PART)
        return
    for inner in fields_of(spec.group):
        yield from _listed(inner, f"{before}{spec.label}.")
