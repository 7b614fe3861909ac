"""What may become of a record that keeps no events: it is renamed, merged into another, ends, or is voided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import VOID

#: The column by which a kind shows that it may befall its records; in the order they are offered.
FATES: Mapping[str, str] = {"rename": "former", "merge": "former", "join": VOID, "end": "ended", "void": VOID}

#: Those that befall several at once, and those of just two.
OF_SEVERAL, OF_TWO = ("merge", "join", "end"), ("join",)
_TWO = 2


def fates(kind: Kind, record: object = None) -> tuple[str, ...]:
    """What may become of the records of a kind; of one of them, as it stands.

    Args:
        kind: Of the records.
        record: One of them.
    """
    if getattr(record, "voided", None):
        return ()
    gone = bool(getattr(record, "ended", None))
    return tuple(name for name, column in FATES.items() if kind.column(column) and (column == VOID or not gone))


def befalling(names: Sequence[str], many: int) -> tuple[str, ...]:
    """Those of some fates that can befall so many records at once."""
    able = {*FATES} - {*OF_TWO} if many == 1 else {*OF_SEVERAL}
    return tuple(name for name in names if name in (able if many <= _TWO else able - {*OF_TWO}))
