"""The lines by which the machine runs an export by itself: for cron, and for systemd."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from lianxin.actions.export.profile import profile_named, profiles
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.policies.export import Every, Profile

#: Minute and hour go before it.
_CRON: Mapping[Every, str] = {Every.DAY: "* * *", Every.WEEK: "* * 1", Every.MONTH: "1 * *"}
_SYSTEMD: Mapping[Every, str] = {Every.DAY: "*-*-*", Every.WEEK: "Mon *-*-*", Every.MONTH: "*-*-01"}
_ALWAYS = ("/usr/local/bin", "/usr/bin", "/bin")


class Task(Struct, frozen=True):
    """A profile and how this machine runs it.

    Attributes:
        program: Words that start this tool, the first an absolute path.
        path: What ``PATH`` must hold: git above all.
        unit: What systemd calls it, in letters it allows.
    """

    profile: Profile
    root: Path
    program: tuple[str, ...]
    path: str
    unit: str

    @property
    def words(self) -> tuple[str, ...]:
        """The command."""
        return (*self.program, "--data", str(self.root), "export", self.profile.name)


def task(workspace: Workspace, name: str) -> Task:
    """How this machine runs a profile.

    Raises:
        UsageError: No such profile.
        LianxinError: The profiles are faulty, or the folder's name has a line break.
    """
    with workspace.book() as book:
        exports = profiles(book)
    profile = profile_named(exports, name)
    root = workspace.root
    if "\n" in str(root) or "\n" in profile.name:
        raise LianxinError("台账目录或方案的名称里有换行，定时任务写不了，请改名")
    git = shutil.which("git")
    folders = [str(Path(git).parent)] if git else []
    path = ":".join(dict.fromkeys((*folders, *_ALWAYS)))
    return Task(profile, root, _program(), path, f"lianxin-export-{exports.profiles.index(profile) + 1}")


def _program() -> tuple[str, ...]:
    """This very tool: its script if it was started by one, else the interpreter with the module."""
    script = Path(sys.argv[0])
    if script.name in ("lianxin", "lx") and os.access(script, os.X_OK):
        return (str(script.absolute()),)
    return (sys.executable, "-m", "lianxin")


def crontab(task_: Task, mail: str) -> str:
    """Lines for ``crontab -e``. A ``%`` would end the command there, so it is escaped."""
    hour, minute = task_.profile.hour.split(":")
    command = f"umask 077; {shlex.join(task_.words)}".replace("%", r"\%")
    lines = (
        f"# lianxin 导出「{task_.profile.name}」：有问题才发信",
        "SHELL=/bin/sh",
        f"PATH={task_.path}",
        "LANG=C.UTF-8",
        f"MAILTO={mail}",
        f"{int(minute)} {int(hour)} {_CRON[task_.profile.every]} {command}",
    )
    return "\n".join(lines) + "\n"


def systemd(task_: Task) -> tuple[str, str]:
    """A service and the timer that starts it; a run missed while the machine was off is made up for."""
    command = " ".join(map(_unit_word, task_.words))
    service = f"""[Unit]
Description=lianxin export {_percent(task_.profile.name)}

[Service]
Type=oneshot
Environment=PATH={_percent(task_.path)} LANG=C.UTF-8
UMask=0077
ExecStart={command}
"""
    timer = f"""[Unit]
Description=lianxin export {_percent(task_.profile.name)}

[Timer]
OnCalendar={_SYSTEMD[task_.profile.every]} {task_.profile.hour}:00
Persistent=true

[Install]
WantedBy=timers.target
"""
    return service, timer


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _unit_word(word: str) -> str:
    """A word as systemd reads a command line: quoted, no variable and no specifier in it."""
    word = _percent(word).replace("$", "$$")
    if re.fullmatch(r"[^\s\"'\\;]+", word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
