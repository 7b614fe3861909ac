"""What git says when it will not, in Chinese, with what to do about it."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence

from lianxin.core.error import LianxinError, reason, trouble_in

#: Said where contents are asked for that were never fetched.
PARTIAL = (
    "这是部分克隆（git clone --filter），从前的内容没有取全；"
    "请运行 git config --unset remote.origin.partialclonefilter 再 git fetch --refetch 取全"
)
#: Said where history is asked for that was never fetched.
SHALLOW = "这是浅克隆（git clone --depth），从前的历史没有取来；请运行 git fetch --unshallow 取全"
#: Said where contents are asked for that should be there.
DAMAGED = "仓库里有内容缺了或坏了；请运行 git fsck 看看，从备份找回"

#: Patterns of git's messages (``LC_ALL=C``) and what is said instead, with their groups; the first found counts.
_SAYINGS = {
    r"dubious ownership[\s\S]*safe\.directory (.+)": (
        "这个文件夹属于别的用户（优盘、共享盘、WSL 里常这样），git 不肯打开；确是自己的台账，请运行 "
        "git config --global --add safe.directory {0}"
    ),
    r"cannot use bare repository|must be run in a work tree": (
        "台账目录在 git 的内部目录或裸仓库里（里面有 HEAD、objects、refs）；别人发来的文件夹里混进了这几样的，"
        "先把它们删掉，或者换到有工作区的文件夹（git clone 一份）"
    ),
    r"unexpected line in (.*packed-refs)|bad (shallow) line": (
        "git 记着分支和历史的文件坏了（{0}{1}）；请从备份里找回它，或把坏的那一行删掉"
    ),
    r"bad config line (\d+) in file (.+)": "git 的设置写坏了：{1} 第 {0} 行；请改好或删掉这一行",
    r"bad (?:\w+ )*config|invalid value for|unable to parse config": (
        "git 的设置写坏了；请运行 git config --list 看看是哪一项"
    ),
    r"index file (?:corrupt|smaller)|bad (?:index|signature)|index uses": (
        "git 的 index 文件坏了（多半是断过电）；请删掉 .git 里的 index 文件再运行 git reset，记录不会丢"
    ),
    r"Unable to create '(.+\.lock)': File exists|could not lock config file (.+):": (
        "git 正被别的程序锁住（{0}{1}）；确认没有别的 git 在运行后，删掉这个锁再来"
    ),
    r"cannot lock ref": "git 的分支正被别的程序改动；请稍后再来",
    r"insufficient permission": "没有权限写 git 仓库；请检查文件夹的权限",
    r"repository (?:format )?version|unknown repository extension": (
        "这台机器的 git 不认识这个仓库的格式；请把 git 升级"
    ),
    r"promisor|transport '.*' not allowed": PARTIAL,
    r"unable to (?:read|find)|bad (?:object|tree)|corrupt|is empty|missing|valid object|not (?:parse|read)": DAMAGED,
}


class GitError(LianxinError):
    """Git refused. The sentence is ours."""


class DiskError(GitError):
    """The disk would not: to ask again is no use.

    Attributes:
        cause: What the system said.
    """

    def __init__(self, message: str, cause: OSError) -> None:
        super().__init__(message)
        self.cause = cause


def refusal(args: Sequence[str], code: int, error: bytes) -> GitError:
    """A refusal of git's; of what is known, with the remedy.

    Args:
        args: The subcommand with its arguments; settings (``-c KEY=VALUE``) may stand before it.
        error: What git wrote to its stderr.
    """
    text = os.fsdecode(error)
    for pattern, told in _SAYINGS.items():
        if found := re.search(pattern, text):
            return GitError(told.format(*(group or "" for group in found.groups())))
    while args[0] == "-c":
        args = args[2:]
    if cause := trouble_in(text):
        return DiskError(f"git {args[0]} 没有成功：{reason(cause)}", cause)
    return GitError(f"git {args[0]} 没有成功（返回 {code}）；请在台账目录里运行 git status 和 git fsck 看看")


def restored(path: str) -> str:
    """The command that brings a file back as HEAD has it, whatever became of it in the folder or in git's index."""
    return f"git checkout --ignore-skip-worktree-bits HEAD -- {shlex.quote(path)}"
