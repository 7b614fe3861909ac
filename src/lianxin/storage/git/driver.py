"""Git's merge driver for records: that a clone knows it, and that the folder names it.

A clone does not copy settings. Where one lacks the driver, git falls back to its own merge of lines, which stops at two
steps written at one place; ``merge=binary``, which earlier ledgers named, keeps one side without a mark.
"""

from __future__ import annotations

import shlex
import sys

from lianxin.storage.git.config import configure
from lianxin.storage.git.disk import read_file
from lianxin.storage.git.repo import Repo

NAME = "lianxin"
KEY = f"merge.{NAME}.driver"
#: What git calls, a command that is told of to nobody.
COMMAND = "merge-driver"
#: What ``.gitattributes`` of a ledger says.
ATTRIBUTES = "# 原样保存，不改换行；记录由连心合并，不按行合\n* -text\n*.yaml merge=lianxin\n"
#: What it said in earlier ledgers.
EARLIER = "# 原样保存，不改换行；记录不按行合并\n* -text\n*.yaml merge=binary\n"
_UNKNOWN = "这台电脑还没有设好合并的办法，用别的 git 程序合并会合不到一起；运行一次 lianxin sync 就设好了"


def command() -> str:
    """What git is to run."""
    return f"{shlex.quote(sys.executable)} -m lianxin {COMMAND} %O %A %B %P"


def set_up(repo: Repo) -> None:
    """Have git in this clone know the driver."""
    if not ours(repo):
        configure(repo, (f"merge.{NAME}.name", "连心：记录按步骤和栏目合并"), (KEY, command()))


def ours(repo: Repo) -> bool:
    """Whether the driver that git knows is this one."""
    return _known(repo) == command()


def _known(repo: Repo) -> str:
    """What stands in the clone's own settings: every git that is called here is told of another."""
    file = str(repo.common_dir / "config")
    return repo.run("config", "--file", file, "--get", KEY, check=False).decode(errors="replace").strip()


def unmet(repo: Repo) -> str:
    """What every command that writes says where this clone meets others and lacks the driver; nothing is run for it."""
    held = read_file(repo.common_dir / "config") or b""
    if b"[remote" not in held or f'[merge "{NAME}"]'.encode() in held:
        return ""
    return _UNKNOWN


def lacking(repo: Repo) -> str:
    """What is wanting, and how it is mended; empty where nothing is."""
    if not _known(repo):
        return _UNKNOWN
    told = repo.run("check-attr", "-z", "merge", "--", f"{repo.prefix}issues/x.yaml").decode(errors="replace")
    if told.split("\0")[2:3] != [NAME]:
        return ".gitattributes 没有写记录怎么合并，用别的 git 程序合并会丢一边；运行一次 lianxin sync 就写好了"
    return ""
