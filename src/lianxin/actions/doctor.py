"""Looking over a machine and a data folder: git, encoding, fonts, locks left behind, the index."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum

from lianxin.actions.export_run import runs, wrong
from lianxin.actions.workspace import Workspace
from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError
from lianxin.formats.typeface import REMEDY, faces
from lianxin.storage.git import Repo
from lianxin.storage.index_store import location
from lianxin.storage.journal import Journal
from lianxin.storage.station import station_of


class Verdict(StrEnum):
    """How an item stands."""

    GOOD = "正常"
    NOTE = "留意"
    BAD = "要治"


@dataclass(frozen=True, slots=True)
class Finding:
    """One item looked at."""

    item: str
    verdict: Verdict
    found: str
    remedy: str = ""


def examine(workspace: Workspace | None) -> list[Finding]:
    """Everything worth knowing, the machine first; ``None`` when there is no data folder here."""
    findings = [*_machine(), *_fonts()]
    if workspace is None:
        findings.append(Finding("台账目录", Verdict.NOTE, "这里没有找到", "用 --data 指明，或 lianxin init 目录 新建"))
        return findings
    return [*findings, *_folder(workspace), *_repository(workspace), *_index(workspace)]


def _machine() -> Iterator[Finding]:
    yield Finding("Python", Verdict.GOOD, platform.python_version())
    if shutil.which("git") is None:
        yield Finding("git", Verdict.BAD, "没有安装", "请安装 git，如 sudo apt install git")
    else:
        version = subprocess.run(["git", "--version"], capture_output=True, check=False, text=True).stdout.strip()
        yield Finding("git", Verdict.GOOD, version.removeprefix("git version "))
    encoding = (sys.stdout.encoding or "").lower()
    wanted = locale.getpreferredencoding(do_setlocale=False)
    if "utf" not in wanted.lower():
        yield Finding("字符编码", Verdict.NOTE, f"系统是 {wanted}", "export LANG=C.UTF-8;lianxin 自己照样输出 UTF-8")
    else:
        yield Finding("字符编码", Verdict.GOOD, encoding or wanted)


def _fonts() -> Iterator[Finding]:
    try:
        found = faces()
    except LianxinError as error:
        yield Finding("中文字体", Verdict.NOTE, "PDF 出不了", str(error))
        return
    if found.chinese:
        yield Finding("中文字体", Verdict.GOOD, found.told)
    else:
        yield Finding("中文字体", Verdict.NOTE, "一种也没有，PDF 出不了", REMEDY)


def _folder(workspace: Workspace) -> Iterator[Finding]:
    root = workspace.root
    yield Finding("台账目录", Verdict.GOOD, str(root))
    try:
        yield Finding("设置", Verdict.GOOD, workspace.office.name)
    except LianxinError as error:
        yield Finding("设置", Verdict.BAD, str(error), "改好 lianxin.yaml")
    mode = stat.S_IMODE(root.stat().st_mode)
    if mode & 0o077:
        yield Finding("目录权限", Verdict.NOTE, f"{mode:o}，别的用户也能看", f"chmod -R go= {root}")
    else:
        yield Finding("目录权限", Verdict.GOOD, f"{mode:o}")
    if not os.access(root, os.W_OK):
        yield Finding("目录可写", Verdict.BAD, "不能写", "请换有权限的用户，或改目录的属主")


def _repository(workspace: Workspace) -> Iterator[Finding]:
    repo = Repo.find(workspace.root)
    if repo is None:
        yield Finding("git 仓库", Verdict.BAD, "台账不在 git 管理之下", "在台账目录里 git init，再提交一次")
        return
    journal = Journal(repo, workspace.root)
    try:
        identity = journal.identity()
        yield Finding("git 身份", Verdict.GOOD, f"{identity.name} <{identity.email}>")
    except LianxinError as error:
        yield Finding("git 身份", Verdict.BAD, "没有设", str(error))
    try:
        yield Finding("git 分支", Verdict.GOOD, journal.branch().removeprefix("refs/heads/"))
    except LianxinError as error:
        yield Finding("git 分支", Verdict.BAD, str(error), "照上面说的做完")
    lock = repo.git_dir / "index.lock"
    if lock.exists():
        yield Finding("暂存区的锁", Verdict.BAD, str(lock), "确认没有别的 git 在运行，再删掉这个文件")
    else:
        yield Finding("暂存区的锁", Verdict.GOOD, "没有遗留")
    yield Finding("站点字母", Verdict.GOOD, station_of(repo))
    yield from _exports(workspace, repo)


def _exports(workspace: Workspace, repo: Repo) -> Iterator[Finding]:
    found = runs(repo)
    for name, run in found.items():
        for told in wrong({name: run}, workspace.now):
            yield Finding(f"导出「{name}」", Verdict.NOTE, told, f"lianxin export {name}")
        if not wrong({name: run}, workspace.now):
            yield Finding(f"导出「{name}」", Verdict.GOOD, f"{run.succeeded}，提交 {run.commit[:10]}")


def _index(workspace: Workspace) -> Iterator[Finding]:
    repo = Repo.find(workspace.root)
    if repo is None:
        return
    path = location(repo)
    if not path.exists():
        yield Finding("索引", Verdict.NOTE, "还没有建", "不用管，下一条命令会建")
        return
    with workspace.book() as book:
        (count,) = book.sql("SELECT count(*) FROM record")[0]
        yield Finding("索引", Verdict.GOOD, f"{count} 条记录，{path.stat().st_size / 1e6:.1f} MB,{path}")
        if book.dirty:
            yield Finding(
                "手工改动", Verdict.NOTE, f"{len(book.dirty)} 个文件没有提交", "lianxin check 后 lianxin commit"
            )
        if book.unreadable():
            yield Finding("读不出的文件", Verdict.BAD, f"{book.unreadable()} 份", "运行 lianxin check 看详情")
