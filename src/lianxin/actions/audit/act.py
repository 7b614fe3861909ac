"""What each sort of commit may do: one table, by what the commit itself says under ``Step``.

A sort of its own that is to come is one line here: what it may do, what of that else is a fault, and what it is marked
as. What a line does not allow is a fault of the commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lianxin.actions.audit.change import Did
from lianxin.kinds import KINDS


class Act(Struct, frozen=True):
    """A sort of commit.

    Attributes:
        opens: How its subject begins; ``{id}`` and ``{kind}`` are of the first record it names.
        may: What it may do to files.
        marked: What it is told of as, though it is no fault.
        excused: Codes of what it may do though nobody else may.
        steps: It adds the very events that it names.
        named: It names every record it touches.
        others: It may name some that it leaves as they are.
        by: Somebody of the ledger did it, who is named.
        joins: It has more parents than one.
        old: What it brings was written down elsewhere before.
    """

    opens: str
    may: frozenset[Did]
    marked: str = ""
    excused: frozenset[str] = frozenset()
    steps: bool = False
    named: bool = True
    others: bool = False
    by: bool = True
    joins: bool = False
    old: bool = False


_EVERYTHING = frozenset(Did) - {Did.DROP}

#: What hand edits may be that ``commit`` takes in, as a command does of the file it is about to write.
HAND = Act("{id} 手工修改", _EVERYTHING, "手工改", by=False, old=True)

#: By the word that stands under ``Step``; the steps of lives are added from their tables.
ACTS: Mapping[str, Act] = {
    "init": Act("", frozenset({Did.ADD, Did.RULE, Did.FILE}), named=False, by=False),
    "settings": Act("", frozenset({Did.RULE}), named=False, by=False),
    "settle": Act("{id} 选定：", frozenset(Did), "选定"),
    "station": Act("", frozenset({Did.RULE}), named=False, by=False),
    "renumber": Act("", frozenset(Did), "换编号", named=False, by=False),
    "archive": Act("", frozenset(Did), "归档", named=False),
    "add": Act("{id} 新增{kind}", frozenset({Did.ADD, Did.FILE})),
    "import": Act("", frozenset({Did.ADD, Did.BRING, Did.EDIT, Did.STEP, Did.RULE}), old=True),
    "edit": Act("{id} 修改{kind}", frozenset({Did.EDIT})),
    "void": Act("{id} 作废", frozenset({Did.VOID, Did.EDIT, Did.STEP}), others=True),
    "end": Act("{id}", frozenset({Did.EDIT, Did.ADD}), named=False),
    "rename": Act("{id} 更名", frozenset({Did.EDIT})),
    "freeze": Act("{id} 定稿", frozenset({Did.ADD})),
    "silence": Act("", frozenset({Did.RULE}), named=False),
    "undo": Act("撤销：", _EVERYTHING | {Did.DROP}, "撤销", named=False),
    "erase": Act("{id} 注销个人信息", frozenset({Did.EDIT, Did.FILE}), "注销", others=True),
    "purge": Act("注销的个人信息已从历史里去掉", frozenset({Did.RULE}), "注销", named=False),
    "sync": Act("", _EVERYTHING, by=False, named=False, joins=True),
}


@cache
def act_of(step: str, *, by_hand: bool, events: bool) -> Act | None:
    """The sort a commit says it is of; None where there is no such.

    Args:
        step: Its word.
        by_hand: It names nobody who did it.
        events: It names steps that it adds.
    """
    if step == "edit" and by_hand:
        return HAND
    if events and any(kind.lifecycle and kind.lifecycle.step(step) for kind in KINDS):
        return Act("{id}", frozenset({Did.STEP, Did.ADD, Did.FILE}), steps=True)
    return ACTS.get(step)
