"""Whose personal data go: what they are called and may be known by, in every version of their records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from lianxin.core.declare.field import Going, Privacy
from lianxin.core.text.erased import erased
from lianxin.core.text.name import writings
from lianxin.kinds import brief_of, kind_of
from lianxin.kinds.erasure import ABOUT
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.version import versions
from lianxin.storage.read.reading import Unreadable, read_yaml
from lianxin.storage.write.text.altering import values_of
from lianxin.storage.write.text.tree import as_text

_POINTING = "SELECT DISTINCT source FROM reference WHERE target = ?"
_POINTED = "SELECT DISTINCT target FROM reference WHERE source = ?"
#: Kinds of what happened: one of these tells of those of whom another it names tells.
_HAPPENED = frozenset({"issue", "visit", "whistle", "rectification", "evidence"})
_OTHERS = """
  SELECT id, head FROM household UNION SELECT id, name FROM person
  UNION SELECT household.id, json_extract(m.value, '$.姓名') FROM household, json_each(household.members) AS m
"""


class Subject(Struct, frozen=True):
    """Whose personal data go.

    Attributes:
        id: The record that is asked for.
        own: It, and the records that are about nobody else: what identifies somebody in them goes.
        linked: These, and those that lead to them: there even a given name alone is theirs.
        names: Cells with their names.
        numbers: Telephones.
        secrets: Addresses and identity numbers.
        shared: Of the names those that somebody else bears too: they are looked for in the linked records alone.
    """

    id: str
    own: frozenset[str]
    linked: frozenset[str]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    secrets: tuple[str, ...]
    shared: frozenset[str]


def subject(book: LedgerBook, id_: str) -> Subject:
    """Whose personal data a record holds.

    Raises:
        LianxinError: The record cannot be read.
    """
    about = sorted(_own(book, id_), key=lambda one: (one != id_, one))
    others = _others(book, id_)
    names, numbers, secrets = dict[str, None](), dict[str, None](), dict[str, None]()
    for one in about:
        for privacy, text in _identifying(book, one):
            if privacy is Privacy.PHONE:
                numbers[text] = None
            elif privacy is not Privacy.NAME:
                secrets[text] = None
            elif one == id_ or not others & {*writings(text)}:  # who spoke for them may be somebody else
                names[text] = None
    shared = frozenset(writing for name in names for writing in writings(name)) & others
    own = frozenset(about)
    return Subject(id_, own, _linked(book, own), (*names,), (*numbers,), (*secrets,), shared)


def _own(book: LedgerBook, id_: str) -> Iterator[str]:
    """The record, and those that are about nobody else."""
    yield id_
    for (source,) in book.sql(_POINTING, (id_,)):
        field = ABOUT.get(kind_of(str(source)).name)
        if field is None:
            continue
        record = book.record(str(source))
        told = getattr(record, field)
        if told in (id_, (id_,)) and not getattr(record, "people", ()):
            yield str(source)


def _linked(book: LedgerBook, own: Iterable[str]) -> frozenset[str]:
    """Records that lead to these, and what happened together with them."""
    found = {*own}
    for id_ in own:
        found |= {str(source) for (source,) in book.sql(_POINTING, (id_,))}
    for id_ in [one for one in found if _happened(one)]:
        near = (*book.sql(_POINTING, (id_,)), *book.sql(_POINTED, (id_,)))
        found |= {str(one) for (one,) in near if _happened(str(one))}
    return frozenset(found)


def _happened(id_: str) -> bool:
    brief = brief_of(id_)
    return brief is not None and brief.name in _HAPPENED


def _others(book: LedgerBook, id_: str) -> frozenset[str]:
    """What everybody else is called."""
    return frozenset(
        writing for other, name in book.sql(_OTHERS) if name and other != id_ for writing in writings(str(name))
    )


def _identifying(book: LedgerBook, id_: str) -> Iterator[tuple[Privacy, str]]:
    """What identifies somebody in any version of a record, as it is read with its corrections too."""
    kind = kind_of(id_)
    record: Any = book.record(id_)
    held = [as_text(record), *([as_text(book.fold_of(record).record)] if kind.lifecycle else [])]
    held += _past(book, id_)
    for values in held:
        for spec, text in values_of(kind.model, values, kind):
            if spec.going is Going.MARKED and not erased(text):
                yield Privacy.NAME if spec.personal else spec.privacy, text


def _past(book: LedgerBook, id_: str) -> Iterator[dict[str, Any]]:
    """What its file held before."""
    for data in versions(book.repo, book.commit, [*dict.fromkeys((kind_of(id_).path_of(id_), book.path_of(id_)))]):
        try:
            yield read_yaml(data)
        except Unreadable:
            continue
