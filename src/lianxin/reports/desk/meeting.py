"""Where several machines keep one book: what they wrote differently and nobody settled, and what was not sent yet."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.document import Document, Paragraph
from lianxin.core.tone import Tone
from lianxin.kinds import brief_of
from lianxin.reports.desk.item import Item, Of, Part, part
from lianxin.reports.desk.page import Chosen


class Waiting(Struct, frozen=True):
    """A record, or file, of which fields are to be settled; these in words."""

    id: str
    fields: Sequence[str]


class Due(Struct, frozen=True):
    """What is to be told in the morning.

    Attributes:
        waits: What is to be settled.
        place: Where others are met; empty where nowhere.
        unsent: How many times something was written here that is not there; None: it was never looked at.
        sends: Something can be sent there: it is not where somebody else works.
    """

    waits: Sequence[Waiting] = ()
    place: str = ""
    unsent: int | None = 0
    sends: bool = True


#: Nobody else writes in this book.
ALONE = Due()


def waiting(book: Book, due: Due) -> list[Part]:
    """What two machines wrote differently: it comes before all else, since nobody can go on with it."""
    items = [
        Item(
            one.id,
            book.title(one.id) if brief_of(one.id) else one.id,
            (f"待定：{'、'.join(one.fields)}",),
            Tone.ALARM,
            Of.UNSETTLED,
        )
        for one in due.waits
    ]
    return [part("两台电脑记得不一样，等您定", items, "份", Tone.ALARM)] if items else []


def unsent(due: Due) -> list[Part]:
    """Where to meet the others, and whether they lack something."""
    if not due.place:
        return []
    tone = Tone.WARNING if due.sends and due.unsent != 0 else Tone.NORMAL
    return [part("同步", [Item("sync", f"和 {due.place} 同步", (_told(due),), tone, Of.SYNC)], "处")]


def _told(due: Due) -> str:
    if not due.sends:
        return "那边是别人正用着的台账，只取不送"
    if due.unsent is None:
        return "还没有送过"
    return f"这里记的还有 {due.unsent} 笔没有送去" if due.unsent else "这里记的都送去了"


def to_meet(due: Due) -> Chosen:
    """What a sync does."""
    lines = (_told(due), "按回车就同步：取来别的电脑上记的，合在一起，再把这里记的送去。优盘要先插好。")
    title = f"和 {due.place} 同步"
    return Chosen("", "", title, Document("同步", tuple(map(Paragraph, lines)), "desk", title), meets=True)
