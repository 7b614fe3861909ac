"""Books fetched over ssh from a real sshd: read, read on, and stopped at; nobody's way in is told anywhere."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin
from tests.cli.test_rollup import County

pytestmark = pytest.mark.slow  # it wants an sshd

_SSHD = "/usr/sbin/sshd"


class Host:
    """A machine behind ssh: this one, by a key of its own.

    Attributes:
        port: Where it listens.
        programs: A folder with the ``ssh`` that knows the key.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, folder / "bin"
        self.programs.mkdir()
        for name in ("host", "clerk"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        (folder / "sshd_config").write_text(
            f"HostKey {folder}/host\nAuthorizedKeysFile {folder}/clerk.pub\nStrictModes no\nUsePAM no\n"
            f"PidFile none\nListenAddress 127.0.0.1\nPort {self.port}\nPasswordAuthentication no\nPermitRootLogin yes\n"
        )
        known = (folder / "host.pub").read_text()
        (folder / "known").write_text(f"[127.0.0.1]:{self.port} {known}")
        (folder / "config").write_text(
            f"IdentityFile {folder}/clerk\nIdentitiesOnly yes\nUserKnownHostsFile {folder}/known\n"
        )
        ssh = self.programs / "ssh"
        ssh.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder}/config "$@"\n')
        ssh.chmod(0o755)
        Path("/run/sshd").mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [_SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=subprocess.DEVNULL
        )
        for _ in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (tmp_path / "host").mkdir()
    found = Host(tmp_path / "host")
    yield found
    found.close()


@pytest.fixture
def county(tmp_path: Path, furnished: Path, host: Host) -> County:
    (tmp_path / "一").mkdir()
    (tmp_path / "二").mkdir()
    made = County(tmp_path, Desk.copied(furnished, tmp_path / "一"), Desk.copied(furnished, tmp_path / "二"))
    user = os.environ.get("USER") or "root"
    address = f"ssh://{user}@127.0.0.1:{host.port}{made.second.root}"
    (tmp_path / "offices.yaml").write_text(
        f"名称: 岫水县\n单位:\n- 名称: 云岭镇\n  位置: 一/台账\n- 名称: 北坡镇\n  位置: {address}\n", encoding="utf-8"
    )
    return made


def rolled(county: County, host: Host, code: int = 0) -> dict[str, str]:
    path = {"PATH": f"{host.programs}:{os.environ['PATH']}"}
    said = lianxin("--json", "汇总", cwd=county.folder, env=path)
    assert said.code == code, said.out + said.err
    return {one["name"]: one["why"] or one["standing"] for one in said.json["data"]["offices"]}


def test_a_book_is_read_over_ssh_and_read_on(county: County, host: Host) -> None:
    assert rolled(county, host) == {"云岭镇": "读到了", "北坡镇": "读到了"}
    assert [one["numerator"] for one in county.figure("走访次数")["items"]] == [1, 1]
    visit = "visit add --day 2026-03-05 --visitors 何小满 --households 李桂兰 --way 入户 --requests 渠还堵着"
    county.second.do(*visit.split())
    rolled(county, host)
    assert [one["numerator"] for one in county.figure("走访次数")["items"]] == [2, 1]
    written = [path for path in (county.folder / "汇总").rglob("*") if path.is_file() and path.suffix != ".pack"]
    user = os.environ.get("USER") or "root"
    assert not [path for path in written if f"{user}@127".encode() in path.read_bytes()]


def test_a_head_that_went_back_and_a_host_that_is_away_stop_the_office(county: County, host: Host) -> None:
    rolled(county, host)
    before = county.figure("走访次数")["items"]
    county.second.git("commit", "-q", "--amend", "-m", "otherwise", "--date", "2026-03-05T00:00:00")
    assert "接不上" in rolled(county, host, code=1)["北坡镇"]
    assert county.figure("走访次数")["items"] == before
    host.close()
    told = rolled(county, host, code=1)["北坡镇"]
    assert "连不上" in told
    assert "@" not in told
    assert county.figure("走访次数")["items"] == before
