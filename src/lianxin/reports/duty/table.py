"""Duties as tables: one duty with everybody it binds, all duties in one, or one subject's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Paragraph, Table, Value
from lianxin.core.tone import Tone, tones
from lianxin.core.value import FieldType
from lianxin.policies.duty import told_inside
from lianxin.reports.duty.pace import Status, amount_text
from lianxin.reports.duty.stand import Fulfilment, Stand, unit_of, wanting
from lianxin.reports.duty.words import brief, definition, remark
from lianxin.reports.origin import uncounted
from lianxin.reports.plain import beside
from lianxin.reports.subject import called, column_of, kind_name, last_of, some_one, units
from lianxin.reports.table import Cell, table_of

_STATUS = Column("状态", "status", FieldType.CHOICE, width=8, tones=tones(Status))
_PACE = Column("进度要求", "pace", width=14, term=True, told=True)
_DUTY = Column("职责", "duty", width=20, term=True)
_UNIT = Column("单位", "unit", term=True)
_GAP = Column("差额", "gap", FieldType.AMOUNT)
_STILL = Column("还差", "gap", width=10, term=True, told=True)

_NOTES = (
    "落后：按天数匀着算该做到而没有做到的，期满还欠的，超出上限的。",
    "未开展：一点也没有做的；往期欠：以前各期有没做到的。",
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
    stands = [one for one in found.stands if (one.pressing or not behind) and only in (None, one.subject)]
    subjects = [one.subject for one in stands]
    name, unit = called(book, subjects, last_of(book, found.cycle)), units(book, subjects)
    people = bool(unit) and {kind_name(one) for one in subjects} == {"person"}
    cells: list[Cell[Stand]] = [
        (column_of(book, subjects), lambda one: name[one.subject]),
        *([(Column("单位", "unit", term=True), lambda one: unit.get(one.subject))] if people else []),
        *_amounts(found),
        (_STATUS, lambda one: one.status.value),
        (_PACE, lambda one: one.pace),
        (Column("说明", "remark", width=24, term=True, told=True), lambda one: remark(found.duty, one)),
    ]
    return table_of(
        stands,
        cells,
        subjects,
        some=some_one(subjects, told_inside(found.duty)),
        totals=_totals(found, stands) if len(stands) > 1 else None,
        notes=(*definition(found), *(() if stands or not found.stands else ("没有落后的。",))),
    )


def _amounts(found: Fulfilment) -> list[Cell[Stand]]:
    unit, amount = unit_of(found.duty), FieldType.AMOUNT
    if found.duty.out_of is None:
        return [
            (Column(f"目标（{unit}）", "required", amount, width=8), lambda one: one.bound),
            (Column(f"完成（{unit}）", "done", amount, width=8), lambda one: one.done),
            (Column(f"差额（{unit}）", "gap", amount, width=8), lambda one: one.gap),
        ]
    return [
        (Column("要求（%）", "required", amount, width=8), lambda one: one.bound),
        (Column(f"数（{unit}）", "amount", amount, width=8), lambda one: one.amount),
        (Column("总数", "total", amount, width=8), lambda one: one.total),
        (Column("占比", "done", width=8, term=True, told=True), lambda one: _percent(one.done)),
        (Column(f"差额（{unit}）", "gap", amount, width=8), lambda one: one.gap),
    ]


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f} %"


def _totals(found: Fulfilment, stands: Sequence[Stand]) -> Mapping[str, Value]:
    """Sums, and for a share the pooled one, never an average of shares."""
    amount = sum((one.amount for one in stands), Decimal(0))
    sums: dict[str, Value] = {"subject": "合计", "gap": wanting(stands)}
    if found.duty.out_of is None:
        least = sum((one.claim.least or Decimal(0) for one in stands), Decimal(0))
        return sums | {"required": least or None, "done": amount}
    total = sum((one.total or Decimal(0) for one in stands), Decimal(0))
    return sums | {"amount": amount, "total": total, "done": _percent(100 * amount / total if total else None)}


def overview_table(book: Book, founds: Iterable[Fulfilment], *, plain: bool = False) -> Table:
    """All duties, a line each: how many it binds, how many stand how."""

    def gap(found: Fulfilment) -> str | None:
        unit, much = unit_of(found.duty), wanting(found.stands)
        return f"{amount_text(much, unit)} {unit}" if much else None

    number = FieldType.INTEGER
    cells: list[Cell[Fulfilment]] = [
        (_DUTY, lambda found: found.duty.name),
        (Column("要求", "required", width=16, term=True, told=True), lambda found: brief(found.duty)),
        *([(_UNIT, lambda found: unit_of(found.duty))] if plain else []),
        (Column("对象", "bound", number, width=4), lambda found: len(found.stands)),
        (Column("完成", "finished", number, width=4), lambda found: found.count(Status.DONE)),
        (Column("落后", "behind", number, width=4), lambda found: found.pressing),
        (Column("未开展", "nothing", number, width=4), lambda found: len(found.idle)),
        (Column("往期欠", "missed", number, width=6), lambda found: sum(bool(one.missed) for one in found.stands)),
        (_GAP, lambda found: wanting(found.stands)) if plain else (_STILL, gap),
        (Column("期满", "until", FieldType.DAY, width=10), lambda found: found.until),
    ]
    return table_of(founds, cells, notes=_unread(book, _NOTES))


def pressing_table(
    book: Book,
    found: Iterable[tuple[Fulfilment, Stand]],
    *,
    named: bool = True,
    plain: bool = False,
    list_: str = "items",
) -> Table:
    """Duties and subjects in one table.

    Args:
        book: The records.
        found: What to show, in order.
        named: Say whose duty it is; one subject's own table need not.
        plain: For programs: numbers, and all that is known.
        list_: What programs call it.
    """
    shown = list(found)
    subjects = [one.subject for _found, one in shown]
    last = max((day for one, _stand in shown if (day := last_of(book, one.cycle))), default=None)
    name, whose = called(book, subjects, last), column_of(book, subjects, "" if plain else "谁")
    ids, title = beside(whose)
    who: list[Cell[tuple[Fulfilment, Stand]]] = []
    if named and plain:
        who = [(ids, lambda each: each[1].subject or None), (title, lambda each: name[each[1].subject])]
    elif named:
        who = [(whose, lambda each: name[each[1].subject])]
    remarks = Column("说明", "remark", width=24, term=True, told=True)
    cells: list[Cell[tuple[Fulfilment, Stand]]] = [
        (_DUTY, lambda each: each[0].duty.name),
        *who,
        *(_NUMBERS if plain else _AMOUNTS),
        *([(remarks, lambda each: remark(each[0].duty, each[1]) or None)] if plain or not named else []),
    ]
    some = [n for n, (each, one) in enumerate(shown) if some_one([one.subject], told_inside(each.duty))]
    telling = {"subject", "subject_name"} if named else {"duty", "remark"}
    return table_of(shown, cells, subjects, some=some, telling=frozenset(telling), name=list_)


def _asked(found: Fulfilment, one: Stand) -> str | None:
    unit = unit_of(found.duty)
    if one.bound is None:
        return None
    return f"{amount_text(one.bound, unit)} {'%' if found.duty.out_of else unit}"


def _reached(found: Fulfilment, one: Stand) -> str:
    unit = unit_of(found.duty)
    return _percent(one.done) if found.duty.out_of else f"{amount_text(one.amount, unit)} {unit}"


def _lacking(found: Fulfilment, one: Stand) -> str | None:
    unit = unit_of(found.duty)
    return f"{amount_text(one.gap, unit)} {unit}" if one.gap else None


def _share(found: Fulfilment, one: Stand) -> Decimal | None:
    return one.done.quantize(Decimal("0.01")) if one.done is not None and found.duty.out_of else one.done


#: How somebody stands with a duty, for people and for programs.
_AMOUNTS: tuple[Cell[tuple[Fulfilment, Stand]], ...] = (
    (Column("目标", "required", width=8, term=True, told=True), lambda each: _asked(*each)),
    (Column("完成", "done", width=8, term=True, told=True), lambda each: _reached(*each)),
    (Column("差额", "gap", width=8, term=True, told=True), lambda each: _lacking(*each)),
    (_STATUS, lambda each: each[1].status.value),
    (_PACE, lambda each: each[1].pace),
)
_NUMBERS: tuple[Cell[tuple[Fulfilment, Stand]], ...] = (
    (Column("目标", "required", FieldType.AMOUNT), lambda each: each[1].bound),
    (Column("完成", "done", FieldType.AMOUNT), lambda each: _share(*each)),
    (_GAP, lambda each: each[1].gap),
    (_UNIT, lambda each: unit_of(each[0].duty)),
    (Column("数", "amount", FieldType.AMOUNT), lambda each: each[1].amount),
    (Column("总数", "total", FieldType.AMOUNT), lambda each: each[1].total),
    (_STATUS, lambda each: each[1].status.value),
    (_PACE, lambda each: each[1].pace or None),
    (Column("往期欠", "missed", term=True, told=True), lambda each: each[1].missed),
    (Column("期满", "until", FieldType.DAY), lambda each: each[0].until),
)


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
    return Paragraph(text, Tone.WARNING if found.pressing else Tone.NORMAL, privacy)


def _unread(book: Book, notes: tuple[str, ...]) -> tuple[str, ...]:
    told = uncounted(book)
    return (*notes, f"另有 {told}，没有算进去；请运行 lianxin check。") if told else notes
