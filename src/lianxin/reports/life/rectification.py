"""One rectification as pages see it: how far it is from being struck off."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.core.document import Block, Heading
from lianxin.kinds import KIND
from lianxin.reports.life.standing import columns, steps

_STANDING = (
    *("状态", "整改期限", "预警灯", "逾期天数", "延期次数", "退回次数", "整改进展", "完成时间", "按期完成", "整改结果"),
    *("验收时间", "验收人", "验收意见", "销号时间"),
)


def status(book: Book, id_: str, *, typed: bool = True) -> list[Block]:
    """Where a rectification stands, and what may be done next.

    Args:
        typed: With the commands to be typed.
    """
    standing = columns(book, KIND["rectification"], id_, *_STANDING)
    return [Heading("现在", 2), standing, *steps(KIND["rectification"], id_, book.fold(id_), book.now, typed=typed)]
