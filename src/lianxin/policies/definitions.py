"""Everything an office has defined, by name: its own, and what the campaigns in force bring."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec import field as member

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault, Loc
from lianxin.kinds import kind_named
from lianxin.kinds.path import near
from lianxin.policies.campaign import Campaign
from lianxin.policies.check.filter import check_filters
from lianxin.policies.check.finding import check_texts
from lianxin.policies.check.measure import check_measure, unknown_kind
from lianxin.policies.check.row import check_named, check_rows
from lianxin.policies.duty import Duty
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Grid, Outline, Picture, Section
from lianxin.policies.paper import Series
from lianxin.policies.score import Item, Scheme

T = TypeVar("T", bound=Record)

#: Where definitions come from, besides the campaigns, which go by the name of their folder.
SHIPPED, OWN = "自带", "本单位"

#: Written in a section instead of the names of duties.
ALL = "全部"


class Placed(Struct, Generic[T], frozen=True):
    """A definition and where it comes from.

    Attributes:
        origin: ``本单位``, ``自带`` or the campaign's folder.
        campaign: None for the office's own.
        path, loc: Its file, and its place in it.
    """

    value: T
    origin: str
    campaign: Campaign | None
    path: str
    loc: Loc


class Definitions(Struct, frozen=True):
    """What is in force, each by its name, in the order of the files.

    Attributes:
        campaigns: By the name of their folder.
        indicators: Unit by name; empty where none are listed.
        origins: Where each outline comes from: ``自带``, ``本单位`` or the campaign's folder.
    """

    figures: Mapping[str, Figure] = member(default_factory=dict)
    duties: Mapping[str, Placed[Duty]] = member(default_factory=dict)
    schemes: Mapping[str, Scheme] = member(default_factory=dict)
    outlines: Mapping[str, Outline] = member(default_factory=dict)
    campaigns: Mapping[str, Campaign] = member(default_factory=dict)
    indicators: Mapping[str, str] = member(default_factory=dict)
    origins: Mapping[str, str] = member(default_factory=dict)
    sources: Mapping[str, str] = member(default_factory=dict)
    series: Mapping[str, Series] = member(default_factory=dict)

    def title(self, origin: str) -> str:
        """What readers call the place a definition comes from."""
        campaign = self.campaigns.get(origin)
        return campaign.name if campaign else origin


def check_figure(figure: Figure, loc: Loc, indicators: Collection[str]) -> Iterator[Fault]:
    """Every fault of a figure."""
    yield from check_measure(figure.numerator, (*loc, "计数"), indicators)
    yield from check_measure(figure.denominator, (*loc, "分母"), indicators)
    rate = figure.unit in ("%", "％", "‰") or figure.name.endswith("率")
    if rate and not figure.denominator:
        yield Fault("P036", (*loc, "名称"), f"「{figure.name}」是率，没有写分母")


def check_scheme(scheme: Scheme, loc: Loc, indicators: Collection[str]) -> Iterator[Fault]:
    """Every fault of a scoring scheme."""
    yield from check_measure(scheme.who, (*loc, "对象"), indicators)
    seen: set[str] = set()
    for key, items in (("项目", scheme.items), ("一票否决", scheme.vetoes)):
        for n, item in enumerate(items):
            here: Loc = (*loc, key, n)
            yield from _item(item, here, indicators)
            if item.name in seen:
                yield Fault("P037", (*here, "名称"), f"「{scheme.name}」里有两项都叫「{item.name}」")
            seen.add(item.name)
    for n, (higher, lower) in enumerate(zip(scheme.grades, scheme.grades[1:], strict=False), 1):
        if lower.least >= higher.least:
            message = (
                f"等次要从高到低：「{lower.grade}」不低于 {lower.least}，「{higher.grade}」只不低于 {higher.least}"
            )
            yield Fault("P042", (*loc, "等次", n, "不低于"), message)
    grades = [mark.grade for mark in scheme.grades]
    if scheme.accountable and scheme.accountable not in grades:
        message = f"等次里没有「{scheme.accountable}」{near(scheme.accountable, grades)}"
        yield Fault("P038", (*loc, "问责"), message)


def _item(item: Item, loc: Loc, indicators: Collection[str]) -> Iterator[Fault]:
    yield from check_measure(item.counted, (*loc, "计数"), indicators)
    yield from check_measure(item.out_of, (*loc, "分母"), indicators)
    if item.out_of and item.full is None:
        yield Fault("P043", (*loc, "名称"), f"「{item.name}」按率给分，要写「满分」")
    if item.out_of and not item.counted:
        yield Fault("P043", (*loc, "名称"), f"「{item.name}」有分母，没有写「计数」")


#: The kind of the records a ledger lists, by the ledger's name.
Listed = Callable[[str], Kind]


def check_outline(outline: Outline, known: Definitions, ledgers: Collection[str], listed: Listed) -> Iterator[Fault]:
    """Every fault of a report's outline: names nobody has defined, rows that its figures do not have.

    Args:
        ledgers: The names of those there are.
        listed: Asked only where a section has filters of its own.
    """
    if outline.subject and kind_named(outline.subject) is None:
        yield unknown_kind(outline.subject, ("每人一份",))
    if outline.paper and outline.paper.series:
        yield from check_named(outline.paper.series, known.series, "文号", ("报头", "文号"))
    for n, section in enumerate(outline.sections):
        yield from _section(section, ("节", n), known, ledgers)
        if section.ledger and section.ledger in ledgers and section.filters:
            told = tuple(text.replace("{对象}", "") for text in section.filters)  # whom it is about, later
            yield from check_filters(listed(section.ledger), told, ("节", n, "筛选"))


def _section(section: Section, loc: Loc, known: Definitions, ledgers: Collection[str]) -> Iterator[Fault]:
    yield from check_texts(section, loc, known.figures)
    for n, name in enumerate(section.figures):
        yield from check_named(name, known.figures, "数字", (*loc, "数字", n))
    if section.grid:
        yield from _grid(section.grid, (*loc, "分组表"), known)
    for n, picture in enumerate(section.pictures):
        yield from check_picture(picture, (*loc, "图", n), known)
    for n, name in enumerate(section.duties):
        if name != ALL:
            yield from check_named(name, known.duties, "职责", (*loc, "职责", n))
    if section.score:
        yield from check_named(section.score, known.schemes, "评分", (*loc, "评分"))
    if section.ledger:
        yield from check_named(section.ledger, ledgers, "台账", (*loc, "台账"))


def _grid(grid: Grid, loc: Loc, known: Definitions) -> Iterator[Fault]:
    for n, name in enumerate(grid.figures):
        here: Loc = (*loc, "列", n)
        yield from check_named(name, known.figures, "数字", here)
        if name in known.figures:
            yield from check_rows(known.figures[name], grid.by, here)
    if grid.score:
        yield from check_named(grid.score, known.schemes, "评分", (*loc, "综合成绩"))
    for label, word in (("排序", grid.sort), ("按", grid.minimum_figure)):
        if word and word.removeprefix("-") not in (*grid.figures, *filter(None, (grid.score, "综合成绩"))):
            yield Fault("P038", (*loc, label), f"「{word}」不是这张表的列{near(word, grid.figures)}")


def check_picture(picture: Picture, loc: Loc, known: Definitions) -> Iterator[Fault]:
    """A chart of figures nobody has defined, or by what their records do not say."""
    if picture.states == bool(picture.figures):
        yield Fault("P038", (*loc, "标题"), f"图「{picture.title}」要写「数字」，或写「状态: 是」，两样写一样")
    for n, name in enumerate(picture.figures):
        here: Loc = (*loc, "数字", n)
        yield from check_named(name, known.figures, "数字", here)
        if picture.by and name in known.figures:
            yield from check_rows(known.figures[name], picture.by, here)


def same_name(name: str, what: str, first: Placed[T], again: Placed[T]) -> Iterator[Fault]:
    """Two definitions of one name are one only if they are alike."""
    if first.value != again.value:
        place = f" {first.path} " if first.path != again.path else "本文件前面"
        yield Fault("P037", (*again.loc, "名称"), f"{what}「{name}」在{place}已经另有定义，两处不一样")
