"""What an engine says besides its answer."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from lianxin.storage.county.engine import Duck


def test_the_engine_draws_no_bar_among_the_answers(tmp_path: Path) -> None:
    folder = tmp_path / "office=北坡镇"
    folder.mkdir()
    parquet.write_table(pa.table({"amount": [1]}), folder / "a.parquet")
    asked = "SELECT office, amount, current_setting('enable_progress_bar') FROM sums"
    assert Duck().rows("sums", [str(folder / "a.parquet")], asked, {}) == [("北坡镇", 1, False)]
