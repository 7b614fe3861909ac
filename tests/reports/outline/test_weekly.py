"""The three lists of a week that is over say what stood in them when it ended, whenever they are printed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from tests.kinds.story import Story
from tests.reports.outline.test_balance import written

from lianxin.core.day.period import parse_period
from lianxin.core.document import Block
from lianxin.reports.outline.balance import balance, histories
from lianxin.reports.outline.weekly import lists
from lianxin.storage.book import open_book

#: Monday to Sunday.
WEEK = parse_period("2026-W11", date(2026, 3, 16))
OVER = datetime(2026, 3, 16)


def handled() -> Story:
    story = Story(登记时间="2026-03-09 09:00", 反映时间="2026-03-09").then("2026-03-09 10:00", "受理", 类别=None)
    return story.then("2026-03-10 09:00", "交办").then("2026-03-10 10:00", "签收")


def histories_told() -> list[Story]:
    """Each with more to come after the week: another unit, a later limit, a judgement, a result, a reopening."""
    given = handled().then("2026-03-17 09:00", "退回").then("2026-03-17 10:00", "交办", 责任部门="DW-A0002")
    longer = handled().then("2026-03-16 09:00", "延期").then("2026-03-18 09:00", "补研判")
    still = handled().then("2026-03-12 09:00", "暂缓").then("2026-03-20 09:00", "恢复")
    done = handled().then("2026-03-11 09:00", "补研判").then("2026-03-11 10:00", "办结")
    done = done.then("2026-03-12 09:00", "反馈").then("2026-03-12 10:00", "心得体会").then("2026-03-13 09:00", "销号")
    back = done.then("2026-03-19 09:00", "重办")
    return [given, longer, still, back]


def printed(folder: Path, *, today: date, until: datetime) -> list[Block]:
    told = histories_told()
    for number, story in enumerate(told, 1):
        story.intake["编号"] = f"WT-2026-A{number:04d}"
        story.events = [event for event in story.events if datetime.fromisoformat(event["时间"]) < until]
    written(folder, told)
    (folder / "orgs").mkdir()
    for unit in ("DW-A0001", "DW-A0002"):
        (folder / "orgs" / f"{unit}.yaml").write_text(f"编号: {unit}\n名称: {unit} 站\n层级: 镇\n", "utf-8")
    with open_book(folder, today=today, now=datetime(2026, 3, 30)) as book:
        return lists(book, balance(histories(book), WEEK))


def test_what_happened_since_changes_nothing_in_the_lists(tmp_path: Path) -> None:
    then = printed(tmp_path / "then", today=date(2026, 3, 15), until=OVER)
    now = printed(tmp_path / "now", today=date(2026, 3, 30), until=datetime.max)
    assert len(now) == 6
    for block, earlier in zip(now, then, strict=True):
        assert getattr(block, "rows", block) == getattr(earlier, "rows", earlier)
