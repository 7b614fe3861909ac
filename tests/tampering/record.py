"""Records tampered with, in commits that bear all the right words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.tampering.case import (
    CLOSED,
    FROZEN,
    HOUSE,
    NEW,
    ONE,
    OPEN,
    STEP,
    TWO,
    VISIT,
    VOIDED,
    Case,
    added,
    events_of,
    forged,
    moved,
    swapped,
    without,
    written,
)
from tests.tampering.hand import Forger, event, said


def reworded() -> Iterator[Case]:
    """A step says something else."""
    for n, (old, new) in enumerate(
        (
            ("时间: 2026-03-08 09:30", "时间: 2026-03-08 08:30"),
            ("记录时间: 2026-03-11 09:30", "记录时间: 2026-03-11 08:00"),
            ("经办人: RY-A0001\n    进展", "经办人: RY-A0002\n    进展"),
            ("责任部门: DW-A0002", "责任部门: DW-A0001"),
            ("办理时限: 5个工作日", "办理时限: 9个工作日"),
            ("办结期限: 2026-03-13", "办结期限: 2026-03-19"),
            ("责任人: RY-A0002", "责任人: RY-A0001"),
            ("工作标准: 水到田头", "工作标准: 清过一遍"),
            ("进展情况: 清了一百米", "进展情况: 清了三百米"),
            ("办理结果: 清淤三百米", "办理结果: 清淤六百米"),
            ("是否解决: 解决", "是否解决: 部分解决"),
            ("满意度: 满意", "满意度: 基本满意"),
            ("心得体会: 早去", "心得体会: 先去"),
            ("公共个人: 公共", "公共个人: 个人"),
        )
    ):
        yield f"reworded-{n}", swapped(CLOSED, old, new, STEP), "A001", ONE


def lost() -> Iterator[Case]:
    """Steps are missing, moved, pushed in."""
    for name, kept in (("first", slice(2, 3)), ("middle", slice(5, 6)), ("last", slice(-1, None))):
        yield (
            f"lost-{name}",
            written(without(kept)),
            "A002",
            ONE,
        )
    yield "lost-all", written(lambda text: text.partition("事件:\n")[0]), "A002", ONE

    def turned(text: str) -> str:
        head, *steps = events_of(text)
        steps[3], steps[4] = steps[4], steps[3]
        return head + "".join(steps)

    def to_the_end(text: str) -> str:
        head, first, *steps = events_of(text)
        return head + "".join((*steps, first))

    def pushed_in(text: str) -> str:
        head, first, *steps = events_of(text)
        return head + "".join((first, event("进展", "进展情况: 早就去了", at="2026-03-07 10:00"), *steps))

    yield "swapped-steps", written(turned), "A003", ONE
    yield "moved-to-the-end", written(to_the_end), "A003", ONE
    yield "pushed-in", written(pushed_in), "A003", ONE
    yield "doubled-step", written(lambda text: text + events_of(text)[4]), "A016", ONE

    def elsewhere(hand: Forger) -> None:
        step = events_of(hand.read(CLOSED))[4]
        changes = {CLOSED: hand.read(CLOSED).replace(step, ""), OPEN: hand.read(OPEN) + step}
        hand.forge(changes, said(TWO, "progress", "x", subject=f"{TWO} 进展"))

    yield "step-of-another-record", elsewhere, "A002", ONE
    yield (
        "number-of-another-step",
        lambda hand: hand.forge(
            {OPEN: hand.read(OPEN) + event("进展", "进展情况: 又去了", id_=_id_of(hand, 4))},
            said(TWO, "progress", _id_of(hand, 4), subject=f"{TWO} 进展"),
        ),
        "A018",
        TWO,
    )


def _id_of(hand: Forger, place: int) -> str:
    found = re.search(r"编号: (\w+)", events_of(hand.read(CLOSED))[place])
    assert found
    return found[1]


def intake() -> Iterator[Case]:
    """What was said when it was taken down is other than it was."""
    for n, (old, new) in enumerate(
        (
            ("原话: 上头", "原话: 下头"),
            ("事由: 一组的渠堵了", "事由: 一组的渠"),
            ("反映时间: 2026-03-02", "反映时间: 2026-03-05"),
            ("登记时间: 2026-03-06 15:30", "登记时间: 2026-03-06 09:30"),
            ("登记人: RY-A0001", "登记人: RY-A0002"),
            ("来源渠道: 入户走访", "来源渠道: 电话"),
            ("何人: 一组十几户", "何人: 一组几户"),
            ("何因: 去年塌方没清", "何因: 不知道"),
            ("登记层级: 村", "登记层级: 镇"),
            ("联系户: HU-A0001\n", ""),
            ("涉及对象: 无", "涉及对象: 组织"),
        )
    ):
        yield f"intake-{n}", swapped(CLOSED, old, new, STEP), "A004", ONE


def whole() -> Iterator[Case]:
    """A record is gone, elsewhere, or none any more."""
    for name, path in (("issue", CLOSED), ("visit", VISIT), ("household", HOUSE), ("frozen", FROZEN)):
        yield f"deleted-{name}", forged(path, None), "A008", Path(path).stem
    for name, there in (("number", "issues/2026/WT-2026-A0009.yaml"), ("year", f"issues/2025/{ONE}.yaml")):
        yield f"renamed-{name}", moved(there), "A009", ONE
    yield "other-number-inside", swapped(HOUSE, "编号: HU-A0001", "编号: HU-A0009"), "A009", "HU-A0001"
    again = said("DW-A0003", "add", subject="DW-A0003 新增单位")
    yield (
        "number-given-again",
        lambda hand: hand.forge(
            {"orgs/DW-A0003.yaml": hand.read("orgs/DW-A0004.yaml").replace("A0004", "A0003")}, again
        ),
        "A018",
        "DW-A0003",
    )
    yield "link", lambda hand: hand.forge({CLOSED: "../../README"}, STEP, mode="120000"), "A019", CLOSED
    yield "program", lambda hand: hand.forge({CLOSED: hand.read(CLOSED)}, STEP, mode="100755"), "A019", CLOSED
    for name, data in (("garbage", b"\x00\x01"), ("empty", b""), ("gbk", "编号: 甲".encode("gbk"))):
        yield f"unreadable-{name}", forged(CLOSED, data), "A016", ONE
    yield "cut-short", written(lambda text: text[: len(text) // 2]), "A002", ONE


def unlawful() -> Iterator[Case]:
    """Steps that could not be taken then, in a commit that has all the right words."""
    for name, path, step, label, fields in (
        ("resolved-unsigned", NEW, "resolve", "办结", "办理结果: 好了"),
        ("closed-unanswered", OPEN, "close", "销号", ""),
        (
            "answered-unresolved",
            OPEN,
            "feedback",
            "反馈",
            "反馈方式: 电话\n接通情况: 已接通\n是否解决: 解决\n满意度: 满意",
        ),
        ("quick-after-all", OPEN, "quick", "快办快结", "处理情况: 好了"),
        ("signed-twice", OPEN, "sign", "签收", ""),
        ("progress-after-closing", CLOSED, "progress", "进展", "进展情况: 又去看了"),
    ):
        id_ = Path(path).stem
        message = said(id_, step, "forged01", subject=f"{id_} {label}")
        code = "A016" if name == "quick-after-all" else "A005"
        yield name, added(event(label, fields), message, path), code, id_


def kept() -> Iterator[Case]:
    """Figures that were sent, papers that were kept, records that were voided."""
    freeze = said("BB-A0001", "edit", subject="BB-A0001 修改报表：数字")
    for n, (old, new) in enumerate(
        (
            ('数值: "0"', '数值: "3"'),
            ("分子: 0", "分子: 3"),
            ("记录数: 0", "记录数: 2"),
            ("  - 名称: 走访户数\n", "  - 名称: 走访户次\n"),
            ('期间: "2026-02"', '期间: "2026-01"'),
            ("编制日期: 2026-03-18", "编制日期: 2026-03-01"),
        )
    ):
        yield f"figure-{n}", swapped(FROZEN, old, new, freeze), "A011", "BB-A0001"
    yield "figure-dropped", written(lambda text: text[: text.rindex("  - 名称")], FROZEN, freeze), "A011", "BB-A0001"
    house = said("HU-A0003", "edit", subject="HU-A0003 修改联系户：备注")
    yield "unvoided", written(lambda text: text.partition("作废:\n")[0], VOIDED, house), "A010", "HU-A0003"
    yield "void-for-another-reason", swapped(VOIDED, "登重了", "搬走了", house), "A010", "HU-A0003"
    yield "edited-once-voided", written(lambda text: text + "备注: 改\n", VOIDED, house), "A010", "HU-A0003"
    for n, change in enumerate((lambda _data: b"x", lambda data: data + b" ", lambda _data: None)):
        yield f"paper-{n}", partial(_paper, n, change), "A020", "attachments"


def _paper(place: int, change: Callable[[bytes], bytes | None], hand: Forger) -> None:
    files = hand.git("ls-files", "attachments").split("\n")
    path = files[place % len(files)]
    hand.forge(
        {path: change((hand.root / path).read_bytes())},
        said("ZZ-2026-A0001", "edit", subject="ZZ-2026-A0001 修改佐证：文件"),
    )
