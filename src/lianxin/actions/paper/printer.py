"""Paper: a file handed to the printer of this machine (CUPS), Word and Excel by way of LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt

#: What the printer takes, and what LibreOffice makes it of.
_PDF, _OFFICE = ".pdf", (".docx", ".xlsx")
#: So long (seconds) a program may be silent.
_PATIENCE = 120.0

#: What ``lp`` says in English, and what is said instead.
_SAYINGS = {
    r"no default destination": "没有定下平常用哪一台，请用 --printer 写明",
    r"not exist|[Uu]nknown|[Ii]nvalid destination|class": "没有这一台打印机",
    r"[Nn]ot responding|refused|Bad file descriptor|connect": "打印服务没有开，请先打开（sudo systemctl start cups）",
    r"[Nn]ot accepting": "这一台打印机现在不收活，请看看它是不是停了",
}
_REQUEST = re.compile(r"request id is (\S+)-(\d+)\b")


class NoPrinterError(LianxinError):
    """Nothing here prints."""


class Printed(Struct, frozen=True):
    """What was handed over; both empty where the program does not say.

    Attributes:
        printer: To which printer.
        number: Of the request.
    """

    printer: str = ""
    number: str = ""


def ready(to: str = "") -> str:
    """The program that prints, once it is known that there is something to print with.

    Args:
        to: The printer that is wanted; empty for the usual one.

    Raises:
        NoPrinterError: There is no such program, or it knows no printer.
        UsageError: It knows others.
    """
    program = _program("lp")
    if program is None:
        raise NoPrinterError("这台电脑没有打印程序，用不了打印机，没有打印")
    known = _known()
    if known is not None and not known:
        raise NoPrinterError("这台电脑没有接打印机，没有打印")
    if known and to and to not in known:
        raise UsageError(f"没有「{to}」这台打印机，有 {'、'.join(known)}")
    return program


def printable(file: Path) -> None:
    """Look whether a file can be printed.

    Raises:
        UsageError: It is not there, or of no such sort.
    """
    if not file.is_file():
        raise UsageError(f"没有「{spelt(str(file))}」这个文件")
    if file.suffix.lower() not in (_PDF, *_OFFICE):
        raise UsageError(f"「{file.name}」打印不了，能打印的是 PDF、Word（docx）、Excel（xlsx）；请先出成 PDF 再打印")


def printed(program: str, file: Path, title: str, *, to: str = "", copies: int = 1) -> Printed:
    """Hand a file to the printer.

    Args:
        program: As ``ready`` has it.
        file: As ``printable`` lets it pass.
        title: By which the printer's list names it.
        to: The printer; empty for the usual one.
        copies: How many.

    Raises:
        LianxinError: It cannot be made into pages, or the printer would not.
    """
    words = [program, "-t", title, "-n", str(copies), *(("-d", to) if to else ())]
    with _pages(file) as pages, pages.open("rb") as content:
        done = _run(words, content.fileno())
    told = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    if done.returncode:
        why = next((said for pattern, said in _SAYINGS.items() if re.search(pattern, told)), "")
        known = _known() or ()
        named = f"；有 {'、'.join(known)}" if known else ""
        raise LianxinError(f"打印机没有收（{why or f'lp 返回 {done.returncode}'}），没有打印{named}")
    found = _REQUEST.search(told)
    return Printed(found[1], found[2]) if found else Printed()


@contextmanager
def _pages(file: Path) -> Iterator[Path]:
    """The file as PDF, for the time of the block."""
    if file.suffix.lower() == _PDF:
        yield file
        return
    office = _program("soffice") or _program("libreoffice")
    if office is None:
        raise LianxinError(
            f"这台电脑没有 LibreOffice，{file.suffix} 打印不了；请用 WPS 打开 {spelt(str(file.resolve()))} 打印，"
            "或出成 PDF 再打印"
        )
    with tempfile.TemporaryDirectory(prefix="lianxin-") as name:
        folder = Path(name)
        profile = (
            f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # so that an open LibreOffice does not matter
        )
        _run([office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(file.resolve())])
        made = folder / f"{file.stem}{_PDF}"
        if not made.is_file():
            raise LianxinError(f"LibreOffice 打不开「{file.name}」（损坏了，或有密码），没有打印")
        yield made


def _known() -> tuple[str, ...] | None:
    """The printers of this machine; None where nobody can say."""
    program = _program("lpstat")
    if program is None:
        return None
    done = _run([program, "-e"])
    return None if done.returncode else tuple(done.stdout.decode(errors="replace").split())


def _program(name: str) -> str | None:
    """A program, never one of the folder in hand."""
    return shutil.which(name, path=_path())


def _path() -> str:
    return os.pathsep.join(path for path in os.get_exec_path() if path.startswith("/"))


def _run(words: Sequence[str], stdin: int = subprocess.DEVNULL) -> subprocess.CompletedProcess[bytes]:
    name = Path(words[0]).name
    environment = os.environ | {"LC_ALL": "C.UTF-8", "PATH": _path()}
    try:
        return subprocess.run(words, stdin=stdin, env=environment, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise LianxinError(f"{name} 等了 {_PATIENCE / 60:.0f} 分钟没有答复，已经停下，没有打印") from None
