"""The wheel alone, in a fresh environment outside the checkout, has its own sample and templates."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_runs_the_demonstration_outside_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(tmp_path),
            str(ROOT),
        ],
        check=True,
    )
    (wheel,) = tmp_path.glob("lianxin-*.whl")
    venv.create(tmp_path / "fresh", with_pip=False)
    python = tmp_path / "fresh" / "bin" / "python"
    (site,) = (tmp_path / "fresh" / "lib").glob("python3*/site-packages")
    # the libraries are lent by this environment; a path line does not bring its editable lianxin along
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel)], check=True
    )

    def lianxin(*words: str, cwd: Path) -> str:
        done = subprocess.run(
            [str(python), "-m", "lianxin", "--today", "2026-11-22", *words],
            cwd=cwd,
            env={**ENVIRONMENT, "PATH": "/usr/local/bin:/usr/bin:/bin"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    where = subprocess.run(
        [str(python), "-c", "import lianxin; print(lianxin.__file__)"], capture_output=True, check=True, cwd=tmp_path
    )
    assert str(site) in where.stdout.decode()
    lianxin("demo", "练手", cwd=tmp_path)
    root = tmp_path / "练手"
    assert "没有问题" in lianxin("check", cwd=root)
    assert "问题台账" in lianxin("ledger", cwd=root)
    assert "<html" in lianxin("handbook", "-f", "html", cwd=root)
