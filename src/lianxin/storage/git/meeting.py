"""Where desks meet: a history without files around it, on a stick, on a shared disk, or behind ssh; or another desk.

Fetching leaves a ref of ours and nothing else; sending moves the other end's branch only from where it was seen to
stand. So a command that dies in between has done no harm, and the next one goes on.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import subprocess
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.config import settle
from lianxin.storage.git.lock import fetching, freed
from lianxin.storage.git.mirror import End, carried
from lianxin.storage.git.packs import gather
from lianxin.storage.git.process.call import start
from lianxin.storage.git.process.trouble import GitError, refusal
from lianxin.storage.git.process.waiting import answered, bare
from lianxin.storage.git.repo import Repo

_SAFELY = ("-c", "core.fsync=all")
#: So long what others may still be writing to there must stand still before it counts as left behind (seconds).
_STILL = 2.0
#: Where it was met the last time.
_LAST = "lianxin.sync"
#: What ssh may be: it asks nobody anything, and does not wait for a host that is not there.
_SSH = {
    "GIT_ALLOW_PROTOCOL": "ssh",
    "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=10",
    "GIT_SSH_VARIANT": "ssh",
}
_HOST = re.compile(r"ssh://[^\s]+|(?:[^\s/@:]+@)?[^\s/@:]{2,}:(?!//)[^\s]+")
_HEAD = re.compile(r"^ref: (refs/heads/\S+)\tHEAD$", re.MULTILINE)
_USER = re.compile(r"^(ssh://)?[^@/]*@")

#: What ssh and the git behind it say, and what is said instead.
_AWAY = {
    r"resolve hostname|not known|unreachable|timed out|No route|refused|reset by|closed by": (
        "连不上（没有网，或对方没有开机）"
    ),
    r"Permission denied|publickey|Host key": "对方不让进（钥匙没有配好）；请找管理员",
    r"not appear to be a git|No such file|not found": "那里没有台账；请核对地址",
}


class AwayError(LianxinError):
    """The other end is not there; nothing was done, and work goes on."""


class QuickerError(LianxinError):
    """Somebody else has sent meanwhile."""


def is_host(word: str) -> bool:
    """Whether an address leads to another machine by ssh."""
    return bool(_HOST.fullmatch(word))


def last(repo: Repo) -> str:
    """Where this desk met others the last time, or where it came from; empty where it never did."""
    told = repo.run("config", "-z", "--get-regexp", rf"^({re.escape(_LAST)}|remote\.origin\.url)$", check=False)
    found = dict(one.split("\n", 1) for one in told.decode(errors="replace").split("\0") if "\n" in one)
    return found.get(_LAST, "") or found.get("remote.origin.url", "")


def known(repo: Repo) -> list[str]:
    """Where this desk has ever met others."""
    told = repo.run("config", "-z", "--get-regexp", r"^remote\..*\.url$", check=False).decode(errors="replace")
    return [one.partition("\n")[2] for one in told.split("\0") if one]


def shown(word: str) -> str:
    """An address without whoever logs in there; of a copy in a folder, that folder."""
    if is_host(word):
        return _USER.sub(r"\1", word)
    return str(Path(word).parent) if word.endswith(".git") else word


class Meeting(Struct, frozen=True):
    """One such place.

    Attributes:
        repo: Ours.
        address: A folder's path, or what ssh takes.
    """

    repo: Repo
    address: str

    @property
    def name(self) -> str:
        """Under which name git keeps what was seen there."""
        told = self.repo.run("config", "-z", "--get-regexp", r"^remote\..*\.url$", check=False).decode(errors="replace")
        named = {url: key for key, _, url in (line.partition("\n") for line in told.split("\0")) if url}
        known = named.get(self.address, "").removeprefix("remote.").removesuffix(".url")
        return known or ("sync-" + hashlib.sha256(self.address.encode()).hexdigest()[:8] if named else "origin")

    @property
    def takes(self) -> bool:
        """Whether something can be sent there: not to a ledger that somebody works in."""
        return is_host(self.address) or bare(Path(self.address))

    def keep(self) -> None:
        """Have git know it by name, and this tool for the next time."""
        name = self.name
        settings = (
            (f"remote.{name}.url", self.address),
            (f"remote.{name}.fetch", f"+refs/heads/*:refs/remotes/{name}/*"),
        )
        settle(self.repo, (*settings, (_LAST, self.address)))

    def seen(self, branch: str) -> str:
        """Where its branch stood when it was last looked at; empty where it had none.

        Args:
            branch: The full name.
        """
        return self.repo.commit_of(self._ours(branch))

    def head(self) -> str:
        """The full name of the branch in hand there; empty where it has none.

        Raises:
            AwayError: It is not there.
        """
        if not is_host(self.address):
            return self._end().head()
        told = self._by_ssh("ls-remote", "--symref", self.address, "HEAD").decode(errors="replace")
        found = _HEAD.search(told)
        return found[1] if found else ""

    def fetch(self, branch: str) -> str:
        """Have all that is on its branch, and the id of the last commit there; empty where there is none yet.

        Raises:
            AwayError: It is not there.
            GitError: What it holds cannot be had.
        """
        with fetching(self.repo):
            return self._fetched(branch)

    def _fetched(self, branch: str) -> str:
        if is_host(self.address):
            where = f"+refs/heads/*:refs/remotes/{self.name}/*"
            self._by_ssh("fetch", "-q", "--no-tags", "--no-write-fetch-head", "--prune", self.address, where)
            return self.seen(branch)
        end = self._end()
        tip = end.refs().get(branch, "")
        if tip:
            ours = End.of(self.repo)
            known = {oid for oid in (*ours.refs().values(), self.seen(branch)) if oid and end.has(oid)}
            if not (ours.has(tip) and tip in known):
                carried(end, ours, [tip, *(f"^{oid}" for oid in sorted(known - {tip}))])
            self._note(branch, tip)
        return tip

    def send(self, branch: str, commit: str, expected: str) -> None:
        """Have its branch go on to a commit; where it stands there already, see that it lasts.

        Args:
            branch: The full name.
            commit: It stands on what was fetched.
            expected: Where the branch was seen to stand; empty for nowhere.

        Raises:
            QuickerError: It does not stand there any more.
            AwayError: It is not there.
            GitError: It cannot be written.
        """
        if is_host(self.address):
            if expected != commit:
                self._push(branch, commit)
        else:
            self._carry(self._end(), branch, commit, expected)
        if expected != commit:
            with fetching(self.repo):
                self._note(branch, commit)

    def _carry(self, end: End, branch: str, commit: str, expected: str) -> None:
        """Have it in a folder, and on its disk; what others who were killed or pulled out have left there is gone."""
        if end.refs().get(branch, "") != expected:
            raise QuickerError("那边刚刚又有新的")
        if expected != commit:
            known = [f"^{expected}"] if expected and End.of(self.repo).has(expected) else []
            carried(End.of(self.repo), end, [commit, *known])
            self._moved(end, branch, commit, expected)
        end.lasting(branch)
        freed(*end.locks(branch), *end.litter(), still=_STILL)
        with contextlib.suppress(GitError, OSError):  # what was sent is there: that it is in many packs is no loss
            gather(end)

    def _moved(self, end: End, branch: str, commit: str, expected: str) -> None:
        """Have the branch there go on; a lock left there by whoever was killed or pulled out is no hindrance."""
        words = (*_SAFELY, "update-ref", branch, commit, expected or "0" * len(commit))
        try:
            end.run(*words)
        except GitError:
            stands = end.refs().get(branch, "")
            if stands not in (commit, expected):
                raise QuickerError("那边刚刚又有新的") from None
            if stands != commit:
                if not freed(*end.locks(branch)):
                    raise
                end.run(*words)

    def _push(self, branch: str, commit: str) -> None:
        try:
            self._by_ssh("push", "-q", "--no-verify", self.address, f"{commit}:{branch}")
        except GitError as error:
            if isinstance(error, _RejectedError):
                raise QuickerError("那边刚刚又有新的") from None
            raise

    def _by_ssh(self, *args: str) -> bytes:
        process = start(self.repo.top, (*_SAFELY, *args), env=_SSH, held=self.repo.held)
        said, told = answered(process, self.repo.top)
        if process.returncode:
            raise _trouble(self.address, args, process, told)
        return said

    def _ours(self, branch: str) -> str:
        return f"refs/remotes/{self.name}/{branch.removeprefix('refs/heads/')}"

    def _note(self, branch: str, commit: str) -> None:
        self.repo.run(*_SAFELY, "update-ref", self._ours(branch), commit)

    def _end(self) -> End:
        folder = Path(self.address)
        if not folder.is_dir():
            raise AwayError(f"{shown(self.address)} 不在（优盘插好了吗？）")
        return End.alone(folder) if self.takes else End.of(Repo.needed(folder))


class _RejectedError(GitError):
    """It stands elsewhere by now."""


def _trouble(address: str, args: tuple[str, ...], process: subprocess.Popen[bytes], told: bytes) -> LianxinError:
    text = told.decode(errors="replace")
    if re.search(r"rejected|fetch first|non-fast-forward|failed to lock|cannot lock ref", text):
        return _RejectedError(shown(address))
    for pattern, said in _AWAY.items():
        if re.search(pattern, text):
            return AwayError(f"{shown(address)} {said}")
    return refusal(args, process.returncode, told)
