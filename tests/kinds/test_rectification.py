"""A rectification's life: every cell of its table, its limits by hand, and random walks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kinds.story import CONTEXT

from lianxin.core.error import UsageError
from lianxin.kinds.rectification.conduct import attempt, fold
from lianxin.kinds.rectification.life import Life
from lianxin.kinds.rectification.record import RECTIFICATION, Rectification
from lianxin.kinds.rectification.state import State
from lianxin.kinds.rectification.table import LIFECYCLE, TABLE

#: The table once more, written out from the rules rather than from the code.
RULES = {
    "已挂账": "进展→整改中 延期→已挂账 整改完成→待验收 更正→已挂账 作废→作废",
    "整改中": "进展→整改中 延期→整改中 整改完成→待验收 更正→整改中 作废→作废",
    "待验收": "进展→待验收 验收→已验收 退回→整改中 更正→待验收 作废→作废",
    "已验收": "销号→已销号 退回→整改中 更正→已验收 作废→作废",
    "已销号": "",
    "作废": "",
}

ASKED: Mapping[str, Mapping[str, Any]] = {
    "进展": {"进展情况": "定了专人"},
    "延期": {"新期限": "2026-05-29", "理由": "人在外地", "批准人": "RY-A0003"},
    "整改完成": {"整改结果": "三个季度都贴出来了"},
    "验收": {"是否通过": "是"},
    "退回": {"理由": "一季度的还没有"},
    "销号": {},
    "更正": {"字段": "整改措施", "新值": "按月公开", "理由": "写错了"},
    "作废": {"理由": "重复登记"},
}

#: A history that ends in each state.
REACH = {
    "已挂账": "",
    "整改中": "进展",
    "待验收": "进展 整改完成",
    "已验收": "进展 整改完成 验收",
    "已销号": "进展 整改完成 验收 销号",
    "作废": "作废",
}


class Story:
    """Events in the order they are told; each call adds one and gives back the story."""

    def __init__(self, **top: Any) -> None:
        self.top: dict[str, Any] = {
            "编号": "ZG-A0001",
            "挂账日期": "2026-03-02",
            "来源": "测评",
            "整改对象": "CUN-A0001",
            "存在问题": "村务公开断档",
            "整改措施": "按季公开",
            "责任单位": "DW-A0002",
            "整改时限": "2026-04-30",
            **top,
        }
        self.events: list[dict[str, Any]] = []

    def then(self, at: str, step: str, **fields: Any) -> Story:
        """Add an event with what the step asks for."""
        self.events.append({**self._common(at), "步骤": step, **ASKED[step], **fields})
        return self

    def _common(self, at: str) -> dict[str, Any]:
        return {"编号": f"e{len(self.events) + 1}", "时间": at, "记录时间": at, "经办人": "RY-A0001"}

    def record(self) -> Rectification:
        """The record."""
        return Rectification.model_validate({**self.top, "事件": self.events})

    def life(self) -> Life:
        """What it adds up to."""
        return fold(self.record(), CONTEXT)

    def take(self, at: str, step: str, **fields: Any) -> tuple[str | None, tuple[str, ...]]:
        """Prepare a step and add it if it is lawful: the refusal, and what was shown."""
        prepared = attempt(step, self.record(), {**self._common(at), **ASKED[step], **fields}, CONTEXT)
        refusal = prepared.refusal
        if refusal is None:
            self.events.append(prepared.event.model_dump(mode="json", by_alias=True, exclude_none=True))
        return refusal.message if refusal else None, prepared.reasons


def codes(life: Life) -> list[str]:
    return [fault.code for fault in life.faults]


def reach(state: str) -> Story:
    story = Story()
    for n, step in enumerate(REACH[state].split()):
        story.then(f"2026-03-0{n + 3} 10:00", step)
    return story


@pytest.mark.parametrize("state", RULES)
@pytest.mark.parametrize("step", [step.label for step in LIFECYCLE.steps])
def test_every_cell(state: str, step: str) -> None:
    story = reach(state)
    assert story.life().state == state
    life = story.then("2026-03-20 09:00", step).life()
    target = dict(cell.split("→") for cell in RULES[state].split()).get(step)
    if target is None:
        assert (life.state, codes(life)) == (state, ["L001"])
        assert f"是「{state}」，不能「{step}」" in life.faults[0].message
    else:
        assert (life.state, codes(life)) == (target, [])


@pytest.mark.parametrize("state", RULES)
def test_the_steps_on_offer_are_those_of_the_row(state: str) -> None:
    offered = {step.label for step in reach(state).life().lawful}
    assert offered == {cell.split("→")[0] for cell in RULES[state].split()}


def test_what_did_not_pass_goes_back_with_what_is_lacking_and_a_new_limit() -> None:
    story = reach("待验收").then("2026-03-20 09:00", "验收", 是否通过="否", 验收意见="少一个季度", 新期限="2026-05-15")
    life = story.life()
    assert (life.state, life.returns, life.finished_at, life.accepted_at) == ("整改中", 1, None, None)
    assert life.due == datetime(2026, 5, 15, 23, 59)
    story.then("2026-05-15 16:00", "整改完成").then("2026-05-18 09:00", "验收", 验收人="RY-A0005")
    life = story.life()
    assert (life.state, life.accepted_by, life.on_time) == ("已验收", "RY-A0005", True)


def test_a_refused_acceptance_without_a_word_does_not_count() -> None:
    assert reach("待验收").take("2026-03-20 09:00", "验收", 是否通过="否")[0] == "验收没通过，要写明还差什么"


def test_a_new_limit_may_not_be_over_already() -> None:
    assert codes(reach("待验收").then("2026-03-20 09:00", "退回", 新期限="2026-03-10").life()) == ["L025"]


def test_an_extension_keeps_the_first_limit_and_says_so() -> None:
    story = reach("整改中")
    assert story.take("2026-04-20 09:00", "延期") == (None, ("第 1 次延期，最初的期限 2026-04-30 保留",))
    life = story.life()
    assert (life.due, life.record.limit, life.extensions) == (
        datetime(2026, 5, 29, 23, 59),
        datetime(2026, 4, 30, 23, 59),
        1,
    )


@pytest.mark.parametrize(
    ("at", "limit", "said"),
    [
        ("2026-05-01 09:00", "2026-05-29", "期限 2026-04-30 已过，不能再延期"),
        ("2026-04-20 09:00", "2026-04-30", "新期限 2026-04-30 不晚于原期限 2026-04-30"),
    ],
)
def test_an_extension_that_will_not_do(at: str, limit: str, said: str) -> None:
    assert reach("整改中").take(at, "延期", 新期限=limit)[0] == said


def test_there_are_only_so_many_extensions() -> None:
    story = reach("整改中").then("2026-04-20 09:00", "延期").then("2026-04-21 09:00", "延期", 新期限="2026-06-30")
    assert "extend" not in {step.name for step in story.life().lawful}
    assert story.take("2026-04-22 09:00", "延期", 新期限="2026-07-30")[0] == "已延期 2 次，至多 2 次"


def test_reporting_late_says_by_how_much() -> None:
    story = reach("整改中")
    assert story.take("2026-05-04 09:00", "整改完成")[1][0] == "比期限 2026-04-30 晚 4 天"
    assert story.life().on_time is False


def test_before_it_was_put_on_the_books_nothing_happens() -> None:
    life = Story().then("2026-03-01 09:00", "进展").life()
    assert codes(life) == ["L002"]
    assert "早于挂账的时间" in life.faults[0].message


def test_a_correction_is_applied() -> None:
    life = reach("整改中").then("2026-03-20 09:00", "更正", 字段="整改时限", 新值="2026-06-30").life()
    assert life.due == datetime(2026, 6, 30, 23, 59)
    assert (life.corrections[0].before, life.corrections[0].after) == ("2026-04-30", "2026-06-30")


def test_a_limit_before_the_day_it_was_listed_is_a_fault() -> None:
    assert [fault.code for fault in RECTIFICATION.faults(Story(整改时限="2026-02-01").record())] == ["F020"]


def test_a_wrong_step_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="没有「吃饭」这一步"):
        attempt("吃饭", Story().record(), {}, CONTEXT)


@pytest.mark.parametrize(
    ("now", "light", "overdue"),
    [
        ("2026-04-27 09:00", "正常", None),
        ("2026-04-28 09:00", "即将到期", None),  # Thu 30 less two working days is Tue 28
        ("2026-04-30 23:59", "即将到期", None),
        ("2026-05-01 00:00", "已逾期", 1),
        ("2026-05-12 09:00", "已逾期", 12),
    ],
)
def test_the_light_turns_with_the_days(now: str, light: str, overdue: int | None) -> None:
    assert lit(reach("整改中"), now) == (light, overdue)


@pytest.mark.parametrize("state", ["待验收", "已验收", "已销号", "作废"])
def test_no_light_burns_where_no_limit_runs(state: str) -> None:
    assert lit(reach(state), "2026-06-30 09:00") == (None, None)


def lit(story: Story, now: str) -> tuple[str | None, int | None]:
    """The query-time columns, as of a minute."""
    life = story.life()
    columns = {column.name: column for column in RECTIFICATION.derived}
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE rectification (state, due, warn_on)")
        row = (str(life.state), f"{life.due:%Y-%m-%d %H:%M}", str(life.warn_on))
        connection.execute("INSERT INTO rectification VALUES (?, ?, ?)", row)
        asked = f"SELECT {columns['light'].sql}, {columns['overdue'].sql} FROM rectification"
        (found,) = connection.execute(asked, {"now": now, "today": now[:10]}).fetchall()
    connection.close()
    return found[0], found[1]


MOVES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 60 * 24 * 30)), min_size=1, max_size=25)


@settings(max_examples=80, deadline=None)
@given(MOVES, st.booleans())
def test_no_walk_leaves_the_table(moves: list[tuple[int, int]], offered: bool) -> None:
    story = Story()
    at = datetime(2026, 3, 2, 9, 0)
    for choice, minutes in moves:
        at += timedelta(minutes=minutes)
        before = story.life()
        steps = before.lawful if offered else LIFECYCLE.steps
        if not steps:
            assert before.state in (State.STRUCK, State.VOID)
            break
        step = steps[choice % len(steps)]
        fields = {"是否通过": "否", "验收意见": "还差"} if step.name == "accept" and choice % 3 else {}
        fields |= {"新期限": f"{at + timedelta(days=90):%Y-%m-%d}"} if step.name == "extend" else {}
        if not offered:
            story.then(f"{at:%Y-%m-%d %H:%M}", step.label, **fields)
        elif story.take(f"{at:%Y-%m-%d %H:%M}", step.label, **fields)[0] is None:
            assert story.life().faults == ()
    life = story.life()
    states = [interval.state for interval in life.intervals]
    assert states[0] == State.LISTED
    assert states[-1] == life.state
    assert all(state in TABLE for state in states)
    assert (life.struck_at is not None) == (life.state is State.STRUCK)
    assert life.accepted_at is None or life.state in (State.ACCEPTED, State.STRUCK, State.VOID)
    assert life.due >= life.record.limit
