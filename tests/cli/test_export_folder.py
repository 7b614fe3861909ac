"""Filled forms and the notice board among the exports: committed state only, and what is unchanged untouched."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.test_export import manifest, plan, seen

pytestmark = pytest.mark.slow  # it takes long

PLAN = """方案:
  - 名称: 每晚
    目录: ../导出
    期间: 本周
    保留: 2
    输出:
      - {命令: fill 收件单 --where 状态=待研判, 文件: 收件单.docx}
      - {命令: fill 名册 --kind household --where 所属村=松坪村, 文件: "名册-{期间}.xlsx", 版: 内部}
      - {命令: site, 文件: 公示栏/}
      - {命令: site, 文件: "往期/公示栏-{期间}/"}
"""


@pytest.fixture
def office(desk: Desk) -> Desk:
    desk.take_down()
    (desk.root / "forms").mkdir(exist_ok=True)
    form = docx.Document()
    form.add_paragraph("{{ 编号 }} {{ 事由 }}")
    form.save(str(desk.root / "forms" / "收件单.docx"))
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["{{ 行.序号 }}", "{{ 行.户主 }}"])
    book.save(desk.root / "forms" / "名册.xlsx")
    plan(desk, PLAN)
    return desk


@pytest.fixture
def folder(office: Desk) -> Path:
    office.do("export")
    return office.root.parent / "导出"


def test_forms_and_boards_are_listed_file_by_file_and_verified(office: Desk, folder: Path) -> None:
    files = seen(folder)
    entries = {entry["file"]: entry for entry in manifest(folder)}
    assert entries.keys() == files.keys() - {"manifest.json"}
    assert {"收件单.docx", "名册-2026-W10.xlsx", "公示栏/index.html", "公示栏/site.css"} <= entries.keys()
    commit = office.git("rev-parse", "HEAD").strip()
    for name, entry in entries.items():
        assert entry["sha256"] == sha256(files[name][2]).hexdigest()
        assert entry["commit"] == commit
    assert [part.text for part in docx.Document(str(folder / "收件单.docx")).paragraphs] == [
        "WT-2026-A0001 （个人事项）"  # it waits for triage
    ]
    for name in ("收件单.docx", "名册-2026-W10.xlsx", "公示栏", "公示栏/village/CUN-A0001.html"):
        assert office.do("verify", str(folder / name), today="2026-04-01").out.startswith("一致")
    assert {path.name for path in folder.parent.iterdir()} == {"台账", "导出"}


def test_only_what_was_committed_counts_and_the_rest_is_left_alone(office: Desk, folder: Path) -> None:
    before = seen(folder)
    form = docx.Document()
    form.add_paragraph("改了一半 {{ 编号 }}")
    form.save(str(office.root / "forms" / "收件单.docx"))
    path = next((office.root / "issues").rglob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("一组的渠堵了", "还没写完"), encoding="utf-8")
    office.do("export", today="2026-03-07")
    assert seen(folder) == before
    office.git("checkout", "-q", "--", "issues")
    office.git("commit", "-q", "-a", "-m", "换了表")
    office.do("export", today="2026-03-08")
    after = seen(folder)
    assert {name for name in before if before[name] != after[name]} == {"manifest.json", "收件单.docx"}


def test_a_board_that_changes_keeps_the_files_that_do_not(office: Desk, folder: Path) -> None:
    before = seen(folder)
    office.do("issue", "accept", "1", "--level", "村", *TRIAGE)
    office.do("export")
    after = seen(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert {"公示栏/index.html", "公示栏/village/CUN-A0001.html"} <= changed
    assert not changed & {"公示栏/site.css", "公示栏/site.js", "公示栏/search.js", "名册-2026-W10.xlsx"}
    assert office.do("verify", str(folder / "公示栏")).out.startswith("一致")


def test_a_form_with_nothing_to_fill_in_goes_away(office: Desk, folder: Path) -> None:
    office.do("issue", "accept", "1", "--level", "村", *TRIAGE)
    office.do("export")
    assert not (folder / "收件单.docx").exists()
    assert "收件单.docx" not in {entry["file"] for entry in manifest(folder)}
    office.take_down()
    office.do("export")
    assert "WT-2026-A0002" in docx.Document(str(folder / "收件单.docx")).paragraphs[0].text


def test_a_folder_counts_as_one_of_the_few_that_are_kept(office: Desk, folder: Path) -> None:
    for day in ("2026-03-09", "2026-03-16", "2026-03-23"):
        office.do("export", today=day)
    assert [path.name for path in sorted((folder / "往期").iterdir())] == ["公示栏-2026-W12", "公示栏-2026-W13"]
    assert sorted(path.name for path in folder.glob("名册-*")) == ["名册-2026-W12.xlsx", "名册-2026-W13.xlsx"]
    assert {entry["file"] for entry in manifest(folder)} == seen(folder).keys() - {"manifest.json"}
