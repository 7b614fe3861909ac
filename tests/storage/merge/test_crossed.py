"""Steps of two desks that cannot both count: what is asked, and what goes with either answer."""

from __future__ import annotations

import pytest
from tests.storage.samples import PATH

from lianxin.kinds import KIND
from lianxin.storage.merge.choice import CROSSED, TWICE, Steps, given_up, steps_of
from lianxin.storage.merge.crossed import crossed
from lianxin.storage.merge.file import joined
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.reading import read_yaml

HEAD = """\
编号: WT-2026-A0001
登记时间: 2026-03-02 08:40
登记人: RY-A0003
反映时间: 2026-03-01
来源渠道: 入户走访
登记层级: 村
匿名: 是
所属村: CUN-A0001
事由: 三组机耕路被水冲断
原话: 拖拉机过不去
事件:
"""
STEP = """\
  - 编号: {id}
    步骤: {step}
    时间: 2026-03-03 {at}
    记录时间: 2026-03-03 {at}
    经办人: RY-A0001
{more}"""
MORE = {
    "受理": "    问题性质: 共性\n    受理层级: 村\n    公共个人: 公共\n    合理性: 合理\n    类别: 道路交通\n"
    "    紧急程度: 一般\n",
    "交办": "    责任部门: DW-A0001\n    办理时限: 5个工作日\n    工作标准: 渠通了\n",
    "签收": "    责任人: RY-A0002\n",
    "并案": "    并入: WT-2026-A0002\n",
    "作废": "    理由: 登重了\n",
    "退回": "    理由: 不是我们的\n",
    "进展": "    进展情况: 去看过了\n",
}


def step(word: str, at: str, id_: str = "") -> str:
    return STEP.format(id=id_ or f"{word}{at}", step=word, at=at, more=MORE.get(word, ""))


BASE = HEAD + step("受理", "09:00")


def asked(base: str, ours: str, theirs: str) -> dict[tuple[str, ...], tuple[set[str], set[str]]]:
    """What is asked of each place, and what goes of either side; the same whichever is called ours."""
    kind = KIND["issue"]
    three = [one.encode() for one in (base, ours, theirs)]
    made, turned = joined(PATH, *three).data, joined(PATH, three[0], three[2], three[1]).data
    assert made == turned
    found = {place: sides for place, *sides in crossed(PATH, kind, three[0], three[1], three[2], made or b"")}
    other = {place: sides[::-1] for place, *sides in crossed(PATH, kind, three[0], three[2], three[1], made or b"")}
    assert found == other
    return {place: ({*one.ids}, {*two.ids}) for place, (one, two) in found.items()}


def test_joined_at_one_desk_and_assigned_at_the_other_is_asked_about() -> None:
    ours, theirs = BASE + step("并案", "10:00"), BASE + step("交办", "11:00") + step("签收", "11:30")
    assert asked(BASE, ours, theirs) == {
        (CROSSED, "交办、并案、签收"): ({"并案10:00"}, {"交办11:00", "签收11:30"}),
    }


def test_what_is_lawful_after_the_other_sides_stays_with_either_answer() -> None:
    ours, theirs = BASE + step("并案", "10:00"), BASE + step("进展", "09:30") + step("交办", "11:00")
    assert asked(BASE, ours, theirs) == {(CROSSED, "交办、并案"): ({"并案10:00"}, {"交办11:00"})}


def test_steps_that_go_together_are_not_asked_about() -> None:
    assert asked(BASE, BASE + step("进展", "10:00"), BASE + step("交办", "11:00")) == {}
    assert asked(BASE, BASE + step("进展", "10:00"), BASE + step("进展", "10:00", "other")) == {}


def test_the_same_step_at_both_is_asked_about_by_itself() -> None:
    ours, theirs = BASE + step("交办", "10:00"), BASE + step("交办", "11:00") + step("进展", "11:30")
    assert asked(BASE, ours, theirs) == {(TWICE, "交办"): ({"交办10:00"}, {"交办11:00"})}


def test_the_same_step_with_others_that_hang_on_it_is_one_question() -> None:
    ours = BASE + step("交办", "10:00") + step("签收", "10:30") + step("退回", "10:50")
    theirs = BASE + step("交办", "10:40") + step("签收", "10:45")
    (place, sides), *rest = asked(BASE, ours, theirs).items()
    assert (place[0], rest) == (CROSSED, [])
    assert sides[1] == {"交办10:40", "签收10:45"}


def test_a_step_taken_back_on_which_the_other_desk_went_on_is_asked_about() -> None:
    base = BASE + step("交办", "10:00")
    found = asked(base, base.removesuffix(step("交办", "10:00")) + step("进展", "10:10"), base + step("签收", "11:00"))
    assert found == {(CROSSED, "去掉交办、签收"): ({"交办10:00"}, {"签收11:00"})}


def test_what_was_wrong_at_one_desk_before_is_no_question() -> None:
    base = BASE + step("签收", "09:30")  # nobody had assigned it
    assert asked(base, base + step("进展", "10:00"), base + step("进展", "11:00")) == {}


@pytest.mark.parametrize(("side", "left"), [(0, ["受理09:00", "交办11:00"]), (1, ["受理09:00", "并案10:00"])])
def test_an_answer_leaves_a_record_without_a_fault(side: int, left: list[str]) -> None:
    base, ours, theirs = BASE.encode(), (BASE + step("并案", "10:00")).encode(), (BASE + step("交办", "11:00")).encode()
    made = joined(PATH, base, ours, theirs).data or b""
    (_, *sides), *_ = crossed(PATH, KIND["issue"], base, ours, theirs, made)
    after = given_up(read_yaml(made), steps_of(sides[side].value))
    assert [one["编号"] for one in after[EVENTS]] == left


def test_what_a_side_took_out_comes_back_where_the_other_is_chosen() -> None:
    values = {"编号": "WT-2026-A0001", EVENTS: [{"编号": "a", "步骤": "受理"}, {"编号": "c", "步骤": "进展"}]}
    gone = Steps(({"编号": "c", "步骤": "进展"},), ({"编号": "b", "步骤": "交办"},))
    assert [one["编号"] for one in given_up(values, steps_of(gone.value))[EVENTS]] == ["a", "b"]
