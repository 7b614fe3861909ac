"""The text of merged values, out of the lines of the versions they came from: what was not merged stays as written.

A field, an event, an item of a list is written the way the side wrote it that changed it, comments and quotes
included. Only what is in none of the versions is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.storage.merge.piece import Piece, pieces
from lianxin.storage.merge.value import Place, events_of, keyed
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.write.text.tree import plant, write_entry, write_items, write_mapping

_INDENT = 2


class UnwritableError(ValueError):
    """Nothing that is written reads back as the values."""


def written(kind: Kind | None, value: Mapping[str, Any], base: str, ours: str, theirs: str) -> str:
    """The text of merged values; which side is ours makes no difference.

    Args:
        kind: Of the record; None for settings and the like.
        value: What it is to say.
        base: What both come from; empty where there was nothing.
        ours: One side; it can be read.
        theirs: The other.

    Raises:
        UnwritableError: Nothing reads back as the value.
    """
    sides = [one for one in (base, ours, theirs) if one]
    windows = all("\r\n" in one and one.count("\n") == one.count("\r\n") for one in sides)
    plain = [one.replace("\r\n", "\n") for one in (base, ours, theirs)]
    writer = _Writer(kind, [_version(one) for one in plain])
    for text in (writer.text(value), "\n".join(write_mapping(plant(value), kind.model if kind else None, kind)) + "\n"):
        if _says(text, value):
            return text.replace("\n", "\r\n") if windows else text
    raise UnwritableError


def _says(text: str, value: Mapping[str, Any]) -> bool:
    try:
        return bool(read_yaml(text.encode()) == value)
    except Unreadable:
        return False


def _version(text: str) -> tuple[dict[str, Piece], Mapping[str, Any]]:
    return (pieces(text), read_yaml(text.encode())) if text else ({}, {})


class _Writer:
    """Base, ours and theirs."""

    def __init__(self, kind: Kind | None, versions: Sequence[tuple[dict[str, Piece], Mapping[str, Any]]]) -> None:
        self._kind = kind
        self._versions = versions
        self._specs = {spec.label: spec for spec in fields_of(kind.model)} if kind else {}

    def text(self, value: Mapping[str, Any]) -> str:
        lines: list[str] = []
        for label, part in value.items():
            lines += self._field(label, part)
        return "\n".join(lines) + "\n"

    def _field(self, label: str, value: Any) -> Iterable[str]:
        """The lines of one field, from the version that says what it is to say."""
        found = [parts.get(label) for parts, _ in self._versions]
        told = [values.get(label) for _, values in self._versions]
        chosen = _chosen([one.lines if one else None for one in found], told, value)
        if chosen is not None:
            return chosen
        spec = self._specs.get(label)
        if isinstance(value, list) and any(one.items for one in found if one):
            return self._list(label, value, found, told, spec)
        return [
            *_comments([one.lines if one else None for one in found]),
            *write_entry(f"{label}:", plant(value), spec, self._kind, 0),
        ]

    def _list(
        self,
        label: str,
        value: list[Any],
        found: Sequence[Piece | None],
        told: Sequence[Any],
        spec: FieldSpec | None,
    ) -> Iterable[str]:
        """The lines of a list, each item's from the version that says it."""
        lists = [one if isinstance(one, list) else [] for one in told]
        *versions, wanted = self._by_key(label, [*lists, value], spec)
        split = [_split(one, named) for one, named in zip(found, versions, strict=True)]
        dash = min(one.dash for one in found if one and one.items)
        opening = _chosen([one.opening if one and one.items else None for one in found], told, None)
        lines = [*(opening or (f"{label}:",))]
        for key, item in wanted.items():
            block = _chosen([one.get(key) for one in split], [one.get(key) for one in versions], item)
            if block is None or not _stands(block, dash):
                above = _comments([one.get(key) for one in split])
                block = [*above, *write_items([plant(item)], spec, self._kind, dash)]
            lines += block
        return lines

    def _by_key(self, label: str, lists: list[list[Any]], spec: FieldSpec | None) -> list[dict[Place, Any]]:
        if label == EVENTS:
            return [events_of({EVENTS: one}) for one in lists]
        return keyed(*lists, spec=spec)


def _split(piece: Piece | None, named: Mapping[Place, Any]) -> dict[Place, tuple[str, ...]]:
    """The lines of each item by its key, where they have their own."""
    if piece is None or len(piece.items) != len(named):
        return {}
    return dict(zip(named, piece.items, strict=True))


def _stands(block: Sequence[str], dash: int) -> bool:
    """Whether the dash of an item stands in a column."""
    first = next(line for line in block if line.strip() and not line.lstrip().startswith("#"))
    return first.index("-") == dash


def _chosen(lines: Sequence[Sequence[str] | None], told: Sequence[Any], value: Any) -> Sequence[str] | None:
    """The lines of that version, of base, ours and theirs, that says a value: of a side that changed them, if it does.

    Args:
        lines: Of each version; None where it has none.
        told: What each of them says.
        value: What is to be said; None: whatever it is.
    """
    base, ours, theirs = lines
    sides = [one for one in (ours, theirs) if one is not None]
    sides.sort(key=lambda one: (one == base, [*one]))
    for one in (*sides, base):
        says = one is not None and (value is None or any(one is of and told[n] == value for n, of in enumerate(lines)))
        if says:
            return one
    return None


def _comments(blocks: Iterable[Sequence[str] | None]) -> Sequence[str]:
    """The comments above what is written anew."""
    lines = ([*takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), one)] for one in blocks if one)
    return max(lines, default=[])
