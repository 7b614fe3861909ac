"""Conditions between fields are declared once; records, prompts and steps are judged by the same ones."""

from __future__ import annotations

from lianxin.core.declare.condition import blank, need_of, too_early, unmet, useless
from lianxin.core.declare.field import field
from lianxin.core.declare.need import Need
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import Day, Flag, Text


class Part(Record):
    """A line of a list."""

    name: Text = field("名目")
    by_hand: Flag | None = field("手工", default=None)
    basis: Text | None = field(
        "依据", default=None, needed=Need("「{name}」没有依据", {"by_hand": (True,)}, "F029", "by_hand")
    )


class Sheet(Record):
    """A record of this test."""

    day: Day = field("日期")
    until: Day | None = field("截止", default=None, not_before=("day",))
    hidden: Flag = field("匿名", default=False)
    who: Text | None = field("何人", default=None, needed=Need("没有何人", {"hidden": (False,)}, before="销号"))
    told: Text | None = field("电话", default=None, needed=Need("没有电话", {"hidden": (False,)}, "F022", only=True))
    parts: tuple[Part, ...] = field("明细", default=())


SPECS = {spec.name: spec for spec in fields_of(Sheet)}


def sheet(**values: object) -> Sheet:
    return Sheet.model_validate({"日期": "2026-03-02", **values})


def test_what_is_needed_is_a_fault_only_while_the_other_fields_say_so() -> None:
    assert [(fault.code, fault.loc) for fault in unmet(sheet())] == [("F022", ())]
    assert list(unmet(sheet(匿名="是"))) == []
    assert list(unmet(sheet(电话="13900001234"))) == []


def test_what_only_a_later_step_needs_is_no_fault_yet() -> None:
    assert [spec.name for spec in blank(sheet(), "销号")] == ["who"]
    assert blank(sheet(匿名="是"), "销号") == []
    assert blank(sheet(), "办结") == []


def test_a_line_of_a_list_has_conditions_of_its_own() -> None:
    made = sheet(匿名="是", 明细=[{"名目": "甲"}, {"名目": "乙", "手工": "是"}])
    assert [(fault.loc, fault.message) for fault in unmet(made)] == [(("明细", 1, "手工"), "「乙」没有依据")]


def test_a_day_is_not_before_the_one_it_follows() -> None:
    early = sheet(截止="2026-03-01", 匿名="是")
    assert [(fault.code, fault.loc, fault.message) for fault in unmet(early)] == [
        ("F020", ("截止",), "截止 2026-03-01 早于日期 2026-03-02")
    ]
    labels = {"day": "日期"}
    assert too_early(SPECS["until"], early.until, {}, labels) == ""


def test_a_prompt_knows_what_there_is_no_use_for() -> None:
    assert useless(SPECS["told"], {"hidden": True})
    assert not useless(SPECS["told"], {"hidden": False})
    assert not useless(SPECS["who"], {"hidden": True})
    assert need_of(SPECS["who"], {"hidden": True}) is None
