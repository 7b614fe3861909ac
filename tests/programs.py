"""Programs that some tests need and that pip does not bring."""

from __future__ import annotations

import os
import shutil

import pytest

# Daemons stand where an ordinary user's PATH does not lead.
os.environ["PATH"] = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))


def need(*programs: str) -> None:
    """Skip where the programs are missing; fail where they are promised."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"missing on CI: {' '.join(missing)}")
    if missing:
        pytest.skip(f"needs {' '.join(missing)}")
