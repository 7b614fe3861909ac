"""One whistle as pages see it: one whistle, one list of who was called, came and did what (S1b 10)."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Block, Column, Heading, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.inner import privacy_of
from lianxin.kinds.issue.state import State as Issue
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.life import Life
from lianxin.kinds.whistle.state import State
from lianxin.reports.life.standing import columns, steps
from lianxin.reports.life.tie import untied
from lianxin.reports.value import cell, on_its_day

_STANDING = (
    *("状态", "审批人", "批准时间", "应报到数", "已报到数", "迟到数", "已办结数", "最近期限", "逾期部门", "预警灯"),
    *("办结时间", "总的结果", "评哨", "评语"),
)

#: What the list shows, in the order of the customary form.
LINE = (
    "dept",
    "stage",
    "respond_due",
    "responded",
    "arrive_due",
    "arrived",
    "who",
    "measure",
    "finish_due",
    "finished",
    "rating",
)

_ISSUES = """SELECT i.id, i.summary, i.base_state, i.whistle FROM whistle AS w, json_each(w.issues) AS j
JOIN issue AS i ON i.id = j.value WHERE w.id = ? ORDER BY i.id"""


def answers(book: Book, id_: str, caption: str = "", names: tuple[str, ...] = LINE) -> list[Block]:
    """The list of departments; nothing before the whistle was approved."""
    life = book.life(id_, Life)
    specs = {spec.name: spec for spec in fields_of(Answer)}
    wanted = [specs[name] for name in names]
    heads = tuple(
        Column(
            spec.label,
            spec.name,
            FieldType.TEXT if spec.many or spec.refs else spec.type,
            privacy_of(spec),
            tones=spec.tones,
        )
        for spec in wanted
    )
    called = on_its_day(book, life.record)
    rows = [
        tuple(
            "、".join(map(called, value if spec.many else (value,))) or None
            if spec.refs and value
            else cell(spec, value, called)
            for spec in wanted
            for value in (getattr(answer, spec.name),)
        )
        for answer in life.answers
    ]
    return [Table(heads, rows, [id_] * len(rows), caption=caption)] if rows else []


def _issues(book: Book, id_: str) -> list[Block]:
    """What it was blown for, and whether the issues know of it."""
    rows = book.sql(_ISSUES, (id_,))
    heads = (
        Column("问题", "issue", FieldType.REF, width=15),
        Column("事由", "summary", width=28),
        Column("状态", "state"),
        Column("那边记的哨单", "whistle", FieldType.REF, width=15),
    )
    shown = [
        (id_, text, state, tied or ("随主案" if state == Issue.MERGED else "没有记")) for id_, text, state, tied in rows
    ]
    return [Table(heads, shown, [row[0] for row in rows])] if rows else []


def status(book: Book, id_: str, *, typed: bool = True) -> list[Block]:
    """Where a whistle stands: the whole, department by department, its issues, and what may be done next.

    Args:
        typed: With the commands to be typed.
    """
    life = book.life(id_, Life)
    blocks: list[Block] = [Heading("现在", 2), columns(book, KIND["whistle"], id_, *_STANDING)]
    blocks += answers(book, id_, "报到情况")
    blocks += [Paragraph(text, Tone.MUTED) for text in life.recomputed]
    known = [] if life.state == State.ASKED else untied(book, id_)
    blocks += [*_issues(book, id_), *(Paragraph(one.told(book) if typed else one.said, Tone.WARNING) for one in known)]
    return [*blocks, *steps(KIND["whistle"], id_, life, book.now, typed=typed)]
