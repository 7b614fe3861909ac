"""Whatever befalls the answer, a commit that was made is told of, and the exit code says so."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, Desk

from lianxin.cli.run.bug import keep
from lianxin.cli.run.exit import Exit

WRITING = (
    "issue progress 1 --text 看过了",
    "household edit HU-A0001 --group 二组",
    "village add --name 柳湾村 --town 云岭镇",
    "--json issue progress 1 --text 看过了",
    "report weekly --freeze",
)


@pytest.fixture
def desk(heard: Desk) -> Desk:
    return heard


def run(desk: Desk, words: str, redirected: str, *, clock: bool = True) -> subprocess.CompletedProcess[bytes]:
    command = f'"$@" {redirected}'
    done = subprocess.run(
        ["bash", "-c", command, "bash", sys.executable, "-m", "lianxin", "--today", TODAY, *words.split()],
        cwd=desk.root,
        env=os.environ | ENVIRONMENT | ({"LIANXIN_CLOCK": f"{TODAY} {MINUTE}"} if clock else {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    told = done.stderr.splitlines(keepends=True)
    done.stderr = b"".join(line for line in told if not line.startswith("测试时钟".encode()))
    return done


@pytest.mark.parametrize("redirected", [">/dev/full", ">&-", "> >(exec <&-; sleep 0)"])
@pytest.mark.parametrize("words", WRITING)
def test_what_was_committed_is_said_though_nothing_can_be_printed(desk: Desk, words: str, redirected: str) -> None:
    head = desk.git("rev-parse", "HEAD")
    done = run(desk, words, redirected)
    told, now = done.stderr.decode(), desk.git("rev-parse", "HEAD")
    assert now != head
    if "sleep" in redirected and done.returncode == Exit.FINE:
        return  # the reader left only after the answer was in the pipe
    assert done.returncode == Exit.WRITTEN, told
    assert f"已经写入（账本记号 {now[:10]}）" in told
    assert "没有动" not in told
    assert desk.git("status", "--short") == ""


def test_the_exit_code_says_so_even_to_nobody(desk: Desk) -> None:
    now = os.environ | ENVIRONMENT | {"GIT_COMMITTER_DATE": f"@{int(time.time())} +0800"}
    words = ["git", "commit", "-q", "--allow-empty", "-m", "the machine's clock is not told of"]
    subprocess.run(words, cwd=desk.root, env=now, check=True)
    done = run(desk, "-y issue progress 1 --text 看过了", ">/dev/full 2>/dev/full", clock=False)  # nor the tests'
    assert done.returncode == Exit.WRITTEN


@pytest.mark.parametrize("redirected", [">/dev/full", ">&-"])
@pytest.mark.parametrize(
    "words", ["ledger 问题台账", "issue list", "--dry-run village add --name 柳湾村 --town 云岭镇"]
)
def test_where_nothing_was_written_nothing_is_claimed(desk: Desk, words: str, redirected: str) -> None:
    done = run(desk, words, redirected)
    told = done.stderr.decode()
    assert (done.returncode, "印不出去" in told, told.count("\n")) == (Exit.REFUSED, True, 1), told
    assert "已经写入" not in told


def test_a_refusal_after_the_commit_does_not_hide_it(desk: Desk) -> None:
    head = desk.git("rev-parse", "HEAD")
    done = run(desk, "report weekly --freeze -o /dev/full -f md", "")
    told, now = done.stderr.decode(), desk.git("rev-parse", "HEAD")
    assert now != head
    assert (done.returncode, f"已经写入（账本记号 {now[:10]}）" in told) == (Exit.WRITTEN, True), told


def test_a_file_opened_after_a_closed_stream_is_not_written_into(desk: Desk) -> None:
    done = run(desk, "check", "<&- >&- 2>&-")
    assert done.returncode == Exit.REFUSED
    assert desk.do("check").code == Exit.FINE


def test_what_is_kept_of_a_bug_names_nobody() -> None:
    def looked(name: str) -> str:
        return {"a": "b"}[name]

    try:
        try:
            looked("李桂兰")
        except KeyError as error:
            raise PermissionError(13, "没有权限", "/home/何小满/李桂兰.yaml") from error
    except PermissionError as error:
        kept = Path(keep(error))
    text = kept.read_text(encoding="utf-8")
    kept.unlink()
    assert "builtins.KeyError" in text
    assert "builtins.PermissionError errno 13" in text
    assert f"{__name__}:" in text
    assert not [word for word in ("李桂兰", "何小满", "没有权限", "/") if word in text]
