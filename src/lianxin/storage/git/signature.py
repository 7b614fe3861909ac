"""SSH signatures of commits, checked by OpenSSH itself against the keys of whoever looks, never a folder's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from enum import StrEnum

from lianxin.storage.git.process.call import start
from lianxin.storage.git.process.waiting import answered
from lianxin.storage.git.repo import Repo

#: The machine's file of who may sign, where git is told of it outside the folder.
_KEYS = "gpg.ssh.allowedSignersFile"
_OUTSIDE = ("global", "system")


class Verdict(StrEnum):
    """What git says of a signature, in its own letters."""

    GOOD = "G"
    BAD = "B"
    STRANGER = "U"


def signed_by_rule(repo: Repo) -> bool:
    """Whether this ledger's commits are to be signed, as its clone of git was told."""
    return repo.config("lianxin.signed").lower() in ("true", "yes", "on", "1", "是")


def verdicts(repo: Repo, ids: Sequence[str]) -> dict[str, Verdict | None]:
    """What some commits' signatures are worth; None where nobody can say."""
    program = shutil.which("ssh-keygen", path="/usr/bin:/bin:/usr/local/bin")
    if not ids or program is None:
        return dict.fromkeys(ids)
    settings = [("gpg.ssh.program", program)]
    if not _known_keys(repo):
        settings.append((_KEYS, os.devnull))
    process = start(repo.top, ("log", "--no-walk", "--stdin", "--format=%H %G?"), subprocess.PIPE, settings=settings)
    told, _ = answered(process, repo.top, "".join(f"{id_}\n" for id_ in ids).encode())
    letters = dict(line.split(" ", 1) for line in told.decode().splitlines() if " " in line)
    known = {one.value: one for one in Verdict}
    return {id_: known.get(letters.get(id_, "")) for id_ in ids}


def _known_keys(repo: Repo) -> bool:
    told = repo.run("config", "--show-scope", "--get", _KEYS, check=False).decode(errors="replace")
    return told.partition("\t")[0] in _OUTSIDE
