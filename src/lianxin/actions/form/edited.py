"""A record that is changed in a form: its fields as they stand, and what of them was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from msgspec.structs import replace

from lianxin.actions.entry.entry import group_texts, pieces
from lianxin.actions.form.form import Answers, Form
from lianxin.actions.form.wording import in_lines
from lianxin.core.declare.condition import need_of
from lianxin.core.declare.field import FieldSpec, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import FieldType
from lianxin.kinds.life.course import to_correct
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.text.tree import as_text

#: Why what was taken down is corrected: it stands in the trail beside the correction.
_WHY = replace(field("更正理由", help="记在更正里；原来写的也留着"), name="why")


def of_held(book: LedgerBook, kind: Kind, id_: str) -> Form:
    """The fields of a record as they stand.

    Raises:
        LianxinError: There is no such record, or it cannot be read.
    """
    life: Any = book.fold(id_) if kind.conduct else None
    held = as_text(life.record if life else book.record(id_))
    corrected = kind.lifecycle and kind.lifecycle.step("amend")
    if kind.lifecycle and corrected and corrected not in (lawful := kind.lifecycle.lawful(life.state)):
        raise LianxinError(f"{id_} 现在是「{life.state}」，不能「{corrected.label}」{to_correct(lawful)}")
    open_ = (spec for spec in kind.fields if spec.editable and not (corrected and spec.group))  # 更正 changes no group
    specs = [replace(spec, needed=(), copy=(), offer=(), often=False) for spec in open_]
    lacking = [*_lacking(kind, held)]
    reason = [_WHY] if corrected else []
    stands = {spec.name: typed for spec in specs if (typed := as_typed(spec, held.get(spec.label)))}
    title = f"{id_} {book.title(id_)}：修改"
    return Form(
        f"{kind.name}-edit-{id_}",
        f"lianxin {kind.name} edit {id_}",
        title,
        [*reason, *specs],
        stands,
        dict(lacking),
        id=id_,
        alters=True,
    )


def _lacking(kind: Kind, held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Fields that say nothing and are wanted, and before which step: those stand first, where nobody has to look."""
    values = {spec.name: held.get(spec.label) or None for spec in kind.fields}
    values |= {spec.name: values[spec.name] == "是" for spec in kind.fields if spec.type is FieldType.FLAG}
    for spec in kind.fields:
        need = need_of(spec, values) if spec.editable and values[spec.name] is None else None
        if need and need.before:
            yield spec.name, need.before


def as_typed(spec: FieldSpec, value: Any) -> str | list[str]:
    """A value as it would be typed; a line an item, of a group a line a part, where it is told in lines."""
    if value is None or value == []:
        return ""
    if spec.group and spec.many:
        return ["，".join(_parts(spec, one)) for one in value]
    if spec.group:
        return "\n".join(_parts(spec, value))
    if not spec.many:
        return str(value)
    return [*map(str, value)] if in_lines(spec) else "、".join(map(str, value))


def _parts(spec: FieldSpec, value: Mapping[str, Any]) -> Iterator[str]:
    """The parts of a group as they would be typed: 项=值; of a list told in lines, one for each of its items."""
    for part in fields_of(spec.group) if spec.group else ():
        said = as_typed(part, value.get(part.label))
        yield from (f"{part.label}={one}" for one in ([said] if isinstance(said, str) else said) if one)


def changes(form: Form, answers: Mapping[str, str | list[str]]) -> Answers:
    """What of a record was changed, as flags would say it.

    Args:
        form: With what stood there.
        answers: What stands there now.
    """
    made: Answers = {}
    for spec in form.specs:
        before, after = form.offered.get(spec.name, ""), answers.get(spec.name, "")
        if before == after or not (before or after) or spec is _WHY:
            continue
        if not after:
            made[spec.name] = "-"
        elif spec.many:
            made[spec.name] = [*_of_list(spec, before, after)]
        elif spec.group:
            made[spec.name] = _of_group(spec, str(before), str(after))
        else:
            made[spec.name] = after
    return made


def _of_list(spec: FieldSpec, before: str | list[str], after: str | list[str]) -> Iterator[str]:
    """The changes of a list, item by item."""
    was, now = ([*one] if isinstance(one, list) else pieces(one) for one in (before, after))
    if spec.type is not FieldType.GROUP:
        new = [item for item in now if item not in was]
        if now != [item for item in was if item in now] + new:  # in another order
            yield from (f"={item}" for item in now)
            return
        yield from (f"-{n}" for n, item in enumerate(was, 1) if item not in now)
        yield from (f"+{item}" for item in new)
        return
    for how, first, last, begin, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        both = min(last - first, end - begin)
        yield from (f"{first + n + 1}:{_of_group(spec, was[first + n], now[begin + n])}" for n in range(both))
        yield from (f"-{n + 1}" for n in range(first + both, last))
        yield from (f"+{line}" for line in now[begin + both : end])


def _of_group(spec: FieldSpec, before: str, after: str) -> str:
    """The parts of a group that were changed, or taken out; the others stay as their file holds them."""
    try:
        was, now = _by_label(spec, before), _by_label(spec, after)
    except UsageError:  # it is told where the whole is read
        return after
    changed = (label for label in {**was, **now} if was.get(label) != now.get(label))
    return "\n".join(f"{label}={text}" for label in changed for text in now.get(label, ("",)))


def _by_label(spec: FieldSpec, text: str) -> dict[str, list[str]]:
    """What is said of each part of a group."""
    said: dict[str, list[str]] = {}
    for part, one in group_texts(spec, text):
        said.setdefault(part.label, []).append(one)
    return said
