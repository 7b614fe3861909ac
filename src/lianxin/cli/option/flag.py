"""Flags of a command, derived from the fields its record or step declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import typer

from lianxin.cli.option.completion import values_of
from lianxin.core.day import spoken
from lianxin.core.declare.example import written
from lianxin.core.declare.field import FieldSpec
from lianxin.core.value import FieldType

_HINTS = {
    FieldType.DAY: f"如 {spoken.WAYS_OF_DAY}",
    FieldType.MOMENT: f"如 {spoken.WAYS_OF_HOUR}",
    FieldType.FLAG: "是、否",
    FieldType.PHONE: "手机号，或带区号的座机",
    FieldType.REF: "名称、拼音首字母或编号末几位",
}


def hint(spec: FieldSpec) -> str:
    """How a value of a field may be typed, where its type says it; empty for any other."""
    return f"如 {spoken.WAYS_TO_COME}" if spec.coming else _HINTS.get(spec.type, "")


def help_of(spec: FieldSpec, *, changing: bool = False) -> str:
    """What a flag's help says: label, whether it must be given, what it takes; of a list, how it is changed."""
    parts = [spec.help]
    # spaces between: a narrow terminal breaks the line there
    if spec.choices:
        parts.append(" / ".join(spec.choices))
    elif spec.group:
        parts.append(f"写成 {written(spec)}")
    elif spec.coming or not spec.help:
        parts.append(hint(spec))
    if spec.usual and not changing:
        parts.append(f"不写就是{'本单位的那一级' if spec.of_office else spec.usual}")
    if spec.many:
        parts.append("逐项改：+… 2:… -2 =…" if changing else "可写多次")
    detail = "；".join(part for part in parts if part)
    star = "*" if spec.required else ""
    return f"{spec.label}{star}" + (f"（{detail}）" if detail else "")


def parameters(specs: Sequence[FieldSpec], *, changing: bool = False) -> list[inspect.Parameter]:
    """One keyword parameter a field; all optional to Typer, since what is missing may be asked for."""
    return [
        inspect.Parameter(
            spec.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=typer.Option(
                None,
                f"--{spec.flag}",
                help=help_of(spec, changing=changing),
                metavar=spec.label,
                show_default=False,
                autocompletion=values_of(spec),
            ),
            annotation=list[str] | None if spec.many else str | None,
        )
        for spec in specs
    ]


#: What every command is handed first.
CONTEXT = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)


def with_parameters(
    function: Callable[..., Any],
    fixed: Sequence[inspect.Parameter],
    specs: Sequence[FieldSpec],
    name: str,
    doc: str,
    *,
    changing: bool = False,
) -> Callable[..., Any]:
    """A command whose signature is the fixed parameters and one flag a field.

    Args:
        changing: The flags change what a record holds, lists item by item.
    """

    def command(*args: Any, **values: Any) -> Any:
        return function(*args, **values)

    shown = [*fixed, *parameters(specs, changing=changing)]
    command.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    command.__name__ = name
    command.__doc__ = doc
    return command


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The flags that were used."""
    return {name: value for name, value in values.items() if value not in (None, [], ())}
