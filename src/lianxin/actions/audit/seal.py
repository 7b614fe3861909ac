"""A seal (印鉴): a line for paper that says which history there was, so that paper can convict one rewritten later."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from lianxin.actions.audit.found import Found
from lianxin.core.error import UsageError
from lianxin.core.value import show_moment
from lianxin.storage import MAX_BYTES
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.placing import put

_MARK = "LX1"
#: Ids and digests stand in short groups, for eyes, and for lines that are broken at dashes.
_GROUP = 8
_LINE = re.compile(
    rf"{_MARK}-(\d{{8}})-(\d{{4}})-((?:[0-9a-f]{{8}}-){{4}}(?:(?:[0-9a-f]{{8}}-){{3}})?[0-9a-f]{{8}})-(\d+)"
    r"-([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{4})-([0-9a-f]{4})"
)
_LOOSE = re.compile(rf"{_MARK}-[0-9a-f-]+", re.IGNORECASE)
_DIGITS, _CHECK = 20, 4


class Seal(Struct, frozen=True):
    """What one says.

    Attributes:
        at: When it was made.
        head: The commit it is of.
        count: How many led to it, itself among them.
        digest: Of every file of the ledger in it.
    """

    at: datetime
    head: str
    count: int
    digest: str

    @property
    def text(self) -> str:
        """The line, with a check at its end against slips of the pen."""
        body = f"{_MARK}-{self.at:%Y%m%d-%H%M}-{_grouped(self.head)}-{self.count}-{_grouped(self.digest)}"
        return f"{body}-{_check(body)}"


def _grouped(digits: str) -> str:
    return "-".join(digits[n : n + _GROUP] for n in range(0, len(digits), _GROUP))


def _check(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:_CHECK]


def made(repo: Repo, head: str, count: int, at: datetime) -> Seal:
    """The seal of a history."""
    return Seal(at, head, count, _digest(repo, head))


def _digest(repo: Repo, commit: str) -> str:
    """Of the paths and contents of all files, by a hash other than git's own."""
    entries = sorted((one.path, one.oid) for one in repo.tree(commit) if one.regular)
    told = hashlib.sha256()
    for (path, _), data in zip(entries, repo.blobs((oid for _, oid in entries), MAX_BYTES), strict=True):
        told.update(f"{path}\0{hashlib.sha256(data).hexdigest()}\n".encode("utf-8", "surrogateescape"))
    return told.hexdigest()[:_DIGITS]


def told(word: str) -> Seal:
    """The seal that was typed, or that stands in a file.

    Raises:
        UsageError: There is none, or it was mistyped.
    """
    text = word if _MARK in unicodedata.normalize("NFKC", word).upper() else _in_file(Path(word))
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("—", "-").replace("–", "-")
    loose = _LOOSE.search(plain)
    found = _LINE.match(f"{_MARK}{loose[0][len(_MARK) :].lower()}") if loose else None
    if found is None:
        raise UsageError("看不出印鉴：要写全 LX1- 开头的那一行，或写明印着它的文件")
    day, minute, head, count, digest, check = found.groups()
    if _check(found[0].rpartition("-")[0]) != check:
        raise UsageError("印鉴抄错了（末尾四位对不上），请照纸上的再核对一遍")
    try:
        at = datetime.strptime(day + minute, "%Y%m%d%H%M")
    except ValueError:
        raise UsageError("印鉴里的日期不是日期，请照纸上的再核对一遍") from None
    return Seal(at, head.replace("-", ""), int(count), digest.replace("-", ""))


def _in_file(path: Path) -> str:
    """What stands in a file, of whatever format it can be read."""
    from lianxin.formats import format_for

    try:
        data = ordinary(path.expanduser(), follow=True)
    except (OSError, ValueError):
        raise UsageError(f"「{path}」不是印鉴，也不是印着它的文件") from None
    try:
        lines = format_for(path.suffix or "txt").lines(data) if path.suffix else None
    except UsageError:
        lines = None
    return "\n".join(lines) if lines else data.decode("utf-8", "replace")


def against(repo: Repo, seal: Seal, ids: Sequence[str], became: Mapping[str, str]) -> Iterator[Found]:
    """What a history is not that was sealed.

    Args:
        repo, seal: Which.
        ids: The commits there are.
        became: The commit of now by that of before, where personal data were taken out of history.
    """
    when = f"{show_moment(seal.at)} 的印鉴"
    if (head := became.get(seal.head)) in set(ids) and head is not None:
        count = int(repo.run("rev-list", "--count", head))
        if count == seal.count:
            told = f"{when}：那时的历史后来注销过个人信息，笔数对得上，内容不能再比；请重新盖印"
            yield Found("注销", told, commit=head)
        else:
            yield Found("A030", f"{when}：那时有 {seal.count} 笔，现在数出来是 {count} 笔", commit=head)
        return
    if seal.head not in set(ids):
        yield Found("A030", f"{when}：那时的最后一笔，现在的历史里没有了", commit=seal.head)
        return
    count = int(repo.run("rev-list", "--count", seal.head))
    if count != seal.count:
        yield Found("A030", f"{when}：那时有 {seal.count} 笔，现在数出来是 {count} 笔", commit=seal.head)
    if _digest(repo, seal.head) != seal.digest:
        yield Found("A030", f"{when}：那时的内容和现在取出来的不一样", commit=seal.head)


def kept(repo: Repo) -> list[Seal]:
    """The seals made on this machine; what is no seal any more is passed over."""
    seals = []
    try:
        lines = ordinary(_place(repo)).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            seals.append(told(line))
        except UsageError:
            continue
    return seals


def keep(repo: Repo, seal: Seal) -> None:
    """Remember a seal on this machine, beside the paper it is printed on."""
    lines = list(dict.fromkeys([*(one.text for one in kept(repo)), seal.text]))
    _place(repo).parent.mkdir(mode=0o700, exist_ok=True)
    put(_place(repo), "".join(f"{line}\n" for line in lines).encode())


def _place(repo: Repo) -> Path:
    return repo.git_dir / "lianxin" / "seals"
