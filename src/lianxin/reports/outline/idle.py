"""Papers that would tell of nothing: they are not made."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.document import Block, Table
from lianxin.core.error import EmptyError
from lianxin.core.value import day_text
from lianxin.policies.outline import Rhythm, Standing
from lianxin.reports.issue.overdue import late
from lianxin.reports.outline.press import Press
from lianxin.reports.outline.spoken import spoken


def refuse_circular(press: Press) -> None:
    """Let no circular be made where nothing calls for one.

    Raises:
        EmptyError: Nothing does.
    """
    outline, book = press.outline, press.book
    told = any(Standing.CIRCULAR in section.standing for section in outline.sections)
    if told and outline.rhythm is Rhythm.CIRCULAR and not late(book, press.edition.context, circular=True):
        raise EmptyError(f"截至{day_text(book.today)}，没有应当通报的问题，不出「{outline.name}」，也不占文号")


def refuse_idle(press: Press, blocks: Iterable[Block]) -> None:
    """Let no bulletin and no list of what is pressed for be made of nothing; nor any report of days before the ledger.

    Raises:
        EmptyError: It would tell of nothing.
    """
    outline, book, period = press.outline, press.book, press.period
    if outline.rhythm is Rhythm.SUPERVISION and not any(isinstance(one, Table) and one.rows for one in blocks):
        raise EmptyError(f"截至{day_text(book.today)}，没有要督办的问题，不出「{outline.name}」")
    if any(one.numerator for one in press.printed.values()):
        return
    when = spoken(period.so_far(book.today))
    if book.started is not None and period.last < book.started:
        raise EmptyError(f"台账从{day_text(book.started)}记起，{when}没有记录，不出「{outline.name}」")
    if outline.rhythm is Rhythm.BULLETIN and press.printed:
        raise EmptyError(f"{when}没有可写的，不出「{outline.name}」，也不占期号")
