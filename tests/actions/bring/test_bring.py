"""Old workbooks come in: every fault at its cell, what is right as the form would have it, the same file once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.actions.bring import workbooks
from tests.actions.bring.clerk import NOW, Clerk, agree, faults

from lianxin.actions.begin.start import init
from lianxin.actions.bring.bring import Brought
from lianxin.actions.bring.draft import Fate
from lianxin.actions.bring.row import Given
from lianxin.actions.change.undo import undo
from lianxin.actions.change.void import void
from lianxin.kinds import KIND
from lianxin.storage.write.stream import Written


def test_sheets_that_point_to_each_other_come_in_at_once(clerk: Clerk, founded: Brought) -> None:
    assert not founded.troubles
    assert dict(founded.by_kind(Fate.NEW)) == {"村": 2, "单位": 3, "党员干部": 4}
    assert clerk.message().startswith("导入 村 2 条、单位 3 条、党员干部 4 条\n")
    villages = clerk.rows(
        "village", "name, households, population, groups, (SELECT name FROM person WHERE id = secretary)"
    )
    assert villages == [
        ("青石村", 412, 1650, '["一组","二组","三组"]', "张大山"),
        ("白杨村", 300, 1201, '["一组","二组"]', "李水生"),
    ]
    assert clerk.rows("org", "name, level, department, (SELECT name FROM person WHERE id = secretary)")[1:] == [
        ("清溪镇水务站", "镇", "是", "王芳"),
        ("青石村党支部", "村", "否", None),
        ("白杨村党支部", "村", "否", None),
    ]
    assert clerk.rows("person", "name, phone, joined")[1:] == [
        ("张大山", "13900000001", "2001-07-01"),
        ("李水生", "13900000002", "2005-07-01"),
        ("王芳", "13900000003", "2010-07-01"),
        ("赵小兰", None, None),
    ]


def test_every_fault_is_told_at_its_cell(housed: Brought) -> None:
    agree(faults(housed), workbooks.HOUSEHOLD_FAULTS)
    agree(faults(housed, grave=False), [(9, "", "和第 5 行一样")])
    assert housed.count(Fate.FAULTY) == 6
    assert housed.count(Fate.TWICE) == 1


def test_the_good_rows_are_as_the_form_would_have_them(clerk: Clerk, housed: Brought) -> None:
    assert housed.commit
    found = clerk.rows("household", 'head, (SELECT name FROM village WHERE id = village), "group", category, phone')
    assert found[:2] == [
        ("钱多", "青石村", "一组", "低保", "13800000001"),
        ("陈平", "白杨村", "二组", "重点", "13800000008"),
    ]
    assert clerk.errors() == []


def test_without_leave_nothing_of_a_faulty_workbook_is_written(clerk: Clerk, housed: Brought, folder: Path) -> None:
    before = clerk.head()
    assert housed.faulty
    assert not clerk.bring(folder / "联系户.xlsx").commit
    assert clerk.head() == before


def test_the_same_file_again_changes_nothing(clerk: Clerk, housed: Brought, folder: Path) -> None:
    before = clerk.head()
    assert housed.commit
    for memory in (True, False):  # with what was kept beside the index, and by what the rows say
        if not memory:
            next((clerk.root / ".git" / "lianxin").glob("*.imported")).unlink()
        again = clerk.bring(folder / "联系户.xlsx", good_only=True)
        assert (again.coming, again.count(Fate.SAME), again.count(Fate.DIFFERS)) == (0, 2, 0)
        assert not clerk.bring(folder / "基础.xlsx").coming
    assert clerk.head() == before


def test_a_changed_file_shows_what_is_new_and_what_differs(clerk: Clerk, housed: Brought, tmp_path: Path) -> None:
    assert housed.commit
    path = workbooks.saved(
        tmp_path / "联系户.xlsx",
        (
            "户",
            [
                ["户主", "村", "组", "电话", "住址"],
                ["钱多", "青石村", "一组", "13800000099", ""],  # another telephone
                ["陈平", "白杨村", "二组", "13800000008", "二组8号"],  # where he lives was not known
                ["新来", "青石村", "三组", "13800000077", ""],
            ],
        ),
    )
    found = clerk.bring(path, dry_run=True)
    assert [found.count(fate) for fate in (Fate.DIFFERS, Fate.FILLED, Fate.NEW)] == [1, 1, 1]
    agree(faults(found, grave=False), [(2, "D", "和台账里的 HU-A0001 不一样")])
    assert "lianxin household edit HU-A0001 --phone" in found.troubles[0].said


def test_what_was_imported_is_taken_back_at_one_stroke(clerk: Clerk, housed: Brought, folder: Path) -> None:
    assert housed.commit
    before = clerk.rows("household", "id")
    done = clerk.bring(workbooks.grouped(folder))
    assert done.count(Fate.NEW) == 6
    assert not faults(done)
    undo(clerk.workspace())
    assert clerk.rows("household", "id") == before
    again = clerk.bring(folder / "分村.xlsx")
    assert again.count(Fate.NEW) == 6
    where = clerk.rows("household", "head, (SELECT name FROM village WHERE id = village)")
    assert where[-6:] == [
        ("甲一", "青石村"),
        ("甲二", "青石村"),
        ("乙一", "白杨村"),
        ("丙一", "青石村"),
        ("丙二", "青石村"),
        ("丁一", "白杨村"),
    ]


def test_days_in_every_writing(clerk: Clerk, housed: Brought, folder: Path) -> None:
    assert housed.commit
    path = workbooks.visits_gbk(folder)
    found = clerk.bring(path, dry_run=True)
    assert found.yearless
    agree(faults(found), [(6, "A", "没有写年份")])
    done = clerk.bring(path, given=Given(year=2026))
    assert not faults(done)
    agree(faults(done, grave=False), [])
    clerk.bring(workbooks.visits_bom(folder))
    clerk.bring(workbooks.dates_1904(folder))
    days = [day for (day,) in clerk.rows("visit", "day")]
    assert days == [
        *("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"),
        *("2026-03-09", "2026-04-02", "2026-04-03"),
    ]
    ways = [way for (way,) in clerk.rows("visit", "way")][:5]
    assert ways == ["入户", "入户", "入户", "电话", "回访"]


def test_payments_of_one_project_are_lines_of_one_record(clerk: Clerk, founded: Brought, folder: Path) -> None:
    assert founded.commit
    done = clerk.bring(workbooks.projects(folder))
    assert not faults(done)
    with clerk.workspace().book() as book:
        found = book.sql("SELECT name, planned, payments FROM project ORDER BY id")
        planned, paid = (
            sum(float(one["金额"]) for _, *both in found for one in json.loads(both[n] or "[]")) for n in (0, 1)
        )
    assert [name for name, *_ in found] == ["青石村机耕桥", "白杨村水塘清淤"]
    assert (planned, paid) == (119400, 89400)  # as the workbook's own total has it
    assert not clerk.bring(folder / "项目.xlsx").coming


def test_a_column_nobody_has_heard_of_is_left_out_and_remembered(clerk: Clerk, housed: Brought, folder: Path) -> None:
    assert housed.commit
    done = clerk.bring(workbooks.pairings(folder))
    assert not faults(done)
    assert clerk.rows("pairing", "since, until") == [("2026-01-01", "2026-12-31"), ("2026-02-01", None)]
    kept = (clerk.root / "policy" / "import.yaml").read_text("utf-8")
    assert "星座" in kept
    assert "白羊" not in kept
    assert "钱多" not in kept
    assert clerk.errors() == []


def test_what_was_voided_since_does_not_rise_again(clerk: Clerk, housed: Brought, tmp_path: Path) -> None:
    assert housed.commit
    rows = [["户主", "村", "组"], ["误登", "青石村", "三组"]]
    path = workbooks.saved(tmp_path / "误.xlsx", ("户", rows))
    (draft,) = clerk.bring(path).drafts
    void(clerk.workspace(), KIND["household"], draft.id, "登错了")
    assert clerk.bring(path).count(Fate.SAME) == 1


def test_issues_come_with_their_history(clerk: Clerk, housed: Brought, folder: Path) -> None:
    assert housed.commit
    path = workbooks.issues(folder)
    found = clerk.bring(path, dry_run=True)
    agree(faults(found), workbooks.ISSUE_FAULTS)
    done = clerk.bring(path, good_only=True)
    assert done.count(Fate.NEW) == 3
    states = clerk.rows("issue", "summary, base_state")
    assert states == [("一组水管漏了", "已反馈"), ("沟堵了", "已交办"), ("要补旧账", "已办结")]
    events = [one.events for one in done.drafts if one.fate is Fate.NEW]
    assert [[(one.step, f"{one.at:%m-%d}") for one in each] for each in events] == [
        [
            *(("受理", "03-02"), ("交办", "03-02"), ("签收", "03-02")),
            *(("办结", "03-05"), ("反馈", "03-06"), ("心得体会", "03-06")),
        ],
        [("受理", "04-01"), ("交办", "04-01")],
        [("解释疏导", "04-03")],
    ]
    assert all(one.recorded == NOW for each in events for one in each)  # made up for: noted down today
    owed = faults(done, grave=False)
    agree(owed, [(3, "O", "没有写交办、签收、心得体会的时间"), (3, "AA", "五有还缺"), (4, "O", "没有写交办的时间")])
    with clerk.workspace().book() as book:
        assert "旧表还写着：办理结果 正在清" in str(book.record("WT-2026-A0002").notes)  # type: ignore[attr-defined]
    assert not clerk.bring(path, good_only=True).coming
    assert clerk.errors() == []


def test_a_namesake_is_asked_about_once_and_remembered(clerk: Clerk, housed: Brought, tmp_path: Path) -> None:
    assert housed.commit
    twice = workbooks.saved(
        tmp_path / "同名.xlsx",
        ("户", [["户主", "村", "组"], ["雷同", "青石村", "一组"], ["雷同", "青石村", "二组"]]),
    )
    clerk.bring(twice)
    path = workbooks.saved(
        tmp_path / "走访同名.xlsx",
        ("走访", [["日期", "走访人", "户主", "走访方式"], ["2026-05-05", "张大山", "雷同", "入户"]]),
    )
    found = clerk.bring(path, dry_run=True)
    (asked,) = found.namesakes
    assert [id_ for id_, _ in asked.choices] == [id_ for (id_,) in clerk.rows("household", "id")[-2:]]
    agree(faults(found), [(2, "C", "有 2 个同名的")])
    chosen = asked.choices[1][0]
    done = clerk.bring(path, names={asked.asked: chosen})
    assert done.count(Fate.NEW) == 1
    assert not clerk.bring(path).troubles  # she is not asked again
    assert f'["{chosen}"]' in [str(one) for (one,) in clerk.rows("visit", "households")]


def test_a_record_that_is_not_there_names_the_workbook_to_import_first(tmp_path: Path) -> None:
    root = tmp_path / "台账"
    init(root, name="清溪镇党建办", level="镇", org="清溪镇党委", clerk="周敏", written=Written("begin", NOW))
    found = Clerk(root).bring(workbooks.households(tmp_path), dry_run=True)
    assert "先导入「村」的旧表" in next(said for row, column, said in faults(found) if (row, column) == (5, "C"))


#: What an office's own table has besides the shipped columns.
_ASIDE = (
    "延期时间",
    "延期至",
    "延期原因",
    "延期批准人",
    "暂缓时间",
    "暂缓原因",
    "恢复条件",
    "复核日期",
    "是否告知",
    "恢复时间",
)
_QUICK = ("快办情况", "是否报备")


def _told(path: Path, *rows: dict[str, Any]) -> Path:
    heads = [*workbooks.LEDGER, *_ASIDE, *_QUICK]
    said = [[number if word == "序号" else row.get(word, "") for word in heads] for number, row in enumerate(rows, 1)]
    return workbooks.saved(path, ("问题台账", [["2026年清溪镇问题台账"], heads, *said]))


def test_what_lay_between_comes_too_and_what_came_since_is_added(clerk: Clerk, housed: Brought, tmp_path: Path) -> None:
    assert housed.commit
    taken = {
        "问题性质": "共性",
        "合理性": "合理",
        "类别": "安全饮水",
        "受理层级": "镇",
        "来源渠道": "入户",
        "所属村组": "青石村一组",
    }
    begun = {
        **taken,
        "反映时间": "2026-05-06",
        "反映人": "钱多",
        "问题描述": "井水发黄",
        "受理时间": "2026-05-06",
        "责任部门": "水务站",
        "责任人": "赵小兰",
        "办理时限": "20个工作日",
        "工作标准": "水清",
    }
    quick = {
        **taken,
        "反映时间": "2026-05-07",
        "反映人": "钱多",
        "问题描述": "龙头滴水",
        "受理时间": "2026-05-07",
        "快办情况": "当场换了垫圈",
        "是否报备": "是",
    }
    done = clerk.bring(_told(tmp_path / "五月.xlsx", begun, quick))
    assert [[one.step for one in draft.events] for draft in done.drafts] == [["受理", "交办"], ["快办快结"]]
    ids = [draft.id for draft in done.drafts]
    paused = {
        "暂缓时间": "2026-05-12",
        "暂缓原因": "等管材",
        "恢复条件": "管材到货",
        "复核日期": "2026-06-12",
        "是否告知": "是",
    }
    since = {
        **begun,
        **paused,
        "恢复时间": "2026-05-20",
        "延期时间": "2026-05-11",
        "延期至": "40个工作日",
        "延期原因": "缺人手",
        "延期批准人": "张大山",
        "办理结果": "清了井",
        "办结时间": "2026-05-25",
    }
    done = clerk.bring(_told(tmp_path / "六月.xlsx", since, quick))
    assert [draft.fate for draft in done.drafts] == [Fate.FILLED, Fate.SAME]
    assert [draft.id for draft in done.drafts] == ids
    steps = [(one.step, f"{one.at:%m-%d}") for one in done.drafts[0].events]
    assert steps == [
        *(("签收", "05-06"), ("延期", "05-11"), ("暂缓", "05-12")),
        *(("恢复", "05-20"), ("办结", "05-25")),
    ]
    assert clerk.rows("issue", "base_state")[-2:] == [("已办结",), ("已办结",)]
    assert not clerk.bring(_told(tmp_path / "六月.xlsx", since, quick)).coming
    assert clerk.errors() == []


_WHISTLED = ("吹哨", "哨号", "报到部门", "报到时间", "到场人", "处置措施", "评哨")
_FIVE = {"何人": "一组各户", "何时": "六月", "何地": "一组路口", "何因": "年久", "经过": "挖出来才看到"}
_ENDED = {
    **_FIVE,
    "问题性质": "共性",
    "公共个人": "公共",
    "合理性": "合理",
    "类别": "安全饮水",
    "紧急程度": "一般",
    "受理层级": "镇",
    "来源渠道": "入户",
    "所属村组": "青石村一组",
    "反映人": "钱多",
    "反映时间": "2026-06-01",
    "受理时间": "2026-06-01",
    "答复": "马上办",
    "责任部门": "水务站",
    "责任人": "赵小兰",
    "办理时限": "20个工作日",
    "工作标准": "通",
    "办理结果": "线和管都改好了",
    "办结时间": "2026-06-10",
    "反馈时间": "2026-06-11",
    "反馈方式": "电话回访",
    "是否解决": "是",
    "满意度": "满意",
    "心得体会": "一起去快",
    "销号时间": "2026-06-12",
}


def test_a_whistle_told_of_in_a_row_is_a_record_of_its_own(clerk: Clerk, housed: Brought, tmp_path: Path) -> None:
    assert housed.commit
    heads = [*dict.fromkeys((*workbooks.LEDGER, *_ENDED, *_WHISTLED))]
    came = {"报到时间": "2026-06-04", "到场人": "赵小兰、张大山", "处置措施": "断电换管", "评哨": "满意"}
    rows = [
        {**_ENDED, "问题描述": "管和线打架", "吹哨": "2026.6.3", "哨号": "3号", "报到部门": "青石村党支部", **came},
        {**_ENDED, "问题描述": "杆子斜了", "吹哨": "2026.6.3", "哨号": "3号"},
        {**_ENDED, "问题描述": "渠塌了一段", "吹哨": "2026-06-03", "责任部门": "", "报到部门": "水务站"},
        {**_ENDED, "问题描述": "桥板松了", "吹哨": "是"},
        {**_ENDED, "问题描述": "井盖丢了", "吹哨": "否"},
    ]
    said = [[number if word == "序号" else row.get(word, "") for word in heads] for number, row in enumerate(rows, 1)]
    path = workbooks.saved(tmp_path / "吹哨.xlsx", ("问题台账", [["2026年清溪镇问题台账"], heads, *said]))
    done = clerk.bring(path)
    assert done.by_kind(Fate.NEW) == {"问题": 5, "吹哨": 2}
    first, second = (one for one in done.drafts if one.kind.name == "whistle")
    assert [(one.step, f"{one.at:%m-%d}") for one in first.record.events] == [
        *(("批准", "06-03"), ("报到", "06-04"), ("报到", "06-04"), ("处置", "06-04"), ("处置", "06-04")),
        *(("办结", "06-10"), ("办结", "06-10"), ("结哨", "06-10"), ("评哨", "06-10")),
    ]
    assert first.record.issues == (done.drafts[0].id, done.drafts[1].id)  # told of twice by one number
    assert first.record.notes == "旧表的哨号：3号"
    assert [one.step for one in second.record.events] == ["批准"]
    states = dict(clerk.rows("issue", "summary, base_state")[-5:])
    assert [*states.values()] == ["已销号", "已销号", "已反馈", "已销号", "已销号"]  # not before its whistle is done
    assert [(one[0], one[2]) for one in faults(done, grave=False) if "吹哨" in one[2]] == [
        (5, f"「销号」没有记：{second.id} 现在是「已吹哨」，先结哨再销号"),
        (5, f"{second.id} 现在是「已吹哨」，后来怎样旧表没有写；请接着办：lianxin next {second.id}"),
        (6, "「吹哨」没有记：旧表没有写时间"),
    ]
    with clerk.workspace().book() as book:
        assert "旧表还写着：吹哨 是" in str(book.record(done.drafts[3].id).notes)  # type: ignore[attr-defined]
    assert not clerk.bring(path).coming
    assert clerk.errors() == []


def test_what_a_row_tells_later_of_a_whistle_comes_in_as_its_issue_s_steps_do(
    clerk: Clerk, housed: Brought, tmp_path: Path
) -> None:
    assert housed.commit
    heads = [*dict.fromkeys((*workbooks.LEDGER, *_ENDED, *_WHISTLED))]
    whistled = {"吹哨": "2026-06-03", "哨号": "5号", "报到部门": "青石村党支部"}
    came = {"报到时间": "2026-06-04", "到场人": "赵小兰、张大山"}
    disposed = {"处置措施": "断电换管", "评哨": "满意"}

    def told(name: str, **more: str) -> Path:
        open_ = {"办理结果", "办结时间", "反馈时间", "反馈方式", "是否解决", "满意度", "心得体会", "销号时间"}
        first = {name: said for name, said in _ENDED.items() if name not in open_} | whistled
        rows = [{**first, "问题描述": "电线搭在水管上", **more}, {**first, "问题描述": "阀门井没有盖", **more}]
        said = [[n if word == "序号" else row.get(word, "") for word in heads] for n, row in enumerate(rows, 1)]
        return workbooks.saved(tmp_path / name, ("问题台账", [["2026年清溪镇问题台账"], heads, *said]))

    done = clerk.bring(told("六月初.xlsx"))
    assert done.by_kind(Fate.NEW) == {"问题": 2, "吹哨": 1}
    (id_,) = (one.id for one in done.drafts if one.kind.name == "whistle")
    again = clerk.bring(told("六月四.xlsx", **came))
    assert {one.id: one.fate for one in again.drafts if one.kind.name == "whistle"} == {id_: Fate.FILLED}
    last = clerk.bring(told("六月末.xlsx", **came, **disposed, **_ENDED))
    assert last.by_kind(Fate.FILLED) == {"问题": 2, "吹哨": 1}
    with clerk.workspace().book() as book:
        steps = [(one.step, f"{one.at:%m-%d}") for one in book.record(id_).events]  # type: ignore[attr-defined]
    assert steps == [
        *(("批准", "06-03"), ("报到", "06-04"), ("报到", "06-04"), ("处置", "06-04"), ("处置", "06-04")),
        *(("办结", "06-10"), ("办结", "06-10"), ("结哨", "06-10"), ("评哨", "06-10")),
    ]
    assert [state for (state,) in clerk.rows("issue", "base_state")[-2:]] == ["已销号", "已销号"]
    assert not clerk.bring(told("六月末.xlsx", **came, **disposed, **_ENDED)).coming
    assert clerk.errors() == []
    other = {**_ENDED, **whistled, "问题描述": "井台塌了半边"}  # of the same whistle, and of no issue that is known
    rows = [["2026年清溪镇问题台账"], heads, [other.get(word, "") for word in heads]]
    third = clerk.bring(workbooks.saved(tmp_path / "补一件.xlsx", ("问题台账", rows)))
    assert third.by_kind(Fate.NEW) == {"问题": 1}
    assert f"「吹哨」没有记：哨号「5号」台账里已有，是 {id_}" in "".join(one[2] for one in faults(third, grave=False))
