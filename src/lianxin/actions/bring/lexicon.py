"""What the headings of one kind's workbooks may be called: declared labels, the shipped words, her own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache

from msgspec import Struct

from lianxin.actions.bring.table import plain
from lianxin.core.asset import asset
from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError
from lianxin.kinds import BRIEF, KIND
from lianxin.policies.importing import Headings, Importing, Target, targets
from lianxin.reports.ledger.form import Form
from lianxin.storage.settings import load_model

#: The kinds that come in from workbooks, each after those it points to.
KINDS = ("village", "org", "person", "household", "pairing", "project", "visit", "issue")


class How(IntEnum):
    """By what a heading was understood; the surest first."""

    TOLD = 0
    BEFORE = 1
    LABEL = 2
    WORD = 3
    LEDGER = 4
    NEAR = 5
    HELD = 6

    @property
    def shown(self) -> str:
        """As she reads it."""
        return ("您指明的", "上次记下的", "名称相同", "常见写法", "台账表头", "名称相近", "看内容认的")[self]


class Sense(Struct, frozen=True):
    """What a heading means.

    Attributes:
        targets: Where what stands under it goes; several where it holds several things.
        apart: What parts those.
    """

    targets: tuple[Target, ...]
    how: How
    apart: tuple[str, ...] = ()


class Lexicon(Struct, frozen=True):
    """All that is known of the headings of one kind.

    Attributes:
        senses: By heading, folded.
        left: Headings of columns that are not taken in.
        meanings: By path: other writings of its words.
        same: The paths that make two rows one record.
        apart: The paths that may tell them apart all the same.
        ledgers: Of each shipped ledger what its headings mean, and all of them.
        titles: Words of titles that tell of the kind.
    """

    kind: Kind
    targets: Mapping[str, Target]
    senses: Mapping[str, Sense]
    left: frozenset[str]
    meanings: Mapping[str, Mapping[str, str]]
    same: Sequence[str]
    apart: Sequence[str]
    ledgers: Sequence[tuple[Mapping[str, Sense], frozenset[str]]]
    titles: Sequence[str]


@cache
def shipped(name: str) -> Headings:
    """The words that come with the tool."""
    label = BRIEF[name].label
    file = asset("import", f"{label}.yaml")
    found, problems = load_model(Headings, "表头", file.name, file.read_bytes())
    if found is None or problems:
        raise LianxinError(f"自带的表头 {file.name} 坏了，请重新安装 lianxin")
    return found


def lexicon(name: str, own: Importing) -> Lexicon:
    """All that is known of the headings of a kind, with what she has confirmed."""
    kind = KIND[name]
    known = targets(kind)
    words = shipped(name)
    mine = [one for one in own.sheets if one.kind == kind.label]
    senses: dict[str, Sense] = {}
    for how, heading, paths, apart in (
        *_listed(mine, How.BEFORE),
        *((How.LABEL, label, (path,), ()) for path, label in _labels(known)),
        *_listed([words], How.WORD),
        *((How.LABEL, label, (path,), ()) for path, label in _ends(known)),
    ):
        if all(path in known for path in paths):
            senses.setdefault(plain(heading), Sense(tuple(known[path] for path in paths), how, apart))
    ledgers = [*_ledgers(kind, known)]
    for ledger, _ in ledgers:
        for heading, sense in ledger.items():
            senses.setdefault(heading, sense)
    for column in words.columns:
        if len(column.fields) == 1 and column.apart:
            for heading in (*column.headings, column.fields[0].rpartition(".")[2]):
                if (held := senses.get(plain(heading))) and not held.apart:
                    senses[plain(heading)] = Sense(held.targets, held.how, tuple(column.apart))
    left = {plain(word) for one in (*mine, words) for word in one.left} - {
        word for word, sense in senses.items() if sense.how is How.BEFORE
    }
    meanings: dict[str, dict[str, str]] = {}
    for one in (words, *mine):
        for column in one.columns:
            for path in column.fields:
                meanings.setdefault(path, {}).update({part.written: part.meant for part in column.meanings})
    same = next((one.same for one in mine if one.same), words.same)
    apart = tuple(words.apart)
    return Lexicon(kind, known, senses, frozenset(left), meanings, same, apart, ledgers, (*words.titles, kind.label))


def _listed(sheets: Sequence[Headings], how: How) -> Iterator[tuple[How, str, tuple[str, ...], tuple[str, ...]]]:
    for sheet in sheets:
        for column in sheet.columns:
            for heading in column.headings:
                yield how, heading, tuple(column.fields), tuple(column.apart)


def _labels(known: Mapping[str, Target]) -> Iterator[tuple[str, str]]:
    """Paths by what fields are called: ``户主``, ``拨付金额``."""
    for path in known:
        yield path, path.replace(".", "")


def _ends(known: Mapping[str, Target]) -> Iterator[tuple[str, str]]:
    """Paths by the last of them, where no other ends so: ``凭证号``."""
    ends = [path.rpartition(".")[2] for path in known]
    for path, end in zip(known, ends, strict=True):
        if "." in path and ends.count(end) == 1 and end not in known:
            yield path, end


def _ledgers(kind: Kind, known: Mapping[str, Target]) -> Iterator[tuple[Mapping[str, Sense], frozenset[str]]]:
    """Of each shipped ledger what its headings mean, where each stands over one field; and all its headings."""
    for form in _forms():
        if form.kind == kind.label:
            meant = {
                plain(column.label): Sense((known[column.fields[0]],), How.LEDGER)
                for column in form.columns
                if len(column.fields) == 1 and column.fields[0] in known
            }
            yield meant, frozenset(plain(column.label) for column in form.columns)


@cache
def _forms() -> tuple[Form, ...]:
    files = sorted(asset("ledgers").glob("*.yaml"))
    return tuple(form for file in files if (form := load_model(Form, "表单", file.name, file.read_bytes())[0]))
