"""What the rooms keep to that no import contract can say: commands build no pages and put no queries."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import lianxin
from lianxin.core.declare.lifecycle import Lifecycle
from lianxin.kinds import KINDS

ROOT = Path(lianxin.__file__).parent

#: What a statement of SQL has and a sentence has not.
SQL = re.compile(r"\b(?:SELECT|CASE WHEN|json_extract)\b|\bIN \(|base_state")

COMMANDS = sorted((ROOT / "cli").rglob("*.py"))


def imported(tree: ast.Module, module: str) -> Iterator[str]:
    """Names taken from a module; the module's own where all of it is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == module:
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name == module)


def texts(tree: ast.Module) -> Iterator[str]:
    """Every literal text, docstrings left out."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_command_builds_no_page_and_puts_no_query(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert {*imported(tree, "lianxin.core.document")} <= {"Document", "Face"}
    assert not {*imported(tree, "sqlite3"), *imported(tree, "lianxin.core.book")}
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not [one for one in called if isinstance(one, ast.Name) and one.id == "Document"]
    assert not [one for one in called if isinstance(one, ast.Attribute) and one.attr == "sql"]
    assert not [text for text in texts(tree) if SQL.search(text)]


def test_a_kind_with_a_folder_says_what_it_knows_of_sql_in_one_file() -> None:
    folders = [file for file in (ROOT / "kinds").glob("*/*.py") if file.name != "column.py"]
    assert folders
    found = {file.name for file in folders for text in texts(ast.parse(file.read_text("utf-8"))) if SQL.search(text)}
    assert not found


def lives() -> Iterator[Lifecycle]:
    for kind in KINDS:
        if kind.lifecycle is not None:
            yield kind.lifecycle


@pytest.mark.parametrize(
    "room", ["core", "kinds", "policies", "storage", "formats", "reports", "rules", "actions", "cli"]
)
def test_no_statement_spells_a_state_that_a_kind_declares(room: str) -> None:
    words = {str(state) for life in lives() for state in life.states} | {
        step.label for life in lives() for step in life.steps
    }
    spelt = re.compile(f"'(?:{'|'.join(sorted(words))})'")
    found = [
        f"{file.relative_to(ROOT)}: {text.strip()[:60]}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for text in texts(ast.parse(file.read_text(encoding="utf-8")))
        if spelt.search(text)
    ]
    assert found == []
