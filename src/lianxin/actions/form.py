"""Ledger forms: the shipped ones, and the office's own, which override or add by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lianxin.core.asset import asset
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Problem
from lianxin.reports.column import near
from lianxin.reports.form import Form, check_form
from lianxin.storage.loading import place
from lianxin.storage.settings import load_model

FOLDER = "forms"


def _load(path: str, file: Path) -> tuple[Form | None, list[Problem]]:
    data = file.read_bytes()
    form, problems = load_model(Form, "表单", path, data)
    if form is not None:
        problems = place(check_form(form), path, data)
    return form, problems


def _own(root: Path) -> Iterator[tuple[str, Form | None, list[Problem]]]:
    for file in sorted((root / FOLDER).glob("*.yaml")):
        path = f"{FOLDER}/{file.name}"
        yield path, *_load(path, file)


def forms(root: Path) -> dict[str, Form]:
    """Every usable form by its name: shipped ones in the order of their names, own ones in their place or after."""
    found: dict[str, Form] = {}
    for file in sorted(asset("ledgers").glob("*.yaml")):
        form, problems = _load(file.name, file)
        if form is None or problems:
            raise LianxinError(f"自带的表单 {file.name} 坏了，请重新安装 lianxin")
        found[form.name] = form
    for _path, form, problems in _own(root):
        if form is not None and not problems:
            found[form.name] = form
    return found


def form_named(root: Path, name: str) -> Form:
    """One form.

    Raises:
        UsageError: None is called so, or it is faulty.
    """
    known = forms(root)
    if name in known:
        return known[name]
    matching = [form for label, form in known.items() if label.removesuffix("台账") == name]
    if len(matching) == 1:
        return matching[0]
    for path, form, problems in _own(root):
        if problems and (Path(path).stem == name or (form and form.name == name)):
            first = problems[0]
            raise UsageError(f"表单有错：{first.place} {first.message}")
    raise UsageError(f"没有「{name}」这种台账{near(name, known)}；不写名字就列出全部")


def form_problems(root: Path) -> list[Problem]:
    """Every fault of the office's own forms."""
    return [problem for _path, _form, problems in _own(root) for problem in problems]
