"""An invented document with every block and every sort of hostile text, for the tests and for looking at."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec.structs import replace

from lianxin.core.chart import Chart, Look, Series
from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Column,
    Contents,
    Cover,
    Document,
    Face,
    Heading,
    KeyValues,
    PageBreak,
    Pair,
    Paragraph,
    Provenance,
    Table,
    Timeline,
    TimelineEntry,
    Value,
)
from lianxin.core.text.name import Known
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType as T

HOSTILE = (
    "[b]x[/b]",
    "[red]不要[/red] a [b@c] d",
    "\x1b[31m红\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "=1+1",
    "+8613800001234",
    "-2+3",
    "@SUM(A1)",
    '\uff1dHYPERLINK("http://x")',
    "'=已有引号",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "甲|乙",
    "第一行\n第二行",
    "回车\r\n换行",
    "制表\t符",
    "\u202e倒过来\u202c",
    "零\u200b宽",
    "😀👨\u200d👩\u200d👧一家",
    "𬭚䶮𠮷",
    "0138",
    "110101199001011234",
    "3-4",
    "1E5",
    "#标题 * 星 _下划_ `码` ~删~",
    "http://example.com/a_b",
    '"引号",逗号',
    "_x000D_",
    "a & b &lt; c",
    "../../etc/passwd",
    "\x9b31m",
    "\x00空",
)

WORDS = (
    "村口那盏路灯坏了三个多月,晚上老人出门看不见路,前后跟村里说过两回,都说报上去了,到现在也没见人来修。"
    "眼看要入冬了,孩子放学回来天都黑了,希望能尽快有人来看看。"
)

LEDGER = (
    Column("序号", "no", T.INTEGER),
    Column("编号", "id", T.REF),
    Column("反映时间", "at", T.MOMENT),
    Column("来源渠道", "channel", T.CHOICE),
    Column("所属村组", "village"),
    Column("反映人", "reporter", privacy=Privacy.NAME),
    Column("联系电话", "phone", T.PHONE, Privacy.PHONE),
    Column("问题描述", "words", T.STORY, Privacy.STORY),
    Column("问题性质(个性/共性)", "scope", T.CHOICE),
    Column("类别", "category"),
    Column("受理层级", "level", T.CHOICE),
    Column("受理时间", "accepted_at", T.MOMENT),
    Column("受理人", "accepted_by"),
    Column("责任部门", "dept"),
    Column("责任人", "person"),
    Column("办理时限", "due", T.DEADLINE),
    Column("工作标准", "standard", T.STORY),
    Column("办理状态", "state", T.CHOICE, tones=(("办理中", Tone.WARNING), ("已销号", Tone.GOOD))),
    Column("办理结果", "result", T.STORY, Privacy.STORY),
    Column("办结时间", "resolved_at", T.MOMENT),
    Column("反馈时间", "told_at", T.MOMENT),
    Column("反馈方式", "told_how", T.CHOICE),
    Column("是否解决", "solved", T.CHOICE),
    Column("满意度", "satisfied", T.CHOICE),
    Column("心得体会", "reflection", T.STORY, Privacy.STORY),
    Column("销号时间", "closed_at", T.MOMENT),
    Column("备注", "notes", T.STORY, Privacy.STORY, typed=True),
)


def ledger_row(n: int) -> tuple[Value, ...]:
    """One invented row of the 27-column ledger."""
    done = n % 3 == 0
    when = datetime(2026, 3, 1 + n % 28, 9, 40)
    return (
        n + 1,
        f"WT-2026-A{n + 1:04d}",
        when,
        ("入户走访", "微信", "电话")[n % 3],
        f"石桥村{'一二三'[n % 3]}组",
        ("张满仓", "欧阳秋实", "李桂")[n % 3],
        f"1390000{n % 10000:04d}",
        WORDS[: 30 + (n * 17) % 70],
        "个性",
        "基础设施",
        "镇",
        when,
        "周青禾",
        "规划建设办",
        "何立新",
        datetime(2026, 3, 28, 23, 59),
        "路灯全部恢复照明,并落实专人每月巡查一次",
        "已销号" if done else "办理中",
        "更换灯具 3 盏,线路重新穿管,当晚试亮正常" if done else None,
        when if done else None,
        when if done else None,
        "上门" if done else None,
        "解决" if done else None,
        "满意" if done else None,
        "小事不小,拖久了就是大事" if done else None,
        when if done else None,
        None,
    )


def ledger(rows: int = 12) -> Document:
    """A 27-column ledger and nothing else."""
    table = Table(
        LEDGER,
        [ledger_row(n) for n in range(rows)],
        records=[f"WT-2026-A{n + 1:04d}" for n in range(rows)],
        notes=("办理时限按工作日计算。",),
    )
    return Document(
        "问题台账", (table,), "issue_ledger", "柳塘镇 2026 年 3 月", landscape=True, provenance=origin(rows)
    )


def origin(records: int = 3, unreadable: int = 0) -> Provenance:
    """Where a document came from."""
    return Provenance(
        commit="0123456789abcdef0123456789abcdef01234567",
        as_of=date(2026, 3, 31),
        period="2026-03",
        filter="类别=基础设施",
        form="问题台账 a1b2c3",
        tool="lianxin 0.1.0",
        records=records,
        unreadable=unreadable,
    )


def small_table() -> Table:
    """A grouped table with totals, tones, amounts and notes."""
    return Table(
        columns=(
            Column("序号", "no", T.INTEGER),
            Column("承办单位", "dept"),
            Column("受理量", "taken", T.INTEGER),
            Column("按期办结率", "rate"),
            Column("慰问金", "money", T.AMOUNT),
            Column("截止", "due", T.DEADLINE),
            Column("预警灯", "light", T.CHOICE, tones=(("已逾期", Tone.ALARM), ("正常", Tone.GOOD))),
            Column("说明", "note", T.STORY, Privacy.STORY),
        ),
        rows=[
            (1, "规划建设办", 12, "91.67%", Decimal("40200.00"), datetime(2026, 3, 2, 23, 59), "正常", WORDS[:40]),
            (2, "农业农村办", 7, "—", Decimal("1280000.50"), datetime(2026, 3, 2, 12, 0), "已逾期", None),
            (3, "党政综合办", 3, "100%", None, None, "正常", "无"),
        ],
        records=("DW-A0001", "DW-A0002", "DW-A0003"),
        groups=((0, "镇直部门"), (2, "其他")),
        totals=("", "合计", 22, "93.1%", Decimal("1320200.50"), None, "", ""),
        caption="表一 承办单位排名",
        notes=("按期办结率 = 按期办结 ÷ 应办结,两种口径各计一次。", "没有应办结的单位印「—」。"),
    )


def charts() -> tuple[Chart, ...]:
    """One of each look, with a rate that has nothing to divide by and a villager's name in a note."""
    villages = ("石桥村", "柳塘村", "上坪社区")
    rates = Series("按期办结率", (Decimal("91.67"), None, Decimal(100)), ("91.67 %", "—", "100.00 %"))
    counts = Series("新增问题", (12, 0, 5)), Series("销号问题", (7, 3, 5))
    return (
        Chart(Look.BARS, "各单位按期办结率", "承办单位", villages, (rates,), "%", notes=("张满仓反映的也算。",)),
        Chart(Look.STACKED, "每周各状态的问题", "到哪天", ("03-08", "03-15", "03-22"), counts, "件"),
        Chart(Look.LINES, "逐月新增和销号", "月份", ("1 月", "2 月", "3 月"), counts, "件"),
        Chart(Look.TILES, "各村走访次数", "村", villages, counts[:1], "次"),
    )


