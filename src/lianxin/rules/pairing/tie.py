"""D021: what is said to belong to a pairing is done by one of its two sides, and for the other."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

#: Each side as the units that may act for it: itself, its Party branch, the units the person is and was of.
_SIDES = """served AS (
  SELECT id, org FROM person
  UNION SELECT x.id, json_extract(h.value, '$.单位') FROM person AS x, json_each(x.history) AS h),
sides AS (
  SELECT p.id AS pairing, p."first" AS party FROM pairing AS p UNION SELECT p.id, p."second" FROM pairing AS p),
acting AS (
  SELECT pairing, party AS org FROM sides
  UNION SELECT s.pairing, o.id FROM sides AS s JOIN org AS o ON o.village = s.party
  UNION SELECT s.pairing, x.org FROM sides AS s JOIN served AS x ON x.id = s.party)"""

_ACTIVITIES = f"""WITH {_SIDES} SELECT a.id FROM activity AS a
WHERE a.pairing IN (SELECT id FROM pairing) AND NOT EXISTS (
  SELECT 1 FROM json_each(a.hosts) AS h JOIN acting AS s ON s.org = h.value WHERE s.pairing = a.pairing)
ORDER BY a.id"""  # noqa: S608 - constants of this file

_PROMISES = f"""WITH {_SIDES} SELECT c.id FROM promise AS c
WHERE c.pairing IN (SELECT id FROM pairing) AND NOT EXISTS (
  SELECT 1 FROM acting AS s WHERE s.pairing = c.pairing
  AND (s.org = c.who OR s.org IN (SELECT x.org FROM served AS x WHERE x.id = c.who)))
ORDER BY c.id"""  # noqa: S608 - constants of this file

_PROJECTS = """SELECT x.id FROM project AS x JOIN pairing AS p ON p.id = x.pairing
WHERE p."second" GLOB 'CUN-*' AND p."second" NOT IN (SELECT v.value FROM json_each(x.villages) AS v) ORDER BY x.id"""

_ITEMS = """SELECT p.id, j.key, json_extract(j.value, '$.立项')
FROM pairing AS p, json_each(json_extract(p.plan, '$.项目')) AS j
JOIN project AS x ON x.id = json_extract(j.value, '$.立项')
WHERE x.pairing IS NOT p.id ORDER BY p.id, j.key"""


def check(book: Book) -> Iterator[Finding]:
    """An activity or promise by nobody of the pairing, a project of another village, an item of another's project."""
    for (id_,) in book.sql(_ACTIVITIES):
        yield Finding("D021", id_, ("结对",), "主办单位里没有这一对结对的任何一方")
    for (id_,) in book.sql(_PROMISES):
        yield Finding("D021", id_, ("结对",), "承诺人不是这一对结对的任何一方")
    for (id_,) in book.sql(_PROJECTS):
        yield Finding("D021", id_, ("结对",), "这一对结对的村，不在项目所在的村里")
    for id_, n, project in book.sql(_ITEMS):
        yield Finding("D021", id_, ("共建计划", "项目", n, "立项"), f"{project} 没有写属于这一对结对")
