"""A fault that is put into a line of a good record is told of at that line, give or take one."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest
from tests.storage.samples import PATH, TEXT, WIDE_COLON

from lianxin.storage.read.loading import load

HOUSE = """\
编号: HU-A0001
户主: 龚有福
所属村: CUN-A0001
所属组: 一组
电话: "13900001234"
家庭成员:
  - 姓名: 龚小满
    标签:
      - 学生
      - 团员
  - 姓名: 龚小河
    标签:
      - 老党员
      - 残疾
住址: 村口第三户
备注: |-
  门前有井，
  屋后有路。
"""
VILLAGE = """\
编号: CUN-A0001
名称: 东湾村
类型: 村
乡镇: 青溪镇
村组:
  - 一组
  - 二组
  - 三组
  - 四组
户数: 312
人口: 1204
"""
RECORDS = {PATH: f"{TEXT}      - DW-A0005\n", "households/HU-A0001.yaml": HOUSE, "villages/CUN-A0001.yaml": VILLAGE}

#: How many faults are put in, and in how many of a hundred the line may be missed.
MANY, MISSED = 4000, 1

KEY = re.compile(r"( *(?:- )?)([\u4e00-\u9fff]+): (?!\|)(\S.*)")
Lines = list[str]
Fault = Callable[[random.Random, str], "str | None"]


def _keyed(change: Callable[[str, str, str], str]) -> Fault:
    def fault(_: random.Random, line: str) -> str | None:
        found = KEY.fullmatch(line)
        return change(*found.groups()) if found else None

    return fault


def _quoted(_: random.Random, line: str) -> str | None:
    return line.rstrip('"') if line.endswith('"') else None


def _glued(chance: random.Random, line: str) -> str | None:
    found = KEY.fullmatch(line)
    if not found or len(found[3]) < 4 or found[3].startswith('"'):
        return None
    at = found.start(3) + chance.randrange(1, len(found[3]))
    return line[:at] + chance.choice([" #", "\t#", "\t# "]) + line[at:]


def _item(pattern: str, new: str) -> Fault:
    def fault(_: random.Random, line: str) -> str | None:
        return re.sub(pattern, new, line, count=1) if re.match(r" *- ", line) else None

    return fault


def _indented(by: int) -> Fault:
    def fault(_: random.Random, line: str) -> str | None:
        bare = line.lstrip(" ")
        indent = len(line) - len(bare) + by
        return " " * indent + bare if indent >= 0 and (KEY.fullmatch(line) or bare.startswith("- ")) else None

    return fault


FAULTS: dict[str, Fault] = {
    "the key again": _keyed(lambda before, key, value: f"{before}{key}: {value}\n{' ' * len(before)}{key}: 又一个"),
    "a full-width colon": _keyed(lambda before, key, value: f"{before}{key}{WIDE_COLON}{value}"),
    "no blank after the colon": _keyed(lambda before, key, value: f"{before}{key}:{value}"),
    "a full-width blank after the colon": _keyed(lambda before, key, value: f"{before}{key}:\u3000{value}"),
    "no colon": _keyed(lambda before, key, value: f"{before}{key} {value}"),
    "a colon in the value": _keyed(lambda before, key, value: f"{before}{key}: 另: {value}"),
    "an unknown key": _keyed(lambda before, key, value: f"{before}{key}甲: {value}"),
    "words after a quote": _keyed(lambda before, key, value: f'{before}{key}: "甲" {value}'),
    "a comment at a quote": _keyed(lambda before, key, value: f'{before}{key}: "甲"#{value}'),
    "words after a bar": _keyed(lambda before, key, value: f"{before}{key}: | {value}"),
    "a comment after a bar": _keyed(lambda before, key, value: f"{before}{key}: | # {value}\n{' ' * len(before)}  甲"),
    "an anchor": _keyed(lambda before, key, value: f"{before}{key}: &a {value}"),
    "a tag": _keyed(lambda before, key, value: f"{before}{key}: !a {value}"),
    "an open bracket": _keyed(lambda before, key, value: f"{before}{key}: [{value}"),
    "an open quote": _keyed(lambda before, key, value: f"{before}{key}: '{value}"),
    "a lost quote": _quoted,
    "a question mark": _keyed(lambda before, key, value: f"{before}? {key}\n{' ' * len(before)}: {value}"),
    "a glued comment": _glued,
    "a control character": lambda chance, line: line + chance.choice("\x00\x07\x1b\x7f\x85\u2028"),
    "a tab ahead": lambda _, line: "\t" + line.lstrip(" ") if KEY.fullmatch(line) else None,
    "a full-width blank ahead": lambda _, line: "\u3000" + line.lstrip(" ") if KEY.fullmatch(line) else None,
    "an item without its blank": _item("- ", "-"),
    "an item without its dash": _item("- ", "  "),
    "an item too far in": _item("- ", "    - "),
    "a line too far in": _indented(1),
    "a line not far enough in": _indented(-1),
    "a conflict": lambda _, line: f"<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> 他",
    "a conflict further in": lambda _, line: f"    <<<<<<< HEAD\n{line}",
    "another record": lambda _, line: f"---\n{line}",
    "an end of the record": lambda _, line: f"...\n{line}",
    "a directive": lambda _, line: f"%YAML 1.1\n{line}",
}


def _moved(name: str, new: str) -> int:
    """How many lines below the first one of the new text the fault stands."""
    return new.count("\n") if name == "the key again" else 0


def test_faults_are_told_of_where_they_are() -> None:
    chance = random.Random(20261130)
    tried: Counter[str] = Counter()
    missed: list[str] = []
    silent: list[str] = []
    while tried.total() < MANY:
        name = min(FAULTS, key=lambda name: (tried[name] > MANY // len(FAULTS), chance.random()))
        path, text = chance.choice([*RECORDS.items()])
        lines = text.rstrip("\n").split("\n")
        n = chance.randrange(1, len(lines))
        new = FAULTS[name](chance, lines[n])
        if new is None or new == lines[n]:
            continue
        tried[name] += 1
        found = load(path, "\n".join([*lines[:n], new, *lines[n + 1 :], ""]).encode()).problems
        problems = [problem for problem in found if problem.code != "F002"]  # what is lacking has no line of its own
        wanted = n + 1 + _moved(name, new)
        told = f"{name} in line {wanted} of {path}: {[(p.line, p.code) for p in found[:3]]}"
        if not found:
            silent.append(told)
        elif not problems or abs(problems[0].line - wanted) > 1:
            missed.append(told)
    assert min(tried[name] for name in FAULTS) >= 10
    assert not silent
    assert len(missed) * 100 <= MISSED * tried.total(), missed


@pytest.mark.parametrize("path", RECORDS)
def test_the_records_the_faults_are_put_into_have_none(path: str) -> None:
    assert load(path, RECORDS[path].encode()).problems == ()
