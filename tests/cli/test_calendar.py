"""The calendar of what is due: read back by the library, the same bytes while nothing changes, the same UIDs after."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from tests.cli.desk import Desk
from tests.cli.test_export import plan

pytestmark = pytest.mark.slow  # it takes long

PROMISE = "promise add --who 何小满 --to 松坪村 --text 汛期前把渠清完 --made 2026-03-01 --due 2026-04-30"
FAULT = (
    "rectification add --listed 2026-03-02 --source 督查 --about 镇水利站 --fault 抢修电话没人接 --measure 排夜班 "
    "--dept 镇水利站 --person 石勇 --limit 2026-03-20"
)


def assigned(desk: Desk) -> Desk:
    desk.do("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日")
    return desk


def events(path: Path) -> dict[str, Any]:
    """Every event of a file by what it is called."""
    read = Calendar.from_ical(path.read_bytes())
    assert isinstance(read, Calendar)
    return {str(event["SUMMARY"]): event for event in read.walk("VEVENT")}


def test_a_file_keeps_to_the_standard_and_says_what_is_due(taken: Desk, tmp_path: Path) -> None:
    assigned(taken)
    taken.do(*PROMISE.split())
    taken.do(*FAULT.split())
    out = tmp_path / "期限.ics"
    taken.do("日历", "-o", str(out))
    data = out.read_bytes()
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    found = events(out)
    assert {name: event.decoded("DTSTART") for name, event in found.items() if not name.startswith("职责")} == {
        "签收 17:30：一组的渠堵了": date(2026, 3, 6),
        "办结：一组的渠堵了": date(2026, 3, 13),
        "整改：抢修电话没人接": date(2026, 3, 20),
        "答应的事：汛期前把渠清完": date(2026, 4, 30),
    }
    one = found["办结：一组的渠堵了"]
    assert one.decoded("DTEND") - one.decoded("DTSTART") == timedelta(days=1)
    assert str(one["X-LIANXIN-RECORD"]) == "WT-2026-A0001"
    assert "谁：镇水利站" in str(one["DESCRIPTION"])
    alarms = [alarm.decoded("TRIGGER") for alarm in one.walk("VALARM")]
    assert alarms == [timedelta(hours=-15.5), timedelta(hours=8.5)]
    assert taken.do("verify", str(out)).out.startswith("一致")


def test_a_second_file_replaces_the_first_and_what_is_over_leaves(taken: Desk, tmp_path: Path) -> None:
    assigned(taken)
    taken.do("issue", "sign", "1", "--person", "石勇", "--standard", "水过得来")
    first, second = tmp_path / "一.ics", tmp_path / "二.ics"
    taken.do("calendar", "-o", str(first))
    taken.do("issue", "extend", "1", "--limit", "10个工作日", "--why", "等料", "--approved", "何小满")
    taken.do("calendar", "-o", str(second))
    before, after = (events(path)["办结：一组的渠堵了"] for path in (first, second))
    assert before["UID"] == after["UID"]
    assert (before.decoded("DTSTART"), after.decoded("DTSTART")) == (date(2026, 3, 13), date(2026, 3, 20))
    taken.do("issue", "resolve", "1", "--result", "渠清了")
    taken.do("calendar", "-o", str(second))
    names = [name for name in events(second) if not name.startswith("职责")]
    assert names == ["反馈：一组的渠堵了"]
    assert events(second)[names[0]].decoded("DTSTART") == date(2026, 3, 9)
    taken.do("issue", "feedback", "1", "--how", "入户", "--solved", "解决", "--satisfied", "满意")
    taken.do("calendar", "-o", str(second))
    assert not [name for name in events(second) if not name.startswith("职责")]


def test_every_department_that_is_called_has_its_day(taken: Desk) -> None:
    taken.do("org", "add", "--name", "镇交通站", "--level", "镇", "--sector", "经济", "--department", "是")
    taken.do(
        *("whistle", "add", "--blown", "2026-03-06 09:00", "--by", "镇水利站", "--matter", "两家一起清"),
        *(
            "--issues",
            "1",
            "--urgency",
            "紧急",
            "--lead",
            "镇水利站",
            "--summoned",
            "部门=镇水利站，报到时限=2026-03-10",
        ),
        *("--summoned", "部门=镇交通站，报到时限=2026-03-12"),
    )
    taken.do("whistle", "approve", "1")
    for dept in ("镇水利站", "镇交通站"):
        taken.do("whistle", "respond", "1", "--dept", dept)
    rows = taken.do("--json", "calendar").json["data"]["items"]
    told = {(*row["who_name"], row["when"], row["note"]) for row in rows if row["sort"] == "吹哨"}
    assert told == {("镇水利站", "2026-03-10", "报到"), ("镇交通站", "2026-03-12", "报到")}


DUTIES = """职责:
  - 名称: 每月走访
    谁: {种类: 党员干部, 筛选: 姓名=何小满}
    计数: {种类: 走访, 归属: 走访人}
    至少: 3
    每: 月
