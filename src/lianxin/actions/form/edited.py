"""A record that is changed in a form: its fields as they stand, and what of them was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from msgspec.structs import replace

from lianxin.actions.entry.entry import group_texts, pieces
from lianxin.actions.form.form import Answers, Form
from lianxin.core.declare.field import FieldSpec, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.text.tree import as_text

#: Why what was taken down is corrected: it stands in the trail beside the correction.
_WHY = replace(field("更正理由", help="记在更正里；原来写的也留着"), name="why")


def of_held(book: LedgerBook, kind: Kind, id_: str) -> Form:
    """The fields of a record as they stand.

    Raises:
        LianxinError: There is no such record, or it cannot be read.
    """
    held = as_text(book.fold(id_).record if kind.conduct else book.record(id_))
    specs = [replace(spec, needed=(), copy=(), offer=(), often=False) for spec in kind.fields if spec.editable]
    reason = [_WHY] if kind.lifecycle and kind.lifecycle.step("amend") else []
    stands = {spec.name: typed for spec in specs if (typed := _as_typed(spec, held.get(spec.label)))}
    title = f"{id_} {book.title(id_)}：修改"
    return Form(f"{kind.name}-edit-{id_}", f"lianxin {kind.name} edit {id_}", title, [*reason, *specs], stands, id=id_)


def _as_typed(spec: FieldSpec, value: Any) -> str | list[str]:
    """A value as it would be typed; of a list of groups, a line each."""
    if value is None or value == []:
        return ""
    if spec.group is None:
        return "、".join(map(str, value)) if spec.many else str(value)
    return [_group(spec, one) for one in value] if spec.many else _group(spec, value)


def _group(spec: FieldSpec, value: Mapping[str, Any]) -> str:
    """A group as it would be typed: 项=值，项=值. What is deeper than that stays as it is."""
    parts = fields_of(spec.group) if spec.group else ()
    said = ((part, value.get(part.label)) for part in parts if part.group is None)
    return "，".join(f"{part.label}={_as_typed(part, one)}" for part, one in said if one not in (None, [], ""))


def changes(form: Form, answers: Mapping[str, str | list[str]]) -> Answers:
    """What of a record was changed, as flags would say it.

    Args:
        form: With what stood there.
        answers: What stands there now.
    """
    made: Answers = {}
    for spec in form.specs:
        before, after = form.offered.get(spec.name, ""), answers.get(spec.name, "")
        if before == after or spec is _WHY:
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
            yield f"={'、'.join(now)}"
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
        was, now = ({part.label: text for part, text in group_texts(spec, one)} for one in (before, after))
    except UsageError:  # it is told where the whole is read
        return after
    return "，".join(f"{label}={now.get(label, '')}" for label in {**was, **now} if was.get(label) != now.get(label))
