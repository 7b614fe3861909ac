"""The outward face: canaries in every field and in free text, none of which may come out."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from msgspec.structs import replace
from tests.formats.demo import document, ledger
from tests.formats.every import EVERY, pdf_text

from lianxin.core.declare.field import Privacy
from lianxin.core.document import (
    Block,
    Column,
    Cover,
    Document,
    Face,
    Heading,
    KeyValues,
    Pair,
    Paragraph,
    Provenance,
    Table,
    Timeline,
    TimelineEntry,
    Value,
)
from lianxin.core.error import UsageError
from lianxin.core.text.name import Known, mask_name
from lianxin.core.text.telephone import mask_phone
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.formats.face.text import Veil, mask_address

_RANDOM = random.Random(20260331)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "满仓秋实桂兰守田春燕立冬谷雨禾苗青松翠柏"

NAMES = sorted({_RANDOM.choice(_SURNAMES) + "".join(_RANDOM.sample(_GIVEN, 2)) for _ in range(80)})
PHONES = [f"139{_RANDOM.randrange(10**8):08d}" for _ in range(60)]
LANDLINES = [f"0571-8{_RANDOM.randrange(10**6):06d}" for _ in range(30)]
IDS = [f"99{_RANDOM.randrange(10**15):015d}{_RANDOM.choice('0123456789Xx')}" for _ in range(60)]
SECRETS = [*NAMES, *PHONES, *LANDLINES, *IDS]
TEXT = "听{0}说找过{1},电话{2}或{3},证件{4},一直没有答复"


def story(n: int) -> str:
    return TEXT.format(
        NAMES[n % len(NAMES)],
        NAMES[(n * 7 + 3) % len(NAMES)],
        PHONES[n % len(PHONES)],
        LANDLINES[n % len(LANDLINES)],
        IDS[n % len(IDS)],
    )


def canaries() -> Document:
    """Every private thing in every place a document has."""
    columns = (
        Column("编号", "id", FieldType.REF),
        Column("反映人", "reporter", privacy=Privacy.NAME),
        Column("联系电话", "phone", FieldType.PHONE, Privacy.PHONE),
        Column("身份证号", "identity", privacy=Privacy.IDENTITY),
        Column("住址", "address", privacy=Privacy.ADDRESS),
        Column("问题描述", "words", FieldType.STORY, Privacy.STORY),
        Column("户类别", "category", privacy=Privacy.INTERNAL),
        Column("慰问金", "money", FieldType.AMOUNT, Privacy.INTERNAL),
        Column("说明", "note"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            f"WT-2026-A{n:04d}",
            NAMES[n % len(NAMES)],
            (PHONES + LANDLINES)[n % 90],
            IDS[n % len(IDS)],
            f"石桥村三组{n}号{NAMES[n % len(NAMES)]}家",
            story(n),
            "低保重病户",
            31337,
            story(n + 1),
        )
        for n in range(200)
    ]
    text = story(5)
    table = Table(
        columns,
        rows,
        groups=((0, text),),
        totals=("", NAMES[0], PHONES[0], IDS[0], text, text, text, 31337, text),
        caption=text,
        notes=(text,),
    )
    blocks: tuple[Block, ...] = (
        Cover(text, (text,)),
        Heading(text),
        Paragraph(text),
        Paragraph(text, privacy=Privacy.INTERNAL),
        Paragraph(NAMES[1], privacy=Privacy.NAME),
        KeyValues(
            (
                Pair("反映人", NAMES[2], "reporter", privacy=Privacy.NAME),
                Pair("电话", PHONES[2], "phone", FieldType.PHONE, Privacy.PHONE),
                Pair("证件", IDS[2], "identity", privacy=Privacy.IDENTITY),
                Pair("困难", "低保重病户", "hardship", privacy=Privacy.INTERNAL),
                Pair("原话", text, "words", FieldType.STORY, Privacy.STORY),
                Pair("其他", text, "other"),
            )
        ),
        Timeline((TimelineEntry(datetime(2026, 3, 2, 9, 40), text, text, NAMES[3]),)),
        table,
    )
    origin = Provenance(
        "abc", date(2026, 3, 31), period=text, filter=f"反映人={NAMES[4]};问题描述~{PHONES[4]}", form=text
    )
    return Document(text, blocks, "canary", text, provenance=origin, names=Known.of(NAMES))


def letters(output: str | bytes) -> str:
    if isinstance(output, str):
        return output
    if output.startswith(b"%PDF"):
        return pdf_text(output)
    with zipfile.ZipFile(io.BytesIO(output)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def texts(value: object) -> Iterator[str]:
    """Every text anywhere inside a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from texts(part)
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))


