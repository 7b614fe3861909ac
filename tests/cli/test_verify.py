"""``verify``: made again from its commit, a file is the same to the byte anywhere, any day; or it is said why not."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cli.desk import TRIAGE, Desk, lianxin

from lianxin.cli.app import command
from lianxin.formats import format_for
from lianxin.kinds import KIND
from lianxin.policies.export import CHINESE_OPTIONS, COMMANDS, OPTIONS

pytestmark = pytest.mark.slow  # it takes long

ELSEWHERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "gbk"}


def written(desk: Desk, out: Path, *words: str) -> Path:
    desk.do(*words, "-o", str(out), today="2026-03-07 16:20")
    return out


def test_every_format_is_made_again_in_another_place_time_and_locale(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    files = [
        written(desk, tmp_path / f"台账.{suffix}", "ledger", "问题台账", "--where", "状态=待研判", "-p", "本月")
        for suffix in ("txt", "md", "csv", "html", "xlsx", "docx", "json")
    ]
    files += [
        written(desk, tmp_path / "今天.html", "--internal", "today"),
        written(desk, tmp_path / "手册.docx", "--internal", "handbook"),
        written(desk, tmp_path / "痕迹.md", "--internal", "log", "WT-2026-A0001"),
    ]
    desk.do("issue", "accept", "1", "--level", "村", *TRIAGE)
    moved = tmp_path / "另一处" / "台账"
    shutil.copytree(desk.root, moved)
    for file in files:
        said = lianxin("--data", str(moved), "verify", file.name, cwd=tmp_path, today="2027-11-30", env=ELSEWHERE)
        assert said.code == 0, f"{file.name}: {said.out}{said.err}"
        assert said.out.startswith(f"一致：{file.name}")


def test_a_csv_and_its_note_are_one_and_one_of_before_is_made_again_as_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    page, note = written(desk, tmp_path / "账.csv", "ledger", "问题台账"), tmp_path / "账.说明.txt"
    rows = page.read_bytes().decode("utf-8-sig").splitlines()
    assert (rows[0].split(",")[0], [row.split(",")[0] for row in rows[1:]]) == ("序号", ["1"])
    assert note.read_text(encoding="utf-8").splitlines()[-1].startswith("复核：lianxin")
    for one in (page, note):
        assert desk.do("verify", str(one)).out.startswith("一致：账.csv")
    assert "和原来一样" in desk.do("ledger", "问题台账", "-o", str(page)).err
    note.rename(tmp_path / "别处.txt")
    assert "账.说明.txt" in desk.say("verify", str(page)).err

    before = written(desk, tmp_path / "旧.csv", "ledger", "问题台账", "-f", "csv-1")
    assert before.read_bytes().decode("utf-8-sig").splitlines()[-1].startswith("复核：lianxin")
    assert (tmp_path / "旧.说明.txt").exists() is False
    assert desk.do("verify", str(before)).out.startswith("一致：旧.csv")
    desk.do("ledger", "问题台账", "-o", str(before))  # ours, and nobody worked on it
    assert before.read_bytes() == page.read_bytes()


def test_a_note_of_hers_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "账.说明.txt").write_text("我写的", encoding="utf-8")
    assert desk.say("ledger", "问题台账", "-o", str(tmp_path / "账.csv")).code == 3
    assert (tmp_path / "账.说明.txt").read_text(encoding="utf-8") == "我写的"


@pytest.mark.parametrize("words", ["issue show 1", "issue log 1", "household list --voided", "pairing suggest"])
def test_what_a_kind_is_asked_is_made_again_too(desk: Desk, tmp_path: Path, words: str) -> None:
    desk.take_down()
    page = tmp_path / "一份.md"
    desk.do(*words.split(), "-o", str(page))
    assert desk.do("verify", str(page)).out.startswith("一致")


def test_an_edited_file_says_where(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    page = written(desk, tmp_path / "台账.csv", "ledger", "问题台账")
    page.write_bytes(page.read_bytes().replace("松坪村".encode(), "柏坪村".encode()))
    said = desk.say("verify", str(page))
    assert said.code == 1
    assert "不一致" in said.out
    assert "柏坪村" in said.out
    assert "松坪村" in said.out

    sheet = written(desk, tmp_path / "台账.xlsx", "ledger", "问题台账")
    book = openpyxl.load_workbook(sheet)
    book.save(sheet)
    said = desk.say("verify", str(sheet))
    assert said.code in (1, 3)
    assert "另存" in said.out + said.err


def test_what_an_internal_file_holds_stays_out_of_pipes(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    page = written(desk, tmp_path / "台账.csv", "--internal", "ledger", "问题台账")
    page.write_bytes(page.read_bytes().replace("李桂兰".encode(), "李桂香".encode()))
    said = desk.say("verify", str(page))
    assert (said.code, "李桂" in said.out) == (1, False)
    assert "李桂香" in desk.say("--internal", "verify", str(page)).out


def test_edits_that_were_not_committed_are_told(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("一组的渠堵了", "二组的渠堵了"), encoding="utf-8")
    page = written(desk, tmp_path / "台账.html", "ledger", "问题台账")
    said = desk.say("verify", str(page))
    assert said.code == 1
    assert "没入库的改动" in said.out
    desk.git("checkout", "-q", "--", ".")
    assert desk.do("ledger", "问题台账", "-o", str(page)).err.startswith("已写入")
    assert desk.say("verify", str(page)).code == 0


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("别人的.html", "<html></html>", "没有复核信息"),
        ("别人的.md", "复核：不是这样写的\n", "没有复核信息"),
        ("坏的.xlsx", "PK", "没有复核信息"),
    ],
)
def test_files_that_can_not_be_made_again(desk: Desk, tmp_path: Path, name: str, text: str, why: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    said = desk.say("verify", str(tmp_path / name))
    assert (said.code, why in said.err) == (3, True)


def test_a_masked_command_a_lost_commit_and_another_version(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    page = written(desk, tmp_path / "一户.md", "ledger", "问题台账", "--where", "反映人=李桂兰")
    said = desk.say("verify", str(page))
    assert (said.code, "李桂兰" in page.read_text(encoding="utf-8")) == (3, False)
    assert "已经隐去" in said.err
    counted = written(desk, tmp_path / "件数.csv", "sql", "SELECT count(*) FROM 问题")  # a star of one's own
    assert desk.do("verify", str(counted)).out.startswith("一致")
    page = written(desk, tmp_path / "台账.md", "ledger", "问题台账")
    commit = desk.git("rev-parse", "HEAD").strip()
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(commit, "f" * 40), encoding="utf-8")
    assert "找不到提交" in desk.say("verify", str(page)).err
    page.write_text(text.replace("lianxin 0", "lianxin 9"), encoding="utf-8")
    said = desk.say("verify", str(page))
    assert said.code == 1
    assert "版面可能不同" in said.out


def test_a_commit_is_read_and_not_written(desk: Desk) -> None:
    id_ = desk.take_down()
    before = desk.git("rev-parse", "HEAD").strip()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    (desk.root / "lianxin.yaml").write_text("坏了", encoding="utf-8")
    out = desk.do("--rev", before, "ledger", "问题台账", "-f", "json", "--internal").out
    assert before in out
    assert "待研判" in out
    assert "已受理" not in out
    assert desk.say("--rev", before, "check").code == 0
    said = desk.say("--rev", before, "village", "add", "--name", "柳湾村", "--town", "云岭镇")
    assert said.code == 2
    assert "只看不写" in said.err
    assert "找不到提交" in desk.say("--rev", "没有的", "today").err


def test_an_unchanged_file_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    page = written(desk, tmp_path / "台账.xlsx", "ledger", "问题台账")
    os.utime(page, (1, 1))
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    said = desk.do("ledger", "问题台账", "-o", str(page), today="2026-03-07")
    assert "没有重写" in said.err
    assert page.stat().st_mtime == 1
    desk.do("issue", "accept", "1", "--level", "村", *TRIAGE)
    assert "已写入" in desk.do("ledger", "问题台账", "-o", str(page), today="2026-03-07").err
    assert page.stat().st_mtime > 1


def blank(path: Path, text: str = "{{ 编号 }} {{ 反映人 }}") -> Path:
    """A superior's form with keywords of its own."""
    if path.suffix == ".docx":
        form = docx.Document()
        form.add_paragraph(text)
        form.core_properties.keywords = "表样; A & B"
        form.save(str(path))
        return path
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([text])
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_a_filled_form_bears_its_trace_unseen_and_is_filled_again(desk: Desk, tmp_path: Path, suffix: str) -> None:
    id_ = desk.take_down()
    form, out = blank(tmp_path / f"上级{suffix}"), tmp_path / f"好{suffix}"
    written(desk, out, "fill", str(form), "--where", "状态=待研判")
    trace = format_for(suffix).trace(out.read_bytes())
    assert trace is not None
    assert trace.commit == desk.git("rev-parse", "HEAD").strip()
    assert str(tmp_path) not in trace.recipe
    with zipfile.ZipFile(out) as package:
        named = [name for name in package.namelist() if trace.commit in package.read(name).decode(errors="replace")]
    assert named == ["docProps/core.xml"]
    if suffix == ".docx":
        assert docx.Document(str(out)).core_properties.keywords.startswith("表样; A & B 复核：")
    os.utime(out, (1, 1))
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    assert desk.do("verify", str(out), today="2026-05-04").out.startswith("一致")
    form.rename(tmp_path / f"改了名{suffix}")
    assert "用 --form 指明" in desk.say("verify", str(out)).err
    assert desk.do("verify", str(out), "--form", str(tmp_path / f"改了名{suffix}")).out.startswith("一致")
    blank(form, "{{ 编号 }} 新版")
    said = desk.say("verify", str(out))
    assert (said.code, "已不是当时那一份" in said.err) == (3, True)


