"""Duties as tables: one duty with everybody it binds, all duties in one, or one subject's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Paragraph, Table, Value
from lianxin.core.tone import Tone, tones
from lianxin.core.value import FieldType
from lianxin.policies.duty import told_inside
from lianxin.reports.duty.pace import Status, amount_text
from lianxin.reports.duty.stand import Fulfilment, Stand, unit_of
from lianxin.reports.duty.words import brief, definition, remark
from lianxin.reports.origin import uncounted
from lianxin.reports.subject import called, column_of, kind_name, singled, some_one, units

_STATUS = Column("状态", "status", FieldType.CHOICE, width=8, tones=tones(Status))
_PACE = Column("怎么赶上", "pace", width=14, term=True)

_NOTES = (
    "落后：按天数匀着算该做到而没有做到的，期满还欠的，超出上限的。",
    "为零：一点也没有做的；往期缺：以前各期有没做到的。",
)

#: So many names stand in a sentence; the rest are in the table.
_NAMED = 8


def duty_table(book: Book, found: Fulfilment, *, behind: bool = False, only: str | None = None) -> Table:
    """One duty: a row for everybody it binds, the most pressing first.

    Args:
        book: The records.
        found: How it stands.
        behind: Only those who are behind.
        only: Only this subject.
    """
    stands = [one for one in found.stands if (one.pressing or not behind) and (only is None or one.subject == only)]
    subjects = [one.subject for one in stands]
    name, unit = called(book, subjects), units(book, subjects)
    people = bool(unit) and {kind_name(one) for one in subjects} == {"person"}
    share = found.duty.out_of is not None
    columns = [
        column_of(book, subjects),
        *([Column("单位", "unit", term=True)] if people else []),
        *_amounts(found),
        _STATUS,
        _PACE,
    ]
    columns.append(Column("说明", "remark", width=24, term=True))
    rows: list[tuple[Value, ...]] = []
    for one in stands:
        head = (name[one.subject], *((unit.get(one.subject),) if people else ()))
        bound = one.claim.most if one.claim.least is None else one.claim.least
        counted = (one.amount, one.total) if share else ()
        rows.append(
            (
                *head,
                bound,
                *counted,
                *_done(one, share=share),
                one.gap,
                one.status.value,
                one.pace,
                remark(found.duty, one),
            )
        )
    return Table(
        tuple(columns),
        rows,
        subjects,
        inner=singled(columns, some_one(subjects, told_inside(found.duty))),
        totals=_totals(found, stands, 2 if people else 1) if len(stands) > 1 else (),
        notes=(*definition(found), *(() if stands or not found.stands else ("没有落后的。",))),
    )


def _amounts(found: Fulfilment) -> list[Column]:
    unit = unit_of(found.duty)
    if found.duty.out_of is None:
        labels = (("应", "required"), ("已", "done"), ("差", "gap"))
        return [Column(f"{label}（{unit}）", name, FieldType.AMOUNT, width=8) for label, name in labels]
    return [
        Column("要求（%）", "required", FieldType.AMOUNT, width=8),
        Column(f"数（{unit}）", "amount", FieldType.AMOUNT, width=8),
        Column("总数", "total", FieldType.AMOUNT, width=8),
        Column("占比", "done", width=8, term=True),
        Column(f"差（{unit}）", "gap", FieldType.AMOUNT, width=8),
    ]


def _done(one: Stand, *, share: bool) -> tuple[Value]:
    return (_percent(one.done),) if share else (one.done,)


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f} %"


def _totals(found: Fulfilment, stands: Sequence[Stand], heads: int) -> tuple[Value, ...]:
    """Sums, and for a share the pooled one, never an average of shares."""
    head: tuple[Value, ...] = ("合计", *(None,) * (heads - 1))
    gap = sum((one.gap for one in stands if one.status is not Status.OVER), Decimal(0))
    amount = sum((one.amount for one in stands), Decimal(0))
    if found.duty.out_of is None:
        least = sum((one.claim.least or Decimal(0) for one in stands), Decimal(0))
        return (*head, least or None, amount, gap, None, None, None)
    total = sum((one.total or Decimal(0) for one in stands), Decimal(0))
    return (*head, None, amount, total, _percent(100 * amount / total if total else None), gap, None, None, None)


def overview_table(book: Book, founds: Iterable[Fulfilment]) -> Table:
    """All duties, a line each: how many it binds, how many stand how."""
    columns = (
        Column("职责", "duty", width=20, term=True),
        Column("要求", "required", width=16, term=True),
        Column("对象", "bound", FieldType.INTEGER, width=4),
        Column("完成", "finished", FieldType.INTEGER, width=4),
        Column("落后", "behind", FieldType.INTEGER, width=4),
        Column("为零", "nothing", FieldType.INTEGER, width=4),
        Column("往期缺", "missed", FieldType.INTEGER, width=6),
        Column("还差", "gap", width=10, term=True),
        Column("期满", "until", FieldType.DAY, width=10),
    )
    rows: list[tuple[Value, ...]] = []
    for found in founds:
        pressing = sum(one.pressing for one in found.stands)
        gap = sum((one.gap for one in found.stands if one.status is not Status.OVER), Decimal(0))
        unit = unit_of(found.duty)
        rows.append(
            (
                found.duty.name,
                brief(found.duty),
                len(found.stands),
                found.count(Status.DONE),
                pressing,
                len(found.idle),
                sum(bool(one.missed) for one in found.stands),
                f"{amount_text(gap, unit)} {unit}" if gap else None,
                found.cycle.last if found.cycle and found.cycle.until != date.max else None,
            )
        )
    return Table(columns, rows, notes=_unread(book, _NOTES))


def pressing_table(book: Book, found: Iterable[tuple[Fulfilment, Stand]], *, named: bool = True) -> Table:
    """Duties and subjects in one table.

    Args:
        book: The records.
        found: What to show, in order.
        named: Say whose duty it is; one subject's own table need not.
    """
    shown = list(found)
    subjects = [one.subject for _found, one in shown]
    name = called(book, subjects)
    columns = [
        Column("职责", "duty", width=20, term=True),
        *([column_of(book, subjects, "谁")] if named else []),
        Column("应", "required", width=8, term=True),
        Column("已", "done", width=8, term=True),
        Column("差", "gap", width=8, term=True),
        _STATUS,
        _PACE,
        *([] if named else [Column("说明", "remark", width=24, term=True)]),
    ]
    rows: list[tuple[Value, ...]] = []
    for fulfilment, one in shown:
        share = fulfilment.duty.out_of is not None
        unit = unit_of(fulfilment.duty)
        bound = one.claim.most if one.claim.least is None else one.claim.least
        done = _percent(one.done) if share else f"{amount_text(one.amount, unit)} {unit}"
        rows.append(
            (
                fulfilment.duty.name,
                *((name[one.subject],) if named else ()),
                f"{amount_text(bound, unit)} {'%' if share else unit}" if bound is not None else None,
                done,
                f"{amount_text(one.gap, unit)} {unit}" if one.gap else None,
                one.status.value,
                one.pace,
                *(() if named else (remark(fulfilment.duty, one),)),
            )
        )
    some = [n for n, (fulfilment, one) in enumerate(shown) if some_one([one.subject], told_inside(fulfilment.duty))]
    inner = singled(columns, some) if named else singled(columns, some, frozenset({"duty", "remark"}))
    return Table(tuple(columns), rows, subjects, inner=inner)


def summary(book: Book, found: Fulfilment) -> Paragraph:
    """One duty in a sentence: how many stand how, and who has done nothing at all."""
    if found.cycle is None:
        return Paragraph("这段时间里没有这项职责。", Tone.MUTED)
    if not found.stands:
        return Paragraph("没有人有这项职责。", Tone.MUTED)
    counts = [(word, found.count(word)) for word in Status]
    told = "、".join(f"{word} {count}" for word, count in counts if count)
    alone = len(found.stands) == 1
    text = f"{found.cycle.label}：{found.stands[0].status if alone else f'对象 {len(found.stands)} 个，{told}'}。"
    idle, privacy = [one.subject for one in found.idle], Privacy.OPEN
    if idle and not alone:
        title = called(book, idle[:_NAMED])
        more = " 等" if len(idle) > _NAMED else ""
        unit = unit_of(found.duty)
        privacy = Privacy.INTERNAL if some_one(idle, told_inside(found.duty)) else privacy
        text += f"一{unit}也没有的 {len(idle)} 个：{'、'.join(title.values())}{more}。"
    return Paragraph(text, Tone.WARNING if any(one.pressing for one in found.stands) else Tone.NORMAL, privacy)


def _unread(book: Book, notes: tuple[str, ...]) -> tuple[str, ...]:
    told = uncounted(book)
    return (*notes, f"另有 {told}，没有算进去；请运行 lianxin check。") if told else notes
