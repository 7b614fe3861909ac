"""``export``: from the committed state, all or nothing, what is unchanged untouched; told when it fails."""

from __future__ import annotations

import fcntl
import json
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import Desk

pytestmark = pytest.mark.slow  # it takes long

PLAN = """方案:
  - 名称: 每天
    目录: ../导出/每天
    输出:
      - {命令: ledger 问题台账, 文件: 问题台账.xlsx, 版: 内部}
      - {命令: village list, 文件: 村.csv}
      - {命令: ledger 问题台账, 文件: 公示/问题台账.html}
  - 名称: 每日一份
    目录: ../导出/每日一份
    保留: 3
    期间: 本周
    每: 周
    输出:
      - {命令: "ledger 问题台账 --period {期间}", 文件: "{年}/{月}/问题-{今天}.md"}
      - {命令: ledger 问题台账, 文件: "周-{期间}.json"}
"""


@pytest.fixture
def office(heard: Desk) -> Desk:
    plan(heard, PLAN)
    return heard


def plan(desk: Desk, text: str) -> None:
    (desk.root / "policy" / "exports.yaml").write_text(text, encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "导出方案")


def seen(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file, its inode and time, and what is in it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in files
    }


def manifest(folder: Path) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_bytes())["files"]
    return files


def test_it_is_silent_private_whole_and_verifiable(office: Desk) -> None:
    said = office.do("export", "每天", env={"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "gbk"})
    assert (said.out, said.err) == ("", "")
    folder = office.root.parent / "导出" / "每天"
    assert set(seen(folder)) == {"manifest.json", "问题台账.xlsx", "村.csv", "村.说明.txt", "公示/问题台账.html"}
    commit = office.git("rev-parse", "HEAD").strip()
    for entry in manifest(folder):
        path = folder / entry["file"]
        assert entry["sha256"] == sha256(path.read_bytes()).hexdigest()
        assert (entry["commit"], entry["bytes"]) == (commit, path.stat().st_size)
        assert office.do("verify", str(path)).code == 0
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert "李桂兰" not in (folder / "公示" / "问题台账.html").read_text(encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == ["每天"]


def test_a_profile_may_be_written_in_chinese_and_its_files_tell_the_same_command(office: Desk) -> None:
    chinese = PLAN.replace("ledger 问题台账 --period", "台账 问题台账 --期间").replace("village list", "村 列表")
    plan(office, f"{chinese}      - {{命令: 公示, 文件: 公示栏/}}\n      - {{命令: 台帐 问题台账, 文件: 二.md}}\n")
    said = office.say("check", "policy/exports.yaml")
    assert "「台帐」不是能导出的命令；是不是「台账」？，可用 台账、报表、手册、数字" in said.out
    plan(office, f"{chinese}      - {{命令: 公示, 文件: 公示栏/}}\n")
    for name, file, recipe in (
        ("每天", "村.说明.txt", "village list -f csv"),
        ("每日一份", "2026/03/问题-2026-03-06.md", "ledger 问题台账 --period 2026-W10 -f md"),
        ("每日一份", "公示栏/index.html", ""),
    ):
        office.do("export", name)
        path = office.root.parent / "导出" / name / file
        assert recipe in path.read_text(encoding="utf-8")
        assert office.do("verify", str(path)).out.startswith("一致")


def test_what_is_unchanged_is_not_touched_and_edits_are_not_seen(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每天"
    office.do("export", "每天")
    before = seen(folder)
    path = next((office.root / "issues").rglob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("一组的渠堵了", "还没写完"), encoding="utf-8")
    office.do("export", "每天", today="2026-03-07")
    assert seen(folder) == before
    office.git("checkout", "-q", "--", ".")
    office.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    office.do("export", "每天", today="2026-03-08")
    after = seen(folder)
    assert {name for name in before if before[name] != after[name]} == {*("manifest.json", "村.csv", "村.说明.txt")}
    commits = {entry["file"]: entry["commit"] for entry in manifest(folder)}
    assert commits["村.csv"] == office.git("rev-parse", "HEAD").strip()
    assert commits["问题台账.xlsx"] == office.git("rev-parse", "HEAD~1").strip()


def test_only_the_newest_are_kept(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每日一份"
    for day in ("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-30", "2026-04-01"):
        office.do("export", "每日一份", today=day)
    assert set(seen(folder)) == {
        "manifest.json",
        *(f"2026/{day[:2]}/问题-2026-{day}.md" for day in ("03-06", "03-30", "04-01")),
        *(f"周-2026-{week}.json" for week in ("W10", "W14")),
    }


def test_a_failure_leaves_everything_and_is_told(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每天"
    office.do("export", "每天")
    before = seen(folder)
    office.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    record = next((office.root / "visits").rglob("*.yaml"))
    whole = record.read_bytes()
    record.write_bytes(b"\xff\xfe")
    office.git("commit", "-q", "-a", "-m", "坏了")
    said = office.say("export", "每天")
    assert (said.code, "1 份记录读不出" in said.err) == (3, True)
    assert seen(folder) == before
    assert "没有成功" in office.do("today").out
    assert "导出「每天」" in office.say("doctor").out
    record.write_bytes(whole)
    office.git("commit", "-q", "-a", "-m", "好了")
    office.do("export", "每天")
    assert seen(folder) != before
    assert "没有成功" not in office.do("today").out
    assert "没有再运行" not in office.do("today", today="2026-03-07").out
    assert "没有再运行" in office.do("today", today="2026-03-12").out


def test_a_file_that_can_not_be_made_leaves_the_others_too(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每天"
    office.do("export", "每天")
    before = seen(folder)
    office.do("village", "add", "--name", "柳湾村", "--town", "云岭镇")
    plan(office, PLAN.replace("{命令: ledger 问题台账, 文件: 公示", "{命令: ledger 问题台账 -w 没有这栏=1, 文件: 公示"))
    said = office.say("export", "每天")
    assert (said.code, "没有这栏" in said.err) == (2, True)
    assert seen(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["每天"]


def test_one_at_a_time(office: Desk) -> None:
    office.do("export", "每天")
    lock = office.root / ".git" / "lianxin" / "export.lock"
    with lock.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        said = office.say("export", "每天")
    assert (said.code, "另一个导出正在进行" in said.err) == (3, True)


def test_a_folder_of_somebody_else_is_left_alone(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每天"
    folder.mkdir(parents=True)
    (folder / "照片.jpg").write_bytes(b"x")
    said = office.say("export", "每天")
    assert (said.code, "别的东西" in said.err) == (3, True)
    assert [path.name for path in folder.iterdir()] == ["照片.jpg"]


def test_what_was_left_behind_by_a_crash_is_cleared(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每天"
    office.do("export", "每天")
    before = seen(folder)
    folder.rename(folder.with_name(".lianxin-每天.old"))
    folder.with_name(".lianxin-每天.new").mkdir()
    office.do("export", "每天")
    assert seen(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["每天"]


def test_a_hidden_folder_of_her_own_beside_it_is_left_alone(office: Desk) -> None:
    folder = office.root.parent / "导出" / "每天"
    own = [folder.with_name(f".每天.{what}") / "留着.txt" for what in ("old", "new")]
    for file in own:
        file.parent.mkdir(parents=True)
        file.write_text("自己的")
    office.do("export", "每天")
    office.take_down()
    office.do("export", "每天")
    assert [file.read_text() for file in own] == ["自己的", "自己的"]
    assert {path.name for path in folder.parent.iterdir()} == {"每天", ".每天.old", ".每天.new"}


def test_a_folder_that_can_not_be_made(office: Desk) -> None:
    office.root.parent.joinpath("导出").write_text("一个文件", encoding="utf-8")
    said = office.say("export", "每天")
    assert (said.code, "写不成" in said.err) == (3, True)


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        ("export", 2, "请写明要哪一个"),
        ("export 每旬", 2, "没有「每旬」这个导出方案"),
        ("--rev HEAD export 每天", 2, "只看不写"),
        ("cron 每旬", 2, "没有「每旬」这个导出方案"),
    ],
)
def test_refusals(office: Desk, words: str, code: int, why: str) -> None:
    said = office.say(*words.split())
    assert (said.code, why in said.err) == (code, True), said.err


def test_a_faulty_plan_is_refused_with_its_line(office: Desk) -> None:
    plan(office, PLAN.replace("ledger 问题台账, 文件: 问题台账", "ledger 问题总账, 文件: 问题台账"))
    said = office.say("export", "每天")
    assert (said.code, "policy/exports.yaml:5:" in said.err) == (3, True)
    assert "P048" in office.say("check").out
    office.git("rm", "-q", "policy/exports.yaml")
    office.git("commit", "-q", "-m", "不要了")
    assert "还没有 policy/exports.yaml" in office.say("export").err


def test_the_plan_shipped_with_a_new_ledger_works(desk: Desk) -> None:
    desk.do("export", "每天")
    desk.do("export", "每周")
    assert (desk.root.parent / "导出" / "每周" / "周报-2026-W09.docx").is_file()


def test_cron_lines_are_complete_and_escaped(office: Desk) -> None:
    out = office.do("cron", "每天", "--mailto", "clerk@example.invalid").out
    assert "LANG=C.UTF-8\nMAILTO=clerk@example.invalid\n30 21 * * * umask 077; /" in out
    assert f"--data {office.root.resolve()} export '每天'" in out.replace(f"'{office.root}'", str(office.root))
    assert "30 21 * * 1 " in office.do("cron", "每日一份").out
    percent = office.root.parent / "百分之50%"
    office.root.rename(percent)
    moved = Desk.__new__(Desk)
    moved.root = percent
    assert r"百分之50\%" in moved.do("cron", "每天").out
    units = moved.do("cron", "每日一份", "--systemd").out
    assert "百分之50%%" in units
    assert "OnCalendar=Mon *-*-* 21:30:00" in units


def test_rows_are_made_anew_night_after_night_and_not_over_ones_worked_on(office: Desk) -> None:
    """Of files in which no digest can stand."""
    plan(
        office, "方案:\n  - 名称: 每天\n    目录: ../导出/每天\n    输出:\n      - {命令: issue list, 文件: 单.jsonl}\n"
    )
    rows = office.root.parent / "导出" / "每天" / "单.jsonl"
    for count in (1, 2, 3):
        office.do("export", "每天")
        assert len(rows.read_text(encoding="utf-8").splitlines()) == count
        office.take_down()
    rows.write_text("我改过的\n", encoding="utf-8")
    assert "有人改过" in office.say("export", "每天").err
    assert rows.read_text(encoding="utf-8") == "我改过的\n"
