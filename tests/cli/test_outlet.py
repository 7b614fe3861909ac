"""Where output may go: not over what git tracks or the ledger reads, not into git folders, not over its own source."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import docx
import openpyxl
import pytest
from tests import warm
from tests.cli.desk import ENVIRONMENT, TODAY, Desk
from tests.cli.terminal import ENTER, Terminal

pytestmark = pytest.mark.slow  # it takes long

#: Every command that takes ``-o FILE``.
COMMANDS = (
    *("today", "household list", "show HU-A0001", "log HU-A0001", "handbook", "ledger", "ledger 问题台账", "handover"),
    *("card", "report weekly", "report monthly --freeze", "duties", "score", "figures", "sql", "schema"),
    *("fill 上级.docx --issue 1",),
)


def kept(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.fixture
def office(heard: Desk) -> Desk:
    form = docx.Document()
    form.add_paragraph("{{ 编号 }}")
    form.save(str(heard.root / "上级.docx"))
    return heard


def piped(desk: Desk, *words: str) -> subprocess.CompletedProcess[bytes]:
    return warm.run(("--today", f"{TODAY} 09:40", *words), cwd=desk.root, env=os.environ | ENVIRONMENT)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_writes_over_what_the_ledger_is(office: Desk, command: str) -> None:
    with (office.root / "households" / "HU-A0001.yaml").open("a", encoding="utf-8") as file:
        file.write("备注: 还没提交的一句\n")
    before = kept(office.root)
    places = (
        "households/HU-A0001.yaml",
        "policy/limits.yaml",
        "forms/简报.docx",
        "lianxin.yaml",
        ".git/HEAD",
        ".git/新",
    )
    for place in places if command != "schema" else ("households", "policy/schema", ".git/hooks"):
        said = office.say(*command.split(), "-o", place)
        assert (said.code, said.err.count("\n")) == (3, 1), (place, said.err)
        assert "没有" in said.err
    after = kept(office.root)
    changing = (".git/lianxin/", ".git/index")
    assert {k: v for k, v in after.items() if not k.startswith(changing)} == {
        k: v for k, v in before.items() if not k.startswith(changing)
    }


def test_other_repositories_are_spared_too(office: Desk, tmp_path: Path) -> None:
    other, bare = tmp_path / "别的", tmp_path / "镜像"
    for words in (("init", "-q", str(other)), ("init", "-q", "--bare", str(bare))):
        subprocess.run(["git", *words], check=True)
    (other / "总结.csv").write_text("写了三天\n", encoding="utf-8")
    subprocess.run(["git", "-C", str(other), "add", "."], check=True)
    link = tmp_path / "快捷.csv"
    link.symlink_to(other / "总结.csv")
    for place in (other / "总结.csv", link, bare / "HEAD", bare / "refs" / "a.csv", other / ".git" / "config"):
        assert office.say("ledger", "问题台账", "-f", "csv", "-o", str(place)).code == 3, place
    assert (other / "总结.csv").read_text(encoding="utf-8") == "写了三天\n"
    office.do("ledger", "问题台账", "-o", str(other / "新的.csv"))


def test_a_link_is_written_through_and_stays_a_link(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "真.csv").touch()
    (tmp_path / "快捷.csv").symlink_to("真.csv")
    office.do("ledger", "问题台账", "-o", str(tmp_path / "快捷.csv"))
    assert (tmp_path / "快捷.csv").is_symlink()
    assert "WT-2026-A0001" in (tmp_path / "真.csv").read_text(encoding="utf-8-sig")


def test_the_blank_form_is_not_filled_over(office: Desk, tmp_path: Path) -> None:
    blank = (office.root / "上级.docx").read_bytes()
    os.link(office.root / "上级.docx", tmp_path / "同一份.docx")
    for place in ("上级.docx", "./forms/../上级.docx", str(tmp_path / "同一份.docx")):
        (office.root / "forms").mkdir(exist_ok=True)
        said = office.say("fill", "上级.docx", "--issue", "1", "-o", place, "--yes")
        assert (said.code, "空表" in said.err) == (3, True), said.err
    assert (office.root / "上级.docx").read_bytes() == blank


@pytest.mark.parametrize("command", ["ledger 问题台账 -f csv", "ledger 问题台账 -f xlsx", "fill 上级.docx --issue 1"])
def test_a_pipe_is_streamed_to(office: Desk, tmp_path: Path, command: str) -> None:
    pipe, got = tmp_path / "管", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert piped(office, *command.split(), "-o", str(pipe)).returncode == 0
    reader.join(timeout=30)
    assert pipe.is_fifo()
    for place in ("-", "/dev/stdout"):
        done = piped(office, *command.split(), "-o", place)
        assert (done.returncode, done.stderr) == (0, b""), done.stderr
        assert len(done.stdout) > 100
        assert got == [done.stdout]


def test_devices_are_written_to_and_never_replaced(office: Desk) -> None:
    done = piped(office, "ledger", "问题台账", "-f", "csv", "-o", "/dev/full")
    told = done.stderr.decode()
    assert (done.returncode, "磁盘满了" in told, told.count("\n")) == (3, True, 1), told
    office.do("ledger", "问题台账", "-f", "csv", "-o", "/dev/null")
    assert Path("/dev/null").is_char_device()
    assert office.say("ledger", "问题台账", "-f", "csv", "-o", "/proc/self/comm").code == 3


def test_what_the_shell_opened_keeps_what_it_holds(office: Desk, tmp_path: Path) -> None:
    log = tmp_path / "记录.txt"
    log.write_text("昨天的\n", encoding="utf-8")
    with log.open("ab") as file:
        words = [sys.executable, "-m", "lianxin", "--today", f"{TODAY} 09:40", "ledger", "问题台账", "-f", "csv"]
        done = subprocess.run(
            [*words, "-o", "/dev/stdout"], cwd=office.root, env=os.environ | ENVIRONMENT, stdout=file, check=False
        )
        assert done.returncode == 0
    text = log.read_text(encoding="utf-8")
    assert text.startswith("昨天的\n")
    assert "WT-2026-A0001" in text


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        ("ledger 问题台账", ".docx"),
        ("ledger 问题台账", ".xlsx"),
        ("report weekly", ".docx"),
        ("fill 督办单 --issue 1", ".docx"),
    ],
)
def test_a_word_file_worked_on_since_is_not_written_over(
    office: Desk, tmp_path: Path, command: str, suffix: str
) -> None:
    made = tmp_path / f"报{suffix}"
    words = (*command.split(), "-o", str(made))
    office.do(*words)
    office.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    office.do("issue", "progress", "1", "--text", "看过") if "fill" in command else office.take_down()
    office.do(*words)  # untouched: written anew without a word
    _worked_on(made)
    mine = made.read_bytes()
    office.take_down()
    said = office.say(*words)
    assert (said.code, "有人改过" in said.err) == (3, True), said.err
    assert made.read_bytes() == mine
    office.do(*words, "--yes")
    assert made.read_bytes() != mine


@pytest.mark.parametrize("words", ["ledger 问题台账", "fill 督办单 --issue 1", "schema"])
def test_a_file_of_somebody_elses_is_not_written_over(office: Desk, tmp_path: Path, words: str) -> None:
    mine = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 if "schema" not in words else b"notes\n"
    place = tmp_path / ("issue.schema.json" if words == "schema" else "我的.docx")
    place.write_bytes(mine)
    output = ("-o", str(tmp_path if words == "schema" else place))
    said = office.say(*words.split(), *output)
    assert (said.code, "不是 lianxin 写的" in said.err) == (3, True), said
    assert place.read_bytes() == mine
    office.do(*words.split(), *output, "--yes")
    office.do(*words.split(), *output)
    assert place.read_bytes() != mine


@pytest.mark.parametrize("format_", ["md", "csv", "html", "json", "jsonl", "tsv", "latex"])
def test_its_own_file_is_written_anew_without_a_word(office: Desk, tmp_path: Path, format_: str) -> None:
    words = ("ledger", "问题台账", "-f", format_, "-o", str(tmp_path / "账"))
    (tmp_path / "账").write_text("我记的\n", encoding="utf-8")
    assert office.say(*words).code == 3
    (tmp_path / "账").unlink()
    office.do(*words)
    office.take_down()
    office.do(*words)


_TEXTS = ("md", "csv", "html", "json", "txt", "rst", "org", "wiki", "jira", "tex")
_PDF = pytest.param("pdf", marks=pytest.mark.slow, id="pdf")  # a bare machine has no Chinese typeface


@pytest.mark.parametrize("suffix", [*_TEXTS, _PDF])
def test_a_page_worked_on_by_hand_is_not_written_over(office: Desk, tmp_path: Path, suffix: str) -> None:
    made = tmp_path / f"账.{suffix}"
    words = ("ledger", "问题台账", "-o", str(made))
    office.do(*words)
    office.take_down()
    office.do(*words)  # untouched: written anew without a word
    whole = made.read_bytes()
    assert b"0" * 16 not in whole.rpartition("指纹".encode())[2][:40]
    at = whole.index(b"2026")
    made.write_bytes(mine := whole[:at] + b"2025" + whole[at + 4 :])
    said = office.say(*words)
    assert (said.code, "有人改过" in said.err) == (3, True), said.err
    assert made.read_bytes() == mine
    terminal = Terminal(office, *words)
    terminal.answer(("有人改过", None), ("盖掉它吗？", "n" + ENTER), ("没有盖掉", None))
    assert terminal.end() == 3
    office.do(*words, "--yes")
    office.do("verify", str(made))
    assert made.read_bytes() != mine


def test_a_page_of_json_keeps_its_digest_through_a_pipe(office: Desk, tmp_path: Path) -> None:
    piped = tmp_path / "页.jsonl"
    piped.write_text(office.do("report", "weekly", "-f", "jsonl").out, encoding="utf-8")
    office.do("verify", str(piped))
    office.take_down()
    office.do("report", "weekly", "-o", str(piped))
    piped.write_text(piped.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    assert office.say("report", "weekly", "-o", str(piped)).code == 3


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("issue list", "单.jsonl"),
        ("calendar", "期限.ics"),
        ("sql SELECT+编号,事由+FROM+问题", "问.csv"),
    ],
)
def test_rows_worked_on_by_hand_are_not_written_over(office: Desk, tmp_path: Path, words: str, name: str) -> None:
    """Also those of formats in which no digest can stand: what was written where is kept beside the index."""
    made = tmp_path / name
    asked = (*(word.replace("+", " ") for word in words.split()), "-o", str(made))
    office.do(*asked)
    office.take_down()
    office.do(*asked)  # untouched: written anew without a word
    made.write_bytes(mine := made.read_bytes().replace(b"2026", b"2025", 1))
    said = office.say(*asked)
    assert (said.code, "有人改过" in said.err, made.read_bytes() == mine) == (3, True, True), said
    office.do(*asked, "--yes")


def test_rows_that_somebody_else_put_there_are_not_written_over(office: Desk, tmp_path: Path) -> None:
    (tmp_path / "单.jsonl").write_text('{"id": "我的"}\n', encoding="utf-8")
    assert office.say("issue", "list", "-o", str(tmp_path / "单.jsonl")).code == 3


def _worked_on(made: Path) -> None:
    """As an Office program saves it: the words changed, and when."""
    from datetime import datetime

    if made.suffix == ".docx":
        document = docx.Document(str(made))
        document.add_paragraph("书记改过的一句")
        document.core_properties.modified = datetime(2026, 3, 6, 9, 12)
        document.save(str(made))
    else:
        openpyxl.load_workbook(made).save(made)


def test_a_board_keeps_nothing_of_others_and_does_not_throw_it_away(office: Desk, tmp_path: Path) -> None:
    board = tmp_path / "公示栏"
    office.do("site", str(board))
    (board / "村口照片.jpg").write_bytes(b"x")
    office.take_down()
    said = office.say("site", str(board))
    assert (said.code, "村口照片.jpg" in said.err) == (3, True), said.err
    assert (board / "村口照片.jpg").read_bytes() == b"x"
    (board / "村口照片.jpg").unlink()
    subprocess.run(["git", "init", "-q", str(board)], check=True)
    assert office.say("site", str(board)).code == 3
    assert (board / ".git" / "HEAD").is_file()
    for place in ("issues/公示栏", ".git/公示栏"):
        assert office.say("site", place).code == 3
        assert not (office.root / place).exists()


def test_a_folder_that_is_not_there_is_told_of_in_a_sentence(office: Desk) -> None:
    said = office.say("ledger", "问题台账", "-o", "没有/也没有/账.md")
    assert (said.code, "没有写成" in said.err) == (3, True), said.err
