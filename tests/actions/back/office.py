"""The sample's office, which sends its ledgers out; and a department that fills them in, well or badly."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.cli.desk import ENVIRONMENT

from lianxin.actions.back.difference import difference
from lianxin.actions.back.receive import Accepts, Received, clean, receive
from lianxin.actions.back.send import recipient, send
from lianxin.actions.back.told import Difference
from lianxin.actions.policy.form import form_named
from lianxin.actions.workspace import Workspace
from lianxin.core.document import Face
from lianxin.core.filter import parse_filters
from lianxin.core.sheet import letter
from lianxin.reports.ledger.ledger import ledger
from lianxin.storage.sheet.reading import read_sheets

NOW = datetime(2026, 12, 1, 10, 20)
SAMPLE = Path(__file__).parents[3] / "data"
#: The department: 岫水镇平安法治办公室.
DEPT = "DW-A0006"


class Office:
    """One ledger, all of it committed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.times = 0

    @classmethod
    def sample(cls, root: Path) -> Office:
        shutil.copytree(SAMPLE, root)
        for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "样例")):
            subprocess.run(("git", *words), cwd=root, check=True, env={"PATH": "/usr/bin:/bin", **ENVIRONMENT})
        for key, value in (("user.name", "办公室"), ("user.email", "office@example.invalid")):
            subprocess.run(("git", "config", key, value), cwd=root, check=True)
        return cls(root)

    def copied(self, root: Path) -> Office:
        shutil.copytree(self.root, root)
        return Office(root)

    def workspace(self, now: datetime = NOW) -> Workspace:
        self.times += 1
        return Workspace(self.root, now, machine=now, command=f"c{self.times:03}")

    def send(self, path: Path, name: str, *where: str, to: str = DEPT, face: Face = Face.INTERNAL) -> Path:
        with self.workspace().book() as book:
            form = form_named(book, name)
            him = recipient(book, form, to)
            document = ledger(book, form, filters=parse_filters(where) or him.filters)
            path.write_bytes(send(book, form, document, him, face))
        return path

    def look(self, path: Path) -> Difference:
        with self.workspace().book() as book:
            return difference(book, read_sheets(path, hidden=True))

    def take(self, path: Path, accepts: Accepts = clean, *, dry_run: bool = False) -> Received:
        return receive(self.workspace(), read_sheets(path, hidden=True), accepts, dry_run=dry_run)

    def events(self, id_: str) -> list[Any]:
        with self.workspace().book() as book:
            record: Any = book.record(id_)
            return list(record.events)

    def held(self, id_: str) -> dict[str, Any]:
        with self.workspace().book() as book:
            return dict(book.held(id_)[2])

    def subject(self) -> str:
        words = ("git", "log", "-1", "--format=%s")
        return subprocess.run(words, cwd=self.root, capture_output=True, check=True, text=True).stdout.strip()

    def head(self) -> str:
        words = ("git", "rev-parse", "HEAD")
        return subprocess.run(words, cwd=self.root, capture_output=True, check=True, text=True).stdout.strip()


class Department:
    """Works on the sheet it was sent."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path)
        sheet = self.book.worksheets[0]
        assert isinstance(sheet, Worksheet)
        self.sheet = sheet

    def column(self, label: str) -> int:
        """The last of that heading; from 1."""
        for row in self.sheet.iter_rows(max_row=6):
            for cell in reversed(row):
                if cell.value == label and cell.column:
                    return int(cell.column)
        raise AssertionError(label)

    def row(self, id_: str) -> int:
        """Where a record stands, by the hidden column; from 1."""
        for row in self.sheet.iter_rows():
            if str(row[-1].value).startswith(f"{id_}·") and row[-1].row:
                return int(row[-1].row)
        raise AssertionError(id_)

    def fill(self, id_: str, label: str, value: object) -> str:
        """Write something; where that is, as it is told: ``第 7 行 E 列「电话」``."""
        row, column = self.row(id_), self.column(label)
        self.sheet.cell(row, column).value = value  # type: ignore[assignment]
        return f"第 {row} 行 {letter(column - 1)} 列「{label}」"

    def cells(self, row: int) -> list[Any]:
        return [cell.value for cell in self.sheet[row]]

    def done(self, path: Path | None = None) -> Path:
        self.book.save(path or self.path)
        return path or self.path


def filled(path: Path, fill: Callable[[Department], object]) -> Path:
    department = Department(path)
    fill(department)
    return department.done()


def rows_of(department: Department) -> list[list[Any]]:
    """What stands in the rows that tell of records."""
    found = [[cell.value for cell in row] for row in department.sheet.iter_rows()]
    return [cells for cells in found if len(str(cells[-1])) > len("·") and cells[1]]
