"""Hypothesis has no deadline (machines are noisy), in CI the same examples every time; where the ledgers lie."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

#: Where the largest ledgers are made, disks are filled and currents cut.
_LARGE = Path(__file__).parent / "slow"
#: A folder in memory, and the bytes that must be free there.
_MEMORY, _ENOUGH = Path("/dev/shm"), 3 << 30  # noqa: S108 - pytest makes a folder of its own there


def pytest_configure(config: pytest.Config) -> None:
    """Ledgers lie in memory where there is room: a third of a short command is waiting for a disk.

    Those of ``tests/slow`` are large: where they run too, all go over a disk.
    """
    without = (Path(one).resolve() for one in config.option.ignore or ())
    if (config.option.markexpr == "not slow" or _LARGE in without) and _fit(_MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def _fit(folder: Path) -> bool:
    """Whether programs may lie there too, and there is room."""
    return (
        os.access(folder, os.W_OK)
        and not os.statvfs(folder).f_flag & os.ST_NOEXEC
        and shutil.disk_usage(folder).free > _ENOUGH
    )
