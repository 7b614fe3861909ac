"""Values of the command line reach a command as declared, whether Typer had to look at them or not."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from tests.cli.desk import Desk
from typer.testing import CliRunner

from lianxin.cli.run.inside import spare_pydantic

spare_pydantic()


class Size(StrEnum):
    SMALL = "小"
    LARGE = "大"


@pytest.fixture
def told() -> dict[str, Any]:
    return {}


@pytest.fixture
def app(told: dict[str, Any]) -> typer.Typer:
    made = typer.Typer()

    @made.command()
    def take(
        word: str,
        more: Annotated[list[str] | None, typer.Argument()] = None,
        size: Size = Size.SMALL,
        many: Annotated[list[str] | None, typer.Option()] = None,
        count: Annotated[int | None, typer.Option(min=1)] = None,
        file: Path | None = None,
        plain: bool = False,
        loud: Annotated[str, typer.Option(parser=str.upper)] = "a",
    ) -> None:
        told.update(word=word, more=more, size=size, many=many, count=count, file=file, plain=plain, loud=loud)

    return made


def test_what_was_not_given_is_as_declared(app: typer.Typer, told: dict[str, Any]) -> None:
    assert CliRunner().invoke(app, ["字"]).exit_code == 0
    given = {
        "word": "字",
        "more": None,
        "size": Size.SMALL,
        "many": None,
        "count": None,
        "file": None,
        "plain": False,
        "loud": "A",
    }
    assert told == given


def test_what_was_given_is_of_its_type(app: typer.Typer, told: dict[str, Any]) -> None:
    words = [
        "字",
        "甲",
        "乙",
        "--size",
        "大",
        "--many",
        "丙",
        "--many",
        "丁",
        "--count",
        "3",
        "--file",
        "a.md",
        "--plain",
        "--loud",
        "b",
    ]
    assert CliRunner().invoke(app, words).exit_code == 0
    given = {"size": Size.LARGE, "many": ["丙", "丁"], "count": 3, "file": Path("a.md"), "plain": True, "loud": "B"}
    assert told == {"word": "字", "more": ["甲", "乙"], **given}
    assert (type(told["size"]), type(told["count"])) == (Size, int)


@pytest.mark.parametrize("words", [["字", "--size", "中"], ["字", "--count", "0"], ["字", "--count", "三"], []])
def test_what_cannot_be_is_refused(app: typer.Typer, told: dict[str, Any], words: list[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 2
    assert not told


@pytest.mark.parametrize("words", ["check", "today", "issue list 状态=已受理", "issue show WT-2026-A0001"])
def test_an_everyday_command_starts_without_pydantic(desk: Desk, words: str) -> None:
    desk.take_down()
    program = (
        "import sys; from lianxin.cli.boundary import run; code = run(sys.argv[1:]);"
        " sys.exit(code or 9 * ('pydantic' in sys.modules))"
    )
    command = [sys.executable, "-c", program, "--today", "2026-03-06", *words.split()]
    done = subprocess.run(command, cwd=desk.root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_a_word_that_is_none_of_the_choices_is_answered_with_them(desk: Desk) -> None:
    said = desk.say("check", "-f", "xml")
    assert said.code == 2
    assert "的值不对，可写 text、json、github" in said.err
