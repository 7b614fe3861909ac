"""The page on every command: in Chinese, nothing cut off, nothing to be copied broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from lianxin.cli.app import command
from lianxin.formats.width import text_width

#: What Typer's own pages say.
ENGLISH = re.compile(
    r"Usage|OPTIONS|ARGS|Arguments|Options|Commands|default|required|env var|Show this|<\w+>|…\w|\bstr\b"
)


def pages(path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command there is, and every group, by the words that lead to it."""
    yield path
    tree = command()
    context = tree.make_context("lianxin", [], resilient_parsing=True)
    for word in path:
        tree = tree.get_command(context, word)
    if hasattr(tree, "list_commands"):
        for name in tree.list_commands(context):
            yield from pages((*path, name))


def page(words: tuple[str, ...], width: int, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> str:
    patch.setenv("COLUMNS", str(width))
    command().main(args=[*words, "--help"], prog_name="lianxin", standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [80, 50])
def test_every_page_is_chinese_and_fits(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = 0
    for words in pages():
        told = page(words, width, capsys, monkeypatch)
        assert told.replace("\n", "").startswith(f"用法：{' '.join(('lianxin', *words))}"), words
        assert not ENGLISH.search(told), (words, ENGLISH.search(told))
        assert not [line for line in told.splitlines() if text_width(line) > width], words
        assert re.search(r"  --帮助 --help +显示这份说明。", told), words
        seen += 1
    assert seen > 150  # as many as there are kinds and steps


def test_a_command_on_a_page_is_whole(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "lianxin edit 编号 --字段 新值" in page((), 80, capsys, monkeypatch)


def test_what_an_option_takes_and_where_else_it_is_set_stands_beside_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.search(r"--目录 --data +数据目录 \[环境变量：LIANXIN_DATA\]", page((), 80, capsys, monkeypatch))
    told = page(("issue", "assign"), 80, capsys, monkeypatch)
    assert re.search(r"\[编号 …\] +问题编号，可只写末几位；在终端上不写就列出来挑", told)
    assert re.search(r"--责任部门 --dept +责任部门\*", told)
    assert re.search(r"--文件 -o --output +写到文件", page(("ledger",), 80, capsys, monkeypatch))


def test_headings_are_bold_only_where_somebody_sees_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in page((), 80, capsys, monkeypatch)
