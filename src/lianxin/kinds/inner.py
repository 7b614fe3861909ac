"""What is internal, and whether a condition, an order or a period tells it of somebody: the one place that decides.

A whole field may be internal, or single words of an open one. Nobody is picked out by either for the public: who is on
such a list is told by his being on it, though the column itself is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.filter import Filter, Op, parse_filters
from lianxin.core.text.choice import as_read, chosen
from lianxin.kinds.path import Spec, met, points

#: Kinds whose title is a villager's name: a reference to one prints as a name and is as private as one.
NAMED = frozenset({"household"})
#: Kinds whose title is somebody's name.
PERSONS = NAMED | {"person"}
#: What stands in these is told to nobody outside; that something is written there their columns show as well.
_RESERVED = frozenset({Privacy.INTERNAL, Privacy.IDENTITY, Privacy.PHONE, Privacy.ADDRESS})
#: Kinds whose records may tell of somebody's own matter.
_CONFIDED = frozenset({"issue", "visit", "whistle", "rectification", "evidence"})
#: Of those that do: what he said and where he is found.
_OWN = frozenset({Privacy.STORY, Privacy.PHONE, Privacy.ADDRESS})
#: In the names of columns that say of which group somebody is, alone or behind the village.
GROUP, _PLACE = "group", "place"


def telling(privacy: Privacy, name: str) -> bool:
    """Whether a column tells of somebody's own matter what he said or where he is found."""
    return privacy in _OWN or GROUP in name.split("_") or name == _PLACE


def told_of(kind: Kind, path: str) -> bool:
    """Whether a path tells that of what may be somebody's own matter: from it, or by way of it."""
    steps = met(kind, path)
    owners = {kind.name, *(owner for columns in steps for owner, _one in columns)}
    return not _CONFIDED.isdisjoint(owners) and any(
        telling(one.privacy, one.name) for _owner, one in (steps[-1] if steps else ())
    )


def ways(kind: Kind, path: str) -> tuple[str, ...]:
    """The beginnings of a path that lead from other records to those of which it tells that; empty for none."""
    labels = path.split(".")
    if len(labels) == 1 or not told_of(kind, path):
        return ()
    steps = met(kind, path)
    return tuple(
        ".".join(labels[:n])
        for n, (columns, after) in enumerate(pairwise(steps), 1)
        if any(points(one) for _owner, one in columns) and any(owner in _CONFIDED for owner, _one in after)
    )


def strictest(parts: Iterable[Privacy]) -> Privacy:
    """How private several fields in one cell are: unlike secrets together go inside only."""
    secret = {part for part in parts if part is not Privacy.OPEN}
    if not secret:
        return Privacy.OPEN
    return secret.pop() if len(secret) == 1 else Privacy.INTERNAL


def privacy_of(spec: Spec) -> Privacy:
    """How private a field prints: a household's title is a villager's name, a group is as private as its parts."""
    if spec.group is not None:
        return strictest((spec.privacy, *map(privacy_of, fields_of(spec.group))))
    return strictest((spec.privacy, *((Privacy.NAME,) if points(spec) and NAMED & set(spec.refs) else ())))


def privacy_by_way(kind: Kind, path: str) -> Privacy:
    """How private what a path leads to prints: as the most private of the columns it may mean, and of those before.

    Where one of them holds lines of offices, those are public; any other telephone is found by its shape.
    """
    *way, ends = met(kind, path)
    told = frozenset(privacy_of(one) for _owner, one in ends)
    before = frozenset(one.privacy for columns in way for _owner, one in columns)
    return strictest(before | (frozenset() if told == {Privacy.OPEN, Privacy.PHONE} else told))


def inner_of(spec: Spec) -> tuple[str, ...]:
    """The internal words that may stand in a field, or in a field of its group."""
    if spec.group is not None:
        return tuple(word for part in fields_of(spec.group) for word in inner_of(part))
    return tuple(map(str, getattr(spec, "inner", ())))


def privacies(kind: Kind, path: str) -> frozenset[Privacy]:
    """How private what a path leads to is, and every step to it; a group is all that its fields are."""
    steps = met(kind, path)
    found = {one.privacy for columns in steps for _owner, one in columns}
    for _owner, one in steps[-1] if steps else ():
        found |= set(_within(one))
    return frozenset(found)


def _within(spec: Spec) -> Iterator[Privacy]:
    yield spec.privacy
    if points(spec) and NAMED & set(spec.refs):
        yield Privacy.NAME
    for part in fields_of(spec.group) if spec.group is not None else ():
        yield from _within(part)


def private(kind: Kind, path: str) -> bool:
    """Whether what is compared with a path may name somebody or say where he is found; words of a list do not."""
    steps = met(kind, path)
    specs = [one for _owner, one in steps[-1]] if steps else []
    if all(one.choices or one.term or getattr(one, "words", False) for one in specs):
        return False
    return not privacies(kind, path) <= {Privacy.OPEN}


def outward(kind: Kind, filter_: Filter) -> str:
    """A filter as the public may read it."""
    return filter_.veiled() if private(kind, ".".join(filter_.path)) else str(filter_)


def reserved(kind: Kind, path: str) -> frozenset[str]:
    """The kinds of whose records it tells something internal when others are put in order, or picked, by a path."""
    steps = met(kind, path)
    found = {owner for columns in steps for owner, one in columns if one.privacy in _RESERVED}
    ends = steps[-1] if steps else ()
    return frozenset(found | {owner for owner, one in ends if not _RESERVED.isdisjoint(_within(one))})


def picked(kind: Kind, filter_: Filter, laid_out: str = "") -> frozenset[str]:
    """The kinds of whose records a filter tells something internal: who has it and who has not; empty for none.

    Args:
        kind, filter_: Of which records.
        laid_out: A list each part of which has a row of its own. Where the list is internal as a whole (what was given
            on a visit), none of its parts is told, and which of them have a row is as harmless as that there are any.
    """
    path = ".".join(filter_.path)
    if filter_.values == ("",) or (laid_out and path.startswith(f"{laid_out}.") and _all_inside(kind, laid_out)):
        return frozenset()
    steps = met(kind, path)
    words = {owner for owner, spec in (steps[-1] if steps else ()) if _by_word(inner_of(spec), filter_)}
    return reserved(kind, path) | words


def _all_inside(kind: Kind, path: str) -> bool:
    return all(one.privacy is Privacy.INTERNAL for _owner, one in met(kind, path)[-1])


def picked_by(kind: Kind, texts: Iterable[str]) -> frozenset[str]:
    """Those of whom one of several filters does."""
    return frozenset().union(*(picked(kind, one) for one in parse_filters(texts)))


def _by_word(words: tuple[str, ...], filter_: Filter) -> bool:
    """Whether a filter tells of whom one of these words is said."""
    if not words:
        return False
    if filter_.op in (Op.EQ, Op.NE):
        return any(chosen(value, words) for value in filter_.values)
    if filter_.op is Op.HAS:
        read = [(as_read(value), as_read(word)) for value in filter_.values for word in words]
        return any(value in word or word in value for value, word in read)
    return True  # what comes before or after a word is told from it
