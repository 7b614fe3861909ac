"""What stands in one cell as it would be typed at the form; what Excel has spoilt is named, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.sheet import CellValue
from lianxin.core.text.identity import identity_fault
from lianxin.core.text.name import no_name
from lianxin.core.value import FieldType

_DAYS = frozenset({FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE})
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.AMOUNT})
_POWER = re.compile(r"\d(\.\d+)?[Ee]\+?\d+\Z")
_WHOLE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[\sT,]*(\d{1,2}):(\d{2})(?::\d{2})?)?\Z"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_SHORT_YEAR = re.compile(r"(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?\Z")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?\Z")
_MONTH = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?\Z")
#: Days that stand as numbers, from the seventies to the sixties of this century.
_SERIAL = range(25_569, 60_000)
_FIFTEEN = 10**15
_YES, _NO = frozenset("是有√✓✔对yY1"), frozenset("否无×✗✕xXnN0")
_SEVERAL = re.compile(r"\s*[、，,;；/\n]\s*")
_SEEN_THROUGH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BETWEEN_NAMES = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000\xa0]+(?=[\u3400-\u9fff](?:\Z|[、,，;；]))")
_AFTER_SURNAME = re.compile(r"([\u3400-\u9fff])[ \u3000\xa0]+([\u3400-\u9fff])\Z")


#: What is said of a day without a year.
NO_YEAR = "这一天没有写年份，标题里也没有；请把年份补上，或加 --年份 年份"


class Year(Struct, frozen=True):
    """What days without a year, and days that are numbers, are meant by.

    Attributes:
        year: Of days without one; 0: nobody says.
        from_1904: As of the sheet.
    """

    year: int = 0
    from_1904: bool | None = False


class Spoilt(Exception):  # noqa: N818 - no error of ours: a cell that cannot be read
    """Why a cell cannot be taken as it stands; the sentence holds nothing of it."""


def as_typed(
    value: CellValue, spec: FieldSpec, year: Year, scale: int = 1, meant: Mapping[str, str] | None = None
) -> str:
    """A cell as somebody would have typed it.

    Args:
        value: As it was read.
        spec: The field it is for.
        year: By which days are meant.
        scale: What a mere number is to be multiplied by.
        meant: Other writings of the words the field takes.

    Raises:
        Spoilt: It cannot be said what was meant.
    """
    if spec.type in _DAYS:
        return _day(value, spec, year)
    if spec.type is FieldType.PHONE or spec.privacy is Privacy.IDENTITY:
        return _number_of_somebody(value, identity=spec.privacy is Privacy.IDENTITY)
    if spec.type in _NUMBERS:
        return _amount(value, scale)
    text = _clean(_plain_text(value))
    if meant:
        words = _SEVERAL.split(text) if spec.many and spec.type is FieldType.CHOICE else [text]
        text = "、".join(meant.get(re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)), word) for word in words)
    if spec.type is FieldType.FLAG:
        return "是" if text in _YES else "否" if text in _NO else text
    if spec.type is FieldType.REF or spec.judge is no_name:
        return _names(text)
    return text if spec.type is FieldType.STORY else re.sub(r"\s*\n\s*", "；", text)


def _plain_text(value: CellValue) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _FIFTEEN else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    return str(value)


def _clean(text: str) -> str:
    """Without what cannot be seen; digits and blanks of one width."""
    text = _SEEN_THROUGH.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))
    narrow = "".join(
        unicodedata.normalize("NFKC", one) if one.isdecimal() or one in "\u3000\xa0" else one for one in text
    )
    return "\n".join(line.strip() for line in narrow.strip().split("\n"))


def _names(text: str) -> str:
    """People or records in one line: parted by 、, a name of two characters without the blank within."""
    text = re.sub(r"\s*[;；/／\n|]\s*", "、", text)
    text = _BETWEEN_NAMES.sub("", text) if "、" in text else text
    return _AFTER_SURNAME.sub(r"\1\2", text) if len(text) <= 5 else text


def _day(value: CellValue, spec: FieldSpec, year: Year) -> str:
    if isinstance(value, datetime):
        if spec.type is FieldType.DAY or value.time() == time():
            return f"{value:%Y-%m-%d}"
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bool, time, timedelta)):
        raise Spoilt("这一格不是日期；请写成 2026-03-02 这样")
    text = _clean(_plain_text(value))
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIAL:
        return _serial(float(text), year)
    read = unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-").rstrip("。. ")
    if found := _WHOLE.match(read) or _PACKED.match(read):
        hour = (
            f" {int(found[4]):02}:{found[5]}"
            if found.re is _WHOLE and found[4] and spec.type is not FieldType.DAY
            else ""
        )
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}{hour}"
    if found := _SHORT_YEAR.match(read):
        return f"20{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if isinstance(value, float):
        raise Spoilt("这一格是个数，看不出是哪天；请写成 2026-03-02 这样")
    if found := _NO_YEAR.match(read):
        if not year.year:
            raise Spoilt(NO_YEAR)
        return f"{year.year}-{int(found[1]):02}-{int(found[2]):02}"
    if _MONTH.match(read):
        raise Spoilt("只写到月，没有日子；请写上哪一天")
    return text


def _serial(number: float, year: Year) -> str:
    if year.from_1904 is None:
        raise Spoilt("日期变成了序号，这种旧格式看不出从哪年数起；请把这一列设成日期格式，或另存为 xlsx")
    start = date(1904, 1, 1) if year.from_1904 else date(1899, 12, 30)
    return (start + timedelta(days=int(number))).isoformat()


def _number_of_somebody(value: CellValue, *, identity: bool) -> str:
    what = "身份证号" if identity else "电话"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        whole = int(value)
        if whole != value or whole >= _FIFTEEN or (not identity and whole > 10**10 and whole % 10**7 == 0):
            raise Spoilt(_lost(what))
        return str(whole)
    text = _clean(str(value))
    read = unicodedata.normalize("NFKC", text).strip("'‘’` ")
    if _POWER.match(read):
        raise Spoilt(_lost(what))
    if identity and re.fullmatch(r"\d{15}0{3}", read) and identity_fault(read):
        raise Spoilt("身份证号后三位变成了 0，是 Excel 改坏的；请照证件重写，这一列先设成文本格式")
    return read


def _lost(what: str) -> str:
    return f"{what}被 Excel 改成了数，后几位已经丢了，猜不得；请照原件重写，这一列先设成文本格式"


def _amount(value: CellValue, scale: int) -> str:
    if isinstance(value, (datetime, date, time, timedelta)):
        raise Spoilt("这一格变成了日期，应是数；请把格式改回数值再写")
    text = unicodedata.normalize("NFKC", _clean(_plain_text(value)))
    bare = re.sub(r"[,\s¥￥]", "", text)
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return bare if scale == 1 or re.search("[元万]", bare) else text
    number *= scale
    rounded = number.quantize(Decimal("0.01"))
    if abs(number - rounded) < Decimal("0.000001"):
        number = rounded
    shown = format(number, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown
