"""Who should be paired with whom (``policy/pairing.yaml``): a unit's sector against a village's nature (S1d)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.problem import Fault
from lianxin.core.value import Integer
from lianxin.kinds import KIND
from lianxin.kinds.org import Sector
from lianxin.kinds.pairing import PARTIES, Nature
from lianxin.kinds.village import Nature as Trouble
from lianxin.policies.check.filter import Codes, check_filters

_CODES = Codes("P040", "P040", "P040")


class Match(Record):
    """Which villages' troubles units of one sector are good for."""

    sector: Sector = field("单位类别")
    troubles: tuple[Trouble, ...] = field("村情类别")


class Matching(Record):
    """``policy/pairing.yaml``."""

    natures: tuple[Nature, ...] = field("结对性质", help="第一个是要建议的；其余的也算这个村有了伙伴")
    units: Names = field("单位", default=(), help="哪些单位可以去结对：字段=值，几条之间是「并且」")
    villages: Names = field("村", default=(), help="哪些村要有单位来结对")
    most: Integer = field("至多", default=3, help="一个单位至多结几个村，如 1带3 的 3")
    matches: tuple[Match, ...] = field("对口", default=())

    def suits(self, sector: str) -> frozenset[str]:
        """The troubles units of this sector are good for."""
        return frozenset(
            trouble.value for match in self.matches if match.sector == sector for trouble in match.troubles
        )

    @property
    def owned(self) -> frozenset[str]:
        """Troubles that are some sector's business."""
        return frozenset(trouble.value for match in self.matches for trouble in match.troubles)


def check_matching(matching: Matching) -> Iterator[Fault]:
    """What of it cannot work."""
    if not matching.natures:
        yield Fault("P040", ("结对性质",), "没有写结对性质，如 单位–村")
    for n, nature in enumerate(matching.natures):
        if PARTIES[nature] != (("org",), ("village",)):
            yield Fault("P040", ("结对性质", n), f"「{nature}」不是单位与村结对，不能按对口建议")
    if matching.most < 1:
        yield Fault("P040", ("至多",), f"至多 {matching.most} 个村，就没有村能结上了；应不小于 1")
    seen: set[str] = set()
    for n, match in enumerate(matching.matches):
        if match.sector in seen:
            yield Fault("P040", ("对口", n, "单位类别"), f"「{match.sector}」写了两次，请合成一条")
        seen.add(match.sector)
    yield from check_filters(KIND["org"], matching.units, ("单位",), _CODES)
    yield from check_filters(KIND["village"], matching.villages, ("村",), _CODES)
