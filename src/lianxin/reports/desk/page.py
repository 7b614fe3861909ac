"""A record as the desk shows it: its page, short first and without commands, and the steps it may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec import field as member

from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Life, Step, Target, timely
from lianxin.core.document import (
    Block,
    Document,
    Heading,
    KeyValues,
    Pair,
    Paragraph,
    Timeline,
    TimelineEntry,
)
from lianxin.core.text.matter import undecided
from lianxin.core.tone import Tone
from lianxin.core.value import show_deadline
from lianxin.kinds import kind_of
from lianxin.kinds.evidence import EVIDENCE
from lianxin.kinds.fate import fates
from lianxin.kinds.inner import NAMED
from lianxin.kinds.issue.tally import Limit
from lianxin.kinds.visit import Visit
from lianxin.reports.desk.records import OFF
from lianxin.reports.issue.view import Case, case, standing, waits
from lianxin.reports.life import rectification, whistle
from lianxin.reports.record.page import advised, told
from lianxin.reports.today.heard import made_of


class Chosen(Struct, frozen=True):
    """One record.

    Attributes:
        kind: English name of its kind.
        state: Empty where its kind takes no steps.
        steps: What may be done with it, the likeliest first.
        likely: The step it waits for; None where it waits for none.
        fates: What may become of it, where its kind takes no steps.
        adds: The kind of record that is wanted, where it is one that is not there yet.
        typed: What is known of that one, by field.
        meets: It is no record but what is to be done with other machines.
        file: The picture or paper that it keeps, as its record names it.
        heard: It is a visit that heard what nobody has decided about yet.
    """

    id: str
    kind: str
    title: str
    page: Document
    state: str = ""
    steps: tuple[Step, ...] = ()
    likely: Step | None = None
    fates: tuple[str, ...] = ()
    adds: str = ""
    typed: Mapping[str, str] = member(default_factory=dict)
    meets: bool = False
    file: str = ""
    heard: bool = False


class Able(Struct, frozen=True):
    """What may be done with a record, as in ``Chosen``."""

    kind: str
    steps: tuple[Step, ...] = ()
    fates: tuple[str, ...] = ()


def able(book: Book, id_: str) -> Able:
    """What may be done with a record now.

    Raises:
        LianxinError: There is none, or it cannot be read.
    """
    kind = kind_of(id_)
    if kind.lifecycle is None:
        return Able(kind.name, fates=fates(kind, book.record(id_)))
    return Able(kind.name, timely(book.fold(id_), book.now))


def chosen(book: Book, id_: str) -> Chosen:
    """A record by its id.

    Raises:
        LianxinError: There is none, or it cannot be read.
    """
    kind, title = kind_of(id_), book.title(id_)
    stands = _STANDING[kind.name](book, id_) if kind.name in _STANDING else []
    blocks = told(book, id_, [*stands, *advised(book, kind, id_, typed=False)])
    page = Document(f"{kind.label} {id_}", tuple(blocks), "desk", "" if kind.name in NAMED else title)
    if kind.lifecycle is None:
        record = book.record(id_)
        file = str(getattr(record, "file", None) or "") if kind is EVIDENCE else ""
        left = isinstance(record, Visit) and _left(book, id_, record)
        return Chosen(id_, kind.name, title, page, fates=fates(kind, record), file=file, heard=left)
    life = book.fold(id_)
    steps = timely(life, book.now)
    return Chosen(id_, kind.name, title, page, str(life.state), steps, _likely(kind, life, steps))


def _left(book: Book, id_: str, visit: Visit) -> bool:
    made = made_of(book, id_) if visit.requests else []
    return not visit.voided and bool(undecided(visit.matters, made, visit.no_issue or ""))


def _likely(kind: Kind, life: Life, steps: Sequence[Step]) -> Step | None:
    """The first of what may be done, as the kind's table has it; none off the books, or where nothing leads on."""
    table = kind.lifecycle.table[life.state] if kind.lifecycle else {}
    leading = any(target is not Target.SAME for target in table.values())
    return steps[0] if steps and leading and life.state not in OFF[kind.name] else None


def _issue(book: Book, id_: str) -> list[Block]:
    """Where an issue stands, have by have, and how its deadline was counted."""
    one = case(book, id_)
    haves = (
        Pair(
            have.name.value,
            have.mark if have.present or one["状态"] in OFF["issue"] else f"{have.mark}，{have.missing}",
            f"have_{n}",
            tone=Tone.NORMAL if have.present else Tone.WARNING,
        )
        for n, have in enumerate(one.haves, 1)
    )
    lacks = one.life.lacks()
    first: list[Block] = [Paragraph(f"销号前要补：{lacks}", Tone.WARNING)] if lacks else []
    blocks: list[Block] = [*first, standing(one), KeyValues(tuple(haves)), *_counted(one)]
    return [*blocks, Paragraph(why)] if (why := waits(book, one)) else blocks


def _counted(one: Case) -> list[Block]:
    """Every limit that was set, with how it was counted."""
    entries = [TimelineEntry(limit.at, limit.step, _how(limit)) for limit in one.life.limits]
    again = [Paragraph(text, Tone.MUTED) for text in one.life.recomputed]
    return [Heading("期限是怎么算的", 2), Timeline(tuple(entries), one.id), *again] if entries else []


def _how(limit: Limit) -> str:
    day = show_deadline(limit.due) if limit.due else ""
    rule = "" if limit.rule == day else limit.rule
    return "；".join(filter(None, (rule, f"到 {day}" if day else "", limit.reason.lstrip("；"))))


def _whistle(book: Book, id_: str) -> list[Block]:
    return whistle.status(book, id_, typed=False)


def _rectification(book: Book, id_: str) -> list[Block]:
    return rectification.status(book, id_, typed=False)


_STANDING: Mapping[str, Callable[[Book, str], list[Block]]] = {
    "issue": _issue,
    "whistle": _whistle,
    "rectification": _rectification,
}
