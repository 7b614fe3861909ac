"""What the other end of a sync would not, in her words: what is the matter, what is safe, what is next."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianxin.core.error import reason
from lianxin.core.problem import spelt
from lianxin.storage.git.meeting import AwayError, is_host, shown
from lianxin.storage.git.mirror import End
from lianxin.storage.git.process.trouble import DiskError, GitError
from lianxin.storage.git.process.waiting import bare

_FULL = (errno.ENOSPC, errno.EDQUOT)
_DENIED = (errno.EACCES, errno.EPERM)
#: How far it has come when it goes wrong.
BEFORE, AFTER = "没有取，也没有送", "别处记的已经合进来了，这里记的还没有送去"

_ROOM = "请删掉那里不用的东西，或换一个优盘"
_SAFE = "这台电脑上记的一笔不少"


@contextmanager
def met(address: str, done: str, *, here: bool = False) -> Iterator[None]:
    """Tell what goes wrong at the other end.

    Args:
        address: Where it is.
        done: How far it has come, ``BEFORE`` or ``AFTER``.
        here: There it is only read, and what is written is written on this machine.

    Raises:
        AwayError: It went wrong; what is done so far stays.
    """
    try:
        yield
    except AwayError:
        raise
    except (GitError, OSError) as error:
        what, then = _told(address, error, here=here)
        raise AwayError(f"{what}；{done}，{_SAFE}。{then}，再运行一次 lianxin sync") from None


def _told(address: str, error: GitError | OSError, *, here: bool) -> tuple[str, str]:
    """What is the matter, and what is to be done about it."""
    where = spelt(shown(address))
    cause = error if isinstance(error, OSError) else error.cause if isinstance(error, DiskError) else None
    number = cause.errno if cause else None
    if not is_host(address) and not _there(Path(address)):
        return f"{where} 中途断开了（优盘拔掉了，或网络盘断了）", "请把它插好、连好"
    if number in _FULL and here:
        return "这台电脑的磁盘满了", "请清理这台电脑的磁盘"
    if number in _FULL:
        return f"{where} 满了，放不下", _ROOM
    if number == errno.EFBIG:
        return f"{where} 放不下这么大的文件（老格式的优盘一个文件最大 4 GB）", "请换一个优盘，或换一种格式"
    if number == errno.EROFS:
        return f"{where} 只能读，写不进去（有写保护，或上次没有退出就拔了）", "请解开写保护，或先检查修复这个优盘"
    if number in _DENIED:
        return f"{where} 没有权限{'读' if here else '写'}", "请找管理员开权限，或换一个地方"
    if cause:
        return f"{where} 读写出错（{reason(cause)}）", "请换一个优盘，或另建一个文件夹"
    if not is_host(address) and bare(Path(address)) and _sound(Path(address)):
        return f"{where} 里的那一份现在写不进去（别的电脑正在用它）", "请过一会儿"
    if not is_host(address) and bare(Path(address)):
        return (
            f"{where} 里的那一份坏了（多半是没写完就拔了），用不了",
            "请在那里另建一个空文件夹，同步到那个文件夹去，会另做一份完整的；坏的先留着",
        )
    return f"{where} 用不了（{error}）", "处理好以后"


def _sound(folder: Path) -> bool:
    """Whether its branches can be read."""
    try:
        return bool(End.alone(folder).roots())
    except (GitError, OSError):
        return False


def _there(folder: Path) -> bool:
    """Whether the folder is there, or the one that is to hold it."""
    try:
        return folder.is_dir() or (folder.suffix == ".git" and folder.parent.is_dir())
    except OSError:
        return False
