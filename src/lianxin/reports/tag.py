"""What a superior's blank form can ask for: the columns of a kind, as tags."""

from __future__ import annotations

from lianxin.core.document import Column, Document, Table
from lianxin.core.kind import Kind
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.path import Spec
from lianxin.reports.column import find


def tags(kind: Kind) -> Document:
    """Every tag of a kind, and what stands for it."""
    rows = []
    specs: tuple[Spec, ...] = (*kind.fields, *kind.derived)
    for spec in specs:
        found = find(kind, spec.label)
        if found is None or found.type is FieldType.GROUP:
            continue
        points = "、".join(KIND[ref].label for ref in spec.refs if spec.name != "id")
        further = f"可接「.」写{points}的栏目" if points else ""
        rows.append((f"{{{{ {spec.label} }}}}", spec.type.value, "；".join(filter(None, (spec.help, further)))))
    rows += [
        ("{{ 序号 }}", FieldType.INTEGER.value, "第几条"),
        ("{{ 件数 }}", FieldType.INTEGER.value, "一共几条"),
        ("{{ 今天 }}", FieldType.DAY.value, "填表的日期"),
        ("{{ 本单位 }}", FieldType.TEXT.value, "本单位的名称"),
    ]
    note = (
        "几条记录排成一张表：Word 表格里写 {%tr for 行 in 记录 %} {{ 行.编号 }} {%tr endfor %}；"
        "Excel 里在一行写 {{ 行.编号 }}，有几条就写几行。"
    )
    columns = (Column("标签", "tag"), Column("是什么", "type"), Column("说明", "help"))
    return Document(f"{kind.label}可用的标签", (Table(columns, rows, notes=(note,)),), name="tags")