@EVERY
def test_no_canary_comes_out_of_any_format(format_: object) -> None:
    masked = mask(canaries(), Face.PUBLIC)
    # The screen folds, so what it folded is joined again before looking.
    output = letters(render(masked, format_, width=200))  # type: ignore[arg-type]
    joined = "".join(output.split())
    assert [secret for secret in SECRETS if secret in output or secret in joined] == []
    assert "低保重病户" not in joined
    assert "31337" not in joined


def test_no_canary_is_left_in_the_document() -> None:
    found = "\n".join(texts(mask(canaries(), Face.PUBLIC)))
    assert [secret for secret in SECRETS if secret in found] == []


def test_the_canaries_do_come_out_unmasked() -> None:
    found = "\n".join(texts(canaries()))
    assert [secret for secret in SECRETS if secret not in found] == []


def test_the_internal_face_is_the_document_itself() -> None:
    made = document()
    masked = mask(made, Face.INTERNAL)
    assert masked.blocks is made.blocks
    assert masked.provenance is not None
    assert masked.provenance.face is Face.INTERNAL


def test_masking_twice_changes_nothing_more() -> None:
    once = mask(canaries(), Face.PUBLIC)
    assert mask(once, Face.PUBLIC) == once


def test_masked_rows_look_as_the_handbook_wants() -> None:
    table = mask(ledger(2), Face.PUBLIC).blocks[0]
    assert isinstance(table, Table)
    assert [row[5:7] for row in table.rows] == [("张*", "139****0000"), ("欧阳*", "139****0001")]
    assert table.rows[0][1] == "WT-2026-A0001"
    assert table.rows[0][12] == "周青禾"


def test_hidden_columns_become_text() -> None:
    table = mask(canaries(), Face.PUBLIC).blocks[-1]
    assert isinstance(table, Table)
    assert table.columns[7].type is FieldType.TEXT
    assert table.rows[0][6:8] == ("（内部）", "（内部）")
    assert table.rows[0][3] == "（不公开）"


def test_empty_cells_stay_empty() -> None:
    columns = (Column("姓名", "a", privacy=Privacy.NAME), Column("困难", "b", privacy=Privacy.INTERNAL))
    table = mask(Document("题", (Table(columns, [(None, None), ("", None)]),)), Face.PUBLIC).blocks[0]
    assert isinstance(table, Table)
    assert list(table.rows) == [(None, None), ("", None)]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张满仓", "张*"),
        ("李桂", "李*"),
        ("欧阳秋实", "欧阳*"),
        ("欧阳", "欧*"),
        ("买买提·艾山", "买*"),
        ("张满仓、李桂", "张*、李*"),
        ("张满仓(代李桂)", "张*"),
        ("赵守田等3人", "赵*"),
        ("匿名", "匿名"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13900001234", "139****1234"),
        ("139 0000 1234", "139****1234"),
        ("+86 13900001234", "139****1234"),
        ("0571-8650123", "0571-*****23"),
        ("05718650123", "0571-*****23"),
        ("8650123", "*****23"),
        ("13900001234、0571-8650123", "139****1234、0571-*****23"),
        ("问他儿子张满仓", "****"),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("石桥村三组12号", "石桥村三组"),
        ("石桥村第五村民小组张家院", "石桥村第五村民小组"),
        ("柳塘镇石桥村12号", "柳塘镇石桥村"),
        ("幸福社区2号楼301室", "幸福社区"),
        ("柳塘镇新街3号", "柳塘镇"),
        ("老供销社后面", "****"),
    ],
)
def test_addresses(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    "text",
    [
        "共 1280000 元,2026-03-02 09:40 拨付",
        "编号 WT-2026-A0001,文号柳党发〔2026〕12号",
        "请先更正：lianxin issue amend WT-2026-A0001 --event 83f1234524 --field 时间",
        "20260302 登记,20260310 办结",
        "灌溉 2300000 亩次,人均 12.5 斤",
    ],
)
def test_days_amounts_and_numbers_of_records_are_left_alone(text: str) -> None:
    made = mask(Document("题", (Paragraph(text),)), Face.PUBLIC).blocks[0]
    assert isinstance(made, Paragraph)
    assert made.text == text


