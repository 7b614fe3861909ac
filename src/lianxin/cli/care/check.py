"""``check`` and ``explain``: every fault at once, and what each means. ``check`` never writes."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from lianxin.cli.run.command import App
from lianxin.cli.run.exit import Exit
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import UsageError
from lianxin.core.problem import Level, Problem, spelt

if TYPE_CHECKING:
    from lianxin.actions.check import Checked

app = App()


class Style(StrEnum):
    """How problems are told."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@app.command()
def check(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="路径", help="只看这些文件或目录")] = None,
    format_: Annotated[
        Style | None, typer.Option("--format", "-f", help="text、json 或 github", metavar="格式", show_default=False)
    ] = None,
    hints: Annotated[bool, typer.Option("--hints", "--连提示", help="连提示一起列出")] = False,
) -> None:
    """检查全部数据：所有毛病一次列出。只看不写。"""
    session = session_of(context)
    with session.book("lianxin.actions.check", lenient=True) as book:
        from lianxin.actions.check import check as run
        from lianxin.actions.check import public
        from lianxin.reports.desk.faults import where

        found = run(book, session.workspace(), paths or [], hints=hints)
        if not session.clear:
            found = replace(found, problems=public(book, found.problems))
        style = Style.JSON if session.json else format_
        seen = style is None and sys.stdout.isatty()
        places = [where(book, problem) for problem in found.problems] if seen else []
        by_hand = {*book.dirty}
    if seen:
        _screen(found, places, by_hand)
    else:
        {Style.TEXT: _text, Style.JSON: _json, Style.GITHUB: _github}[style or Style.TEXT](session, found)
    if any(problem.level is not Level.HINT for problem in found.problems):
        raise typer.Exit(Exit.PROBLEMS)


def _safe(text: str) -> str:
    """No control or direction-changing character reaches the screen."""
    return "".join("·" if unicodedata.category(char) in ("Cc", "Cf") else char for char in text)


def _screen(found: Checked, places: Sequence[str], by_hand: Collection[str]) -> None:
    """As a person reads it: which record and field; the line of the file only where somebody writes that by hand."""
    for problem, place in zip(found.problems, places, strict=True):
        speak(f"{_safe(place)}\n    {_safe(problem.message)}（{problem.code}）\n")
        opened = place == problem.place
        if problem.path in by_hand and not opened:
            speak(f"    在文件 {problem.place}\n")
        if problem.excerpt and (opened or problem.path in by_hand):
            speak(_excerpt(problem))
        if problem.remedy:
            speak(f"    改法：{problem.remedy}\n")
    _sums(found)


def _text(_session: Session, found: Checked) -> None:
    for problem in found.problems:
        speak(f"{problem.place} {problem.code} {_safe(problem.message)}\n")
        if problem.excerpt:
            speak(_excerpt(problem))
        if problem.remedy:
            speak(f"    改法：{problem.remedy}\n")
    _sums(found)


def _sums(found: Checked) -> None:
    """How many records there are, and what is to be done."""
    counts = " · ".join(f"{label} {count}" for label, count in found.counts if count)
    speak(f"共 {sum(count for _, count in found.counts)} 条记录：{counts or '没有'}\n")
    serious = sum(problem.level is not Level.HINT for problem in found.problems)
    if found.unreadable:
        speak(f"其中 {found.unreadable} 份文件读不出，没有算在里面\n")
    if found.missing:
        speak(f"另有 {found.missing} 份记录记过、文件却不见了，没有算在里面\n")
    if serious:
        speak(f"有 {serious} 处要改；想知道某一种是怎么回事，运行 lianxin explain 代码\n")
    else:
        speak("没有问题\n")
    if found.edited:
        speak(f"有 {found.edited} 个文件的手工改动还没有入账，没有问题就运行 lianxin commit\n")
    if found.hidden:
        speak(f"另有 {found.hidden} 条提示，运行 lianxin check --hints 看\n")


def _excerpt(problem: Problem) -> str:
    """The line, and a mark under the place; a window of it when it is long."""
    from wcwidth import wcswidth

    start = max(0, problem.col - 1 - 30)
    shown = _safe(problem.excerpt[start : start + 60])
    before = shown[: problem.col - 1 - start]
    number = str(problem.line)
    lead = f"    {number} │ "
    return f"{lead}{shown}\n{' ' * (len(lead) - 2)}│ {' ' * max(wcswidth(before), 0)}^\n"


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "col": problem.col,
        "code": problem.code,
        "level": problem.level.name.lower(),
        "message": problem.message,
        "remedy": problem.remedy,
    }


def _json(session: Session, found: Checked) -> None:
    made = {
        "schema": "lianxin/check/1",
        "commit": found.commit,
        "as_of": session.now.date().isoformat(),
        "data": {
            "records": dict(found.names),
            "unreadable": found.unreadable,
            "missing": found.missing,
            "uncommitted": found.edited,
            "problems": [_as_json(problem) for problem in found.problems],
        },
    }
    sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def _github(_session: Session, found: Checked) -> None:
    words = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "notice"}
    for problem in found.problems:
        message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        place = f"file={spelt(problem.path)},line={problem.line},col={problem.col},title={problem.code}"
        speak(f"::{words[problem.level]} {place}::{message}\n")


@app.command()
def explain(
    codes: Annotated[list[str] | None, typer.Argument(metavar="代码", help="如 F003；不写就列出全部")] = None,
) -> None:
    """说明一种毛病是怎么回事、怎么改。"""
    from lianxin.core.code import CODES

    if not codes:
        for code in CODES.values():
            speak(f"{code.id} {code.title}\n")
        return
    for word in codes:
        found = CODES.get(word.upper())
        if found is None:
            raise UsageError(f"没有 {word} 这个代码；运行 lianxin explain 看都有哪些")
        speak(f"{found.id} {found.title}（{found.level}）\n  缘由：{found.cause}\n  改法：{found.remedy}\n")
