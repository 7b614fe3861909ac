"""Exports: the files of a profile, made of one commit, put in place all at once.

What is unchanged stays the very file it was; a failure leaves everything as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lianxin.actions.definition import definitions
from lianxin.actions.export_run import Run, keep, locked, moment, runs
from lianxin.actions.form import forms
from lianxin.actions.verify import Produce, pinned
from lianxin.actions.workspace import Workspace
from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.period import lasting, parse_period
from lianxin.formats import format_for
from lianxin.formats.trace import moment_text
from lianxin.kinds.path import near
from lianxin.policies.cycle import cycle_of
from lianxin.policies.export import MANIFEST, Exports, Names, Output, Profile, Tag, check_exports, dated, filled
from lianxin.storage.book import LedgerBook
from lianxin.storage.git import Repo
from lianxin.storage.loading import place
from lianxin.storage.settings import load_model
from lianxin.storage.switch import begin, discard, finish, recover

PATH = "policy/exports.yaml"
_SCHEMA = "lianxin/export/1"


@dataclass(frozen=True, slots=True)
class Exported:
    """What a run did.

    Attributes:
        files: How many the profile has.
        fresh: Those written anew.
        gone: Those that were too old to keep.
    """

    folder: Path
    commit: str
    files: int
    fresh: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to make, its tags filled in."""

    output: Output
    file: str
    command: str


def profiles(book: LedgerBook) -> Exports:
    """What the office exports.

    Raises:
        UsageError: Nothing is declared.
        LianxinError: The declaration is faulty; the first fault is in the sentence.
    """
    data = book.file(PATH)
    if data is None:
        raise UsageError(f"还没有 {PATH}，不知道导出什么；新建的台账里有一份样子，也可照 docs/export.md 写")
    found, problems = load_model(Exports, "导出", PATH, data)
    if found is not None:
        problems = place(list(check_exports(found, Names(definitions(book), forms(book)))), PATH, data)
    if found is None or problems:
        first = problems[0]
        raise LianxinError(f"{first.place} {first.message}，请先改好并提交")
    return found


def profile_named(exports: Exports, name: str) -> Profile:
    """One profile; without a name, the only one.

    Raises:
        UsageError: There is none of that name, or there are several and none is named.
    """
    names = [profile.name for profile in exports.profiles]
    if name in names:
        return exports.profiles[names.index(name)]
    if name:
        raise UsageError(f"没有「{name}」这个导出方案{near(name, names)}；有 {'、'.join(names)}")
    if len(names) != 1:
        raise UsageError(f"导出方案有 {'、'.join(names) or '零个'}，请写明要哪一个")
    return exports.profiles[0]


def export(workspace: Workspace, name: str, produce: Produce) -> Exported:
    """Make a profile's files of the last commit.

    Raises:
        UsageError: No such profile.
        LianxinError: Nothing is committed, records are unreadable, another export is at work, or a file cannot be made.
    """
    workspace.writable()
    repo = Repo.find(workspace.root)
    commit = repo.head() if repo else ""
    if repo is None or not commit:
        raise LianxinError("导出只用已经入库的数据，这里还没有一次提交；请先在台账目录里提交")
    then = replace(workspace, at=commit)
    with locked(repo):
        with then.book() as book:
            exports = profiles(book)
            profile = profile_named(exports, name)
            unreadable, jobs = book.unreadable(), list(_jobs(book, profile))
        with _recorded(repo, profile, exports, then):
            if unreadable:
                raise LianxinError(f"有 {unreadable} 份记录读不出，没有导出；请运行 lianxin check 改好并提交")
            return _put(then, profile, jobs, produce)


@contextlib.contextmanager
def _recorded(repo: Repo, profile: Profile, exports: Exports, workspace: Workspace) -> Iterator[None]:
    """Write down how the run went.

    Raises:
        LianxinError: The disk did not take it.
    """
    last = runs(repo).get(profile.name)
    run = Run(moment(workspace.now), profile.every.value, last.succeeded if last else "", commit=workspace.at)
    names = [one.name for one in exports.profiles]
    try:
        yield
    except OSError as error:
        message = f"{_folder(workspace, profile)} 写不成（{error.strerror}），原来的没有动"
        keep(repo, profile.name, replace(run, message=message), names)
        raise LianxinError(message) from None
    except BaseException as error:
        told = str(error) if isinstance(error, LianxinError) else f"中断或出错（{type(error).__name__}）"
        keep(repo, profile.name, replace(run, message=told), names)
        raise
    keep(repo, profile.name, replace(run, succeeded=run.at), names)