def test_names_given_with_the_document_are_hidden_in_free_text() -> None:
    made = Document("题", (Paragraph("张满仓和欧阳秋实来过"),), names=Known.of({"张满仓", "欧阳秋实"}))
    masked = mask(made, Face.PUBLIC)
    assert masked.blocks == (Paragraph("张*和欧阳*来过"),)
    assert masked.names == Known()


def test_a_village_in_a_name_column_stays_where_all_people_are_known() -> None:
    table = Table(
        (Column("乙方", "b", privacy=Privacy.NAME),), [("鹅颈湾村",), ("张满仓",), ("张满仓村",), ("石家村",)]
    )
    text = Paragraph("鹅颈湾村的张满仓")
    known = Document("题", (table, text), names=Known.of({"张满仓", "石家村"}))
    assert _shown(known) == [("鹅颈湾村",), ("张*",), ("张*村",), ("石*",), "鹅颈湾村的张*"]
    unknown = Document("题", (table, text))
    assert _shown(unknown) == [("鹅*",), ("张*",), ("张*",), ("石*",), "鹅*的张*"]


def _shown(document: Document) -> list[object]:
    table, text = mask(document, Face.PUBLIC).blocks
    assert isinstance(table, Table)
    assert isinstance(text, Paragraph)
    return [*table.rows, text.text]


def test_a_filter_on_a_private_field_does_not_tell() -> None:
    told, hidden = "家庭成员.姓名~秋菊；类别=基础设施", "家庭成员.姓名~****；类别=基础设施"
    recipe = "household list '家庭成员.姓名 ~ 秋菊' --where=家庭成员.姓名=秋菊,HU-A0001 -w类别=基础设施"
    private = frozenset({"家庭成员.姓名"})
    origin = Provenance("c", date(2026, 3, 31), filter=told, outward=hidden, private=private, recipe=recipe)
    masked = mask(replace(ledger(1), provenance=origin), Face.PUBLIC).provenance
    assert masked is not None
    assert (masked.filter, masked.face) == (hidden, Face.PUBLIC)
    assert masked.recipe == (
        "household list '家庭成员.姓名~****' '--where=家庭成员.姓名=****,HU-A0001' -w类别=基础设施"
    )
    inside = mask(replace(ledger(1), provenance=origin), Face.INTERNAL).provenance
    assert inside is not None
    assert (inside.filter, inside.recipe) == (told, recipe)


def test_what_has_no_outward_face_is_refused_in_its_own_words() -> None:
    made = replace(ledger(1), withheld="请加 --internal")
    assert mask(made, Face.INTERNAL).withheld == "请加 --internal"
    with pytest.raises(UsageError, match="请加 --internal"):
        mask(made, Face.PUBLIC)


def test_full_width_and_spaced_numbers_are_found() -> None:
    text = (
        "电话\uff11\uff13\uff19\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14,又139-0000-1234,证110101 1990 0101 123X"
    )
    made = mask(Document("题", (Paragraph(text),)), Face.PUBLIC).blocks[0]
    assert isinstance(made, Paragraph)
    assert made.text.count("****") == 3
    assert "1990" not in made.text


def test_a_name_inside_a_longer_known_text_is_hidden_too() -> None:
    # The address begins where the name does, and must not swallow the name that follows it.
    columns = (Column("姓名", "a", privacy=Privacy.NAME), Column("住址", "b", privacy=Privacy.ADDRESS))
    rows = [("张满仓", "张满仓村口老屋李桂兰家"), ("李桂兰", "李家村二组李桂兰隔壁")]
    made = Document(
        "题",
        (
            Table(columns, rows),
            Paragraph("住在张满仓村口老屋李桂兰家,李家村二组李桂兰隔壁"),
        ),
    )
    found = "".join(texts(mask(made, Face.PUBLIC)))
    assert [name for name in ("张满仓", "李桂兰") if name in found] == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("张满仓说张满来过", "甲说乙来过"),
        ("找张满仓库", "找甲库"),  # the longest that begins there
        ("是张满", "是乙"),  # at the very end, where a longer one would not fit
        ("张三张满", "张三乙"),
        ("欧阳张满仓", "欧阳甲"),
        ("张", "张"),
        ("", ""),
    ],
)
def test_of_secrets_that_begin_alike_the_longest_is_hidden(text: str, hidden: str) -> None:
    veil = Veil(Known(), {"张满": "乙", "张满仓": "甲", "张满仓库管员": "丙"})
    assert veil.hide(text) == hidden
    assert veil.hide(text) == hidden  # once more, as on the next page
