"""The number of a paper: that under which it was kept, else the next of its series."""

from __future__ import annotations

from unicodedata import normalize

from lianxin.core.book import Book
from lianxin.core.day.period import Period, lasting
from lianxin.policies.paper import Series

#: Every number given to a paper, whatever its series: of steps, as given and as put right, of reports that were kept,
#: of papers that were filed.
_USED = """SELECT json_extract(data, '$."文号"'), record FROM event WHERE json_extract(data, '$."文号"') IS NOT NULL
UNION SELECT json_extract(data, '$."新值"'), record FROM event
WHERE json_extract(data, '$."字段"') = '文号' AND json_extract(data, '$."新值"') IS NOT NULL
UNION SELECT paper, id FROM frozen WHERE paper IS NOT NULL
UNION SELECT paper, id FROM evidence WHERE paper IS NOT NULL"""
#: A year stands in any of them.
_BRACKETS = str.maketrans("〔〕()", "[][]")
_KEPT = "SELECT paper FROM frozen WHERE report = ? AND period = ? AND paper IS NOT NULL ORDER BY id DESC LIMIT 1"


def paper_number(book: Book, series: Series, report: str, period: Period) -> str:
    """A report's 发文字号.

    Args:
        book: The records.
        series: Its outline names it.
        report: The outline's name.
        period: What the report is about; made again, it keeps the number it was kept under.
    """
    kept = book.sql(_KEPT, (report, lasting(period)))
    if kept:
        return str(kept[0][0])
    return next_number(book, series)


def next_number(book: Book, series: Series) -> str:
    """The number that the next paper of a series bears."""
    return series.next(book.today.year, (str(text) for text, _ in book.sql(_USED)))


def bearers(book: Book, number: str) -> list[str]:
    """The records that a number was given to already, however its brackets were typed."""
    wanted = alike(number)
    return [str(id_) for text, id_ in book.sql(_USED) if alike(str(text)) == wanted]


def alike(number: str) -> str:
    """A number with its brackets and blanks typed one way."""
    return "".join(normalize("NFKC", number).translate(_BRACKETS).split())
