"""A step that is taken out because two desks had taken it and one was chosen: what was asked says which that may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.actions.audit.change import Change
from lianxin.storage import UNSETTLED
from lianxin.storage.git.repo import Repo
from lianxin.storage.merge.twice import TWICE
from lianxin.storage.merge.unsettled import unsettled_of

#: No question is larger (bytes).
_MOST = 1 << 20


def chosen(repo: Repo, changes: Sequence[Change]) -> frozenset[str]:
    """The files out of which a commit takes only steps that somebody was asked about.

    Args:
        repo: Where what was asked is looked up.
        changes: Of one commit that settles something.
    """
    asked: dict[str, set[str]] = {}
    for oid in (one.delta.old for one in changes if one.delta.path.startswith(f"{UNSETTLED}/") and one.delta.old):
        try:
            found = unsettled_of(next(iter(repo.blobs([oid], _MOST))))
        except ValueError:
            continue
        sides = [side.value for one in found.questions if one.place[:1] == (TWICE,) for side in one.sides]
        asked.setdefault(found.path, set()).update(str(one["编号"]) for one in sides if isinstance(one, Mapping))
    return frozenset(one.delta.path for one in changes if _gone(one) and _gone(one) <= asked.get(one.delta.path, set()))


def _gone(change: Change) -> set[str]:
    before, after = (
        {str(step.get("编号")) for step in side.steps} if side else set() for side in (change.old, change.new)
    )
    return before - after
