"""A record is a class of annotated fields; pydantic-core reads, checks and writes it by a schema made from them.

pydantic's own model classes say no more than this, but look into every annotation of every model as soon as a class is
declared; here that waits until a model is first used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, Self, Union, get_args, get_origin

from msgspec.structs import replace

from lianxin.core.declare.field import FieldSpec
from lianxin.core.tone import tones
from lianxin.core.value import FieldType, Typed

if TYPE_CHECKING:
    from pydantic_core import CoreConfig, SchemaSerializer, SchemaValidator
    from pydantic_core.core_schema import CoreSchema

_CONFIG: CoreConfig = {"extra_fields_behavior": "forbid", "validate_by_alias": True, "validate_by_name": True}


class Shorthand:
    """A mark on an annotation: a shorter way to write the value, and the function that writes it out."""

    def __init__(self, expand: Callable[[Any], Any]) -> None:
        self.expand = expand


class ToldBy:
    """A mark on a union of records: the field, by attribute, whose words tell which of them one is."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Declaring(type):
    """Takes the declarations out of a class: a record's attributes are its values."""

    own: Mapping[str, FieldSpec]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> _Declaring:
        own = {word: value for word, value in namespace.items() if isinstance(value, FieldSpec)}
        made = super().__new__(cls, name, bases, {word: namespace[word] for word in namespace if word not in own})
        made.own = own
        return made


class Record(metaclass=_Declaring):
    """What every record, event and group of fields is: frozen, Chinese keys in files, no unknown keys.

    The methods that pydantic's models have too are called as there.
    """

    # what pydantic-core sets on whatever it makes
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    def __init__(self, **values: Any) -> None:
        """A record of values by attribute or Chinese label."""
        validator(type(self)).validate_python(values, self_instance=self)

    @classmethod
    def model_validate(cls, values: Any, *, by_alias: bool | None = None, by_name: bool | None = None) -> Self:
        """A record of values by Chinese label or attribute, or only one of the two.

        Raises:
            ValidationError: Everything that is wrong with them.
        """
        made: Self = validator(cls).validate_python(values, by_alias=by_alias, by_name=by_name)
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same with some values changed, which need no looking at."""
        made = self.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(update or {})
        return made

    def model_dump(
        self, *, mode: str = "python", by_alias: bool = False, exclude_none: bool = False, exclude: Any = None
    ) -> dict[str, Any]:
        """The values, groups as mappings; as JSON has them in the mode ``json``."""
        made: dict[str, Any] = _serializer(type(self)).to_python(
            self, mode=mode, by_alias=by_alias, exclude_none=exclude_none, exclude=exclude
        )
        return made

    def model_dump_json(self, *, by_alias: bool = False) -> str:
        """The values as JSON."""
        return _serializer(type(self)).to_json(self, by_alias=by_alias).decode()

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def __setattr__(self, name: str, _value: Any) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: records are frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted: records are frozen")


@cache
def _declared(model: type[Record]) -> Mapping[str, tuple[FieldSpec, Any]]:
    """Every field of a model, inherited ones first: what was declared of it, and its annotation."""
    found: dict[str, tuple[FieldSpec, Any]] = {}
    for base in reversed(model.__mro__):
        for name, told in getattr(base, "own", {}).items():
            found[name] = told, _evaluated(base.__module__, base.__annotations__[name])
    return found


@cache
def _evaluated(module: str, annotation: Any) -> Any:
    """An annotation as it is meant: the same words mean the same throughout a module."""
    return eval(annotation, vars(sys.modules[module])) if isinstance(annotation, str) else annotation  # noqa: S307 - our own


# What an annotation says -----------------------------------------------------------------------------------------


@cache
def fields_of(model: type[Record]) -> tuple[FieldSpec, ...]:
    """Every declared field of a model, in the order of declaration."""
    return tuple(
        replace(told, name=name, flag=(told.flag or name).replace("_", "-"), **_said(annotation))
        for name, (told, annotation) in _declared(model).items()
    )


def _said(annotation: Any) -> dict[str, Any]:
    """Type, choices and the like of a field so annotated."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        choices = tuple(member.value for member in annotation)
        return {"type": FieldType.CHOICE, "choices": choices, "tones": tones(annotation)}
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return {"type": FieldType.GROUP, "group": annotation}
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return {"type": FieldType.CHOICE, "choices": parts}
    if origin is tuple:
        return _said(parts[0]) | {"many": True}
    if origin is Annotated and isinstance(parts[-1], Typed):
        return {"type": parts[-1].type}
    return _said(parts[0])  # the first of a union stands for all


