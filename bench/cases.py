"""Sorts of history an issue may have, as steps; the generator plays each with the product's own rules.

Ids and texts are placeholders: ``〈…〉`` for words, ids of station Z for records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Step, days after the step before, time of day, who does it, fields.
Step = tuple[str, int, str, str, Mapping[str, str]]

CLERK, CADRE, HANDLER, LEADER = "RY-Z0001", "RY-Z0002", "RY-Z0003", "RY-Z0004"
DEPT, OTHER, BRANCH = "DW-Z0001", "DW-Z0002", "DW-Z0003"
ISSUE, SECOND, WHISTLE = "WT-2026-Z0001", "WT-2026-Z0002", "CS-2026-Z0001"
#: A telephone number and a day that are blanks too, for fields that take nothing else.
PHONE, DAY = "13700000000", "2000-01-01"
VILLAGE, HOUSEHOLD, VISIT = "CUN-Z0001", "HU-Z0001", "ZF-2026-Z0001"

_TRIAGE = {"问题性质": "个性", "公共个人": "个人", "合理性": "合理", "类别": "〈类别〉", "紧急程度": "一般"}
_SHARED = {**_TRIAGE, "问题性质": "共性", "公共个人": "公共"}


def _accept(at: str = "10:10", after: int = 0, level: str = "村", **more: str) -> Step:
    return ("受理", after, at, CLERK, {"受理层级": level, **_TRIAGE, "答复": "已经记下，有了说法就回话", **more})


def _assign(rule: str = "5个工作日", after: int = 0, **more: str) -> Step:
    named = {"责任部门": DEPT, "责任人": HANDLER, "办理时限": rule, "工作标准": "现场看过，反映人认可"}
    return ("交办", after, "14:20", CLERK, {**named, **more})


def _feedback(after: int = 1, at: str = "16:10", **more: str) -> Step:
    how = {"反馈方式": "电话", "是否解决": "解决", "满意度": "满意", "反映人的话": "这回总算弄好了"}
    return ("反馈", after, at, CADRE, {**how, **more})


_SIGN: Step = ("签收", 0, "15:30", HANDLER, {})
_SEEN: Step = ("进展", 1, "11:00", HANDLER, {"进展情况": "到〈何地〉看过，原因是〈何因〉"})
_DONE: Step = ("办结", 2, "17:00", HANDLER, {"办理结果": "〈结果〉", "费用": "860", "佐证": "现场照片"})
_REFLECT: Step = ("心得体会", 0, "17:05", CADRE, {"心得体会": "〈体会〉"})
_CLOSE: Step = ("销号", 1, "09:05", CLERK, {})
_END = (_REFLECT, _CLOSE)
_EXPLAIN: Step = (
    "解释疏导",
    0,
    "10:30",
    CADRE,
    {**_TRIAGE, "合理性": "已有定论", "理由": "此前已按政策答复过，这次把文件念给他听"},
)
_QUICK: Step = ("快办快结", 0, "11:20", CADRE, {**_TRIAGE, "处理情况": "〈结果〉", "报备": "是"})
_SUSPEND: Step = (
    "暂缓",
    2,
    "10:00",
    HANDLER,
    {"原因": "要等上级资金", "恢复条件": "资金到位", "复核日期": "〈复核〉", "已告知反映人": "是"},
)
_MERGE: Step = ("并案", 1, "10:20", CLERK, {**_SHARED, "并入": ISSUE, "理由": "和前一件是同一处"})


@dataclass(frozen=True, slots=True)
class Case:
    """One sort of history.

    Attributes:
        weight: How often it comes up among a thousand.
        issues: The steps of each issue in it; a second one is merged into the first.
        open: Still on the books, so it must be recent: within so many days. 0: struck off or void.
        channel: How the issue came; those from a visit have one.
        whistle: A whistle goes with it.
    """

    weight: int
    issues: tuple[tuple[Step, ...], ...]
    open: int = 0
    channel: str = "入户走访"
    whistle: bool = False


_PLAIN = (_accept(), _assign(), _SIGN, _SEEN, _DONE, _feedback())

CASES: tuple[Case, ...] = (
    Case(215, ((_accept(), _assign(), _SIGN, _DONE, _feedback(), *_END),)),
    Case(105, ((*_PLAIN, *_END),), channel="热线"),
    Case(210, ((_QUICK, _feedback(0), *_END),)),
    Case(80, ((_EXPLAIN, _feedback(0, 是否解决="部分解决", 满意度="基本满意"), *_END),), channel="电话"),
    Case(
        60,
        (
            (
                ("上报", 1, "09:20", CADRE, {"上报至": "镇", "原因": "村里没有资金"}),
                _accept("11:00", 1, "镇"),
                _assign("10个工作日"),
                _SIGN,
                _DONE,
                _feedback(),
                *_END,
            ),
        ),
        channel="微信",
    ),
    Case(
        40,
        (
            (
                _accept(),
                _assign(),
                ("退回", 1, "09:40", HANDLER, {"理由": "不是本单位的职责"}),
                _assign(after=1, 责任部门=OTHER),
                _SIGN,
                _DONE,
                _feedback(),
                *_END,
            ),
        ),
    ),
    Case(
        40,
        (
            (
                _accept(),
                _assign(),
                _SIGN,
                ("延期", 3, "16:40", HANDLER, {"办理时限": "12个工作日", "理由": "连日下雨", "批准人": LEADER}),
                _DONE,
                _feedback(),
                *_END,
            ),
        ),
        channel="接访",
    ),
    Case(
        25,
        (
            (
                _accept(),
                _assign("10个工作日"),
                _SIGN,
                _SUSPEND,
                ("恢复", 18, "09:30", HANDLER, {"原因": "资金已到"}),
                _DONE,
                _feedback(),
                *_END,
            ),
        ),
    ),
    Case(
        30,
        (
            (
                _accept(),
                _assign(),
                _SIGN,
                _DONE,
                _feedback(1, 是否解决="未解决", 满意度="不满意"),
                ("重办", 1, "09:10", CLERK, {"理由": "没过几天又坏了", "办理时限": "5个工作日"}),
                ("催办", 1, "10:00", CLERK, {"方式": "催办", "内容": "请抓紧"}),
                _DONE,
                _feedback(),
                *_END,
            ),
        ),
        channel="热线",
    ),
    Case(
        35,
        (
            (_accept(), _assign(), _SIGN, _DONE, _feedback(), *_END),
            (_MERGE, _feedback(4), *_END),
        ),
        channel="座谈会",
    ),
    Case(
        15,
        (
            (
                _accept(),
                (
                    "吹哨",
                    1,
                    "09:30",
                    CLERK,
                    {
                        "哨单": WHISTLE,
                        "牵头单位": DEPT,
                        "责任人": HANDLER,
                        "办理时限": "10个工作日",
                        "工作标准": "几家一起到场",
                    },
                ),
                _SIGN,
                _DONE,
                _feedback(),
                ("举一反三", 1, "09:00", CLERK, {"排查范围": "全镇同类地方", "发现同类": "2", "解决同类": "2"}),
                *_END,
            ),
        ),
        whistle=True,
    ),
    Case(
        15,
        (
            (
                _accept(),
                _assign(),
                _SIGN,
                _DONE,
                ("反馈", 1, "10:00", CADRE, {"反馈方式": "电话", "接通情况": "未接通"}),
                ("反馈", 1, "19:00", CADRE, {"反馈方式": "电话", "接通情况": "未接通"}),
                *_END,
            ),
        ),
        channel="信件",
    ),
    Case(15, ((_accept(), ("撤回", 1, "10:00", CLERK, {"获知方式": "本人来电", "理由": "自己解决了"}), *_END),)),
    Case(
        25,
        (
            (
                _accept(),
                _assign(),
                _SIGN,
                ("更正", 1, "09:00", CLERK, {"字段": "何时", "新值": "上个月底", "理由": "记错了"}),
                _DONE,
                _feedback(),
                *_END,
            ),
        ),
    ),
    Case(10, ((("作废", 1, "09:00", CLERK, {"理由": "和别的乡镇的事弄混了"}),),), channel="电话"),
    # Still on the books
    Case(8, ((),), open=3, channel="微信"),
    Case(6, ((("上报", 1, "09:20", CADRE, {"上报至": "镇", "原因": "村里没有资金"}),),), open=6),
    Case(6, ((_accept(),),), open=5),
    Case(8, ((_accept(), _assign()),), open=4, channel="热线"),
    Case(20, ((_accept(), _assign(), _SIGN, _SEEN),), open=14),
    Case(10, ((_accept(), _assign("10个工作日"), _SIGN, _SUSPEND),), open=40),
    Case(8, ((_accept(), _assign(), _SIGN, _DONE),), open=8),
    Case(8, (_PLAIN,), open=8, channel="接访"),
    Case(4, ((_accept(), _assign("10个工作日"), _SIGN), (_MERGE,)), open=10, channel="座谈会"),
)
