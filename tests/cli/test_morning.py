"""What the morning page must not leave out: signatures due, whistles that run out soon, what was taken down today."""

from __future__ import annotations

from tests.cli.desk import Desk

ID = "WT-2026-A0001"
WIDE = {"COLUMNS": "200"}


def morning(desk: Desk, now: str) -> str:
    return desk.do("today", today=now, env=WIDE).out


def test_what_was_taken_down_today_waits_for_triage(heard: Desk) -> None:
    said = morning(heard, "2026-03-06 23:59")
    assert "【新登记的，等着研判（1 件）】" in said
    assert "今天登记，受理、上报还是解释" in said


def test_a_signature_that_is_due_today_is_shown(taken: Desk) -> None:
    assert "【受理了还没交办（1 件）】" in morning(taken, "2026-03-05 09:00")
    taken.do(
        *("issue", "assign", ID, "--dept", "镇水利站", "--limit", "10个工作日"),
        *("--sign-rule", "2026-03-06 17:00", "--at", "2026-03-05 16:00"),
    )
    said = morning(taken, "2026-03-06 08:30")
    assert "【今天要签收（1 件）】" in said
    assert "今天没有要办的" not in said
    assert "【超时未签收（1 件）】" in morning(taken, "2026-03-06 17:01")


def test_a_department_whose_limit_is_near_is_shown(taken: Desk) -> None:
    taken.do(
        *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "清渠", "--issues", ID),
        *("--lead", "镇水利站", "--summoned", "部门=镇水利站，办结时限=2026-03-09"),
    )
    taken.do("whistle", "approve", "CS-2026-A0001", "--at", "2026-03-05 09:10")
    taken.do("whistle", "arrive", "CS-2026-A0001", "--who", "石勇", "--at", "2026-03-05 10:00")
    said = morning(taken, "2026-03-06 08:30")
    assert "【部门快到期（1 个）】" in said
    assert "还没有办结" in said
    assert "【部门今天到期（1 个）】" in morning(taken, "2026-03-09 08:30")
