"""Three versions of a file in one: nothing of either side is lost, and it does not matter which side is which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.storage.samples import PATH, TEXT

from lianxin.storage.merge.file import joined
from lianxin.storage.merge.value import Clash
from lianxin.storage.read.reading import read_yaml

EVENT = """\
  - 编号: {id}
    步骤: 进展
    时间: {at}
    记录时间: {at}
    经办人: RY-A0003   # {id} 抄自本子
    说明: "去看过了:{id}"
"""
HOUSE = "households/HU-A0001.yaml"
FAMILY = """\
# 东头第二家
编号: HU-A0001
户主: 丁有田
联系电话: '13700000001'   # 儿子的
成员:
  - 姓名: 丁有田
    出生年: 1950
  # 在外打工
  - 姓名: 丁小田
    出生年: 1980
类别: 一般
"""


def event(id_: str, minute: int = 0) -> str:
    return EVENT.format(id=id_, at=f"2026-03-03 {8 + minute // 60:02}:{minute % 60:02}")


def both(path: str, base: str | None, ours: str | None, theirs: str | None) -> tuple[str, tuple[Clash, ...], bool]:
    """The file put together, the same whichever side is called ours."""
    three = [None if one is None else one.encode() for one in (base, ours, theirs)]
    found, turned = joined(path, *three), joined(path, three[0], three[2], three[1])
    assert turned.data == found.data
    assert turned.whole == found.whole
    flipped = [Clash(one.place, one.base, one.theirs, one.ours) for one in turned.clashes]
    assert sorted(flipped, key=str) == sorted(found.clashes, key=str)
    return (found.data or b"").decode(), found.clashes, found.whole


def test_steps_of_two_desks_stand_one_after_the_other_byte_for_byte() -> None:
    ours, theirs = TEXT + event("aaaa", 30) + event("bbbb", 50), TEXT + event("cccc", 40)
    text, clashes, _ = both(PATH, TEXT, ours, theirs)
    assert text == TEXT + event("aaaa", 30) + event("cccc", 40) + event("bbbb", 50)
    assert clashes == ()


def test_a_step_taken_back_by_one_is_gone_though_the_other_went_on() -> None:
    text, clashes, _ = both(PATH, TEXT + event("aaaa"), TEXT, TEXT + event("aaaa") + event("bbbb", 9))
    assert (text, clashes) == (TEXT + event("bbbb", 9), ())


def test_one_event_told_in_two_ways_is_shown_and_what_both_found_stands() -> None:
    base = TEXT + event("aaaa")
    ours, theirs = base.replace("去看过了:aaaa", "没人在家"), base + event("bbbb", 5)
    text, clashes, _ = both(PATH, base, ours, theirs)
    assert text == base + event("bbbb", 5)
    assert [one.place for one in clashes] == [("事件", "aaaa")]


def test_fields_are_taken_from_the_side_that_changed_them_with_its_comments() -> None:
    ours = FAMILY.replace("类别: 一般", "类别: 低保   # 三月评的").replace("  - 姓名: 丁小田\n    出生年: 1980\n", "")
    theirs = FAMILY.replace("'13700000001'   # 儿子的", "'13700000002'   # 本人的").replace(
        "类别: 一般", "  - 姓名: 丁妞\n    出生年: 2010\n类别: 一般"
    )
    text, clashes, _ = both(HOUSE, FAMILY, ours, theirs)
    assert clashes == ()
    assert "类别: 低保   # 三月评的\n" in text
    assert "联系电话: '13700000002'   # 本人的\n" in text
    assert [one["姓名"] for one in read_yaml(text.encode())["成员"]] == ["丁有田", "丁妞"]
    assert text.startswith("# 东头第二家\n编号")


def test_a_field_changed_on_both_sides_stays_as_both_found_it() -> None:
    ours = FAMILY.replace("类别: 一般", "类别: 低保").replace("出生年: 1980", "出生年: 1981")
    theirs = FAMILY.replace("类别: 一般", "类别: 五保").replace("出生年: 1980", "出生年: 1982")
    text, clashes, _ = both(HOUSE, FAMILY, ours, theirs)
    assert text == FAMILY
    assert {one.place: (one.base, {one.ours, one.theirs}) for one in clashes} == {
        ("类别",): ("一般", {"低保", "五保"}),
        ("成员", "丁小田", "出生年"): ("1980", {"1981", "1982"}),
    }


def test_items_known_by_their_key_are_put_together_field_by_field() -> None:
    ours = FAMILY.replace("出生年: 1980", "出生年: 1981")
    theirs = FAMILY.replace("  - 姓名: 丁小田\n", "  - 姓名: 丁小田\n    标签: [学生]\n")
    text, clashes, _ = both(HOUSE, FAMILY, ours, theirs)
    assert clashes == ()
    assert read_yaml(text.encode())["成员"][1] == {"姓名": "丁小田", "标签": ["学生"], "出生年": "1981"}
    assert "  - 姓名: 丁有田\n    出生年: 1950\n  # 在外打工\n" in text


def test_references_are_sets() -> None:
    base = "编号: JD-A0001\n人: [RY-A0001, RY-A0002]\n"
    ours = "编号: JD-A0001\n人: [RY-A0002, RY-A0003]\n"
    theirs = "编号: JD-A0001\n人: [RY-A0001, RY-A0002, RY-A0004]\n"
    text, clashes, _ = both("pairings/JD-A0001.yaml", base, ours, theirs)
    assert clashes == ()
    assert read_yaml(text.encode())["人"] == ["RY-A0002", "RY-A0003", "RY-A0004"]


def test_hints_answered_at_two_desks_are_all_answered_once() -> None:
    one = "  - 记录: WT-2026-A0001\n    提示: H004\n    理由: {}\n"
    other = "  - 记录: WT-2026-A0001\n    提示: H005\n    理由: 看过\n"
    ours, theirs = "免提:\n" + one.format("问过了"), "免提:\n" + other + one.format("核实过")
    text, clashes, whole = both("policy/silenced.yaml", None, ours, theirs)
    assert (clashes, whole) == ((), False)
    told = [(item["记录"], item["提示"]) for item in read_yaml(text.encode())["免提"]]
    assert sorted(told) == [("WT-2026-A0001", "H004"), ("WT-2026-A0001", "H005")]


def test_what_was_printed_is_never_put_together() -> None:
    base = "编号: BB-A0001\n报表: 月报\n期间: 2026-03\n"
    text, _, whole = both("frozen/BB-A0001.yaml", base, base + "备注: 甲\n", base.replace("月报", "周报"))
    assert (text, whole) == (base, True)


def test_what_one_side_took_away_and_the_other_went_on_with_stays_until_settled() -> None:
    text, _, whole = both(PATH, TEXT, None, TEXT + event("aaaa"))
    assert (text, whole) == (TEXT + event("aaaa"), True)


def test_a_side_that_cannot_be_read_does_not_hide_the_other() -> None:
    text, _, whole = both(PATH, TEXT, TEXT + event("aaaa"), TEXT + "<<<<<<< 乱的\n")
    assert (text, whole) == (TEXT + event("aaaa"), True)


@given(st.data())
def test_no_step_is_lost_or_doubled_whatever_two_desks_write(data: st.DataObject) -> None:
    pool = [f"e{n:03}" for n in range(9)]
    shared = data.draw(st.lists(st.sampled_from(pool[:3]), unique=True))
    mine, other = (
        data.draw(st.lists(st.tuples(st.sampled_from(part), st.integers(0, 90)), unique_by=lambda one: one[0]))
        for part in (pool[3:6], pool[6:])
    )
    base = TEXT + "".join(event(one) for one in shared)
    gone = data.draw(st.sets(st.sampled_from(shared))) if shared else set[str]()
    kept = TEXT + "".join(event(one) for one in shared if one not in gone)
    ours = kept + "".join(event(*one) for one in mine)
    theirs = base + "".join(event(*one) for one in other)
    text, clashes, whole = both(PATH, base, ours, theirs)
    assert (clashes, whole) == ((), False)
    ids = [one["编号"] for one in read_yaml(text.encode())["事件"]][2:]
    expected = [one for one in shared if one not in gone] + [one for one, _ in (*mine, *other)]
    assert sorted(ids) == sorted(expected)
    for side in (mine, other):
        assert [one for one in ids if one in dict(side)] == [one for one, _ in side]
    assert all(event(*one) in text for one in (*mine, *other))
