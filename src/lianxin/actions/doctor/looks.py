"""Looking over a machine and a data folder: git, encoding, fonts, locks left behind, the index."""

from __future__ import annotations

import locale
import os
import platform
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from lianxin.actions.doctor.clock import clock
from lianxin.actions.doctor.git import repository
from lianxin.actions.doctor.item import Examined, Health, refused
from lianxin.actions.hand.handedit import by_hand_edited
from lianxin.actions.policy.definition import FIGURES, definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError, reason
from lianxin.formats.paper.typeface import REMEDY, faces
from lianxin.policies.definitions import SHIPPED
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.catalogue import keep_up
from lianxin.storage.git.process.call import call
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location
from lianxin.storage.index.worker import working

#: How many records an index differed in are named.
_NAMED = 20
#: How many figures are named.
_FEW = 4


def examine(workspace: Workspace | None, *, rebuild: bool = False) -> list[Examined]:
    """Everything worth knowing, the machine first; ``None`` when there is no data folder here.

    Args:
        workspace: Where the records are.
        rebuild: Make the index anew, and tell in what it was wrong.
    """
    findings = [*_machine(), *_fonts()]
    if workspace is None:
        findings.append(Examined("台账目录", Health.NOTE, "这里没有找到", "用 --data 指明，或 lianxin init 目录 新建"))
        return findings
    findings += _folder(workspace)
    try:
        repo = Repo.needed(workspace.root)
        made = [*_rebuilt(workspace)] if rebuild else []  # before anything else opens the index
        if rebuild:
            keep_up(repo, whole=True)
        return [*findings, *repository(workspace, repo), *made, *_index(workspace, repo)]
    except LianxinError as error:
        return [*findings, refused("git 仓库", error)]


def _machine() -> Iterator[Examined]:
    yield Examined("Python", Health.GOOD, platform.python_version())
    try:
        version = call(Path("/"), ("--version",)).decode().strip()
        yield Examined("git", Health.GOOD, version.removeprefix("git version "))
    except LianxinError as error:
        yield refused("git", error)
    yield clock()
    encoding = (sys.stdout.encoding or "").lower()
    wanted = locale.getpreferredencoding(do_setlocale=False)
    if "utf" not in wanted.lower():
        yield Examined("字符编码", Health.NOTE, f"系统是 {wanted}", "export LANG=C.UTF-8；lianxin 自己照样输出 UTF-8")
    else:
        yield Examined("字符编码", Health.GOOD, encoding or wanted)


def _fonts() -> Iterator[Examined]:
    """The typefaces of PDF; asked in a process of its own, since Typst aborts the one it is in when memory ends."""
    try:
        with working(_told_faces) as (worker,):
            told = worker.made()
    except LianxinError as error:
        yield Examined("中文字体", Health.NOTE, "PDF 出不了", str(error))
        return
    if told:
        yield Examined("中文字体", Health.GOOD, told)
    else:
        yield Examined("中文字体", Health.NOTE, "一种也没有，PDF 出不了", REMEDY)


def _told_faces() -> Iterator[str]:
    os.environ.pop("RUST_BACKTRACE", None)  # printing one without memory never ends
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # its English is no help
    found = faces()
    yield found.told if found.chinese else ""


def _folder(workspace: Workspace) -> Iterator[Examined]:
    root = workspace.root
    yield Examined("台账目录", Health.GOOD, str(root))
    try:
        yield Examined("设置", Health.GOOD, workspace.office.name)
    except LianxinError as error:
        yield Examined("设置", Health.BAD, str(error), "改好 lianxin.yaml")
    mode = stat.S_IMODE(root.stat().st_mode)
    if mode & 0o077:
        yield Examined("目录权限", Health.NOTE, f"{mode:o}，别的用户也能看", f"chmod -R go= {root}")
    else:
        yield Examined("目录权限", Health.GOOD, f"{mode:o}")
    if not os.access(root, os.W_OK):
        yield Examined("目录可写", Health.BAD, "不能写", "请换有权限的用户，或改目录的属主")


def _index(workspace: Workspace, repo: Repo) -> Iterator[Examined]:
    path = location(repo)
    if not path.exists():
        yield Examined("索引", Health.NOTE, "还没有建", "不用管，下一条命令会建")
        return
    with workspace.book() as book:
        (count,) = book.sql("SELECT count(*) FROM record WHERE NOT voided")[0]
        if not path.is_file():  # it was to be made anew, and could not be written
            yield Examined(
                "索引", Health.NOTE, f"{count} 条记录，索引写不下来，每次现读", f"请检查磁盘和 {path.parent} 的权限"
            )
            return
        yield Examined("索引", Health.GOOD, f"{count} 条记录，{path.stat().st_size / 1e6:.1f} MB，{path}")
        spoilt = book.spoilt()
        if spoilt:
            found = f"{len(spoilt)} 份记录的内容与做的时候不同，如 {spoilt[0]}"
            yield Examined("索引", Health.BAD, found, "lianxin doctor --rebuild 重做")
        if edited := by_hand_edited(book):
            told = f"{len(edited)} 个文件没有收进来"
            yield Examined("手工改动", Health.NOTE, told, "先运行 lianxin check，没有问题再运行 lianxin commit")
        yield from _lent(book)
        if book.unreadable():
            yield Examined("读不出的文件", Health.BAD, f"{book.unreadable()} 份", "运行 lianxin check 看详情")


def _lent(book: LedgerBook) -> Iterator[Examined]:
    """Figures that reports of the tool name and the office's own file, begun earlier, has not."""
    if book.file(FIGURES) is None:
        return
    lent = [name for name, origin in definitions(book).sources.items() if origin == SHIPPED]
    if lent:
        named = "、".join(lent[:_FEW]) + (f"等 {len(lent)} 个" if len(lent) > _FEW else "")
        told = f"{FIGURES} 里没有自带报表要用的{named}，用的是自带的口径"
        yield Examined("数字口径", Health.NOTE, told, f"要用自己的口径，就写进 {FIGURES}；不写也行")


def _rebuilt(workspace: Workspace) -> Iterator[Examined]:
    """The index made anew; it may be opened by nothing before: what is in doubt is made again there without a word."""
    from lianxin.storage.find.store import forget
    from lianxin.storage.git.snapshot import take
    from lianxin.storage.index.remake import remake

    try:
        seen = take(workspace.root)
        made = remake(seen)
        forget(seen)  # what is searched was made of the index; whoever searches next makes it anew
    except (OSError, sqlite3.Error) as error:
        why = reason(error) if isinstance(error, OSError) else "索引写不进去"
        yield Examined("重建索引", Health.BAD, f"没有做成：{why}", "看看磁盘和权限，或等别的 lianxin 命令做完")
        return
    if not made.differing:
        yield Examined("重建索引", Health.GOOD, f"{made.records} 条记录，{made.incomparable or '与原来的一字不差'}")
        return
    named = "、".join(f"{name}（{what}）" for name, what in made.differing[:_NAMED])
    rest = f" 等 {len(made.differing)} 份" if len(made.differing) > _NAMED else ""
    remedy = "现在已经对了；凭原来的索引出过的报表请再出一次，并查一查是谁改的"
    yield Examined("重建索引", Health.BAD, f"原来的索引与记录不符：{named}{rest}", remedy)
