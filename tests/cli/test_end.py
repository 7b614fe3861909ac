"""Villages are merged, units abolished, households move away, names change: the past stays, the present is offered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, WRITE, Terminal

from lianxin.actions.entry.offer import offers
from lianxin.kinds import KIND
from lianxin.storage.book import open_book


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A second village, with a group that is called like one of the first."""
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇", "--groups", "一组", "--groups", "河边组")
    return desk


def _items(desk: Desk, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.do("--json", "--internal", *words).json["data"]["items"]
    return found


def _offered(desk: Desk, field: str) -> list[str]:
    spec = next(one for one in KIND["household"].fields if one.name == field)
    with open_book(desk.root, today=date(2026, 3, 6), now=datetime(2026, 3, 6, 9)) as book:
        return [one.title for one in offers("", book, spec)]


def test_a_merged_village_gives_its_households_and_keeps_its_past(two: Desk) -> None:
    id_ = two.take_down()
    said = two.do(
        "village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-03-05", "--paper", "民政〔2026〕8号"
    ).out
    assert "1 户跟着过去" in said
    assert "添了村组：松坪一组、松坪二组" in said
    assert f"{id_} 的所属村" in said
    (household,) = _items(two, "household", "list", "--columns", "户主,所属村,所属组")
    assert (household["village"], household["group"]) == ("CUN-A0002", "松坪一组")
    # the visit of 2 March was at a household of that village, and goes on being so
    assert two.do("visit", "list", "走访户.所属村=松坪村").out.count("ZF-2026-A0001") == 1
    assert _offered(two, "village") == ["柳湾村"]
    assert two.git("status", "--porcelain") == ""
    two.do("undo", "--yes")
    assert _items(two, "household", "list", "--columns", "户主,所属村")[0]["village"] == "CUN-A0001"
    assert two.do("check").code == 0


def test_what_is_left_is_told_of_until_it_is_settled(two: Desk) -> None:
    id_ = two.take_down()
    two.do("village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-03-06")
    assert two.say("check").out.count("D030") == 1
    two.do("issue", "edit", id_, "--village", "柳湾村", "--group", "松坪一组", "--why", "村撤并了")
    assert "D030" not in two.say("check").out


def test_an_abolished_unit_keeps_its_cases_until_they_are_given_to_another(two: Desk) -> None:
    id_ = two.take_down()
    two.lay_open(id_)
    given = ("--person", "石勇", "--limit", "5个工作日", "--standard", "通水")
    two.do("issue", "assign", id_, "--dept", "镇水利站", *given)
    two.do("org", "add", "--name", "镇农业服务中心", "--level", "镇", "--department", "是")
    said = two.do("org", "end", "镇水利站", "--why", "撤并", "--into", "镇农业服务中心").out
    assert f"{id_} 的责任部门" in said
    assert "RY-A0002 的单位" in said
    two.do("issue", "return", id_, "--why", "单位撤并")
    two.do("issue", "assign", id_, "--dept", "镇农业服务中心", "--limit", "5个工作日")
    two.do("--yes", "person", "edit", "石勇", "--org", "镇农业服务中心")
    assert "D030" not in two.say("check").out
    closed = two.do("issue", "list", "责任部门=镇农业服务中心").out
    assert id_ in closed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("village", "end", "松坪村"), "要写事由：--why 撤并、撤销"),
        (("village", "end", "松坪村", "--why", "撤并"), "要写去向"),
        (("village", "end", "松坪村", "--why", "迁出"), "要写事由"),
        (("village", "merge", "松坪村", "--into", "松坪村"), "不能并到自己"),
        (("village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-04-01"), "还没有到"),
        (("village", "rename", "松坪村", "--name", "松坪村"), "和原来的不一样"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(words: tuple[str, ...], told: str, two: Desk) -> None:
    head = two.git("rev-parse", "HEAD")
    said = two.say(*words)
    assert (said.code, told in said.err, two.git("rev-parse", "HEAD") == head) == (2, True, True), said.err


def test_what_has_ended_does_not_end_again(two: Desk) -> None:
    two.do("village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-03-05")
    said = two.say("village", "merge", "松坪村", "--into", "柳湾村")
    assert (said.code, "已经终止（撤并），现在是 CUN-A0002" in said.err) == (3, True)


def test_a_household_that_parted_leads_to_those_it_became(desk: Desk) -> None:
    for head in ("李大", "李二"):
        desk.do("--yes", "household", "add", "--head", head, "--village", "松坪村", "--group", "一组")
    desk.do("household", "end", "李桂兰", "--why", "分户", "--into", "李大", "--into", "李二", "--on", "昨天")
    shown = desk.do("--internal", "show", "HU-A0001").out
    assert "李大（HU-A0002）、李二（HU-A0003）" in shown
    assert [one["id"] for one in _items(desk, "household", "list", "存续=存续")] == ["HU-A0003", "HU-A0002"]
    assert "李桂兰" not in desk.do("household", "end", "李大", "--why", "迁出").out


def test_a_renamed_village_is_found_by_both_names(desk: Desk) -> None:
    desk.do("village", "rename", "松坪村", "--name", "云坪村", "--paper", "民政〔2026〕9号")
    for name in ("松坪村", "云坪村"):
        assert "云坪村" in desk.do("show", name).out
    assert "民政〔2026〕9号" in desk.do("show", "云坪村").out


def test_programs_read_the_name_a_village_had_on_the_day_of_the_record(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("village", "rename", "松坪村", "--name", "云坪村")
    (issue,) = _items(desk, "issue", "list", "所属村=云坪村")
    assert (issue["id"], issue["village_name"]) == (id_, "松坪村")
    (household,) = (one for one in _items(desk, "household", "list") if one["id"] == "HU-A0001")
    assert household["village_name"] == "云坪村"


def test_last_years_paper_is_made_again_after_a_merger(two: Desk, tmp_path: Path) -> None:
    two.take_down()
    page = tmp_path / "台账.html"
    two.do("ledger", "问题台账", "-o", str(page))
    two.do("report", "monthly", "--period", "2026-02", "--freeze")
    two.do("village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-03-05")
    two.do("verify", str(page))
    said = two.do("report", "monthly", "--period", "2026-02").out
    assert "更正说明" not in said


def test_what_is_no_more_is_counted_until_its_day(two: Desk) -> None:
    figures = two.root / "policy" / "figures.yaml"
    one = "  - {{名称: 现有{0}, 单位: 个, 计数: {{种类: {0}}}, 口径: 有多少}}\n"
    more = one.format("村") + one.format("联系户")
    figures.write_text(figures.read_text(encoding="utf-8") + more, encoding="utf-8")
    two.do("village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-03-01")
    two.do("household", "end", "李桂兰", "--why", "迁出", "--on", "2026-03-05")

    def count(name: str, period: str) -> object:
        return two.do("--json", "figures", name, "--period", period).json["data"]["item"]["value"]

    assert (count("现有村", "2026-02"), count("现有村", "2026-03")) == (2, 1)
    assert (count("现有联系户", "2026-02"), count("现有联系户", "2026-03")) == (1, 0)


def test_what_was_called_so_stays_public_and_who_lived_there_hidden(two: Desk) -> None:
    """A villager called like the old name; a given name alone in what was said in the village that was merged."""
    two.do("--yes", "household", "add", "--head", "柳湾", "--village", "松坪村", "--group", "一组")
    two.do("--yes", "household", "add", "--head", "张素芬", "--village", "松坪村", "--group", "二组")
    for village, words in (("柳湾村", "柳湾村的路坏了"), ("松坪村", "素芬家的灯坏了")):
        said = two.do(
            *("--json", "issue", "add", "--village", village, "--raised", "今天", "--channel", "电话"),
            *("--anonymous", "是", "--level", "村", "--summary", words, "--words", words),
        )
        two.lay_open(str(said.json["data"]["id"]))
    two.do("village", "rename", "柳湾村", "--name", "新民村", "--on", "2026-03-06")
    two.do("--yes", "village", "merge", "松坪村", "--into", "新民村", "--on", "2026-03-06")
    told = two.do("issue", "list", "--columns", "原话", "-f", "csv").out + two.do("show", "新民村", "-f", "md").out
    assert ("柳湾村的路坏了" in told, "| 柳湾村 |" in told, "*家的灯坏了" in told, "素芬" in told) == (
        True,
        True,
        True,
        False,
    )
    assert "算出来的" not in told


def test_of_several_files_the_one_that_cannot_be_written_is_named(two: Desk) -> None:
    path = two.root / "households" / "HU-A0001.yaml"
    path.write_bytes(path.read_bytes() + b"\r\n")
    head = two.git("rev-parse", "HEAD")
    said = two.say("--yes", "village", "merge", "松坪村", "--into", "柳湾村")
    assert (said.code, "HU-A0001 的文件的行尾有两种写法" in said.err) == (3, True), said
    assert two.git("rev-parse", "HEAD") == head
    two.do("fmt")
    two.do("--yes", "village", "merge", "松坪村", "--into", "柳湾村")


def test_alone_at_a_terminal_it_opens_a_form(two: Desk) -> None:
    terminal = Terminal(two, "村", "撤并")
    terminal.see("哪几个村*")
    terminal.type("松坪")
    terminal.see("▸松坪村")
    terminal.type(ENTER)
    terminal.see("并入*        ")
    terminal.type("柳湾")
    terminal.see("▸柳湾村")
    terminal.type(ENTER + WRITE)
    terminal.see("松坪村（CUN-A0001）撤并（自 2026-03-06），去向 柳湾村（CUN-A0002）")
    terminal.type("y")
    terminal.wait_for("✓ 松坪村（CUN-A0001）撤并")
    assert terminal.end() == 0
    assert _items(two, "household", "list", "--columns", "户主,所属村")[0]["village"] == "CUN-A0002"


def test_what_lacks_is_named_once(two: Desk) -> None:
    said = two.say("村", "撤并", "松坪村")
    assert (said.code, said.err) == (2, "撤并的要写去向：--并入 并到、分成了哪几个\n")


def test_a_pairing_of_a_merged_village_goes_on_with_its_heir_by_the_command_that_is_shown(two: Desk) -> None:
    two.do(
        "pairing", "add", "--nature", "单位–村", "--first", "镇水利站", "--second", "松坪村", "--since", "2026-01-01"
    )
    said = two.do("village", "merge", "松坪村", "--into", "柳湾村", "--on", "2026-03-05").out
    shown = "lianxin pairing end JD-A0001 --into CUN-A0002"
    assert f"的乙方：{shown}" in said
    refused = two.say(*shown.split()[1:], "--on", "2025-12-01")
    assert (refused.code, "不能在 2025-12-01 以前就终止" in refused.err) == (2, True)
    assert "接着结的是 JD-A0002" in two.do(*shown.split()[1:], "--on", "2026-03-05").out
    pairs = _items(two, "pairing", "list", "--columns", "乙方,开始日期,结束日期")
    assert [(one["second"], one["since"], one["until"]) for one in pairs] == [
        ("CUN-A0002", "2026-03-05", None),
        ("CUN-A0001", "2026-01-01", "2026-03-04"),
    ]
    assert "D030" not in two.say("check").out
    assert two.say(*shown.split()[1:]).code == 3
