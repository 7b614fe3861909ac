"""The documents tell the truth: marked examples are run, links lead somewhere, no command and no code is left out.

An HTML comment before a fenced block says what it is: ``<!-- run SESSION -->`` for commands after ``$ `` with what they
print (``…`` stands for anything), ``<!-- file SESSION PATH -->`` for a file to lay there first. The blocks of a session
share one folder and run in their order, on one day; ``demo`` and ``jq`` start in a fresh copy of the sample township
with a photograph beside it, any other in an empty folder. ``refused``, ``problems`` and ``usage`` after the name: the
last command ends so. ``piped``: as another program sees it, masked. What the books of the manual show takes long.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.pictures import photograph
from tests.programs import need

from lianxin.cli.app import COMMANDS
from lianxin.cli.run.exit import Exit
from lianxin.core.called import CHINESE, OF_A_KIND
from lianxin.core.code import CODES
from lianxin.kinds import BRIEF, KIND, KINDS

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs" / "手册"
BOOKS = (ROOT / "README.zh-CN.md", *sorted(MANUAL.glob("*.md")))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

#: The day the examples of a session take for today.
DAYS = {"demo": "2026-11-22", "jq": "2026-11-30"}
DAY = "2026-11-20"

_BLOCK = re.compile(
    r"^<!-- (?P<verb>run|file) (?P<words>[^>]+?) -->\n```\w*\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_ENDS = {"problems": Exit.PROBLEMS, "usage": Exit.USAGE, "refused": Exit.REFUSED}
_GIT = "[user]\n\tname = 何小满\n\temail = hexm@example.org\n[init]\n\tdefaultBranch = main\n"


@dataclass
class Session:
    """A folder in which the blocks of one name run."""

    home: Path
    day: str
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.home / "work"
        self.folder.mkdir(parents=True)
        (self.home / "gitconfig").write_text(_GIT, encoding="utf-8")
        for name, more in (("clear", " --internal"), ("piped", "")):
            shim = self.home / name / "lianxin"
            shim.parent.mkdir()
            shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lianxin{more} "$@"\n')
            shim.chmod(0o755)

    def run(self, command: str, *, piped: bool = False) -> tuple[str, int]:
        """What a command prints, both streams together, and how it ends."""
        if command.startswith("cd "):
            self.folder = (self.folder / command[3:].strip()).resolve(strict=True)
            return "", 0
        shims = self.home / ("piped" if piped else "clear")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "LIANXIN_"))}
        environment = kept | {
            "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "LIANXIN_CLOCK": str(self.day),
            "GIT_AUTHOR_DATE": f"{self.day}T00:00:00",  # what git itself commits lies on that day too
            "GIT_COMMITTER_DATE": f"{self.day}T00:00:00",
            "NO_COLOR": "1",
        }
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout.decode(), done.returncode


def _examples(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block with the lines shown after it."""
    command, shown = "", list[str]()
    for line in body.splitlines():
        if command.endswith("\\"):
            command = f"{command[:-1].rstrip()} {line.strip()}"
        elif line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    yield command, shown


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _missing(shown: list[str], output: str) -> str:
    """The first line shown that the output does not have in its place; empty when all are there."""
    lines = [_plain(line) for line in output.splitlines()]
    place = 0
    for wanted in map(_plain, shown):
        if wanted in ("", "…"):
            continue
        pattern = re.compile(".*".join(map(re.escape, map(str.strip, wanted.split("…")))))
        found = next((n for n in range(place, len(lines)) if pattern.fullmatch(lines[n])), None)
        if found is None:
            return wanted
        place = found + 1
    return ""


def _names(page: Path) -> list[str]:
    return list(dict.fromkeys(found["words"].split()[0] for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("page", "name"),
    [
        pytest.param(page, name, id=f"{page.name}-{name}", marks=() if page.parent == ROOT else pytest.mark.slow)
        for page in PAGES
        for name in _names(page)
    ],
)
def test_examples_print_what_is_shown(page: Path, name: str, tmp_path: Path) -> None:
    session = Session(tmp_path, DAYS.get(name, DAY))
    if name == "jq":
        need("jq")
    if name in DAYS:
        photograph(session.folder / "池子.jpg")
        _output, code = session.run("lianxin demo 练手")
        assert code == Exit.FINE
        session.run("cd 练手")
    for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        first, *words = block["words"].split()
        if first != name:
            continue
        if block["verb"] == "file":
            (session.folder / words[0]).parent.mkdir(exist_ok=True)
            (session.folder / words[0]).write_text(block["body"], encoding="utf-8")
            continue
        examples = list(_examples(block["body"]))
        for n, (command, shown) in enumerate(examples, 1):
            output, code = session.run(command, piped="piped" in words)
            wanted = next((_ENDS[word] for word in words if word in _ENDS), Exit.FINE) if n == len(examples) else 0
            assert code == wanted, f"{command}\n{output}"
            missing = _missing(shown, output)
            assert not missing, f"{command}\n{output}\nhas no line: {missing}"


def _chinese(name: str) -> str:
    return CHINESE[name] if name in COMMANDS else BRIEF[name].command


def test_the_manual_names_every_command() -> None:
    manual = "".join(page.read_text(encoding="utf-8") for page in BOOKS)
    names = [*COMMANDS, *BRIEF]
    assert [name for name in names if f"lianxin {_chinese(name)}" not in manual] == []


def _steps(name: str) -> list[str]:
    life = KIND[name].lifecycle
    return [step.label for step in life.steps] if life else []


@pytest.mark.parametrize("page", BOOKS, ids=lambda page: page.name)
def test_what_the_manual_calls_a_command_is_one_in_chinese(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"^(?:\$ )?lianxin .+$|`lianxin [^`]+`", text, re.MULTILINE)
    said = [re.sub(r"--(?:目录|今天|当时|谁办) \S+|--\S+", "", line.strip("`").removeprefix("$ ")) for line in shown]
    known = {_chinese(name): {*OF_A_KIND.values(), *_steps(name)} for name in BRIEF} | dict.fromkeys(CHINESE.values())
    wrong = []
    for line, (_, *words) in zip(shown, map(str.split, said), strict=True):
        first, second = (*words, "", "")[:2]
        if first and (first not in known or (second and second not in (known[first] or {second}))):
            wrong.append(line)
    assert wrong == []


@pytest.mark.parametrize("page", BOOKS, ids=lambda page: page.name)
def test_every_command_the_manual_shows_is_run(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    assert re.findall(r"^(?:\$ )?lianxin .*$", text, re.MULTILINE) == []


def test_the_manual_tells_of_every_step() -> None:
    manual = (MANUAL / "办理步骤.md").read_text(encoding="utf-8")
    lives = [kind.lifecycle for kind in KINDS if kind.lifecycle]
    assert [
        step.label for life in lives for step in life.steps if f"| {step.label} | {step.help} |" not in manual
    ] == []


def test_the_reference_explains_every_code() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert [code for code in CODES if code not in reference] == []


def _slug(heading: str) -> str:
    """The anchor a heading has where the pages are shown."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = link.partition("#")
        if ":" in path:
            continue
        target = (page.parent / path) if path else page
        if not target.exists():
            broken.append(link)
        elif anchor and target.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            if anchor not in {_slug(heading) for heading in headings}:
                broken.append(link)
    assert broken == []
