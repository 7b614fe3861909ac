from __future__ import annotations

from lianxin.core.code import CODES
from lianxin.core.document import Heading, Table
from lianxin.kinds import KINDS
from lianxin.kinds.issue.state import State
from lianxin.kinds.issue.step import STEPS
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.reports.reference import reference, transitions


def cells() -> set[object]:
    return {cell for block in reference().blocks if isinstance(block, Table) for row in block.rows for cell in row}


def test_every_kind_field_step_and_code_is_in_the_reference() -> None:
    found = cells()
    headings = {block.text for block in reference().blocks if isinstance(block, Heading)}
    assert {f"{kind.label}（{kind.name}）" for kind in KINDS} <= headings
    assert {spec.label for kind in KINDS for spec in kind.fields} <= found
    assert {column.label for kind in KINDS for column in kind.derived} <= found
    assert {step.name for step in STEPS} <= found
    assert set(CODES) <= found


def test_every_state_has_its_row() -> None:
    rows = {row[0]: row[1] for row in transitions(LIFECYCLE).rows}
    assert set(rows) == {"（登记前）", *(state.value for state in State)}
    assert "签收 → 办理中" in str(rows["已交办"])
    assert rows["作废"] == "（到此为止）"
