"""The desks that one book is kept at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lianxin.core.document import Column, Document, Table
from lianxin.core.value import show_moment
from lianxin.policies.station import Station

_COLUMNS = (
    Column("字母", "letter"),
    Column("台名", "name"),
    Column("认领人", "claimer"),
    Column("认领时间", "claimed"),
    Column("这一台", "here"),
)


def stations_page(stations: Sequence[Station], letter: str, name: Callable[[str], str], *, plain: bool) -> Document:
    """Every desk, and which of them this is.

    Args:
        stations: By letter.
        letter: This one's.
        name: A person's name by the id.
        plain: For programs.
    """
    rows = [
        (
            one.letter,
            one.name,
            name(one.claimer) if one.claimer else None,
            show_moment(one.claimed) if one.claimed else None,
            "是" if one.letter == letter else None,
        )
        for one in stations
    ]
    return Document("台", (Table(_COLUMNS, rows),), name="stations", plain=plain)
