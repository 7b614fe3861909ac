"""Messages that are pasted become filled-in forms, each field with the words it was read from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_desk
from tests.cli.terminal import ENTER, Terminal
from textual.events import Paste

CHAT = """—————  2026-03-05  —————
幸福一家人 上午9:30
书记，松坪村二组的路灯坏了三盏，老人晚上不敢出门
[图片]

何小满 上午9:32
收到，我问一下

李桂兰 03-05 10:05
您好，我是松坪一组的李桂兰，自来水停水两天了，电话 139-0000-1234

老李 03-05 10:06
好的谢谢
"""


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "聊天.txt"
    path.write_text(CHAT, encoding="utf-8")
    return path


def _read(desk: Desk, *words: str) -> dict[int, dict[str, tuple[str, str]]]:
    found: dict[int, dict[str, Any]] = {}
    for item in desk.do("--json", "--internal", "paste", *words).json["data"]["items"]:
        found.setdefault(item["place"], {})[item["field"]] = (item["text"], item["words"])
    return found


def test_each_field_says_from_which_words(desk: Desk, chat: Path) -> None:
    lamps, water = _read(desk, str(chat)).values()
    assert lamps["所属村"] == ("松坪村", "松坪村")
    assert lamps["所属组"] == ("二组", "二组")
    assert lamps["反映时间"] == ("2026-03-05", "上午9:30")
    assert lamps["类别（研判时）"] == ("道路交通", "路灯")
    assert lamps["备注"] == ("聊天里的名字是「幸福一家人」；聊天里还有 1 张图片，没有粘贴过来", "幸福一家人")
    assert "反映人" not in lamps
    assert water["联系户"] == ("李桂兰", "139-0000-1234")
    assert water["联系电话"] == ("13900001234", "139-0000-1234")
    assert water["事由"] == ("自来水停水两天了", "第一句")
    assert water["紧急程度（研判时）"] == ("紧急", "停水")
    assert water["来源渠道"] == ("微信", "李桂兰")


def test_a_note_of_a_call(desk: Desk, tmp_path: Path) -> None:
    note = "来电记录\n反映人：李桂兰\n地址：松坪村一组\n反映内容：房子漏雨，墙上有裂缝\n时间：3月4日"
    (tmp_path / "来电.txt").write_bytes(note.encode("gb18030"))
    (one,) = _read(desk, str(tmp_path / "来电.txt")).values()
    assert one["联系户"] == ("李桂兰", "反映人：")
    assert one["来源渠道"] == ("电话", "来电")
    assert one["原话"] == ("房子漏雨，墙上有裂缝", "全文")
    assert one["类别（研判时）"][0] == "住房安全"


@pytest.mark.parametrize(
    ("said", "when", "words"),
    [
        ("松坪村的渠昨晚八点塌了，水过不来", "2026-03-05 20:00", "昨晚八点"),
        ("15:30 松坪村一组老李来电，渠又堵了", "2026-03-06 15:30", "15:30"),
        ("来电记录\n反映内容：松坪村的渠塌了一段\n时间：3月4日下午三点半", "2026-03-04 15:30", "3月4日下午三点半"),
        ("松坪村的渠今早六点多塌了，有三点意见", "2026-03-06 06:00左右", "今早六点多"),
    ],
)
def test_the_hour_that_is_told_is_kept(desk: Desk, tmp_path: Path, said: str, when: str, words: str) -> None:
    (tmp_path / "消息.txt").write_text(said, encoding="utf-8")
    (one,) = _read(desk, str(tmp_path / "消息.txt")).values()
    assert one["何时"] == (when, words)
    assert one.get("反映时间", ("2026-03-04",))[0] == "2026-03-04"


def test_a_visit_is_told_by_its_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "走访.txt").write_text("今天走访了松坪村一组李桂兰家，她说渠还没通", encoding="utf-8")
    said = desk.do("--json", "--internal", "paste", str(tmp_path / "走访.txt")).json["data"]["items"]
    assert {item["kind"] for item in said} == {"走访"}
    assert {"联系户" if item["field"] == "走访户" else item["field"]: item["text"] for item in said}[
        "联系户"
    ] == "李桂兰"


SEVERAL = """蒋小宝 03-05 10:05
书记好，打扰了，我家门口的路灯坏了，晚上看不见
另外一组的水渠又堵了，水过不来
[图片]
[图片]
麻烦您了
"""


def test_each_matter_of_a_message_is_one(desk: Desk, tmp_path: Path) -> None:
    desk.do("household", "edit", "李桂兰", "--members", "蒋小宝 孙子", "-y")
    (tmp_path / "聊天.txt").write_text(SEVERAL, encoding="utf-8")
    lamp, ditch = _read(desk, str(tmp_path / "聊天.txt")).values()
    assert lamp["事由"] == ("我家门口的路灯坏了，晚上看不见", "第一句")
    assert lamp["原话"][0] == "书记好，打扰了，我家门口的路灯坏了，晚上看不见"
    assert ditch["事由"] == ("一组的水渠又堵了，水过不来", "第一句")
    assert ditch["原话"][0] == "一组的水渠又堵了，水过不来\n麻烦您了"
    for one in (lamp, ditch):
        assert one["联系户"] == ("李桂兰", "蒋小宝")
        assert one["反映人"] == ("蒋小宝", "蒋小宝")
        assert one["反映时间"] == ("2026-03-05", "03-05 10:05")
    assert lamp["备注"] == ("聊天里还有 2 张图片，没有粘贴过来", "蒋小宝")
    assert "备注" not in ditch
    said = desk.do("--internal", "paste", str(tmp_path / "聊天.txt")).out
    assert "另有 2 张图片粘贴不过来：另存到电脑里，再添作这件事的佐证。" in said


@pytest.mark.parametrize(
    ("who", "household"),
    [("松坪二组-李桂兰", "李桂兰"), ("李桂兰（松坪村）", "李桂兰"), ("松坪村一组李桂兰", "李桂兰")],
)
def test_who_writes_is_known_by_the_name_in_the_chat(desk: Desk, tmp_path: Path, who: str, household: str) -> None:
    (tmp_path / "聊天.txt").write_text(f"{who} 03-05 10:05\n自来水停水两天了\n", encoding="utf-8")
    (one,) = _read(desk, str(tmp_path / "聊天.txt")).values()
    assert one["联系户"] == (household, who)


def test_a_name_that_no_household_bears_is_the_reporter(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "聊天.txt").write_text("蒋大山 03-05 10:05\n松坪村的自来水停水两天了\n", encoding="utf-8")
    (one,) = _read(desk, str(tmp_path / "聊天.txt")).values()
    assert one["反映人"] == ("蒋大山", "蒋大山")


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("您好，打扰了，渠又堵了，水过不来", "渠又堵了，水过不来"),
        ("张书记好！想跟您反映一件事，桥面塌了一角", "桥面塌了一角"),
        ("各位领导好，不好意思打扰一下，路灯坏了三盏", "路灯坏了三盏"),
        ("书记，松坪的路灯坏了三盏", "松坪的路灯坏了三盏"),
    ],
)
def test_a_matter_is_told_without_courtesies(desk: Desk, tmp_path: Path, said: str, summary: str) -> None:
    (tmp_path / "消息.txt").write_text(said, encoding="utf-8")
    (one,) = _read(desk, str(tmp_path / "消息.txt")).values()
    assert one["事由"] == (summary, "第一句")


def test_two_of_one_name_are_not_told_apart_by_guessing(desk: Desk, chat: Path) -> None:
    desk.do(
        "--yes",
        "household",
        "add",
        "--head",
        "李桂兰",
        "--village",
        "松坪村",
        "--group",
        "二组",
        "--phone",
        "13900005678",
    )
    (chat.parent / "无电话.txt").write_text("我是松坪村的李桂兰，渠又堵了，水过不来", encoding="utf-8")
    (one,) = _read(desk, str(chat.parent / "无电话.txt")).values()
    assert "联系户" not in one
    assert one["反映人"] == ("李桂兰", "我是松坪村的李桂兰")


def test_a_chat_of_thirty_messages(desk: Desk, tmp_path: Path) -> None:
    lines = [
        f"群友{n}号 03-05 10:{n:02d}\n松坪村一组第{n}盏路灯不亮了"
        if n % 3 == 0
        else f"群友{n}号 03-05 10:{n:02d}\n收到"
        for n in range(30)
    ]
    (tmp_path / "群.txt").write_text("\n".join(lines), encoding="utf-8")
    assert len(_read(desk, str(tmp_path / "群.txt"))) == 10


@pytest.mark.parametrize("text", ["", "  \n\n"])
def test_nothing_pasted_is_told(text: str, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(text)
    said = desk.say("paste", str(tmp_path / "空.txt"))
    assert (said.code, "没有粘贴来什么" in said.err) == (2, True)


def test_what_is_left_is_there_the_next_time(desk: Desk, chat: Path) -> None:
    terminal = Terminal(desk, "paste", str(chat))
    terminal.answer(("记这一件吗", ENTER), ("凭「松坪村」看出来的", "\x1b"), ("记这一件吗", "n" + ENTER))
    terminal.answer(("还有 1 件没有记", None))
    assert terminal.end() == 0
    terminal = Terminal(desk, "paste")
    terminal.answer(("还有 1 件没有记，现在接着记吗？", "n" + ENTER), ("粘贴到这里", "\x03"))
    assert terminal.end() == 130


def test_nothing_of_a_message_goes_out(desk: Desk, chat: Path, tmp_path: Path) -> None:
    """Nobody has looked whose matter it is, and who writes is in no record."""
    for words in ((), ("--json",), ("-f", "csv"), ("-o", str(tmp_path / "消息.html"))):
        said = desk.say("paste", str(chat), *words)
        assert (said.code, said.out, "--internal" in said.err) == (2, "", True), said
        assert [one for one in ("路灯", "李桂兰", "139", "幸福") if one in said.err] == []
    chat.write_text("好的谢谢\n", encoding="utf-8")
    assert "没有看出" in desk.do("paste", str(chat)).out


def test_at_the_desk_it_is_pasted_read_and_written_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    async def play(screen: Screen) -> None:
        async def pasting() -> None:
            await screen.press("m")
            await screen.see("z 粘贴")
            await screen.press("z")

        await screen.see("1 今日")
        await pasting()
        await screen.see("Esc 算了，粘贴的留着")
        screen.app.post_message(Paste("昨晚八点松坪村一组的渠塌了"))
        await screen.see("渠塌了")
        await screen.press("ctrl+c", "ctrl+c")  # leaves the box, never the desk
        await screen.see("没有记；粘贴的留着")
        await pasting()
        await screen.see("渠塌了")
        await screen.press("ctrl+s")
        await screen.see("凭「松坪村」看出来的")
        assert screen.row("何时").text == "2026-03-05 20:00"
        await screen.press("escape")
        await screen.see("没有记；还有 1 件没有记，都留着")
        await pasting()
        await screen.see("现在接着记吗？")
        await screen.press("y")
        await screen.see("上次没有写完")
        await screen.fill("来源渠道", "微信", "enter")
        await screen.fill("反映人", "匿名", "enter")
        await screen.press("ctrl+s")
        await screen.see("✓ 已记 1 件    u 撤销")
        assert "lianxin" not in screen.text

    at_desk(desk.root, play, size=(80, 30))
    assert '何时: "2026-03-05 20:00"\n' in desk.text("WT-2026-A0001")


VISITED = """松坪村-石勇 03-05 18:42
何主任，今天走访李桂兰家，反映两个事：
1、渠又堵了，水过不来
2、门口的路灯不亮
"""


def test_the_report_of_a_visit_tells_its_matters_and_who_went(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "走访.txt").write_text(VISITED, encoding="utf-8")
    (one,) = _read(desk, str(tmp_path / "走访.txt")).values()
    assert one["诉求建议"] == ("渠又堵了，水过不来\n门口的路灯不亮", "反映两个事：")
    assert one["走访人"] == ("石勇", "松坪村-石勇")
    assert one["走访户"][0] == "李桂兰"


def test_who_sends_is_no_part_of_what_is_said_and_who_called_is_the_reporter(desk: Desk, tmp_path: Path) -> None:
    said = "松坪村-石勇：何主任，李桂兰来电话说两件事：一是渠又堵了，水过不来；二是门口的路灯不亮"
    (tmp_path / "来电.txt").write_text(said, encoding="utf-8")
    ditch, lamp = _read(desk, str(tmp_path / "来电.txt")).values()
    assert (ditch["事由"][0], lamp["事由"][0]) == ("渠又堵了，水过不来", "门口的路灯不亮")
    assert (ditch["原话"][0], lamp["原话"][0]) == ("渠又堵了，水过不来", "门口的路灯不亮")
    assert {one["联系户"] for one in (ditch, lamp)} == {("李桂兰", "李桂兰来电话说两件事")}
    assert {one["来源渠道"][0] for one in (ditch, lamp)} == {"电话"}
    said = "松坪村-石勇：何主任，李桂兰来电话说一是渠又堵了，水过不来"
    (tmp_path / "来电.txt").write_text(said, encoding="utf-8")
    (one,) = _read(desk, str(tmp_path / "来电.txt")).values()
    assert one["事由"][0] == "一是渠又堵了，水过不来"
    assert one["原话"][0] == "何主任，李桂兰来电话说一是渠又堵了，水过不来"


@pytest.mark.slow
def test_what_a_pasted_visit_heard_is_asked_about_and_found_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    async def play(screen: Screen) -> None:
        await screen.see("1 今日")
        await screen.press("m")
        await screen.see("z 粘贴")
        await screen.press("z")
        await screen.see("Esc 算了，粘贴的留着")
        screen.app.post_message(Paste(VISITED))
        await screen.see("门口的路灯不亮")
        await screen.press("ctrl+s")
        await screen.see("新增走访")
        await screen.fill("走访方式", "入户", "enter")
        await screen.press("ctrl+s")
        await screen.see("听到了 2 件诉求，第 1 件：渠又堵了")
        await screen.press("escape")
        await screen.see("第 2 件：门口的路灯不亮")
        await screen.press("n")
        await screen.see("为什么不立")
        await screen.type("当场换了灯泡\n")
        await screen.see("✓ 已记 1 件")
        await screen.see("走访听到、还没定立不立的")
        await screen.see("1 件诉求，立问题还是不立")

    async def later(screen: Screen) -> None:
        await screen.see("走访听到、还没定立不立的")
        await screen.press("3")
        await screen.see("回车/l 立问题")
        await screen.press("l")
        await screen.see("渠又堵了，水过不来")
        await screen.see("y 是    n 不立，写明原因    Esc 以后再说")
        await screen.press("y")
        await screen.see("新增问题")
        await screen.at("事由")
        assert screen.row("原话").text == "渠又堵了，水过不来"
        await screen.fill("事由", "一组的渠要清")
        await screen.press("ctrl+s")
        await screen.see("✓ 已新增问题")
        await screen.gone("立问题")

    at_desk(desk.root, play, size=(80, 30))
    (hint,) = [line for line in desk.say("check", "--hints").out.splitlines() if "H007" in line and "A0002" in line]
    assert "记了 2 件诉求，登记了 0 件问题，写明不立的 1 件，其余的没有定" in hint
    page = desk.do("today").out
    assert "ZF-2026-A0002（1 件）" in page
    assert "门口的路灯" not in page
    assert "「门口的路灯不亮」当场换了灯泡" in (desk.root / "visits/2026/ZF-2026-A0002.yaml").read_text("utf-8")
    at_desk(desk.root, later, size=(80, 30))
    assert "原话: 渠又堵了，水过不来\n" in desk.text("WT-2026-A0001")
