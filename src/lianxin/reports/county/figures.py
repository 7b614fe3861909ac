"""Figures over offices: pooled, office by office, and opened to records; a rate is a sum over a sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.county import DENOMINATOR, NUMERATOR, Fact, OfficePart, Pool, Share
from lianxin.core.document import Block, Column, Document, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_amount
from lianxin.kinds.path import near
from lianxin.policies.figure import Figure
from lianxin.reports.figure.figured import Figured, definition, notes
from lianxin.reports.table import Cell, table_of

#: Reads a definition as the roll-up keeps it.
Read = Callable[[str], Figure]


class Pooled:
    """The figures of a roll-up in one period.

    Offices that count a figure by one definition are added up; one that counts it otherwise is a figure of its own.
    """

    def __init__(self, pool: Pool, read: Read, period: str) -> None:
        self.pool, self.period = pool, period
        self.offices: Mapping[str, OfficePart] = {one.name: one for one in pool.manifest.offices}
        self._known = {digest: read(text) for digest, text in pool.manifest.definitions.items()}

    def groups(self, name: str = "") -> list[tuple[Figure, list[Share]]]:
        """Each figure, each of its definitions, with the shares of those who count by it, the most offices first.

        Raises:
            UsageError: None is called so.
        """
        names = list(dict.fromkeys(figure.name for figure in self._in_order()))
        if name and name not in names:
            raise UsageError(f"这份汇总里没有「{name}」这个数字，不写名称就列出全部{near(name, names)}")
        shares = self.pool.shares(self.period, [name] if name else [])
        found: dict[tuple[str, str], list[Share]] = {}
        for share in shares:
            found.setdefault((share.figure, self.offices[share.office].figures[share.figure]), []).append(share)
        order = {one: n for n, one in enumerate(names)}
        keys = sorted(found, key=lambda key: (order[key[0]], -len(found[key]), key[1]))
        return [(self._known[digest], found[figure, digest]) for figure, digest in keys]

    def _in_order(self) -> Iterator[Figure]:
        """Every figure, as the first office that has it lists them."""
        for office in self.offices.values():
            yield from (self._known[digest] for digest in office.figures.values())


def _figured(figure: Figure, shares: Sequence[Share]) -> Figured:
    numerator = sum((one.numerator for one in shares), Decimal(0))
    if figure.denominator is None:
        return Figured(figure, None, numerator)
    return Figured(figure, None, numerator, sum((one.denominator or Decimal(0) for one in shares), Decimal(0)))


def pooled_figures(pool: Pool, read: Read, period: str, *, plain: bool = False) -> Document:
    """Every figure over all offices."""
    found = Pooled(pool, read, period)
    groups = found.groups()
    rows = [(figure, _figured(figure, shares), shares) for figure, shares in groups]
    told: list[tuple[Column, Callable[[Figured], Value]]] = [
        *(_values() if plain else ((Column("数值", "value"), lambda one: one.text),)),
        (Column("单位", "unit", term=True), lambda one: None if one.figure.percent and not plain else one.figure.unit),
        *(() if plain else _sides(spoken=True)),
    ]
    cells: list[Cell[tuple[Figure, Figured, list[Share]]]] = [
        (Column("数字", "figure"), lambda one: one[0].name),
        *((column, _second(tell)) for column, tell in told),
        (Column("几个单位", "offices", FieldType.INTEGER), lambda one: len(one[2])),
    ]
    table = table_of(rows, cells, notes=() if plain else notes(figure for figure, _shares in groups))
    return _document(found, "汇总数字", groups, [table], plain=plain)


def _second(tell: Callable[[Figured], Value]) -> Callable[[tuple[Figure, Figured, list[Share]]], Value]:
    return lambda one: tell(one[1])


def one_pooled(pool: Pool, read: Read, period: str, name: str, *, plain: bool = False) -> Document:
    """One figure, office by office, the highest first; the last line is all of them together."""
    found = Pooled(pool, read, period)
    groups = found.groups(name)
    blocks: list[Block] = []
    for figure, shares in groups:
        of = {share.office: _figured(figure, [share]) for share in shares}
        rows = sorted(of, key=lambda office: -(of[office].value or Decimal(-1)))
        told = list(_values() if plain else _on_paper(figure))
        cells: list[Cell[str]] = [
            (Column("单位", "office"), lambda office: office),
            *((column, _reader(of, tell)) for column, tell in told),
            (Column("提交", "commit"), lambda office: found.offices[office].commit[:10]),
        ]
        if plain:
            cells.append((Column("口径版本", "digest"), lambda _office, figure=figure: figure.digest))  # type: ignore[misc]
        whole = _figured(figure, shares)
        totals: dict[str, Value] = {column.name: tell(whole) for column, tell in told} | {"office": "合计"}
        note = (f"{name}：{definition(figure)}",)
        blocks.append(table_of(rows, cells, totals=None if plain else totals, notes=() if plain else note))
    return _document(found, name, groups, _joined(blocks) if plain else blocks, plain=plain)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """For programs, the rows of all tables as one."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return [replace(tables[0], rows=[row for table in tables for row in table.rows])] if tables else []


