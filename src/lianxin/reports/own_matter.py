"""Whose affair an issue is: of somebody's own matter the public learns how far it is, and nothing of what he said."""

from __future__ import annotations

import json

from lianxin.core.book import Book
from lianxin.kinds.issue.choice import Sphere

#: Triage has not found them to be everybody's.
_OWN = f"SELECT json_group_object(id, summary) FROM issue WHERE sphere IS NOT '{Sphere.PUBLIC.value}'"  # noqa: S608 - a word of ours


def laid_open(sphere: object) -> bool:
    """Whether triage found a matter to be everybody's; one not yet looked at is not."""
    return sphere == Sphere.PUBLIC


def own_matters(book: Book) -> dict[str, str]:
    """The issues that are somebody's own and their 事由, worked out once for each state of the files."""
    told = book.kept("own matters and what they are called", lambda: str(book.sql(_OWN)[0][0]), "reports")
    return dict(json.loads(told))
