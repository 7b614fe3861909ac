"""Households elsewhere whose head bears the same name: told of when one is written, lest one be taken for another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lianxin.core.text.fold import fold
from lianxin.storage.book import LedgerBook
from lianxin.storage.candidate import apart

_NAMESAKES = """SELECT DISTINCT h.id FROM called AS c JOIN household AS h ON h.id = c.record
WHERE c.kind = 'household' AND c.word = ? AND h.village <> ? AND h.id <> ? ORDER BY length(h.id), h.id"""

#: So many are named.
_MOST = 3


def namesakes(book: LedgerBook, record: Any, *, veil: bool) -> Iterator[str]:
    """What is told of them, in one line; in the same village they may be one, which is asked about.

    Args:
        book: The records.
        record: The household, as it is to be.
        veil: Nobody is to be named.
    """
    found = [str(id_) for (id_,) in book.sql(_NAMESAKES, (fold(record.head), record.village, record.id))]
    if not found:
        return
    told = []
    for id_ in found[:_MOST]:
        where, ends = apart(book.sql, id_, "household")
        told.append(f"{id_}（{'，'.join(where if veil else (*where, *ends))}）")
    more = f"等 {len(found)} 户" if len(found) > _MOST else ""
    yield f"外村另有同名的户主{'' if veil else f' {record.head}'}：{'、'.join(told)}{more}；选户时看清村组"
