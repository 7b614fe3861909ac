"""``verify``: made again from its commit, a file is the same to the byte anywhere, any day; or it is said why not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from tests.cli.desk import TRIAGE, Desk, lianxin

ELSEWHERE = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "gbk"}


def written(desk: Desk, out: Path, *words: str) -> Path:
    desk.do("--today", "2026-03-06 16:20", *words, "-o", str(out))
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
