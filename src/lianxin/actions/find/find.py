"""``find``: words are looked for in all that records say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from msgspec import Struct

from lianxin.actions.find.look import Look
from lianxin.actions.typed_filter import typed_filters
from lianxin.core.book import Query
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document, Face
from lianxin.core.error import UsageError
from lianxin.core.text.excerpt import Word
from lianxin.core.text.meant import Grade, Name, Names
from lianxin.core.text.name import Known
from lianxin.kinds import kind_of
from lianxin.kinds.inner import NAMED, PERSONS
from lianxin.reports.find import Found, Hidden, page, values
from lianxin.reports.known import names
from lianxin.reports.own_matter import own_matters
from lianxin.reports.value import CALLED
from lianxin.storage.book import LedgerBook

#: Told (done, total) while what is searched has to be made.
Progress = Callable[[int, int], None]

#: Hidden from whoever may see all.
NOTHING: Hidden = (Known(), {})

#: So many names that are near are told.
_NEAR = 5
#: Kinds, besides those whose names everybody knows, among whose names near ones are looked for.
_NAMES = NAMED | {"project", "activity"}


class Wanted(Struct, frozen=True):
    """What is looked for, and among which records.

    Attributes:
        words: As they were typed; all of them.
        kind: None: of any.
        where: Conditions on records of that kind.
        most: So many are shown.
    """

    words: Sequence[str]
    kind: Kind | None = None
    where: Sequence[str] = ()
    most: int = 20


class Sought(Struct, frozen=True):
    """What was found.

    Attributes:
        found: The likeliest first.
        near: Ids and names that are like what was looked for, where nothing was found.
        total: How many there are; None where that is not told.
        more: Whether there are others.
    """

    found: Sequence[Found]
    near: Sequence[tuple[str, str]]
    total: int | None
    more: bool


def find(
    book: LedgerBook, wanted: Wanted, face: Face, *, plain: bool = False, progress: Progress | None = None
) -> Document:
    """What was found, as a page.

    Args:
        book: The records.
        wanted: What is looked for.
        face: Who will read it.
        plain: For programs.
        progress: Told (done, total) while what is searched has to be made first.

    Raises:
        UsageError: There is nothing to look for in a word, or a condition cannot be put.
    """
    hidden = (names(book), own_matters(book)) if face is Face.PUBLIC else NOTHING
    one = sought(book, wanted, face, hidden, progress)
    if plain:
        return values(book, one.found, hidden, one.total, one.near, more=one.more)
    counted = _counted(one.total, len(one.found), more=one.more) if one.found else ""
    return page(book, one.found, hidden, counted, one.near)


def sought(
    book: LedgerBook, wanted: Wanted, face: Face, hidden: Hidden = NOTHING, progress: Progress | None = None
) -> Sought:
    """What was found, as whoever reads it may see it; ``hidden`` from him.

    Raises:
        UsageError: There is nothing to look for in a word, or a condition cannot be put.
    """
    words = [Word.of(one) for typed in wanted.words for one in typed.split()]
    if not words or not all(any(map(str.isalnum, word.read)) for word in words):
        raise UsageError("没有写要找什么，如 lianxin find 水管；只有标点的不算")
    among = _narrowed(book, wanted, face)

    def nameless(id_: str) -> bool:
        """What is hidden puts nothing first."""
        return face is Face.PUBLIC and (id_ in hidden[1] or kind_of(id_).name in NAMED)

    hits = book.found(words, progress, nameless)
    ids = [id_ for id_ in hits.ids if among is None or id_ in among]
    look = Look(book, words, hits, face, hidden)
    seen = list(islice(look.seen(ids, wanted.most + 1), wanted.most + 1))
    more, found = len(seen) > wanted.most, look.found(seen[: wanted.most])
    total = len(ids) if face is Face.INTERNAL else None if more else len(found)
    return Sought(found, [] if found else _near(book, words, face), total, more)


def _counted(total: int | None, shown: int, *, more: bool) -> str:
    if not more:
        return f"共 {shown} 条"
    every = f"共 {total} 条，" if total else ""
    return f"{every}先列 {shown} 条；加 -n 多列些，或再添一个词"


def _narrowed(book: LedgerBook, wanted: Wanted, face: Face) -> frozenset[str] | None:
    """The records among which is looked; None for all.

    Raises:
        UsageError: There are conditions, and it is not said on what.
    """
    if wanted.kind is None:
        if wanted.where:
            raise UsageError("写条件要先写明找哪一种，如 --kind 问题 -w 状态=办理中")
        return None
    if not wanted.where:
        return frozenset(str(id_) for (id_,) in book.sql("SELECT id FROM record WHERE kind = ?", (wanted.kind.name,)))
    filters = typed_filters(book, wanted.kind, wanted.where, face)
    return frozenset(book.select(Query(wanted.kind, ("编号",), filters))[1])


def _near(book: LedgerBook, words: Sequence[Word], face: Face) -> list[tuple[str, str]]:
    """Ids and names like what was looked for; to the public only of those whose names everybody knows."""
    kinds = CALLED if face is Face.PUBLIC else CALLED | _NAMES
    marks = ", ".join("?" * len(kinds))
    rows = book.sql(
        f"SELECT id, title, kind FROM record WHERE NOT voided AND kind IN ({marks}) ORDER BY id",  # noqa: S608 - marks only
        sorted(kinds),
    )
    known = Names([Name((str(title),), kind in PERSONS) for _, title, kind in rows])
    ranked = (at for word in words for at, grade in known.ranked(word.typed)[:_NEAR] if grade is Grade.NEAR)
    return [(str(rows[at][0]), str(rows[at][1])) for at in dict.fromkeys(ranked)][:_NEAR]
