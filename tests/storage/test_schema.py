from __future__ import annotations

import json
import re

import pytest

from lianxin.core.declare.kind import Kind
from lianxin.kinds import KIND, KINDS
from lianxin.storage.schema import json_schema


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_declared_field_is_in_the_schema(kind: Kind) -> None:
    schema = json_schema(kind)
    assert json.loads(json.dumps(schema)) == schema
    assert {spec.label for spec in kind.fields} <= set(schema["properties"])
    assert schema["required"] == [spec.label for spec in kind.fields if spec.required]
    assert schema["additionalProperties"] is False
    for spec in kind.fields:
        field = schema["properties"][spec.label]
        assert field["title"] == spec.label
        assert field.get("description", "") == spec.help
        if spec.choices:
            assert (field["items"] if spec.many else field)["enum"] == list(spec.choices)


def test_references_have_the_pattern_of_their_kinds() -> None:
    pattern = json_schema(KIND["pairing"])["properties"]["乙方"]["pattern"]
    assert re.search(pattern, "HU-A0001")
    assert re.search(pattern, "CUN-A0001")
    assert not re.search(pattern, "WT-2026-A0001")


def test_an_event_offers_the_fields_of_its_step() -> None:
    items = json_schema(KIND["issue"])["properties"]["事件"]["items"]
    assert items["properties"]["步骤"]["enum"][:2] == ["受理", "上报"]
    assign = next(part for part in items["allOf"] if part["if"]["properties"]["步骤"]["const"] == "交办")
    assert "责任部门" in assign["then"]["required"]
    assert list(assign["then"]["properties"])[:2] == ["编号", "步骤"]
    assert len(items["allOf"]) == len(items["properties"]["步骤"]["enum"])
