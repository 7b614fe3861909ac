"""Who commits, and on which branch: what git must know before anything is written."""

from __future__ import annotations

import re

from lianxin.core.error import LianxinError
from lianxin.storage.git.head import astray, branch_of, under_way
from lianxin.storage.git.repo import GitError, Repo
from lianxin.storage.write.stream import Identity


def identity_of(repo: Repo) -> Identity:
    """Git's committer identity.

    Raises:
        LianxinError: Git does not know who commits.
    """
    try:
        told = repo.run("var", "GIT_COMMITTER_IDENT")
    except GitError:
        raise LianxinError(
            '还没有告诉 git 您是谁；请先运行 git config --global user.name "您的姓名" 和 user.email'
        ) from None
    try:
        line = told.decode()
    except UnicodeDecodeError:
        name = told.decode("gb18030", errors="replace").partition(" <")[0]
        raise LianxinError(
            f"git 里您的姓名不是用 UTF-8 存的（像是 GBK 的「{name}」），没有写入；"
            f'请在台账目录里运行 git config user.name "{name}" 重设一遍'
        ) from None
    found = re.match(r"(.*) <(.*)> (\d+ [+-]\d{4})\s*\Z", line)
    if not found:
        raise LianxinError("看不懂 git 的提交人身份，请检查 git config user.name 和 user.email")
    return Identity(found[1], found[2], found[3])


def stand(repo: Repo) -> tuple[str, str]:
    """The full name of the branch in hand, and the commit it stands on; empty where none was ever made.

    Raises:
        LianxinError: HEAD is detached, a merge or rebase is under way, or only other branches have commits.
    """
    if begun := under_way(repo.git_dir):
        word, stop = begun
        raise LianxinError(f"git 正在{word}，还没做完；请先做完（git status 会告诉怎么做）或放弃（{stop}），再来记录")
    name, commit = branch_of(repo.git_dir), repo.head()
    if not name:
        raise LianxinError("现在不在任何分支上，记下的内容会丢；请先 git switch 回到平时用的分支")
    if not commit and (stray := astray(repo.git_dir, repo.common_dir)):
        raise LianxinError(f"没有写入：{stray}")
    return name, commit
