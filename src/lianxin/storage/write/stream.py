"""Commits as ``git fast-import`` is told of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from lianxin.storage.write.intent import Change


class NewCommit(Struct, frozen=True):
    """One commit to be: what changed, said in one line, and who did it when.

    Attributes:
        subject: One Chinese line without villagers' names.
        trailers: ``(("Record", "WT-2026-A0007"), ("Step", "assign"), …)``.
        author: Name and e-mail of the actor; None for git's own identity.
        apart: Hand edits that a command takes in before it writes: they are undone by themselves.
        also: The commits that it joins to the one it stands on.
        replayed: When it happened, local, where a history is played again; else the journal's own minute counts.
    """

    changes: Sequence[Change]
    subject: str
    trailers: Sequence[tuple[str, str]] = ()
    author: tuple[str, str] | None = None
    apart: bool = False
    also: Sequence[str] = ()
    replayed: datetime | None = None


class Identity(Struct, frozen=True):
    """Who git says is committing."""

    name: str
    email: str
    stamp: str


def clean(text: str) -> str:
    """No line break may forge a trailer, no angle bracket an address."""
    return re.sub(r"[\x00-\x1f\x7f<>]+", " ", text).strip()


def _stamp(at: datetime | None, fallback: str) -> str:
    if at is None:
        return fallback
    local = at.astimezone()
    return f"{int(local.timestamp())} {local.strftime('%z')}"


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode()


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


class Written(Struct, frozen=True):
    """What every commit of one command says.

    Attributes:
        command: Tells which commits belong together; hand edits taken in are a command of their own.
        at: The minute, local; None for now.
        told: More trailers.
    """

    command: str
    at: datetime | None = None
    told: Sequence[tuple[str, str]] = ()

    def trailers(self, entry: NewCommit) -> Sequence[tuple[str, str]]:
        """Those of one entry."""
        command = f"{self.command}-edit" if entry.apart else self.command
        return (*entry.trailers, *((("Command", command),) if command else ()), *self.told)


def commits(
    branch: str, parent: str, entries: Sequence[NewCommit], identity: Identity, prefix: str, written: Written
) -> bytes:
    """A commit for each entry, one upon the other; the last one's id is asked for.

    Args:
        branch: Its full name.
        parent: The commit that the first stands on; empty on an unborn branch.
        entries: One at least.
        identity: The committer.
        prefix: The data folder inside the work tree.
        written: By what command, when.
    """
    stream = bytearray()
    for number, entry in enumerate(entries, 1):
        name, email = entry.author or (identity.name, identity.email)
        trailers = "\n".join(f"{key}: {clean(value)}" for key, value in written.trailers(entry))
        message = f"{clean(entry.subject)}\n" + (f"\n{trailers}\n" if trailers else "")
        stamp = _stamp(entry.replayed or written.at, identity.stamp)
        stream += f"commit {branch}\nmark :{number}\n".encode()
        stream += f"author {clean(name)} <{clean(email)}> {stamp}\n".encode()
        stream += f"committer {clean(identity.name)} <{clean(identity.email)}> {stamp}\n".encode()
        stream += _data(message.encode())
        if number == 1 and parent:
            stream += f"from {parent}\n".encode()
        stream += "".join(f"merge {one}\n" for one in entry.also).encode()
        for change in entry.changes:
            if change.data is None:
                stream += b"D " + _quoted(prefix + change.path) + b"\n"
                continue
            stream += b"M 100644 inline " + _quoted(prefix + change.path) + b"\n"
            stream += _data(change.data)
    stream += f"get-mark :{len(entries)}\ndone\n".encode()
    return bytes(stream)
