"""A field is declared once: attribute, Chinese label, type, required, reference, privacy, help."""

from __future__ import annotations

import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic_core import PydanticUndefined

from lianxin.core.dataclass import dataclass
from lianxin.core.value import FieldType, Typed


class Privacy(StrEnum):
    """How a field is treated on the outward face of a document."""

    OPEN = "公开"
    NAME = "姓名"
    PHONE = "电话"
    ADDRESS = "住址"
    IDENTITY = "证件号"
    STORY = "自述"  # free text: names and numbers inside it are masked
    INTERNAL = "内部"  # hardship and the like: never on the outward face


class Record(BaseModel):
    """What every record, event and group of fields is: frozen, Chinese keys in files, no unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=False, validate_by_name=True, defer_build=True
    )


def field(
    label: str,
    *,
    default: Any = PydanticUndefined,
    ref: str | tuple[str, ...] = (),
    privacy: Privacy = Privacy.OPEN,
    help: str = "",  # noqa: A002 - the field's own term, as in argparse and Typer
    flag: str = "",
    auto: bool = False,
    ahead: bool = False,
    copy: tuple[str, ...] = (),
    policy: str = "",
) -> Any:
    """Declare one field of a record or event.

    Args:
        label: The one Chinese word: YAML key, filter name, view column, default heading.
        default: Leave out for a required field.
        ref: Names of the kinds an id here may point to.
        privacy: How the outward face shows it.
        help: What to write, as shown at prompts and in the reference.
        flag: Command-line flag where the attribute's name does not serve (``limit`` for ``rule``).
        auto: Filled in by the tool, never asked for.
        ahead: A day that is planned, not a fact: it may lie in the future.
        copy: Where a new record takes it from when it is not given: ``household.phone`` means the phone of the
            record that the field ``household`` points to; the first that answers counts.
        policy: The policy file that lists the words this field may take (``categories``).
    """
    kinds = (ref,) if isinstance(ref, str) else ref
    extra: JsonDict = {
        "x-ref": [*kinds],
        "x-privacy": privacy.value,
        "x-flag": flag,
        "x-auto": auto,
        "x-ahead": ahead,
        "x-copy": [*copy],
        "x-policy": policy,
    }
    return Field(default, alias=label, title=label, description=help or None, json_schema_extra=extra)


Model = type[Record]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A declared field, read back from its model.

    Attributes:
        name: English attribute; also the flag's name and the JSON key.
        label: Chinese key.
        many: The value is a list of ``type``.
        refs: Names of the kinds a REF may point to.
        choices: The enumerated values of a CHOICE, in their order.
        group: The model of a GROUP.
    """

    name: str
    label: str
    type: FieldType
    required: bool
    many: bool
    refs: tuple[str, ...]
    choices: tuple[str, ...]
    group: Model | None
    privacy: Privacy
    help: str
    flag: str
    auto: bool
    ahead: bool = False
    copy: tuple[str, ...] = ()
    policy: str = ""


def _walk(annotation: Any, found: dict[str, Any]) -> None:
    if isinstance(annotation, Typed):
        found["type"] = annotation.type
    elif isinstance(annotation, type):
        if issubclass(annotation, StrEnum):
            found["type"], found["choices"] = FieldType.CHOICE, tuple(member.value for member in annotation)
        elif issubclass(annotation, Record):
            found["type"], found["group"] = FieldType.GROUP, annotation
    elif typing.get_origin(annotation) is typing.Literal:
        found["type"], found["choices"] = FieldType.CHOICE, tuple(map(str, typing.get_args(annotation)))
    else:
        origin = typing.get_origin(annotation)
        if origin in (list, tuple):
            found["many"] = True
        for part in typing.get_args(annotation):
            if part is not types.NoneType and part is not Ellipsis:
                _walk(part, found)
        for part in getattr(annotation, "__metadata__", ()):
            _walk(part, found)


@cache
def fields_of(model: type[Record]) -> tuple[FieldSpec, ...]:
    """Every declared field of a model, in the order of declaration."""
    specs = []
    for name, info in model.model_fields.items():
        found: dict[str, Any] = {"type": FieldType.TEXT, "many": False, "choices": (), "group": None}
        _walk(info.annotation, found)
        for part in info.metadata:
            _walk(part, found)
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        refs: Any = extra.get("x-ref", [])
        copies: Any = extra.get("x-copy", [])
        specs.append(
            FieldSpec(
                name=name,
                label=info.alias or name,
                type=found["type"],
                required=info.is_required(),
                many=found["many"],
                refs=tuple(refs),
                choices=found["choices"],
                group=found["group"],
                privacy=Privacy(str(extra.get("x-privacy", Privacy.OPEN))),
                help=info.description or "",
                flag=str(extra.get("x-flag") or name).replace("_", "-"),
                auto=bool(extra.get("x-auto", False)),
                ahead=bool(extra.get("x-ahead", False)),
                copy=tuple(copies),
                policy=str(extra.get("x-policy", "")),
            )
        )
    return tuple(specs)
