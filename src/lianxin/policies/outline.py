"""The outline of a report: its sections, and what stands in each. Figures are named, never typed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from lianxin.core.chart import Look
from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record, Shorthand
from lianxin.core.measure import Names
from lianxin.core.value import Flag, Integer, Text
from lianxin.policies.finding import Finding


class Rhythm(StrEnum):
    """The command a report belongs to: ``report weekly`` and so on."""

    WEEKLY = "周报"
    MONTHLY = "月报"
    QUARTERLY = "季报"
    ANNUAL = "年报"
    BULLETIN = "简报"
    SUPERVISION = "督办"
    CIRCULAR = "通报"


class Standing(StrEnum):
    """Tables that are made of the issues' histories rather than of figures."""

    LISTS = "三张清单"  # 新增, 推进中, 已销号
    BALANCE = "平衡"  # 上期未结 + 新增 + 重办 − 销号 − 作废 = 本期未结
    OVERDUE = "超期"  # what is beyond its limit today, by department
    CIRCULAR = "应通报"  # so far beyond it that the limits call for a circular
    CORRECTIONS = "更正说明"  # where a frozen figure would now differ
    SEAL = "印鉴"  # which history it was made from, for paper to bear witness of


class Term(StrEnum):
    """A term of the balance, in the order it is printed; a text may hold each as a tag."""

    OPENING = "上期未结"
    ADDED = "新增"
    REOPENED = "重办"
    CLOSED = "销号"
    VOIDED = "作废"
    CLOSING = "本期未结"


class Grid(Record):
    """A table of figures by subject: one row each."""

    by: Text = field("对象", help="行是什么：责任部门、所属村…… 用作各数字的归属，可写路径")
    figures: Names = field("列", help="数字的名称，一栏一个")
    score: Text | None = field("综合成绩", default=None, help="用哪个评分方案")
    sort: Text | None = field("排序", default=None, help="按哪个数字从高到低；不写按对象")
    minimum: Integer = field("最少", default=0, help="第一个数字少于它的不排名，列在后面")
    minimum_figure: Text | None = field("按", default=None, help="最少看哪个数字，不写看第一栏")


class Spacing(StrEnum):
    """How far apart the points of a chart in time are."""

    WEEK = "周"
    MONTH = "月"
    QUARTER = "季度"


class Picture(Record):
    """A chart of figures: by subject, or through the time of the report."""

    look: Look = field("样式", default=Look.BARS)
    title: Text = field("标题")
    figures: Names = field("数字", default=(), help="数字的名称，一个一条线或一组条")
    by: Text | None = field("对象", default=None, help="按什么分：类别、责任部门、所属村……；不写就按时间")
    every: Spacing | None = field("每", default=None, help="按时间的，一点是一周、一月还是一季度；不写看期间长短")
    states: Flag = field("状态", default=False, help="画每期末各状态有多少件问题，不用写数字")
    most: Integer = field("最多", default=12, help="按对象的，最多画几个，从多到少；方格不限")
    text: Text | None = field("文字", default=None, help="图下面的一句话，不写就用现成的；写「无」就不说")


def _pictures(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


#: One may be written without a list.
Pictures = Annotated[tuple[Picture, ...], Shorthand(_pictures)]


#: What texts may hold besides figures: duties that somebody is behind with, how many issues call for a circular,
#: and how long they have to be overdue for that.
BEHIND, CALLED, CALLED_AFTER = "落后职责", "应通报", "通报期限"


class Section(Record):
    """One section; what it holds is printed in the order of the fields."""

    title: Text = field("标题")
    text: Text | None = field("文字", default=None, help="{数字名称} 换成数字，{数字名称|增减} 换成增减；空行分段")
    findings: tuple[Finding, ...] = field("分析", default=(), help="从记录里看出来的话：升降、分布、个案")
    points: Names = field("要点", default=(), help="写法同「文字」，一条一句；有话可说的几条编成一是、二是")
    figures: Names = field("数字", default=(), help="一张数字表")
    grid: Grid | None = field("分组表", default=None)
    pictures: Pictures = field("图", default=(), help="一张或几张图")
    duties: Names = field("职责", default=(), help="职责完成表；写「全部」是全部")
    brief: Flag = field("总表", default=False, help="职责一项一行，再列落后的；不写，每项一张明细表")
    score: Text | None = field("评分", default=None, help="评分方案的名称")
    ledger: Text | None = field("台账", default=None, help="台账的名称")
    columns: Names = field("栏", default=(), help="台账只要哪几栏，写表头；不写是全部")
    filters: Names = field("筛选", default=(), help="台账再加的条件")
    ever: Flag = field("不限期间", default=False, help="台账不按期间取，手上有多少列多少")
    standing: tuple[Standing, ...] = field("固定表", default=())
    enclosed: Flag = field("附件", default=False, help="作为附件，另起一页，印在落款后面")


class Paper(Record):
    """The parts of an official paper around its text (``core.paper``)."""

    masthead: Text | None = field("刊名", default=None, help="红头上的名称；不写就没有红头")
    issuer: Text | None = field("编印", default=None, help="主办单位，不写是本单位")
    number: Text | None = field("期号", default=None, help="如 第 {期} 期；{期} 是本年第几期，程序自己数")
    series: Text | None = field("文号", default=None, help="用 policy/documents.yaml 里的哪一种文号")
    copy_number: Text | None = field("份号", default=None)
    secrecy: Text | None = field("密级", default=None, help="如 内部资料、秘密★1年")
    urgency: Text | None = field("紧急程度", default=None)
    signer: Text | None = field("签发人", default=None, help="上行文印在红头下面，简报印在末尾")
    addressees: Names = field("主送", default=(), help="主送机关")
    signature: Text | None = field("署名", default=None, help="落款的单位，如 {单位}；下面是成文日期")
    remark: Text | None = field("附注", default=None, help="如 此件公开发布")
    above: Names = field("报", default=())
    beside: Names = field("送", default=())
    below: Names = field("发", default=())
    to: Names = field("报送", default=())
    copies: Names = field("抄送", default=())
    editor: Text | None = field("组稿", default=None, help="谁组的稿，印在末尾")
    printer: Text | None = field("印发", default=None, help="印发机关，不写是编印单位")
    printed: Integer | None = field("印数", default=None, help="印多少份，印在末尾")


class Outline(Record):
    """One report."""

    name: Text = field("名称")
    rhythm: Rhythm = field("种类")
    title: Text = field("标题", help="{期间} {单位} 会换成实际的")
    period: Text | None = field("期间", default=None, help="不写 --period 时用哪个：上周、本年……，「全程」是活动的起止")
    paper: Paper | None = field("报头", default=None, help="公文的各个部分：红头、主送、落款、版记")
    landscape: Flag = field("横向", default=False, help="打印时纸横放，表宽的写「是」")
    subject: Text | None = field("每人一份", default=None, help="按哪种记录分开出，如 党员干部")
    sections: tuple[Section, ...] = field("节")
