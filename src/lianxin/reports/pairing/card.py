"""Contact cards (连心卡): both parties of a pair by name, telephone and duty, one card for each of them (S1c)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Document, Heading, KeyValues, Pair, Paragraph
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import BRIEF
from lianxin.reports.document import document_of

#: What a contact of a household is called on its card, where there is no pairing.
_CONTACT = "联户"

#: Beginnings of the ids that have cards.
_PAIRING, _PERSON, _HOUSEHOLD = (f"{BRIEF[kind].prefix}-" for kind in ("pairing", "person", "household"))
_HOLDERS = frozenset(BRIEF[kind].prefix for kind in ("pairing", "person", "household", "village", "org"))

_IN_FORCE = """p.since <= ?1 AND (p.until >= ?1 OR (p.until IS NULL AND p.ended_why IS NULL))"""
_PAIRINGS = f"""SELECT p.id FROM pairing AS p WHERE {_IN_FORCE}
AND (?2 = '' OR p."first" = ?2 OR p."second" = ?2) ORDER BY p.id"""  # noqa: S608 - constants of this file
_CONTACTS = f"""SELECT c.value, h.id FROM household AS h, json_each(h.contacts) AS c
WHERE (?2 = '' OR h.id = ?2 OR c.value = ?2) AND NOT EXISTS (SELECT 1 FROM pairing AS p
  WHERE {_IN_FORCE} AND p."first" = c.value AND p."second" = h.id) ORDER BY h.id, c.key"""  # noqa: S608


class Side(Struct, frozen=True):
    """One party as the card shows it.

    Attributes:
        person: Whom to ask for; the party itself when it is a person.
        villager: Printed for others, the name is masked.
        office: The telephone is the unit's own.
    """

    id: str
    name: str
    person: str
    post: str
    phone: str
    address: str = ""
    villager: bool = False
    office: bool = False


class Card(Struct, frozen=True):
    """One pair.

    Attributes:
        pairing: Its id; empty where a household's contact is meant.
        tasks: What was undertaken, a line each.
    """

    pairing: str
    nature: str
    first: Side
    second: Side
    liaison: Side | None
    since: str
    tasks: tuple[str, ...]


def cards(book: Book, ids: Sequence[str] = ()) -> list[Card]:
    """The cards of pairings, people, households, units and villages named; of everyone's when none is named.

    A person's cards are those of their pairings in force and of the households they look after.

    Raises:
        UsageError: A record named has no cards.
    """
    for id_ in ids:
        if id_.split("-")[0] not in _HOLDERS:
            raise UsageError(f"{id_} 出不了连心卡，请写结对、党员干部、联系户、村或单位的编号")
    found: dict[tuple[str, str, str], Card] = {}
    for id_ in ids or ("",):
        for card in _of(book, id_):
            found.setdefault((card.pairing, card.first.id, card.second.id), card)
    return list(found.values())


def _of(book: Book, id_: str) -> Iterator[Card]:
    if id_.startswith(_PAIRING):
        yield _paired(book, id_)
        return
    today = book.today.isoformat()
    for (pairing,) in book.sql(_PAIRINGS, (today, id_)):
        yield _paired(book, pairing)
    for person, household in book.sql(_CONTACTS, (today, id_)):
        yield Card("", _CONTACT, _side(book, person), _side(book, household), None, "", ())


def _paired(book: Book, id_: str) -> Card:
    pairing: Any = book.record(id_)
    plan = pairing.plan
    tasks = (plan.duties or plan.measures) if plan else ()
    liaison = _side(book, pairing.liaison) if pairing.liaison else None
    if liaison and pairing.phone:
        liaison = Side(liaison.id, liaison.name, liaison.person, liaison.post, pairing.phone)
    first, second = _side(book, pairing.first), _side(book, pairing.second)
    return Card(id_, pairing.nature.value, first, second, liaison, pairing.since.isoformat(), tuple(tasks))


def _side(book: Book, id_: str) -> Side:
    """A party by its kind: who answers for it, and on what number."""
    one: Any = book.record(id_)
    if id_.startswith(_PERSON):
        return Side(id_, one.name, one.name, f"{book.title(one.org)}{one.post or ''}", one.phone or "")
    if id_.startswith(_HOUSEHOLD):
        place = "" if one.address else f"{book.title(one.village)}{one.group or ''}"
        return Side(id_, one.head, one.head, place, one.phone or "", one.address or "", villager=True)
    head: Any = book.record(one.secretary) if one.secretary else None
    own = getattr(one, "phone", None)
    return Side(
        id_,
        one.name,
        head.name if head else "",
        (head.post or "") if head else "",
        (own or (head.phone if head else "")) or "",
        office=bool(own),
    )


def document(book: Book, found: Sequence[Card]) -> Document:
    """The cards one after another, each naming both parties."""
    blocks: list[Block] = []
    for card in found:
        blocks += _card(card)
    if not found:
        blocks.append(Paragraph("没有可出的连心卡：没有在期的结对，也没有写了联系人的联系户。", Tone.MUTED))
    title = f"连心卡（{len(found)} 对）" if len(found) > 1 else "连心卡"
    return document_of(book, title, blocks, "card", records=len(found))


def _card(card: Card) -> list[Block]:
    pairs = [*_side_pairs("甲方", "first", card.first, card), *_side_pairs("乙方", "second", card.second, card)]
    liaison = card.liaison
    if liaison and liaison.id not in (card.first.id, card.second.id):
        pairs += [
            Pair("联络员", liaison.name, "liaison", record=liaison.id),
            Pair("联络员电话", liaison.phone, "liaison_phone", FieldType.PHONE, Privacy.PHONE, liaison.id),
        ]
    if card.tasks:
        pairs.append(Pair("服务内容", "；".join(card.tasks), "tasks", record=card.pairing))
    if card.since:
        pairs.append(Pair("结对日期", card.since, "since", FieldType.DAY, record=card.pairing))
    heading = " ".join(part for part in (card.pairing, card.nature) if part)
    return [Heading(heading, 2), KeyValues(tuple(pairs))]


def _side_pairs(label: str, name: str, side: Side, card: Card) -> Iterator[Pair]:
    record = side.id or card.pairing
    privacy = Privacy.NAME if side.villager else Privacy.OPEN
    yield Pair(label, side.name, name, privacy=privacy, record=record)
    who = side.post if side.person == side.name else f"{side.person}（{side.post}）" if side.post else side.person
    if who:
        what = f"{label}住处" if side.villager else f"{label}职务"
        yield Pair(what, who, f"{name}_post", record=record, term=not side.villager)
    if side.phone:
        telephone = Privacy.OPEN if side.office else Privacy.PHONE
        yield Pair(f"{label}电话", side.phone, f"{name}_phone", FieldType.PHONE, telephone, record)
    if side.address:
        yield Pair(f"{label}住址", side.address, f"{name}_address", privacy=Privacy.ADDRESS, record=record)
