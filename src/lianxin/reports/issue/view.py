"""One issue as pages see it: its fields, its events, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.filter import Filter, Op
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.issue.column import whose_light
from lianxin.kinds.issue.haves import WAIVED
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.record import Issue
from lianxin.kinds.issue.state import AFTER, OFF, State
from lianxin.kinds.whistle import state as whistle_state
from lianxin.reports.column import Found, find, labels
from lianxin.reports.life.history import events_of
from lianxin.reports.life.standing import steps
from lianxin.reports.value import Title, named, on_its_day, plain

if TYPE_CHECKING:
    from lianxin.kinds.issue.haves import Have, HaveName

ISSUE = KIND["issue"]

_ASKED = tuple(dict.fromkeys((*labels(ISSUE), "主案.编号", "主案.状态", "并入.编号")))

#: Columns that lists print in words of their own.
_SPOKEN = tuple(column.label for column in ISSUE.derived if column.words)

#: Ids in one question to the index, well under SQLite's limit of parameters.
_AT_ONCE = 500


@cache
def _found(label: str) -> Found:
    """One of an issue's columns; looked up for every page of a handbook, so kept."""
    found = find(ISSUE, label)
    if found is None:
        raise LookupError(label)
    return found


class Case(Struct, frozen=True):
    """One issue.

    Attributes:
        life: What its events add up to; its ``record`` has the corrections applied.
        events: By the time they happened.
        cells: Every column by its Chinese name, references as titles.
        words: What is printed instead of some of them.
    """

    life: Life
    events: Sequence[Any]
    cells: dict[str, Any]
    book: Book
    words: Mapping[str, Any]

    def __getitem__(self, label: str) -> Any:
        return self.cells[label]

    @property
    def issue(self) -> Issue:
        """The intake facts as corrected."""
        issue: Issue = self.life.record
        return issue

    @property
    def title(self) -> Title:
        """What everything was called on the day it was raised."""
        return on_its_day(self.book, self.issue)

    @property
    def id(self) -> str:
        """Its number."""
        return self.issue.id

    @property
    def haves(self) -> Sequence[Have]:
        """The five haves, in their order."""
        haves: Sequence[Have] = self.life.haves
        return haves

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the haves that are not there yet."""
        return tuple(have.name.value for have in self.haves if not have.present)

    def have(self, name: HaveName) -> Have:
        """One of the five."""
        return next(have for have in self.haves if have.name is name)

    def of(self, *steps: str) -> list[Any]:
        """Its events of these steps, by their Chinese names."""
        return [event for event in self.events if event.step in steps]

    def pair(self, label: str) -> Pair:
        """One of its columns as a labelled value."""
        found = _found(label)
        value = plain(self.words.get(label, self[label]))
        return Pair(label, value, found.name, found.type, found.privacy, self.id, found.tone(value))

    def pairs(self, *labels: str) -> KeyValues:
        """Several columns, those with nothing in them left out."""
        shown = (self.pair(label) for label in labels)
        return KeyValues(tuple(pair for pair in shown if pair.value is not None))

    def strip(self, *labels: str, more: tuple[Pair, ...] = ()) -> list[Table]:
        """Several short columns side by side in one row, those with nothing in them left out."""
        pairs = [pair for pair in (*(self.pair(label) for label in labels), *more) if pair.value is not None]
        columns = tuple(_head(pair.label, pair.name, pair.type, pair.privacy, _tones(pair)) for pair in pairs)
        return [Table(columns, [tuple(pair.value for pair in pairs)], [self.id])] if pairs else []


@lru_cache(512)
def _head(label: str, name: str, type_: FieldType, privacy: Privacy, tones: tuple[tuple[str, Tone], ...]) -> Column:
    """The column of a strip; a volume has the same ones on every page."""
    return Column(label, name, type_, privacy, tones=tones)


def _tones(pair: Pair) -> tuple[tuple[str, Tone], ...]:
    return () if pair.tone is Tone.NORMAL else ((str(pair.value), pair.tone),)


def cases(book: Book, ids: Sequence[str]) -> Iterator[Case]:
    """Several issues, in the order of ``ids``."""
    for start in range(0, len(ids), _AT_ONCE):
        some = tuple(ids[start : start + _AT_ONCE])
        here = (Filter(("编号",), Op.EQ, some),)
        rows, found = book.select(Query(ISSUE, (*_SPOKEN, *_ASKED), here, spoken=len(_SPOKEN)))
        by_id = dict(zip(found, rows, strict=True))
        for id_ in some:
            yield _case(book, id_, by_id.get(id_) or (None,) * (len(_SPOKEN) + len(_ASKED)))


def case(book: Book, id_: str) -> Case:
    """One issue."""
    return next(cases(book, [id_]))


def _case(book: Book, id_: str, row: Sequence[Any]) -> Case:
    life = book.life(id_, Life)
    words = dict(zip(_SPOKEN, row, strict=False))
    cells = dict(zip(_ASKED, row[len(_SPOKEN) :], strict=True))
    return Case(life, events_of(life.record), cells, book, words)


def haves(one: Case) -> Table:
    """The five haves in one line, there or missing."""
    tones = (("有", Tone.GOOD), ("缺", Tone.ALARM), (WAIVED, Tone.MUTED))
    columns = tuple(Column(have.name.value, f"have_{n}", tones=tones, width=12) for n, have in enumerate(one.haves, 1))
    return Table(columns, [tuple(have.mark for have in one.haves)])


def status(book: Book, id_: str) -> list[Block]:
    """Where an issue stands: state, who has it, until when, what is missing, and what may be done next."""
    one = case(book, id_)
    blocks: list[Block] = [Heading("现在", 2), standing(one), haves(one)]
    lacking = "\n".join(f"{have.name.value}：{have.missing}" for have in one.haves if not have.present)
    if lacking and one["状态"] not in OFF:
        blocks.append(Paragraph(lacking, Tone.MUTED))
    return [*blocks, *steps(ISSUE, id_, one.life, book.now, waits(book, one))]


def standing(one: Case) -> KeyValues:
    """Its state, who has it, until when, and what it hangs together with."""
    signs = ("签收期限",) if one["状态"] == State.ASSIGNED else ()
    shown = (
        *("状态", "受理层级", "责任部门", "责任人", *signs, "办结期限", "预警灯", "逾期天数"),
        *("复核日期", "并入", "主案"),
    )
    pairs = (replace(pair, value=_whose(one)) if pair.label == "预警灯" else pair for pair in one.pairs(*shown).pairs)
    tied = (Pair("哨单", named(one.life.whistle, one.title), "whistle"),) if one.life.whistle else ()
    return KeyValues((*pairs, *tied))


def _whose(one: Case) -> str:
    return whose_light(str(one["预警灯"]), one["逾期天数"])


def waits(book: Book, one: Case) -> str:
    """For what beside its own steps an issue has to wait before it can go on; empty where for nothing."""
    state, leader, whistle = State(str(one["状态"])), one["主案.状态"], one.life.whistle
    if state is State.MERGED and leader not in AFTER:
        return f"等主案 {one['主案.编号']} 有了结果，再反馈。"
    if state is State.ANSWERED and whistle and book.fold(whistle).state in whistle_state.OPEN and not one.missing:
        return f"等 {whistle} 结哨，再销号。"
    return ""
