"""The folder of a profile: its files made anew beside it, compared, listed, and put in place all at once."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from lianxin.actions.export.run import moment
from lianxin.actions.export.verify import Produce, directed, pinned
from lianxin.actions.workspace import Workspace
from lianxin.core.error import EmptyError, LianxinError
from lianxin.core.look import SUFFIXES
from lianxin.formats import format_for
from lianxin.formats.paper.trace import Trace, moment_text
from lianxin.policies.export import MANIFEST, Output, Profile, dated, english
from lianxin.storage.git.disk import ordinary
from lianxin.storage.write.apart import told_of, written
from lianxin.storage.write.outlet import refuse
from lianxin.storage.write.switch import begin, discard, finish, recover

_SCHEMA = "lianxin/export/1"
Entry = dict[str, Any]


class Exported(Struct, frozen=True):
    """What a run did.

    Attributes:
        files: How many the profile has.
        fresh: Those written anew.
        gone: Those that were too old to keep, or have nothing to say any more.
    """

    folder: Path
    commit: str
    files: int
    fresh: tuple[str, ...]
    gone: tuple[str, ...]


class Job(Struct, frozen=True):
    """One file to make, or one folder of pages, its tags filled in."""

    output: Output
    file: str
    command: str


def folder_of(workspace: Workspace, profile: Profile) -> Path:
    """Where a profile's files stand."""
    return (workspace.root / profile.folder).resolve()


def put(workspace: Workspace, profile: Profile, jobs: Sequence[Job], produce: Produce) -> Exported:
    """Make the files and put them in place of those that were there; what is unchanged stays the very file.

    Raises:
        LianxinError: A file cannot be made, or something else is in the folder.
        OSError: The disk is full, or the folder is not to be written.
    """
    folder = folder_of(workspace, profile)
    recover(folder)
    before = _manifest(folder, profile, workspace.root)
    fresh = begin(folder)
    try:
        made = {job: _made(job, workspace, fresh, folder, produce) for job in jobs}
        files = [file for each in made.values() for file in each]
        written = tuple(file for file in files if not _same(fresh / file, folder / file))
        entries = {entry["file"]: entry for entry in before if (fresh / entry["file"]).is_file()}
        for job, each in made.items():
            trace = _trace(fresh, each)
            for file in each:
                if file in written or file not in entries:
                    entries[file] = _entry(job, file, fresh, trace, workspace)
        for file in _outdated(entries, profile):
            _remove(fresh / file, fresh)
            del entries[file]
        kept = list(entries.values())
        if written or kept != before:
            _write_manifest(fresh / MANIFEST, profile, kept)
            finish(fresh, folder)
    finally:
        discard(fresh)
    gone = tuple(entry["file"] for entry in before if entry["file"] not in entries)
    return Exported(folder, workspace.at, len(files), written, gone)


def _made(job: Job, workspace: Workspace, fresh: Path, folder: Path, produce: Produce) -> tuple[str, ...]:
    """The files of one command, made in the copy of the folder; none when there is nothing to fill in."""
    path = fresh / job.file
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    words = pinned(workspace.root, workspace.at, moment(workspace.now), job.output.face)
    try:
        produce([*words, *directed(english(shlex.split(job.command)), path)], path)
    except EmptyError:
        path.unlink(missing_ok=True)
        return ()
    except LianxinError as error:  # the copy's name says nothing to anybody
        raise type(error)(f"「{job.file}」没有做成：{str(error).replace(str(fresh), str(folder))}") from None
    if not path.is_dir():
        return tuple(file.relative_to(fresh).as_posix() for file in written(path))
    return tuple(sorted(file.relative_to(fresh).as_posix() for file in path.rglob("*") if file.is_file()))


def _same(one: Path, other: Path) -> bool:
    """Whether a file was left alone: the copy's is still the folder's own, or a copy of the same time."""
    try:
        mine, its = one.stat(), other.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return mine.st_ino == its.st_ino or (mine.st_mtime_ns, mine.st_size) == (its.st_mtime_ns, its.st_size)


def _manifest(folder: Path, profile: Profile, root: Path) -> list[Entry]:
    """The files of the last run.

    Raises:
        LianxinError: Something else is in the folder.
    """
    if folder.is_relative_to(root):
        raise LianxinError(f"{folder} 在台账目录里面，请在导出方案里把「目录」改到外面")
    refuse(folder, root, ours=True)
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    try:
        made = json.loads(ordinary(folder / MANIFEST))
        if (made["schema"], made["profile"]) == (_SCHEMA, profile.name):
            return list(made["files"])
    except (LianxinError, FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        pass
    raise LianxinError(f"{folder} 里有别的东西，不是「{profile.name}」导出的；请换个「目录」，或先把它移走")


def _trace(fresh: Path, files: Sequence[str]) -> Trace | None:
    """Which commit they bear; of a folder of pages the first page tells it for the files that bear none."""
    for file in sorted(files, key=lambda file: not file.endswith("/index.html")):
        suffix = PurePosixPath(file).suffix
        trace = format_for(suffix).trace((fresh / file).read_bytes()) if suffix in SUFFIXES else None
        if trace is not None:
            return trace
    return None


def _entry(job: Job, file: str, fresh: Path, trace: Trace | None, workspace: Workspace) -> Entry:
    data = (fresh / file).read_bytes()
    return {
        "file": file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "face": job.output.face.value,
        "command": trace.recipe if trace and trace.hidden else job.command,  # it may ask for somebody by name
        "output": job.output.file,
        "commit": trace.commit if trace else workspace.at,
        "as_of": moment_text(trace) if trace else moment(workspace.now),
    }


def _outdated(entries: Mapping[str, Entry], profile: Profile) -> list[str]:
    """The files beyond the newest few of each dated output; a folder, or rows and their note, are one."""
    gone: list[str] = []
    for output in profile.outputs:
        if profile.keep and dated(output):
            units: dict[str, list[str]] = {}
            for file, entry in entries.items():
                if entry["output"] == output.file:
                    units.setdefault(_unit(file, output), []).append(file)
            gone += [file for each in list(units.values())[: -profile.keep] for file in each]
    return gone


def _unit(file: str, output: Output) -> str:
    return "/".join(PurePosixPath(told_of(file)).parts[: len(PurePosixPath(output.file).parts)])


def _remove(path: Path, top: Path) -> None:
    """A file, and the folders that are empty without it."""
    path.unlink()
    for folder in path.parents:
        if folder == top or any(folder.iterdir()):
            break
        folder.rmdir()


def _write_manifest(path: Path, profile: Profile, entries: Sequence[Entry]) -> None:
    whole = {"schema": _SCHEMA, "profile": profile.name, "files": list(entries)}
    path.unlink(missing_ok=True)  # the old one is a link to what stands in the folder
    path.touch(mode=0o600)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
