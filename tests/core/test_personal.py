"""Running text: what is somebody's is found in every writing, what is nobody's is left."""

from __future__ import annotations

import pytest

from lianxin.core.personal import Sort, find


def told(text: str) -> str:
    """The text with what was found in brackets."""
    made, at = "", 0
    for one in find(text):
        made, at = f"{made}{text[at : one.start]}«{text[one.start : one.end]}»", one.end
    return made + text[at:]


@pytest.mark.parametrize(
    "text",
    [
        "证«110101 1990 0101 123X»",
        "证«1101 0119 9001 0112 3X»丢了",
        "证«110101900101123»",
        "卡«6222 0202 0000 1234 567»完",
        "卡«6222020200001234567»",
        "卡«6222-0202-0000-1234»",
        "户«330101195003071234»",
        "«13900001111» «13900001112»、«13900001113»/«8650123» «8650124»",
        "2026年3月2日«13900001112»",
        "2026.11.22 «13900001111»",
        "电话«20120123»，电话«86 501 234»，座机«2026-044»",
        "张三«一三九零零零零一一一二»找我",
        "邮箱 «a.b_c@example.com»，QQ«12345678»，QQ号：«123456789»，扣扣«1234 5678»",
        "微信号«abc_def123»，微信：«wxid_ab12cd»，VX:«lx-13579»",
        "车牌«川A12345»，«川A·D12345»，«川a12345»",
        "护照«E12345678»，护照号：«EA1234567»",
        "住三组«12号»，响水坪村三组«12号»，水利路«15号附2号»，响水坪村«112号»",
        "幸福社区«2号楼3单元301室»，住在石坪村口«7号»",
    ],
)
def test_what_is_somebodys(text: str) -> None:
    assert told(text.replace("«", "").replace("»", "")) == text


@pytest.mark.parametrize(
    "text",
    [
        "12345热线工单20261122000123；合同价2600000，文号水函4300123",
        "共 1280000 元,2026-03-02 09:40 拨付",
        "编号 WT-2026-A0001,文号柳党发〔2026〕12号",
        "20260302 登记,20260310 办结,20260302-20260310",
        "灌溉 2300000 亩次,人均 12.5 斤",
        "行政区划代码513437105201，代码 130102001001，村 513437105201",
        "事件 a3f9012b7c，提交 8f3a13900001112bcd0f13900001112aa0011223344",
        "2025-2026年，3000-5000元，1 280 000 元，34350000元，55 000.50 元，12345.67，24580.30",
        "34 350 000",  # sums in a column whose unit stands over it
        "55 000.50",
        "12 345 678.90",
        "合同编号：8222020200001234567，工单20261122000123456，共8650123",
        "34 350 000，2 870 000.50，280 000 000",
        "序号 1 2 3 4 5 6 7 8，星期一二三四五六七",
        "发改2025-037，财农2026-044号，拨2026-096",
        "(2026)3500 元，2026/11/22，11:20-12:30，2026年11月22日 09:40",
        "村里3号开会，二组3号井，第12号文件，路口3号灯",
        "微信WT-2026-A0001，微信群，微信 2026-11-22",
    ],
)
def test_what_is_nobodys(text: str) -> None:
    assert told(text) == text


def test_of_what_sort_it_is() -> None:
    text = "13900001112，110101199001011237，QQ12345678，川A12345，三组12号"
    assert [one.sort for one in find(text)] == [Sort.PHONE, Sort.NUMBER, Sort.ACCOUNT, Sort.PLATE, Sort.HOUSE]


@pytest.mark.parametrize("brackets", ["（）", "()", "【】", "［］", "[]", "〔〕", "{}", "《》", "「」"])
@pytest.mark.parametrize(
    "day",
    [
        *("2026-11-22", "2026-11-22 08:04", "2026-11-22 08:04 补录", "2026-11-22 08:04-09:10", "2026/11/22 8:04"),
        *("2026.11.22", "2026年11月22日 08:04", "2026－11－22 08：04", "20261122 08:04", "2026-11-22-2026-11-30"),
        *("2026 11 22", "26-11-22 08:04", "22-11-2026"),
        *("2200-01-01", "0001-01-01..2026-01-01", "9999-12-31 23:59", "08:04:55"),
    ],
)
def test_a_day_in_brackets_is_no_telephone(day: str, brackets: str) -> None:
    text = f"看过{brackets[0]}{day}{brackets[1]}，已办"
    assert told(text) == text


@pytest.mark.parametrize("text", ["李福生（«187 4728-9811»）", "家里«（0690）8650123»", "（20 元）3500 4000"])
def test_brackets_belong_to_a_telephone_where_they_close_in_it(text: str) -> None:
    assert told(text.replace("«", "").replace("»", "")) == text
