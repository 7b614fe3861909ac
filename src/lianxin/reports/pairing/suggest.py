"""Pairing suggestions and coverage: which villages have no unit, which units no village, and who should go where."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lianxin.core.book import Book, Query
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.filter import parse_filters
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.policies.matching import Matching
from lianxin.reports.document import document_of
from lianxin.reports.pairing.matching import Choice, Place, Unit, choose
from lianxin.reports.plain import beside

_IN_FORCE = """SELECT p."first", p."second" FROM pairing AS p
WHERE p.nature IN (SELECT value FROM json_each(?1)) AND p.since <= ?2
  AND (p.until >= ?2 OR (p.until IS NULL AND p.ended_why IS NULL)) ORDER BY p.id"""


class Coverage(Struct, frozen=True):
    """Who is paired with whom today, and who should be.

    Attributes:
        held: Villages of each unit that has any, also of units outside the rules.
        wanting: Villages without a unit.
        choices: One for each of those.
    """

    places: Sequence[Place]
    units: Sequence[Unit]
    held: dict[str, list[str]]
    wanting: Sequence[Place]
    choices: Sequence[Choice]


def coverage(book: Book, matching: Matching) -> Coverage:
    """Existing pairings stand as they are; only villages without one are given a suggestion.

    Raises:
        UsageError: A filter names what is not there.
    """
    held: dict[str, list[str]] = {}
    natures = "[" + ",".join(f'"{nature.value}"' for nature in matching.natures) + "]"
    for first, second in book.sql(_IN_FORCE, (natures, book.today.isoformat())):
        if second not in held.setdefault(first, []):
            held[first].append(second)
    found, ids = book.select(
        Query(KIND["org"], ("名称", "类别"), parse_filters(matching.units), sort=("编号",)),
    )
    units = [
        Unit(id_, name, sector, matching.suits(sector), len(held.get(id_, ())))
        for (name, sector), id_ in zip(found, ids, strict=True)
    ]
    found, ids = book.select(
        Query(KIND["village"], ("名称", "村情类别"), parse_filters(matching.villages), sort=("编号",)),
    )
    places = [Place(id_, name, trouble) for (name, trouble), id_ in zip(found, ids, strict=True)]
    partnered = {village for villages in held.values() for village in villages}
    wanting = [place for place in places if place.id not in partnered]
    return Coverage(places, units, held, wanting, choose(wanting, units, matching.most, matching.owned))


def suggestions(book: Book, matching: Matching, *, plain: bool = False) -> Document:
    """Where the pairings stand, a unit for every village without one and why, and what would still be wanting.

    Args:
        book, matching: Who is there, and by which rules.
        plain: For programs.
    """
    found = coverage(book, matching)
    if plain:
        return _for_programs(book, found, matching)
    blocks: list[Block] = [
        _standing(found, matching.most),
        Heading("建议", 2),
        *_suggested(found, matching),
        *_idle(found),
        *_overfull(book, found, matching.most),
    ]
    return document_of(book, "结对建议", blocks, "pairing-suggest", records=len(found.places) + len(found.units))


def _for_programs(book: Book, found: Coverage, matching: Matching) -> Document:
    village, unit = beside(Column("村", "village", term=True)), beside(Column("建议单位", "unit", term=True))
    more = (Column("结对后", "load", FieldType.INTEGER), Column("理由", "why", term=True))
    rows = [
        (
            *(one.place.id, one.place.name, one.place.trouble),
            *((one.unit.id, one.unit.name, one.unit.sector, one.load) if one.unit else (None,) * 4),
            one.why,
        )
        for one in found.choices
    ]
    trouble, sector = Column("村情类别", "trouble", term=True), Column("单位类别", "sector", term=True)
    idle = [(one.id, one.name, one.sector) for one in found.units if not one.load]
    held = [
        (one, book.title(one), tuple(villages), tuple(map(book.title, villages)))
        for one, villages in sorted(found.held.items())
    ]
    paired = beside(Column("村", "villages", term=True))
    return document_of(
        book,
        "结对建议",
        (
            _standing(found, matching.most),
            Table((*village, trouble, *unit, sector, *more), rows),
            Table((*unit, sector), idle, name="idle"),
            Table((*unit, *paired), held, name="paired"),
        ),
        "pairing-suggest",
        records=len(found.places) + len(found.units),
        plain=True,
    )


def _standing(found: Coverage, most: int) -> KeyValues:
    idle = sum(1 for unit in found.units if not unit.load)
    full = sum(1 for villages in found.held.values() if len(villages) > most)
    counts = (
        ("应结对的村", "villages", len(found.places)),
        ("已有伙伴", "covered", len(found.places) - len(found.wanting)),
        ("还没有伙伴", "wanting", len(found.wanting)),
        ("可结对的单位", "units", len(found.units)),
        ("还没有结对村", "idle", idle),
        (f"超过 {most} 个村", "overfull", full),
    )
    return KeyValues(tuple(Pair(label, count, name, FieldType.INTEGER) for label, name, count in counts))


def _suggested(found: Coverage, matching: Matching) -> list[Block]:
    if not found.places:
        return [Paragraph("还没有登记要结对的村。", Tone.MUTED)]
    if not found.choices:
        return [Paragraph("每个村都有单位结对了。", Tone.GOOD)]
    columns = (
        Column("村编号", "village_id", FieldType.REF),
        Column("村", "village", term=True),
        Column("村情类别", "trouble", term=True),
        Column("单位编号", "unit_id", FieldType.REF),
        Column("建议单位", "unit", term=True),
        Column("单位类别", "sector", term=True),
        Column("结对后", "load", FieldType.INTEGER),
        Column("理由", "why", width=30, term=True),
    )
    rows = []
    for one in found.choices:
        unit = one.unit
        left = (one.place.id, one.place.name, one.place.trouble)
        rows.append((*left, *((unit.id, unit.name, unit.sector, one.load) if unit else (None,) * 4), one.why))
    notes = ["“结对后”是采纳到这一行时，该单位一共结几个村。已有的结对一概不动。"]
    first = next((one for one in found.choices if one.unit), None)
    if first and first.unit:
        notes.append(
            f"采纳一条：lianxin pairing add --nature {matching.natures[0].value} --first {first.unit.id}"
            f" --second {first.place.id} --since 今天"
        )
    return [Table(columns, rows, [one.place.id for one in found.choices], notes=tuple(notes))]


def _idle(found: Coverage) -> list[Block]:
    """Units without a village, and whether a suggestion gives them one."""
    idle = [unit for unit in found.units if not unit.load]
    if not idle:
        return []
    given = {one.unit.id: one.place.name for one in reversed(found.choices) if one.unit}
    columns = (
        Column("编号", "id", FieldType.REF),
        Column("单位", "unit", term=True),
        Column("单位类别", "sector", term=True),
        Column("建议", "suggestion", term=True),
    )
    rows = [(unit.id, unit.name, unit.sector, given.get(unit.id, "没有村可结了")) for unit in idle]
    return [Heading("还没有结对村的单位", 2), Table(columns, rows, [unit.id for unit in idle])]


def _overfull(book: Book, found: Coverage, most: int) -> list[Block]:
    """Units with more villages than one unit may have."""
    over = {unit: villages for unit, villages in found.held.items() if len(villages) > most}
    if not over:
        return []
    columns = (
        Column("编号", "id", FieldType.REF),
        Column("单位", "unit", term=True),
        Column("村数", "count", FieldType.INTEGER),
        Column("村", "villages", term=True),
    )
    rows = [
        (unit, book.title(unit), len(villages), "、".join(map(book.title, villages)))
        for unit, villages in sorted(over.items())
    ]
    return [Heading(f"结对村超过 {most} 个的单位", 2), Table(columns, rows, sorted(over))]
