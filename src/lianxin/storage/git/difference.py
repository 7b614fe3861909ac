"""How the folder differs from HEAD other than by sound edits, and what state git is in: each as a problem."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from lianxin.core.code import CODES
from lianxin.core.problem import REPOSITORY, Problem
from lianxin.core.text.pattern import late
from lianxin.kinds import BY_FOLDER
from lianxin.storage.git.head import astray, branch_of, under_way
from lianxin.storage.git.process.trouble import restored
from lianxin.storage.git.snapshot import Snapshot, is_record
from lianxin.storage.git.status import Status

_ID = late(r"^编号:\s*[\"']?([\w-]+)", re.MULTILINE)


def no_file(path: str) -> Problem:
    """What is no ordinary file is not read."""
    name = path.rpartition("/")[2]
    code, message = CODES["Y025"], f"{name} 不是普通文件"
    if path in BY_FOLDER or name.isdecimal():
        code, message = CODES["Y037"], f"{path} 不是普通文件夹，里面的记录没有读进来"
    return Problem(path, 1, 1, code.id, message, code.remedy, "", code.level)


def missing(snapshot: Snapshot) -> int:
    """How many records of HEAD are in no table as their files are gone; one under another name counts as unreadable."""
    status = snapshot.status
    if status is None or not status.gone:
        return 0
    renamed = _renamed(snapshot)
    return sum(is_record(path) and not is_record(renamed.get(path, "")) for path in status.gone)


def differences(snapshot: Snapshot) -> list[Problem]:
    """What ``check`` says of them."""
    if snapshot.lost:
        told, _, remedy = snapshot.lost.partition("；")
        return [_problem(REPOSITORY, "G011", told, remedy)]
    if snapshot.repo is None or snapshot.status is None:
        return []
    return sorted((*_state(snapshot), *_files(snapshot, snapshot.status)))


def _state(snapshot: Snapshot) -> Iterator[Problem]:
    """Of the repository as a whole."""
    if snapshot.repo is None:
        return
    git_dir = snapshot.repo.git_dir
    if begun := under_way(git_dir):
        word, stop = begun
        how = f"放弃用 {stop}；要做完的，运行 git status 看怎么做。"
        yield _problem(REPOSITORY, "G003", f"git 正在{word}，还没做完，不能记录", how)
    elif not snapshot.commit and (told := astray(git_dir, snapshot.repo.common_dir)):
        what, _, remedy = told.partition("；")
        yield _problem(REPOSITORY, "G013", what, remedy)
    elif not branch_of(git_dir):
        yield _problem(REPOSITORY, "G004", "现在不在任何分支上，不能记录；看到的可能是从前的台账")


def _files(snapshot: Snapshot, status: Status) -> Iterator[Problem]:
    renamed = _renamed(snapshot) if status.gone else {}
    for path in status.gone:
        if new := renamed.get(path):
            back = f"git mv -f {shlex.quote(new)} {shlex.quote(path)}" if new in status.staged else _moved(new, path)
            yield _problem(path, "G007", f"{path} 被改名成 {new}", f"编号不改，请改回去：{back}。")
        else:
            what = "这份记录" if is_record(path) else "这个文件"
            yield _problem(path, "G001", f"提交里有{what}，文件夹里没有", f"误删的运行 {restored(path)} 找回{_VOID}")
    for path in status.unmerged:
        yield _problem(path, "G002", "git 合并时两边都改了，还没有选定")
    for path, flag in status.flagged:
        changed = "，而且已经和提交的不一样" if path in status.present or path in status.gone else ""
        how = f"请运行 git update-index --no-{flag} {shlex.quote(path)}；改动是自己的，再运行 lianxin commit。"
        yield _problem(path, "G005", f"git 被嘱咐不看这个文件的改动（{flag}）{changed}", how)
    if status.dropped and snapshot.repo and not (snapshot.repo.git_dir / "index").exists():
        yield _problem(REPOSITORY, "G012", "git 的 index 文件没有了，git 把所有文件都当成要删掉的", _RESET)
    else:
        for path in status.dropped:
            how = f"请运行 git reset -- {shlex.quote(path)} 取消。"
            yield _problem(path, "G012", "文件还在，git 却准备在下次提交时把它删掉", how)
    for path in status.absent:
        yield _problem(path, "G006", "git 暂存了这个文件，文件夹里却没有", _fetched(path))
    yield from _beside(snapshot, status)


_RESET = "请运行 git reset，记录不会丢。"
_VOID = "；登错的记录不要删文件，找回后用 void 作废。"


def _moved(new: str, path: str) -> str:
    return f"mv {shlex.quote(new)} {shlex.quote(path)}"


def _fetched(path: str) -> str:
    name = shlex.quote(path)
    take, drop = f"git checkout-index --force -- {name}", f"git rm --cached {name}"
    return f"要它的运行 {take} 取出来，再运行 lianxin commit；不要的运行 {drop}。"


def _beside(snapshot: Snapshot, status: Status) -> Iterator[Problem]:
    """What git does not take in, and what it does not put out."""
    for path in status.present:
        if path.endswith("/"):
            many = sum(is_record(one) for one in snapshot.dirty if one.startswith(path))
            how = f"不是自己要的，运行 rm -rf {shlex.quote(f'{path}.git')}，再运行 lianxin commit。"
            yield _problem(path, "G009", f"这个文件夹里套着别的仓库，里面有 {many} 份记录", how)
    for path in status.ignored:
        inside = [one for one in snapshot.dirty if is_record(one) and (one == path or _within(one, path))]
        if inside and not path.endswith(".yaml"):
            yield _problem(path or ".", "G008", f"忽略规则盖住了整个文件夹，里面有 {len(inside)} 份没有入账的记录")
        elif inside:
            yield _problem(path, "G008", "忽略规则盖住了这份记录，它没有入账")
    if status.sparse:
        records = sum(map(is_record, status.sparse))
        yield _problem(REPOSITORY, "G010", f"稀疏检出：有 {records} 份记录不在文件夹里，照提交里的读")


def _within(path: str, folder: str) -> bool:
    return not folder or (folder.endswith("/") and path.startswith(folder))


def _renamed(snapshot: Snapshot) -> dict[str, str]:
    """Records of HEAD whose file is gone while another one bears their number, and which."""
    status = snapshot.status
    if status is None:
        return {}
    gone = {path.rpartition("/")[2].removesuffix(".yaml"): path for path in status.gone if is_record(path)}
    found: dict[str, str] = {}
    for path in snapshot.dirty if gone else ():
        if path in status.gone or not path.lower().endswith((".yaml", ".yml")):
            continue
        told = _ID.search((snapshot.read(path) or b"").decode(errors="replace"))
        if told and told[1] in gone:
            found.setdefault(gone[told[1]], path)
    return found


def _problem(path: str, code: str, message: str, remedy: str = "") -> Problem:
    declared = CODES[code]
    return Problem(path, 1, 1, code, message, remedy or declared.remedy, "", declared.level)
