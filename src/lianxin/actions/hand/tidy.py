"""Putting files into canonical form: their values stay, their look is settled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Problem
from lianxin.kinds import home
from lianxin.storage.git.disk import ordinary
from lianxin.storage.read.loading import kind_at
from lianxin.storage.write.journal import Journal
from lianxin.storage.write.placing import put
from lianxin.storage.write.text.formatting import format_text


class Tidied(Struct, frozen=True):
    """Which files were changed, and which were left alone and why."""

    changed: Sequence[str]
    refused: Sequence[Problem]


def _files(workspace: Workspace, paths: Sequence[Path], every: bool) -> list[str]:
    root = workspace.root
    if not paths and not every:
        with workspace.book() as book:
            return [path for path in book.dirty if kind_at(path) and (root / path).is_file()]
    starts = [(Path.cwd() / path).resolve() for path in paths] or [root]
    files: list[str] = []
    for start in starts:
        if not start.exists() or not start.is_relative_to(root):
            raise UsageError(f"{start} 不在台账目录 {root} 里")
        inside = sorted(start.rglob("*.yaml")) if start.is_dir() else [start]
        files += [path.relative_to(root).as_posix() for path in inside]
    return [path for path in dict.fromkeys(files) if kind_at(path) and home(path) == path]


def tidy(workspace: Workspace, paths: Sequence[Path], *, every: bool = False, dry_run: bool = False) -> Tidied:
    """Format the files named, those edited by hand when none is, or all.

    Raises:
        UsageError: A path is not in the data folder.
        LianxinError: The folder is under no git, or another lianxin keeps writing.
    """
    workspace.writable()
    journal = None if dry_run else workspace.journal()
    changed: list[str] = []
    refused: list[Problem] = []
    for path in _files(workspace, paths, every):
        kind = kind_at(path)
        if kind is None:
            continue
        try:
            data = ordinary(workspace.root / path)
            content = format_text(data.decode(), kind).encode()
        except UnicodeDecodeError:
            refused.append(_refusal(path, "不是 UTF-8 编码，请用编辑器另存为 UTF-8"))
            continue
        except LianxinError as error:
            refused.append(_refusal(path, str(error), error.veiled))
            continue
        if content == data:
            continue
        if journal is None or _replaced(journal, path, data, content):
            changed.append(path)
        else:
            refused.append(_refusal(path, "刚刚被别处改过，请再运行一次 lianxin fmt"))
    return Tidied(changed, refused)


def _refusal(path: str, message: str, veiled: str = "") -> Problem:
    return Problem(path, 1, 1, "", message, veiled=veiled)


def _replaced(journal: Journal, path: str, base: bytes, content: bytes) -> bool:
    """Whether a file could be written anew: not if somebody, a step perhaps, has changed it since it was read."""
    with journal.locked():
        if journal.read(path) != base:
            return False
        put(journal.root / path, content)
        return True
