"""The last look before anything becomes public: what the mask left is named by its record, not by its words."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.core.chart import Chart, Look, Series
from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Column,
    Cover,
    Document,
    Face,
    Heading,
    KeyValues,
    Pair,
    Paragraph,
    Table,
    Timeline,
    TimelineEntry,
)
from lianxin.core.error import LianxinError
from lianxin.core.paper import Masthead
from lianxin.core.text.name import Known
from lianxin.core.value import FieldType
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan

NAMES = Known.of({"闵满仓", "訾小满、缪桂兰(代)"})
SECRETS = ["闵满仓", "缪桂兰", "13900001234", "139 0000 1234", "0571-86501234", "330101195003071234"]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_cell_is_named_by_its_record(secret: str) -> None:
    table = Table((Column("编号", "id", FieldType.REF), Column("事由", "summary")), [("WT-1", "路"), ("WT-2", secret)])
    document = Document("问题", (Table(table.columns, table.rows, ["WT-2026-A0001", "WT-2026-A0002"]),))
    assert Scan(NAMES).left(document) == ["WT-2026-A0002"]
    with pytest.raises(LianxinError) as refused:
        Scan(NAMES).refuse(document)
    assert "WT-2026-A0002" in str(refused.value)
    assert secret not in str(refused.value)
    assert Scan(NAMES).left(mask(Document("问题", document.blocks, names=NAMES), Face.PUBLIC)) == []


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (Document("闵满仓的事", ()), "标题"),
        (Document("事", (), masthead=Masthead("简报", foot=("送：缪桂兰",))), "标题"),
        (Document("事", (Heading("訾小满"),)), "标题"),
        (Document("事", (Chart(Look.BARS, "图", "姓名", ("闵满仓",), (Series("次数", (1,)),)),)), "图「姓名」"),
        (Document("事", (Chart(Look.BARS, "图", "村", ("石坪村",), (Series("缪桂兰", (1,)),)),)), "图「村」"),
        (Document("事", (Paragraph("找闵满仓", record="WT-2026-A0003"),)), "WT-2026-A0003"),
        (Document("事", (Paragraph("打 13900001234"),)), "正文"),
        (Document("事", (KeyValues((Pair("经过", "闵满仓说的", record="WT-2026-A0004"),)),)), "WT-2026-A0004"),
        (Document("事", (KeyValues((Pair("经过", "闵满仓说的"),)),)), "「经过」"),
        (
            Document("事", (Timeline((TimelineEntry(datetime(2026, 3, 2), "受理", "闵满仓来过"),), "WT-2026-A0005"),)),
            "WT-2026-A0005",
        ),
        (Document("事", (Cover("缪桂兰手册"),)), "封面"),
        (Document("事", (Table((Column("甲", "a"),), [("乙",)], caption="闵满仓"),)), "「闵满仓」"),
        (Document("事", (Table((Column("甲", "a"),), [("闵满仓",)]),)), "第 1 行「甲」"),
    ],
)
def test_every_part_of_a_document_is_looked_at(document: Document, place: str) -> None:
    assert Scan(NAMES).left(document) in ([place], ["「表」"])


def test_ids_dates_and_amounts_are_not_personal() -> None:
    columns = (Column("编号", "id", FieldType.REF), Column("日期", "day", FieldType.DAY), Column("钱", "money"))
    rows = [("WT-2026-A0001", "2026-03-02", "1 280 000 元"), ("HU-A0012", "20260302", "34350000元")]
    assert Scan(NAMES).left(Document("事", (Table(columns, rows),))) == []


@given(
    st.lists(
        st.text(alphabet="闵满仓缪桂兰訾小路渠139000012 -、", max_size=24) | st.sampled_from(SECRETS),
        min_size=1,
        max_size=8,
    )
)
def test_what_the_mask_let_pass_the_scan_lets_pass(texts: list[str]) -> None:
    table = Table((Column("话", "words", FieldType.STORY, Privacy.STORY),), [(text,) for text in texts])
    masked = mask(Document("事", (table, *map(Paragraph, texts)), names=NAMES), Face.PUBLIC)
    assert Scan(NAMES).left(masked) == []
