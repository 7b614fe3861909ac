"""Workbooks as township offices keep them, all of invented people: each with a mess of its own.

Whoever changes a row here counts again by hand what is wrong with it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[Any]

#: The twenty-seven headings of the shipped ledger of issues.
_LEDGER = """
序号 编号 反映时间 来源渠道 所属村组 反映人 联系电话 问题描述 问题性质
合理性 类别 受理层级 受理时间 受理人 责任部门 责任人 办理时限 工作标准
办理状态 办理结果 办结时间 反馈时间 反馈方式 是否解决 满意度 心得体会 销号时间
备注
"""
LEDGER = _LEDGER.split()


def sheet(book: Workbook, name: str, rows: Sequence[Row], merged: Sequence[str] = ()) -> Worksheet:
    made: Worksheet = book.create_sheet(name)
    for row in rows:
        made.append(list(row))
    for cells in merged:
        made.merge_cells(cells)
    return made


def saved(path: Path, *sheets: tuple[Any, ...]) -> Path:
    """A workbook of sheets: name, rows, and which cells are merged."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows, *merged in sheets:
        sheet(book, name, rows, merged[0] if merged else ())
    book.save(path)
    return path


def foundation(folder: Path) -> Path:
    """Villages, units and people in one workbook, each sheet pointing to another."""
    return saved(
        folder / "基础.xlsx",
        (
            "干部",
            [
                ["清溪镇党员干部花名册"],
                ["序号", "姓名", "性别", "所在单位", "职务", "身份", "联系电话", "入党时间"],
                [1, "张大山", "男", "青石村党支部", "书记", "村支书", 13900000001, "2001.7.1"],
                [2, "李水生", "男", "白杨村党支部", "书记", "村支书", "13900000002", date(2005, 7, 1)],
                [3, "王 芳", "女", "清溪镇水务站", "站长", "", "139-0000-0003", "2010年7月1日"],
                [4, "赵小兰", "女", "水务站", "干事", "联户党员、驻队员", "", ""],
            ],
            ["A1:H1"],
        ),
        (
            "单位",
            [
                ["单位名称", "简称", "级别", "所在村", "负责人", "能否承办"],
                ["清溪镇水务站", "水务站", "镇级", "", "王芳", "√"],
                ["青石村党支部", "", "村级", "青石村", "", "×"],
                ["白杨村党支部", "", "村", "白杨村", "", ""],
            ],
        ),
        (
            "村情",
            [
                ["清溪镇行政村基本情况表（2026年）"],
                ["序号", "村名", "乡镇", "村民小组", "户数", "总人口", "村支书"],
                [1, "青石村", "清溪镇", "一组、二组、三组", "４１２", 1650, "张大山"],
                [2, "白杨村", "清溪镇", "一组、二组", 300, 1201, "李水生"],
                ["", "合  计", "", "", 712, 2851, ""],
                ["填表人：周敏", "", "", "", "", "", "2026年1月8日"],
            ],
            ["A1:G1"],
        ),
    )


def households(folder: Path) -> Path:
    """Titles over the head, a blank row, a total, a foot; spoilt numbers, a row twice, one that contradicts it."""
    return saved(
        folder / "联系户.xlsx",
        (
            "Sheet1",
            [
                ["清溪镇党员联系户花名册"],
                ["填报单位：清溪镇党建办", "", "", "", "", "", "2026年1月"],
                [],
                ["序号", "户主姓名", "所在村", "组别", "农户类别", "联系电话", "身份证号码", "帮扶干部"],
                [1, "钱　多", "青石村", "一组", "低保户", 13800000001, "", "张大山"],
                [2, "孙武", "青石村", "二组", "一般户", "1.39E+10", "", "张大山"],  # spoilt telephone
                [3, "周全", "黑水村", "一组", "一般户", "13800000003", "", "李水生"],  # no such village
                [4, "吴用", "白杨村", "一组", "富裕户", "13800000004", "", "无此人"],  # no such sort, no such person
                [5, "钱多", "青石村", "一组", "低保户", "13800000001", "", "张大山"],  # row 5 once more
                [],
                [6, "郑和", "白杨村", "二组", "", "13800000006", 330102198001010000, "李水生"],  # spoilt identity
                [7, "冯唐", "白杨村", "九组", "", "", "", ""],  # no such group
                [8, "陈平", "白杨村", "二组", "重点户", "13800000008", "", "李水生、赵小兰"],
                [9, "", "白杨村", "二组", "", "13800000009", "", ""],  # nobody's name
                ["合计", "9户", "", "", "", "", "", ""],
                ["审核人：李四", "", "", "制表人：周敏", "", "", "", ""],
            ],
            ["A1:H1", "A2:C2"],
        ),
    )


