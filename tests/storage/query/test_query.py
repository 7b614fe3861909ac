from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.storage.town import (
    ACCEPT,
    ASSIGN,
    HOUSEHOLD,
    NOW,
    OTHER_PERSON,
    SIGN,
    Town,
    event,
    issue,
    path_of,
)

from lianxin.core.book import Query
from lianxin.core.day.period import parse_period
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.kinds import KIND, KINDS
from lianxin.storage.book import LedgerBook

QUICK = event("q", "快办快结", "2026-03-05 10:00", "处理情况: 换了灯泡", "报备: 是", "费用: 12.50", "类别: 照明")
VISIT = (
    "编号: ZF-2026-A0001\n日期: 2026-03-01\n走访人:\n  - RY-A0002\n  - RY-A0001\n所属村: CUN-A0001\n走访户:\n"
    "  - HU-A0002\n  - HU-A0001\n走访方式: 入户\n食宿自理: 是\n帮扶:\n  - 指标: 慰问金\n    数量: 200\n"
    "  - 指标: 慰问品\n    数量: 1.5\n审阅:\n  审阅人: RY-A0002\n  审阅日期: 2026-03-03\n  审阅意见: 好\n"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBook]:
    town = Town(tmp_path_factory.mktemp("query"), git=False)
    merged = event("m", "并案", "2026-03-05 10:00", "并入: WT-2026-A0001")
    followed = event("n", "并案", "2026-03-06 10:00", "并入: WT-2026-A0003")
    town.write(
        {
            path_of(1): issue(1, ACCEPT, ASSIGN, SIGN),
            path_of(2): issue(2, ACCEPT, QUICK, village=2, day="2026-03-02"),
            path_of(3): issue(3, merged, day="2026-03-04"),
            path_of(4): issue(4, followed, day="2026-03-04", summary="渠里没水'--"),
            path_of(5): issue(5, day="2026-02-27"),
            "households/HU-A0002.yaml": HOUSEHOLD.replace("A0001", "A0002", 1)
            .replace("丁有田", "龚有福")
            .replace("  - RY-A0002\n", "")
            .replace("低保", "一般"),
            "people/RY-A0003.yaml": OTHER_PERSON.replace("RY-A0002", "RY-A0003").replace("贺立春", "贺立秋"),
            "visits/2026/ZF-2026-A0001.yaml": VISIT,
        }
    )
    with town.book() as opened:
        assert opened.problems("错误") == []
        yield opened


def ask(book: LedgerBook, kind: str, columns: str, *where: str, sort: str = "", period: str = "", by: str = "") -> Any:
    span = parse_period(period, NOW.date()) if period else None
    query = Query(KIND[kind], tuple(columns.split()), parse_filters(where), span, by, tuple(sort.split()))
    rows, ids = book.select(query)
    assert len(rows) == len(ids)
    return rows


def numbers(book: LedgerBook, *where: str, kind: str = "issue", period: str = "", by: str = "") -> list[int]:
    return [int(id_[-4:]) for (id_,) in ask(book, kind, "编号", *where, period=period, by=by)]


def test_values_come_back_typed(book: LedgerBook) -> None:
    assert ask(book, "issue", "编号 反映时间 登记时间 办结期限 匿名 紧急程度 延期次数 哨单", "编号=WT-2026-A0001") == [
        (
            "WT-2026-A0001",
            date(2026, 3, 2),
            datetime(2026, 3, 2, 9, 40),
            datetime(2026, 3, 9, 23, 59),
            "否",
            "紧急",
            0,
            None,
        )
    ]
    assert ask(book, "issue", "费用", "费用>=12.5") == [(Decimal("12.5"),)]
    assert ask(book, "visit", "食宿自理 审阅.审阅日期 帮扶.数量") == [("是", date(2026, 3, 3), "200、1.5")]


def test_references_answer_with_titles_and_their_ids_on_demand(book: LedgerBook) -> None:
    assert ask(book, "issue", "所属村 所属村.编号 责任部门 责任人", "编号=WT-2026-A0001") == [
        ("柳溪村", "CUN-A0001", "水利站", "贺立春")
    ]


def test_paths_step_through_references_groups_and_lists(book: LedgerBook) -> None:
    assert ask(book, "issue", "责任部门.类别 联系户.户主 联系户.联系人 联系户.联系人.单位", "编号=WT-2026-A0001") == [
        ("涉农", "丁有田", "秦小满、贺立春", "党政办、水利站")
    ]
    assert ask(book, "visit", "走访人 走访户.户主 走访户.联系人 走访户.家庭成员.姓名 审阅.审阅人 审阅.审阅人.职务") == [
        ("贺立春、秦小满", "龚有福、丁有田", "秦小满、秦小满、贺立春", "丁小禾、丁小禾", "贺立春", "站长")
    ]
    assert ask(book, "pairing", "甲方 甲方.类别 乙方.名称 乙方.乡镇 共建计划.目标 共建计划.项目.资金") == [
        ("水利站", "涉农", "柳溪村", "云岭镇", "修通水渠", "12000")
    ]
    assert ask(book, "whistle", "报到情况.部门 报到情况.到场人 报到情况.应报到期限") == [
        ("水利站、党政办", "贺立春", "2026-03-05 23:59、2026-03-05 12:00")
    ]


