"""Photographs and papers of a ledger: taken in, printed for whom they may be, never lost without a word."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_form
from tests.pictures import photograph
from textual.events import Paste

from lianxin.cli.form.tasks import add_task
from lianxin.kinds import KIND


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return photograph(tmp_path / "IMG_0731.jpg", taken="2026:03:04 10:00:00")


def _files(desk: Desk) -> list[Path]:
    return sorted((desk.root / "attachments").rglob("*.*"))


def test_one_commit_holds_record_and_file_and_one_undo_takes_both(desk: Desk, photo: Path) -> None:
    id_ = desk.take_down()
    head, original = desk.git("rev-parse", "HEAD"), photo.read_bytes()
    desk.do("evidence", "add", "--about", id_, "--file", str(photo), "--shows", "淤住的那一截")
    (kept,) = _files(desk)
    item = desk.do("--json", "show", "ZZ-2026-A0001", "--internal").json["data"]["item"]
    assert item["digest"] == desk.git("hash-object", str(kept)).strip()
    assert (item["file"], item["size"]) == (str(kept.relative_to(desk.root)), kept.stat().st_size)
    assert (item["day"], item["name"]) == ("2026-03-04", photo.name)
    assert kept.stem == item["digest"][:16]
    assert photo.read_bytes() == original
    assert desk.git("rev-list", "--count", f"{head.strip()}..HEAD").strip() == "1"
    assert "没有问题" in desk.do("check").out
    desk.do("undo", "--yes")
    assert (_files(desk), desk.git("status", "--porcelain")) == ([], "")


def test_the_same_picture_is_kept_once(desk: Desk, photo: Path) -> None:
    id_ = desk.take_down()
    for _ in range(2):
        desk.do("--yes", "evidence", "add", "--about", id_, "--file", str(photo))
    assert len(_files(desk)) == 1
    desk.do("--yes", "evidence", "void", "ZZ-2026-A0002", "--why", "加重了")
    assert desk.do("check").code == 0


@pytest.mark.parametrize("written", ["'{}'", '"{}"', "file://{}", " {} "])
def test_a_file_dropped_on_the_window_is_found(written: str, desk: Desk, tmp_path: Path) -> None:
    place = photograph(tmp_path / "沟渠 前.jpg")
    desk.do("evidence", "add", "--about", desk.take_down(), "--file", written.format(place))
    assert len(_files(desk)) == 1


def test_what_bears_out_a_result_is_taken_in_with_the_step(desk: Desk, photo: Path) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    desk.do(
        "issue", "assign", id_, "--dept", "镇水利站", "--person", "石勇", "--limit", "5个工作日", "--standard", "通水"
    )
    desk.do("issue", "sign", id_)
    words = ("--result", "清了两百米，水通了", "--evidence", str(photo), "--evidence", "验收单 3 号")
    desk.do("issue", "resolve", id_, *words)
    assert "- ZZ-2026-A0001" in desk.text(id_)
    assert "验收单 3 号" in desk.text(id_)
    item = desk.do("--json", "show", "ZZ-2026-A0001").json["data"]["item"]
    assert (item["about"], item["stage"]) == ([id_], "办理后")
    assert desk.git("show", "--name-only", "--format=", "HEAD").count("\n") == 3
    desk.do("undo", "--yes")
    assert (_files(desk), desk.state(id_)) == ([], "办理中")


def test_what_a_visit_saw_is_taken_in_with_it(
    desk: Desk, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    other = photograph(tmp_path / "渠 (后).jpg")
    drop = (
        f"'{photo}' {str(other).replace(' ', chr(92) + ' ').replace('(', chr(92) + '(').replace(')', chr(92) + ')')} "
    )

    async def play(screen: Screen) -> None:
        await screen.see("佐证")
        screen.row("佐证").enter()
        screen.app.post_message(Paste(drop))
        await screen.see(f"佐证         {photo.parent}"[:40])
        await screen.type("\n会议记录一份\n\n")
        assert screen.row("佐证").answer == [str(photo), str(other), "会议记录一份"]
        await screen.write()

    task = {"households": "李桂兰", "heard": "渠清出来了"}
    made = at_form(desk.root, lambda session: add_task(session, KIND["visit"], task), play)
    held = (desk.root / "visits" / "2026" / f"{made.id}.yaml").read_text(encoding="utf-8")
    assert "佐证:\n  - ZZ-2026-A0001\n  - ZZ-2026-A0002\n  - 会议记录一份\n" in held
    assert len(_files(desk)) == 1  # they are alike
    assert desk.do("--json", "show", "ZZ-2026-A0002").json["data"]["item"]["about"] == [made.id]
    assert "没有问题" in desk.do("check").out
    desk.do("undo", "--yes")
    assert (_files(desk), desk.git("status", "--porcelain")) == ([], "")


def test_a_picture_may_be_added_to_a_visit_later(desk: Desk, photo: Path) -> None:
    desk.do("visit", "edit", "1", "--evidence", f"+{photo}", "-y")
    held = (desk.root / "visits" / "2026" / "ZF-2026-A0001.yaml").read_text(encoding="utf-8")
    assert "佐证:\n  - ZZ-2026-A0001\n" in held
    assert len(_files(desk)) == 1
    assert "没有问题" in desk.do("check").out
    desk.do("undo", "--yes")
    assert (_files(desk), desk.git("status", "--porcelain")) == ([], "")


def test_nothing_is_written_of_a_picture_that_cannot_be_kept(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.take_down()
    (broken := tmp_path / "坏.jpg").write_bytes(photograph(tmp_path / "整.jpg").read_bytes()[:300])
    said = desk.say("evidence", "add", "--about", id_, "--file", str(broken))
    assert (said.code, "打不开" in said.err, _files(desk)) == (2, True, [])


def test_who_may_be_known_in_it_has_agreed_before_it_is_public(desk: Desk, photo: Path, tmp_path: Path) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    add = ("evidence", "add", "--about", id_, "--file", str(photo), "--shows", "李桂兰在渠边", "--public", "是")
    assert "有没有人像" in desk.say(*add).err
    assert "不能公开" in desk.say(*add, "--faces", "有，没有同意").err
    desk.do(*add, "--faces", "有，本人同意公开")
    desk.do("evidence", "add", "--about", id_, "--file", str(photograph(tmp_path / "内.png")), "--shows", "另一张")
    public, internal = tmp_path / "公.html", tmp_path / "内.html"
    desk.do("handbook", id_, "-o", str(public))
    desk.do("--internal", "handbook", id_, "-o", str(internal))
    seen, whole = public.read_text(), internal.read_text()
    assert (seen.count("data:image"), whole.count("data:image")) == (1, 2)
    assert "另有照片 1 张" in seen
    assert "李桂兰" not in seen
    desk.do("verify", str(public))


def test_a_picture_of_somebodys_own_matter_stays_inside(desk: Desk, photo: Path, tmp_path: Path) -> None:
    id_ = desk.take_down()
    public = ("--public", "是", "--faces", "没有人像", "--shows", "她家灶房漏雨")
    desk.do("evidence", "add", "--about", id_, "--file", str(photo), *public)
    desk.do("handbook", id_, "-o", str(tmp_path / "公.html"))
    told = (tmp_path / "公.html").read_text() + desk.do("show", "ZZ-2026-A0001").out + desk.do("evidence", "list").out
    assert "data:image" not in told
    assert "漏雨" not in told


def test_a_file_that_was_taken_in_is_not_changed_for_another(desk: Desk, photo: Path) -> None:
    desk.do("evidence", "add", "--about", desk.take_down(), "--file", str(photo))
    assert desk.say("evidence", "edit", "ZZ-2026-A0001", "--file", str(photo)).code == 2


def test_a_clone_has_the_pictures_too(desk: Desk, photo: Path, tmp_path: Path) -> None:
    desk.do("evidence", "add", "--about", desk.take_down(), "--file", str(photo))
    subprocess.run(["git", "clone", "-q", str(desk.root), str(tmp_path / "另一份")], check=True)
    (kept,) = _files(desk)
    assert (tmp_path / "另一份" / kept.relative_to(desk.root)).read_bytes() == kept.read_bytes()


def test_the_board_shows_what_everybody_may_see(desk: Desk, photo: Path, tmp_path: Path) -> None:
    board = tmp_path / "公示"
    open_, own = desk.take_down(), desk.take_down()
    desk.lay_open(open_)
    shown = ("--public", "是", "--faces", "没有人像")
    desk.do("evidence", "add", "--about", open_, "--file", str(photo), "--shows", "渠通了", *shown)
    desk.do("evidence", "add", "--about", open_, "--file", str(photograph(tmp_path / "内.png")), "--shows", "灶房")
    desk.do("evidence", "add", "--about", own, "--file", str(photograph(tmp_path / "户.png", size=(90, 70))), *shown)
    desk.do("site", str(board))
    page = (board / "pictures.html").read_text()
    assert (page.count("<img"), "渠通了" in page, "灶房" in page, own in page) == (1, True, False, False)
    assert [one.suffix for one in (board / "pictures").iterdir()] == [".jpg"]
    desk.do("verify", str(board))


def test_a_picture_of_two_matters_goes_by_the_stricter(desk: Desk, photo: Path, tmp_path: Path) -> None:
    """One is everybody's, one is somebody's own; also what is only written of them, and of those who live there."""
    open_, own = desk.take_down(), desk.take_down()
    desk.lay_open(open_)
    paper = tmp_path / "单.txt"
    paper.write_text("收据\n", encoding="utf-8")
    public = ("--public", "是", "--faces", "没有人像")
    for file, shows in ((photo, "离婚协议"), (paper, "离婚收据")):
        desk.do(
            *("--yes", "evidence", "add", "--about", open_, "--about", own, "--file", str(file), "--shows", shows),
            *(public if file == photo else ()),
        )
    desk.do("--yes", "evidence", "add", "--about", open_, "--file", str(photo), "--shows", "桂兰家的渠", *public)
    desk.do("site", str(tmp_path / "公示栏"))
    board = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "公示栏").rglob("*.html"))
    assert ("离婚" in board, "*家的渠" in board, "桂兰" in board) == (False, True, False)
    for words in (
        *(("show", "ZZ-2026-A0001", "-f", "html"), ("show", "ZZ-2026-A0002"), ("evidence", "list", "--json")),
        *(("handbook", "-f", "html"), ("find", "协议"), ("show", open_), ("sql", "SELECT * FROM 佐证")),
    ):
        told = desk.do(*words).out
        assert [one for one in ("离婚", "桂兰") if one in told] == [], words
    assert "离婚协议" in desk.do("--internal", "show", "ZZ-2026-A0001", "-f", "md").out


def test_a_name_that_leads_to_no_file_is_told_of(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.lay_open(id_)
    given = ("--dept", "镇水利站", "--person", "石勇", "--limit", "5个工作日", "--standard", "通水")
    desk.do("issue", "assign", id_, *given)
    desk.do("issue", "sign", id_)
    said = desk.do(
        "issue", "resolve", id_, "--result", "清了两百米", "--evidence", "照片.jpg", "--evidence", "验收单 3 号"
    )
    assert "没有找到「照片.jpg」这个文件，只记了名称" in said.out
    assert "验收单" not in said.out.partition("没有找到")[2].partition("\n")[0]
