"""The small files beside the records: ``lianxin.yaml`` and whatever else is declared as one model a file."""

from __future__ import annotations

from typing import TypeVar

from pydantic_core import ValidationError

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.error import LianxinError
from lianxin.core.office import Office
from lianxin.core.problem import Problem
from lianxin.storage.read.complaint import complaints
from lianxin.storage.read.loading import place, unreadable_problems
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.write.text.writing import record_text

MARK = "lianxin.yaml"

Model = TypeVar("Model", bound=Record)


def _as_kind(model: type[Record], label: str) -> Kind:
    """Read and written like any record, though it has no id."""
    return Kind(model.__name__.lower(), label, "", "", yearly=False, model=model, title=lambda _: label)


def load_model(model: type[Model], label: str, path: str, data: bytes) -> tuple[Model | None, list[Problem]]:
    """A declared settings file, or every fault of it at its line, as of any record."""
    try:
        values = read_yaml(data)
    except Unreadable as error:
        return None, unreadable_problems(error, path, data)
    kind = _as_kind(model, label)
    try:
        return model.model_validate(values, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, place(complaints(kind, error, values), path, data)


def settings_text(label: str, settings: Record) -> str:
    """The canonical text of a settings file."""
    return record_text(_as_kind(type(settings), label), settings)


def _office(data: bytes) -> tuple[Office | None, list[Problem]]:
    return load_model(Office, "设置", MARK, data)


def read_office(data: bytes) -> Office:
    """What the text of ``lianxin.yaml`` says.

    Raises:
        LianxinError: It is faulty; the first fault is in the sentence.
    """
    office, problems = _office(data)
    if office is None:
        first = problems[0]
        raise LianxinError(f"{first.place} {first.message}，请先改好")
    return office


def settings_problems(data: bytes) -> list[Problem]:
    """Every fault of the text of ``lianxin.yaml``."""
    return _office(data)[1]
