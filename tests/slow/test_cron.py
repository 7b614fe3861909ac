"""The printed crontab lines make the real cron daemon export, in its own poor environment."""

from __future__ import annotations

import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.desk import Desk
from tests.programs import need

from lianxin.formats import format_for

#: Seconds; cron looks once a minute.
PATIENCE = 150


@pytest.fixture
def crontab() -> Iterator[Callable[[str], None]]:
    """Sets this user's crontab and has a daemon read it; both are as before afterwards."""
    need("cron", "crontab")
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False)
    daemon = subprocess.Popen(["cron", "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def lay(text: str) -> None:
        subprocess.run(["crontab", "-"], input=text.encode(), check=True)

    yield lay
    if before.returncode == 0:
        lay(before.stdout.decode())
    else:
        subprocess.run(["crontab", "-r"], check=False, capture_output=True)
    daemon.terminate()  # one that ran already has made ours end by itself
    daemon.wait()


@pytest.mark.slow
def test_the_real_daemon_exports_every_minute(crontab: Callable[[str], None], tmp_path: Path) -> None:
    root = tmp_path / "台账 50%"
    desk = Desk(root).furnish()
    desk.take_down()
    out = desk.do("cron", "每天").out
    assert "\n30 21 * * * umask" in out
    crontab(out.replace("\n30 21 * * * umask", "\n* * * * * umask"))
    file = tmp_path / "导出" / "每天" / "问题台账.xlsx"
    deadline = time.monotonic() + PATIENCE
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(1)
    assert file.exists()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    trace = format_for("xlsx").trace(file.read_bytes())
    assert trace is not None
    assert trace.commit == desk.git("rev-parse", "HEAD").strip()
    assert desk.do("verify", str(file)).out.startswith("一致")
    assert "导出「每天」" in desk.say("doctor", today="").out
