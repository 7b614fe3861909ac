"""``lianxin`` as a process of its own, forked from one that has loaded everything and run nothing.

Most of what a short command takes is Python's start and imports, and a suite that runs some thousand commands waits for
little else. Each still has its own folder, environment, mask, streams and exit code, and none sees what another did.
Where the environment says how Python itself is to start, it starts. That each command loads by itself, ``test_alone``
shows.
"""

from __future__ import annotations

import atexit
import json
import os
import pkgutil
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

#: Variables that act when Python, or the loader before it, starts.
_OF_THE_START = ("PYTHON", "LC_", "LANG", "LD_", "TZ")

#: What commands load only when they need it.
_HEAVY = (
    "docx",
    "docxtpl",
    "holidays",
    "jinja2",
    "openpyxl",
    "rich.console",
    "typer.rich_utils",
    "typst",
    "xlsxwriter",
)

#: The longest request the socket takes in one piece, whatever the system's default.
_MOST = 100_000

#: The mask is known only by setting it.
_ASKING = threading.Lock()


def run(words: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run one command with nothing on stdin: its exit code and what it wrote."""
    started, door = _waiting()
    with _ASKING:
        os.umask(mask := os.umask(0o077))
    asked = json.dumps([list(words), str(cwd), dict(env), mask]).encode()
    if _of_the_start(env) != started or len(asked) > _MOST:
        fresh = [sys.executable, "-m", "lianxin", *words]
        return subprocess.run(fresh, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    pipes = [os.pipe() for _ in range(3)]
    socket.send_fds(door, [asked], [write for _, write in pipes])
    for _, write in pipes:
        os.close(write)
    out, err, code = _read([read for read, _ in pipes])
    assert code, "the process that commands are forked from has died; what it said is on stderr"
    return subprocess.CompletedProcess(list(words), int(code), out, err)


def _of_the_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(_OF_THE_START)}


@cache
def _waiting() -> tuple[dict[str, str], socket.socket]:
    """The process that all are forked from: what it was started with, and where it is asked. It ends when we do."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = subprocess.Popen(
        [sys.executable, "-c", f"from tests.warm import serve; serve({its.fileno()})"],
        cwd=Path(__file__).parents[1],
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    its.close()

    def leave() -> None:
        ours.close()
        process.wait()

    atexit.register(leave)
    return _of_the_start(os.environ), ours


def _read(pipes: Sequence[int]) -> list[bytes]:
    """What comes out of all of them, to their ends."""
    held = {pipe: bytearray() for pipe in pipes}
    with selectors.DefaultSelector() as open_:
        for pipe in pipes:
            open_.register(pipe, selectors.EVENT_READ)
        while open_.get_map():
            for key, _ in open_.select():
                piece = os.read(key.fd, 1 << 16)
                held[key.fd] += piece
                if not piece:
                    open_.unregister(key.fd)
                    os.close(key.fd)
    return [bytes(content) for content in held.values()]


def serve(number: int) -> None:
    """Load everything, then fork for each request that comes by this socket, until nobody is left to ask."""
    _load()
    inbox = socket.socket(fileno=number)
    at_work: dict[int, int] = {}

    def told(*_: object) -> None:
        while at_work:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            code = at_work.pop(process)
            os.write(code, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(code)

    signal.signal(signal.SIGCHLD, told)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks hears it, and leaves
    while True:
        asked, streams, _, _ = socket.recv_fds(inbox, _MOST, 3)
        if not asked:
            return
        out, err, code = streams
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])  # it may end before it is known
        process = os.fork()
        if not process:
            inbox.close()
            os.dup2(out, 1)
            os.dup2(err, 2)
            for stream in (*streams, *at_work.values()):
                os.close(stream)
            _become(*json.loads(asked))
        at_work[process] = code
        os.close(out)
        os.close(err)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])


def _load() -> None:
    import gc

    import lianxin

    for module in pkgutil.walk_packages(lianxin.__path__, "lianxin."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in _HEAVY:
        import_module(name)
    gc.collect()
    gc.freeze()


def _become(words: list[str], folder: str, env: dict[str, str], mask: int) -> None:
    """Be the command; it leaves the process by itself."""
    from lianxin.cli import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    os.environ.clear()
    os.environ.update(env)
    os.umask(mask)
    os.chdir(folder)
    sys.argv = ["lianxin", *words]
    main()
