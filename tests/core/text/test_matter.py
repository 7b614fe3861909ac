"""Several matters in one text."""

from __future__ import annotations

import pytest

from lianxin.core.text.matter import matters, reported, spoken, undecided


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("今天走访尹大江家，反映两个事：\n1、渠堵了\n2、路灯不亮", ("渠堵了", "路灯不亮")),
        ("今天走访尹大江家，反映两个事：\n渠堵了\n路灯不亮", ("渠堵了", "路灯不亮")),
        ("走访了李桂兰。1.渠堵了；2.路灯不亮", ("渠堵了", "路灯不亮")),
        ("走访了李桂兰，她说一是渠堵了，二是路灯不亮", ("渠堵了", "路灯不亮")),
        ("走访了李桂兰，反映：渠堵了\n水过不来", ("渠堵了\n水过不来",)),
        ("今天走访了李桂兰家，她说渠还没通", ()),
        ("今天走访了3户，反映：暂无", ()),
    ],
)
def test_what_the_report_of_a_visit_tells_of(text: str, told: tuple[str, ...]) -> None:
    assert reported(text)[0] == told


@pytest.mark.parametrize(
    ("made", "declined", "left"),
    [
        ((), "", ("渠堵了", "路灯不亮")),
        (("上头的渠堵了好久",), "", ("路灯不亮",)),
        ((), "「渠堵了」当场清了", ("路灯不亮",)),
        (("路灯不亮",), "「渠堵了」当场清了", ()),
        (("换了话说", "也换了话"), "", ()),
        ((), "都当场办了", ()),
    ],
)
def test_what_nobody_has_decided_about(made: tuple[str, ...], declined: str, left: tuple[str, ...]) -> None:
    assert undecided(("渠堵了", "路灯不亮"), made, declined) == left
