"""A hand that forges: commits made past the tool, with whatever words, names and dates it likes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.cli.desk import ENVIRONMENT

#: When it is at work, unless it says otherwise.
AT = "2026-04-01 09:00"
CLERK = ("何小满", "RY-A0001@lianxin.invalid")


class Forger:
    """Somebody with the folder in hand who knows git, and how this tool writes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *words: str, told: bytes = b"", check: bool = True, env: Mapping[str, str] | None = None) -> str:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *words],
            cwd=self.root,
            env=os.environ | ENVIRONMENT | dict(env or {}),
            input=told,
            capture_output=True,
            check=check,
        )
        return done.stdout.decode().strip()

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def tree(self, base: str, changes: Mapping[str, bytes | None], mode: str = "100644") -> str:
        """A commit's tree with some files otherwise."""
        env = {"GIT_INDEX_FILE": str(self.root / ".git" / "forged")}
        self.git("read-tree", base, env=env)
        for path, data in changes.items():
            if data is None:
                self.git("update-index", "--force-remove", path, env=env)
                continue
            oid = self.git("hash-object", "-w", "--stdin", told=data)
            self.git("update-index", "--add", "--cacheinfo", f"{mode},{oid},{path}", env=env)
        return self.git("write-tree", env=env)

    def made(
        self,
        tree: str,
        message: str,
        *parents: str,
        author: tuple[str, str] = CLERK,
        at: str = AT,
        signed: str = "",
    ) -> str:
        """A commit object; ``signed``: when the author says it was, if that is another time."""
        env = {
            "GIT_AUTHOR_NAME": author[0],
            "GIT_AUTHOR_EMAIL": author[1],
            "GIT_AUTHOR_DATE": (signed or at).replace(" ", "T"),
            "GIT_COMMITTER_DATE": at.replace(" ", "T"),
        }
        return self.git(
            "commit-tree", tree, *(word for one in parents for word in ("-p", one)), told=message.encode(), env=env
        )

    def move(self, commit: str, why: str = "fast-import") -> str:
        """Put the branch there as this tool would have, the folder too."""
        self.git("update-ref", "-m", why, "HEAD", commit)
        self.git("read-tree", "--reset", "-u", "HEAD")
        return commit

    def forge(
        self,
        changes: Mapping[str, str | bytes | None],
        message: str,
        *,
        mode: str = "100644",
        **how: Any,
    ) -> str:
        """A commit on top of all others."""
        held = {path: data.encode() if isinstance(data, str) else data for path, data in changes.items()}
        return self.move(self.made(self.tree("HEAD", held, mode), message, "HEAD", **how))

    def swap(self, path: str, old: str, new: str, message: str, **how: Any) -> str:
        """Other words in a file."""
        text = self.read(path)
        assert old in text, f"{path} holds no {old}"
        return self.forge({path: text.replace(old, new, 1)}, message, **how)

    def rewrite(self, since: str, change: Callable[[Path, str, str], tuple[str, str] | None], why: str) -> str:
        """History from a commit on anew: for each commit the tree and message it is to have; None: it is left out."""
        parent = self.git("rev-parse", since)
        for commit in self.git("rev-list", "--reverse", f"{since}..HEAD").split():
            tree, message = self.git("rev-parse", f"{commit}^{{tree}}"), self.git("log", "-1", "--format=%B", commit)
            told = change(self.root, tree, message)
            if told is None:
                continue
            name, email, at, signed = self.git("log", "-1", "--format=%an%n%ae%n%cI%n%aI", commit).split("\n")
            parent = self.made(told[0], told[1] + "\n", parent, author=(name, email), at=at, signed=signed)
        return self.move(parent, why)


def said(record: str, step: str, *events: str, subject: str, actor: str = "RY-A0001") -> str:
    """A message as this tool writes it."""
    told = "".join(f"Event: {one}\n" for one in events)
    return f"{subject}\n\nRecord: {record}\nStep: {step}\nActor: {actor}\n{told}Command: 0123456789\n"


def event(
    step: str, fields: str, *, id_: str = "forged01", at: str = AT, recorded: str = "", actor: str = "RY-A0001"
) -> str:
    """A step as it stands in a file."""
    lines = (f"编号: {id_}", f"步骤: {step}", f"时间: {at}", f"记录时间: {recorded or at}", f"经办人: {actor}")
    own = [line for line in fields.split("\n") if line]
    return "  - " + "\n    ".join((*lines, *own)) + "\n"
