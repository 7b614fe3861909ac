from __future__ import annotations

import tomllib
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic_core
import pytest
from packaging.specifiers import SpecifierSet
from pydantic_core import ValidationError

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record, Shorthand, ToldBy, fields_of
from lianxin.core.value import Amount, Day, FieldType, Text


class Grade(StrEnum):
    GOOD = "好"
    BAD = "差"


def _named(value: Any) -> Any:
    return {"名称": value} if isinstance(value, str) else value


class Part(Record):
    name: Text = field("名称")
    share: Amount = field("份额", default=Decimal(1))


class Came(Record):
    sort: Literal["来"] = field("步骤")
    day: Day = field("日期")


class Left(Record):
    sort: Literal["走"] = field("步骤")
    why: Text | None = field("原因", default=None)


Move = Annotated[Came | Left, ToldBy("sort")]


class Base(Record):
    id: Text = field("编号")
    grade: Grade | None = field("等次", default=Grade.GOOD)


class Thing(Base):
    grade: Grade | None = field("等次", default=None, help="不写就是没有评")
    parts: tuple[Annotated[Part, Shorthand(_named)], ...] = field("部件", default=())
    moves: tuple[Move, ...] = field("经过", default=())


def thing(**more: Any) -> Thing:
    return Thing.model_validate({"编号": "一", **more})


def faults(values: dict[str, Any], **how: bool) -> list[tuple[str, tuple[int | str, ...]]]:
    with pytest.raises(ValidationError) as caught:
        Thing.model_validate(values, **how)
    return [(fault["type"], fault["loc"]) for fault in caught.value.errors()]


def test_values_are_read_by_label_or_attribute_as_asked() -> None:
    assert thing(等次="差") == Thing.model_validate({"id": "一", "grade": "差"}) == Thing(id="一", grade=Grade.BAD)
    assert faults({"id": "一"}, by_alias=True, by_name=False) == [("missing", ("编号",)), ("extra_forbidden", ("id",))]


def test_every_fault_is_told_at_its_place() -> None:
    parts = ["轮", {"名称": "轴", "份额": "半"}]
    told = faults({"编号": "", "等次": "中", "部件": parts, "经过": [{"步骤": "停"}], "多": "1"})
    assert told == [
        ("string_too_short", ("编号",)),
        ("enum", ("等次",)),
        ("F006", ("部件", 1, "份额")),
        ("union_tag_invalid", ("经过", 0)),
        ("extra_forbidden", ("多",)),
    ]


def test_a_field_declared_anew_keeps_its_place_and_says_what_it_says_now() -> None:
    id_, grade, parts, moves = fields_of(Thing)
    assert (id_.name, grade.name, grade.required, grade.help) == ("id", "grade", False, "不写就是没有评")
    assert (grade.type, grade.choices) == (FieldType.CHOICE, ("好", "差"))
    assert (parts.type, parts.many, parts.group) == (FieldType.GROUP, True, Part)
    assert moves.many
    assert [spec.type for spec in fields_of(Part)] == [FieldType.TEXT, FieldType.AMOUNT]
    assert [spec.name for spec in fields_of(Base)] == ["id", "grade"]
    assert fields_of(Base)[1].choices == ("好", "差")
    assert thing().grade is None
    assert Base(id="一").grade is Grade.GOOD


def test_a_shorthand_is_written_out_and_a_union_told_apart() -> None:
    made = thing(
        部件=["轮", {"名称": "轴", "份额": "0.5"}], 经过=[{"步骤": "来", "日期": "2026-03-02"}, {"步骤": "走"}]
    )
    assert [(part.name, part.share) for part in made.parts] == [("轮", Decimal(1)), ("轴", Decimal("0.5"))]
    assert [type(move) for move in made.moves] == [Came, Left]


def test_what_is_written_reads_back_as_the_same() -> None:
    made = thing(等次="好", 部件=["轮"], 经过=[{"步骤": "来", "日期": "2026-03-02"}, {"步骤": "走"}])
    dumped = made.model_dump(mode="json", by_alias=True, exclude_none=True)
    assert dumped == {
        "编号": "一",
        "等次": "好",
        "部件": [{"名称": "轮", "份额": "1"}],
        "经过": [{"步骤": "来", "日期": "2026-03-02"}, {"步骤": "走"}],
    }
    assert Thing.model_validate(dumped, by_alias=True, by_name=False) == made
    assert "经过" not in made.model_dump(mode="json", by_alias=True, exclude={"moves"})
    assert Part(name="轮").model_dump_json(by_alias=True) == '{"名称":"轮","份额":"1"}'


def test_a_record_is_frozen_and_changes_make_a_new_one() -> None:
    made = thing()
    with pytest.raises(AttributeError, match="frozen"):
        made.id = "二"
    with pytest.raises(AttributeError, match="frozen"):
        del made.id
    changed = made.model_copy(update={"id": "二"})
    assert (made.id, changed.id) == ("一", "二")
    assert changed != made
    assert changed.model_copy(update={"id": "一"}) == made
    assert len({made, changed, thing()}) == 2
    assert made != Base(id="一")
    assert repr(Part(name="轮")) == "Part(name='轮', share=Decimal('1'))"


def test_an_annotation_that_no_field_can_have_is_refused() -> None:
    class Odd(Record):
        size: dict[str, int] = field("尺寸")

    with pytest.raises(TypeError, match="dict"):
        Odd.model_validate({"尺寸": {}})


def test_pydantic_core_still_says_what_this_reads_out_of_it() -> None:
    wanted = Path(__file__).parents[3].joinpath("pyproject.toml").read_text(encoding="utf-8")
    asked = next(line for line in tomllib.loads(wanted)["project"]["dependencies"] if line.startswith("pydantic-core"))
    unknown = f"pydantic-core {pydantic_core.__version__}, but core/declare/record.py was tried with {asked}"
    assert SpecifierSet(asked.removeprefix("pydantic-core")).contains(pydantic_core.__version__), unknown
    with pytest.raises(ValidationError) as caught:
        Thing.model_validate({"等次": "中", "多": 1, "部件": [{"份额": []}], "经过": [{"步骤": "停"}, {}]})
    told = [(fault["type"], fault["loc"]) for fault in caught.value.errors(include_url=False)]
    assert told == [
        ("missing", ("编号",)),
        ("enum", ("等次",)),
        ("missing", ("部件", 0, "名称")),
        ("decimal_type", ("部件", 0, "份额")),
        ("union_tag_invalid", ("经过", 0)),
        ("union_tag_not_found", ("经过", 1)),
        ("extra_forbidden", ("多",)),
    ], f"{unknown}: it tells of faults otherwise; see storage/read/complaint.py before the cap is raised"
