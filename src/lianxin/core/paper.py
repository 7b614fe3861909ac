"""The parts of an official paper around its text, as GB/T 9704-2012 names them; every format sets them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Part(StrEnum):
    """What a paragraph is in a paper."""

    TEXT = "正文"
    ADDRESSEE = "主送机关"  # over the text, from the margin
    ENCLOSURES = "附件说明"  # under the text: what is enclosed
    SIGNATURE = "署名"  # of the office, two characters from the right
    DATE = "成文日期"  # under it
    REMARK = "附注"
    MARK = "附件标记"  # over an enclosure, which begins a page: 附件 1
    ENCLOSURE = "附件标题"


#: Parts that stand over an enclosure and stay with it.
OPENING = frozenset({Part.MARK, Part.ENCLOSURE})


class Masthead(Struct, frozen=True):
    """What stands over the title (版头) and at the foot of the last page (版记).

    Attributes:
        name: In red, over a rule; empty for a paper without a red head.
        number: 第 3 期, or a document's number (发文字号).
        issuer, day: Of a bulletin: who prints it, and when, as it is to be printed.
        foot: Lines of the distribution: ``报：…``, ``抄送：…。``.
        copy: 份号.
        secrecy: 密级和保密期限, or 内部资料.
        urgency: 紧急程度.
        signer: 签发人, of what goes to a superior.
        printer, printed: 印发机关 and 印发日期.
        copies: 印数, as it is printed.
    """

    name: str = ""
    number: str = ""
    issuer: str = ""
    day: str = ""
    foot: tuple[str, ...] = ()
    copy: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""
    printer: str = ""
    printed: str = ""
    copies: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands in the upper left corner, a line each."""
        return tuple(filter(None, (self.copy, self.secrecy, self.urgency)))

    @property
    def signed(self) -> str:
        """签发人, as it is printed."""
        return f"签发人：{self.signer}" if self.signer else ""

    @property
    def over(self) -> tuple[str, ...]:
        """All that stands over the title, part by part."""
        told = (*self.marks, self.name, self.number, self.signed, self.issuer, self.day)
        return tuple(filter(None, told))

    @property
    def last(self) -> tuple[str, str]:
        """The last line of the foot: who printed it, on the left; when, and how many, on the right."""
        copies = f"（{self.copies}）" if self.copies else ""
        return self.printer, f"{self.printed}印发{copies}" if self.printed else self.copies

    @property
    def under(self) -> tuple[str, ...]:
        """All that stands at the foot, line by line."""
        return tuple(filter(None, (*self.foot, "　".join(filter(None, self.last)))))


def set_in(name: str, day: str) -> tuple[float, float]:
    """How many characters a signature and the day under it stand from the right margin.

    The name stands two in, and the day begins two characters after it; where the day is longer, the day stands two in
    and the name begins two characters before it (GB/T 9704-2012, 7.3.5.2).
    """
    long, wide = _length(name), _length(day)
    if long - wide >= 2:
        return 2, long - wide
    return 4 + wide - long, 2


def _length(text: str) -> float:
    """In Chinese characters; a digit takes half of one."""
    return sum(0.5 if one.isascii() else 1 for one in text)
