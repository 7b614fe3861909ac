"""Several new records of a kind typed as a table: what they share stands once above it, a row is a record."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.entry.file import takes_files
from lianxin.actions.form.form import Form, of_new
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind


class Table(Struct, frozen=True):
    """What is asked.

    Attributes:
        form: Of one record, whole.
        shared: What the records have in common, offered as in the last one.
        columns: What each of them says for itself, of which those it names tell nothing.
    """

    form: Form
    shared: tuple[FieldSpec, ...]
    columns: tuple[FieldSpec, ...]


def of_table(kind: Kind) -> Table:
    """What a table of new records of a kind asks for."""
    form = of_new(kind)
    own = [spec for spec in form.specs if not spec.copy]
    return Table(
        replace(
            form,
            name=f"{kind.name}-table",
            command=f"lianxin {kind.name} add --table",
            title=f"新增{kind.label}，一行一条",
        ),
        tuple(spec for spec in own if spec.offer),
        tuple(spec for spec in own if not spec.offer and (spec.required or spec.often) and not takes_files(spec)),
    )
