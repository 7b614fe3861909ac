"""A township with its whole history: each record and each step in a commit of its own, as when it happened."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.generate import generate
from lianxin.actions.begin.start import replayed


def history(folder: Path, issues: int, seed: int = 1) -> int:
    """Make the repository of a township of so many issues; how many commits it has."""
    with tempfile.TemporaryDirectory(prefix="lianxin-") as beside:
        generate(Path(beside) / "town", issues, seed)
        return replayed(folder, Path(beside) / "town").commits
