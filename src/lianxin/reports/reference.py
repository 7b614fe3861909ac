"""The reference: every kind, field, step, state, transition and diagnostic, read off the declarations."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.code import CODES
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.lifecycle import Lifecycle
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.kinds import BRIEF, KINDS

_FIELDS = (
    Column("字段", "label"),
    Column("英文名", "name"),
    Column("类型", "type"),
    Column("必填", "required"),
    Column("对外", "privacy"),
    Column("说明", "help", width=40),
)
_STEPS = (
    Column("步骤", "label"),
    Column("命令", "name"),
    Column("说明", "help"),
    Column("必填", "required", width=24),
    Column("可填", "optional", width=36),
)
_DERIVED = (Column("栏目", "label"), Column("英文名", "name"), Column("类型", "type"), Column("说明", "help", width=40))
_CODES = (
    Column("代号", "code"),
    Column("级别", "level"),
    Column("问题", "title"),
    Column("原因", "cause", width=40),
    Column("怎么改", "remedy", width=40),
)


def _words(spec: FieldSpec | Derived) -> str:
    return " / ".join(spec.choices) or spec.type.value


def _type(spec: FieldSpec) -> str:
    if spec.name != "id" and spec.refs:
        text = "、".join(BRIEF[ref].label for ref in spec.refs) + "的编号"
    else:
        text = _words(spec)
    return f"{text}，可几个" if spec.many else text


def _field_rows(specs: Iterable[FieldSpec], prefix: str = "") -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for spec in specs:
        need = "自动" if spec.auto else "是" if spec.required else ""
        privacy = "" if spec.privacy is Privacy.OPEN else spec.privacy.value
        privacy = privacy or "".join(f"「{word}」内部" for word in getattr(spec, "inner", ()))
        rows.append((prefix + spec.label, spec.name, _type(spec), need, privacy, spec.help))
        if spec.group is not None:
            rows += _field_rows(fields_of(spec.group), f"{prefix}{spec.label} › ")
    return rows


def _kind(kind: Kind) -> list[Block]:
    number = f"{kind.prefix}-2026-A0001" if kind.yearly else f"{kind.prefix}-A0001"
    where = Pair("存放", kind.path_of(number), "path")
    blocks: list[Block] = [
        Heading(f"{kind.label}（{kind.name}）", 2),
        Paragraph(kind.help),
        KeyValues((Pair("编号", number, "id"), where)),
        Table(_FIELDS, _field_rows(kind.fields)),
    ]
    if kind.derived:
        rows = []
        for one in kind.derived:
            rows.append((one.label, one.name, _words(one), one.help))
            parts = fields_of(one.group) if one.group else ()
            rows += [(f"{one.label} › {part.label}", part.name, _words(part), part.help) for part in parts]
        blocks += [Paragraph("算出来的栏目，可以筛选、排序、印在台账里，不用填写："), Table(_DERIVED, rows)]
    return blocks


def _asks(specs: Iterable[FieldSpec]) -> str:
    return "、".join(spec.label for spec in specs)


def _life(kind: Kind, life: Lifecycle) -> list[Block]:
    steps = []
    for step in life.steps:
        need = _asks(spec for spec in step.asks if spec.required)
        may = _asks(spec for spec in step.asks if not spec.required)
        steps.append((step.label, step.name, step.help, need, may))
    blocks: list[Block] = [
        Heading(f"{kind.label}的步骤", 2),
        Table(_STEPS, steps),
        Heading(f"{kind.label}的状态与去向", 2),
        Paragraph("一行是一个状态，写着从这里能走哪些步骤、各到什么状态；表里没有的都不许走。"),
        transitions(life),
    ]
    if life.parts:
        part, own = life.parts
        blocks += [
            Heading(f"{kind.label}里每个{part}的状态与去向", 2),
            Paragraph(f"每个{part}另有自己的状态；写明{part}的步骤，两张表都容许才能走。"),
            transitions(own),
        ]
    return blocks


def transitions(life: Lifecycle) -> Table:
    """The one table of lawful steps, a row a state."""
    rows = []
    everywhere = _everywhere(life)
    for state, row in life.table.items():
        before = state.value if state is not None else f"（{life.begins}前）"
        by_target: dict[str, list[str]] = {}
        for name, target in row.items():
            step = life.step(name)
            if name not in everywhere:
                end = str(target)
                by_target.setdefault(end, []).append(step.label if step else life.begins)
        told = "；".join(f"{'、'.join(labels)} → {end}" for end, labels in by_target.items())
        rows.append((before, told or "（到此为止）"))
    columns = (Column("状态", "state"), Column("步骤 → 到哪里", "steps", width=60))
    always = _always(life)
    return Table(columns, rows, notes=(f"还没有了结的随时可以：{always}。",) if always else ())


def walk(life: Lifecycle) -> Table:
    """The steps of a life as the clerk meets them, a row a step: what it is for, what it needs, from where to where."""
    columns = (
        Column("步骤", "label"),
        Column("做什么", "help"),
        Column("必写", "required", width=24),
        Column("从哪里 → 到哪里", "steps", width=40),
    )
    rows = [
        (step.label, step.help, _asks(spec for spec in step.asks if spec.required), _ways(life, step.name))
        for step in life.steps
    ]
    return Table(columns, rows)


def _ways(life: Lifecycle, name: str) -> str:
    """From which states a step may be taken, and where it leads."""
    by_target: dict[str, list[str]] = {}
    for state, row in life.table.items():
        if name in row and state is not None:
            by_target.setdefault(str(row[name]), []).append(state.value)
    if name in _everywhere(life):
        return f"没有了结的随时可以 → {'、'.join(by_target)}"
    return "；".join(f"{'、'.join(states)} → {target}" for target, states in by_target.items())


def _everywhere(life: Lifecycle) -> set[str]:
    """Steps lawful in every state that has more than one way out; they are said once instead of everywhere."""
    rows = [set(row) for state, row in life.table.items() if state is not None and len(row) > 1]
    return set.intersection(*rows) if rows else set()


def _always(life: Lifecycle) -> str:
    everywhere = _everywhere(life)
    return "、".join(step.label for step in life.steps if step.name in everywhere)


def _codes() -> list[Block]:
    rows = [(one.id, one.level.value, one.title, one.cause, one.remedy) for one in CODES.values()]
    return [Heading("诊断", 1), Paragraph("运行 lianxin explain 代号 可看单条。"), Table(_CODES, rows)]


def reference() -> Document:
    """The whole reference."""
    blocks: list[Block] = [Heading("记录", 1)]
    for kind in KINDS:
        blocks += _kind(kind)
    blocks.append(Heading("办理步骤", 1))
    for kind in KINDS:
        if kind.lifecycle:
            blocks += _life(kind, kind.lifecycle)
    return Document("记录、字段与诊断", (*blocks, *_codes()), name="reference")
