"""The index of kinds: a line for each file that declares one, true to the declaration, and light to import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

import lianxin.kinds
from lianxin.core.declare.kind import Brief, Kind
from lianxin.kinds import BRIEF, BRIEFS, BY_FOLDER, BY_PREFIX, KIND, KINDS


def test_every_file_that_declares_a_kind_has_its_line() -> None:
    top = Path(lianxin.kinds.__file__).parent
    places = {path: path.parent.name if path.stem == "record" else path.stem for path in top.rglob("*.py")}
    declaring = [name for path, name in places.items() if f"\n{name.upper()} = Kind(" in path.read_text("utf-8")]
    assert sorted(declaring) == sorted(BRIEF)
    assert sum(" = Kind(" in path.read_text("utf-8") for path in places) == len(declaring)


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.name)
def test_a_line_says_what_the_declaration_says(brief: Brief) -> None:
    assert KIND[brief.name].brief == replace(brief, apart="")  # what only the index says


def test_kinds_come_in_the_order_of_their_lines() -> None:
    assert [kind.name for kind in KINDS] == [*KIND] == [brief.name for brief in BRIEFS]
    assert [kind.name for kind in KINDS[-2:]] == [*KIND][-2:]
    assert KINDS[0] is KIND[BRIEFS[0].name]
    assert len(KINDS) == len(KIND) == len(BRIEFS)


def test_names_labels_prefixes_and_folders_are_unique() -> None:
    assert len({brief.label for brief in BRIEFS}) == len(BRIEF) == len(BRIEFS)
    assert len(BY_PREFIX) == len(BY_FOLDER) == len(BRIEFS)


def test_a_name_that_is_none_is_in_nothing() -> None:
    assert "teapot" not in KIND
    assert isinstance(KIND.get("issue"), Kind)
    assert KIND.get("teapot") is None
    with pytest.raises(KeyError):
        KIND["teapot"]


def test_a_declaration_is_imported_when_it_is_asked_for() -> None:
    program = (
        "import sys; from lianxin.kinds import BRIEF, KIND; before = 'lianxin.kinds.visit' in sys.modules;"
        " KIND['visit']; sys.exit(before or 'lianxin.kinds.visit' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
