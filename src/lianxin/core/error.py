"""Refusals: the tool understood, and will not do it."""

import errno
import os
import traceback
from collections.abc import Iterable, Iterator

_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "文件大过了这里允许的大小",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里只能读不能写",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "那里已经有一个同名的",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名字太长",
    errno.EBADF: "已经关上了",
    errno.ENXIO: "那头没有程序在接",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EAGAIN: "开不了新的程序，开着的太多",
    errno.ESTALE: "网络盘断开了",
    errno.ENODEV: "盘断开了",
    errno.ENOTCONN: "盘断开了",
}
#: What no care of ours can keep from happening: the machine's own trouble.
_MACHINE = frozenset(_REASONS) - {errno.ENOENT, errno.EBADF, errno.ENXIO}

#: What the loader of the C library says of a shared object there is no memory for.
_NOT_MAPPED = ("failed to map segment", "annot allocate memory")
#: Something else stands where a file or folder belongs.
_IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EISDIR, errno.EEXIST})


class LianxinError(Exception):
    """A refusal, in one Chinese sentence that names the next step (exit code 3).

    Attributes:
        fields: Chinese labels of the fields that would have to be written otherwise, where it hangs on any.
        veiled: The sentence where others may read along; empty when it names nobody.
        meant: A word that was typed, and the one that was probably meant; empty when that cannot be told.
    """

    def __init__(
        self,
        message: str = "",
        fields: Iterable[str] = (),
        *,
        veiled: str = "",
        meant: tuple[str, str] | tuple[()] = (),
    ) -> None:
        super().__init__(message)
        self.fields = tuple(fields)
        self.veiled = veiled
        self.meant = meant


class UsageError(LianxinError):
    """The words of the command are wrong: a bad period, filter, id or option (exit code 2)."""


class EmptyError(UsageError):
    """No record answers to what was asked for, so there is nothing to make."""


class ElsewhereError(Exception):
    """What another process of ours came upon: the cause of what is raised here in its place.

    Attributes:
        passed: As ``passed`` told it there.
    """

    def __init__(self, *passed: str) -> None:
        super().__init__(*passed)
        self.passed = passed


def passed(error: BaseException) -> Iterator[str]:
    """An exception by its sort, and the lines of code it passed.

    Its words, values and the folders of the code are left out: names of people and of files stand there.
    """
    number = f" errno {error.errno}" if isinstance(error, OSError) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{number}"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_qualname}"
    if isinstance(error, ElsewhereError):
        yield from error.passed


def reason(error: OSError) -> str:
    """Why the system would not, in Chinese where there is a word for it."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def of_machine(error: OSError) -> str:
    """What to say of trouble that the machine makes, not we; empty for any other."""
    if "No usable temporary directory" in str(error):
        return "没有地方放临时文件；请检查 /tmp 和 TMPDIR 的权限，磁盘是不是满了"
    if error.errno not in _MACHINE:
        return ""
    where = f"{error.filename} " if isinstance(error.filename, str) and error.filename != "git" else ""
    if where and error.errno in _IN_THE_WAY:
        return f"{where}用不了（{reason(error)}）；请把挡在那里的移开"
    return (
        f"{where}用不了（{reason(error)}）；请检查权限、磁盘和这台电脑的负担"
        if where
        else (f"做不下去（{reason(error)}）；请检查磁盘和这台电脑的负担")
    )


def starved(error: Exception) -> bool:
    """Whether it failed for want of memory: a library that could not be loaded for it is told of as a failed import."""
    return isinstance(error, MemoryError) or (
        isinstance(error, ImportError) and any(sign in str(error) for sign in _NOT_MAPPED)
    )


def trouble_in(told: str) -> OSError | None:
    """What the system would not, found in another program's English (``No space left on device``)."""
    return next((OSError(code, os.strerror(code)) for code in _REASONS if os.strerror(code) in told), None)
