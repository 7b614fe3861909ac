"""Who owes what of the duties, the most pressing first, and what one of them has to do and has done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lianxin.core.book import Book
from lianxin.core.document import Document, Heading
from lianxin.core.measure import Part as Measured
from lianxin.core.tone import Tone, tones
from lianxin.kinds import brief_of, kind_named
from lianxin.reports.desk.item import Item, Of, Part, part
from lianxin.reports.desk.page import Chosen, chosen
from lianxin.reports.duty.pace import Status, amount_text
from lianxin.reports.duty.page import duty_page
from lianxin.reports.duty.stand import Fulfilment, Stand, unit_of
from lianxin.reports.subject import called

_TONES = dict(tones(Status))


def duties(book: Book, founds: Sequence[Fulfilment]) -> list[Part]:
    """Duty by duty those who owe something of it; then the duties of which nobody does."""
    owed = [(found, [one for one in found.stands if one.pressing]) for found in founds if found.cycle]
    parts = [_owed(book, found, stands) for found, stands in owed if stands]
    rest = [_done(found) for found, stands in owed if not stands]
    return [*parts, part("眼下没有落后的", rest, "项")] if rest else parts


def _owed(book: Book, found: Fulfilment, stands: Sequence[Stand]) -> Part:
    names = called(book, [one.subject for one in stands])
    until = f"，{found.cycle.last} 期满" if found.cycle and found.cycle.until != date.max else ""
    unit = unit_of(found.duty)
    items = [
        Item(
            one.subject,
            names[one.subject],
            tuple(filter(None, (f"{one.status}，{_gap(one, unit)}", one.pace, _missed(one)))),
            _TONES.get(one.status, Tone.NORMAL),
            Of.DUTY,
            found.duty.name,
        )
        for one in stands
    ]
    return part(f"{found.duty.name}{until}", items, "个")


def _gap(one: Stand, unit: str) -> str:
    return f"{'多' if one.status is Status.OVER else '差'} {amount_text(one.gap, unit)} {unit}"


def _missed(one: Stand) -> str:
    return f"往期欠 {len(one.missed)} 次" if one.missed else ""


def _done(found: Fulfilment) -> Item:
    told = f"{len(found.stands)} 个对象，做到 {found.count(Status.DONE)} 个"
    return Item("", found.duty.name, (told,), of=Of.DUTY, group=found.duty.name)


def owing(book: Book, found: Fulfilment, subject: str) -> Chosen:
    """How somebody stands with a duty and who that is; without a subject, everybody whom it binds."""
    page = duty_page(book, found, only=subject or None, opened=bool(subject))
    blocks = page.blocks
    kind = ""
    if brief_of(subject):
        one = chosen(book, subject)
        kind, blocks = one.kind, (*blocks, Heading(f"{one.page.title} {one.title}", 2), *one.page.blocks)
    adds, typed = _counted_as(found, subject)
    page = Document(page.title, blocks, "desk", page.subtitle)
    return Chosen(subject, kind, found.duty.name, page, adds=adds, typed=typed)


def _counted_as(found: Fulfilment, subject: str) -> tuple[str, dict[str, str]]:
    """The kind of record by which the duty is done, and the field in which the subject stands; empty for none."""
    for one in found.duty.counted or ():
        if subject and (told := _field(one)):
            return told[0], {told[1]: subject}
    return "", {}


def _field(one: Measured) -> tuple[str, str] | None:
    """Only where the path leads there at one step can it be filled in."""
    kind = kind_named(one.kind) if one.kind else None
    column = kind.column(one.subject) if kind and one.subject and "." not in one.subject else None
    return (kind.name, column.name) if kind and column and column.name != "id" else None
