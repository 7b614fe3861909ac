"""What a ledger that is sent out to be filled in asks for: which of its columns may be, and what that becomes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.declare.record import fields_of
from lianxin.core.value import FieldType
from lianxin.reports.ledger.form import NUMBER, Form, FormColumn

#: Heading of the column that such a sheet has besides, of kinds whose records advance by steps.
PROGRESS = "本次进展"
#: What a step is told of besides its own fields: when it was.
_AT = "时间"


class Ask(Struct, frozen=True):
    """What may be written in a column.

    Attributes:
        spec: The field it becomes, of the record or of a step.
        step: The step whose field it is; None: a fact of the record.
        blank: Only where nothing stands yet: the column shows more than that field.
        again: Each time it is a step of its own, whatever was told before.
    """

    spec: FieldSpec
    step: Step | None = None
    blank: bool = False
    again: bool = False


def asked(kind: Kind, form: Form) -> list[Ask | None]:
    """What each column of a form asks for; None: nothing may be written there."""
    return [_asked(kind, column) for column in form.columns]


def progress(kind: Kind) -> Ask | None:
    """What the column asks for that a sheet has besides; None: its kind knows no 进展."""
    step = next((one for one in _reported(kind) if one.name == "progress"), None)
    spec = next((one for one in step.asks if one.required), None) if step else None
    return Ask(spec, step, again=True) if spec else None


def _asked(kind: Kind, column: FormColumn) -> Ask | None:
    paths = [path for path in column.fields if path != NUMBER]
    if len(paths) == 1:
        return _fact(kind, paths[0]) or _told(kind, paths[0])
    found = [one for path in paths if (one := _told(kind, path))]
    return Ask(found[0].spec, found[0].step, blank=True) if len(found) == 1 else None


def _fact(kind: Kind, path: str) -> Ask | None:
    """A declared field that can be changed, and that stands in a cell as it would be typed."""
    spec = next((one for one in kind.fields if one.label == path), None)
    if spec is None or not spec.editable or spec.group or spec.name in ("id", "voided"):
        return None
    if spec.many and not (spec.words or spec.type in (FieldType.REF, FieldType.CHOICE)):
        return None
    return Ask(spec)


def _told(kind: Kind, path: str) -> Ask | None:
    """What whoever has the record in hand tells of a step."""
    derived = kind.column(path)
    for step in _reported(kind) if derived else ():
        for spec in step.asks:
            if spec.label == path and not spec.many:
                return Ask(spec, step)
        if is_moment_of(path, step):
            at = next(spec for spec in fields_of(step.model) if spec.name == "at")
            return Ask(at, step)
    return None


def is_moment_of(label: str, step: Step) -> bool:
    """Whether a column tells when a step was taken: ``办结时间``, or ``完成时间`` of 整改完成."""
    return label.endswith(_AT) and len(label) > len(_AT) and f"{step.label}{_AT}".endswith(label)


def _reported(kind: Kind) -> Iterator[Step]:
    return (step for step in (kind.lifecycle.steps if kind.lifecycle else ()) if step.model.REPORTED)
