"""A new record kind is one file and one line: everything else is derived from it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.desk import ENVIRONMENT, Said

import lianxin

WELL = '''"""Wells: a kind nobody has, for this test."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, Integer, Ref, Text


class Water(StrEnum):
    """What it gives."""

    SWEET = "甜水"
    BITTER = "苦水"


class Well(Record):
    """One well."""

    id: Ref = field("编号", ref="well", auto=True)
    name: Text = field("井名")
    village: Ref = field("所属村", ref="village")
    water: Water = field("水质")
    depth: Integer | None = field("井深", default=None, help="米")
    keeper: Text | None = field("看井人", default=None, privacy=Privacy.NAME)
    dug: Day | None = field("开挖日期", default=None)
    notes: Text | None = field("备注", default=None)


WELL = Kind(
    name="well",
    label="水井",
    prefix="JING",
    folder="wells",
    yearly=False,
    model=Well,
    title=lambda well: str(well.name),
    listed=("编号", "井名", "所属村", "水质", "井深"),
    help="村里的水井",
)
'''


def test_a_fictitious_kind_gets_everything_from_its_declaration(tmp_path: Path) -> None:
    package = tmp_path / "src" / "lianxin"
    shutil.copytree(Path(lianxin.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "templates").symlink_to(Path(lianxin.__file__).parents[2] / "templates")
    (package / "kinds" / "well.py").write_text(WELL, encoding="utf-8")
    index = package / "kinds" / "__init__.py"
    text = index.read_text(encoding="utf-8")
    first = "BRIEFS: tuple[Brief, ...] = (\n"
    assert first in text
    index.write_text(text.replace(first, f'{first}    Brief("well", "水井", "JING", "wells"),\n'), encoding="utf-8")
    root = tmp_path / "台账"

    def say(*words: str, cwd: Path = root) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "lianxin", *words],
            cwd=cwd,
            env=os.environ | ENVIRONMENT | {"PYTHONPATH": str(tmp_path / "src")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    assert say("init", str(root), "--name", "甲", "--org", "乙", "--clerk", "何小满", cwd=tmp_path).code == 0
    assert say("village", "add", "--name", "松坪村", "--town", "云岭镇").code == 0
    added = say("well", "add", "--name", "老龙井", "--village", "松坪村", "--water", "甜水", "--keeper", "马三顺")
    assert added.code == 0, added.err
    assert (root / "wells" / "JING-A0001.yaml").read_text(encoding="utf-8") == (
        "编号: JING-A0001\n井名: 老龙井\n所属村: CUN-A0001\n水质: 甜水\n看井人: 马三顺\n"
    )
    assert "老龙井" in say("well", "list", "水质=甜水").out
    assert "马*" in say("well", "show", "老龙井").out or "马**" in say("well", "show", "1").out
    assert say("well", "edit", "JING-A0001", "--depth", "18").code == 0
    assert "18" in say("sql", "SELECT 井名, 井深 FROM 水井").out
    assert '"水质"' in say("schema", "well").out
    assert "苦水" in say("schema", "well").out
    assert "看井人" in say("well", "add", "--help").out

    (root / "wells" / "JING-A0001.yaml").write_text(
        "编号: JING-A0001\n井名: 老龙井\n所属村: CUN-A0009\n水质: 咸水\n井身: 18\n", encoding="utf-8"
    )
    checked = say("check").out
    assert "wells/JING-A0001.yaml:4:5 F011" in checked
    assert "wells/JING-A0001.yaml:5:1 F001" in checked
    script = "from lianxin.formats import render\nfrom lianxin.reports.reference import reference\n"
    page = subprocess.run(
        [sys.executable, "-c", script + "print(render(reference(), 'md'))"],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        check=True,
    )
    assert "水井" in page.stdout.decode()
    assert "看井人" in page.stdout.decode()
