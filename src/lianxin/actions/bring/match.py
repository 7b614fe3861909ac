"""Which kind of record a table holds, and which of its columns is which field: by name, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from lianxin.actions.bring.cell import Spoilt, Year, as_typed
from lianxin.actions.bring.lexicon import How, Lexicon, Sense
from lianxin.actions.bring.table import Head, Table
from lianxin.actions.entry.entry import pieces
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.error import UsageError
from lianxin.core.text.choice import begun, chosen
from lianxin.core.text.identity import identity_fault
from lianxin.core.text.telephone import read_phone
from lianxin.core.value import FieldType
from lianxin.kinds.path import near
from lianxin.policies.importing import Target

#: Of a hundred, how near a heading is to a word to be taken for it.
_NEAR = 75
#: So many lines are looked at for what a column holds, and such a share must be of one sort.
_LOOKED, _MOSTLY = 40, 0.8
#: Such a share of its headings makes a table one of the shipped ledgers.
_ALL = 0.9


class Column(Struct, frozen=True):
    """A column of hers and what it means.

    Attributes:
        sense: None: it is not taken in.
        why: Why not, where its heading was understood.
    """

    head: Head
    sense: Sense | None
    why: str = ""


class Understood(Struct, frozen=True):
    """A table and what its columns mean."""

    table: Table
    lexicon: Lexicon
    columns: Sequence[Column]

    @property
    def paths(self) -> frozenset[str]:
        """The fields that some column is for."""
        return frozenset(one.path for column in self.columns if column.sense for one in column.sense.targets)

    def column_of(self, path: str) -> int:
        """Where what a field says stands; -1: nowhere."""
        return next(
            (
                one.head.column
                for one in self.columns
                if one.sense and any(path in (target.path, target.spec.label) for target in one.sense.targets)
            ),
            -1,
        )


def understood(
    table: Table, words: Lexicon, told: Mapping[str, str], names: Callable[[FieldSpec, str], bool]
) -> Understood:
    """The columns of a table of a known kind.

    Args:
        table: As it was found.
        words: Of its kind.
        told: Fields by heading, as she said; an empty one is not taken in.
        names: Whether a text names a record that a field may point to.

    Raises:
        UsageError: What she said names no field.
    """
    found: dict[int, Sense] = {}
    closed: set[int] = set()
    taken: set[str] = set()
    for head in table.heads:
        said = next((told[word] for word in head.words if word in told), None)
        if said is None:
            continue
        closed.add(head.column)
        if said:
            found[head.column] = _told(words, said)
            taken |= {one.path for one in found[head.column].targets}
    open_ = [head for head in table.heads if head.column not in closed]
    left = {head.column for head in open_ if any(word in words.left for word in head.words[:1])}
    ledger = of_ledger(table, words)
    wanted = sorted(
        (
            (How.LABEL if sense in ledger.values() else sense.how, rank, head.column, sense)
            for head in open_
            for rank, sense in _by_name(head, words, ledger)
        ),
        key=lambda one: one[:3],
    )
    for _how, _rank, column, sense in wanted:
        paths = {one.path for one in sense.targets}
        if column in found or (column in left and sense.how > How.BEFORE) or not _free(paths, taken, sense):
            continue
        found[column] = sense
        taken |= paths
    for head in open_:
        if head.column not in found and head.column not in left:
            guessed = _near(head, words, taken) or _held(table, head.column, words, taken, names)
            if guessed is not None:
                found[head.column] = guessed
                taken |= {one.path for one in guessed.targets}
    return Understood(table, words, [Column(head, found.get(head.column)) for head in table.heads])


def usable(read: Understood, covered: Callable[[Target], bool]) -> Understood:
    """Without the columns of groups of which what must be written has no column.

    Args:
        covered: Whether a field has what it says from elsewhere.
    """
    columns = []
    for column in read.columns:
        lacking = "" if column.sense is None else _lacking(read, column.sense.targets[0], covered)
        why = f"表里没有「{lacking}」" if lacking else ""
        columns.append(Column(column.head, None, why) if why else column)
    return Understood(read.table, read.lexicon, columns)


def _lacking(read: Understood, target: Target, covered: Callable[[Target], bool]) -> str:
    if target.part is None:
        return ""
    for path, other in read.lexicon.targets.items():
        same = other.part is not None and other.spec is target.spec
        if same and other.leaf.required and path not in read.paths and not covered(other):
            return other.shown
    return ""


def _told(words: Lexicon, said: str) -> Sense:
    shown = {one.shown: path for path, one in words.targets.items()}
    paths = [shown.get(part.strip(), part.strip()) for part in said.split("+")]
    for path in paths:
        if path not in words.targets:
            raise UsageError(f"{words.kind.label}没有「{path}」这一项{near(path, [*shown])}")
    return Sense(tuple(words.targets[path] for path in paths), How.TOLD)


def _by_name(head: Head, words: Lexicon, ledger: Mapping[str, Sense]) -> list[tuple[int, Sense]]:
    """What a column may be by what it is called, by the words of the ledger that the table is, if it is one."""
    known = {**words.senses, **{word: sense for word, sense in ledger.items() if _yields(words.senses.get(word))}}
    return [(rank, known[word]) for rank, word in enumerate(head.words) if word in known]


def _yields(sense: Sense | None) -> bool:
    """What she has confirmed herself stands."""
    return sense is None or sense.how > How.BEFORE


def of_ledger(table: Table, words: Lexicon) -> Mapping[str, Sense]:
    """The headings of the shipped ledger that a table looks like; none where it looks like none."""
    mine = {head.words[0] for head in table.heads}
    for ledger, headings in words.ledgers:
        if len(mine & headings) >= _ALL * max(len(headings), len(mine)):
            return ledger
    return {}


def _free(paths: set[str], taken: set[str], sense: Sense) -> bool:
    """A field has one column, a list as many as name it; one of several things gives way to columns of their own."""
    if len(sense.targets) == 1:
        target = sense.targets[0]
        return not paths & taken or (target.spec.many and target.part is None)
    return not paths & taken


def _near(head: Head, words: Lexicon, taken: set[str]) -> Sense | None:
    from rapidfuzz import fuzz, process

    for word in head.words:
        if len(word) < 2:
            continue
        found = process.extractOne(word, [*words.senses], scorer=fuzz.ratio, score_cutoff=_NEAR)
        sense = words.senses[found[0]] if found else None
        if sense and _free({one.path for one in sense.targets}, taken, sense):
            return Sense(sense.targets, How.NEAR, sense.apart)
    return None


def _held(
    table: Table, column: int, words: Lexicon, taken: set[str], names: Callable[[FieldSpec, str], bool]
) -> Sense | None:
    """The one open field of the record that takes what stands in a column, where its sort is telling."""
    cells = [line.cells[column] for line in table.lines if column in line.cells][:_LOOKED]
    if len(cells) < 2:
        return None
    fits = []
    for target in words.targets.values():
        if target.path in taken or target.part or target.step:
            continue
        if sum(_fits(cell, target.spec, names) for cell in cells) >= _MOSTLY * len(cells):
            fits.append(target)
    return Sense((fits[0],), How.HELD) if len(fits) == 1 else None


def _fits(cell: object, spec: FieldSpec, names: Callable[[FieldSpec, str], bool]) -> bool:
    try:
        text = as_typed(cell, spec, Year(2000))  # type: ignore[arg-type]
    except Spoilt:
        return False
    if spec.type is FieldType.DAY:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text))
    if spec.type is FieldType.PHONE:
        return len(text) == 11 and bool(read_phone(text))
    if spec.privacy is Privacy.IDENTITY:
        return len(text) >= 15 and not identity_fault(text)
    if spec.type is FieldType.CHOICE:
        return len(text) > 1 and bool(chosen(text, spec.choices) or len(begun(text, spec.choices)) == 1)
    if spec.type is FieldType.REF:
        return all(names(spec, word) for word in pieces(text))
    return False
