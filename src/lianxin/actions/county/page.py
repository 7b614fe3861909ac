"""The pages of a roll-up: its figures, one of them by office, one opened to records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lianxin.actions.county.office import definition_of
from lianxin.core.day.period import lasting, parse_period
from lianxin.core.document import Document
from lianxin.core.error import UsageError
from lianxin.reports.county.figures import one_pooled, opened_pool, pooled_figures
from lianxin.storage.county.pool import RollUp


def figures_page(
    folder: Path, word: str, today: date, name: str = "", office: str = "", *, opened: bool = False, plain: bool = False
) -> Document:
    """Figures over the offices of a roll-up.

    Args:
        folder: Of the roll-up.
        word: The period, as typed.
        today: It is seen from this day.
        name: One figure; empty for all.
        office: Only this office's.
        opened: With the records behind it.
        plain: Values for programs.

    Raises:
        UsageError: There is no such figure, office or period in it, or nothing was rolled up.
    """
    if office and not opened:
        raise UsageError("--office 要和 --open 一起写")
    pool, period = RollUp(folder), lasting(parse_period(word, today))
    if not name:
        return pooled_figures(pool, definition_of, period, plain=plain)
    if opened:
        return opened_pool(pool, definition_of, period, name, office, plain=plain)
    return one_pooled(pool, definition_of, period, name, plain=plain)
