"""Where a command's output may go, and how it gets there: whole files at once, pipes and devices as they are.

Nothing is written over what git tracks or the ledger reads, into a git folder, or over what the output is made from.
"""

from __future__ import annotations

import errno
import os
import stat
import time
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from lianxin.core.error import LianxinError, reason
from lianxin.core.text.pattern import late
from lianxin.kinds import ARCHIVE, BY_FOLDER
from lianxin.policies.station import PATH
from lianxin.storage import DEFINING
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.apart import joined, note_of, split
from lianxin.storage.write.placing import beside, place

#: ``-o -``, and what the system calls the same.
STDOUT = Path("-")
_STDOUT = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
#: A file the shell has opened for us; it is written to where it stands.
_OPEN = late(r"/dev/fd/(\d+)|/proc/self/fd/(\d+)|/dev/std(err)")
_SETTINGS = ("lianxin.yaml", PATH)
#: So long (seconds) a pipe may be without anybody who reads it.
_READER = 10.0
#: A file larger than this many bytes is none of ours.
_MOST = 1 << 28


def named(path: Path) -> Path:
    """The path, or ``STDOUT`` where the screen or the pipe is meant."""
    return STDOUT if str(path) in _STDOUT else path


def refuse(path: Path, root: Path | None, made_from: Sequence[Path] = (), *, ours: bool = False) -> None:
    """Look whether something may be written there.

    Args:
        path: A file, or a folder that is to be made.
        root: The data folder; None where there is none.
        made_from: What the output is made from.
        ours: What is there is known to be of this tool's making, so that git may keep it.

    Raises:
        LianxinError: It may not; the sentence says why and where to go instead.
    """
    if path == STDOUT or _open_number(path) is not None:
        return
    if odd := _odd(path):
        raise LianxinError(f"文件名{odd}，没有写；请起一个看得见的名字")
    if any(_same(path, one) for one in made_from):
        raise LianxinError(f"{path} 就是那张空表，不能写在它上面；请给填好的另起一个名字")
    real = Path(os.path.realpath(path))
    if _in_git_folder(real):
        raise LianxinError(f"{path} 在 git 的文件夹里，写了仓库会坏，没有写；请换个地方")
    if real.is_relative_to("/proc") or real.is_relative_to("/sys") or real.is_block_device():
        raise LianxinError(f"{path} 不是放文件的地方，没有写；请换个地方")
    if root is not None and _read_by_the_ledger(real, Path(os.path.realpath(root))):
        raise LianxinError(f"{path} 是台账自己要读的地方，没有写；请放到台账目录外面，如 ~/{real.name}")
    if not ours and any(map(_tracked, (real, note_of(real)) if real.suffix.lower() == ".csv" else (real,))):
        raise LianxinError(f"{path} 在 git 里有记录，没有盖掉；请换个文件名，或放到别处")


def _odd(path: Path) -> str:
    """Why nobody could tell what a path is called; empty where it is called something."""
    if not all(part.strip() for part in path.parts):
        return "是空白（多半是变量没有值）"
    seen = (one.isprintable() or unicodedata.category(one) == "Zs" for one in str(path))
    return "" if all(seen) else "里有换行或别的看不见的字符"


def streamed(path: Path) -> bool:
    """Whether it is the screen, a pipe or a device: no file, so that its name says nothing of what goes there."""
    return path == STDOUT or _open_number(path) is not None or (path.exists() and not path.is_file())


def there(path: Path) -> bytes | None:
    """What an ordinary file holds, and what is told of it beside; None where there is none, or a pipe or device."""
    try:
        about = path.stat()
        return joined(path, path.read_bytes()) if stat.S_ISREG(about.st_mode) and about.st_size <= _MOST else None
    except (OSError, LianxinError):
        return None


def send(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, its owner's alone, or write to a pipe or device.

    What is told of rows goes into a file beside theirs; where rows go through a pipe nothing is told.

    Raises:
        BrokenPipeError: Whoever read the pipe has gone.
        LianxinError: The folder is not there or not writable, or there is no room.
    """
    number = _open_number(path)
    files = split(path, content)
    try:
        if number is not None:
            _stream(os.dup(number), files[path])
        elif streamed(path):
            _stream(_opened(path), files[path])
        else:
            _settle({Path(os.path.realpath(one)): held for one, held in files.items()})
    except BrokenPipeError:
        raise
    except OSError as error:
        raise LianxinError(f"{path} 没有写成（{reason(error)}），原来的没有动；请换个目录，或检查权限和空间") from None


def _settle(files: Mapping[Path, bytes]) -> None:
    """Put files in place, once all of them are written.

    Raises:
        OSError: There is no room, or no permission; those that were there stand.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            waiting[path] = beside(path, content)
        for path in files:
            place(waiting[path], path)
            del waiting[path]
    finally:
        for left in waiting.values():
            left.unlink(missing_ok=True)


def _opened(path: Path) -> int:
    """A pipe or device, once somebody reads the pipe.

    Raises:
        OSError: Nobody does.
    """
    until = time.monotonic() + _READER
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > until:
                raise
            time.sleep(0.05)
            continue
        os.set_blocking(handle, True)
        return handle


def _stream(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _open_number(path: Path) -> int | None:
    found = _OPEN.fullmatch(str(path))
    return int(found[1] or found[2] or 2) if found else None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _in_git_folder(real: Path) -> bool:
    """In ``.git`` of a work tree, or in a bare repository."""
    if any(part.casefold() == ".git" for part in real.parts):
        return True
    return any((one / "HEAD").is_file() and (one / "objects").is_dir() for one in real.parents)


def _read_by_the_ledger(real: Path, root: Path) -> bool:
    if not real.is_relative_to(root):
        return False
    parts = real.relative_to(root).parts
    return not parts or parts[0] in (*BY_FOLDER, *DEFINING, *_SETTINGS, ARCHIVE) or parts[0].startswith(".git")


def _tracked(real: Path) -> bool:
    """Whether some repository keeps what is there, or something under it."""
    if not any((one / ".git").exists() for one in real.parents):
        return False
    folder = next(one for one in real.parents if one.is_dir())  # those below it are not there yet
    try:
        repo = Repo.find(folder)
    except LianxinError:
        return False  # git will not say
    if repo is None or not real.is_relative_to(repo.top):
        return False
    return bool(repo.run("ls-files", "-z", "--", str(real.relative_to(repo.top)), check=False))
