"""What the tags of a form ask of a kind, and what is said of those that stand for nothing."""

from __future__ import annotations

import pytest

from lianxin.core.declare.kind import Kind
from lianxin.core.document import Table
from lianxin.formats.fill.tag import tags_of
from lianxin.kinds import KIND, KINDS
from lianxin.reports.fill.tag import tags
from lianxin.reports.fill.tagged import asked_of


def wrong(kind: str, text: str) -> str:
    found = tags_of(text, "表")
    return "；".join(asked_of(KIND[kind], found.fields, found.lists).wrong)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("whistle", "{{ 事巷 }}", "「事巷」；是不是「事项」"),
        ("whistle", "{{ 牵头部门.点话 }}", "「牵头部门.点话」；是不是「电话」"),
        ("whistle", "{% for 项 in 报到青况 %}{% endfor %}", "「报到青况」；是不是「报到情况」"),
        ("whistle", "{% for 项 in 报到情况 %}{{ 项.部们 }}{% endfor %}", "「报到情况」里的「部们」；是不是「部门」"),
        ("whistle", "{% for 项 in 事项 %}{{ 项 }}{% endfor %}", "「事项」不是清单"),
        ("whistle", "{% for 项 in 报到情况 %}{% for 人 in 项.到场人 %}{% endfor %}{% endfor %}", "清单里的清单"),
        ("whistle", "{{ 报到情况 }}", "「报到情况」是一组明细，要写在循环里"),
        ("org", "{{ 党组织情况 }}", "如 党组织情况.成立日期"),
        ("whistle", "{{ 办理经过 }}", "「办理经过」是清单"),
        ("whistle", "{% for 步 in 办理经过 %}{{ 步.步聚 }}{% endfor %}", "「办理经过」里的「步聚」；是不是「步骤」"),
        ("issue", "{% for 有 in 有受理情况 %}{% endfor %}", "「有受理情况」只有一条"),
        ("whistle", "{{ 有受理情况 }}", "「有受理情况」"),
    ],
)
def test_what_stands_for_nothing_is_named(kind: str, text: str, told: str) -> None:
    assert told in wrong(kind, text)


def test_one_name_may_stand_for_parts_of_two_lists() -> None:
    text = "{% for 项 in 行.共建计划.项目 %}{{ 项.事项 }}{% endfor %}"
    text += "{% for 项 in 行.共建计划.人员 %}{{ 项.电话 }}{% endfor %}"
    found = tags_of(text, "表")
    assert found.lists == {"共建计划.项目": ("事项",), "共建计划.人员": ("电话",)}
    assert wrong("pairing", text) == ""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_tag_that_is_listed_can_be_used(kind: Kind) -> None:
    (table,) = (block for block in tags(kind).blocks if isinstance(block, Table))
    told = [str(row[0]) for row in table.rows]
    text, looping = "", False
    for tag in told:
        if tag.startswith("{%"):
            text += ("{% endfor %}" if looping else "") + tag
            looping = True
        else:
            text += tag
    assert wrong(kind.name, text + ("{% endfor %}" if looping else "")) == ""
