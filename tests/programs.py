"""Programs that some tests need and that pip does not bring."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*programs: str) -> None:
    """Skip where the programs are missing; fail where they are promised."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"missing on CI: {' '.join(missing)}")
    if missing:
        pytest.skip(f"needs {' '.join(missing)}")
