"""However a name or a number is written, and wherever it stands in a document, no public byte tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.privacy.planted import IDENTITIES, NAMES, PHONES, SPELLED, WIDE, number_written, told
from tests.privacy.test_canary import whole_text

from lianxin.core.chart import Chart, Look, Series
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
)
from lianxin.core.paper import Masthead
from lianxin.core.text.fold import DOTS
from lianxin.core.text.name import Known
from lianxin.core.value import FieldType
from lianxin.formats import FORMATS, render
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan
from lianxin.formats.face.text import Veil

QUICK = [format_ for format_ in FORMATS if format_.name not in ("pdf", "docx", "xlsx")]
#: What may stand between the characters of a name, seen or not.
_SEEN = [dot for dot in DOTS if not dot.isalnum()]
_UNSEEN = ["\u200b", "\u200d", "\u00ad", "\ufeff", "\ufe0f"]
_APART = ["", " ", "\n", "\t", "\u3000", "\u00a0", "\u2003", *_UNSEEN, *_SEEN]
_PLACES = [
    "{}",
    "{}说路坏了",
    "找过{}。",
    "（{}）",
    "联系人：{}",
    "村里{}家",
    "1.{}",
    "{}、别人",
    "“{}”",
    "{}13900001111",
]

_names = st.builds(
    lambda name, one, other: f"{name[0]}{one}{name[1]}{other}{name[2]}",
    *(st.sampled_from(NAMES[:20]), st.sampled_from(_APART), st.sampled_from(_APART)),
)
_numbers = st.builds(
    lambda number, n: number_written(number, n, spelled=len(number) < 12),
    *(st.sampled_from([*PHONES[:20], *IDENTITIES[:20]]), st.integers(0, 400)),
)
_texts = st.lists(st.builds(str.format, st.sampled_from(_PLACES), _names | _numbers), min_size=1, max_size=4).map(
    "；".join
)


def everywhere(text: str) -> Document:
    """A text in every place of a document, and cells of every class of privacy."""
    columns = [
        Column(f"{privacy.value}{type_.value}{'名' * term}", f"c{n}", type_, privacy, term=term)
        for n, (privacy, type_, term) in enumerate(
            (privacy, type_, term)
            for privacy in Privacy
            for type_ in (FieldType.TEXT, FieldType.STORY, FieldType.PHONE)
            for term in (False, True)
        )
    ]
    pairs = tuple(Pair(one.label, text, one.name, one.type, one.privacy, term=one.term) for one in columns)
    table = Table(
        tuple(columns),
        [(text,) * len(columns)],
        groups=((0, text),),
        totals=(text,) * len(columns),
        caption=text,
        notes=(text,),
    )
    blocks: tuple[Block, ...] = (
        Cover(text, (text,)),
        Heading(text),
        Heading(text, 2, Privacy.STORY),
        *(Paragraph(text, privacy=privacy) for privacy in Privacy),
        KeyValues(pairs),
        table,
        Timeline((TimelineEntry(datetime(2026, 3, 2, 9, 40), text, text, text),)),
        Chart(Look.BARS, text, "类别", (text,), (Series(text, (1,)),), notes=(text,)),
    )
    origin = Provenance("abc", date(2026, 3, 31), period=text, filter=text, form=text, recipe=text.replace("\n", " "))
    people = Known.of([*NAMES, "石桥村"], ["石桥村", "闵家湾村"], ["单位", "联户党员走访"])
    return Document(text, blocks, "canary", text, False, origin, people, Masthead(text, issuer=text, foot=(text,)))


@settings(max_examples=60, deadline=None)
@given(_texts)
@example("13710017919；闵\n璟\n骁")
def test_nobody_is_told_of(text: str) -> None:
    assert told(text)
    document = everywhere(text)
    masked = mask(document, Face.PUBLIC)
    assert Scan(document.names).left(masked) == []
    for format_ in QUICK:
        made = render(masked, format_, width=4_000)
        assert told(whole_text(made if isinstance(made, bytes) else made.encode())) == [], format_.name


_CHEQUE = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
#: How the number of a house is written, and what stands around it.
_HOUSE_NUMBERS: tuple[Callable[[int], str], ...] = (
    str,
    lambda n: str(n).translate(WIDE),
    lambda n: str(n).translate(SPELLED),
    lambda n: str(n).translate(_CHEQUE),
    lambda n: f"{n // 10}拾{n % 10}".translate(_CHEQUE),
    lambda n: f"{n // 10}十{n % 10}".translate(SPELLED),
)
_HOUSES = ("住三组{}号", "在三组第{}号", "三组 {} 号的井", "向阳村{}号院", "去了{}号院里", "一组第 {} 号门口", "门牌{}")
_houses = st.builds(
    lambda place, written, n: (place, written(n)),
    *(st.sampled_from(_HOUSES), st.sampled_from(_HOUSE_NUMBERS), st.integers(32, 99)),
)


@settings(max_examples=80, deadline=None)
@given(_houses)
def test_no_house_is_told_however_its_number_is_written(house: tuple[str, str]) -> None:
    place, number = house
    for text in (place.format(number), f"他{place.format(number)}。", f"3号会议室，{place.format(number)}，2号机井"):
        hidden = Veil(Known.of([])).hide(text)
        assert number not in hidden, hidden
        assert ("3号会议室" in hidden, "2号机井" in hidden) == ("会议室" in text, "机井" in text), hidden


@pytest.mark.parametrize(
    "text",
    ["卡号6222 0202 0000 1234 562", "QQ：1234567890", "微信号 lx_abc123", "邮箱 a.b@example.com", "车牌川A·D12345"],
)
def test_other_accounts_are_hidden_everywhere_too(text: str) -> None:
    masked = mask(everywhere(f"他的{text}，请记下"), Face.PUBLIC)
    secret = text[-6:]
    for format_ in QUICK:
        made = render(masked, format_, width=4_000)
        assert secret not in whole_text(made if isinstance(made, bytes) else made.encode()), format_.name


#: What stands in papers and is nobody's, though villagers are called 向阳, 安全, 党员, 单位, 王家, 高兴.
PUBLIC = [
    "向阳村",
    "向阳村王家湾组",
    "安全饮水（3 条）",
    "联户党员走访 12 次",
    "结对单位",
    "责任单位：岫水镇王家店供销社",
    "行政区划代码 513437105201",
    "柳党发〔2026〕12号",
    "12345热线工单20261122000123",
    "合同价2600000元，浇水泥1300000平方米",
    "事件〔1390000111〕〔8650123456〕",
    "请先更正：lianxin issue amend WT-2026-A0001 --event 83f1234524 --field 时间",
]
_VILLAGERS = ["向阳", "安全", "党员", "单位", "王家", "高兴"]
_WORDS = ["向阳村", "王家湾组", "岫水镇王家店供销社"]
_OWN = ["安全饮水", "联户党员走访", "单位", "党员", "责任单位", "结对单位"]


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_nobodys_comes_through(text: str) -> None:
    known = Known.of(_VILLAGERS, _WORDS, _OWN)
    table = Table(
        (Column("单位", "a", term=True), Column("说明", "b"), Column("原话", "c", privacy=Privacy.STORY)),
        [(text, text, text)],
        groups=((0, text),),
        caption=text,
        notes=(text,),
    )
    document = Document(text, (Heading(text), Paragraph(text), table), names=known)
    masked = mask(document, Face.PUBLIC)
    assert (masked.title, masked.blocks) == (document.title, document.blocks)
    assert Scan(known).left(masked) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("向阳说的", "向*说的"),
        ("找向阳和高兴", "找向*和高*"),
        ("向阳村的向阳", "向阳村的向*"),
        ("安全家的安全饮水", "安*家的安全饮水"),
        ("向 阳村", "向 阳村"),
        ("李向阳村口", "李向阳村口"),
    ],
)
def test_a_name_standing_alone_stays_hidden(text: str, shown: str) -> None:
    known = Known.of(_VILLAGERS, _WORDS, _OWN)
    made = mask(Document("题", (Paragraph(text, privacy=Privacy.STORY),), names=known), Face.PUBLIC)
    assert made.blocks == (Paragraph(shown, privacy=Privacy.STORY),)


def test_a_cell_that_holds_a_public_word_alone_is_told_by_its_column() -> None:
    known = Known.of(_VILLAGERS, ["向阳", *_WORDS])
    columns = (
        Column("所属组", "group", term=True),
        Column("所属村组", "both", term=True),
        Column("事由", "summary"),
        Column("户主", "head", privacy=Privacy.NAME),
    )
    table = Table(columns, [("向阳", "向阳村向阳（CUN-A0001）", "向阳", "向阳")])
    made = mask(Document("题", (table,), names=known), Face.PUBLIC).blocks[0]
    assert isinstance(made, Table)
    assert list(made.rows) == [("向阳", "向阳村向阳（CUN-A0001）", "向*", "向*")]


def test_a_villages_code_is_told_by_its_heading() -> None:
    table = Table((Column("代码", "code"), Column("说明", "note")), [("130102001001", "130102001001")])
    made = mask(Document("题", (table,)), Face.PUBLIC).blocks[0]
    assert isinstance(made, Table)
    assert list(made.rows) == [("130102001001", "****")]


def test_an_offices_line_is_public_and_its_mobile_is_not() -> None:
    known = Known.of([], lines=["0690-8650123", "13900001112"])
    text = Paragraph("水利站0690-8650123，站长13900001112，０６９０　８６５０１２３，家里0690-8650124")
    made = mask(Document("题", (text,), names=known), Face.PUBLIC).blocks[0]
    assert isinstance(made, Paragraph)
    assert made.text == "水利站0690-8650123，站长139****1112，０６９０　８６５０１２３，家里0690-*****24"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("干事（联系李福生）", "干事（联系李*）"),
        ("李福生台账", "李*台账"),
        ("平安工程", "平安工程"),
        ("李福生家庭农场", "李福生家庭农场"),
        ("向阳台账", "向阳台账"),
    ],
)
def test_a_name_in_a_post_or_a_form_of_her_own_is_no_public_word(text: str, shown: str) -> None:
    by_hand = ["干事（联系李福生）", "李福生台账", "李福生", "平安工程", "向阳台账"]
    known = Known.of(["李福生", "平安", "向阳"], ["李福生家庭农场"], told_by_hand=by_hand)
    table = Table((Column(text, "one", term=True),), [(text,)])
    made = mask(Document("题", (table,), names=known), Face.PUBLIC).blocks[0]
    assert isinstance(made, Table)
    assert (made.columns[0].label, made.rows[0][0], Veil(known).hide(text)) == (shown, shown, shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("李（福生）家", "李*家"),
        ("李( 福生 )家", "李*家"),
        ("“李”“福”“生”", "“李*”"),
        ("【李】【福】【生】", "【李*】"),
        ("李_福_生、李-福-生、李/福/生", "李*、李*、李*"),
        ("李|福|生，李●福生", "李*，李*"),
        ("李、福生", "李、福生"),
        ("水利/安全，利/安说的", "水利/安全，利*说的"),
        ("找李，福生问；李福。生也在；李；福；生", "找李*问；李*也在；李*"),
        ("路在利，安了灯", "路在利，安了灯"),
        ("打137*1234*5678，137**1234**5679，137****5678", "打137****5678，137****5679，137****5678"),
        ("板100*200*3000", "板100*200*3000"),
    ],
)
def test_signs_in_a_name_hide_nobody(text: str, shown: str) -> None:
    assert Veil(Known.of(["李福生", "利安"])).hide(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("他住月亮湾老屋场9号", "他住****"),
        ("老屋场9 号漏雨", "****漏雨"),
        ("月亮湾组的路", "月亮湾组的路"),
        ("向阳村二组的路", "向阳村二组的路"),
    ],
)
def test_where_a_household_lives_is_hidden_wherever_it_is_told(text: str, shown: str) -> None:
    known = Known.of([], ["月亮湾组"], homes=["月亮湾老屋场9号", "向阳村老屋场9号", "月亮湾组", "向阳村二组", "本村"])
    assert Veil(known).hide(text) == shown