def hostile_table() -> Table:
    """Every hostile text in a text cell and in a story cell."""
    return Table(
        (Column("序号", "no", T.INTEGER), Column("文字", "text"), Column("长文", "story", T.STORY)),
        [(n + 1, text, f"前 {text} 后") for n, text in enumerate(HOSTILE)],
        caption="表二 <b>怪字</b> [b]x[/b]",
    )


def document(*, unreadable: int = 2) -> Document:
    """Every block once, with the long, the wide and the hostile."""
    return Document(
        title="连心工程工作手册",
        subtitle="柳塘镇党建办 2026 年第一季度",
        name="demo",
        provenance=origin(15, unreadable),
        names=Known.of({"张满仓", "欧阳秋实"}),
        blocks=(
            Cover("连心工程\n工作手册", ("柳塘镇党建办", "二〇二六年三月")),
            Contents(2),
            PageBreak(),
            Heading("一、基本情况", 1),
            Paragraph(WORDS + "\n" + WORDS),
            Paragraph("有 2 件已逾期,须今日催办。", Tone.ALARM),
            KeyValues(
                (
                    Pair("编号", "WT-2026-A0001", "id", T.REF),
                    Pair("反映人", "张满仓", "reporter", T.TEXT, Privacy.NAME),
                    Pair("联系电话", "13900001234", "phone", T.PHONE, Privacy.PHONE),
                    Pair("反映时间", datetime(2026, 3, 2, 9, 40), "at", T.MOMENT),
                    Pair("办结期限", datetime(2026, 3, 9, 23, 59), "due", T.DEADLINE, tone=Tone.WARNING),
                    Pair("费用", Decimal("1280.00"), "cost", T.AMOUNT),
                    Pair("原话", WORDS, "words", T.STORY, Privacy.STORY),
                    Pair("备注", None, "notes"),
                )
            ),
            Heading("(一)办理经过", 2),
            Timeline(
                (
                    TimelineEntry(datetime(2026, 3, 2, 9, 40), "登记", WORDS[:30], "周青禾"),
                    TimelineEntry(datetime(2026, 3, 2, 15, 5), "受理", "", "周青禾", Tone.GOOD),
                    TimelineEntry(
                        datetime(2026, 3, 3, 8, 30), "交办", "张满仓 13900001234 " + WORDS, "何立新", Tone.WARNING
                    ),
                ),
                "WT-2026-A0001",
            ),
            Heading("1. 单位排名", 3),
            small_table(),
            Heading("(1)四级标题", 4),
            PageBreak(),
            Heading("二、怪字 <b>&[b]", 1),
            hostile_table(),
            Heading("三、图", 1),
            *charts(),
            Heading("四、台账", 1),
            Table(LEDGER, [ledger_row(n) for n in range(3)], caption="表三 问题台账"),
        ),
    )


__all__ = ["HOSTILE", "LEDGER", "WORDS", "Face", "document", "hostile_table", "ledger", "ledger_row", "small_table"]


def paper() -> Document:
    """Every kind of block, without the signs that no typeface of these machines has."""
    plain = str.maketrans(dict.fromkeys("😀👨👩👧"))
    blocks = [
        replace(block, rows=[tuple(v.translate(plain) if isinstance(v, str) else v for v in row) for row in block.rows])
        if isinstance(block, Table)
        else block
        for block in document().blocks
    ]
    return replace(document(), blocks=tuple(blocks))
