"""A chart before it has a look: labelled numbers in one or more series, and how they are best seen."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.value import show_amount


class Look(StrEnum):
    """How the numbers are drawn; a format that cannot draw so shows bars."""

    BARS = "条形"  # one bar a label and series, lying
    STACKED = "堆叠"  # one bar a label, its series end to end
    LINES = "折线"  # the labels are points in time
    TILES = "方格"  # one tile a label, the darker the more


class Series(Struct, frozen=True):
    """One number for each label of its chart.

    Attributes:
        values: None where there is nothing to divide by.
        texts: The values as printed; empty where they are plain counts.
    """

    name: str
    values: tuple[Decimal | int | None, ...]
    texts: tuple[str, ...] = ()

    def text(self, n: int) -> str:
        """A value as printed."""
        if self.texts:
            return self.texts[n]
        value = self.values[n]
        return "—" if value is None else show_amount(value)


class Chart(Struct, frozen=True):
    """Numbers to be looked at.

    Attributes:
        heading: What the labels are: 类别, 所属村, 月份.
        labels: In the order they are shown.
        unit: Of every number; empty where the texts say it.
        privacy: Of the labels.
        notes: Under it: definitions of figures, and the like.
        own: Places of the labels that tell of somebody's own matter.
        whole: What a share of the first series is a share of; None: of what is drawn.
        running: The last label is of days that are not over.
    """

    look: Look
    title: str
    heading: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    privacy: Privacy = Privacy.OPEN
    notes: tuple[str, ...] = ()
    own: frozenset[int] = frozenset()
    whole: Decimal | None = None
    running: bool = False

    @property
    def most(self) -> float:
        """The length of the longest bar; 0 where there is nothing to show."""
        if self.look is Look.STACKED:
            return max((self.total(n) for n in range(len(self.labels))), default=0.0)
        return max((float(value or 0) for one in self.series for value in one.values), default=0.0)

    def total(self, n: int) -> float:
        """All series of a label together."""
        return float(sum(one.values[n] or 0 for one in self.series))
