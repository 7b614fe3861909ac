"""Steps that wait for other records: followers for their leader, closing for the whistle."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.kinds.story import ASKED, Story
from tests.kinds.whistle_story import Story as Call

from lianxin.actions.entry.crosscheck import follow_ups, refuse_across
from lianxin.kinds.issue.conduct import attempt
from lianxin.kinds.issue.record import ISSUE
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.whistle.record import WHISTLE
from lianxin.storage.book import open_book
from lianxin.storage.write.text.writing import record_text

NOW = datetime(2026, 4, 1, 9, 0)
LEADER, FOLLOWER = "WT-2026-A0001", "WT-2026-A0002"


def leader(*steps: str) -> Story:
    story = Story(编号=LEADER)
    for day, step in enumerate(steps, 2):
        story.then(f"2026-03-{day:02d} 10:00", step)
    return story


def follower(*steps: str) -> Story:
    story = Story(编号=FOLLOWER).then("2026-03-02 11:00", "并案", 并入=LEADER)
    for hour, step in enumerate(steps, 10):
        story.then(f"2026-03-20 {hour}:00", step)
    return story


def refused(folder: Path, step: str, *stories: Story, whistles: tuple[Call, ...] = ()) -> str | None:
    """What stands in the way of a step of the last of these issues."""
    records: list[tuple[Any, Any]] = [(ISSUE, story.issue()) for story in stories]
    records += [(WHISTLE, call.whistle()) for call in whistles]
    (folder / "lianxin.yaml").write_text("名称: 云岭镇党建办\n", encoding="utf-8")
    for kind, record in records:
        path = folder / kind.path_of(record.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record_text(kind, record), encoding="utf-8")
    found = LIFECYCLE.step(step)
    assert found is not None
    with open_book(folder, today=NOW.date(), now=NOW) as book:
        values = {"编号": "x1", "时间": "2026-03-31 09:00", "记录时间": "2026-03-31 09:00", "经办人": "RY-A0001"}
        tried = attempt(step, stories[-1].issue(), {**ASKED[step], **values}, book.context)
        return refuse_across(book, ISSUE, found, tried)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (("受理",), "已受理"),
        (("快办快结", "重办"), "已受理"),
        (("受理", "交办", "签收", "办结", "反馈", "重办"), "办理中"),
    ],
)
def test_a_follower_is_answered_and_struck_off_only_while_its_leader_has_a_result(
    tmp_path: Path, steps: tuple[str, ...], state: str
) -> None:
    said = f"主案 {LEADER} 现在是「{state}」，还没有结果，不能先{{}} {FOLLOWER}"
    assert refused(tmp_path, "反馈", leader(*steps), follower()) == said.format("反馈")
    answered = follower("反馈", "心得体会")
    assert refused(tmp_path, "销号", leader(*steps), answered) == said.format("销号")
    assert refused(tmp_path, "反馈", leader(*steps), answered) == said.format("反馈")


def test_once_the_leader_has_a_result_its_followers_go_on(tmp_path: Path) -> None:
    done = leader("快办快结")
    assert refused(tmp_path, "反馈", done, follower()) is None
    assert refused(tmp_path, "销号", done, follower("反馈", "心得体会")) is None


def test_a_leader_that_was_withdrawn_gives_its_followers_nothing(tmp_path: Path) -> None:
    said = f"主案 {LEADER} 被反映人撤回了，没有办理结果；{FOLLOWER} 还要接着办的，请先把它重办"
    assert refused(tmp_path, "反馈", leader("撤回"), follower()) == said
    # what had come to a result before it was withdrawn did come to one
    assert refused(tmp_path, "反馈", leader("快办快结", "撤回"), follower()) is None
    # and whoever takes back his own needs nobody's result
    assert refused(tmp_path, "销号", leader("受理"), follower("撤回")) is None


def test_reopening_a_leader_tells_of_its_followers(tmp_path: Path) -> None:
    refused(tmp_path, "重办", follower("反馈"), leader("快办快结"))
    step = LIFECYCLE.step("reopen")
    assert step is not None
    with open_book(tmp_path, today=NOW.date(), now=NOW) as book:
        told = list(follow_ups(book, ISSUE, LEADER, step))
    assert told == [f"{FOLLOWER} 并在这一件里，等它再有了结果才能反馈、销号"]


def test_an_issue_is_not_struck_off_while_any_whistle_of_its_is_open(tmp_path: Path) -> None:
    issue = leader("受理").then("2026-03-03 09:00", "吹哨", 哨单="CS-2026-A0001")
    issue.then("2026-03-03 10:00", "吹哨", 哨单="CS-2026-A0002").then("2026-03-04 09:00", "签收")
    issue.then("2026-03-05 09:00", "办结").then("2026-03-06 09:00", "反馈").then("2026-03-06 10:00", "心得体会")
    first, second = (Call(编号=f"CS-2026-A000{n}", 问题=[LEADER]).then("2026-03-02 10:00", "批准") for n in (1, 2))
    second.then("2026-03-02 11:00", "撤哨")
    assert refused(tmp_path, "销号", issue, whistles=(first, second)) == (
        "CS-2026-A0001 现在是「已吹哨」（DW-A0002、DW-A0003 还没有办结），先结哨再销号"
    )
    first.then("2026-03-02 11:00", "撤哨")
    assert refused(tmp_path, "销号", issue, whistles=(first, second)) is None
    # one that names the issue, though the issue was never tied to it
    stranger = Call(编号="CS-2026-A0003", 问题=[LEADER])
    assert str(refused(tmp_path, "销号", issue, whistles=(first, second, stranger))).startswith("CS-2026-A0003 现在是")
