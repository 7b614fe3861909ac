"""Tab in bash, zsh and fish: commands, ids with their titles, the words a field may take; nothing is built for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.desk import Desk


def offered(desk: Desk, *words: str) -> list[str]:
    """What bash is offered for the last of the words."""
    said = desk.say(
        today="",
        env={
            "_LIANXIN_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(("lianxin", *words)),
            "COMP_CWORD": str(len(words)),
        },
    )
    assert said.err == ""
    return said.out.split()


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef lianxin"), ("fish", "complete --c")]
)
def test_each_shell_gets_its_script(desk: Desk, shell: str, mark: str) -> None:
    script = desk.do(today="", env={"_LIANXIN_COMPLETE": f"source_{shell}"}).out
    assert mark in "\n".join(script.strip().splitlines()[:2])


def test_commands_records_and_words_are_offered(desk: Desk) -> None:
    id_ = desk.take_down()
    assert offered(desk, "iss") == ["issue"]
    assert "assign" in offered(desk, "issue", "a")
    assert offered(desk, "issue", "accept", "WT-") == [id_]  # newer than the index
    desk.do("issue", "list")
    assert offered(desk, "issue", "accept", "WT-") == [id_]
    assert offered(desk, "issue", "assign", id_, "--dept", "镇水") == ["镇水利站"]
    assert offered(desk, "visit", "add", "--way", "入") == ["入户"]
    assert "xlsx" in offered(desk, "today", "-f", "x")
    assert offered(desk, "household", "show", "李") == ["李桂兰"]
    assert [offered(desk, "household", "show", mark) for mark in ("%", "_", "!")] == [[], [], []]


def test_only_records_that_can_take_the_step_are_offered(desk: Desk) -> None:
    first, second = desk.take_down(), desk.take_down()
    desk.lay_open(first)
    desk.do("issue", "list")
    assert offered(desk, "issue", "accept", "") == [second]
    assert offered(desk, "问题", "交办", "一组") == ["一组的渠堵了"]
    assert offered(desk, "batch", "issue", "assign", "") == [first]
    assert offered(desk, "issue", "show", "") == [second, first]
    assert offered(desk, "next", "WT-2025") == []
    third = desk.take_down()
    assert offered(desk, "issue", "accept", "WT-") == [third, second]  # the index has not heard of it
    assert offered(desk, "问题", "受") == ["受理"]
    assert offered(desk, "visit", "add", "--village", "松") == ["松坪村"]
    assert offered(desk, "visit", "add", "--visitors", "何") == ["何小满"]


def test_global_options_are_offered_after_a_command_and_do_not_keep_others_from_it(desk: Desk) -> None:
    assert offered(desk, "ledger", "问题台账", "--dr") == ["--dry-run"]
    assert offered(desk, "台账", "问题台账", "--试") == ["--试运行"]
    assert offered(desk, "issue", "accept", "--内") == ["--内部"]
    assert offered(desk, "--dr") == ["--dry-run"]
    assert offered(desk, "issue", "list", "--version") == []
    id_ = desk.take_down()
    assert offered(desk, "issue", "accept", "--dry-run", "--today", "2026-03-06", "WT-") == [id_]


def test_titles_stand_beside_ids_where_the_shell_shows_them(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "list")
    said = desk.do(
        today="", env={"_LIANXIN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "lianxin issue accept WT-"}
    )
    assert f'"{id_}":"一组的渠堵了"' in said.out


def test_tab_speaks_to_whoever_sits_there_in_clear_text(desk: Desk) -> None:
    """The shell asks for the line that is being typed, at a terminal, where all is clear; a pipe is told no title."""
    id_ = desk.take_down()  # nobody has looked at it yet: somebody's own
    assert "一组的渠堵了" not in desk.do("issue", "list").out
    said = desk.do(
        today="", env={"_LIANXIN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"lianxin issue accept {id_}"}
    )
    assert "一组的渠堵了" in said.out
    assert offered(desk, "household", "show", "李") == ["李桂兰"]


def test_nothing_is_built_and_nothing_said_where_there_is_nothing_to_offer(desk: Desk, tmp_path: Path) -> None:
    id_ = desk.take_down()
    for left in (desk.root / ".git" / "lianxin").glob("index*"):
        left.unlink()
    assert offered(desk, "issue", "accept", "WT-") == [id_]  # by the name of its file
    assert list((desk.root / ".git" / "lianxin").glob("index*.db")) == []
    assert offered(desk, "nosuch", "x") == []
    assert offered(desk, "--data", str(tmp_path / "nowhere"), "issue", "accept", "WT-") == []


def installed(shell: str, own: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Completion asked for in a shell by somebody who logs in with another."""
    return subprocess.run(
        [shell, "-c", '"$@"; exit $?', shell, sys.executable, "-m", "lianxin", "--install-completion"],
        env=os.environ | {"HOME": str(home), "SHELL": own},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("shell", "own"), [("bash", "/bin/sh"), ("sh", "/bin/bash")], ids=["around it", "that she logs in with"]
)
def test_installing_it_speaks_chinese(shell: str, own: str, tmp_path: Path) -> None:
    said = installed(shell, own, tmp_path)
    assert said.returncode == 0, said.stderr
    assert "按 Tab 补全已装好" in said.stdout
    assert "重开一个终端就能用" in said.stdout
    assert "complete -o" in (tmp_path / ".bash_completions" / "lianxin.sh").read_text()
    assert "lianxin.sh" in (tmp_path / ".bashrc").read_text()


def test_in_another_shell_it_says_which_would_do(tmp_path: Path) -> None:
    said = installed("sh", "/bin/sh", tmp_path)
    assert said.returncode == 2
    assert "按 Tab 补全只在 bash、zsh、fish 里有，现在用的是「sh」；请在这三种终端之一里再运行一次" in said.stderr
    assert list(tmp_path.iterdir()) == []
