"""Sentences that do not go to a terminal: the people and numbers they name are masked like those of any document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianxin.core.book import Book


def veiled(book: Book, sentence: str) -> str:
    """A refusal, a suggestion, a remark, as a pipe or a log may have it."""
    from lianxin.formats.mask_text import Veil
    from lianxin.reports.known import names

    return Veil(names(book)).hide_own(sentence)
