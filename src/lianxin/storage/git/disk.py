"""Files on the disk: what counts as one, how it is read, and when the disk has it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

from lianxin.core.error import LianxinError
from lianxin.core.problem import spelt
from lianxin.storage import MAX_BYTES
from lianxin.storage.git.repo import TreeEntry, object_id


def read_file(path: Path | str) -> bytes | None:
    """An ordinary file's bytes, or the first of too many; None for links, devices and folders.

    Raises:
        FileNotFoundError: There is no such file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except NotADirectoryError:
        raise FileNotFoundError(path) from None
    except OSError:
        return None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)  # nor could Python open a folder
        return None
    with os.fdopen(handle, "rb", buffering=0) as file:
        return file.readall() if about.st_size <= MAX_BYTES else file.read(MAX_BYTES + 1)


def ordinary(path: Path, *, follow: bool = False) -> bytes:
    """A whole file that is to be written anew, taken in or looked at.

    Args:
        path: Where.
        follow: A link to a file will do.

    Raises:
        FileNotFoundError: There is no such file.
        LianxinError: A link, a pipe, a device or a folder stands there.
    """
    if not stat.S_ISREG((path.stat() if follow else path.lstat()).st_mode):
        raise LianxinError(
            f"{spelt(str(path))} 不是普通文件（是链接、文件夹、管道或设备），没有动它；请把它换成文件本身"
        )
    return path.read_bytes()


#: What a disk says that knows no such thing: network disks, of folders.
_NOT_ASKED = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)


def sync(path: Path) -> None:
    """Have the disk take what a file holds, or a folder by which names.

    Raises:
        OSError: It would not.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_ASKED:
            raise
    finally:
        os.close(handle)


def same_on_disk(root: Path, entry: TreeEntry) -> bytes | None:
    """A file of the work tree that is, byte for byte, the commit's; None when it is not, as with line ends turned."""
    try:
        data = read_file(f"{root}/{entry.path}")
    except FileNotFoundError:
        return None
    return data if data is not None and object_id(data, len(entry.oid)) == entry.oid else None


def on_disk(root: Path, path: str) -> TreeEntry:
    """A file of the work tree as a tree would name it."""
    return TreeEntry(path, "", not (root / path).is_symlink())


def strange(root: Path, name: str) -> Iterator[str]:
    """What is no ordinary file, be it called like one and a folder; the types of names are known without a look."""
    path = root / name
    if not os.path.lexists(path):
        return
    if path.is_symlink() or not path.is_dir():
        if path.is_symlink() or not path.is_file():
            yield name
        return
    with os.scandir(path) as inside:  # a folder holds tens of thousands of files, and hardly anything else
        others = [one for one in inside if not one.is_file(follow_symlinks=False) and not one.name.startswith(".")]
    for one in sorted(others, key=attrgetter("name")):
        if one.is_dir(follow_symlinks=False) and not one.name.endswith(".yaml"):
            yield from strange(root, f"{name}/{one.name}")
        else:
            yield f"{name}/{one.name}"


def walk(root: Path, folder: str) -> Iterator[TreeEntry]:
    """Every file under a folder (the data folder when empty) but hidden ones. Links are yielded, not followed."""
    for where, folders, names in os.walk(root / folder):
        inside = Path(where).relative_to(root)
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted((*names, *links)):
            if not name.startswith("."):
                yield on_disk(root, (inside / name).as_posix())