def test_groups_alone_are_spoken_in_one_line(book: LedgerBook) -> None:
    assert ask(book, "person", "身份", sort="编号") == [("办事员 2024-01-01",), (None,), (None,)]
    assert ask(book, "whistle", "报到部门") == [("水利站 2026-03-05、党政办 2026-03-05 12:00",)]
    assert ask(book, "visit", "走访户.家庭成员") == [("丁小禾 学生、丁小禾 学生",)]


def test_what_depends_on_the_day_is_computed_when_asked(book: LedgerBook) -> None:
    rows = ask(book, "issue", "编号 状态 预警灯 逾期天数 主案.编号 主案 主案.状态", "预警灯=已逾期")
    assert rows == [("WT-2026-A0001", "办理中", "已逾期", 7, None, None, None)]
    merged = ask(book, "issue", "编号 主案.编号 主案 主案.状态 主案.预警灯", "状态=已并案")
    leader = ("WT-2026-A0001", "水渠漏水第1处", "办理中", "已逾期")
    assert merged == [("WT-2026-A0003", *leader), ("WT-2026-A0004", *leader)]
    assert book.leader("WT-2026-A0004") == "WT-2026-A0001"
    assert book.leader("WT-2026-A0005") == "WT-2026-A0005"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("类别=水利,照明", [1, 2]),
        ("类别!=水利", [2, 3, 4, 5]),
        ("类别=", [3, 4, 5]),
        ("类别!=", [1, 2]),
        ("类别=,照明", [2, 3, 4, 5]),
        ("事由~第2处,--", [2, 4]),
        ("事由=渠里没水'--", [4]),
        ("反映时间=2026-03-02", [1, 2]),
        ("反映时间=2026-02", [5]),
        ("反映时间>=2026-03-04", [3, 4]),
        ("反映时间<=2026-02", [5]),
        ("反映时间=上月", [5]),
        ("登记时间=2026-03-02 09:40", [1, 2]),
        ("登记时间<=2026-03-02", [1, 2, 5]),
        ("登记时间>=2026-03-02 09:41", [3, 4]),
        ("办结期限=2026-03-09", [1]),
        ("办结期限<=2026-03-08", []),
        ("due=2026-03-09", [1]),
        ("责任部门=水利站", [1]),
        ("责任部门=DW-A0001", [1]),
        ("责任部门!=水利站", [2, 3, 4, 5]),
        ("责任部门~水利", [1]),
        ("责任部门.类别=涉农", [1]),
        ("village.name=石桥村", [2]),
        ("联系户.联系人=贺立春", [1, 2, 3, 4, 5]),
        ("联系户.联系人!=贺立春", []),
        ("联系户.联系人.职务=站长", [1, 2, 3, 4, 5]),
        ("费用>=12", [2]),
        ("费用>=12.51", []),
        ("延期次数=0", [1, 2, 3, 4, 5]),
        ("紧急程度=紧急", [1, 2]),
        ("匿名=否", [1, 2, 3, 4, 5]),
        ("来源渠道!=微信,电话", [1, 2, 3, 4, 5]),
        ("并入=WT-2026-A0001", [3]),
        ("状态=已并案", [3, 4]),
    ],
)
def test_filters(book: LedgerBook, where: str, expected: list[int]) -> None:
    assert numbers(book, where) == expected


def test_a_filter_may_name_thousands_of_records(book: LedgerBook) -> None:
    many = ",".join(f"WT-2026-A{number:04}" for number in range(3, 9_000))
    assert numbers(book, f"编号={many}") == [3, 4, 5]
    assert numbers(book, f"编号!={many}") == [1, 2]


def test_filters_on_lists_look_at_every_part(book: LedgerBook) -> None:
    assert numbers(book, "联系人=贺立春", kind="household") == [1]
    assert numbers(book, "联系人!=贺立春", kind="household") == [2]
    assert numbers(book, "联系人~小满", kind="household") == [1, 2]
    assert numbers(book, "家庭成员.标签=学生", kind="household") == [1, 2]
    assert numbers(book, "家庭成员~丁小禾", kind="household") == [1, 2]
    assert numbers(book, "村组=二组", kind="village") == [1]
    assert numbers(book, "村组=", kind="village") == [2]
    assert numbers(book, "村组!=", kind="village") == [1]
    assert numbers(book, "历年集体收入.集体收入>=35000.5", kind="village") == [1]
    assert numbers(book, "报到情况.应报到期限>=2026-03-06", kind="whistle") == []
    assert numbers(book, "报到情况.应报到期限>=2026-03-05 12:01", kind="whistle") == [1]


