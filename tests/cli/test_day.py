"""The clerk's day, typed as she would type it."""

from __future__ import annotations

from tests.cli.desk import TRIAGE, Desk


def test_an_issue_goes_from_the_villagers_words_to_struck_off(desk: Desk) -> None:
    id_ = desk.take_down()
    taken = desk.text(id_)
    assert "反映人: 李桂兰\n" in taken  # taken over from the household that the visit names
    assert "phone" not in taken
    assert '联系电话: "13900001234"\n' in taken
    assert "反映时间: 2026-03-02\n" in taken

    desk.do("issue", "accept", id_, "--level", "村", "--at", "2026-03-02 15:00", *TRIAGE)
    assigned = desk.do(
        *("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日", "--document", "云交〔2026〕1号"),
        *("--at", "2026-03-02 15:20"),
    )
    assert "办结期限 2026-03-09" in assigned.out
    assert "工作标准由承办单位签收时明确" in assigned.out.replace("责任人、", "")
    desk.do("issue", "sign", id_, "--person", "石勇", "--standard", "渠通水到田", "--at", "2026-03-02 16:00")
    desk.do(
        "issue",
        "extend",
        id_,
        "--limit",
        "10个工作日",
        "--why",
        "要等挖机",
        "--approved",
        "何小满",
        "--at",
        "2026-03-03 09:00",
    )
    desk.do("issue", "resolve", id_, "--result", "清淤三百米,水已到田头", "--cost", "1800", "--at", "2026-03-04 17:00")
    desk.do(
        *(
            "issue",
            "feedback",
            id_,
            "--how",
            "入户",
            "--solved",
            "解决",
            "--satisfied",
            "满意",
            "--at",
            "2026-03-05 10:00",
        )
    )
    refused = desk.say("issue", "close", id_)
    assert (refused.code, "有心得体会" in refused.err) == (3, True)
    desk.do("issue", "reflect", id_, "--text", "渠要年年清,光等塌了再挖就晚了")
    desk.do("issue", "close", id_)

    assert desk.state(id_) == "已销号"
    assert desk.text(id_).startswith(taken), "no line of the intake may change"
    log = desk.git("log", "--format=%s|%an", "--reverse").splitlines()
    assert log[-9:] == [
        f"{id_} 新增问题|何小满",
        f"{id_} 受理 村|何小满",
        f"{id_} 交办 镇水利站 5个工作日|何小满",
        f"{id_} 签收|何小满",
        f"{id_} 延期 10个工作日|何小满",
        f"{id_} 办结|何小满",
        f"{id_} 反馈 已接通 解决 满意|何小满",
        f"{id_} 心得体会|何小满",
        f"{id_} 销号|何小满",
    ]
    assert desk.git("status", "--short") == ""
    assert "没有问题" in desk.do("check").out
    assert desk.git("fsck", "--strict") == ""


def test_nobodys_name_is_carried_to_what_was_said_without_one(desk: Desk) -> None:
    told = ("--channel", "入户走访", "--anonymous", "是", "--summary", "渠堵了", "--words", "水过不来")
    for n, source in enumerate((("--visit", "ZF-2026-A0001"), ("--household", "李桂兰", "--raised", "2026-03-02")), 1):
        desk.do("issue", "add", *source, *told)
        text = desk.text(f"WT-2026-A{n:04d}")
        assert "匿名: 是\n" in text
        assert "反映人" not in text
        assert "联系电话" not in text
        assert "所属村: CUN-A0001\n所属组: 一组\n" in text
    said = desk.say("issue", "add", "--visit", "ZF-2026-A0001", "--reporter", "李桂兰", *told)
    assert (said.code, "写了匿名，又写了反映人" in said.err) == (2, True)


