"""What a step means: what it is for, when it may be taken, where it leads, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step


def meaning(kind: Kind, step: Step) -> Iterator[str]:
    """Some sentences, a line each."""
    life = kind.lifecycle
    if life is None:
        return
    rows = {state: row[step.name] for state, row in life.table.items() if state and step.name in row}
    yield f"{kind.label}的「{step.label}」：{step.help}。"
    yield f"什么时候能办：{kind.label}是{'、'.join(f'「{state}」' for state in rows)}的时候。"
    led = dict.fromkeys(f"「{target}」" for target in rows.values() if target in {*life.states})
    yield f"办了以后：变成{'或'.join(led)}。" if led else "办了以后：状态不变，或者看办的情形定。"
    must = [spec.label for spec in step.asks if spec.required]
    more = [spec.label for spec in step.asks if not spec.required]
    rest = f"；还可以填：{'、'.join(more)}" if more else ""
    yield f"要填：{'、'.join(must) or '没有必填的'}{rest}。"
