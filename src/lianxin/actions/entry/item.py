"""Lists are changed item by item: what is not named stays as it was.

``+X`` adds, ``2:X`` changes the second, ``-2`` takes it out, ``=X`` puts X in place of the whole list. Numbers are
those of the list as it stood before the command.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from lianxin.actions.entry.entry import group_parts, many, once, one, pieces
from lianxin.core.book import Book
from lianxin.core.change import GRAMMAR, Item
from lianxin.core.declare.field import FieldSpec
from lianxin.core.error import UsageError
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType

_SIGNED = late(r"\s*(?:(?P<sign>[+＋=＝\-－−])|(?P<place>\d{1,4})\s*[:：])\s*(?P<rest>.*)\Z", re.DOTALL)
_SIGNS = {"＋": "+", "＝": "=", "－": "-", "−": "-"}


def changed_items(
    spec: FieldSpec, held: Sequence[Any], texts: Sequence[str], book: Book, since: datetime | None = None
) -> list[Item]:
    """Every item of a list as it was and as it comes to be.

    Args:
        spec: A field that is a list.
        held: The list as the file has it.
        texts: What was typed, a change each.
        book: Says which record a word means.
        since: From when what is to come is counted, if not from now.

    Raises:
        UsageError: A text is no change of this list; nothing of it is done.
    """
    after: list[Any] = list(held)
    added: list[Any] = []
    whole: list[Any] | None = None
    for text in texts:
        found = _SIGNED.match(text)
        sign = _SIGNS.get(found["sign"], found["sign"]) if found else None
        if found and found["place"]:
            place = _place(spec, held, found["place"])
            after[place] = _changed(spec, held[place], found["rest"], book, since)
        elif sign == "+" and found:
            added += many(spec, found["rest"], book, since)
        elif sign == "=" and found:
            if not found["rest"].strip():  # a variable of the shell that was never set
                raise UsageError(f"{spec.label}：等号后面要写换成什么；要全部删去，写 --{spec.flag} -")
            whole = [*(whole or ()), *many(spec, found["rest"], book, since)]
        elif sign == "-" and found:
            for place in _named(spec, held, found["rest"], book):
                after[place] = None
        elif held:
            _refuse(spec, held)
        else:
            added += many(spec, text, book, since)
    if whole is not None:
        if added or after != list(held):
            raise UsageError(f"{spec.label}：写了 =… 就是整个换掉，不能再添、改、删")
        after, added = [None] * len(held), whole
    if added or after != list(held):
        once(spec, [value for value in (*after, *added) if value is not None])
    items = [Item(n + 1, before, now) for n, (before, now) in enumerate(zip(held, after, strict=True))]
    stay = sum(item.after is not None for item in items)
    return items + [Item(stay + n + 1, None, value) for n, value in enumerate(added)]


def merged(spec: FieldSpec, held: Any, text: str, book: Book, since: datetime | None = None) -> dict[str, Any]:
    """A group in which the parts that were typed are changed; a part typed without a value is left out.

    Raises:
        UsageError: The text is no group, or a value of it is wrong.
    """
    was = dict(held) if isinstance(held, dict) else {}
    made = was | group_parts(spec, text, book, since)
    return {label: value for label, value in made.items() if value is not None}


def _changed(spec: FieldSpec, held: Any, text: str, book: Book, since: datetime | None) -> Any:
    if not text:
        raise UsageError(f"{spec.label}：冒号后面要写改成什么；要删去这一项，写 -2 这样")
    return merged(spec, held, text, book, since) if spec.type is FieldType.GROUP else one(spec, text, book, since)


def _place(spec: FieldSpec, held: Sequence[Any], number: str) -> int:
    place = int(number)
    if not 1 <= place <= len(held):
        has = f"只有 {len(held)} 项" if held else "还没有一项"
        raise UsageError(f"{spec.label}{has}，没有第 {place} 项")
    return place - 1


def _named(spec: FieldSpec, held: Sequence[Any], text: str, book: Book) -> list[int]:
    """Which items are to go: by number, or, where items are words or records, by what they say."""
    found: list[int] = []
    for piece in pieces(text):
        if piece.isdecimal() and len(piece) < 5:
            found.append(_place(spec, held, piece))
            continue
        if spec.type is FieldType.GROUP:
            raise UsageError(f"{spec.label}：要删哪一项请写它的号码，如 -2")
        value = one(spec, piece, book)
        if value not in held:
            raise UsageError(f"{spec.label}里没有「{piece}」")
        found.append(list(held).index(value))
    if not found:
        raise UsageError(f"{spec.label}：减号后面要写删第几项，如 -2")
    return found


def _refuse(spec: FieldSpec, held: Sequence[Any]) -> NoReturn:
    flag = f"--{spec.flag}"
    raise UsageError(f"{spec.label}已有 {len(held)} 项，要说明怎样改：{GRAMMAR}；如 {flag} +…、{flag} -{len(held)}")
