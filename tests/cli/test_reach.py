"""Numbers, days and bytes no ledger can hold: refused where they are typed, faults where they already stand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk

pytestmark = pytest.mark.slow  # it takes long

LONG = "99999999999999999999"


@pytest.mark.parametrize("number", [LONG, "-" + LONG, "1000000000000"])
def test_a_number_too_long_to_count_is_not_taken(desk: Desk, number: str) -> None:
    head = desk.git("rev-parse", "HEAD")
    said = desk.say("village", "edit", "CUN-A0001", f"--households={number}", "--yes")
    assert (said.code, "最多 12 位" in said.err) == (2, True), said
    assert desk.git("rev-parse", "HEAD") == head


def test_the_longest_number_is_counted(desk: Desk) -> None:
    desk.do("village", "edit", "CUN-A0001", "--households", "999999999999", "--yes")
    assert "CUN-A0001" in desk.do("village", "list", "户数>=999999999999").out


def test_one_already_in_a_file_is_a_fault_like_others(desk: Desk) -> None:
    path = desk.root / "villages" / "CUN-A0001.yaml"
    more = f"户数: {LONG}\n历年集体收入:\n  - 年份: 2025\n    集体收入: {LONG}.50\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    said = desk.say("check")
    assert said.code == 1
    assert "F018 户数：这个数有 20 位，太长，最多 12 位" in said.out
    assert "F018 集体收入：这个数有 20 位，太长，最多 12 位" in said.out
    for words in (("today",), ("issue", "list"), ("figures",)):
        desk.do(*words)


@pytest.mark.parametrize("number", ["1e999", LONG, "-1e400", "1e9999999999", "NaN", "无"])
def test_a_filter_asks_for_no_such_number(desk: Desk, number: str) -> None:
    said = desk.say("issue", "list", f"费用>={number}")
    assert said.code == 2, said
    assert number in said.err


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01", "9999", "9999-12-31 23:59"])
def test_a_filter_asks_for_no_such_day(desk: Desk, day: str) -> None:
    field = "登记时间" if " " in day else "反映时间"
    for sign in ("=", ">=", "<="):
        said = desk.say("issue", "list", f"{field}{sign}{day}")
        assert (said.code, day in said.err) == (2, True), said


def test_the_first_and_the_last_day_are_asked_for(desk: Desk) -> None:
    for day in ("1900-01-01", "2199-12-31", "1900", "2199", "1900-01-01..2199-12-31"):
        desk.do("issue", "list", f"反映时间={day}")


@pytest.mark.parametrize(
    "period", ["9999-12-31..9999-12-31", "0001-01-01..2026-01-01", "2026-01-01..9999-12-30", "0001"]
)
def test_a_period_has_an_end_people_live_to_see(desk: Desk, period: str) -> None:
    for words in (("figures",), ("issue", "list")):
        said = desk.say(*words, "--period", period)
        assert (said.code, period in said.err) == (2, True), said


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31 09:00"])
def test_today_is_no_such_day(desk: Desk, day: str) -> None:
    for word in ("today", "figures"):
        said = desk.say(word, today=day)
        assert (said.code, "1900 到 2199" in said.err) == (2, True), said


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_today_may_be_the_first_and_the_last_day(desk: Desk, day: str) -> None:
    for word in ("today", "figures", "duties"):
        desk.do(word, today=day)


def test_a_byte_that_is_no_text_is_refused(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lianxin", "issue", "list", "事由~".encode() + b"\xff"],
        cwd=Path(desk.root),
        env=os.environ | ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, "不是 UTF-8" in done.stderr.decode()) == (2, True), done.stderr.decode()
