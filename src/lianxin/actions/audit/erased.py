"""What a commit may do that took somebody's personal data out: marks where there were words, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.actions.audit.change import Change
from lianxin.core.text.erased import ERASED, NOTE
from lianxin.kinds import home
from lianxin.kinds.evidence import EVIDENCE

#: What it writes down of itself, and the year that stays of a birthday that goes.
_NOTE, _YEAR, _BIRTHDAY = NOTE, "出生年份", "出生日期"


def taken_out(changes: Sequence[Change]) -> frozenset[str]:
    """The files in which words gave way to marks, and those of pictures whose evidence says that they went."""
    right = {one.delta.path for one in changes if one.old and one.new and marked(one.old.values, one.new.values)}
    gone = {
        str(one.new.values.get("文件"))
        for one in changes
        if one.new and one.new.kind is EVIDENCE and one.delta.path in right and one.new.values.get(_NOTE)
    }
    return frozenset(right | {one.delta.path for one in changes if not one.delta.new and home(one.delta.path) in gone})


def marked(old: Any, new: Any) -> bool:
    """Whether what stands there is what stood there but for marks."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        free = {_NOTE, _YEAR} if new.get(_NOTE) else set()
        lost = {_BIRTHDAY} if new.get(_NOTE) else set()
        if old.keys() - new.keys() - lost or new.keys() - old.keys() - free:
            return False
        return all(marked(old[key], new[key]) for key in old.keys() & new.keys())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(marked, old, new))
    return old == new or (isinstance(old, str) and isinstance(new, str) and _word(old, new))


def _word(old: str, new: str) -> bool:
    pieces = re.split(rf"{ERASED}\d*", new)
    return len(pieces) > 1 and re.fullmatch("(?s:.+?)".join(map(re.escape, pieces)), old) is not None
