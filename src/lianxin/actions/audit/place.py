"""What git's own folder and the files at hand say against the history they belong to."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

from lianxin.actions.audit.found import Found, in_commit
from lianxin.actions.audit.reader import Reader
from lianxin.core.error import LianxinError
from lianxin.storage.git import trust
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.history import Commit, Delta, commits, listed, versions
from lianxin.storage.git.process.trouble import PARTIAL, SHALLOW, restored
from lianxin.storage.git.repo import GitError, Repo, object_id
from lianxin.storage.git.signature import Verdict, signed_by_rule, verdicts
from lianxin.storage.git.snapshot import Snapshot, is_record

#: What stands in place of a content that no commit has.
_AT_HAND = "here"
#: So many lost commits are told one by one.
_MOST = 200
_NOT_YET = "文件夹里还没入账的改动："


def folder(snapshot: Snapshot, reader: Reader) -> Iterator[Found]:
    """What the files at hand were changed to, as if it were to be committed as a hand edit."""
    repo, status = snapshot.repo, snapshot.status
    if repo is None or status is None:
        return
    for path, flag in status.flagged:
        how = f"git update-index --no-{flag} {shlex.quote(path)}"
        yield Found("A024", f"git 被嘱咐不看这个文件的改动；去掉的命令：{how}", _named(path))
    held = {entry.path: entry.oid for entry in snapshot.tree()}
    for path in status.gone:
        if is_record(path):
            yield Found("A008", f"{_NOT_YET}文件没有了，找回用 {restored(path)}", _named(path))
    for path in snapshot.dirty:
        if path in held and path not in status.gone:
            yield from _edited(snapshot, reader, path, held[path])


def _edited(snapshot: Snapshot, reader: Reader, path: str, oid: str) -> Iterator[Found]:
    repo = snapshot.repo
    data = None
    with suppress(LianxinError, OSError):
        data = ordinary(snapshot.root / path)
    if repo is None:
        return
    if data is None:
        yield Found("A019", f"{_NOT_YET}记录的位置上不是普通文件", _named(path))
        return
    now = object_id(data, len(oid))
    if now != oid and now in versions(repo, path):
        yield Found("A026", f"文件夹里的是从前的一版，后来入账的没有了，换回用 {restored(path)}", _named(path))
        return
    if not is_record(path):
        return
    reader.keep(path, _AT_HAND, data)
    change = reader.change(Delta(path, oid, _AT_HAND, ordinary=True))
    for code, told in change.wrong:
        yield Found(code, _NOT_YET + told, change.record)
    if not change.wrong and change.did:
        yield Found("手工改", "文件改过，还没有收进来", change.record)


def _named(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml") if is_record(path) else path


def shown_otherwise(repo: Repo) -> Iterator[Found]:
    """What git was told to show in place of what there is, and what is not there at all."""
    for oid in trust.replaced(repo):
        yield Found("A021", f"{oid[:10]} 被另一样顶替着给人看；去掉的命令：git replace -d {oid}", commit=oid)
    for oid in trust.grafted(repo):
        yield Found("A022", "这一笔被接到了别的前文上", commit=oid)
    if repo.cut():
        yield Found("A023", SHALLOW.partition("；")[0])
    if repo.partial():
        yield Found("A023", PARTIAL.partition("；")[0])


def gone_back(repo: Repo, head: str, ids: Sequence[str]) -> Iterator[Found]:
    """Where the branch has been on this machine that is not behind it now."""
    known, moves = frozenset(ids), trust.diary(repo)
    if not moves:
        if trust.diary_wanted(repo) and len(ids) > 1:
            yield Found("A028", "这台机器上分支去过哪里，一行也没有留下")
        return
    if moves[-1].new != head:
        yield Found("A027", "分支被人直接拨到了别处，没有经过 git", commit=head)
    for one, following in pairwise(moves):
        if following.old != one.new:
            yield Found("A028", "这台机器上的流水缺了一段", commit=following.old)
    lost = list(dict.fromkeys(oid for one in moves for oid in (one.old, one.new) if oid.strip("0")))
    yield from _lost(
        repo, head, [oid for oid in lost if oid not in known], "A027", "这台机器上有过的，现在的历史里没有了"
    )
    by_git = [one.new for one in moves if one.how.startswith("commit") and one.new in known]
    for commit in commits(repo, by_git):
        if commit.says("Step"):
            yield in_commit(commit, "A012", "写着连心的标记，却是用 git 直接入的账", commit.says("Record"))


def signatures(repo: Repo, window: Sequence[Commit]) -> Iterator[Found]:
    """Signatures that do not hold, or are wanting where this ledger asks for them."""
    wanted = signed_by_rule(repo)
    bearing = [one for one in window if one.signature]
    told = verdicts(repo, [one.id for one in bearing])
    for one in window:
        record = one.says("Record")
        verdict = told.get(one.id)
        if verdict is Verdict.BAD:
            yield in_commit(one, "A031", "签名验不过：签的不是这一笔，或者后来改过", record)
        elif wanted and verdict is not Verdict.GOOD:
            why = "签名的钥匙不在名单里" if one.signature else "没有签名"
            yield in_commit(one, "A031", f"这本台账要求签名，这一笔{why}", record)


def _lost(repo: Repo, head: str, tips: Sequence[str], code: str, told: str) -> Iterator[Found]:
    """Commits that were there and are not in history any more, each by what it says."""
    seen: set[str] = set()
    for tip in tips:
        try:
            ids = [id_ for id_ in listed(repo, tip, head) if id_ not in seen]
            found: Sequence[Commit] = [*commits(repo, ids[-_MOST:])]
        except GitError:
            yield Found(code, told, commit=tip)
            continue
        seen.update(ids)
        for one in found:
            yield in_commit(one, code, f"{told}：{one.subject}", one.says("Record"))


def elsewhere(repo: Repo, head: str, ids: Sequence[str]) -> Iterator[Found]:
    """What was sent elsewhere, against what is here."""
    known = frozenset(ids)
    sent = [oid for oid in trust.pushed(repo) if oid not in known]
    yield from _lost(repo, head, sent, "A029", "送出去过的，这里没有了")
    for name, tip in trust.remotes(repo):
        if tip in known or tip in sent:
            continue
        if not repo.run("merge-base", head, tip, check=False):
            yield Found("A029", f"和 {name} 那边没有共同的开头，不是同一本", commit=tip)
            continue
        here = {key for one in commits(repo, listed(repo, head, tip)) for key in _keys(one)}
        for one in commits(repo, listed(repo, tip, head)):
            if here & {*_keys(one)}:
                yield in_commit(one, "A029", f"{name} 那边的「{one.subject}」，这里是重写过的", one.says("Record"))


def _keys(commit: Commit) -> Iterator[tuple[str, str]]:
    """What no two commits have in common."""
    yield from (("Event", one) for one in commit.told.get("Event", ()))
    if commit.says("Step") == "add":
        yield from (("Record", one) for one in commit.told.get("Record", ()))
