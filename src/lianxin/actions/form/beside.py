"""What is to be known of a field beside what stands in it: what goes with a change, whose else a name or number is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.actions.form.form import Form
from lianxin.core.declare.field import FieldSpec
from lianxin.core.text.fold import fold
from lianxin.core.text.telephone import read_phone
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.candidate import apart

#: Those who have a telephone of their own.
_HOLDERS = ("household", "person")
_CALLED = """SELECT DISTINCT r.id FROM called AS c JOIN record AS r ON r.id = c.record
WHERE c.kind = ? AND c.word = ? AND r.id <> ? AND NOT r.voided ORDER BY length(r.id), r.id"""
#: So many are named.
_MOST = 3


def led(form: Form, spec: FieldSpec, made: Mapping[str, Any]) -> FieldSpec | None:
    """The field that one goes with, where that is changed in a record.

    Args:
        form: What is asked.
        spec: The field.
        made: What is known of all, by label, as files hold it.
    """
    found = next((one for one in form.specs if spec.follows and one.name == spec.follows), None)
    if not form.alters or found is None or not form.offered.get(found.name):
        return None
    return None if made.get(found.label) in (None, form.offered[found.name]) else found


def going(form: Form, spec: FieldSpec, text: str | list[str], made: Mapping[str, Any]) -> str:
    """What is said of a field that goes with one that is changed, and stands as it stood."""
    with_ = led(form, spec, made)
    if with_ is None or text != form.offered.get(spec.name, ""):
        return ""
    if text:
        return f"{with_.label}换了，这里还是原来的；要换的一起改"
    return spec.help if spec.type is FieldType.DAY else ""


def also(form: Form, spec: FieldSpec, made: Mapping[str, Any], book: LedgerBook) -> str:
    """Whose else a telephone is, or the name of a household's head or of a person; empty where nobody's."""
    kind = form.kind or (kind_of(form.id) if form.id and form.alters else None)
    said = made.get(spec.label)
    if kind is None or not isinstance(said, str) or said == form.offered.get(spec.name):
        return ""
    if spec.type is FieldType.PHONE:
        named = {form.id, *(str(made.get(one.label)) for one in form.specs if one.refs)}
        found = [id_ for id_ in _phoned(book, said) if id_ not in named]
        return f"这个电话也是{_listed(book, found)}的" if found else ""
    if kind.name not in _HOLDERS or spec.label not in ("户主", "姓名"):
        return ""
    found = [str(id_) for (id_,) in book.sql(_CALLED, (kind.name, fold(said), form.id))]
    return f"已有同名的：{_listed(book, found)}" if found else ""


def _phoned(book: LedgerBook, said: str) -> Iterator[str]:
    for holder in _HOLDERS:
        number = read_phone(said) or said
        for (id_,) in book.sql(f"SELECT id FROM {holder} WHERE phone = ? ORDER BY id", (number,)):  # noqa: S608 - ours
            yield str(id_)


def _listed(book: LedgerBook, found: list[str]) -> str:
    told = []
    for id_ in found[:_MOST]:
        kind = kind_of(id_)
        where, _ = apart(book.sql, id_, kind.name if kind else "")
        told.append(f" {book.title(id_)}（{'，'.join((id_, *where))}）")
    return "、".join(told) + (f" 等 {len(found)} 个" if len(found) > _MOST else "")
