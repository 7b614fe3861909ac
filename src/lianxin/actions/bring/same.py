"""Whether a row tells of a record that another row, or the ledger, has already; and what of it differs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.actions.bring.draft import Draft, Fate, Trouble
from lianxin.actions.bring.lexicon import Lexicon
from lianxin.actions.bring.match import Understood
from lianxin.actions.bring.row import together
from lianxin.core.declare.field import FieldSpec
from lianxin.core.text.fold import fold
from lianxin.core.value import FieldType
from lianxin.storage.book import LedgerBook

Key = tuple[str, ...]


def _word(value: Any) -> str:
    """A value as keys compare it, as a file holds it or as a table does."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "、".join(sorted(map(_word, value)))
    return fold(str(value))


def _key(paths: Sequence[str], values: Mapping[str, Any]) -> Key:
    return tuple(_word(values.get(path)) for path in paths)


def _told_apart(one: Key, other: Key) -> bool:
    """Both say something, and not the same."""
    return any(mine and yours and mine != yours for mine, yours in zip(one, other, strict=True))


def once_each(drafts: Sequence[Draft], words: Lexicon, read: Sequence[Understood]) -> None:
    """Rows that tell of one record become one: lists joined, the same said twice left out, what differs named."""
    seen: dict[Key, list[Draft]] = {}
    for draft in drafts:
        draft.key = _key(words.same, draft.values)
        if draft.grave or not draft.key[0]:
            continue
        mine = _key(words.apart, draft.values)
        earlier = next(
            (one for one in seen.get(draft.key, ()) if not _told_apart(mine, _key(words.apart, one.values))), None
        )
        if earlier is None:
            seen.setdefault(draft.key, []).append(draft)
        else:
            _join(earlier, draft, read[draft.table], words)


def _join(earlier: Draft, draft: Draft, read: Understood, words: Lexicon) -> None:
    sheet, row = read.table.sheet, draft.rows[0]
    where = f"第 {earlier.rows[0]} 行" if earlier.table == draft.table else f"前一张表第 {earlier.rows[0]} 行"
    listed = {spec.label for spec in draft.kind.fields if spec.many}
    odd = [
        label
        for label, value in draft.values.items()
        if label not in listed and earlier.values.get(label) not in (None, value)
    ]
    odd += [step for step in draft.steps if _said(draft, step) != _said(earlier, step) and step in earlier.steps]
    told = "、".join(words.same)
    if odd:
        what = "、".join(label for label in odd)
        said = f"和{where}是同一条（{told}都一样），写的却不一样：{what}；请改成一样，或删去一行"
        draft.troubles.append(Trouble(sheet, row, draft.columns.get(odd[0], -1), "", said))
        return
    more = {
        label: draft.values[label]
        for label in listed & draft.values.keys()
        if draft.values[label] != earlier.values.get(label)
    }
    for label, items in more.items():
        held = earlier.values.setdefault(label, [])
        held += [item for item in items if label in draft.items or item not in held]
        earlier.items |= draft.items & {label}
    fresh = {label: value for label, value in draft.values.items() if label not in earlier.values}
    earlier.values.update(fresh)
    draft.fate = Fate.TWICE
    if more or fresh:
        earlier.rows += draft.rows
        earlier.digest = together(earlier.digest, draft.digest)
        return
    said = f"和{where}一样（{told}都相同），只记一次"
    draft.troubles.append(Trouble(sheet, row, -1, "", said, grave=False))


def _said(draft: Draft, step: str) -> dict[str, str]:
    return {name: typed.text for name, typed in draft.steps.get(step, {}).items()}


class Known:
    """The records of a kind that the ledger has, by what tells them from others."""

    def __init__(self, book: LedgerBook, words: Lexicon) -> None:
        specs = {spec.label: spec for spec in words.kind.fields}
        self._specs = [specs[path] for path in (*words.same, *words.apart) if path in specs]
        self._split = len(words.same)
        columns = ", ".join(f'"{spec.name}"' for spec in self._specs)
        rows = book.sql(f'SELECT id, {columns} FROM "{words.kind.name}"')  # noqa: S608 - declared names
        self._found: dict[Key, list[tuple[str, Key]]] = {}
        for id_, *values in rows:
            held = tuple(map(_stored, self._specs, values))
            self._found.setdefault(held[: self._split], []).append((str(id_), held[self._split :]))

    def ids(self, words: Lexicon, draft: Draft) -> list[str]:
        """The records that a draft may be; those told apart from it only where there is no other."""
        found = self._found.get(draft.key, [])
        mine = _key(words.apart, draft.values)
        close = [id_ for id_, apart in found if not _told_apart(mine, apart)]
        alike = [id_ for id_, apart in found if any(a and a == b for a, b in zip(mine, apart, strict=True))]
        if len(close) > 1 and len(alike) == 1:
            return alike
        return close or [id_ for id_, _ in found]


def _stored(spec: FieldSpec, value: Any) -> str:
    if value and spec.many:
        return _word(json.loads(str(value)))
    return _word(value)


def differing(draft: Draft, held: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """What a record of the ledger says otherwise than the row; and what the row says where the record says nothing.

    Args:
        held: What its file holds, as text by Chinese label.
    """
    odd: list[str] = []
    blank: dict[str, Any] = {}
    specs = {spec.label: spec for spec in draft.kind.fields}
    for label, value in draft.values.items():
        before = held.get(label)
        if before in (None, "", []):
            blank[label] = value
        elif not _alike(specs[label], before, value):
            odd.append(label)
    return odd, blank


def _alike(spec: FieldSpec, before: Any, value: Any) -> bool:
    if spec.type is FieldType.GROUP:
        return _items(before) == _items(value) or (spec.many and all(one in _items(before) for one in _items(value)))
    if spec.many and isinstance(before, (list, tuple)):
        return {*map(_word, value)} <= {*map(_word, before)}
    return _word(before) == _word(value)


def _items(value: Any) -> list[dict[str, str]]:
    parts = value if isinstance(value, (list, tuple)) else [value]
    return [{str(key): _word(said) for key, said in part.items()} for part in parts if isinstance(part, Mapping)]
