"""Steps that are taken out, or put back, because one desk's were chosen: what was asked says which those may be."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.actions.audit.change import Change
from lianxin.storage import UNSETTLED
from lianxin.storage.git.repo import Repo
from lianxin.storage.merge.choice import of_steps, steps_of
from lianxin.storage.merge.unsettled import unsettled_of

#: No question is larger (bytes).
_MOST = 1 << 20


def chosen(repo: Repo, changes: Sequence[Change]) -> frozenset[str]:
    """The files of which a commit takes out, or puts back, only steps that somebody was asked about.

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
        sides = [side.value for one in found.questions if of_steps(one.place) for side in one.sides]
        asked.setdefault(found.path, set()).update(id_ for one in sides for id_ in steps_of(one).ids)
    moved = {one.delta.path: _moved(one) for one in changes}
    return frozenset(path for path, ids in moved.items() if ids and ids <= asked.get(path, set()))


def _moved(change: Change) -> set[str]:
    """The steps that are in one version alone."""
    before, after = (
        {str(step.get("编号")) for step in side.steps} if side else set() for side in (change.old, change.new)
    )
    return before ^ after
