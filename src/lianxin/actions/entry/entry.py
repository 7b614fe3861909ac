"""What was typed at a prompt or flag, turned into the values a file would hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from msgspec.structs import replace

from lianxin.actions.entry.figure import Clock, Typed, in_figures, parted, runs_from, ways
from lianxin.core.book import Book
from lianxin.core.declare.example import alone, written
from lianxin.core.declare.field import FieldSpec, Privacy, Spoken
from lianxin.core.declare.record import fields_of
from lianxin.core.error import UsageError
from lianxin.core.text.choice import as_read, begun, chosen, closest
from lianxin.core.text.hidden import hidden
from lianxin.core.text.identity import identity_fault, read_identity
from lianxin.core.text.name import unwilling
from lianxin.core.value import FieldType, read_text
from lianxin.kinds.path import Spec
from lianxin.rules.category import categories

T = TypeVar("T")

#: So many choices are told together with the one that was probably meant.
_FEW = 12

_SIGN = re.compile("[=:：＝]")
#: A word that stands for itself: a character alone is half of a name.
_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}\Z")


def _choice(spec: FieldSpec, text: str) -> str:
    """A choice may be cut short as long as it stays the only one that begins so."""
    if found := chosen(text, spec.choices):
        return found
    fits = begun(text, spec.choices)
    if len(fits) == 1:
        return fits[0]
    near = closest(text, spec.choices)
    told = f"；是不是「{near}」？" if near else "，"
    all_ = "" if near and len(spec.choices) > _FEW else f"可填 {'、'.join(spec.choices)}"
    raise UsageError(f"{spec.label}没有「{text}」{told}{all_}", (spec.label,), meant=(text, near) if near else ())


def reference(spec: Spec, text: str, book: Book) -> str:
    """The id of the record a word means in a column that points to others.

    Raises:
        UsageError: It names none, or several.
    """
    try:
        return book.resolve(text, *spec.refs, in_force=True)
    except UsageError as error:
        veiled = f"{spec.label}：{error.veiled}" if error.veiled else ""
        raise UsageError(f"{spec.label}：{error}", (spec.label,), veiled=veiled, meant=error.meant) from None


def pieces(text: str) -> list[str]:
    """The words of an enumeration in one line."""
    return [piece for part in re.split("[、，,；;\n]", text) if (piece := part.strip())]


def spread(piece: str) -> list[str]:
    """The words of what blanks part too, as people write lists: 张三 李四, and never 张 三."""
    words = piece.split()
    return words if len(words) > 1 and all(map(_WORD.match, words)) else [piece]


def group_parts(spec: FieldSpec, text: str, book: Book, since: datetime | None = None) -> dict[str, Any]:
    """What was typed of a group, ``项=值，项=值``, by label; None for a part typed without a value.

    Args:
        spec: Of the group.
        text: As typed.
        book: Says which record a word means.
        since: From when what is to come is counted, if not from now.

    Raises:
        UsageError: It cannot be read, or a value of it is wrong.
    """
    made: dict[str, Any] = {}
    for part, value in group_texts(spec, text):
        if not value:
            made.setdefault(part.label, None)
        elif part.many:  # told in several lines
            made[part.label] = [*(made.get(part.label) or ()), *many(part, value, book, since)]
        else:
            made[part.label] = one(part, value, book, since)
    return made


def group_texts(spec: FieldSpec, text: str) -> list[tuple[FieldSpec, str]]:
    """The parts of a group, each with its text as it was typed.

    Raises:
        UsageError: It cannot be read.
    """
    if spec.group is None:
        raise UsageError(f"{spec.label}不是一组明细")
    typed: list[tuple[FieldSpec, str]] = []
    bare = begun = False
    for part, _, piece in parted(spec, text):
        if part is not None:
            typed.append((part, piece))
            bare, begun = False, True
        elif piece == "\n":
            begun = False
        elif not piece.strip() and not begun:
            continue
        elif begun and not _SIGN.search(piece) and (not bare or piece in ",，、"):  # a comma within a value
            typed[-1] = typed[-1][0], typed[-1][1] + piece
        elif not begun and not _SIGN.search(piece) and (first := alone(spec)):  # 水务站 for 部门=水务站
            typed.append((first, piece))
            bare = begun = True
        else:
            raise UsageError(f"{spec.label}要写成 {written(spec)}，看不懂「{piece}」", (spec.label,))
    return [(part, raw.strip(" ,，、")) for part, raw in typed]


def many(spec: FieldSpec, text: str, book: Book, since: datetime | None = None) -> list[Any]:
    """What one text adds to a list: several where items are short words or records, else one.

    Raises:
        UsageError: A value is wrong.
    """
    if spec.type in (FieldType.REF, FieldType.CHOICE):
        return [value for word in pieces(text) for value in _parted(spec, word, book)]
    if spec.spoken and not any(part for part, _, _ in parted(spec, text)):
        return _spoken(spec, spec.spoken, text, book)
    first = alone(spec)
    if first and (first.refs or first.choices) and not _SIGN.search(text):  # they say no more: 水务站、司法所
        return [{first.label: value} for value in many(replace(first, many=True), text, book, since)]
    words = [word for piece in pieces(text) for word in spread(piece)] if spec.words else [text.strip()]
    return [one(spec, word, book, since) for word in words if word]


def _spoken(spec: FieldSpec, spoken: Spoken, text: str, book: Book) -> list[Any]:
    """The items of a list of groups that are told in plain words.

    Raises:
        UsageError: It cannot be told what is meant.
    """
    try:
        told = spoken.read(text)
    except ValueError as error:
        veiled = f"{spec.label}要写成 {spoken.how}"
        raise UsageError(f"{spec.label}：{error}", (spec.label,), veiled=veiled) from None
    parts = {part.label: part for part in (fields_of(spec.group) if spec.group else ())}
    return [
        {
            label: many(parts[label], said, book) if parts[label].many else one(parts[label], said, book)
            for label, said in item.items()
            if said
        }
        for item in told
    ]


def _parted(spec: FieldSpec, word: str, book: Book) -> list[Any]:
    """What a word of an enumeration means; a blank in one that means nothing parts it where every part means something.

    Raises:
        UsageError: It means nothing, whole or parted.
    """
    try:
        return [one(spec, word, book)]
    except UsageError as whole:
        parts = word.split()
        if len(parts) == 1:
            raise
        try:
            return [one(spec, part, book) for part in parts]
        except UsageError:
            if whole.meant:
                raise whole from None
            how = "；写了几个的，用顿号隔开"
            veiled = f"{whole.veiled}{how}" if whole.veiled else ""
            raise UsageError(f"{whole}{how}", (spec.label,), veiled=veiled) from None


def once(spec: FieldSpec, values: Sequence[Any]) -> None:
    """A list of words, choices or records holds each of them once.

    Raises:
        UsageError: One is in it twice.
    """
    if not (spec.words or spec.type in (FieldType.REF, FieldType.CHOICE)):
        return
    read = [as_read(str(value)) for value in values]
    for n, word in enumerate(read):
        if word in read[:n]:
            raise UsageError(f"{spec.label}里已经有「{values[n]}」，不用再写一遍", (spec.label,))


def one(spec: FieldSpec, text: str, book: Book, since: datetime | None = None) -> Any:
    """One typed value of a field, as a file would hold it.

    Args:
        spec: Of the field.
        text: As typed.
        book: Says which record a word means.
        since: From when what is to come is counted, if not from now.

    Raises:
        UsageError: No such choice, no such record, or a group that cannot be read.
    """
    text = text.strip()
    if odd := hidden(text):
        raise UsageError(f"{spec.label}里有看不见的字符 {odd}（多半是粘贴带进来的），请删去后再写", (spec.label,))
    if spec.type is FieldType.CHOICE:
        return _choice(spec, text)
    if spec.type is FieldType.REF:
        return reference(spec, text, book)
    if spec.type is FieldType.GROUP:
        return {label: value for label, value in group_parts(spec, text, book, since).items() if value is not None}
    if spec.privacy is Privacy.IDENTITY:
        return _identity(spec, text)
    if spec.policy and (listed := book.policy(spec.policy)):
        return chosen(text, categories(listed)) or text
    return _legible(spec, text, in_figures(spec, text, Clock.of(book, since)).value)


def _legible(spec: FieldSpec, text: str, read: str) -> str:
    """What was read of a text; of a day that is none the easy ways are told.

    Raises:
        UsageError: It is no day.
    """
    if how := ways(spec):
        from pydantic_core import PydanticCustomError  # it takes ten milliseconds to load, and lists read no text

        try:
            read_text(spec.type, read)
        except PydanticCustomError as error:
            if "应写成" not in error.message():  # it is one that the calendar does not have
                raise UsageError(f"{spec.label}：{error.message()}", (spec.label,)) from None
            what = "日期" if spec.type is FieldType.DAY else "时间"
            raise UsageError(f"{spec.label}：「{text}」不是{what}，可写 {how}", (spec.label,)) from None
    return read


def _identity(spec: FieldSpec, text: str) -> str:
    """An identity number as it is kept.

    Raises:
        UsageError: It is none.
    """
    if wrong := identity_fault(text):
        raise UsageError(f"{spec.label}{wrong}；请核对，不清楚的可以先不填", (spec.label,))
    return read_identity(text)


def understood(specs: Sequence[FieldSpec], typed: Mapping[str, T]) -> dict[str, T | str]:
    """What was typed, words that name nobody as the yes that they mean; what they tell besides stays."""
    made: dict[str, T | str] = {**typed}
    for spec in specs:
        said = typed.get(spec.name)
        if names_nobody(spec, said):
            del made[spec.name]
            made[spec.copy_unless] = "是"
            if str(said).strip() != spec.nobody and spec.described and not typed.get(spec.described):
                made[spec.described] = str(said).strip()
    return made


def names_nobody(spec: FieldSpec, said: object) -> bool:
    """Whether what was typed of a field says that nobody put a name to it."""
    return bool(spec.nobody and isinstance(said, str) and (said.strip() == spec.nobody or unwilling(said)))


def values_of(specs: Sequence[FieldSpec], typed: Typed, book: Book, since: datetime | None = None) -> dict[str, Any]:
    """English names and typed text → Chinese keys and file values, in the order of declaration.

    Args:
        specs: Of the fields.
        typed: By attribute.
        book: Says which record a word means.
        since: From when what is to come is counted, if the fields do not say.
    """
    made: dict[str, Any] = {}
    for spec in specs:
        if spec.name not in typed:
            continue
        value = typed[spec.name]
        start = since or runs_from(spec, typed, book.today)
        if spec.many:
            typed_parts = [value] if isinstance(value, str) else value
            made[spec.label] = [part for text in typed_parts for part in many(spec, text, book, start)]
            once(spec, made[spec.label])
        else:
            made[spec.label] = one(spec, value if isinstance(value, str) else value[-1], book, start)
    return made
