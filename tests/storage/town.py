"""A small invented town under real git, for the tests of snapshot, index and book."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from lianxin.storage.book import LedgerBook, open_book

NOW = datetime(2026, 3, 16, 9, 0)

Dump = dict[str, list[tuple[Any, ...]]]

_ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    **{f"GIT_{who}_{what}": "t@town.invalid" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_EDITOR": "true",
}

VILLAGE = (
    "编号: CUN-A0001\n名称: 柳溪村\n乡镇: 云岭镇\n村组:\n  - 一组\n  - 二组\n"
    "历年集体收入:\n  - 年份: 2025\n    集体收入: 35000.50\n"
)
FAR_VILLAGE = "编号: CUN-A0002\n名称: 石桥村\n乡镇: 云岭镇\n村书记: RY-A0002\n"
ORG = "编号: DW-A0001\n名称: 水利站\n层级: 镇\n类别: 涉农\n可承办: 是\n"
OFFICE = "编号: DW-A0002\n名称: 党政办\n层级: 镇\n类别: 党群\n"
PERSON = "编号: RY-A0001\n姓名: 秦小满\n单位: DW-A0002\n身份:\n  - 身份: 办事员\n    自: 2024-01-01\n"
OTHER_PERSON = "编号: RY-A0002\n姓名: 贺立春\n单位: DW-A0001\n职务: 站长\n"
HOUSEHOLD = (
    "编号: HU-A0001\n户主: 丁有田\n所属村: CUN-A0001\n户类别: 低保\n联系人:\n  - RY-A0001\n  - RY-A0002\n"
    "家庭成员:\n  - 姓名: 丁小禾\n    标签:\n      - 学生\n"
)
PAIRING = (
    "编号: JD-A0001\n结对性质: 单位–村\n甲方: DW-A0001\n乙方: CUN-A0001\n开始日期: 2026-01-10\n"
    "共建计划:\n  目标:\n    - 修通水渠\n  项目:\n    - 事项: 清淤\n      完成时限: 2026-05-01\n      资金: 12000\n"
)
WHISTLE = (
    "编号: CS-2026-A0001\n吹哨时间: 2026-03-04 09:00\n吹哨单位: DW-A0002\n事项: 水渠塌方\n"
    "问题:\n  - WT-2026-A0001\n牵头部门: DW-A0001\n报到部门:\n  - 部门: DW-A0001\n    报到时限: 2026-03-05\n"
    "  - 部门: DW-A0002\n    报到时限: 2026-03-05 12:00\n"
    "事件:\n  - 编号: c1\n    步骤: 批准\n    时间: 2026-03-04 09:10\n    记录时间: 2026-03-04 09:10\n"
    "    经办人: RY-A0001\n"
    "  - 编号: c2\n    步骤: 报到\n    时间: 2026-03-04 10:00\n    记录时间: 2026-03-04 10:00\n"
    "    经办人: RY-A0001\n    部门: DW-A0001\n    到场人:\n      - RY-A0002\n"
)

RECORDS = {
    "lianxin.yaml": "单位: 云岭镇党政办\n",
    "villages/CUN-A0001.yaml": VILLAGE,
    "villages/CUN-A0002.yaml": FAR_VILLAGE,
    "orgs/DW-A0001.yaml": ORG,
    "orgs/DW-A0002.yaml": OFFICE,
    "people/RY-A0001.yaml": PERSON,
    "people/RY-A0002.yaml": OTHER_PERSON,
    "households/HU-A0001.yaml": HOUSEHOLD,
    "pairings/JD-A0001.yaml": PAIRING,
    "whistles/2026/CS-2026-A0001.yaml": WHISTLE,
}


def path_of(number: int, year: int = 2026) -> str:
    return f"issues/{year}/WT-{year}-A{number:04d}.yaml"


def event(id_: str, step: str, at: str, *lines: str) -> str:
    own = "".join(f"    {line}\n" for line in lines)
    return f"  - 编号: {id_}\n    步骤: {step}\n    时间: {at}\n    记录时间: {at}\n    经办人: RY-A0001\n{own}"


def issue(number: int, *events: str, summary: str = "", day: str = "2026-03-02", village: int = 1) -> str:
    head = (
        f"编号: WT-{day[:4]}-A{number:04d}\n登记时间: {day} 09:40\n登记人: RY-A0001\n反映时间: {day}\n"
        f"来源渠道: 入户走访\n登记层级: 镇\n反映人: 丁有田\n联系户: HU-A0001\n所属村: CUN-A{village:04d}\n"
        f"事由: {summary or f'水渠漏水第{number}处'}\n原话: 渠里没水,田都裂了\n"
    )
    return head + ("事件:\n" + "".join(events) if events else "")


ACCEPT = event("a1", "受理", "2026-03-02 10:00", "受理层级: 镇", "类别: 水利", "合理性: 合理", "紧急程度: 紧急")
ASSIGN = event("a2", "交办", "2026-03-02 11:00", "责任部门: DW-A0001", "办理时限: 5个工作日", "办结期限: 2026-03-09")
SIGN = event("a3", "签收", "2026-03-02 15:00", "责任人: RY-A0002", "工作标准: 不再漏水")


class Town:
    """A folder of records, in git unless ``bare``.

    Attributes:
        top: The work tree.
        root: The data folder.
    """

    def __init__(self, top: Path, *, inside: str = "", git: bool = True) -> None:
        self.top, self.root = top, top / inside
        self.root.mkdir(parents=True, exist_ok=True)
        if git:
            self.git("init", "-q", "-b", "main")
        self.write(RECORDS)

    def git(self, *args: str, check: bool = True, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["git", *args], cwd=self.top, env=_ENVIRONMENT | (env or {}), capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout

    def write(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str] | None = None) -> str:
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "记录")
        return self.git("rev-parse", "HEAD").strip()

    @contextmanager
    def book(self, *, now: datetime = NOW, commit: str = "") -> Iterator[LedgerBook]:
        with open_book(self.root, today=now.date(), now=now, commit=commit) as book:
            yield book

    def dump(self, commit: str = "") -> Dump:
        """Every table as the book has it."""
        with self.book(commit=commit) as book:
            return dump(book.sql)

    def base(self) -> Dump:
        """Every table as it stands in the file, without this run's edits."""
        (path,) = (self.top / ".git" / "lianxin").glob("index*.db")
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return dump(lambda statement: connection.execute(statement).fetchall())
        finally:
            connection.close()

    def afresh(self, folder: Path) -> Dump:
        """Every table made from nothing but the files on disk."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.root, folder, ignore=shutil.ignore_patterns(".git"))
        with open_book(folder, today=NOW.date(), now=NOW) as book:
            return dump(book.sql)


def dump(sql: Any) -> Dump:
    """Every row of every table; which blob it came from, and what it was made by, left out."""
    tables: Dump = {}
    for (name,) in sql("SELECT name FROM sqlite_master WHERE type = 'table'"):
        known = [column for (column,) in sql(f"SELECT name FROM pragma_table_info('{name}')")]
        columns = [column for column in known if column not in ("blob", "digest")]  # the digest is of the blob too
        if name != "meta":
            listed = ", ".join(f'"{column}"' for column in columns)
            tables[name] = sorted(sql(f'SELECT {listed} FROM "{name}"'), key=repr)
    return tables
