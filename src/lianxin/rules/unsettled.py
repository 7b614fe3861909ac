"""D030: what still hangs on a village, unit, household or person that is no more, until it is settled."""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds import brief_of
from lianxin.kinds.issue.state import SETTLED
from lianxin.kinds.whistle.state import SETTLED as RATED

_ENDED = """
  WITH gone AS (SELECT id, name, ended FROM village UNION ALL SELECT id, name, ended FROM org
    UNION ALL SELECT id, head, ended FROM household UNION ALL SELECT id, name, ended FROM person)
  SELECT id, name, json_extract(ended, '$."日期"'), json_extract(ended, '$."去向"') FROM gone WHERE ended IS NOT NULL
"""

_OPEN_ISSUE = f"base_state NOT IN {words(SETTLED)}"
_OPEN_WHISTLE = f"state NOT IN {words(RATED)}"
_RUNNING = "coalesce(until, '9999') >= ?2 AND ended_why IS NULL"
#: What is not settled, by the field that names what is no more: ``?1`` its id, ``?2`` from which day it is none.
_HANGING = (
    ("责任部门", f"SELECT id FROM issue WHERE dept = ?1 AND {_OPEN_ISSUE}"),  # noqa: S608 - words of ours
    ("所属村", f"SELECT id FROM issue WHERE village = ?1 AND {_OPEN_ISSUE}"),  # noqa: S608 - words of ours
    ("责任人", f"SELECT id FROM issue WHERE person = ?1 AND {_OPEN_ISSUE}"),  # noqa: S608 - words of ours
    ("牵头部门", f"SELECT id FROM whistle WHERE lead = ?1 AND {_OPEN_WHISTLE}"),  # noqa: S608 - words of ours
    ("甲方", f"SELECT id FROM pairing WHERE first = ?1 AND {_RUNNING}"),  # noqa: S608 - words of ours
    ("乙方", f"SELECT id FROM pairing WHERE second = ?1 AND {_RUNNING}"),  # noqa: S608 - words of ours
    ("联络员", f"SELECT id FROM pairing WHERE liaison = ?1 AND {_RUNNING}"),  # noqa: S608 - words of ours
    ("承诺人", "SELECT id FROM promise WHERE who = ?1 AND kept IS NULL"),
    ("责任人", "SELECT id FROM project WHERE person = ?1 AND accepted IS NULL AND ended_why IS NULL"),
    (
        "联系人",
        "SELECT h.id FROM household AS h, json_each(h.contacts) AS c WHERE c.value = ?1 AND h.ended IS NULL",
    ),
    ("单位", "SELECT id FROM person WHERE org = ?1 AND ended IS NULL"),
    (
        "身份",
        """SELECT p.id FROM person AS p, json_each(p.roles) AS r WHERE json_extract(r.value, '$."驻村"') = ?1
        AND coalesce(json_extract(r.value, '$."至"'), '9999') >= ?2""",
    ),
    ("所属村", "SELECT id FROM household WHERE village = ?1 AND ended IS NULL"),
    ("所在村", "SELECT id FROM org WHERE village = ?1 AND ended IS NULL"),
    ("上级单位", "SELECT id FROM org WHERE parent = ?1 AND ended IS NULL"),
    ("走访户", "SELECT v.id FROM visit AS v, json_each(v.households) AS h WHERE h.value = ?1 AND v.day >= ?2"),
    ("所属村", "SELECT id FROM visit WHERE village = ?1 AND day >= ?2"),
)


#: What settles one, by its kind and the field that names what is no more.
_SETTLED = {
    ("pairing", "甲方"): "pairing end {id} --into {heir}",
    ("pairing", "乙方"): "pairing end {id} --into {heir}",
    ("pairing", "联络员"): "pairing edit {id} --liaison 编号",
    ("issue", "责任部门"): "issue return {id} --why 单位撤并",
    ("issue", "责任人"): "issue return {id} --why 责任人不在了",
    ("issue", "所属村"): "issue edit {id} --village {heir} --why 村撤并了",
    ("person", "单位"): "person edit {id} --org {heir}",
    ("org", "所在村"): "org edit {id} --village {heir}",
    ("org", "上级单位"): "org edit {id} --parent {heir}",
    ("household", "所属村"): "household edit {id} --village {heir}",
    ("visit", "所属村"): "visit edit {id} --village {heir}",
}


class Hanging(Struct, frozen=True):
    """One record that names what is no more.

    Attributes:
        field: The label by which it does.
        ended: Id of what is no more.
        into: What came after.
        how: What settles it, in one command.
    """

    id: str
    field: str
    ended: str
    name: str
    into: tuple[str, ...]

    @property
    def how(self) -> str:
        """What settles it, in one command."""
        heir = self.into[0] if len(self.into) == 1 else "编号"
        brief = brief_of(self.id)
        kind = brief.name if brief else ""
        words = _SETTLED.get((kind, self.field), "edit {id}")
        if kind == "pairing" and not self.into:
            words = "pairing end {id}"
        return f"lianxin {words.format(id=self.id, heir=heir)}"


def hanging(book: Book, among: frozenset[str] = frozenset()) -> Iterator[Hanging]:
    """Every record that is to be settled, each field once.

    Args:
        book: The records.
        among: Only of these; all where there are none.
    """
    for id_, name, day, into in book.sql(_ENDED):
        if day > str(book.today) or (among and id_ not in among):
            continue
        heirs = tuple(json.loads(into)) if into else ()
        for field, statement in _HANGING:
            for (source,) in book.sql(statement, (id_, day)[: 2 if "?2" in statement else 1]):
                yield Hanging(str(source), field, str(id_), str(name), heirs)


def check(book: Book) -> Iterator[Finding]:
    """Each at the record that is to be changed."""
    for one in hanging(book):
        after = f"，现在是 {'、'.join(one.into)}" if one.into else ""
        yield Finding("D030", one.id, (one.field,), f"{one.field}写着已终止的 {one.ended}{after}；{one.how}")
