"""Several matters in one text."""

from __future__ import annotations

import pytest

from lianxin.core.text.matter import matters, spoken


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("渠堵了，想请人清", ("渠堵了，想请人清",)),
        ("渠堵了\n\n 路灯不亮 \n", ("渠堵了", "路灯不亮")),
        ("渠堵了；路灯不亮", ("渠堵了", "路灯不亮")),
        ("1.渠堵了；2.路灯不亮。", ("渠堵了", "路灯不亮。")),
        ("1、渠堵了 2、路灯不亮", ("渠堵了", "路灯不亮")),
        ("（1）渠堵了（2）路灯不亮", ("渠堵了（2）路灯不亮",)),  # nothing parts them
        ("反映两件事：①渠堵了，②路灯不亮", ("渠堵了", "路灯不亮")),
        ("一是渠堵了，二是路灯不亮", ("渠堵了", "路灯不亮")),
        ("1. 渠堵了\n2. 路灯不亮", ("渠堵了", "路灯不亮")),
        ("要补2.5亩的苗，3.2亩的肥", ("要补2.5亩的苗，3.2亩的肥",)),
        ("修渠要1万，2、3户都等着", ("修渠要1万，2、3户都等着",)),
        ("她只有一是一、二是二的话", ("她只有一是一、二是二的话",)),
        ("", ()),
        ("无", ()),
        ("暂无诉求和建议。", ()),
        ("没有其他诉求", ()),
        ("没有水喝", ("没有水喝",)),
        ("渠堵了；其他没有", ("渠堵了",)),
    ],
)
def test_each_is_told_in_its_own_words(text: str, told: tuple[str, ...]) -> None:
    assert matters(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("渠堵了\n水过不来", ("渠堵了\n水过不来",)),
        ("渠堵了。还有路灯不亮", ("渠堵了。", "路灯不亮")),
        ("渠堵了\n另外，路灯不亮", ("渠堵了", "路灯不亮")),
        ("渠堵了；路灯不亮", ("渠堵了", "路灯不亮")),
        ("反映两件事：\n1.渠堵了\n2.路灯不亮\n麻烦了", ("渠堵了", "路灯不亮\n麻烦了")),
        ("家里还有老人，渠堵了", ("家里还有老人，渠堵了",)),
        ("", ()),
    ],
)
def test_lines_of_a_message_go_on_with_one_another(text: str, told: tuple[str, ...]) -> None:
    assert spoken(text) == told
