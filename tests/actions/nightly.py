"""An export each night at half past nine, looked at from all sides."""

from __future__ import annotations

import json
import re
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.actions.busy_office import KEPT, PROFILE, VILLAGES, BusyOffice, git

from lianxin.actions.export.profile import export
from lianxin.actions.export.run import runs
from lianxin.actions.export.verify import verify
from lianxin.actions.workspace import Workspace
from lianxin.cli import again
from lianxin.cli.app import command
from lianxin.core.error import LianxinError
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.apart import rows_of, told_of, written

#: Bytes a file may have while the disk is full; a spreadsheet has more.
_FULL = 2_000

Seen = dict[str, tuple[int, int, bytes]]

produce, lawful = partial(again.produce, command()), partial(again.lawful, command())


def seen(folder: Path) -> Seen:
    """Each file's inode and time, and what is in it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in files
    }


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow, as when the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FULL, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class Nights:
    """The nights of a busy office.

    Attributes:
        written: Copies of the files each night wrote anew, with the commit the manifest names for each.
    """

    def __init__(self, top: Path, seed: int) -> None:
        self.top, self.root, self.folder = top, top / "台账", top / "导出"
        self.office = BusyOffice(self.root, seed)
        self.written: list[tuple[Path, str]] = []
        self.failed = self.quiet = 0

    def night(self, what: float) -> None:
        """One day's work, and the export after it.

        Args:
            what: From 0 to 1: nothing, an edit by hand, one with the tool, one left uncommitted, or a run that fails.
        """
        if what < 0.25:
            self.exported()
        elif what < 0.5:
            self.office.edited_by_hand()
            self.office.commit()
            self.exported()
        elif what < 0.75:
            self.office.edited_with_the_tool()
            self.exported()
        elif what < 0.9:
            self.office.edited_by_hand()  # and left lying on the desk
            self.exported()
        elif what < 0.95:
            self.unreadable()
        else:
            self.no_room()
        self.office.day += timedelta(days=1)

    def unreadable(self) -> None:
        """Somebody committed a broken record; it is put right the next morning."""
        path = self.root / "villages" / f"CUN-A{self.office.chance.randint(1, VILLAGES):04}.yaml"
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] + b"\xff")
        self.office.commit()
        self.refused(self.exported, "读不出")
        path.write_bytes(whole)
        self.office.commit()

    def no_room(self) -> None:
        """The disk is full on a night when there is something to write."""
        self.office.household(self.office.chance.randint(1, VILLAGES))
        self.office.edited_with_the_tool()
        self.office.commit()

        def crowded() -> None:
            with full_disk():
                export(Workspace(self.root, self.office.day), "", produce)

        self.refused(crowded, "原来的没有动", "原来的文件没有动")

    def refused(self, attempt: Callable[[], None], *why: str) -> None:
        """A run that fails is told of, and leaves everything as it was."""
        before = seen(self.folder)
        with pytest.raises(LianxinError, match="|".join(why)):
            attempt()
        assert seen(self.folder) == before
        assert any(one in runs(Repo.find(self.root))[PROFILE].message for one in why)
        self.tidy()
        self.failed += 1

    def exported(self) -> None:
        """A run that goes well: only what has changed is new, and all of it is listed."""
        before = seen(self.folder)
        done = export(Workspace(self.root, self.office.day), "", produce)
        after = seen(self.folder)
        for name in before.keys() & after.keys():
            assert (before[name][:2] == after[name][:2]) == (before[name][2] == after[name][2]), name
        assert set(done.fresh) == {name for name in after if before.get(name) != after[name]} - {"manifest.json"}
        if not done.fresh and not done.gone:
            assert after == before
            self.quiet += 1
        entries = self.listed(after)
        self.told_truly(entries, after, done.commit)
        weekly = [name for name in entries if name.startswith("每周/")]
        assert len(weekly) in range(2, 2 * KEPT + 1, 2)
        assert {told_of(name) for name in weekly} == {name for name in weekly if name.endswith(".csv")}
        for name in done.fresh:
            self.keep(name, entries[name]["commit"])
        self.tidy()

    def keep(self, name: str, commit: str) -> None:
        """A copy of what was written tonight, to be made again when the year is over."""
        if name.startswith("公示栏/") and not name.endswith("index.html"):
            return
        copy = self.top / "留底" / f"{len(self.written)}" / name
        if name.endswith("index.html"):
            shutil.copytree(self.folder / "公示栏", copy.parent)
        else:
            copy.parent.mkdir(parents=True)
            for file in written(rows_of(self.folder / name)):
                shutil.copyfile(file, copy.with_name(file.name))
        self.written.append((copy, commit))

    def listed(self, after: Seen) -> dict[str, dict[str, Any]]:
        """The manifest, which has every file with its true checksum."""
        entries = {entry["file"]: entry for entry in json.loads(after["manifest.json"][2])["files"]}
        assert entries.keys() == after.keys() - {"manifest.json"}
        for name, entry in entries.items():
            data = after[name][2]
            assert (entry["sha256"], entry["bytes"]) == (sha256(data).hexdigest(), len(data)), name
        return entries

    def told_truly(self, entries: dict[str, dict[str, Any]], after: Seen, tonight: str) -> None:
        """The list of villages says what git has in the commit it names, and in tonight's, counted without the tool."""
        lines = after["村.csv"][2].decode("utf-8-sig").splitlines()
        told = {found[1]: found[2] for line in lines if (found := re.match(r"(CUN-\w+),.*?,(\d+)", line))}
        for commit in {entries["村.csv"]["commit"], tonight}:
            written = git(self.root, "grep", "^户数", commit, "--", "villages")
            assert told == dict(re.findall(r"(CUN-\w+)\.yaml:户数: (\d+)", written))
        assert len(told) == VILLAGES

    def tidy(self) -> None:
        """Nothing is left lying about."""
        assert {path.name for path in self.top.iterdir()} <= {"台账", "导出", "留底"}

    def made_again(self, most: int) -> int:
        """Elsewhere, make again the files of the last night, and a sample of all that were written."""
        away = self.top / "另一处" / "台账"
        git(self.top, "clone", "-q", str(self.root), str(away))
        last = json.loads((self.folder / "manifest.json").read_bytes())["files"]
        wanted = [(self.folder / one["file"], one["commit"]) for one in last if "公示栏" not in one["file"]]
        wanted += [(self.folder / one["file"], one["commit"]) for one in last if one["file"] == "公示栏/index.html"]
        wanted += self.office.chance.sample(self.written, min(most, len(self.written)))
        for path, commit in wanted:
            verdict = verify(away, path, produce, lawful)
            assert verdict.same, (path, verdict.differences)
            assert verdict.trace.commit == commit
        return len(wanted)
