"""Whose affair an issue is: of somebody's own matter the public learns how far it is, and nothing of what he said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.declare.lifecycle import VOID
from lianxin.kinds.inner import ways
from lianxin.kinds.issue.choice import Sphere

#: Triage has not found them to be everybody's; a whistle for one of them tells of it, and so does what it led to. Of
#: the visit one was heard on, its day and way are told, which are what it is called; one that was taken down by mistake
#: before anybody looked hides nothing of it. Of pictures it is told that they are there.
_OWN = f"""
  WITH own AS (SELECT id, summary, visit, sphere, base_state FROM issue WHERE sphere IS NOT '{Sphere.PUBLIC.value}'),
  told AS (
    SELECT id, summary AS called FROM own
    UNION SELECT w.id, w.matter FROM whistle AS w, json_each(w.issues) AS j WHERE j.value IN (SELECT id FROM own)
    UNION SELECT id, fault FROM rectification WHERE origin IN (SELECT id FROM own)
    UNION SELECT visit, '' FROM own WHERE visit IS NOT NULL
      AND (sphere IS NOT NULL OR base_state <> '{VOID}'))
  SELECT json_group_object(id, called) FROM (
    SELECT id, called FROM told
    UNION SELECT e.id, '' FROM evidence AS e, json_each(e.about) AS j WHERE j.value IN (SELECT id FROM told))
"""  # noqa: S608 - a word of ours


def laid_open(sphere: object) -> bool:
    """Whether triage found a matter to be everybody's; one not yet looked at is not."""
    return sphere == Sphere.PUBLIC


def own_matters(book: Book) -> dict[str, str]:
    """What is somebody's own, by its id, and what it is called; worked out once for each state of the files."""
    told = book.kept("own matters and what came of them", lambda: str(book.sql(_OWN)[0][0]), "reports")
    return msgspec.json.decode(told, type=dict[str, str])


def own_by_way(book: Book, query: Query, columns: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """The cells of a query's answer that tell, by way of a reference, what somebody's own matter is about.

    Args:
        book, query: What is asked of whom.
        columns: The paths behind each column that is printed.
    """
    through = {path: ways(query.kind, path) for paths in columns for path in paths}
    asked = tuple(dict.fromkeys(way for led in through.values() for way in led))
    if not asked:
        return frozenset()
    own = own_matters(book).keys()
    rows, _ids = book.select(replace(query, columns=asked, spoken=0, plain=True))
    cells: set[tuple[int, int]] = set()
    for n, row in enumerate(rows):
        led = {way for way, met in zip(asked, row, strict=True) if own & {*(met if isinstance(met, tuple) else (met,))}}
        cells |= {(n, place) for place, paths in enumerate(columns) if any(led & {*through[path]} for path in paths)}
    return frozenset(cells)