#: Row and column of each fault of ``households``, counted by hand, and a word of what is said.
HOUSEHOLD_FAULTS = [
    (6, "F", "改成了数"),
    (7, "C", "没有叫「黑水村」的村"),
    (8, "E", "户类别没有「富裕户」"),
    (8, "H", "没有叫「无此人」的党员干部"),
    (11, "G", "改成了数"),
    (12, "D", "白杨村没有「九组」"),
    (14, "B", "缺「户主」"),
]


def grouped(folder: Path) -> Path:
    """A village stands alone over its households, and in merged cells beside them; subtotals between."""
    return saved(
        folder / "分村.xlsx",
        (
            "农户",
            [
                ["联系户名单"],
                ["户主", "组", "电话", "家庭住址"],
                ["青石村", "", "", ""],
                ["甲一", "一组", "13800000011", "一组1号"],
                ["甲二", "二组", "13800000012", "二组2号"],
                ["小计", 2, "", ""],
                ["白杨村", "", "", ""],
                ["乙一", "一组", "13800000013", "一组3号"],
                ["小计", 1, "", ""],
            ],
        ),
        (
            "农户（续）",
            [
                ["村", "户主", "组", "电话"],
                ["青石村", "丙一", "三组", "13800000014"],
                ["", "丙二", "三组", "13800000015"],
                ["白杨村", "丁一", "二组", "13800000016"],
            ],
            ["A2:A3"],
        ),
    )


def visits_gbk(folder: Path) -> Path:
    """A table from an older program: GBK, fields in quotation marks, days in five writings."""
    rows = [
        ["走访时间", "走访干部", "所在村", "户主", "走访内容", "意见建议", "方式"],
        ["2026.3.2", "张大山", "青石村", "钱多", "看望，送了米", "", "入户走访"],
        ["2026/3/3", "张大山、李水生", "青石村", "钱多", "问路灯", "路灯不亮", "上门"],
        ["2026年3月4日", "李水生", "白杨村", "陈平", "问春耕", "", "入户"],
        ["20260305", "赵小兰", "白杨村", "陈平", "问水", "水压低", "电话走访"],
        ["3月6日", "赵小兰", "白杨村", "陈平", "回头看", "", "回访"],
    ]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    path = folder / "走访.csv"
    path.write_bytes(text.getvalue().encode("gbk"))
    return path


def visits_bom(folder: Path) -> Path:
    """The same with the mark of UTF-8 and tabs; the year stands in the name of the sheet's file."""
    path = folder / "2026年走访登记.csv"
    rows = ["日期\t走访人\t村\t户主\t见面人\t走访方式", "3月9日\t王芳\t青石村\t\t冯二\t入户"]
    path.write_bytes(("\ufeff" + "\r\n".join(rows) + "\r\n").encode())
    return path


