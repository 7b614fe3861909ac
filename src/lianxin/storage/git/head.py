"""Where HEAD stands, read from the files of the git folder: a branch, half of a merge, nowhere.

Git takes a branch whose file is spoilt for one without a commit, and a folder whose HEAD is spoilt for no repository.
Whoever believes it counts every record as new, or writes none down. A power cut leaves both.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

from lianxin.storage.git.process.call import call
from lianxin.storage.git.process.guard import SHARED
from lianxin.storage.git.process.trouble import GitError

#: What git leaves in its folder while it is at something, what that is, and how it is given up.
_UNDER_WAY = (
    ("MERGE_HEAD", "合并", "git merge --abort"),
    ("rebase-merge", "变基", "git rebase --abort"),
    ("rebase-apply/applying", "打补丁", "git am --abort"),
    ("rebase-apply", "变基", "git rebase --abort"),
    ("CHERRY_PICK_HEAD", "摘取", "git cherry-pick --abort"),
    ("REVERT_HEAD", "撤销", "git revert --abort"),
    ("sequencer", "摘取或撤销", "git cherry-pick --abort"),
    ("BISECT_LOG", "二分查找", "git bisect reset"),
)
_HEADS = "refs/heads/"
_LINK = "ref: "
_NEVER = "0"


class LostError(GitError):
    """There are commits, and HEAD leads to none."""


def branch_of(git_dir: Path) -> str:
    """The full name of the branch in hand; empty when HEAD stands on a commit."""
    head = _text(git_dir / "HEAD")
    return head.removeprefix(_LINK).strip() if head.startswith(f"{_LINK}{_HEADS}") else ""


def under_way(git_dir: Path) -> tuple[str, str] | None:
    """What git has begun and not finished, and the command that gives it up."""
    for mark, word, stop in _UNDER_WAY:
        if (git_dir / mark).exists():
            return word, stop
    return None


def refuse_lost(root: Path, git_dir: Path, common_dir: Path) -> None:
    """HEAD names no commit: that is as it should be only where none was ever made.

    Args:
        root: The data folder, or the work tree's root.
        git_dir: Of this work tree.
        common_dir: Of all of them.

    Raises:
        LostError: There are some.
    """
    name = branch_of(git_dir)
    short, ref = name.removeprefix(_HEADS), common_dir / name
    others = sorted(_branches(common_dir) - {name})
    last = _last(root, common_dir / "logs" / name) if name else ""
    if not name:
        raise LostError(f"{git_dir / 'HEAD'} 坏了（多半是断过电），指不到提交；{_switched(git_dir, others)}")
    if ref.is_file():
        told = f"分支 {short} 的文件坏了（多半是断过电）：{ref}"
        if _text(ref).strip().isalnum() and last:
            told = f"分支 {short} 最近的提交缺了或坏了（多半是断过电），完好的最近一次是 {last[:10]}"
        raise LostError(f"{told}；{_set(name, last, f'rm {shlex.quote(str(ref))} && ')}")
    if last or (not others and (last := _last(root, git_dir / "logs" / "HEAD"))):
        raise LostError(f"分支 {short} 不见了，它的提交还在；{_set(name, last)}")


def astray(git_dir: Path, common_dir: Path) -> str:
    """What is said of a branch without a commit while others have some; empty when there are none."""
    name = branch_of(git_dir)
    others = sorted(_branches(common_dir) - {name})
    if not others:
        return ""
    names = "、".join(one.removeprefix(_HEADS) for one in others)
    told = f"现在的分支 {name.removeprefix(_HEADS)} 还没有提交，台账在别的分支上（{names}）"
    return f"{told}；{_switched(git_dir, others)}"


def refuse_unknown(root: Path, top: Path | None = None) -> None:
    """A folder that holds a git folder must be one that git knows.

    Args:
        root: The data folder.
        top: The work tree that git found around it; None when it found none.

    Raises:
        LostError: Git passes over a git folder there.
    """
    for folder in (root, *root.parents):
        if folder == top or str(folder) in SHARED or (top is None and folder.stat().st_dev != root.stat().st_dev):
            return
        git = folder / ".git"
        if os.path.lexists(git):
            raise LostError(_unknown(git))


def _unknown(git: Path) -> str:
    if not git.exists():
        return f"{git} 是个指到别处的链接，那里没有东西；请把原来的 .git 文件夹放回去"
    if git.is_file():
        there = _text(git).removeprefix("gitdir:").strip()
        return (
            f"{git} 指到的 {there or '（空）'} 不在了，主仓库多半搬走或删掉了；"
            f"请把它放回原处，或在主仓库里运行 git worktree repair {shlex.quote(str(git.parent))}"
        )
    if not (git / "objects").is_dir():
        return f"{git} 不完整（没有 objects），git 不认它；请从备份里找回整个 .git 文件夹"
    if not (git / "refs").is_dir():
        return (
            f"{git} 里的 refs 文件夹没有了（网盘、压缩软件会丢空文件夹），git 不认它；请运行 mkdir -p {git}/refs/heads"
        )
    return f"{git / 'HEAD'} 坏了（多半是断过电），git 不认这本台账；{_switched(git, sorted(_branches(git)))}"


def _switched(git_dir: Path, names: list[str]) -> str:
    """How HEAD comes to stand on one of some branches again; the office's own comes first."""
    name = f"{_HEADS}main"
    if names and name not in names:
        name = names[0]
    return f"请运行 echo '{_LINK}{name}' > {shlex.quote(str(git_dir / 'HEAD'))}"


def _set(name: str, commit: str, before: str = "") -> str:
    if not commit:
        return "不知道它原来在哪个提交上；请从备份里找回 .git 文件夹"
    return f"请在台账目录里运行 {before}git update-ref {name} {commit}"


def _branches(common_dir: Path) -> set[str]:
    """The full names of all branches there are files for, or lines in the packed ones."""
    found = {path.relative_to(common_dir).as_posix() for path in (common_dir / _HEADS).rglob("*") if path.is_file()}
    return found | set(_packed(common_dir))


def _packed(common_dir: Path) -> Iterator[str]:
    for line in _text(common_dir / "packed-refs").splitlines():
        _, _, name = line.partition(" ")
        if name.startswith(_HEADS):
            yield name


def _last(root: Path, log: Path) -> str:
    """The last commit a branch was on by its own diary and that is whole; empty when nothing tells it."""
    for line in reversed(_text(log).splitlines()):
        words = line.split(" ", 2)
        if len(words) == 3 and words[1].strip(_NEVER) and words[1].isalnum() and _whole(root, words[1]):
            return words[1]
    return ""


def _whole(root: Path, commit: str) -> bool:
    try:
        call(root, ("ls-tree", "-r", commit))
    except GitError:
        return False
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
