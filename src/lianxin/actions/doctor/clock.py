"""Looking over the clock: which hour of which zone this machine takes for now."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import available_timezones

from lianxin.actions.doctor.item import Examined, Health
from lianxin.core.text.pattern import late

#: Where the offices are.
_OFFICE = timedelta(hours=8)
_REMEDY = "sudo timedatectl set-timezone Asia/Shanghai，或 export TZ=Asia/Shanghai（定时任务里写在前面）"
#: What a zone is that needs no file: ``CST-8``.
_SPELT = late(r"(<[^>]+>|[A-Za-z]{3,})[+-]?\d.*")


def clock() -> Examined:
    """The time zone; one that the machine does not know counts as UTC without a word."""
    now = datetime.now(UTC).astimezone()
    offset = now.utcoffset() or timedelta()
    name = os.environ.get("TZ", "")
    said = f"UTC{offset.total_seconds() / 3600:+g}" if offset else "UTC"
    if not _known(name):
        return Examined("时区", Health.NOTE, f"TZ={name} 不认识，当成了 UTC，日子会差", _REMEDY)
    if offset == _OFFICE:
        return Examined("时区", Health.GOOD, f"北京时间（{said}），现在 {now:%H:%M}")
    early = "，北京时间早上八点以前还当是昨天" if not offset else ""
    return Examined("时区", Health.NOTE, f"{said}，不是北京时间，现在 {now:%H:%M}{early}", _REMEDY)


def _known(name: str) -> bool:
    name = name.removeprefix(":")
    return not name or _SPELT.fullmatch(name) is not None or name in available_timezones() or _is_file(name)


def _is_file(name: str) -> bool:
    return name.startswith("/") and Path(name).is_file()
