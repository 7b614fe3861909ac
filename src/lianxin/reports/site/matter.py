"""What the notice board shows besides issues: published accounts, promises, projects, surveys."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lianxin.core.book import Book, Query
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Block, Column, Heading, Paragraph, Table, Value
from lianxin.core.filter import Filter, Op
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.activity import Sort
from lianxin.reports.column import find

#: Sorts of activity by which a village lays open its affairs.
_PUBLISHED = Sort.VILLAGE_AFFAIRS.value


class Matter(Struct, frozen=True):
    """A table of one kind of record.

    Attributes:
        kind: English name.
        columns: The allow-list; nothing else of the record gets in.
        village: The field that says whose page it belongs on.
        filters: Which records.
    """

    heading: str
    kind: str
    columns: tuple[str, ...]
    village: str
    sort: str
    filters: tuple[Filter, ...] = ()


AFFAIRS = Matter(
    "村务公开",
    "activity",
    ("日期", "所属村", "名称", "主办单位"),
    "所属村",
    "-日期",
    (Filter(("类别",), Op.EQ, (_PUBLISHED,)),),
)
PROMISES = Matter(
    "公开承诺",
    "promise",
    ("承诺人", "承诺对象", "对象说明", "承诺内容", "承诺日期", "完成时限", "兑现日期", "状态"),
    "承诺对象",
    "-承诺日期",
    # what was promised to a household is that household's own affair
    (Filter(("公开",), Op.EQ, ("是",)), Filter(("承诺户",), Op.EQ, ("",))),
)
PROJECTS = Matter(
    "项目和资金",
    "project",
    (
        "名称",
        "类别",
        "所属村",
        "实施单位",
        "计划资金",
        "已付资金",
        "开工日期",
        "完成时限",
        "验收日期",
        "状态",
        "受益户数",
    ),
    "所属村",
    "-申报日期",
)
SURVEYS = Matter(
    "满意度测评",
    "survey",
    ("日期", "类别", "测评对象", "题目", "发放份数", "有效份数", "满意数", "基本满意数", "不满意数"),
    "测评对象",
    "-日期",
    # how one cadre or member was rated is not for the wall
    (Filter(("类别",), Op.NE, ("干部", "党员")),),
)
MATTERS = (AFFAIRS, PROMISES, PROJECTS, SURVEYS)


def affairs(book: Book, places: Mapping[str, str], village: str = "") -> list[Block]:
    """What was laid open, and on the common page which village did so in which quarter."""
    blocks = _blocks(book, AFFAIRS, village)
    if not places:
        return blocks
    return [Heading(f"{book.today.year} 年各季度公开情况"), _quarters(book, places), *blocks]


def promises(book: Book, village: str = "") -> list[Block]:
    """Promises made in public, and whether they were kept."""
    return _blocks(book, PROMISES, village)


def projects(book: Book, village: str = "") -> list[Block]:
    """Projects and their money."""
    return _blocks(book, PROJECTS, village)


def surveys(book: Book, village: str = "") -> list[Block]:
    """Surveys about villages, units and the work."""
    return _blocks(book, SURVEYS, village)


_HELD = """SELECT v.value, (CAST(substr(a.day, 6, 2) AS INTEGER) + 2) / 3, count(*)
FROM activity AS a, json_each(a.villages) AS v
WHERE a.sort = ? AND substr(a.day, 1, 4) = ? AND a.day <= ? GROUP BY 1, 2"""


def _quarters(book: Book, places: Mapping[str, str]) -> Table:
    today = book.today
    held = {
        (str(village), int(quarter)): int(count)
        for village, quarter, count in book.sql(_HELD, (_PUBLISHED, str(today.year), today.isoformat()))
    }
    now = (today.month + 2) // 3

    def word(village: str, quarter: int) -> str:
        count = held.get((village, quarter), 0)
        return (
            f"公开 {count} 次" if count else "还没有公开" if quarter == now else "没有公开" if quarter < now else "未到"
        )

    columns = (
        Column("村", "village", term=True),
        *(Column(f"{'一二三四'[n]}季度", f"q{n + 1}", term=True) for n in range(4)),
    )
    rows = [(name, *(word(id_, n + 1) for n in range(4))) for id_, name in places.items()]
    return Table(columns, rows, caption="各村每季度公开情况")


def _blocks(book: Book, matter: Matter, village: str) -> list[Block]:
    kind = KIND[matter.kind]
    filters = (*matter.filters, *((Filter((matter.village, "编号"), Op.EQ, (village,)),) if village else ()))
    columns = tuple(label for label in matter.columns if not village or label != matter.village)
    dated = kind.dated
    ends = (Filter((dated,), Op.LE, (book.today.isoformat(),)),) if dated in matter.columns else ()
    rows, ids = book.select(Query(kind, columns, (*filters, *ends), sort=(matter.sort,)))
    heading: Block = Heading(matter.heading)
    if not rows:
        return [heading, Paragraph("还没有。", Tone.MUTED)]
    columned = tuple(_column(kind, label) for label in columns)
    return [heading, _spare(Table(columned, [tuple(row) for row in rows], ids, caption=matter.heading))]


def _column(kind: Kind, label: str) -> Column:
    spec = find(kind, label)
    name = spec.name if spec else label
    private = spec.privacy if spec else Privacy.INTERNAL
    type_ = spec.type if spec and spec.type is not FieldType.REF else FieldType.TEXT
    return Column(label, "village" if label == "所属村" else name, type_, private, term=bool(spec and spec.term))


def _spare(table: Table) -> Table:
    """Without the columns in which nothing stands."""
    kept = [n for n, _ in enumerate(table.columns) if any(row[n] not in (None, "") for row in table.rows)]
    rows: list[tuple[Value, ...]] = [tuple(row[n] for n in kept) for row in table.rows]
    return Table(tuple(table.columns[n] for n in kept), rows, table.records, caption=table.caption)
