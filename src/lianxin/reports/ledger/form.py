"""A ledger form: which columns of which kind, in what order, under what headings. One small file, no Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, Shorthand
from lianxin.core.measure import digest_of
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import FieldType, Flag, Integer, Text, Verbatim
from lianxin.kinds import BRIEFS, kind_named
from lianxin.kinds.inner import ways
from lianxin.kinds.path import MOST_JOINED, joined, walk
from lianxin.policies.check.filter import Codes, check_filters, unknown
from lianxin.reports.column import Found, find, labels, near

#: The column that counts rows; no record has it.
NUMBER = "序号"

_NUMERIC = frozenset({FieldType.INTEGER, FieldType.AMOUNT})
_DATED = frozenset({FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE})


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _column(value: Any) -> Any:
    return {"字段": value} if isinstance(value, str) else value


#: What faults of a form's filters are called.
_CODES = Codes("P021", "P022", "P023")

Names = Annotated[tuple[Text, ...], Shorthand(_listed)]


class FormColumn(Record):
    """One column of a ledger; several fields may share it (村 and 组)."""

    fields: Names = field("字段", help="字段名，可经引用写成 甲方.类别；几个字段合成一栏时写成清单；「序号」是行号")
    heading: Text | None = field("表头", default=None, help="不写就用字段名")
    width: Integer | None = field("宽", default=None, help="按半角字符数")
    joint: Verbatim = field("连接", default="", help="几个字段合成一栏时，中间写什么")

    @property
    def label(self) -> str:
        """Its heading."""
        return self.heading or "".join(part.replace(".", "") for part in self.fields)


class Sheet(StrEnum):
    """What paper a wide ledger is printed on."""

    A4 = "A4"
    A3 = "A3"


class Form(Record):
    """One ledger."""

    name: Text = field("名称")
    kind: Text = field("种类", help="记录种类，如 问题、走访、结对")
    help: Text | None = field("说明", default=None)
    columns: tuple[Annotated[FormColumn, Shorthand(_column)], ...] = field("列")
    filters: Names = field("筛选", default=(), help="字段=值，几条之间是「并且」")
    unroll: Text | None = field("展开", default=None, help="一个清单栏，它的每一项排成一行，如 报到情况")
    sort: Names = field("排序", default=(), help="字段名，前面加 - 是倒序")
    group: Text | None = field("分组", default=None)
    totals: Names = field("合计", default=(), help="合计哪些栏，写表头或字段名")
    unit: Text | None = field("单位", default=None, help="合计的数目的单位，印在表的上面，如 元")
    period_field: Text | None = field("期间字段", default=None, help="--period 管哪个日期")
    landscape: Flag = field("横向", default=False)
    sheet: Sheet = field(
        "纸张", default=Sheet.A4, help="栏太多、A4 排不下的：A4 分成几块排，每块都有编号和事由；A3 排在一张上"
    )

    def find(self, kind: Kind, path: str) -> Found | None:
        """What a path of this form is, in a record or in the part that is laid out in a row."""
        return find(kind, path, self.unroll or "")

    @property
    def digest(self) -> str:
        """Twelve letters that change whenever the form does."""
        return digest_of(self)


def _unknown(kind: Kind, path: str, loc: Loc) -> Fault:
    return unknown(kind, path, loc, _CODES)


def _check_unroll(form: Form, kind: Kind) -> Iterator[Fault]:
    if form.unroll and not walk(kind, form.unroll):
        yield _unknown(kind, form.unroll, ("展开",))
    elif form.unroll and not any(spec.many for spec in walk(kind, form.unroll)):
        yield Fault("P023", ("展开",), f"「{form.unroll}」不是清单，不能展开")


def _check_columns(form: Form, kind: Kind) -> Iterator[Fault]:
    for n, column in enumerate(form.columns):
        for m, path in enumerate(column.fields):
            loc: Loc = ("列", n, "字段", m) if len(column.fields) > 1 else ("列", n, "字段")
            if path == NUMBER:
                continue
            found = form.find(kind, path)
            if found is None:
                yield _unknown(kind, path, loc)
            elif found.type is FieldType.GROUP:
                yield Fault("P023", loc, f"「{path}」是一组明细，不能直接作一栏")


def _check_totals(form: Form, kind: Kind) -> Iterator[Fault]:
    numeric: Mapping[str, Found | None] = {
        name: form.find(kind, column.fields[0]) if len(column.fields) == 1 else None
        for column in form.columns
        for name in (column.label, *column.fields)
    }
    for n, name in enumerate(form.totals):
        if name not in numeric:
            yield Fault("P021", ("合计", n), f"「{name}」不在本表的栏目里，不能合计{near(name, numeric)}")
            continue
        found = numeric[name]
        if found is None or found.type not in _NUMERIC:
            yield Fault("P023", ("合计", n), f"「{name}」不是数目，不能合计")
        elif form.unroll and not found.path.startswith(f"{form.unroll}."):
            yield Fault("P023", ("合计", n), f"展开以后一条记录占几行，「{name}」会重复合计")


def check_form(form: Form) -> list[Fault]:
    """Every fault of a form: unknown kind, unknown columns with near names, filters and totals that cannot work."""
    kind = kind_named(form.kind)
    if kind is None:
        known = [one.label for one in BRIEFS]
        return [
            Fault("P020", ("种类",), f"没有「{form.kind}」这种记录，可写 {'、'.join(known)}{near(form.kind, known)}")
        ]
    faults = [*_check_unroll(form, kind), *_check_columns(form, kind)]
    faults += [*check_filters(kind, form.filters, ("筛选",), _CODES), *_check_totals(form, kind)]
    if not form.columns:
        faults.append(Fault("P023", ("列",), "一栏也没有"))
    if joined(kind, [path for column in form.columns for path in column.fields]) > MOST_JOINED:
        faults.append(Fault("P023", ("列",), f"经引用取了太多别的记录的栏目，至多 {MOST_JOINED} 种"))
    for n, label in enumerate(form.sort):
        if find(kind, label.removeprefix("-")) is None:
            faults.append(_unknown(kind, label.removeprefix("-"), ("排序", n)))
    if form.group:
        found = form.find(kind, form.group)
        if found is None:
            faults.append(_unknown(kind, form.group, ("分组",)))
        elif found.privacy is not Privacy.OPEN or ways(kind, form.group):
            faults.append(Fault("P023", ("分组",), f"「{form.group}」涉及个人信息，不能拿来分组"))
    if form.period_field:
        found = form.find(kind, form.period_field)
        dates = [label for label in labels(kind) if (one := find(kind, label)) and one.type in _DATED]
        if found is None:
            faults.append(_unknown(kind, form.period_field, ("期间字段",)))
        elif found.type not in _DATED:
            faults.append(Fault("P023", ("期间字段",), f"「{form.period_field}」不是日期，可写 {'、'.join(dates)}"))
    return faults
