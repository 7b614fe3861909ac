"""Workbooks of WPS and of old Excel, as LibreOffice writes them: read alike, whatever they are called."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from tests.actions.bring import workbooks
from tests.cli.desk import Desk, lianxin

from lianxin.storage.sheet.reading import read_sheets

pytestmark = pytest.mark.slow  # LibreOffice, a whole office

TODAY = "2026-12-01"


def converted(path: Path, folder: Path) -> Path:
    words = ("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "xls")
    subprocess.run((*words, "--outdir", folder, path), check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.xls"


def test_an_xls_says_what_the_xlsx_said_and_an_et_what_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "旧"
    folder.mkdir()
    path = workbooks.projects(tmp_path)
    (old,), (new,) = read_sheets(converted(path, folder)), read_sheets(path)
    assert (old.name, sorted(old.merged)) == (new.name, sorted(new.merged))
    width = max(map(len, new.rows))
    assert [[*row, *[""] * (width - len(row))] for row in old.rows] == [[*row] for row in new.rows]
    assert old.from_1904 is None  # a bare number there is no day
    for source, name in ((old, folder / "项目.xls"), (new, path)):
        wps = tmp_path / f"{name.suffix[1:]}.et"
        shutil.copy(name, wps)
        (sheet,) = read_sheets(wps)
        assert sheet.rows == source.rows


def total(desk: Desk, ledger: str, label: str) -> Decimal:
    """What the rows of a ledger have under a heading, added up."""
    printed = desk.do("--internal", "ledger", ledger, "-f", "csv", today=TODAY).out.lstrip("\ufeff")
    return sum((Decimal(row[label] or 0) for row in csv.DictReader(io.StringIO(printed))), Decimal(0))


def test_the_ledgers_of_one_office_are_the_old_tables_of_another(tmp_path: Path) -> None:
    """Whole ledgers of the sample come back: as many records, the same totals, nothing amiss."""
    assert lianxin("demo", "样例", cwd=tmp_path, today="").code == 0
    sample = Desk.copied(tmp_path / "样例", tmp_path / "原来")
    office = Desk(tmp_path / "新台账")
    lists = {
        "village": "名称,类型,乡镇,代码,村组,户数,人口,村情类别,村书记",
        "org": "名称,简称,层级,类别,所在村,上级单位,负责人,电话,可承办",
        "person": "姓名,单位,职务,职级,任职日期,出生年份,电话,入党日期,技能",
    }
    for kind, columns in lists.items():
        sample.do(kind, "list", "--columns", columns, "--internal", "-o", str(tmp_path / f"{kind}.xlsx"), today=TODAY)
        office.do("import", str(tmp_path / f"{kind}.xlsx"), "--yes", today=TODAY)
    ledgers = {
        "联系户台账": (),
        "走访台账": ("--map", "户主=走访户+见到的人"),
        "项目资金台账": ("--year", "2026"),  # it does not say which year the money is planned for
        "资金拨付台账": (),
        "问题台账": ("--good-only",),
    }
    for ledger, words in ledgers.items():
        sample.do("ledger", ledger, "--internal", "-o", str(tmp_path / f"{ledger}.xlsx"), today=TODAY)
        office.do("import", str(tmp_path / f"{ledger}.xlsx"), *words, "--yes", today=TODAY)
    for kind, left in (("household", 0), ("visit", 0), ("project", 0), ("issue", 2)):  # two without a name or 匿名
        many = [len(one.do("--json", kind, "list", today=TODAY).json["data"]["items"]) for one in (sample, office)]
        voided = 2 if kind == "issue" else 0
        assert many[0] - many[1] in (left, left + voided), kind
    for ledger, label in (("项目资金台账", "计划资金"), ("项目资金台账", "已付资金"), ("资金拨付台账", "金额")):
        assert total(office, ledger, label) == total(sample, ledger, label) > 0
    assert "没有问题" in office.do("check", today=TODAY).out