"""


def test_visits_owed_stand_on_the_last_day_of_their_cycle(desk: Desk) -> None:
    (desk.root / "policy" / "duties.yaml").write_text(DUTIES, encoding="utf-8")
    for words in (("calendar",), ("calendar", "--person", "何小满")):
        rows = desk.do("--json", *words, today="2026-03-25").json["data"]["items"]
        (duty,) = [row for row in rows if row["sort"] == "职责"]
        assert (duty["matter"], duty["when"], duty["note"]) == ("每月走访", "2026-03-31", "差 2 次")
    assert "每月走访" not in desk.do("calendar", "--person", "石勇", today="2026-03-25").out


def test_nothing_is_written_while_nothing_changes(taken: Desk, tmp_path: Path) -> None:
    assigned(taken)
    out = tmp_path / "期限.ics"
    taken.do("calendar", "--dept", "镇水利站", "-o", str(out))
    data = out.read_bytes()
    again = taken.do("calendar", "--dept", "镇水利站", "-o", str(out), today="2026-03-09")
    assert "没有重写" in again.err
    assert out.read_bytes() == data


def test_ledgers_do_not_take_each_others_places(taken: Desk, tmp_path: Path) -> None:
    assigned(taken)
    (tmp_path / "别处").mkdir()
    other = Desk(tmp_path / "别处" / "台账").furnish()
    other.take_down()
    other.lay_open("1")
    assigned(other)
    uids = []
    for n, desk in enumerate((taken, other)):
        out = tmp_path / f"{n}.ics"
        desk.do("calendar", "-o", str(out))
        uids.append({str(event["UID"]) for event in events(out).values()})
    assert uids[0]
    assert not uids[0] & uids[1]


def test_somebodys_own_matter_is_not_told_outside(heard: Desk, tmp_path: Path) -> None:
    own = ("--scope", "个性", "--sphere", "个人", "--merit", "合理", "--category", "道路交通", "--urgency", "一般")
    heard.do("issue", "accept", "1", "--level", "村", *own)
    assigned(heard)
    out = tmp_path / "期限.ics"
    heard.do("calendar", "-o", str(out))
    text = out.read_text(encoding="utf-8")
    assert "一组的渠堵了" not in text
    assert "办结：（个人事项）" in events(out)
    heard.do("--internal", "--yes", "calendar", "-o", str(out))
    assert "办结：一组的渠堵了" in events(out)


def test_it_may_be_for_one_unit_or_one_person(taken: Desk) -> None:
    assigned(taken)
    taken.do(*PROMISE.split())
    for words, inside in (
        (("--dept", "镇水利站"), True),
        (("--person", "何小满"), False),
        (("--person", "石勇"), False),
    ):
        said = taken.do("calendar", *words).out
        assert ("办结" in said) is inside, words
    assert "汛期前把渠清完" in taken.do("日历", "--人员", "何小满").out
    assert "汛期前把渠清完" not in taken.do("日历", "--单位", "镇水利站").out
    assert taken.say("calendar", "--dept", "镇水利站", "--person", "石勇").code == 2
    assert taken.say("calendar", "--dept", "没有这个站").code == 2


@pytest.mark.parametrize("words", [("today",), ("ledger", "问题台账"), ("issue", "list")])
def test_other_pages_are_no_calendars(taken: Desk, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = taken.say(*words, "-o", str(tmp_path / "别的.ics"))
    assert said.code == 2
    assert "写不成日历" in said.err
    assert not (tmp_path / "别的.ics").exists()


PLAN = """方案:
  - 名称: 每天
    目录: {folder}
    输出:
      - {{命令: {command}, 文件: 期限.ics}}
"""


def test_an_export_writes_it(taken: Desk, tmp_path: Path) -> None:
    assigned(taken)
    plan(taken, PLAN.format(folder=tmp_path / "出", command="日历 --单位 镇水利站"))
    taken.do("export", "每天")
    out = tmp_path / "出" / "期限.ics"
    assert "办结：一组的渠堵了" in events(out)
    data = out.read_bytes()
    taken.do("export", "每天", today="2026-03-09")
    assert out.read_bytes() == data
    plan(taken, PLAN.format(folder=tmp_path / "出", command="台账 问题台账"))
    assert "只有 calendar（日历）能写成 .ics" in taken.say("check").out


def test_files_of_others_bear_nothing(taken: Desk, tmp_path: Path) -> None:
    out = tmp_path / "期限.ics"
    for text in ("", "别人的", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"):
        out.write_text(text, encoding="utf-8")
        assert taken.say("verify", str(out)).code == 3
    assert taken.say("calendar", "-o", str(out)).code == 3  # it is somebody else's
