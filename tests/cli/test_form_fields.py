"""A form field by field, played without a terminal: what is understood, offered, refused, and left out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import ENVIRONMENT, TRIAGE, Desk
from tests.cli.screen import Asked, Screen, at_form, session_of

from lianxin.cli.form.base import Full
from lianxin.cli.form.picks import Picks
from lianxin.cli.form.row import Row
from lianxin.cli.form.screen import FormScreen
from lianxin.cli.form.task import Task
from lianxin.cli.form.tasks import add_task, batch_task, edit_task, step_task
from lianxin.cli.form.view import FormView
from lianxin.cli.run.session import Session
from lianxin.core.document import Paragraph
from lianxin.kinds import KIND
from lianxin.kinds.issue.step import STEPS
from lianxin.kinds.whistle.step import STEPS as WHISTLE_STEPS
from lianxin.reports.desk.page import chosen

pytestmark = pytest.mark.slow  # it takes long

HEARD = {"channel": "电话", "village": "松坪村", "raised": "2026-03-05", "summary": "灯不亮", "words": "黑了半个月"}

PROGRESS = next(step for step in STEPS if step.name == "progress")


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def new(kind: str, **typed: str | list[str]) -> Asked:
    """The form of a new record, with what flags say."""
    return lambda session: add_task(session, KIND[kind], typed)


def drafts(desk: Desk) -> list[Path]:
    return sorted((desk.root / ".git" / "lianxin").glob("*.draft/*.json"))


def test_who_will_not_be_named_is_nobody_and_has_no_telephone(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("反映人*")
        await screen.fill("反映人", "匿名", "enter")
        await screen.see("记作匿名")
        assert not any(line.startswith(("联系户", "联系电话")) for line in screen.lines)
        assert screen.row("匿名").text == "是"
        await screen.write()

    held = desk.text(at_form(desk.root, new("issue", **HEARD), play).id)
    assert "匿名: 是\n" in held
    assert "反映人" not in held


def test_the_word_means_so_in_flags_and_in_corrections_too(heard: Desk) -> None:
    heard.do("issue", "edit", "1", "--reporter", "匿名", "--why", "他不愿留名", "-y")
    columns = ("--columns", "匿名,反映人,联系电话,联系户")
    (now,) = heard.do("--json", "--internal", "issue", "list", *columns).json["data"]["items"]
    assert [now.get(name) for name in ("anonymous", "reporter", "phone", "household")] == [True, None, None, None]
    words = (
        "--channel",
        "电话",
        "--village",
        "松坪村",
        "--raised",
        "2026-03-05",
        "--summary",
        "灯不亮",
        "--words",
        "黑",
    )
    made = heard.do("--json", "issue", "add", *words, "--reporter", "匿名").json["data"]["id"]
    assert "匿名: 是\n" in heard.text(made)


def test_what_is_typed_for_several_is_kept_for_those_several(heard: Desk) -> None:
    ids = ("WT-2026-A0001", heard.take_down(), heard.take_down())

    def several(*which: str) -> Asked:
        return lambda session: batch_task(session, KIND["issue"], PROGRESS, dict.fromkeys(which, "0123456789"))

    async def leave(screen: Screen) -> None:
        await screen.see("进展情况*")
        await screen.fill("进展情况", "挖机明天到", "escape")

    async def other(screen: Screen) -> None:
        await screen.see("进展情况*")
        assert screen.row("进展情况").text == ""

    async def again(screen: Screen) -> None:
        await screen.see("上次没有写完")
        assert screen.row("进展情况").text == "挖机明天到"

    at_form(heard.root, several(*ids[:2]), leave)
    at_form(heard.root, several(*ids[1:]), other)
    at_form(heard.root, several(ids[1], ids[0]), again)
    at_form(heard.root, several(*ids[1:]), other, day="2026-04-20")  # the others were not picked together again
    assert drafts(heard) == []


def step(name: str, word: str = "1", **typed: str | list[str]) -> Asked:
    """The form of a step of an issue."""
    (one,) = (one for one in STEPS if one.name == name)
    return lambda session: step_task(session, KIND["issue"], one, word, typed)


def test_whose_household_it_was_is_asked_for_where_a_visit_saw_two(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")
    desk.do("household", "add", "--head", "赵水生", "--village", "柳树坳")
    seen = ("--households", "李桂兰", "--households", "赵水生", "--village", "松坪村")
    desk.do("visit", "add", "--day", "2026-03-05", "--visitors", "何小满", "--way", "入户", *seen)
    typed = {"channel": "入户走访", "visit": "2", "summary": "路烂了", "words": "路烂"}

    async def name(screen: Screen) -> None:
        await screen.see("1 李桂兰   2 赵水生")
        await screen.fill("联系户", "赵", "enter")
        await screen.see("反映人       赵水生")
        await screen.see("所属村       柳树坳")
        await screen.write()

    async def nobody(screen: Screen) -> None:
        await screen.fill("反映人", "匿名", "enter")
        await screen.see("所属村       松坪村")
        await screen.write()

    first = at_form(desk.root, new("issue", **typed), name).id
    assert "反映人: 赵水生\n" in desk.text(first)
    second = at_form(desk.root, new("issue", **typed | {"summary": "桥塌了"}), nobody).id
    assert "匿名: 是\n" in desk.text(second)


def test_what_triage_leaves_open_is_told(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("销号前要有")
        await screen.fill("问题性质", "1")
        await screen.see("还没有判定公共个人、合理性、类别、紧急程度")
        await screen.write()

    at_form(heard.root, step("accept"), play)
    assert "问题性质: 个性\n" in heard.text("WT-2026-A0001")


def test_triage_that_says_nothing_is_refused(heard: Desk) -> None:
    heard.do("issue", "accept", "1", "--level", "村")

    async def play(screen: Screen) -> None:
        await screen.see("问题性质")
        await screen.press("ctrl+s")
        await screen.see("补研判至少要写一项")
        await screen.at("问题性质")
        await screen.type("2")
        await screen.write()

    at_form(heard.root, step("triage"), play)


def test_a_number_at_odds_with_the_names_is_told_beside_it(desk: Desk) -> None:
    desk.do("household", "add", "--head", "赵水生", "--village", "松坪村")

    async def play(screen: Screen) -> None:
        await screen.see("见到人次 1，写明的户和人却有 2 个")
        await screen.press("ctrl+s")
        await screen.see("见到人次 1，写明的户和人却有 2 个")
        await screen.at("见到人次")
        await screen.press("ctrl+u")
        await screen.type("2\n")
        await screen.gone("写明的户和人却有 2 个")
        assert screen.row("见到人次").text == "2"
        await screen.write()

    told = {"day": "2026-03-05", "visitors": "何小满", "way": "入户", "households": "李桂兰、赵水生", "attendance": "1"}
    at_form(desk.root, new("visit", **told), play)


def test_a_near_miss_is_taken_only_when_it_is_marked(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("所属村", "松坪寸")
        await screen.see("松坪村")
        await screen.press("enter")
        assert screen.row("所属村").text == "松坪寸"
        await screen.see("是不是「松坪村」")
        await screen.press("down", "enter")
        assert screen.row("所属村").text == "松坪村"
        await screen.write()

    at_form(desk.root, new("household", head="赵水生"), play)


def test_a_unit_that_takes_no_issues_is_told_at_once(taken: Desk) -> None:
    taken.do("org", "add", "--name", "镇司法所", "--level", "镇")

    async def play(screen: Screen) -> None:
        await screen.fill("责任部门", "司法", "enter")
        await screen.see("不承办交办的问题")
        assert "镇司法所" in screen.text
        await screen.fill("责任部门", "水利", "enter")
        await screen.gone("不承办交办的问题")
        await screen.write()

    at_form(taken.root, step("assign"), play)


async def take_up(screen: Screen) -> None:
    """Go on with what was left the last time."""
    await screen.see("另有一份没写成的，按 F6 接着填")
    await screen.press("f6")
    await screen.see("上次没有写完，填过的还在这里；不要了按 F4")


def test_what_was_refused_the_last_time_is_there_to_be_mended(desk: Desk) -> None:
    async def wrong(screen: Screen) -> None:
        await screen.fill("日期", "13月40日", "enter")
        await screen.see("「13月40日」不是日期，可写 3月2日、20号、昨天")
        await screen.press("escape")

    async def right(screen: Screen) -> None:
        await screen.see("日期*        2026-03-06")  # another visit, as far as anybody knows
        await take_up(screen)
        await screen.at("日期")
        await screen.press(*["backspace"] * 6)
        await screen.type("3月2日")
        await screen.see("记作 2026-03-02")

    at_form(desk.root, new("visit"), wrong)
    at_form(desk.root, new("visit"), right)


def test_what_is_no_longer_wanted_is_gone(desk: Desk) -> None:
    async def begin(screen: Screen) -> None:
        await screen.fill("名称", "柳树坳")
        await screen.fill("乡镇", "云岭", "escape")

    async def drop(screen: Screen) -> None:
        await take_up(screen)
        await screen.press("f4")
        await screen.see("不要上次填的，从头填吗？")
        await screen.press("enter")  # which is no
        assert screen.row("名称").text == "柳树坳"
        await screen.press("f4", "y")
        await screen.gone("上次没有写完")
        await screen.see("名称*")
        assert (screen.row("名称").text, screen.row("名称").has_hand) == ("", True)

    at_form(desk.root, new("village"), begin)
    assert len(drafts(desk)) == 1
    at_form(desk.root, new("village"), drop)
    assert drafts(desk) == []


def test_looking_at_a_draft_loses_nothing_and_yesterday_stays_the_day_it_was_typed(desk: Desk) -> None:
    async def begin(screen: Screen) -> None:
        await screen.fill("吹哨时间", "昨天下午3点")
        await screen.fill("事项", "渠要两家一起清")

    async def look(screen: Screen) -> None:
        await take_up(screen)
        await screen.see("吹哨时间*    2026-03-05 15:00")
        await screen.see("事项*        渠要两家一起清")
        await screen.press("escape")

    at_form(desk.root, new("whistle"), begin)
    for day in ("2026-03-09", "2026-03-10"):
        at_form(desk.root, new("whistle"), look, day=day)


def test_enter_stays_once_where_something_is_wrong(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("户主", "赵水生", "enter")
        await screen.fill("电话", "139", "enter")
        await screen.at("电话")
        await screen.type("00005678\n")  # what was typed before is still there
        assert screen.row("电话").text == "13900005678"
        assert not screen.row("电话").has_hand
        await screen.fill("电话", "1390000", "enter", "enter")  # she knows better, for now
        assert not screen.row("电话").has_hand

    at_form(desk.root, new("household", village="松坪村"), play)


def test_a_click_anywhere_in_a_field_goes_there_and_beside_them_nowhere(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("乡镇*")
        await screen.pilot.click(screen.row("乡镇"), offset=(2, 0))  # on its label
        await screen.at("乡镇")
        await screen.pilot.click(offset=(60, 20))
        await screen.type("云岭镇")
        assert screen.row("乡镇").text == "云岭镇"

    at_form(desk.root, new("village"), play)


def test_many_words_stand_side_by_side_and_keys_go_through_them(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("名称", "一次辅导", "enter")
        await screen.see("01 集体活动日   02 联席会议   03 党建互检")
        await screen.press("down", "down", "down", "enter")
        assert screen.row("类别").text == "党建互检"

    at_form(desk.root, new("activity"), play)


def test_of_two_of_one_name_neither_is_taken_unless_it_is_marked(desk: Desk) -> None:
    desk.do("person", "add", "--name", "石勇", "--org", "镇水利站", "--post", "技术员")

    async def play(screen: Screen) -> None:
        await screen.fill("走访人", "石勇", "enter")
        await screen.see("「石勇」不止一个")
        assert screen.row("走访人").text == "石勇"
        await screen.press("down", "enter")
        assert screen.row("走访人").text == "石勇 RY-A0002"
        screen.row("走访人").enter()
        await screen.press("end")
        await screen.type("、何小满\n")  # who is alone of that name
        assert screen.row("走访人").answer == "RY-A0002、RY-A0001"

    at_form(desk.root, new("visit"), play)


def test_words_of_a_long_list_are_picked_by_two_digits(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("来源渠道", "0")
        await screen.see("09 信件")
        assert "10 群信通" not in screen.text  # which does not begin so
        await screen.press("3")
        assert (screen.row("来源渠道").text, screen.row("来源渠道").has_hand) == ("电话", True)
        await screen.type("１４")  # full-width, over the word that stands there: a digit too many sets no other field
        assert screen.row("来源渠道").text == "转办"
        await screen.press("enter")
        assert not screen.row("来源渠道").has_hand
        await screen.fill("来源渠道", "2\n")  # its nought left out
        assert screen.row("来源渠道").text == "微信"
        await screen.fill("来源渠道", "99")
        await screen.see("来源渠道*    99")  # nothing typed is lost

    at_form(desk.root, new("issue"), play)


def test_enter_behind_a_digit_confirms_it_and_passes_nothing_over(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("1 个性   2 共性")
        await screen.type("2\n")
        await screen.at("公共个人")
        await screen.type("1\n1\n道路\n1\n")
        await screen.see("紧急程度     一般")
        said = {label: screen.row(label).text for label in ("问题性质", "公共个人", "合理性", "类别", "紧急程度")}
        assert [*said.values()] == ["共性", "公共", "合理", "道路交通", "一般"]
        screen.row("问题性质").enter()
        await screen.type("1\n")
        screen.row("公共个人").enter()
        await screen.press("ctrl+u")
        screen.row("问题性质").enter()
        await screen.type("2\n\n")  # the second one passes over
        assert not screen.row("公共个人").has_hand

    at_form(heard.root, step("accept"), play)


def test_of_a_list_digits_add_one_after_another(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("f2")
        await screen.fill("资金来源", "13")
        assert screen.row("资金来源").text == "财政资金、村集体"
        await screen.at("资金来源")
        await screen.type("3\n")  # it is there already
        assert (screen.row("资金来源").text, screen.row("资金来源").has_hand) == ("财政资金、村集体", False)

    at_form(desk.root, new("project"), play)


def test_what_stands_as_in_the_last_record_is_gone_to_by_a_key(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("F3 照上 3 项")
        await screen.press("f4")
        await screen.see("还没有填什么，不用从头填")
        await screen.press("f6")
        await screen.see("没有另外没写成的")
        await screen.press("f3")
        await screen.at("走访人")
        await screen.press("delete")  # it is chosen whole
        await screen.see("F3 照上 2 项")
        assert screen.row("走访人").text == ""
        await screen.press("f3", "f3")
        await screen.at("走访方式")
        await screen.press("escape")

    at_form(desk.root, new("visit"), play)


def test_what_is_left_of_one_household_is_not_taken_up_for_another_but_offered(desk: Desk) -> None:
    desk.do("household", "add", "--head", "赵水生", "--village", "松坪村")

    async def leave(screen: Screen) -> None:
        await screen.fill("所见所闻", "秧栽下去了", "escape")

    async def other(screen: Screen) -> None:
        await screen.see("走访户       赵水生")
        assert screen.row("所见所闻").text == ""
        await screen.see("另有一份没写成的，按 F6 接着填：3 月 6 日的，李桂兰，秧栽下去了")
        await screen.press("f6")
        await screen.see("上次没有写完")
        await screen.see("秧栽下去了")
        assert screen.row("走访户").text == "李桂兰"
        await screen.press("escape")

    async def same(screen: Screen) -> None:
        await screen.see("上次没有写完")
        assert screen.row("所见所闻").text == "秧栽下去了"
        await screen.write()

    at_form(desk.root, new("visit", households="李桂兰"), leave)
    at_form(desk.root, new("visit", households="赵水生"), other)
    at_form(desk.root, new("visit", households="HU-A0001"), same)
    assert drafts(desk) == []


def test_a_limit_that_is_over_is_refused_in_its_field(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("办理时限", "昨天", "enter")
        await screen.see("2026-03-05 已经过了，时限要写以后的")
        await screen.at("办理时限")
        await screen.press("escape")

    async def made_up(screen: Screen) -> None:
        await screen.fill("办理时限", "昨天", "enter")
        await screen.gone("已经过了")
        await screen.press("escape")

    at_form(taken.root, step("assign"), play)
    at_form(taken.root, step("assign", at="2026-03-04 15:00"), made_up)


def test_whoever_gives_no_name_is_one_and_what_was_said_of_him_stays(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("反映人", "大爷，不愿说名字", "enter")
        await screen.see("记作匿名，这句话记到「何人」")
        await screen.write()

    held = desk.text(at_form(desk.root, new("issue", **HEARD), play).id)
    assert "匿名: 是\n" in held
    assert "何人: 大爷，不愿说名字\n" in held
    assert "反映人" not in held


def test_a_name_in_what_all_may_read_is_pointed_out(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("事由", "李桂兰家的灯不亮")
        await screen.see("事由会公开，里面有姓名「李桂兰」")
        await screen.fill("反映人", "吴阿婆")  # whom the ledger does not know
        await screen.fill("事由", "吴阿婆家的灯不亮，打13900001234")
        await screen.see("里面有姓名「吴阿婆」、电话「13900001234」")
        await screen.press("ctrl+s")
        await screen.see("照样登记吗？")
        await screen.press("enter")  # which is no
        await screen.fill("事由", "一组的灯不亮")
        await screen.gone("事由会公开")
        await screen.write()

    at_form(desk.root, new("issue", **HEARD | {"reporter": "李桂兰"}), play)


def test_what_is_wanted_of_a_record_stands_first_where_it_is_changed(desk: Desk) -> None:
    heard = ("--channel", "电话", "--raised", "2026-03-05", "--household", "李桂兰", "--summary", "桥塌了")
    id_ = desk.do("--json", "issue", "add", *heard, "--words", "塌了一角", "--who", "学生").json["data"]["id"]

    async def play(screen: Screen) -> None:
        await screen.see("F2 更多")
        assert [row.spec.label for row in screen.app.screen.query(Row) if row.display and not row.text] == [
            *("更正理由", "何时", "何地", "何因", "经过"),
        ]
        screen.row("何因").enter()
        await screen.see("销号前要有")
        await screen.press("escape")

    at_form(desk.root, lambda session: edit_task(session, KIND["issue"], id_), play)


def test_lists_show_whom_a_visit_saw_and_no_issue_that_is_done_with(heard: Desk) -> None:
    id_ = heard.take_down()
    heard.do("issue", "void", id_, "--why", "登错了")
    other = heard.take_down()

    async def visits(screen: Screen) -> None:
        await screen.press("f2")
        screen.row("来自走访").enter()
        await screen.see("2026-03-02 入户  松坪村 一组 李桂兰")
        await screen.press("escape")

    async def merge(screen: Screen) -> None:
        screen.row("并入").enter()
        await screen.see("一组的渠堵了")
        offered = [one.value for one in screen.row("并入").query_one(Picks).choices]
        assert offered == [other]
        await screen.press("escape")

    heard.do("issue", "add", "--visit", "1", "--channel", "入户走访", "--words", "桥", "--summary", "桥塌了", "-y")
    heard.do("issue", "withdraw", "4", "--how", "电话")
    heard.do("issue", "reflect", "4", "--text", "再去看看")
    at_form(heard.root, new("issue"), visits)
    heard.do("issue", "close", "4", "-y")
    at_form(heard.root, step("merge"), merge)


def test_the_first_village_is_of_the_offices_town(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("乡镇*        云岭镇")
        await screen.press("escape")

    at_form(desk.root, new("village"), play)


def test_a_change_that_was_not_made_is_offered_never_taken_up_as_if_typed_for_this(desk: Desk) -> None:
    async def refused(screen: Screen) -> None:
        await screen.fill("名称", "", "delete")
        await screen.fill("备注", "靠河")
        await screen.press("ctrl+s")
        await screen.see("名称必须填")
        await screen.press("escape")

    async def again(screen: Screen) -> None:
        await screen.see("另有一份没写成的，按 F6 接着填：3 月 6 日的，备注：靠河")
        assert (screen.row("名称").text, screen.row("备注").text) == ("松坪村", "")
        await screen.fill("备注", "靠山")
        await screen.press("ctrl+s")
        await screen.see("就这样改吗？    y 是    n 否（回车是「是」，Esc 是「否」）")
        assert "Ctrl-S" not in screen.text  # it does nothing now
        await screen.press("n")
        await screen.see("Ctrl-S 写入")
        await screen.press("escape")

    async def last(screen: Screen) -> None:
        for said in ("靠山", "靠河"):  # the last one first
            await screen.see(f"备注：{said}")
            await screen.press("f6")
            await screen.see("上次没有写完")
            assert screen.row("备注").text == said
            await screen.press("f4", "y")
            await screen.gone("上次没有写完")
        await screen.press("escape")

    def edit(session: Session) -> Task[Any]:
        return edit_task(session, KIND["village"], "松坪村")

    for play in (refused, again, last):
        at_form(desk.root, edit, play)
    assert drafts(desk) == []


def test_a_step_that_was_refused_is_offered_by_a_key_the_next_time(taken: Desk) -> None:
    async def refused(screen: Screen) -> None:
        await screen.fill("责任部门", "水利", "enter")
        await screen.press("f2")
        await screen.fill("时间", "2026-03-01 09:00")
        await screen.press("ctrl+s")
        await screen.see("早于")
        await screen.press("escape")

    async def again(screen: Screen) -> None:
        await screen.see("按 F6 接着填")
        assert screen.row("责任部门").text == ""
        await screen.fill("责任部门", "水利", "enter")
        await screen.write()

    at_form(taken.root, step("assign"), refused)
    at_form(taken.root, step("assign"), again)


def test_a_form_that_is_taken_down_is_asked_nothing(taken: Desk) -> None:
    session = session_of(taken.root)
    app: Full[None] = Full(ansi_color=True)

    async def play() -> None:
        async with app.run_test(size=(80, 40)) as pilot:
            await app.push_screen(FormScreen(session, lambda: step("assign")(session)))
            screen = Screen(app, pilot)
            await screen.see("Ctrl-S")
            form = app.screen.query_one(FormView)
            await app.pop_screen()
            form.hint("来晚了")
            form.on_row_typed(Row.Typed())
            await pilot.pause(0.2)  # its timer has run

    asyncio.run(play())


def test_a_correction_is_picked_of_the_fields_there_are_with_what_they_say(heard: Desk) -> None:
    heard.do("issue", "accept", "1", *TRIAGE)

    async def play(screen: Screen) -> None:
        await screen.fill("更正哪一项", "何")
        await screen.see("何因  去年塌方没清")
        await screen.fill("更正哪一项", "何因", "enter")
        await screen.at("改成")
        assert screen.row("改成").text == "去年塌方没清"  # to be changed
        await screen.type("，今年也没清")
        await screen.see("原来是：去年塌方没清")
        await screen.fill("更正哪一项", "事由", "enter")
        await screen.fill("改成", "李桂兰家的渠堵了")
        await screen.see("事由会公开，里面有姓名「李桂兰」")
        await screen.fill("更正哪一项", "类别（3月6日 受理）", "enter")  # a field of that step
        await screen.at("改成")
        assert screen.row("改成").text == "道路交通"
        await screen.fill("改成", "农田")
        await screen.see("▸农田水利")  # of what its new value is one
        await screen.press("enter")
        await screen.fill("更正理由", "听错了")
        await screen.write()

    at_form(heard.root, step("amend"), play)


def test_what_keeps_an_issue_from_being_struck_off_is_said_and_brought_by_enter(heard: Desk) -> None:
    told = ("--channel", "电话", "--raised", "2026-03-05", "--household", "李桂兰", "--summary", "桥塌了")
    id_ = heard.do("--json", "issue", "add", *told, "--words", "塌了一角", "-y").json["data"]["id"]
    heard.do("issue", "quick", id_, "--done", "当天补好了", "--reported", "是", *TRIAGE)
    heard.do("issue", "feedback", id_, "--how", "入户", "--solved", "解决", "--satisfied", "满意")

    def stands() -> tuple[str, str]:
        with session_of(heard.root).book(quiet=True) as book:
            page = chosen(book, id_)
            (first, *_) = (one.text for one in page.page.blocks if isinstance(one, Paragraph))
            return page.likely.name if page.likely else "", first

    assert stands() == ("reflect", "销号前要补：没写何人、何时、何地、何因、经过；还没有写心得体会")
    heard.do("issue", "reflect", id_, "--text", "早去看一眼就好了", "-y")
    assert stands() == ("amend", "销号前要补：没写何人、何时、何地、何因、经过")

    async def play(screen: Screen) -> None:
        await screen.see("销号前要补：没写何人、何时、何地、何因、经过")
        screen.row("更正哪一项").enter()
        await screen.see("01 何人  没有写")  # what is wanted first
        await screen.press("escape")

    at_form(heard.root, step("amend", id_), play)


def test_a_number_shows_which_record_it_means(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.fill("问题", "1")
        await screen.see("▸一组的渠堵了  WT-2026-A0001")
        await screen.press("enter")
        assert screen.row("问题").text == "一组的渠堵了"

    at_form(heard.root, new("whistle"), play)


def test_who_approves_a_whistle_is_asked_never_written_unasked(heard: Desk) -> None:
    blown = ("--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "渠要两家清")
    called = ("--lead", "镇水利站", "--summoned", "镇水利站", "--issues", "1")
    id_ = heard.do("--json", "whistle", "add", *blown, *called).json["data"]["id"]
    (approve,) = (one for one in WHISTLE_STEPS if one.name == "approve")

    async def play(screen: Screen) -> None:
        await screen.see("谁批的；不写就是经办人")
        await screen.at("批准人")
        await screen.type("石勇\n")
        await screen.write()

    at_form(heard.root, lambda session: step_task(session, KIND["whistle"], approve, id_), play)
    assert "批准人: RY-A0002\n" in (heard.root / "whistles" / "2026" / f"{id_}.yaml").read_text(encoding="utf-8")


def test_a_household_that_was_picked_is_typed_over_and_what_hangs_on_it_follows(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")
    desk.do("person", "add", "--name", "吴英", "--org", "云岭镇党委")
    desk.do("household", "add", "--head", "赵水生", "--village", "柳树坳", "--contacts", "吴英")

    def stands(screen: Screen) -> list[str]:
        return [screen.row(label).text for label in ("走访户", "走访人", "所属村")]

    async def play(screen: Screen) -> None:
        await screen.fill("走访户", "李桂", "enter")
        assert (stands(screen), screen.row("走访人").has_hand) == (["李桂兰", "何小满", "松坪村"], True)
        await screen.press("shift+tab")
        await screen.type("赵水\n")  # the wrong one was picked
        assert stands(screen) == ["赵水生", "吴英", "柳树坳"]
        await screen.type("何小满\n")  # it was another who went
        screen.row("走访户").enter()
        await screen.type("、李桂\n")
        assert stands(screen) == ["赵水生、李桂兰", "何小满", ""]  # of two villages one is to be picked
        await screen.press("escape")

    at_form(desk.root, new("visit"), play)


@pytest.mark.parametrize(
    ("words", "when"), [("昨天下午三点灯全灭了", "2026-03-04 15:00"), ("灯黑了半个月", "")], ids=["told", "not told"]
)
def test_when_it_was_is_what_the_words_tell_and_no_day_else(desk: Desk, words: str, when: str) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("何时")
        assert screen.row("何时").text == when
        await screen.press("escape")

    at_form(desk.root, new("issue", **HEARD | {"words": words}), play)


def test_a_contact_is_the_last_ones_in_the_same_village_alone(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇", "--groups", "一组")

    async def play(screen: Screen) -> None:
        await screen.see("所属村*      松坪村")
        assert screen.row("联系人").text == "何小满"
        await screen.fill("所属村", "柳湾", "enter")
        await screen.see("所属村*      柳湾村")
        assert screen.row("联系人").text in ("", [])
        await screen.press("escape")

    at_form(desk.root, new("household"), play)


def test_a_unit_that_gave_it_back_is_not_proposed_again(taken: Desk) -> None:
    desk = taken
    heard = ("--channel", "电话", "--raised", "2026-03-05", "--household", "李桂兰", "--summary", "桥塌了")
    other = str(desk.do("--json", "issue", "add", *heard, "--words", "塌了一角", "-y").json["data"]["id"])
    desk.do("issue", "accept", other, "--level", "镇", *TRIAGE, "-y")
    for id_ in ("WT-2026-A0001", other):
        desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "10个工作日", "-y")
    desk.do("issue", "return", other, "--why", "不归水利站管", "-y")

    async def play(screen: Screen) -> None:
        await screen.see("责任部门")
        assert screen.row("责任部门").text in ("", [])
        await screen.press("escape")

    def assign(session: Session) -> Task[Any]:
        return step_task(session, KIND["issue"], next(one for one in STEPS if one.name == "assign"), other)

    at_form(desk.root, assign, play)


def test_a_unit_of_another_village_is_not_proposed(taken: Desk) -> None:
    desk = taken
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇", "--groups", "一组")
    desk.do("org", "add", "--name", "柳湾村党支部", "--level", "村", "--village", "柳湾村", "--department", "是")
    desk.do("household", "add", "--head", "蒋秋生", "--village", "柳湾村", "--group", "一组")
    heard = ("--channel", "电话", "--raised", "2026-03-05", "--household", "蒋秋生", "--summary", "桥塌了")
    there = str(desk.do("--json", "issue", "add", *heard, "--words", "塌了一角", "-y").json["data"]["id"])
    desk.do("issue", "accept", there, "--level", "镇", *TRIAGE, "-y")
    desk.do("issue", "assign", there, "--dept", "柳湾村党支部", "--limit", "10个工作日", "-y")

    async def play(screen: Screen) -> None:
        await screen.see("责任部门")
        assert screen.row("责任部门").text in ("", [])
        await screen.press("escape")

    def assign(session: Session) -> Task[Any]:
        return step_task(session, KIND["issue"], next(one for one in STEPS if one.name == "assign"), "WT-2026-A0001")

    at_form(desk.root, assign, play)


@pytest.mark.parametrize(
    ("kind", "label", "stands"),
    [("whistle", "吹哨时间", "2026-03-06 "), ("rectification", "挂账日期", "2026-03-06")],
)
def test_what_begins_now_says_so(desk: Desk, kind: str, label: str, stands: str) -> None:
    async def play(screen: Screen) -> None:
        await screen.see(label)
        assert str(screen.row(label).text).startswith(stands)
        await screen.press("escape")

    at_form(desk.root, new(kind), play)


def test_a_visit_is_found_by_its_village_its_household_and_who_went_there(desk: Desk) -> None:
    for words in (
        "village add --name 清河村 --town 云岭镇 --groups 一组",
        "person add --name 罗启明 --org 云岭镇党委 --post 干事",
        "visit add --day 2026-03-03 --visitors 罗启明 --village 清河村 --people 吴四 --way 下访 -y",
        "visit add --day 2026-03-04 --visitors 何小满 --households 李桂兰 --way 回访 -y",
    ):
        desk.do(*words.split())

    async def play(screen: Screen) -> None:
        for typed in ("清河", "qhc", "吴四", "罗启明"):  # one alone is taken
            await screen.fill("来自走访", typed)
            await screen.see("▸2026-03-03 下访")
        await screen.fill("来自走访", "李桂兰")  # the newest of several comes first, none is taken by itself
        await screen.see(" 2026-03-04 回访")
        await screen.see(" 2026-03-02 入户")
        assert "▸" not in screen.text
        await screen.fill("来自走访", "qhc", "enter")
        await screen.see("来自走访     2026-03-03 下访")
        await screen.press("escape")

    at_form(desk.root, new("issue"), play)


def test_a_unit_is_proposed_as_that_village_had_it_for_the_category_else_as_any_had(taken: Desk) -> None:
    for name in ("清河村", "石门村"):
        taken.do("village", "add", "--name", name, "--town", "云岭镇", "--groups", "一组")
    heard = ("--channel", "电话", "--raised", "2026-03-05", "--words", "黑")
    for village, unit in (("清河村", "云岭镇党委"), ("松坪村", ""), ("清河村", "")):
        told = (*heard, "--village", village, "--summary", f"{village}路口灯不亮{unit}", "--reporter", "王某")
        id_ = str(taken.do("--json", "issue", "add", *told, "-y").json["data"]["id"])
        taken.do("issue", "accept", id_, "--level", "镇", *TRIAGE, "-y")
        if unit:
            taken.do("issue", "assign", id_, "--dept", unit, "--limit", "5个工作日", "-y")
    taken.do("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日", "-y")
    assign = next(step for step in STEPS if step.name == "assign")

    def said(id_: str) -> str:
        line: list[str] = []

        async def play(screen: Screen) -> None:
            await screen.see("责任部门*")
            line.extend(line for line in screen.lines if line.startswith("责任部门*"))
            await screen.press("escape")

        at_form(taken.root, lambda session: step_task(session, KIND["issue"], assign, id_), play)
        return " ".join(line[0].split())

    assert said("WT-2026-A0003") == "责任部门* 镇水利站 （照本村上一件同类的）"
    assert said("WT-2026-A0004") == "责任部门* 云岭镇党委 （照本村上一件同类的）"
    other = ("--village", "石门村", "--summary", "没有灯", "--reporter", "王某")
    id_ = str(taken.do("--json", "issue", "add", *heard, *other, "-y").json["data"]["id"])
    taken.do("issue", "accept", id_, "--level", "镇", *TRIAGE, "-y")
    assert said(id_) == "责任部门* 云岭镇党委 （照上一件同类的）"
