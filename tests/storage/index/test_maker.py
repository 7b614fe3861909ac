"""The index is keyed by the code that makes it, wherever in the package that stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import lianxin

PACKAGE = Path(lianxin.__file__).parent
ASKED = (
    "from lianxin.storage.index.store import maker; print(maker(), maker('rules', 'reports', 'policies', 'actions'))"
)


def keys(folder: Path) -> list[str]:
    """What the package in a folder says made the index, and what made the problems kept with it."""
    told = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", ASKED], env=told, cwd=folder, capture_output=True, check=True)
    return done.stdout.decode().split()


def test_an_edit_in_any_sub_folder_changes_the_key(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "lianxin", ignore=shutil.ignore_patterns("__pycache__"))
    seen = [keys(tmp_path)]
    assert keys(tmp_path) == seen[0]
    for place, changed in (
        ("kinds/issue/step/assign.py", 0),
        ("storage/query/path.py", 0),
        ("rules/hint/__init__.py", 1),
    ):
        with (tmp_path / "lianxin" / place).open("a", encoding="utf-8") as file:
            file.write("# edited\n")
        seen.append(keys(tmp_path))
        assert [one != other for one, other in zip(seen[-1], seen[-2], strict=True)] == [changed == 0, changed == 1]
    moved = tmp_path / "lianxin" / "kinds" / "issue" / "clock.py"
    moved.rename(moved.parent / "step" / "clock.py")
    assert keys(tmp_path)[0] != seen[-1][0]