def dates_1904(folder: Path) -> Path:
    """A workbook from an old Mac: days count from 1904, one of them as a bare number."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    made = book.worksheets[0]
    made.title = "走访"
    for row in (
        ["日期", "走访人", "村", "户主", "走访方式"],
        [datetime(2026, 4, 2), "张大山", "青石村", "钱多", "入户"],
        [44653, "张大山", "青石村", "钱多", "入户"],  # 2026-04-03 counted from 1904
    ):
        made.append(row)
    path = folder / "苹果.xlsx"
    book.save(path)
    return path


def projects(folder: Path) -> Path:
    """A head of two rows, sums in 万元, a project of three payments in merged cells, a total."""
    return saved(
        folder / "项目.xlsx",
        (
            "项目",
            [
                ["2026年清溪镇帮扶项目资金台账"],
                ["序号", "项目名称", "类别", "实施村", "资金（万元）", "", "拨付情况", "", ""],
                ["", "", "", "", "计划", "来源", "时间", "金额（元）", "凭证号"],
                [1, "青石村机耕桥", "基础设施", "青石村", 8.94, "帮扶单位", date(2026, 4, 12), 41500, "木07"],
                ["", "", "", "", "", "", "2026.7.30", "2.9万", "木15"],
                ["", "", "", "", "", "", "2026-10-8", "18,900元", "木21"],
                [2, "白杨村水塘清淤", "基础设施项目", "白杨村", 3, "财政", "", "", ""],
                ["合计", "", "", "", 11.94, "", "", 89400, ""],
            ],
            [
                "A1:I1",
                "E2:F2",
                "G2:I2",
                "A2:A3",
                "B2:B3",
                "C2:C3",
                "D2:D3",
                "B4:B6",
                "C4:C6",
                "D4:D6",
                "E4:E6",
                "F4:F6",
            ],
        ),
    )


def pairings(folder: Path) -> Path:
    """Who helps whom, the term in one column, and one column that nobody has heard of."""
    return saved(
        folder / "结对.xlsx",
        (
            "结对帮扶",
            [
                ["结对性质", "帮扶人", "帮扶对象", "起止时间", "星座"],
                ["干部帮户", "张大山", "钱多", "2026.1.1 至 2026.12.31", "白羊"],
                ["干部包户", "李水生", "陈平", "2026-02-01 起", "金牛"],
            ],
        ),
    )


def issues(folder: Path) -> Path:
    """The shipped twenty-seven columns: one struck off, one with a department, one explained, and three with faults."""
    rows: list[Row] = [["2026年清溪镇问题台账"], LEDGER]

    def row(number: int, **said: Any) -> None:
        rows.append([number if word == "序号" else said.get(word, "") for word in LEDGER])

    taken = {"问题性质": "个性", "合理性": "合理", "类别": "安全饮水", "受理层级": "镇"}
    row(
        1,
        反映时间="2026.3.2",
        来源渠道="入户",
        所属村组="青石村一组",
        反映人="钱多",
        联系电话="13800000001",
        问题描述="一组水管漏了。从开春漏到现在",
        **taken,
        受理时间=date(2026, 3, 2),
        受理人="王芳",
        责任部门="水务站",
        责任人="赵小兰",
        办理时限="5个工作日",
        工作标准="不漏",
        办理状态="已销号",
        办理结果="换了管",
        办结时间="2026-03-05",
        反馈时间="2026-03-06",
        反馈方式="电话回访",
        是否解决="是",
        满意度="满意",
        心得体会="早换早好",
        销号时间="2026-03-09",
    )
    row(
        2,
        反映时间="2026-04-01",
        来源渠道="来电",
        所属村组="白杨村二组",
        反映人="陈平",
        问题描述="沟堵了",
        **taken,
        受理时间="2026-04-01",
        责任部门="水务站",
        办理状态="办理中",
        办理结果="正在清",
    )
    row(
        3,
        反映时间="2026-04-02",
        来源渠道="来访",
        所属村组="青石村",
        反映人="冯二",
        问题描述="要补旧账",
        **(taken | {"合理性": "否"}),
        受理时间="2026-04-02",
        办理结果="按当年的协议讲清楚了",
        办结时间="2026-04-03",
    )
    row(4, 反映时间="2026-05-01", 来源渠道="托梦", 所属村组="青石村", 反映人="冯二", 问题描述="路烂")
    row(
        5,
        反映时间="2026-05-02",
        来源渠道="来电",
        所属村组="青石村",
        反映人="冯二",
        问题描述="桥栏断了",
        **taken,
        受理时间="2026-05-01",
    )
    row(6, 来源渠道="来电", 所属村组="青石村", 反映人="冯二", 问题描述="没有日子的事")
    return saved(folder / "问题.xlsx", ("问题台账", rows))


ISSUE_FAULTS = [(6, "D", "来源渠道没有「托梦」"), (7, "M", "早于反映时间"), (8, "C", "缺「反映时间」")]

Maker = Callable[[Path], Path]