def test_a_commit_says_what_who_and_which_and_no_villagers_name(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", "--reply", "李桂兰,我们去看", *TRIAGE)
    message = desk.git("log", "-1", "--format=%B")
    assert f"Record: {id_}\nStep: accept\nActor: RY-A0001\nEvent: " in message
    assert "李桂兰" not in desk.git("log", "--format=%B")
    assert desk.git("show", "--name-only", "--format=").split() == [f"issues/2026/{id_}.yaml"]


def test_several_issues_take_the_same_step_each_in_its_own_commit(desk: Desk) -> None:
    first, second = (
        desk.take_down(),
        desk.do(
            "--json",
            "issue",
            "add",
            "--visit",
            "1",
            "--channel",
            "电话",
            "--summary",
            "渠边护栏断了",
            "--level",
            "村",
            "--words",
            "栏杆断了一根,娃儿爱爬",
        ).json["data"]["id"],
    )
    desk.do("issue", "accept", first, second, "--level", "村", *TRIAGE)
    assert [desk.state(first), desk.state(second)] == ["已受理", "已受理"]
    assert desk.git("log", "-2", "--format=%s").split("\n")[:2] == [f"{second} 受理 村", f"{first} 受理 村"]
    desk.do("issue", "void", first, "--why", "登记错了")
    said = desk.say("issue", "progress", first, second, "--text", "看过了")
    assert (said.code, said.err.startswith(f"{first}："), f"{second} 也还没有办" in said.err) == (3, True, True)


def test_a_step_written_down_late_keeps_both_times(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", "--at", "2026-03-03 10:00", *TRIAGE)
    assert "时间: 2026-03-03 10:00\n    记录时间: 2026-03-06" in desk.text(id_)
    assert desk.say("issue", "progress", id_, "--text", "看过现场", "--at", "2026-03-09 10:00").code == 2
    late = desk.do("issue", "progress", id_, "--text", "看过现场", "--at", "2026-03-03 09:30")
    assert f"✓ {id_} 进展：当时是待研判，现在已受理\n" in late.out


def test_an_intake_is_corrected_by_an_event_not_by_editing(desk: Desk) -> None:
    id_ = desk.take_down()
    before = desk.text(id_)
    assert desk.say("issue", "edit", id_, "--group", "二组").code == 2
    desk.do("issue", "edit", id_, "--group", "二组", "--why", "记错组了")
    assert desk.text(id_).startswith(before)
    assert "步骤: 更正" in desk.text(id_)
    assert "二组" in desk.do("--internal", "issue", "show", id_).out


def test_forms_and_policies_edited_by_hand_are_taken_in_when_sound(desk: Desk) -> None:
    (desk.root / "forms").mkdir()
    form = desk.root / "forms" / "月报.yaml"
    form.write_text("名称: 月报\n种类: 问题\n列:\n  - 编号\n  - 状太\n", encoding="utf-8")
    assert desk.say("commit").code == 3
    form.write_text("名称: 月报\n种类: 问题\n列:\n  - 编号\n  - 状态\n", encoding="utf-8")
    (desk.root / "三月.xlsx").write_bytes(b"a sheet she exported here")
    desk.do("commit")
    assert desk.git("log", "-1", "--format=%s").strip() == "月报 手工修改文件"
    assert desk.git("status", "--short").strip().endswith(".xlsx")
    assert "没有问题" in desk.do("check").out


def test_another_kind_is_edited_in_place_with_its_comments(desk: Desk) -> None:
    path = desk.root / "households" / "HU-A0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 老屋在河边\n", encoding="utf-8")
    desk.do("commit")
    desk.do("household", "edit", "李桂兰", "--phone", "13900005678", "--category", "困难")
    text = path.read_text(encoding="utf-8")
    assert "phone" not in text
    assert '电话: "13900005678"' in text
    assert "户类别: 困难" in text
    assert text.endswith("# 老屋在河边\n")
    assert desk.git(
        "log", "-1", "--format=%s"
    ).strip() == "HU-A0001 修改联系户：电话、户类别" or "HU-A0001 修改联系户" in desk.git("log", "-1", "--format=%s")


def test_next_offers_only_what_is_lawful(desk: Desk) -> None:
    id_ = desk.take_down()
    said = desk.do("--json", "next", id_)
    steps = [row["step"] for row in said.json["data"]["items"]]
    assert "accept" in steps
    assert "escalate" in steps
    assert not {"assign", "sign", "resolve", "close", "feedback"} & set(steps)
    assert desk.say("next", "CUN-A0001").code == 2


def test_the_morning_page_names_what_is_overdue(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", "--at", "2026-03-02 09:00", *TRIAGE)
    desk.do("issue", "assign", id_, "--dept", "镇水利站", "--limit", "2个工作日", "--at", "2026-03-02 09:30")
    moment = "2026-03-06 13:55"  # the page says the minute
    out = desk.do("today", today=moment).out
    assert "已超期" in out
    assert id_ in out
    assert "超期 2 天" in out
    assert desk.do(today=moment).out == out, "bare lianxin is the morning page"
