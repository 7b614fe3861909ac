"""What a roll-up holds of one book, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from lianxin.actions.policy.form import forms
from lianxin.actions.sql.public import masked_rows, open_columns
from lianxin.core.county import Part
from lianxin.core.day.period import parse_period
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.document import Column, Document, Face, Table
from lianxin.core.value import FieldType
from lianxin.formats.face.mask import mask
from lianxin.kinds import KINDS, kind_named
from lianxin.policies.definitions import Definitions
from lianxin.reports.county.material import Asked, frozen_lines, material
from lianxin.reports.ledger.form import NUMBER, Form, FormColumn
from lianxin.reports.ledger.ledger import ledger
from lianxin.storage.book import LedgerBook
from lianxin.storage.county.dataset import placed
from lianxin.storage.county.part import duties_part, facts_part, frozen_part, ledger_part, records_part, sums_part
from lianxin.storage.county.statement import DAY, RECORD
from lianxin.storage.index.schema_sql import quoted


class Holding:
    """The files of one office.

    Attributes:
        target: The folder of the roll-up.
        office: Its name.
        personal: What tells of persons is taken in.
    """

    def __init__(self, target: Path, office: str, book: LedgerBook, known: Definitions, personal: bool) -> None:
        self.target, self.office, self.book, self.known, self.personal = target, office, book, known, personal

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Its ledgers by name."""
        return forms(self.book)

    def _placed(self, folder: str, rows: int, data: bytes) -> Part:
        return placed(self.target, f"{folder}/office={self.office}", rows, data)

    def records(self) -> Iterator[tuple[str, Part]]:
        """The records of each kind there is any of, by its English name."""
        for kind in KINDS:
            columns = self._columns(kind)
            if self.personal:
                asked = ", ".join(quoted(one.label) for one in columns)
                rows: Sequence[Sequence[object]] = self.book.connection.execute(
                    f"SELECT {asked} FROM {quoted(kind.label)}"  # noqa: S608 - our own names
                ).fetchall()
            else:
                rows = masked_rows(self.book, kind, columns)
            if rows:
                data = records_part(columns, sorted(rows, key=lambda row: _by_id(str(row[0]))))
                yield kind.name, self._placed(f"records/kind={kind.name}", len(rows), data)

    def _columns(self, kind: Kind) -> list[FieldSpec | Derived]:
        if self.personal:
            every: tuple[FieldSpec | Derived, ...] = (*kind.fields, *kind.derived)
            return [one for one in every if one.type is not FieldType.GROUP]
        return [one for one in open_columns(kind) if one.privacy is Privacy.OPEN]

    def counted(self, name: str) -> Iterator[Part]:
        """The facts of one period, their sums, and how the duties stand in it."""
        period = parse_period(name, self.book.today)  # the same days for every office
        found = material(Asked(self.book, self.known, self.book.context, period, self.personal))
        inside = f"period={name}"
        yield self._placed(f"facts/{inside}", len(found.facts), facts_part(found.facts))
        yield self._placed(f"sums/{inside}", len(found.sums), sums_part(found.sums))
        yield self._placed(f"duties/{inside}", len(found.duties), duties_part(found.duties))

    def frozen(self) -> Part:
        """What its frozen reports say."""
        found = list(frozen_lines(self.book))
        return self._placed("frozen", len(found), frozen_part(found))

    def ledgers(self) -> Iterator[Part]:
        """The rows of each of its ledgers, as it prints them; one that may not be seen outside is left out."""
        for form in self.forms.values():
            held = form if self.personal else _open(form)
            document = ledger(self.book, _with_day(held))
            if document.withheld and not self.personal:
                continue
            columns, rows = self._printed(held, document)
            if rows:
                yield self._placed(f"ledgers/form={form.name}", len(rows), ledger_part(columns, rows))

    def _printed(self, form: Form, document: Document) -> tuple[list[Column], Sequence[Sequence[Any]]]:
        table = document.blocks[0]
        shown = mask(document, Face.INTERNAL if self.personal else Face.PUBLIC).blocks[0]
        if not isinstance(table, Table) or not isinstance(shown, Table):
            return [], ()
        places = [n for n, column in enumerate(form.columns) if column.fields != (NUMBER,)]
        columns = [shown.columns[n] for n in places]
        columns += [Column(RECORD, RECORD), Column(DAY, DAY, FieldType.DAY)]
        rows = []
        for open_, row, id_ in zip(table.rows, shown.rows, table.records, strict=True):
            day = str(open_[-1])[:10] if form.period_field and open_[-1] else None
            rows.append((*(row[n] for n in places), id_, day))
        return columns, rows


def _open(form: Form) -> Form:
    """The form without what tells of persons; of several fields in a column those stay that do not."""
    kind = kind_named(form.kind)
    columns = []
    for column in form.columns:
        told = [(path, form.find(kind, path)) for path in column.fields] if kind else []
        fields = tuple(path for path, one in told if path == NUMBER or (one and one.privacy is Privacy.OPEN))
        if fields:
            columns.append(column.model_copy(update={"fields": fields}))
    known = {name for column in columns for name in (column.label, *column.fields)}
    totals = tuple(name for name in form.totals if name in known)
    return form.model_copy(update={"columns": tuple(columns), "totals": totals})


def _with_day(form: Form) -> Form:
    """The form with the day that decides the period as its last column, where it has one."""
    if not form.period_field:
        return form
    last = FormColumn.model_validate({"字段": (form.period_field,)}, by_alias=True, by_name=False)
    return form.model_copy(update={"columns": (*form.columns, last)})


def _by_id(id_: str) -> tuple[int, str]:
    return len(id_), id_
