"""pydantic's complaints as faults: stable codes, Chinese sentences, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic_core import ValidationError

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Brief, Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.problem import Fault, Loc
from lianxin.kinds import BRIEF

EVENTS = "事件"
STEP = "步骤"


def example(kind: Kind | Brief) -> str:
    """What an id of this kind looks like."""
    return f"{kind.prefix}-2026-A0001" if kind.yearly else f"{kind.prefix}-A0001"


def complaints(kind: Kind, error: ValidationError, values: dict[str, Any]) -> Iterator[Fault]:
    """Every field fault of one record, all at once."""
    for detail in error.errors(include_url=False):
        loc = _strip_tag(kind, detail["loc"])
        sort, value = detail["type"], detail["input"]
        spec = _spec(kind, loc, values)
        label = str(spec.label if spec else loc[-1] if loc else "记录")
        if sort == "missing":
            yield Fault("F002", loc, f"缺「{label}」")
        elif sort == "extra_forbidden":
            yield _unknown(kind, loc, values)
        elif sort in ("union_tag_not_found", "union_tag_invalid"):
            yield _step_fault(kind, loc, value)
        elif value in ("", None):
            yield Fault("F015", loc, f"「{label}」没有写值")
        elif sort in ("tuple_type", "list_type"):
            yield Fault("F013", loc, f"「{label}」应写成清单，每项一行，以「- 」开头")
        elif sort in ("model_type", "model_attributes_type", "dict_type"):
            yield Fault("F014", loc, _group_message(spec, label))
        elif not isinstance(value, str):
            yield Fault("F012", loc, f"「{label}」应写成一句文字，不是{'清单' if isinstance(value, list) else '分项'}")
        else:
            code, message = _refused(sort, detail["msg"], spec, label, value)
            yield Fault(code, loc, message, veiled=_veiled(spec, message, value))


def _refused(sort: str, said: str, spec: FieldSpec | None, label: str, value: str) -> tuple[str, str]:
    """Code and sentence for a text its field does not take."""
    if sort in ("enum", "literal_error") and spec:
        return "F011", choose(value, spec.choices, f"「{label}」")
    if sort == "string_too_short":
        return "F015", f"「{label}」只有空格"
    if sort == "string_pattern_mismatch":
        return "F009", _reference_message(spec, label, value)
    if sort[:1] == "F" and sort[1:].isdigit():
        return sort, f"{label}：{said}"
    return "F018", f"「{label}」的值不合规定"


def _veiled(spec: FieldSpec | None, message: str, value: str) -> str:
    """The sentence without the value of a private field, and without what that is like; else empty."""
    # where an id is due, people write a name
    if spec is None or (spec.privacy is Privacy.OPEN and not {"household", "person"} & {*spec.refs}):
        return ""
    return re.sub("，是不是「.*?」？", "，", message.replace(f"「{value}」", "「…」"))


def _strip_tag(kind: Kind, loc: tuple[int | str, ...]) -> Loc:
    """The member of a union is named inside the loc by pydantic; the file knows nothing of it."""
    if kind.lifecycle and len(loc) > 2 and loc[0] == EVENTS:
        return (*loc[:2], *loc[3:])
    return loc


def _model(kind: Kind, loc: Loc, values: Any) -> type[Record] | None:
    """The model whose fields stand at ``loc``."""
    model: type[Record] | None = kind.model
    for part in loc:
        if isinstance(part, int):
            values = values[part] if isinstance(values, list) and part < len(values) else None
            if loc[0] == EVENTS and kind.lifecycle and loc.index(part) == 1:
                step = kind.lifecycle.step(str(values.get(STEP))) if isinstance(values, dict) else None
                model = step.model if step else None
        elif model:
            spec = next((spec for spec in fields_of(model) if spec.label == part), None)
            values = values.get(part) if isinstance(values, dict) else None
            model = spec.group if spec else None
    return model


def _spec(kind: Kind, loc: Loc, values: dict[str, Any]) -> FieldSpec | None:
    """The declaration of the field at ``loc``; of its list, for a part of a list."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    model = _model(kind, loc[:-1], values) if loc else None
    return next((spec for spec in fields_of(model) if spec.label == loc[-1]), None) if model else None


def nearest(word: str, words: Sequence[str]) -> str:
    """The word that was probably meant, or nothing."""
    close = get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return close[0]
    return next((other for other in words if len(word) > 1 and (word in other or other in word)), "")


def choose(word: str, words: Sequence[str], what: str) -> str:
    """A sentence that refuses a word, lists those allowed and names the nearest."""
    near = nearest(word, words)
    hint = f"，是不是「{near}」？" if near else "，"
    return f"{what}不能写「{word}」{hint}可写 {'、'.join(words)}"


def _unknown(kind: Kind, loc: Loc, values: dict[str, Any]) -> Fault:
    key = str(loc[-1])
    model = _model(kind, loc[:-1], values)
    specs = fields_of(model) if model else ()
    near = next((spec.label for spec in specs if spec.name == key), "") or nearest(key, [spec.label for spec in specs])
    hint = f"，是不是「{near}」？" if near else ""
    return Fault("F001", loc, f"没有「{key}」这个字段{hint}", on_key=True)


def _step_fault(kind: Kind, loc: Loc, value: Any) -> Fault:
    if not isinstance(value, dict):
        return Fault("F014", loc, "事件应分项填写，从「编号」「步骤」「时间」写起")
    word = value.get(STEP)
    if not word:
        return Fault("F017", loc, "这个事件没有写「步骤」")
    labels = [step.label for step in kind.lifecycle.steps] if kind.lifecycle else []
    return Fault("F016", (*loc, STEP), choose(str(word), labels, "「步骤」"))


def _group_message(spec: FieldSpec | None, label: str) -> str:
    parts = [part.label for part in fields_of(spec.group)] if spec and spec.group else []
    return f"「{label}」应分项填写：{'、'.join(parts)}" if parts else f"「{label}」应分项填写"


def _reference_message(spec: FieldSpec | None, label: str, value: str) -> str:
    kinds = spec.refs if spec else ()
    examples = "或 ".join(example(BRIEF[name]) for name in kinds if name in BRIEF)
    return f"「{label}」应写编号" + (f"，如 {examples}" if examples else "") + f"，不是「{value}」"
