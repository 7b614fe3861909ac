"""Names are found as people read them; several that fit stop the command, and are told apart."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal

pytestmark = pytest.mark.slow  # it takes long

WIDE = "云岭镇农业办（乡村振兴站）"
NARROW = "云岭镇农业办(乡村振兴站)"
RADICAL = "李⼭"


@pytest.fixture
def named(desk: Desk) -> Desk:
    desk.do("org", "add", "--name", WIDE, "--level", "镇", "--department", "是", "--short", "农业办、振兴站")
    desk.do("village", "add", "--name", "新街（２组）", "--town", "云岭镇")
    desk.do("household", "add", "--head", RADICAL, "--village", "松坪村", "--phone", "13900005678")
    return desk


def test_widths_brackets_and_radicals_do_not_hide_a_name(named: Desk) -> None:
    for word in (WIDE, NARROW, " 云岭镇 农业办(乡村振兴站)", "农业办", "振兴站"):
        assert "DW-A0003" in named.do("show", word).out, word
    for word in (RADICAL, "李山", "李 山"):
        assert "HU-A0002" in named.do("show", word).out, word
    for number, (unit, head) in enumerate([(NARROW, "李山"), ("农业办", RADICAL)]):
        named.do("person", "add", "--name", f"钱多{number}", "--org", unit)
        words = ("--raised", "2026-03-05", "--channel", "电话", "--summary", f"事{number}", "--words", "水断了")
        named.do("issue", "add", "--household", head, *words)
    assert named.do("handbook", "--village", "新街(2组)").code == 0


@pytest.mark.parametrize(
    ("kind", "filter_", "id_"),
    [
        ("household", "户主=李山", "HU-A0002"),
        ("household", f"户主={RADICAL}", "HU-A0002"),
        ("household", "户主~山", "HU-A0002"),
        ("household", "所属村~松坪", "HU-A0002"),
        ("org", f"名称={NARROW}", "DW-A0003"),
        ("village", "名称=新街(2组)", "CUN-A0002"),
    ],
)
def test_filters_read_names_the_same(named: Desk, kind: str, filter_: str, id_: str) -> None:
    assert id_ in named.do(kind, "list", filter_, "-f", "csv").out


def test_a_unit_is_filtered_by_its_short_name(named: Desk) -> None:
    named.do("person", "add", "--name", "钱多多", "--org", "振兴站")
    for word in ("振兴站", WIDE, NARROW):
        assert "RY-A0003" in named.do("person", "list", f"单位={word}", "-f", "csv").out


def test_a_point_within_a_number_is_no_dot_of_a_name(desk: Desk) -> None:
    money = ("--sort", "其他", "--village", "松坪村", "--name")
    desk.do("project", "add", *money, "一期2.5公里")
    assert "XM-A0001" not in desk.do("project", "list", "名称=一期25公里", "-f", "csv").out
    assert "XM-A0001" in desk.do("project", "list", "名称=一期２．５公里", "-f", "csv").out


def test_several_of_a_name_stop_the_command_although_another_kind_has_one(desk: Desk) -> None:
    desk.do("person", "add", "--name", "周小川", "--org", "镇水利站", "--phone", "13900001111")
    desk.do("person", "add", "--name", "周小川", "--org", "云岭镇党委", "--phone", "13900002222")
    desk.do("org", "add", "--name", "周小川", "--level", "镇")
    head = desk.git("rev-parse", "HEAD")
    words = ("pairing", "add", "--nature", "师徒", "--first", "周小川", "--second", "石勇", "--since", "2026-03-01")
    said = desk.say(*words)
    assert (said.code, desk.git("rev-parse", "HEAD")) == (2, head)
    assert all(id_ in said.err for id_ in ("RY-A0003", "RY-A0004", "DW-A0003"))
    assert "镇水利站" in said.err
    assert "1111" not in said.err
    clear = desk.say("--internal", *words)
    assert ("RY-A0003 周小川（镇水利站，电话尾号 1111）" in clear.err) is True, clear.err
    assert "石勇" not in desk.say("show", "石永").err
    assert "是不是「镇水利站」" in desk.say("show", "镇水力站").err


def test_choices_are_read_with_any_dash_or_width(desk: Desk) -> None:
    for n, nature in enumerate(("单位-村", "单位—村", "单位村", "单位－村")):
        words = ("--first", "镇水利站", "--second", "松坪村", "--since", f"202{n}-01-01", "--until", f"202{n}-06-01")
        desk.do("pairing", "add", "--nature", nature, *words)
    assert desk.do("pairing", "list", "结对性质=单位-村", "-f", "csv").out.count("JD-A") == 4


def test_a_near_miss_is_asked_about_at_a_terminal(desk: Desk) -> None:
    words = ("household", "edit", "李桂兰", "--contacts", "+石永", "--notes", "好")
    terminal = Terminal(desk, *words)
    terminal.answer(("是不是要写的这个：石勇？", ENTER))  # which is no
    assert terminal.end() == 2
    terminal = Terminal(desk, *words)
    terminal.answer(("是不是要写的这个：石勇？", "y" + ENTER), ("就这样改吗？", ENTER), ("✓", None))
    assert terminal.end() == 0
    assert "- RY-A0002\n" in (desk.root / "households" / "HU-A0001.yaml").read_text(encoding="utf-8")


def test_a_blank_between_people_parts_them_and_a_near_miss_leaves_nobody_out(desk: Desk) -> None:
    visit = ("visit", "add", "--day", "2026-03-03", "--households", "李桂兰", "--way", "入户", "--requests", "无")
    desk.do(*visit, "--visitors", "何小满 石勇")
    held = (desk.root / "visits" / "2026" / "ZF-2026-A0002.yaml").read_text(encoding="utf-8")
    assert "走访人:\n  - RY-A0001\n  - RY-A0002\n" in held
    for typed in ("何小满 石永", "何小满石勇", "何小满石永"):
        refused = desk.say("--internal", *visit, "--visitors", typed)
        assert refused.code == 2
        assert f"没有叫「{typed}」的党员干部" in refused.err
        assert "是不是" not in refused.err
    assert "用顿号隔开" in desk.say("--internal", *visit, "--visitors", "何小满 石永").err
