"""A household's names stay hidden in public files although its file cannot be read now, or names others by now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.desk import Desk

pytestmark = pytest.mark.slow  # it takes long

HEAD, CHILD = "尉迟春燕", "尉迟小宝"
PATH = "households/HU-A0002.yaml"


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A household, and a matter of everybody whose words name it."""
    desk.do("household", "add", "--head", HEAD, "--village", "松坪村", "--members", f"姓名={CHILD}")
    issue = desk.do(
        *("--json", "issue", "add", "--household", "李桂兰", "--raised", "今天", "--channel", "电话"),
        *("--summary", "井干了", "--words", f"{HEAD}和{CHILD}家的井干了"),
    ).json["data"]["id"]
    desk.do(
        *("issue", "accept", issue, "--level", "镇", "--scope", "共性", "--sphere", "公共", "--merit", "合理"),
        *("--category", "道路交通", "--urgency", "一般"),
    )
    return desk


def _add(line: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes() + line)


def _misspell(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("户主", "户住").replace("姓名", "姓铭"), encoding="utf-8")


def _shown(desk: Desk, *words: str) -> str:
    return desk.do(*words, "ledger", "问题", "-f", "csv").out


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("spoil", [_add("坏: [\n".encode()), _add(b"\xff"), _misspell, Path.unlink])
def test_a_file_that_cannot_be_read_hides_as_before(
    told: Desk, spoil: Callable[[Path], object], *, committed: bool
) -> None:
    spoil(told.root / PATH)
    if committed:
        told.git("commit", "-qam", "spoilt")
    shown = _shown(told)
    assert "尉迟*和尉迟*家的井干了" in shown
    assert CHILD not in shown
    assert HEAD in _shown(told, "--internal")


def test_so_do_the_given_names_of_whoever_was_renamed(told: Desk) -> None:
    desk, issue = told, "WT-2026-A0001"
    desk.do("issue", "progress", issue, "--text", "春燕家去看过了，小宝带的路")
    for head in ("尉迟秋燕", "尉迟冬燕"):
        shown = desk.do("log", issue, "-f", "md").out + desk.do("handbook", issue, "-f", "md").out
        assert ("春燕" in shown, "小宝带" in shown) == (False, False)
        desk.do("household", "edit", "HU-A0002", "--head", head, "--members", "=姓名=尉迟大勇")


def test_whoever_was_renamed_or_taken_out_stays_hidden(told: Desk) -> None:
    told.do("household", "edit", "HU-A0002", "--head", "尉迟秋燕", "--members", "-")
    assert "尉迟*和尉迟*家的井干了" in _shown(told)
    told.do("village", "edit", "松坪村", "--groups", "+三组")
    assert "尉迟*和尉迟*家的井干了" in _shown(told)


def test_the_past_hides_whom_the_present_knows(told: Desk) -> None:
    told.do(
        *("issue", "add", "--household", "李桂兰", "--raised", "今天", "--channel", "电话", "--summary", "路烂了"),
        *("--words", "独孤晚晴家门口的路烂了"),
    )
    told.lay_open("2")
    old = told.git("rev-parse", "HEAD").strip()
    ask = ("--rev", old, "sql", "SELECT 事由 FROM 问题")
    told.do("issue", "edit", "2", "--summary", "独孤晚晴", "--why", "写错")
    named = told.git("rev-parse", "HEAD").strip()
    told.do("household", "add", "--head", "独孤晚晴", "--village", "松坪村")
    shown = told.do("--rev", named, *ask[2:]).out
    assert "独孤*" in shown
    assert "独孤晚晴" not in shown


def test_without_any_readable_version_nothing_goes_out(told: Desk) -> None:
    (told.root / "households" / "HU-A0003.yaml").write_text("编号: HU-A0003\n户住: 独孤晚晴\n", encoding="utf-8")
    said = told.say("ledger", "问题", "-f", "md")
    assert said.code == 3
    assert "households/HU-A0003.yaml 读不出来" in said.err
    assert HEAD in _shown(told, "--internal")
    assert told.say("check").code == 1


def test_a_reporter_put_right_stays_hidden(told: Desk) -> None:
    told.do(
        *("issue", "add", "--reporter", "独孤晚晴", "--village", "松坪村", "--raised", "今天", "--channel", "电话"),
        *("--summary", "路烂了", "--words", "门口的路烂了"),
    )
    told.do("issue", "edit", "2", "--reporter", "独孤晚霞", "--why", "听错")
    told.do("issue", "progress", "1", "--text", "已同独孤晚晴看过")
    assert "已同独孤*看过" in "".join(told.do("issue", "show", "1").out.split())
