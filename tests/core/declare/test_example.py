"""How a group is typed, as it is told: an example that reads as one, with all that must be said."""

from __future__ import annotations

import pytest

from lianxin.actions.entry.entry import group_texts
from lianxin.core.declare.example import written
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import fields_of
from lianxin.kinds import KINDS

GROUPS = [spec for kind in KINDS for spec in kind.fields if spec.group and not spec.auto and not spec.spoken]


@pytest.mark.parametrize("spec", GROUPS, ids=lambda spec: spec.label)
def test_an_example_says_all_that_must_be_said(spec: FieldSpec) -> None:
    said = {part.label: text for part, text in group_texts(spec, spec.example)}
    assert all(said.values())
    assert {part.label for part in fields_of(spec.group) if part.required} <= {*said}
    for part in fields_of(spec.group):
        assert not part.choices or part.label not in said or said[part.label] in part.choices
    assert "=" not in written(spec)
