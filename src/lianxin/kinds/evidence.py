"""Evidence (佐证): photographs and papers, kept in the ledger's own folder and named by what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.need import Need
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.text.pattern import late
from lianxin.core.value import Attached, Day, FieldType, Flag, Integer, Ref, Text
from lianxin.kinds.erasure import ERASED_ON, Erasure
from lianxin.kinds.void import VOIDED, Voiding

#: Kinds a paper or a picture may be about.
SUBJECTS = (
    *("issue", "visit", "activity", "whistle", "rectification", "promise", "project"),
    *("pairing", "survey", "appraisal", "household", "village", "org", "person"),
)

#: What is set on a page as a picture; anything else is named there.
PICTURES = ("jpg", "png")


class Stage(StrEnum):
    """When it was taken, seen from what it is about."""

    BEFORE = "办理前"
    DURING = "办理中"
    AFTER = "办理后"


class Sort(StrEnum):
    """Whether it is seen or read."""

    PICTURE = "照片"
    PAPER = "文件"


class Faces(StrEnum):
    """Whether people can be known in it, and whether they have agreed to be shown."""

    NONE = "没有人像"
    AGREED = "有，本人同意公开"
    REFUSED = "有，没有同意"


class Evidence(Record):
    """One photograph or paper."""

    id: Ref = field("编号", ref="evidence", auto=True)
    about: tuple[Ref, ...] = field("对应", default=(), ref=SUBJECTS, often=True, help="说明哪件事，可以几件")
    file: Attached = field("文件", help="照片、验收单等在电脑上的位置；收进台账的是一份，原件留在原处")
    shows: Text | None = field("内容", default=None, privacy=Privacy.STORY, often=True, help="照的是什么，一句话")
    stage: Stage | None = field("阶段", default=None, often=True, help="办理前、后各有一张的，并排印")
    day: Day | None = field("日期", default=None, help="哪天拍的、出的；照片里记着的自动填")
    giver: Ref | None = field("提供人", default=None, ref="person", help="谁拍的、谁给的")
    public: Flag = field("可公开", default=False, help="公示的页面上能不能印")
    faces: Faces | None = field(
        "人像",
        default=None,
        needed=Need("要公开的，先写明照片里有没有人像、本人同意没有", {"public": (True,)}, "F010", "faces"),
    )
    report: Ref | None = field("定稿", default=None, ref="frozen", auto=True, help="发出去的报表，数字记在哪里")
    paper: Text | None = field("文号", default=None, help="发出去的公文，印在上面的文号")
    name: Text | None = field("原名", default=None, privacy=Privacy.STORY, auto=True, help="原来的文件名")
    digest: Text | None = field("指纹", default=None, auto=True, help="git hash-object 算出来的")
    size: Integer | None = field("大小", default=None, auto=True, help="字节")
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    erased: Erasure | None = ERASED_ON
    voided: Voiding | None = VOIDED

    @property
    def suffix(self) -> str:
        """What sort of file it is, by its name."""
        return suffix_of(self.file)

    @property
    def pictured(self) -> bool:
        """It can be set on a page."""
        return self.suffix in PICTURES


def suffix_of(path: str) -> str:
    """The last part of a file's name, small, without its dot."""
    return PurePosixPath(path).suffix.removeprefix(".").lower()


def _check(evidence: Evidence) -> Iterator[Fault]:
    if not evidence.about and not evidence.report:
        yield Fault("F010", ("对应",), "没有写说明哪件事")
    if evidence.public and evidence.faces is Faces.REFUSED:
        yield Fault("F010", ("可公开",), "照片里有人像，本人没有同意，不能公开")


#: What the tool says of a report it filed, its number, name and period: no words of hers, so that a list may show it.
_REPORT = late(r"(\S+ )?\S+ \d{4}年[\d年月日至第一二三四季度上下半:]*")


def _title(evidence: Evidence) -> str:
    if evidence.paper or evidence.report:
        shows = evidence.shows or ""
        if evidence.report and _REPORT.fullmatch(shows):
            return f"发文：{shows}"
        return f"发文（{evidence.paper}）" if evidence.paper else "发文"
    sort = Sort.PICTURE if evidence.pictured else Sort.PAPER
    return f"{sort}（{evidence.stage}）" if evidence.stage else sort.value


_SORT = f"""CASE WHEN {" OR ".join(f"file LIKE '%.{one}'" for one in PICTURES)}
    THEN '{Sort.PICTURE}' ELSE '{Sort.PAPER}' END"""

EVIDENCE = Kind(
    name="evidence",
    label="佐证",
    prefix="ZZ",
    folder="evidence",
    yearly=True,
    model=Evidence,
    title=_title,
    listed=("编号", "种类", "对应", "内容", "阶段", "日期", "可公开"),
    dated="日期",
    check=_check,
    derived=(Derived("sort", "种类", FieldType.CHOICE, sql=_SORT, choices=tuple(Sort)),),
    help="照片、验收单、签字单等，收在台账里，印在手册上",
)
