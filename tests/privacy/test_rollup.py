"""What a county reads of an office holds nobody's name or number, in any byte of any file, unless the list says so."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from pyarrow import parquet
from tests.cli.desk import ENVIRONMENT, lianxin
from tests.privacy.planted import NAMES, PHONES, Planter, told

pytestmark = pytest.mark.slow  # it takes long


def rows(folder: Path) -> str:
    files = sorted(folder.rglob("*.parquet"))
    assert len(files) > 20
    return "\n".join(str(parquet.read_table(file, partitioning=None).to_pydict()) for file in files)


def test_nobody_is_named_in_a_roll_up_unless_the_county_may_see_him(tmp_path: Path) -> None:
    root = Planter().township(tmp_path / "镇")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "planted")):
        subprocess.run(["git", *words], cwd=root, env=os.environ | ENVIRONMENT, check=True)
    listed = tmp_path / "offices.yaml"
    listed.write_text("名称: 县\n单位:\n- 名称: 镇\n  位置: 镇\n", encoding="utf-8")
    assert lianxin("汇总", cwd=tmp_path, today="2026-12-18").code == 0
    assert told(rows(tmp_path / "汇总")) == []
    assert told((tmp_path / "汇总" / "manifest.json").read_text(encoding="utf-8")) == []
    listed.write_text("名称: 县\n个人信息: 是\n单位:\n- 名称: 镇\n  位置: 镇\n", encoding="utf-8")
    assert lianxin("汇总", "-o", "全的", cwd=tmp_path, today="2026-12-18").code == 0
    whole = rows(tmp_path / "全的")
    assert NAMES[7] in whole
    assert PHONES[7] in whole