# The schema ------------------------------------------------------------------------------------------------------
# pydantic-core is loaded where it is needed: that takes ten milliseconds, and lists, the morning page and a check of
# what is in the index neither read nor write a record.


@cache
def validator(model: type[Record]) -> SchemaValidator:
    """What reads a model's values; making it is most of what a model costs."""
    from pydantic_core import SchemaValidator

    return SchemaValidator(_schema_of(model))


@cache
def _serializer(model: type[Record]) -> SchemaSerializer:
    from pydantic_core import SchemaSerializer

    return SchemaSerializer(_schema_of(model))


@cache
def _schema_of(model: type[Record]) -> CoreSchema:
    from pydantic_core.core_schema import model_field, model_fields_schema, model_schema

    fields = {
        name: model_field(_field_schema(told, annotation), validation_alias=told.label, serialization_alias=told.label)
        for name, (told, annotation) in _declared(model).items()
    }
    return model_schema(model, model_fields_schema(fields, model_name=model.__name__), config=_CONFIG)


def _field_schema(told: FieldSpec, annotation: Any) -> CoreSchema:
    from pydantic_core.core_schema import with_default_schema

    schema = _schema(annotation)
    return schema if told.required else with_default_schema(schema, default=told.default)


def _schema(annotation: Any) -> CoreSchema:
    from pydantic_core.core_schema import enum_schema, literal_schema, nullable_schema, tuple_schema

    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return enum_schema(annotation, list(annotation), sub_type="str")
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _schema_of(annotation)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return literal_schema(list(parts))
    if origin is tuple:
        return tuple_schema([_schema(parts[0])], variadic_item_index=0)
    if origin is Annotated:
        return _marked(*parts)
    if origin in (Union, UnionType) and len(parts) == 2 and parts[1] is NoneType:
        return nullable_schema(_schema(parts[0]))
    raise TypeError(f"no field can be {annotation}")


def _marked(annotation: Any, mark: Any) -> CoreSchema:
    from pydantic_core.core_schema import no_info_before_validator_function

    if isinstance(mark, Typed):
        return _typed(mark)
    if isinstance(mark, Shorthand):
        return no_info_before_validator_function(mark.expand, _schema(annotation))
    if isinstance(mark, ToldBy):
        return _told_apart(get_args(annotation), mark.name)
    raise TypeError(f"no field can be marked {mark}")


def _typed(mark: Typed) -> CoreSchema:
    """A value read from text, and written back as text where JSON has no such type."""
    from pydantic_core import core_schema

    inner: CoreSchema = getattr(core_schema, f"{mark.base}_schema")(**mark.options)
    if mark.parse is None:
        return inner
    written = core_schema.plain_serializer_function_ser_schema(mark.write, when_used="json") if mark.write else None
    return core_schema.no_info_before_validator_function(mark.parse, inner, serialization=written)


def _told_apart(models: tuple[type[Record], ...], name: str) -> CoreSchema:
    from pydantic_core.core_schema import tagged_union_schema

    choices: dict[str, CoreSchema] = {}
    paths: list[list[str | int]] = []
    for model in models:
        told, annotation = _declared(model)[name]
        choices |= dict.fromkeys(get_args(annotation), _schema_of(model))
        paths = [[told.label], [name]]  # the same in all of them
    return tagged_union_schema(choices, paths)
