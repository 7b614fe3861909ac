"""Ledger forms: shipped ones, those of campaigns in force, and the office's own; later ones override by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from lianxin.core.asset import asset
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Column, Document, Table
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Problem
from lianxin.kinds import kind_named
from lianxin.reports.column import near
from lianxin.reports.document import document_of
from lianxin.reports.ledger.form import Form, check_form
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.loading import place
from lianxin.storage.settings import load_model

FOLDER = "forms"
#: The ledger that is looked for first.
_FIRST = "问题台账"


def _load(path: str, data: bytes) -> tuple[Form | None, list[Problem]]:
    form, problems = load_model(Form, "表单", path, data)
    if form is not None:
        problems = place(check_form(form), path, data)
    return form, problems


def _own(book: LedgerBook) -> Iterator[tuple[str, Form | None, list[Problem]]]:
    packs = book.files("campaigns") if book.campaigns else []
    for name in book.campaigns:
        for path, data in packs:
            if path.startswith(f"campaigns/{name}/{FOLDER}/"):
                yield path, *_load(path, data)
    for path, data in book.files(FOLDER):
        yield path, *_load(path, data)


@cache
def _shipped(name: str) -> Form:
    file = asset("ledgers", f"{name}.yaml")
    form, problems = _load(file.name, file.read_bytes())
    if form is None or problems:
        raise LianxinError(f"自带的表单 {file.name} 坏了，请重新安装 lianxin")
    return form


def _usable(book: LedgerBook) -> dict[str, Form | None]:
    """Every usable form by its name, and None for a shipped one that was not read yet: its file is called like it."""
    names = sorted((file.stem for file in asset("ledgers").glob("*.yaml")), key=lambda name: (name != _FIRST, name))
    found: dict[str, Form | None] = dict.fromkeys(names)
    return found | {form.name: form for _path, form, problems in _own(book) if form is not None and not problems}


def form_names(book: LedgerBook) -> Collection[str]:
    """What usable forms are called: 问题台账, other shipped ones by name, others in their place or after."""
    return _usable(book).keys()


def forms(book: LedgerBook) -> dict[str, Form]:
    """Every usable form by its name, in the same order."""
    return {name: form or _shipped(name) for name, form in _usable(book).items()}


def form_named(book: LedgerBook, name: str) -> Form:
    """One form.

    Raises:
        UsageError: None is called so, or it is faulty.
    """
    known = _usable(book)
    matching = [name] if name in known else [label for label in known if label.removesuffix("台账") == name]
    if len(matching) == 1:
        return known[matching[0]] or _shipped(matching[0])
    for path, form, problems in _own(book):
        if problems and (Path(path).stem == name or (form and form.name == name)):
            first = problems[0]
            raise UsageError(f"表单有错：{first.place} {first.message}")
    raise UsageError(f"没有「{name}」这种台账{near(name, known)}；不写名字就列出全部")


def listed_kind(book: LedgerBook, name: str) -> Kind:
    """The kind of the records a usable form lists.

    Raises:
        UsageError: There is no such form.
    """
    kind = kind_named(form_named(book, name).kind)
    if kind is None:  # a usable form has one
        raise LookupError(name)
    return kind


def form_problems(book: LedgerBook) -> list[Problem]:
    """Every fault of the office's own forms and of its campaigns'."""
    return [problem for _path, _form, problems in _own(book) for problem in problems]


def listed(book: LedgerBook, *, plain: bool = False) -> Document:
    """Every ledger there is, and what it is for."""
    columns = (Column("台账", "name"), Column("种类", "kind"), Column("说明", "help"), Column("栏数", "columns"))
    rows = [(form.name, form.kind, form.help, len(form.columns)) for form in forms(book).values()]
    return document_of(book, "台账清单", (Table(columns, rows),), "ledgers", plain=plain)
