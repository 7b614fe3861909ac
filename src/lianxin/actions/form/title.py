"""Who is named, and which numbers stand, in what is read in public: a title, a matter in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.actions.form.form import Answers, Form
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.text.fold import fold
from lianxin.core.text.personal import find
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.kinds.inner import PERSONS
from lianxin.storage.book import LedgerBook

#: How long the names of people are.
_LENGTHS = range(2, 5)

_CALLED = """SELECT DISTINCT r.title FROM called AS c JOIN record AS r ON r.id = c.record
WHERE c.kind IN ({}) AND c.word IN ({}) AND NOT r.voided ORDER BY r.id"""


def title_of(form: Form) -> FieldSpec | None:
    """The field that all may read, of the record that a form makes, changes or corrects; None: it has none."""
    kind = form.kind or (kind_of(form.id) if form.id and form.alters else None)
    if kind is None or kind.lifecycle is None:
        return None
    return next((spec for spec in kind.fields if spec.required and spec.type is FieldType.TEXT and not spec.refs), None)


def exposed(title: FieldSpec, text: str, names: Sequence[str], book: LedgerBook) -> str:
    """What is said of people and numbers in what everybody can read; empty where there are none.

    Args:
        title: The field.
        text: What stands in it.
        names: Of people whom the form tells of and the ledger may not know.
        book: Whose people.
    """
    read = fold(text)
    parts = [read[at : at + many] for many in _LENGTHS for at in range(len(read) - many + 1)]
    marks = [", ".join("?" * len(some)) for some in (PERSONS, parts)]
    known = book.sql(_CALLED.format(*marks), (*sorted(PERSONS), *parts)) if parts else []
    people = [*(str(name) for (name,) in known), *(name for name in names if fold(name) in read)]
    told = [f"姓名「{name}」" for name in dict.fromkeys(people)]
    told += [f"{one.sort}「{text[one.start : one.end]}」" for one in find(text)]
    return f"{title.label}会公开，里面有{'、'.join(told)}，换个说法更稳妥" if told else ""


def names_in(form: Form, texts: Mapping[str, str | list[str]]) -> list[str]:
    """The names of people that a form tells of in fields of their own."""
    fields = (spec for spec in form.specs if spec.privacy is Privacy.NAME)
    said = (texts.get(spec.name, "") for spec in fields)
    words = [word for text in said for word in ([text] if isinstance(text, str) else text)]
    return [word for word in words if len(word) in _LENGTHS]


def told_in_public(form: Form, answers: Answers, book: LedgerBook) -> tuple[str, ...]:
    """What is said of the title of a form before it is written, ``exposed``; of a correction, of its new value."""
    title = title_of(form)
    if title is None:
        return ()
    corrects = form.step is not None
    name = "value" if corrects else title.name
    if (corrects and answers.get("field") != title.label) or answers.get("event"):
        return ()
    text = str(answers.get(name, ""))
    return tuple(filter(None, (exposed(title, text, names_in(form, answers), book),))) if text else ()
