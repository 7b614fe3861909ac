"""One step of several records: shown first, asked once, one commit, taken back at one stroke."""

from __future__ import annotations

import pytest
from tests.cli.desk import TRIAGE, Desk
from tests.cli.terminal import ENTER, ESCAPE, WRITE, Terminal

pytestmark = pytest.mark.slow  # it takes long

ACCEPT = ("--level", "村", *TRIAGE)


@pytest.fixture
def three(heard: Desk) -> tuple[Desk, list[str]]:
    """A desk with three issues; the last one is somebody's own, the others wait for a department."""
    told = (("渠边护栏断了", "栏杆断了一根"), ("路灯不亮", "天一黑就看不见"))
    more = [
        heard.do(
            *("--json", "issue", "add", "--visit", "1", "--channel", "电话", "--level", "村"),
            *("--summary", summary, "--words", words),
        ).json["data"]["id"]
        for summary, words in told
    ]
    ids = ["WT-2026-A0001", *more]
    heard.do("issue", "accept", *ids[:2], *ACCEPT)
    return heard, ids


def test_a_condition_picks_them_and_one_commit_writes_them(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, third) = three
    before = desk.git("rev-parse", "HEAD").strip()
    said = desk.do("批量", "问题", "交办", "状态=已受理", "--责任部门", "镇水利站", "--不问")
    assert "✓ 交办 2 条\n" in said.out
    assert said.out.count("已受理 → 已交办") == 2
    assert third not in said.out
    assert desk.git("rev-list", "--count", f"{before}..HEAD").strip() == "1"
    message = desk.git("log", "-1", "--format=%B")
    assert message.startswith(f"{first} 等 2 条 交办 镇水利站 5个工作日\n")
    assert f"Record: {first}\nRecord: {second}\nStep: assign\n" in message
    assert [desk.state(id_) for id_ in (first, second, third)] == ["已交办", "已交办", "待研判"]
    assert f"{first} 等 2 条 交办" in desk.do("log", second).out
    assert "没有问题" in desk.do("check").out


def test_it_is_taken_back_at_one_stroke(three: tuple[Desk, list[str]]) -> None:
    desk, ids = three
    texts = [desk.text(id_) for id_ in ids]
    desk.do("batch", "issue", "assign", "1", "2", "--dept", "镇水利站", "--yes")
    undone = desk.do("--json", "undo", "--yes").json["data"]
    assert len(undone["undone"]) == 1
    assert [desk.text(id_) for id_ in ids] == texts


def test_those_that_may_not_are_told_why_and_left_out(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, third) = three
    said = desk.do("batch", "issue", "assign", third, first, second, "--dept", "镇水利站", "--yes")
    assert "不能交办，不在内（1 条）" in said.out
    assert "这件是「待研判」，不能「交办」" in said.out.replace("\n", "").replace(" ", "")
    assert "✓ 交办 2 条，1 条没有办" in said.out
    assert desk.state(third) == "待研判"
    told = desk.do("--json", "batch", "issue", "urge", third, first, "--form", "催办", "--yes").json["data"]
    assert [one["id"] for one in told["items"]] == [third, first]
    again = desk.do("--json", "batch", "issue", "sign", third, first, "--person", "石勇", "--standard", "清完", "--yes")
    assert [one["id"] for one in again.json["data"]["items"]] == [first]
    (left,) = again.json["data"]["left"]
    assert left["id"] == third
    assert "待研判" in left["why"]


def test_nobody_is_asked_off_a_terminal(three: tuple[Desk, list[str]]) -> None:
    desk, _ = three
    head = desk.git("rev-parse", "HEAD")
    refused = desk.say("batch", "issue", "assign", "状态=已受理", "--dept", "镇水利站")
    assert (refused.code, "--dry-run" in refused.err, "--yes" in refused.err) == (3, True, True)
    tried = desk.do("batch", "issue", "assign", "状态=已受理", "--dept", "镇水利站", "--dry-run")
    assert "（试运行，没有写入） 交办 2 条" in tried.out
    assert desk.git("rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("状态=办理中",), "没有符合条件的问题"),
        (("状态=已签",), "没有「已签」"),
        (("责任单位=镇水利站",), "是不是"),
        (("1", "状态=已受理"), "编号和条件只写一样"),
        (("77",), "没有编号是「77」"),
        (("3",), "待研判"),
        (("1", "2", "--dept", "水管站"), "没有叫「水管站」的单位"),
        (("联系电话=13900001234",), "不能这样挑"),
    ],
)
def test_what_means_nothing_writes_nothing(three: tuple[Desk, list[str]], words: tuple[str, ...], told: str) -> None:
    desk, _ = three
    head = desk.git("rev-parse", "HEAD")
    dept = () if "--dept" in words else ("--dept", "镇水利站")
    said = desk.say("batch", "issue", "assign", *words, *dept, "--yes")
    assert said.code in (2, 3)
    assert told in said.err
    assert desk.git("rev-parse", "HEAD") == head


