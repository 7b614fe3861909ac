"""How an office numbers its papers (``policy/documents.yaml``): 岫党建通〔2026〕3号."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import Integer, Text

_YEAR, _NUMBER = "{年}", "{号}"
#: Steps with which a paper may go out: an issue is given to a department, which is urged in one form or another.
_STEPS = ("交办", "催办", "督办", "通报")


class Series(Record):
    """One sort of papers, numbered by itself from the beginning of each year."""

    name: Text = field("名称", help="报表提纲的「文号」写的就是它")
    form: Text = field("字号", help="怎样写：{年} 换成年份，{号} 换成顺序号")
    first: Integer = field("起号", default=1, help="一年从几号起，用本工具以前已经发过的不再用")
    goes: Text | None = field(
        "用于",
        default=None,
        help="交办、催办、督办、通报：办这一步时发一份文的写上，下一号先填在那里，可以改、可以去掉",
    )

    def number(self, year: int, number: int) -> str:
        """A paper's number as it is printed."""
        return self.form.replace(_YEAR, str(year)).replace(_NUMBER, str(number))

    def next(self, year: int, used: Iterable[str]) -> str:
        """The number after the highest one that was given this year.

        Args:
            year: Of the paper.
            used: Numbers of papers as they were printed, of any series.
        """
        parts = (re.escape(part) for part in self.form.replace(_YEAR, str(year)).split(_NUMBER))
        like = re.compile(r"0*(\d+)".join(parts).replace("〔", r"[〔\[［(（]").replace("〕", r"[〕\]］)）]"))
        given = [int(found[1]) for text in used if (found := like.fullmatch(text.strip()))]
        return self.number(year, max([self.first - 1, *given]) + 1)


class Papers(Record):
    """``documents.yaml``."""

    series: tuple[Series, ...] = field("文号", default=())


def check_series(series: Series, loc: Loc) -> Iterator[Fault]:
    """A form in which no number can stand."""
    if series.form.count(_NUMBER) != 1:
        yield Fault(
            "P043", (*loc, "字号"), f"「{series.name}」的字号里要写一个 {_NUMBER}，如 党建通〔{_YEAR}〕{_NUMBER}号"
        )
    if series.goes is not None and series.goes not in _STEPS:
        yield Fault(
            "P043", (*loc, "用于"), f"「{series.name}」的用于写的是「{series.goes}」，只能写 {'、'.join(_STEPS)}"
        )
