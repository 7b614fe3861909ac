"""The shipped forms, and forms written out in tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lianxin.core.document import Document
from lianxin.reports.ledger.form import Form
from lianxin.storage.read.reading import read_yaml

ROOT = Path(__file__).parents[2]

Golden = Callable[[str, Document], None]


def form(name: str) -> Form:
    return parsed((ROOT / "templates" / "ledgers" / f"{name}.yaml").read_text("utf-8"))


def parsed(text: str) -> Form:
    return Form.model_validate(read_yaml(text.encode()), by_alias=True, by_name=False)
