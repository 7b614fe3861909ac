"""What a box to choose a record in offers for what stands there: by name, pinyin, the tail of an id or telephone."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import fields_of
from lianxin.core.sql import words as sql_words
from lianxin.core.text.fold import fold
from lianxin.core.text.meant import Grade, Name, Names
from lianxin.core.text.pattern import late
from lianxin.kinds import KIND
from lianxin.kinds.ending import ENDABLE
from lianxin.kinds.inner import PERSONS
from lianxin.kinds.org import Level
from lianxin.kinds.person import Holding
from lianxin.storage.book import LedgerBook
from lianxin.storage.candidate import apart


class Offer(Struct, frozen=True):
    """A record to choose.

    Attributes:
        near: It is only something like what was typed.
        apart: What tells it from others of its name: village, group, unit, how its telephone ends.
    """

    id: str
    title: str
    apart: str
    near: bool = False


class _Ready(Struct, frozen=True):
    """The records of some kinds, the newest first: id, kind and title of each, and their names."""

    records: Sequence[tuple[str, str, str]]
    names: Names


#: What has been made ready of each book: it stays what it is.
_KEPT: WeakKeyDictionary[LedgerBook, dict[tuple[tuple[str, ...], bool], _Ready]] = WeakKeyDictionary()


def offers(typed: str, book: LedgerBook, spec: FieldSpec, most: int = 8, unit: str = "") -> list[Offer]:
    """The records that may be meant, the likeliest first; the newest where nothing was typed.

    Args:
        typed: What stands in the box so far.
        book: The records.
        spec: The field; it says of which kinds they may be.
        most: So many at most.
        unit: Whose people come first.
    """
    kept = _KEPT.setdefault(book, {})
    which = (spec.refs, spec.open)
    ready = kept.get(which) or kept.setdefault(which, _made_ready(book, spec.refs, going_on=spec.open))
    first = _first(book, spec, unit)

    def turn(at: int) -> int:
        return first.get(ready.records[at][0], len(first))

    if typed.strip():
        ranked = ready.names.ranked(typed, turn)
    else:
        ranked = [(at, Grade.SAME) for at in sorted(range(len(ready.records)), key=turn)]
    found = [(ready.records[at], grade is Grade.NEAR) for at, grade in ranked[:most]]
    return [Offer(id_, title, told_apart(book, id_, kind, title), near) for (id_, kind, title), near in found]


def _first(book: LedgerBook, spec: FieldSpec, unit: str) -> dict[str, int]:
    """The records that come first among those that fit as well: of the unit that is meant, or who decide."""
    own = str(book.office.level or "") if book.office else ""
    units = book.sql(_LEVEL, (own,)) if own and "org" in spec.refs else []
    found = book.sql(_OWN, (unit,)) if unit else book.sql(_HEADS, (own,)) if spec.heads else units
    return {id_: place for place, id_ in enumerate(dict.fromkeys(str(id_) for (id_,) in found))}


def told_apart(book: LedgerBook, id_: str, kind: str, title: str) -> str:
    """What tells a record from others of its title: village, group, unit, how its telephone ends."""
    where, ends = apart(book.sql, id_, kind)
    return " ".join(one for one in (*where, *ends) if one not in title)


#: What somebody is that is nobody else's business.
_INNER = next(spec.inner for spec in fields_of(Holding) if spec.name == "role")
#: Who leads a unit above the villages, those of the office's own level first, then as they were taken down.
_HEADS = f"""SELECT secretary FROM org WHERE secretary IS NOT NULL AND level NOT IN {sql_words([Level.VILLAGE])}
ORDER BY level <> ?, id"""  # noqa: S608 - words of ours
_OWN = """SELECT id FROM (SELECT secretary AS id, 0 AS n FROM org WHERE id = ?1 AND secretary IS NOT NULL
UNION ALL SELECT id, 1 FROM person WHERE org = ?1) ORDER BY n, id"""
#: What people are spoken of by that is no name: their posts, what they are now, the units and villages they head.
_POSTS = f"""SELECT p.id, p.name, o.name, p.post FROM person AS p JOIN org AS o ON o.id = p.org
WHERE p.post IS NOT NULL
UNION ALL SELECT p.id, p.name, coalesce(v.name, o.name), json_extract(j.value, '$."身份"') FROM person AS p
JOIN json_each(p.roles) AS j LEFT JOIN village AS v ON v.id = json_extract(j.value, '$."驻村"')
LEFT JOIN org AS o ON o.id = p.org WHERE coalesce(json_extract(j.value, '$."自"'), '') <= ?1
AND coalesce(json_extract(j.value, '$."至"'), '9999') >= ?1
AND json_extract(j.value, '$."身份"') NOT IN {sql_words(_INNER)}
UNION ALL SELECT o.secretary, p.name, o.name, '负责人' FROM org AS o JOIN person AS p ON p.id = o.secretary
UNION ALL SELECT v.secretary, p.name, v.name, '村书记' FROM village AS v JOIN person AS p ON p.id = v.secretary"""  # noqa: S608 - words of ours
#: Units of the office's own level, the newest first.
_LEVEL = "SELECT id FROM org WHERE level = ? ORDER BY length(id) DESC, id DESC"
#: Kinds that are called by names; others are remembered by where they were, with whom, and who went there.
_CALLED = frozenset({"village", "org", "person", "household"})
_WHERE_AND_WHO = """SELECT f.source, c.word FROM reference AS f JOIN called AS c ON c.record = f.target
WHERE f.kind = ?1 AND f.field IN ('village', 'villages', 'household', 'households', 'visitors')"""
_MET = "SELECT v.id, j.value FROM visit AS v, json_each(v.people) AS j"
#: Between the posts of one who holds several.
_AND = late("[、，,；;/ （）()]+")
_IN_FORCE = """SELECT r.id, r.kind, r.title, c.word FROM record AS r JOIN called AS c ON c.record = r.id
WHERE NOT r.voided AND r.kind IN ({}) ORDER BY length(r.id) DESC, r.id DESC"""
_ENDED = """SELECT id FROM {} WHERE json_extract(ended, '$."日期"') <= ?"""


def _made_ready(book: LedgerBook, kinds: Sequence[str], *, going_on: bool) -> _Ready:
    phones = {id_: phone for kind in kinds for id_, phone in _phones(book, kind)}
    ended = {id_ for kind in kinds if kind in ENDABLE for (id_,) in book.sql(_ENDED.format(kind), (str(book.today),))}
    ended |= {id_ for kind in kinds if going_on for id_ in _done_with(book, kind)}
    words: dict[tuple[str, str, str], list[str]] = {}
    for id_, kind, title, word in book.sql(_IN_FORCE.format(", ".join("?" * len(kinds))), tuple(kinds)):
        if id_ in ended:
            continue
        called = words.setdefault((str(id_), str(kind), str(title)), [str(title)])
        if word != fold(called[0]):
            called.append(str(word))
    posts = _posts(book) if "person" in kinds else _beside(book, [kind for kind in kinds if kind not in _CALLED])
    names = [
        Name(tuple(called), kind in PERSONS, (id_, *phones.get(id_, ())), tuple(posts.get(id_, ())))
        for (id_, kind, _), called in words.items()
    ]
    return _Ready([*words], Names(names))


def _posts(book: LedgerBook) -> dict[str, dict[str, None]]:
    """By what each person is spoken of that is no name: 党委书记, 郝书记, 云岭镇党委书记."""
    found: dict[str, dict[str, None]] = {}
    for id_, name, where, posts in book.sql(_POSTS, (str(book.today),)):
        held = found.setdefault(str(id_), {})
        for post in filter(None, _AND.split(str(posts))):
            held |= dict.fromkeys((post, f"{str(name)[:1]}{post[-2:]}", f"{where or ''}{post}"))
    return found


def _beside(book: LedgerBook, kinds: Sequence[str]) -> dict[str, dict[str, None]]:
    """By what a record that has no name of its own is remembered: its village, its households, who went there."""
    found: dict[str, dict[str, None]] = {}
    for kind in kinds:
        for id_, word in (*book.sql(_WHERE_AND_WHO, (kind,)), *(book.sql(_MET) if kind == "visit" else ())):
            found.setdefault(str(id_), {})[str(word)] = None
    return found


def _done_with(book: LedgerBook, kind: str) -> list[str]:
    """The records of a kind with which nothing more is to be done."""
    life = KIND[kind].lifecycle
    if life is None:
        return []
    column = "base_state" if KIND[kind].column("base_state") else "state"
    return [str(id_) for (id_,) in book.sql(f'SELECT id FROM "{kind}" WHERE {column} IN {sql_words(life.off)}')]  # noqa: S608 - a kind's own states


def _phones(book: LedgerBook, kind: str) -> list[tuple[str, tuple[str, ...]]]:
    """The telephone of each record of a kind that has one."""
    if KIND[kind].column("phone") is None:
        return []
    rows = book.sql(f'SELECT id, phone FROM "{kind}" WHERE phone IS NOT NULL')  # noqa: S608 - a kind's own name
    return [(str(id_), (str(phone),)) for id_, phone in rows]