def _jobs(book: LedgerBook, profile: Profile) -> Iterator[_Job]:
    tags = {Tag.TODAY: str(book.today), Tag.YEAR: f"{book.today:%Y}", Tag.MONTH: f"{book.today:%m}"}
    named: dict[str, str] = {tag.value: text for tag, text in tags.items()}
    if profile.period:
        span = parse_period(profile.period, book.today, cycle_of(book.policy("reports")))
        named[Tag.PERIOD.value] = lasting(span).replace(":", "")
    for output in profile.outputs:
        yield _Job(output, filled(output.file, named), filled(output.command, named))


def _folder(workspace: Workspace, profile: Profile) -> Path:
    return (workspace.root / profile.folder).resolve()


def _put(workspace: Workspace, profile: Profile, jobs: Sequence[_Job], produce: Produce) -> Exported:
    folder = _folder(workspace, profile)
    recover(folder)
    before = _manifest(folder, profile, workspace.root)
    fresh = begin(folder)
    try:
        for job in jobs:
            path = fresh / job.file
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            words = pinned(workspace.root, workspace.at, moment(workspace.now), job.output.face)
            produce([*words, *shlex.split(job.command), "-o", str(path)], path)
        written = tuple(job.file for job in jobs if not _same(fresh / job.file, folder / job.file))
        entries = {entry["file"]: entry for entry in before if (fresh / entry["file"]).is_file()}
        for job in jobs:
            if job.file in written or job.file not in entries:
                entries[job.file] = _entry(job, fresh / job.file, workspace)
        gone = _outdated(entries, profile)
        for file in gone:
            (fresh / file).unlink()
        kept = [entry for file, entry in entries.items() if file not in gone]
        if written or gone or kept != before:
            _write_manifest(fresh / MANIFEST, profile, kept)
            finish(fresh, folder)
    finally:
        discard(fresh)
    return Exported(folder, workspace.at, len(jobs), written, gone)


def _same(one: Path, other: Path) -> bool:
    """Whether a file was left alone: the copy's is still the folder's own, or a copy of the same time."""
    try:
        mine, its = one.stat(), other.stat()
    except FileNotFoundError:
        return False
    return mine.st_ino == its.st_ino or (mine.st_mtime_ns, mine.st_size) == (its.st_mtime_ns, its.st_size)


def _manifest(folder: Path, profile: Profile, root: Path) -> list[dict[str, Any]]:
    """The files of the last run.

    Raises:
        LianxinError: Something else is in the folder.
    """
    if folder.is_relative_to(root):
        raise LianxinError(f"{folder} 在台账目录里面，请在 {PATH} 里把「目录」改到外面")
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    try:
        made = json.loads((folder / MANIFEST).read_bytes())
        if (made["schema"], made["profile"]) == (_SCHEMA, profile.name):
            return list(made["files"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise LianxinError(f"{folder} 里有别的东西，不是「{profile.name}」导出的；请换个「目录」，或先把它移走")


def _entry(job: _Job, path: Path, workspace: Workspace) -> dict[str, Any]:
    data = path.read_bytes()
    trace = format_for(path.suffix).trace(data)
    return {
        "file": job.file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "face": job.output.face.value,
        "command": job.command,
        "output": job.output.file,
        "commit": trace.commit if trace else workspace.at,
        "as_of": moment_text(trace) if trace else moment(workspace.now),
    }


def _outdated(entries: dict[str, dict[str, Any]], profile: Profile) -> tuple[str, ...]:
    """The files beyond the newest few of each output whose name changes with the day."""
    gone: list[str] = []
    for output in profile.outputs:
        if profile.keep and dated(output):
            files = [file for file, entry in entries.items() if entry["output"] == output.file]
            gone += files[: -profile.keep]
    return tuple(gone)


def _write_manifest(path: Path, profile: Profile, entries: Sequence[dict[str, Any]]) -> None:
    whole = {"schema": _SCHEMA, "profile": profile.name, "files": list(entries)}
    path.unlink(missing_ok=True)  # the old one is a link to what stands in the folder
    path.touch(mode=0o600)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
