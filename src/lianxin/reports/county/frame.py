"""What every page of a roll-up says of itself: of which offices, which are not of now, who counts otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lianxin.core.county import OfficePart, Standing
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.county.pooled import Group, Pooled
from lianxin.reports.figure.figured import definition
from lianxin.reports.table import Cell, table_of

#: No number of a telephone is in it.
COMMIT = Column("提交", "commit", FieldType.REF, width=10)


def framed(
    found: Pooled, title: str, blocks: Sequence[Block], *, groups: Sequence[Group] = (), plain: bool, wide: bool = False
) -> Document:
    """Blocks about a roll-up as a document.

    Args:
        found: The roll-up in a period.
        title, plain, blocks: As a document has them.
        groups: The figures shown, by their definitions.
        wide: On paper wider than high.
    """
    manifest = found.pool.manifest
    days = sorted({str(one.as_of) for one in manifest.offices if one.as_of})
    read = sum(bool(one.commit) for one in manifest.offices)
    below = sum(one.within.offices for one in manifest.offices if one.within)
    many = f"{read}/{len(manifest.offices)}" + (f"（下面共 {below} 个）" if below and not plain else "")
    head = KeyValues(
        (
            Pair("汇总的是", manifest.name, "name", term=True),
            Pair("期间", found.name, "period", term=True),
            Pair("截至", "、".join(days) or None, "as_of", term=True),
            Pair("单位数", many, "offices"),
        )
    )
    told = () if plain else (*stale(found), *otherwise(groups))
    last: list[Block] = [standing(manifest.offices, name="offices", whole=True)] if plain else []
    return Document(title, (head, *told, *blocks, *last), name="rollup", plain=plain, landscape=wide)


def stale(found: Pooled) -> Iterator[Paragraph]:
    """Who is not of now."""
    for one in found.offices.values():
        if one.why:
            since = f"，用的是 {one.as_of} 收的" if one.commit and one.as_of else "，没有算进来"
            since = "" if one.standing is Standing.PARTLY else since
            yield Paragraph(f"{one.name}：{one.why}{since}", Tone.ALARM)


def otherwise(groups: Sequence[Group]) -> Iterator[Paragraph]:
    """Who counts otherwise."""
    names = [one.figure.name for one in groups]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        own = [one for one in groups if one.figure.name == name]
        met = Counter(office for one in own for office in one.offices)
        told = "；".join(
            f"{'、'.join(office if met[office] == 1 else f'{office}（一部分）' for office in one.offices)} "
            f"是“{definition(one.figure)}”"
            for one in own
        )
        yield Paragraph(f"“{name}”各单位口径不一样，没有加在一起：{told}", Tone.ALARM)


def standing(offices: Sequence[OfficePart], *, name: str = "items", whole: bool = False) -> Table:
    """How each office's part stands: of which day and which state of its book it is.

    Args:
        whole: Commits in full, for programs.
    """
    cells: list[Cell[OfficePart]] = [
        (Column("单位", "office", term=True), lambda one: one.name),
        (Column("读得怎样", "standing"), lambda one: one.standing.value),
        (Column("为什么", "why"), lambda one: one.why or None),
        (COMMIT, lambda one: (one.commit if whole else one.commit[:10]) or None),
        (Column("截至", "as_of", FieldType.DAY), lambda one: one.as_of),
    ]
    return table_of(offices, cells, name=name)