def test_several_filters_mean_and(book: LedgerBook) -> None:
    assert numbers(book, "类别!=", "所属村=石桥村") == [2]


def test_choices_compare_in_their_declared_order(book: LedgerBook) -> None:
    assert numbers(book, "层级>=镇", kind="org") == [1, 2]
    assert numbers(book, "层级>=示范区", kind="org") == []
    assert numbers(book, "层级<=镇", kind="org") == [1, 2]


def test_periods_are_half_open(book: LedgerBook) -> None:
    assert numbers(book, period="2026-03-02..2026-03-03", by="反映时间") == [1, 2]
    assert numbers(book, period="2026-03-03..2026-03-04", by="登记时间") == [3, 4]
    assert numbers(book, period="2026-03-09", by="办结期限") == [1]
    assert numbers(book, period="2026-03-10", by="办结期限") == []


def test_sorting_is_total_and_what_is_empty_comes_last(book: LedgerBook) -> None:
    def order(sort: str) -> list[int]:
        return [int(id_[-4:]) for (id_,) in ask(book, "issue", "编号", sort=sort)]

    assert order("") == [1, 2, 3, 4, 5]
    assert order("反映时间") == [5, 1, 2, 3, 4]
    assert order("-反映时间") == [3, 4, 1, 2, 5]
    assert order("办结期限") == order("-办结期限") == [1, 2, 3, 4, 5]
    assert order("-所属村") == [2, 1, 3, 4, 5]
    assert [row[0] for row in ask(book, "household", "户主", sort="户类别")] == ["龚有福", "丁有田"]


def test_numbers_past_four_digits_follow_the_others(tmp_path: Path) -> None:
    town = Town(tmp_path, git=False)
    town.write({path_of(n): issue(n) for n in (10000, 9999, 2)})
    with town.book() as book:
        for sort in ("", "编号", "所属村"):
            found = [id_ for (id_,) in ask(book, "issue", "编号", sort=sort)]
            assert found == ["WT-2026-A0002", "WT-2026-A9999", "WT-2026-A10000"]
        assert ask(book, "issue", "编号", sort="-编号")[0] == ("WT-2026-A10000",)


@pytest.mark.parametrize(
    ("columns", "where", "sentence"),
    [
        ("责任部", "", "问题没有「责任部」这一栏；是不是「责任部门」"),
        ("责任部门.名字", "", "单位没有「名字」这一栏；是不是「名称」"),
        ("事由.名称", "", "「事由」不指向别的记录"),
        ("编号.名称", "", "「编号」不指向别的记录"),
        ("编号", "没有=1", "问题没有「没有」这一栏"),
        ("编号", "来源渠道=入户", "「来源渠道」没有「入户」这一项；是不是「入户走访」"),
        ("编号", "登记层级=国", "可选：村、镇、示范区"),
        ("编号", "匿名=对", "只有「是」和「否」"),
        ("编号", "费用>=很多", "是数目"),
        ("编号", "费用>=NaN", "是数目"),
        ("编号", "反映时间>=从前", "看不懂期间"),
        ("编号", "登记时间>=2026-02-30 10:00", "不是时间"),
        ("编号", "事由~", "缺了值"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(
    book: LedgerBook, columns: str, where: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        ask(book, "issue", columns, *filter(None, [where]))


def test_groups_and_periods_are_refused_where_they_make_no_sense(book: LedgerBook) -> None:
    with pytest.raises(UsageError, match="是一组内容"):
        ask(book, "household", "编号", "家庭成员=丁小禾")
    with pytest.raises(UsageError, match="里没有「名」这一项"):
        ask(book, "household", "家庭成员.名")
    with pytest.raises(UsageError, match="不是日期"):
        ask(book, "issue", "编号", period="2026", by="事由")
    with pytest.raises(UsageError, match="按哪个日期"):
        ask(book, "issue", "编号", period="2026")


def test_every_column_of_every_kind_can_be_asked_filtered_and_sorted(book: LedgerBook) -> None:
    for kind in KINDS:
        columns = [column.label for column in kind.fields] + [column.label for column in kind.derived]
        rows, _ = book.select(Query(kind, tuple(columns), sort=tuple(columns)))
        assert all(len(row) == len(columns) for row in rows)
        for column in columns:
            empty, _ = book.select(Query(kind, (column,), parse_filters([f"{column}="])))
            full, _ = book.select(Query(kind, (column,), parse_filters([f"{column}!="])))
            assert all(value is None for (value,) in empty)
            assert all(value is not None for (value,) in full)
            assert len(empty) + len(full) == len(rows)
