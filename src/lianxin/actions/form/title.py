"""People who are named in what is read in public: a title, a matter in a sentence. Said quietly, while it is typed."""

from __future__ import annotations

from lianxin.actions.form.form import Answers, Form
from lianxin.core.text.fold import fold
from lianxin.core.value import FieldType
from lianxin.kinds.inner import PERSONS
from lianxin.storage.book import LedgerBook

#: How long the names of people are.
_LENGTHS = range(2, 5)

_CALLED = """SELECT DISTINCT r.title FROM called AS c JOIN record AS r ON r.id = c.record
WHERE c.kind IN ({}) AND c.word IN ({}) AND NOT r.voided ORDER BY r.id"""


def people_named(form: Form, answers: Answers, book: LedgerBook) -> tuple[str, ...]:
    """What is said of people of the ledger who are named where everybody can read it.

    Args:
        form: Of a new record.
        answers: What stands in it.
        book: Whose people.
    """
    if form.kind is None or form.kind.lifecycle is None:
        return ()
    title = next((spec for spec in form.specs if spec.required and spec.type is FieldType.TEXT and not spec.refs), None)
    text = fold(str(answers.get(title.name, ""))) if title else ""
    parts = [text[at : at + many] for many in _LENGTHS for at in range(len(text) - many + 1)]
    marks = [", ".join("?" * len(some)) for some in (PERSONS, parts)]
    found = book.sql(_CALLED.format(*marks), (*sorted(PERSONS), *parts)) if title and parts else []
    told = "、".join(f"「{name}」" for (name,) in found)
    return (f"{title.label}会公开，里面有姓名{told}，换个说法更稳妥",) if title and told else ()
