"""From the lines of a table to drafts of records: cells read, columns of several things parted, lines joined."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.bring.cell import Spoilt, Year, as_typed
from lianxin.actions.bring.draft import Draft, Late, Trouble, Typed
from lianxin.actions.bring.lexicon import KINDS, Lexicon
from lianxin.actions.bring.match import Understood
from lianxin.actions.bring.part import VILLAGE_ENDS, brief, free_text, in_parts
from lianxin.actions.bring.table import Line, plain
from lianxin.actions.bring.value import Reader, Refused
from lianxin.actions.entry.entry import pieces
from lianxin.core.declare.example import alone
from lianxin.core.declare.record import fields_of
from lianxin.core.sheet import CellValue
from lianxin.core.value import FieldType
from lianxin.policies.importing import SAID, Target

_TITLE_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*年|\s*度)")


class Given(Struct, frozen=True):
    """What she said besides the workbook.

    Attributes:
        year: Of days without one; 0: nothing.
        filled: What stands in every row of a field without a column, by path.
    """

    year: int = 0
    filled: Mapping[str, str] = {}

    def said(self, target: Target) -> str:
        """What stands in every row of a field; empty: nothing was said of it."""
        return self.filled.get(target.path) or self.filled.get(target.shown, "")


def year_of(title: str, given: Given) -> int:
    """By which year days without one are meant: as she said, else as the title says."""
    found = {int(one) for one in _TITLE_YEAR.findall(title)}
    return given.year or (found.pop() if len(found) == 1 else 0)


class Rows(Struct):
    """Makes drafts of the lines of one table."""

    place: int
    read: Understood
    reader: Reader
    given: Given

    def drafts(self) -> list[Draft]:
        """A draft a record, in the order of the sheet."""
        made: list[Draft] = []
        constant = [*self._constant()]
        for line in self.read.table.lines:
            typed, troubles = self._typed(line)
            if made and self._goes_on(line, typed):
                self._add(made[-1], _more(line, typed, constant), troubles, line.number)
                made[-1].digest = together(made[-1].digest, _digest(self.read, line))
                continue
            under = [*self._under(line)]
            draft = Draft(self.place, self.read.lexicon.kind, [line.number], digest=_digest(self.read, line))
            told = {one.target.path for one in typed}
            typed += [
                Typed(target, text, -1, line.number) for target, text in (*constant, *under) if target.path not in told
            ]
            self._add(draft, typed, troubles, line.number)
            made.append(draft)
        return made

    def _constant(self) -> Iterator[tuple[Target, str]]:
        """What stands in every row because she, or the title, says so."""
        words, paths = self.read.lexicon, self.read.paths
        year = year_of(self.read.table.title, self.given)
        for path, target in words.targets.items():
            if path in paths:
                continue
            if text := self.given.said(target):
                yield target, text
            elif year and target.leaf.label == "年份" and _begun(target, paths):
                yield target, str(year)

    def _under(self, line: Line) -> Iterator[tuple[Target, str]]:
        """The village that stands over a group of lines, in the name of the sheet, or in the title."""
        target = self.read.lexicon.targets.get("所属村")
        if target is None or target.path in self.read.paths or self.given.said(target):
            return
        title = self.read.table.title
        told = (line.under, plain(self.read.table.sheet), *(plain(one) for one in title.split()))
        named = [word for word in told if self.reader.names(target.spec, word)]
        inside = [found[0] for word in told if (found := VILLAGE_ENDS.match(word))]
        named += [word for word in inside if self.reader.names(target.spec, word)]
        if named:
            yield target, named[0]

    def _typed(self, line: Line) -> tuple[list[Typed], list[Trouble]]:
        """What stands in the cells of a line, for each field; and what cannot be read."""
        table, words = self.read.table, self.read.lexicon
        year = Year(year_of(table.title, self.given), table.from_1904)
        typed: list[Typed] = []
        troubles: list[Trouble] = []
        for column in self.read.columns:
            cell = line.cells.get(column.head.column, "")
            if column.sense is None or cell == "":
                continue
            first = column.sense.targets[0]
            try:
                if len(column.sense.targets) == 1:
                    meant = words.meanings.get(first.path)
                    text = _day_of(cell, first, year) or as_typed(cell, first.leaf, year, column.head.scale, meant)
                    parted = [(first, text.split(column.sense.apart[0])[0].strip() if column.sense.apart else text)]
                else:
                    whole = as_typed(cell, free_text(first.leaf), year)
                    parted = [
                        (target, as_typed(text, target.leaf, year, 1, words.meanings.get(target.path)))
                        for target, text in in_parts(column.sense.targets, whole, column.sense.apart, self.reader.names)
                    ]
            except Spoilt as error:
                troubles.append(self._trouble(line.number, column.head.column, str(error)))
                continue
            typed += [Typed(target, text, column.head.column, line.number) for target, text in parted if text]
        return typed, troubles

    def _goes_on(self, line: Line, typed: Sequence[Typed]) -> bool:
        """Whether a line says more of the record above: all that tells records apart is one with that, or blank."""
        key = [path for path in self.read.lexicon.same if path in self.read.paths]
        columns = {one.target.path: one.column for one in typed}
        items = [one for one in typed if one.target.part and one.target.spec.many]
        return bool(items and key) and all(path not in columns or columns[path] in line.carried for path in key)

    def _add(self, draft: Draft, typed: Sequence[Typed], troubles: Sequence[Trouble], row: int) -> None:
        draft.troubles += troubles
        draft.rows += [row] if row not in draft.rows else []
        village = self._village(typed)
        items: dict[str, list[dict[str, Any]]] = {}
        for one in typed:
            target = one.target
            if target.step:
                held = draft.steps.setdefault(target.told, {})
                if (before := held.get(target.spec.name)) is None or target.spec.many:
                    held[target.spec.name] = (
                        Typed(target, f"{before.text}、{one.text}", one.column, row) if before else one
                    )
                continue
            try:
                values = self._values(one, village)
            except Refused as error:
                self._refused(draft, one, error)
                continue
            draft.columns.setdefault(target.path, one.column)
            draft.columns.setdefault(target.spec.label, one.column)
            if target.part:
                held_items = items.setdefault(target.spec.label, [])
                held_items += [{} for _ in values[len(held_items) :]]
                for item, value in zip(held_items, values, strict=False):
                    item.update(value if self._spoken(target) else {target.part.label: value})
            elif target.spec.many:
                held_ = draft.values.setdefault(target.spec.label, [])
                held_ += [part for part in values[0] if part not in held_]
            else:
                draft.values.setdefault(target.spec.label, values[0])
        for label, parts in items.items():
            spec = next(spec for spec in draft.kind.fields if spec.label == label)
            if spec.many:
                draft.items.add(label)
                held_ = draft.values.setdefault(label, [])
                held_ += [part for part in parts if part not in held_ or label == "拨付"]
            else:
                draft.values.setdefault(label, {}).update(parts[0])

    def _values(self, one: Typed, village: str) -> list[Any]:
        """What a cell comes to: where a part of a list is told of alone, its cell may tell of several.

        Raises:
            Refused: The field does not take it.
        """
        target = one.target
        if self._spoken(target):
            return list(self.reader.value(target.spec, one.text))
        several = self._alone(target) and target.leaf.type in (FieldType.TEXT, FieldType.CHOICE)
        texts = pieces(one.text) if several else [one.text]
        return [self.reader.value(target.leaf, text, village) for text in texts]

    def _spoken(self, target: Target) -> bool:
        """Whether its cell tells of a list in plain words: 蒋小宝 孙子、李秀 妻子."""
        first = alone(target.spec)
        return bool(target.spec.spoken and first and target.part and target.part.name == first.name) and self._alone(
            target
        )

    def _alone(self, target: Target) -> bool:
        """Whether it is the only part of a list that the table tells of."""
        if target.part is None or not target.spec.many or target.part.many:
            return False
        return sum(path.startswith(f"{target.spec.label}.") for path in self.read.paths) == 1

    def _village(self, typed: Sequence[Typed]) -> str:
        for one in typed:
            if one.target.path == "所属村" and not one.target.spec.many:
                try:
                    return str(self.reader.value(one.target.spec, one.text))
                except Refused:
                    return ""
        return ""

    def _refused(self, draft: Draft, one: Typed, error: Refused) -> None:
        if error.unknown and self._later(draft, one.target):
            draft.late.append(Late(one, str(error), error.veiled))
            return
        draft.troubles.append(self._trouble(one.row, one.column, str(error), error.veiled))

    def _later(self, draft: Draft, target: Target) -> bool:
        """Whether what is named may come in after this kind: it can be left blank until then."""
        at = KINDS.index(draft.kind.name)
        spec = target.spec
        return not (spec.required or spec.many or target.part) and any(
            kind in KINDS and KINDS.index(kind) >= at for kind in spec.refs
        )

    def _trouble(self, row: int, column: int, said: str, veiled: str = "", *, grave: bool = True) -> Trouble:
        return Trouble(self.read.table.sheet, row, column, heading_of(self.read, column), said, veiled, grave)


def _more(line: Line, typed: Sequence[Typed], constant: Sequence[tuple[Target, str]]) -> list[Typed]:
    """What a line adds to the record above: not what it only repeats, being one cell with that."""
    own = {one.target.spec.label for one in typed if one.column not in line.carried}
    kept = [
        one for one in typed if one.column not in line.carried or (one.target.part and one.target.spec.label in own)
    ]
    told = {one.target.path for one in kept}
    return kept + [
        Typed(target, text, -1, line.number)
        for target, text in constant
        if target.part and target.spec.label in own and target.path not in told
    ]


def heading_of(read: Understood, column: int) -> str:
    """What she called a column."""
    return next((one.head.shown for one in read.columns if one.head.column == column), "")


def _begun(target: Target, paths: frozenset[str]) -> bool:
    """Whether another part of the same group has a column."""
    return target.part is not None and any(path.startswith(f"{target.spec.label}.") for path in paths)


def _day_of(cell: CellValue, target: Target, year: Year) -> str:
    """The day in a column that may hold one or mere words; empty: it holds none."""
    if target.spec.name != SAID or target.step is None:
        return ""
    timed = next(spec for spec in fields_of(target.step.model) if spec.name == "at")
    try:
        return as_typed(cell, timed, year)
    except Spoilt:
        return ""


def _digest(read: Understood, line: Line) -> str:
    """What a line says, and under which headings, as one number."""
    told = [f"{head.shown}\x1f{line.cells[head.column]}" for head in read.table.heads if head.column in line.cells]
    text = "\x1e".join((read.lexicon.kind.name, line.under, *(one for one in told if not one.startswith("序号"))))
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def together(one: str, other: str) -> str:
    """What stands for two lines that are one record."""
    return hashlib.sha256(f"{one}{other}".encode()).hexdigest()[:20]


def completed(draft: Draft, words: Lexicon) -> None:
    """Of an issue told in one column: its words are what was said, their first sentence what it is about."""
    if words.kind.name != "issue":
        return
    said, about = draft.values.get("原话"), draft.values.get("事由")
    if said and not about:
        draft.values["事由"] = brief(said)
    elif about and not said:
        draft.values["原话"] = about
