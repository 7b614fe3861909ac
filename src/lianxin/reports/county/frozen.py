"""What offices froze and reported, against what the roll-up counts of the same periods now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lianxin.core.county import FrozenLine
from lianxin.core.document import Block, Column, Paragraph
from lianxin.core.pool import Share
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.policies.outline import Term
from lianxin.reports.county.pooled import Pooled, figured
from lianxin.reports.frozen.recount import timeless
from lianxin.reports.table import Cell, table_of


class _Difference(Struct, frozen=True):
    office: str
    line: FrozenLine
    now: str
    redefined: bool


def frozen_blocks(found: Pooled) -> Iterator[Block]:
    """Where an office's frozen figures differ from the roll-up's own count; nothing where none was frozen."""
    lines = [(office, one) for office, one in found.pool.frozen() if one.period == found.name]
    if not lines:
        return
    reports = {(office, one.record) for office, one in lines}
    own = {(one.office, one.figure): one for one in found.pool.shares(found.name) if not one.axis}
    differing = [made for office, one in lines if (made := _compared(found, office, one, own)) is not None]
    if not differing:
        yield Paragraph(f"各单位这一期定稿的 {len(reports)} 份报表，数字和汇总数出来的一样。", Tone.GOOD)
        return
    cells: list[Cell[_Difference]] = [
        (Column("单位", "office", term=True), lambda one: one.office),
        (Column("报表", "report", term=True), lambda one: one.line.report),
        (Column("定稿", "record", FieldType.REF), lambda one: one.line.record),
        (Column("编制日期", "made", FieldType.DAY), lambda one: one.line.made),
        (Column("数字", "figure", term=True), lambda one: one.line.figure),
        (Column("原报", "was"), lambda one: one.line.value),
        (Column("现为", "now"), lambda one: one.now),
        (Column("口径", "redefined", term=True), lambda one: "定稿以后改过" if one.redefined else None),
    ]
    told = f"各单位这一期定稿 {len(reports)} 份，{len(differing)} 个数字和汇总现在数出来的不一样"
    note = f"{told}；为什么，看那个单位的更正说明。"
    yield table_of(differing, cells, notes=(note,))


def _compared(found: Pooled, office: str, line: FrozenLine, own: dict[tuple[str, str], Share]) -> _Difference | None:
    share = own.get((office, line.figure))
    if share is None:
        return None
    if not line.version:
        now = str(int(share.numerator)) if line.figure in tuple(Term) else line.value
        return _Difference(office, line, now, redefined=False) if now != line.value else None
    figure = found.known.get(share.version)
    if figure is None or timeless(figure):  # how things stood on the day it was printed
        return None
    now = figured(figure, [share], found.period, found.today).text
    return _Difference(office, line, now, redefined=share.version != line.version) if now != line.value else None
