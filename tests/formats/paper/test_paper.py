"""How a document is laid on paper: where a title breaks, and who gets the width."""

from __future__ import annotations

import pytest

from lianxin.core.document import Column, Document, Paragraph, Table
from lianxin.core.value import FieldType
from lianxin.formats.paper.layout import measured, title_of
from lianxin.formats.share import paper_widths


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("问题台账", ["问题台账"]),
        ("柳塘镇党建工作办公室群众问题承办单位办理情况", ["柳塘镇党建工作办公室", "群众问题承办单位办理情况"]),
        ("柳塘镇水务站和柳塘镇卫生院联合开展饮水安全排查", ["柳塘镇水务站", "和柳塘镇卫生院联合开展饮水安全排查"]),
        ("甲" * 25, ["甲" * 12, "甲" * 13]),
        ("甲" * 70, ["甲" * 18, "甲" * 17] * 2),
        ("第一行\n第二行", ["第一行", "第二行"]),
    ],
)
def test_a_long_title_breaks_after_an_office_or_in_the_middle(title: str, lines: list[str]) -> None:
    assert title_of(Document(title, (Paragraph("正文"),))).split("\n") == lines


def test_a_title_over_a_lying_table_has_more_room() -> None:
    title = "柳塘镇党建工作办公室群众问题承办单位办理情况"
    assert title_of(Document(title, (Paragraph("正文"),), landscape=True)) == title


def test_declared_widths_hold_where_there_is_room_for_all() -> None:
    columns = (Column("事由", "a", width=20), Column("结果", "b", width=40))
    table = Table(columns, [("短", "短"), ("长" * 60, "长" * 60)])
    assert paper_widths(table, 80, 2, 6) == [22, 42]


def test_what_stands_in_the_columns_decides_where_there_is_not() -> None:
    short = tuple(Column(f"栏{n}", f"c{n}", width=20) for n in range(8))
    columns = (*short, Column("心得体会", "story", FieldType.STORY, width=20))
    table = Table(columns, [("短",) * 8 + ("很长的心得体会。" * 20,)])
    _, widths = measured(table, lying=False)
    assert widths[-1] > 2 * max(widths[:-1])


def test_a_day_within_a_text_is_not_broken() -> None:
    columns = (Column("办理时限", "rule"), *(Column(f"栏{n}", f"c{n}", FieldType.STORY) for n in range(6)))
    table = Table(columns, [("5 个工作日 至 2026-03-09", *("很长的一段话。" * 12,) * 6)])
    assert paper_widths(table, 82, 2, 4)[0] >= len("2026-03-09") + 2