def test_a_form_filled_with_the_same_again_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    form, out = blank(tmp_path / "上级.docx"), tmp_path / "好.docx"
    written(desk, out, "fill", str(form), "--issue", "1")
    os.utime(out, (1, 1))
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    assert "没有重写" in desk.do("fill", str(form), "--issue", "1", "-o", str(out), today="2026-03-07").err
    assert out.stat().st_mtime == 1
    bare = BytesIO()
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(bare, "w") as new:  # a form that tells nothing of itself
        for name in old.namelist():
            if name != "docProps/core.xml":
                new.writestr(name, re.sub(rb"<\w+ [^>]*core[^>]*/>", b"", old.read(name)))
    form.write_bytes(bare.getvalue())
    written(desk, out, "fill", str(form), "--issue", "1")
    assert desk.do("verify", str(out)).out.startswith("一致")


def test_a_masked_filling_can_not_be_repeated(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    form, out = blank(tmp_path / "上级.docx"), tmp_path / "好.docx"
    written(desk, out, "fill", str(form), "--where", "反映人=李桂兰")
    assert "已经隐去" in desk.say("verify", str(out)).err


def test_a_board_is_compared_file_by_file(desk: Desk, tmp_path: Path) -> None:
    desk.do("issue", "accept", desk.take_down(), "--level", "村", *TRIAGE)
    board, copy = tmp_path / "公示栏", tmp_path / "U盘"
    desk.do("site", str(board))
    desk.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    shutil.copytree(board, copy)
    (copy / ".lianxin-site").unlink()
    for path in (copy, copy / "search.html", copy / "village" / "CUN-A0001.html"):
        assert desk.do("verify", str(path), today="2026-05-04").out.startswith("一致"), path
    page = copy / "village" / "CUN-A0001.html"
    page.write_text(page.read_text(encoding="utf-8").replace("一组的渠堵了", "一组的渠通了"), encoding="utf-8")
    (copy / "site.js").unlink()
    (copy / "另加.html").write_text("x", encoding="utf-8")
    said = desk.say("verify", str(copy))
    assert said.code == 1
    for told in ("一组的渠通了", "village/CUN-A0001.html 第", "site.js", "少了", "另加.html"):
        assert told in said.out
    page.rename(tmp_path / "单独一页.html")
    assert "连同整个公示栏" in desk.say("verify", str(tmp_path / "单独一页.html")).err
    assert "不用写 --form" in desk.say("verify", str(copy), "--form", str(page.parent / "x.docx")).err


FORGED = (
    *("init 别处", "site 别处", "issue add", "'没有成对", "issue advance 1", "check", "schema", "verify 台账.md"),
    *("ledger 问题台账 -f md --internal", "--internal ledger 问题台账 -f md", "ledger --internal=1 问题台账 -f md"),
    *("--data /别处 ledger 问题台账 -f md", "ledger 问题台账 --data=/别处 -f md", "ledger 问题台账 -f md --rev HEAD~1"),
    *("ledger 问题台账 -f md --today 2020-01-01", "ledger 问题台账 -f md --as 何小满", "ledger 问题台账 --json"),
    *("ledger 问题台账 -f md -o 别处.md", "ledger 问题台账 -o别处.md", "ledger 问题台账 --output=别处.md -f md"),
    *("ledger 问题台账 -- -f md --internal", "ledger 问题台账 --help", "fill --tags issue", "fill 简报 --copy"),
    *("ledger 问题台账 -f md --内部", "ledger 问题台账 -f md --文件 别处.md", "台账 问题台账 -f md"),
    *("fill /etc/表.docx --digest abc --issue 1", "fill ../表.docx --digest abc --issue 1", "fill", "--yes today"),
)


def test_every_option_of_a_command_that_makes_files_is_allowed_or_decided_by_others() -> None:
    root = command()
    makers = [root.get_command(None, name) for name in (*COMMANDS, "log")]
    makers += [root.get_command(None, kind).get_command(None, "list") for kind in KIND]
    known = {flag for one in makers for param in one.params if param.param_type_name == "option" for flag in param.opts}
    english = {*filter(str.isascii, known)}  # files are told in one tongue
    others = {
        "--why",
        "--withdraw",
        "--to",
        "--rollup",
        "--office",
        "--engine",
        "--master",
    }  # these write, or make no file of the book as it is
    assert english - OPTIONS == {"-o", "--output", "--freeze", "--tags", "--copy", *others}
    assert english >= OPTIONS
    assert known - english - CHINESE_OPTIONS == {
        *("--文件", "--定稿", "--标签", "--抄表"),
        *("--事由", "--撤回", "--回填", "--汇总", "--引擎", "--主机"),
    }
    assert known >= CHINESE_OPTIONS


def test_a_report_that_was_frozen_is_made_again_without_freezing(desk: Desk, tmp_path: Path) -> None:
    desk.take_down()
    page = written(desk, tmp_path / "月报.docx", "report", "monthly", "--freeze", "-p", "2026-03")
    head = desk.git("rev-parse", "HEAD")
    said = desk.say("verify", str(page))
    assert (said.code, said.out.startswith("一致")) == (0, True), said
    older = written(desk, tmp_path / "月报.md", "report", "monthly", "-p", "2026-03")
    text = older.read_text(encoding="utf-8")
    assert "report monthly -p 2026-03" in text
    older.write_text(text.replace("report monthly -p", "report monthly --freeze -p"), encoding="utf-8")
    said = desk.say("verify", str(older))  # as files of before were written
    assert (said.code, "--freeze" in said.out) == (1, True), said
    assert (desk.git("rev-parse", "HEAD"), desk.git("status", "--short")) == (head, "")


def test_a_trace_somebody_wrote_runs_nothing(desk: Desk, tmp_path: Path) -> None:
    page = written(desk, tmp_path / "台账.md", "ledger", "问题台账")
    text = page.read_text(encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir()}, desk.git("rev-parse", "HEAD")
    for words in FORGED:
        page.write_text(text.replace("ledger 问题台账 -f md", words), encoding="utf-8")
        said = desk.say("verify", str(page))
        assert (said.code, "不是 lianxin 会写的" in said.err, said.out) == (3, True, ""), words
    assert ({path.name for path in tmp_path.iterdir()}, desk.git("rev-parse", "HEAD")) == before


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_a_damaged_file_is_said_to_be_so(desk: Desk, tmp_path: Path, suffix: str) -> None:
    desk.take_down()
    page = written(desk, tmp_path / f"台账{suffix}", "ledger", "问题台账")
    broken = BytesIO()
    with zipfile.ZipFile(page) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: None if "docProps" in name else 99])
    page.write_bytes(broken.getvalue())
    said = desk.say("verify", str(page))
    assert (said.code, "损坏了，读不出来" in said.out) == (1, True), said.err
    page.write_bytes(b"PK" + bytes(99))
    said = desk.say("verify", str(page))
    assert (said.code, "没有复核信息" in said.err) == (3, True)


def test_words_behind_two_dashes_are_no_options(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.take_down()
    for name, words in (("手册.html", ("handbook",)), ("痕迹.md", ("log",))):
        page = tmp_path / name
        desk.do("--internal", *words, "-o", str(page), "--", id_)
        said = desk.say("verify", str(page))
        assert (said.code, said.out.startswith(f"一致：{name}")) == (0, True), said