def _reader(of: Mapping[str, Figured], tell: Callable[[Figured], Value]) -> Callable[[str], Value]:
    return lambda office: tell(of[office])


def _values() -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    """A figure for programs."""
    yield Column("数值", "value", FieldType.AMOUNT), lambda one: one.rounded
    yield from _sides(spoken=False)


def _on_paper(figure: Figure) -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    if figure.denominator is not None:
        yield from _sides(spoken=True)
    yield Column(figure.name, "value"), lambda one: one.text


def _sides(*, spoken: bool) -> Iterator[tuple[Column, Callable[[Figured], Value]]]:
    """What a rate is a share of; on paper a count has neither."""
    type_ = FieldType.TEXT if spoken else FieldType.AMOUNT

    def tell(one: Figured, value: Decimal | None) -> Value:
        if not spoken:
            return value
        return None if value is None or one.denominator is None else show_amount(value)

    yield Column(NUMERATOR, "numerator", type_), lambda one: tell(one, one.numerator)
    yield Column(DENOMINATOR, "denominator", type_), lambda one: tell(one, one.denominator)


def opened_pool(pool: Pool, read: Read, period: str, name: str, office: str = "", *, plain: bool = False) -> Document:
    """A figure down to the offices' records: they add up to what is printed.

    Raises:
        UsageError: There is no such figure, or no such office.
    """
    found = Pooled(pool, read, period)
    groups = found.groups(name)
    if office and office not in found.offices:
        raise UsageError(f"这份汇总里没有「{office}」，有 {'、'.join(found.offices)}")
    facts = pool.facts(period, name, office)
    cells: list[Cell[Fact]] = [
        (Column("单位", "office"), lambda one: one.office),
        (Column("部分", "part"), lambda one: one.side),
        (Column("编号", "record"), lambda one: one.record),
        (Column("日期", "day", FieldType.DAY), lambda one: one.day),
        (Column("数目", "amount", FieldType.AMOUNT), lambda one: one.amount),
        (Column("提交", "commit"), lambda one: found.offices[one.office].commit[:10]),
    ]
    table = table_of(facts, cells)
    blocks: list[Block] = [table if facts or plain else Paragraph("没有记录", Tone.MUTED)]
    return _document(found, f"{name}的来历", groups, blocks, plain=plain)


def _warnings(found: Pooled, groups: Sequence[tuple[Figure, list[Share]]]) -> Iterator[Paragraph]:
    """What must be known before the numbers are read: who is not of now, and who counts otherwise."""
    for one in found.offices.values():
        if one.why:
            since = f"，用的是 {one.as_of} 收的" if one.commit and one.as_of else "，没有算进来"
            yield Paragraph(f"{one.name}：{one.why}{since}", Tone.ALARM)
    names = [figure.name for figure, _shares in groups]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        told = "；".join(
            f"{'、'.join(share.office for share in shares)} 是「{definition(figure)}」"
            for figure, shares in groups
            if figure.name == name
        )
        yield Paragraph(f"「{name}」各单位口径不一样，没有加在一起：{told}", Tone.ALARM)


def _document(
    found: Pooled,
    title: str,
    groups: Sequence[tuple[Figure, list[Share]]],
    blocks: Sequence[Block],
    *,
    plain: bool,
) -> Document:
    manifest = found.pool.manifest
    days = sorted({str(one.as_of) for one in manifest.offices if one.as_of})
    read = sum(bool(one.commit) for one in manifest.offices)
    head = KeyValues(
        (
            Pair("汇总的是", manifest.name, "name", term=True),
            Pair("期间", found.period, "period", term=True),
            Pair("截至", "、".join(days) or None, "as_of", term=True),
            Pair("单位数", f"{read}/{len(manifest.offices)}", "offices"),
        )
    )
    warnings = () if plain else _warnings(found, groups)
    standing: list[Block] = [_standing(manifest.offices)] if plain else []
    return Document(title, (head, *warnings, *blocks, *standing), name="rollup", plain=plain)


def _standing(offices: Sequence[OfficePart]) -> Table:
    """How each office's part stands, for programs."""
    cells: list[Cell[OfficePart]] = [
        (Column("单位", "office"), lambda one: one.name),
        (Column("读得怎样", "standing"), lambda one: one.standing.value),
        (Column("为什么", "why"), lambda one: one.why or None),
        (Column("提交", "commit"), lambda one: one.commit or None),
        (Column("截至", "as_of", FieldType.DAY), lambda one: one.as_of),
    ]
    return table_of(offices, cells, name="offices")
