"""Records and texts that the storage tests share. Invented, like everything in these tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lianxin.core.text.hidden import CONTROL
from lianxin.kinds.issue.record import Issue

WIDE_COLON = "\uff1a"

PATH = "issues/2026/WT-2026-A0001.yaml"

TEXT = """\
编号: WT-2026-A0001
登记时间: 2026-03-02 09:40
登记人: RY-A0003
反映时间: 2026-03-01
来源渠道: 入户走访
登记层级: 村
匿名: 否
反映人: 丁有田
联系电话: "13700000001"
所属村: CUN-A0001
所属组: 三组
事由: 三组机耕路被水冲断
原话: |-
  今年开春那场雨把机耕路冲断了一截,
  拖拉机过不去。
涉及对象: 无
事件:
  - 编号: a1405f3957
    步骤: 受理
    时间: 2026-03-02 10:10
    记录时间: 2026-03-02 10:15
    经办人: RY-A0003
    问题性质: 个性
    受理层级: 村
    答复: 已经记下,三天内回话
  - 编号: 89aef09736
    步骤: 交办
    时间: 2026-03-02 14:00
    记录时间: 2026-03-02 14:00
    经办人: RY-A0003
    办理时限: 5个工作日
    办结期限: 2026-03-09
    责任部门: DW-A0003
    配合单位:
      - DW-A0004
"""

FIELDS: dict[str, Any] = {
    "编号": "WT-2026-A0001",
    "登记时间": "2026-03-02 09:40",
    "登记人": "RY-A0003",
    "反映时间": "2026-03-01",
    "来源渠道": "入户走访",
    "反映人": "丁有田",
    "所属村": "CUN-A0001",
    "事由": "路灯不亮",
    "原话": "路灯三天不亮了",
}


def _held(pattern: str) -> str:
    """The characters of a regex class made of single characters and ranges."""
    found = []
    at = 0
    while at < len(pattern):
        if pattern[at + 1 : at + 2] == "-":
            found += [chr(n) for n in range(ord(pattern[at]), ord(pattern[at + 2]) + 1)]
            at += 3
        else:
            found.append(pattern[at])
            at += 1
    return "".join(found)


#: Any text a record may hold: no control characters, and the carriage return only as half of a line end.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters=_held(CONTROL) + "\r")

#: The same, with what YAML and this project treat specially coming up often.
WORDS = st.text(
    st.one_of(LETTERS, st.sampled_from([*" \n\t:#-|>&*!%@`'\"\\[]{},?~=<>0123456789是否", WIDE_COLON])),
    min_size=1,
).filter(lambda text: bool(text.strip()))

ISSUES = st.builds(
    lambda words: Issue.model_validate({**FIELDS, **words}, by_alias=True),
    st.fixed_dictionaries(
        {"事由": WORDS, "原话": WORDS},
        optional={"何人": WORDS, "何因": WORDS, "经过": WORDS, "备注": WORDS, "所属组": WORDS},
    ),
)
