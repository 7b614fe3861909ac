"""Every command, step and option by its Chinese name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import Desk

import lianxin
from lianxin.cli.app import command
from lianxin.cli.run.line import GLOBAL
from lianxin.cli.run.tongue import in_chinese, in_english

ROOT = Path(lianxin.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def tree(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, node
    if hasattr(node, "list_commands"):
        for name in node.list_commands(None):
            yield from tree(node.get_command(None, name), (*path, name))


def test_every_command_and_option_has_a_chinese_name_of_its_own() -> None:
    for path, node in tree(command()):
        if hasattr(node, "list_commands"):
            names = [node.chinese(name) for name in node.list_commands(None)]
            assert all(map(CHINESE.match, names)), path
            assert len({*names}) == len(names), path
        options = [one for one in node.params if one.param_type_name == "option" and not one.hidden]
        written = [name for one in options for name in one.opts]
        assert len({*written}) == len(written), path
        assert not [one.opts for one in options if not any(map(CHINESE.search, one.opts))], path


def test_what_stands_anywhere_on_a_line_is_called_like_no_field() -> None:
    (_, root), *others = tree(command())
    everywhere = {name for one in root.params for name in one.opts}
    for path, node in others:
        assert not everywhere & {name for one in node.params for name in one.opts}, path
    assert {name: not one.is_flag for one in root.params if not one.is_eager for name in one.opts} == GLOBAL


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("问题 受理 7 --受理层级 村", "issue accept 7 --level 村"),
        ("台账 问题台账 --文件 表.xlsx", "ledger 问题台账 -o 表.xlsx"),
        ("--今天 2026-03-02 走访 列表 --条件=村=石桥村", "--today 2026-03-02 visit list --where=村=石桥村"),
        ("issue 交办 7 --dept 水利站 --试运行", "issue assign 7 --dept 水利站 --dry-run"),
        ("问题 进展 7 --进展情况 交办", "issue progress 7 --text 交办"),
        ("走访 新增 -- --日期", "visit add -- --日期"),
        ("今日 --全部", "today --all"),
        ("issue list 状态=办理中", "issue list 状态=办理中"),
    ],
)
def test_a_line_in_chinese_is_the_line_scripts_write(typed: str, meant: str) -> None:
    assert in_english(command(), typed.split()) in ([*meant.split()], [*meant.replace("-o", "--output").split()])


def test_a_day_in_chinese(desk: Desk) -> None:
    told = (
        "--来源渠道",
        "信件",
        "--事由",
        "水渠垮了一段",
        "--原话",
        "渠垮了",
        "--所属村",
        "松坪村",
        "--反映人",
        "周向阳",
        "--反映时间",
        "今天",
    )
    made = desk.do("问题", "新增", *told)
    id_ = re.search(r"WT-\S+", made.out)
    assert id_
    accepted = desk.do(
        *("问题", "受理", id_[0], "--问题性质", "共性", "--公共个人", "公共", "--合理性", "合理"),
        *("--类别", "道路交通", "--紧急程度", "一般", "--受理层级", "镇"),
    )
    assert "待研判 → 已受理" in accepted.out
    desk.do("台账", "问题台账", "--文件", "表.md")
    assert "ledger 问题台账 -f md" in (desk.root / "表.md").read_text(encoding="utf-8")
    assert "一致" in desk.do("复核", "表.md").out
    assert "撤销" in desk.do("撤销", "--不问").out


def test_near_misses_are_offered_in_the_tongue_that_was_typed(desk: Desk) -> None:
    assert "是不是 lianxin 问题 受理" in desk.say("问题", "受里", "7").err
    assert "是不是 lianxin issue accept" in desk.say("issue", "acept", "7").err
    assert "--条件 后面要跟一个值" in desk.say("走访", "列表", "--条件").err
    assert "没有 --受理级层 这个选项，是不是 --受理层级" in desk.say("问题", "受理", "7", "--受理级层", "村").err


def test_help_leads_to_a_command_by_either_name(desk: Desk) -> None:
    for word in ("交办", "assign"):
        assert "\n用法：lianxin 问题 交办" in desk.do("帮助", word).out
    assert "lianxin 帮助 走访 新增\n" in desk.do("帮助", "新增").out
    group = desk.do("帮助", "吹哨").out
    assert group.startswith("用法：lianxin 吹哨")
    assert group.endswith("\n另有同名的：lianxin 帮助 问题 吹哨\n")
    assert "\n用法：lianxin 问题 吹哨" in desk.do("帮助", "问题", "吹哨").out
    assert desk.do("help", "visit", "add").out.startswith("用法：lianxin visit add")
    assert desk.do("帮助").out.startswith("用法：lianxin [选项]")
    assert desk.say("帮助", "不存在").code == 2


def _told() -> Iterator[str]:
    """Every command that a text of ours tells of; what is filled in stands there as an id would."""
    for file in sorted(ROOT.rglob("*.py")):
        nodes = [*ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
        bodies = [one.body for one in nodes if isinstance(one, (ast.Module, ast.ClassDef, ast.FunctionDef))]
        left = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
        for one in nodes:
            parts = one.values if isinstance(one, ast.JoinedStr) else [one]
            told = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)
            if id(one) not in left and "lianxin " in told and isinstance(one, (ast.JoinedStr, ast.Constant)):
                yield from re.findall(r"lianxin (?:[a-z]+|7)(?: (?!lianxin )[^\s，。；：、！？（）「」]+)*", told)


def test_every_command_that_is_told_of_can_be_told_in_chinese() -> None:
    root = command()
    lines = {line for line in _told() if not line.startswith("lianxin 7")}
    assert len(lines) > 80
    for line in lines:
        chinese = in_chinese(root, line)
        words = re.findall(r"(?<![.\w-])[A-Za-z]{2,}", re.sub(r"lianxin|\S+\.\w+", "", chinese))
        assert not words, chinese
        assert in_english(root, chinese.split()[1:]) == in_english(root, line.split()[1:])


def test_whoever_types_chinese_is_told_of_chinese_commands(heard: Desk) -> None:
    assert "撤销：lianxin 撤销" in heard.do("问题", "进展", "1", "--进展情况", "看过了").out
    assert "撤销：lianxin undo" in heard.do("issue", "progress", "1", "--text", "看过了").out
    assert "lianxin 问题 受理 WT-2026-A0001" in heard.do("查看", "WT1").out
    assert "lianxin issue accept WT-2026-A0001" in heard.do("show", "WT1").out
    assert "请用 --更正理由 写上理由" in heard.say("问题", "修改", "1", "--事由", "渠堵了").err
    assert "加 --不问" in heard.say("批量", "问题", "进展", "1", "--进展情况", "看过了").err
    aligned = in_chinese(command(), "  lianxin issue list   全部问题\n  lianxin ledger       有哪些台账")
    assert aligned == "  lianxin 问题 列表    全部问题\n  lianxin 台账         有哪些台账"
