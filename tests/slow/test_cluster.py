"""A county on real engines, with fewer offices than ``make county`` takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from proof import county

pytestmark = pytest.mark.slow  # it takes long


def test_a_cluster_that_is_disturbed_makes_the_same_bytes_and_every_engine_counts_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("pyspark", "chdb"):
        pytest.importorskip(name, reason="make slow installs requirements-engines.lock")
    monkeypatch.setattr(county, "BUILD", tmp_path)
    county.prove(5, alone=False)
    told = capsys.readouterr().out
    assert told.count("✓") == 17
    assert "✗" not in told