def test_each_is_tried_as_if_those_before_it_were_written(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, third) = three
    desk.do("issue", "merge", second, "--into", third, "--why", "同一段渠")
    said = desk.do("--json", "batch", "issue", "merge", first, third, "--into", first, "--why", "同一段渠", "--yes")
    (moved,), (left,) = said.json["data"]["items"], said.json["data"]["left"]
    assert (moved["id"], left["id"]) == (third, first)
    both = desk.say("batch", "issue", "merge", first, "--into", second, "--why", "反过来", "--yes")
    assert "已经并入了" in both.err


def test_hand_edits_go_first_by_themselves(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, _) = three
    path = desk.root / "issues" / "2026" / f"{first}.yaml"
    path.write_text(f"# 手写的一行\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    said = desk.do("batch", "issue", "assign", first, second, "--dept", "镇水利站", "--yes")
    assert "手工改动已先单独记下" in said.out
    assert desk.git("log", "-2", "--format=%s").splitlines() == [
        f"{first} 等 2 条 交办 镇水利站 5个工作日",
        f"{first} 手工修改问题",
    ]
    desk.do("undo", "--yes")
    assert desk.text(first).startswith("# 手写的一行\n")


def test_a_pipe_is_not_told_of_somebodys_own_matter(three: tuple[Desk, list[str]]) -> None:
    desk, (_, second, third) = three
    said = desk.do("batch", "issue", "progress", second, third, "--text", "去看过了", "--dry-run")
    assert "渠边护栏断了" in said.out
    assert "（个人事项）" in said.out
    assert "路灯不亮" not in said.out


def test_what_lacks_is_asked_once_and_all_is_shown_before_the_yes(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, third) = three
    head = desk.git("rev-parse", "HEAD").strip()
    screen = Terminal(desk, "批量", "问题", "交办", first, second, third)
    screen.fill(("责任部门*", "水利" + ENTER), ("责任部门*    镇水利站", WRITE), ("就这样记下吗", ""))
    for told in ("问题批量交办，3 条", "交办（2 条）", first, "不在内（1 条）", third, "签收期限"):
        screen.see(told)
    screen.type("y")
    screen.wait_for("✓ 交办 2 条，1 条没有办")
    assert screen.end() == 0
    assert desk.git("rev-list", "--count", f"{head}..HEAD").strip() == "1"


def test_to_leave_writes_nothing_and_what_was_typed_stays(three: tuple[Desk, list[str]]) -> None:
    desk, _ = three
    head = desk.git("rev-parse", "HEAD")
    screen = Terminal(desk, "batch", "issue", "assign", "状态=已受理")
    screen.fill(("责任部门*", "水利" + ENTER), ("责任部门*    镇水利站", WRITE), ("就这样记下吗", "n"))
    screen.fill(("Ctrl-S 写入", ESCAPE))
    screen.wait_for("填过的没有丢，再运行 lianxin batch issue assign 状态=已受理 就能接着填")
    assert screen.end() == 130
    assert desk.git("rev-parse", "HEAD") == head
    screen = Terminal(desk, "batch", "issue", "assign", "状态=已受理")
    screen.fill(("填过的还在", ""), ("责任部门*    镇水利站", WRITE), ("就这样记下吗", ENTER))
    screen.wait_for("✓ 交办 2 条")
    assert screen.end() == 0


def test_what_changed_between_the_question_and_the_yes_is_shown_again(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, _) = three
    screen = Terminal(desk, "batch", "issue", "assign", first, second, "--dept", "镇水利站")
    screen.answer(("交办（2 条）", None), ("就这样记下吗？", None))
    desk.do("issue", "progress", second, "--text", "又去看了一趟")
    screen.type(ENTER)
    screen.answer((f"{second} 在您看的时候又改过了，没有写入", None), ("交办（2 条）", None))
    screen.wait_for("就这样记下吗？")
    assert [desk.state(id_) for id_ in (first, second)] == ["已受理", "已受理"]
    screen.answer(("", ENTER), ("✓ 交办 2 条", None))
    assert screen.end() == 0
    assert "又去看了一趟" in desk.text(second)


def test_what_changed_while_she_looked_at_the_form_is_shown_again(three: tuple[Desk, list[str]]) -> None:
    desk, (first, second, _) = three
    screen = Terminal(desk, "batch", "issue", "assign", first, second)
    screen.fill(("责任部门*", "水利" + ENTER), ("责任部门*    镇水利站", WRITE), ("就这样记下吗？", ""))
    desk.do("issue", "progress", second, "--text", "又去看了一趟")
    screen.type("y")
    screen.fill((f"{second} 在您看的时候又改过了，没有写入", ""), ("就这样记下吗？", "y"))
    screen.wait_for("✓ 交办 2 条")
    assert screen.end() == 0
    assert "又去看了一趟" in desk.text(second)


@pytest.mark.parametrize("kind", ["whistle", "rectification"])
def test_every_kind_with_steps_has_them(heard: Desk, kind: str) -> None:
    helped = heard.do("batch", kind, "--help").out
    assert "作废 void" in helped
    assert "进展 progress" in helped
    assert heard.say("batch", "visit", "list").code == 2


def test_a_name_alone_leads_to_the_step_itself(heard: Desk) -> None:
    assert "\n用法：lianxin issue assign" in heard.do("help", "交办").out
    assert heard.do("help", "批量", "问题", "交办").out.startswith("用法：lianxin batch issue assign")
