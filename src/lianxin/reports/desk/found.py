"""What is found by a word: records whose number or name holds it, newest first."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.kinds import BRIEFS
from lianxin.reports.desk.item import Item, Part, part

_FOUND = """SELECT kind, id, title FROM record
WHERE NOT voided AND (title LIKE ?1 ESCAPE '\\' OR id LIKE ?1 ESCAPE '\\')
ORDER BY length(id) DESC, id DESC LIMIT ?2"""


def found(book: Book, word: str, most: int) -> list[Part]:
    """The records that a word may mean, by kind; every part of it must be there.

    Args:
        book: The records.
        word: As typed.
        most: So many at most.
    """
    like = word.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace(" ", "%")
    rows = book.sql(_FOUND, (f"%{like}%", most)) if like else []
    parts = []
    for brief in BRIEFS:
        items = [Item(str(id_), str(title), (str(id_),)) for kind, id_, title in rows if kind == brief.name]
        parts += [part(brief.label, items, "条")] if items else []
    return parts
