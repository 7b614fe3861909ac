"""Typed values: YAML scalars arrive as text, and each type says which text it takes.

A refusal raises ``PydanticCustomError`` whose type is the code of ``core.code`` and whose message is Chinese.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from lianxin.core.text.erased import erased
from lianxin.core.text.pattern import late
from lianxin.core.text.telephone import read_phone

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError


class FieldType(StrEnum):
    """What a field holds; formats, prompts, SQL columns and import sheets all go by this."""

    TEXT = "文字"
    STORY = "长文"
    DAY = "日期"
    MOMENT = "时间"
    DEADLINE = "期限"
    INTEGER = "整数"
    AMOUNT = "数目"
    FLAG = "是否"
    PHONE = "电话"
    REF = "编号"
    FILE = "文件"
    CHOICE = "选项"
    GROUP = "明细"


#: Types whose values are words, or numbers by which somebody may know a record: what is searched. Days are asked for by
#: filters, references by what they point to.
SEARCHED = frozenset(
    {FieldType.TEXT, FieldType.STORY, FieldType.PHONE, FieldType.CHOICE, FieldType.AMOUNT, FieldType.INTEGER}
)

Parser = Callable[[Any], Any]

#: A deadline given as a day lasts to the end of it.
END_OF_DAY = time(23, 59)

#: So many before the point: nobody counts further, and what adds them up must hold the sum.
_DIGITS = 12

_DAY = late(r"(\d{4})-(\d{2})-(\d{2})\Z")
_MOMENT = late(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})\Z")
_INTEGER = late(r"-?(0|[1-9]\d*)\Z")
_DECIMAL = late(r"-?(0|[1-9]\d*)(\.\d{1,2})?\Z")
_MOBILE = late(r"1[3-9]\d{9}\Z")
_ATTACHED = late(r"attachments/\d{4}/[0-9a-f]{16}\.[a-z0-9]{1,5}\Z")
#: Numbers of an office's group, and of hotlines.
_SHORT = late(r"[1-9]\d{4,5}\Z")


def wrong(code: str, message: str) -> PydanticCustomError:
    """What a reader raises of a text it does not take."""
    from pydantic_core import PydanticCustomError  # it takes ten milliseconds to load, and lists read no text

    return PydanticCustomError(code, message.replace("{", "{{").replace("}", "}}"))


def parse_day(value: Any) -> Any:
    """``2026-03-02`` → date."""
    return _day(value) if isinstance(value, str) else value


@lru_cache(maxsize=16_384)
def _day(value: str) -> date:
    found = _DAY.match(value)
    if not found:
        raise wrong("F003", f"「{value}」不是日期，应写成 2026-03-02 这样")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise wrong("F003", f"日历上没有「{value}」这一天") from None


def parse_moment(value: Any) -> Any:
    """``2026-03-02 09:40`` → datetime, local, to the minute."""
    return _moment(value) if isinstance(value, str) else value


@lru_cache(maxsize=16_384)  # most are written twice, when it happened and when it was noted down
def _moment(value: str) -> datetime:
    found = _MOMENT.match(value)
    if not found:
        raise wrong("F004", f"「{value}」不是时间，应写成 2026-03-02 09:40 这样")
    try:
        return datetime.fromisoformat(value)
    except ValueError:  # no such day, no such hour, or digits of another script
        day = _day(found[1])
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3])))
    except ValueError:
        raise wrong("F004", f"「{value}」的钟点不对，应在 00:00 到 23:59 之间") from None


def parse_deadline(value: Any) -> Any:
    """A day (meaning its end) or a moment → datetime."""
    if not isinstance(value, str):
        return value
    return parse_moment(value) if len(value) > len("2026-03-02") else datetime.combine(parse_day(value), END_OF_DAY)


def show_moment(value: datetime) -> str:
    """The text of a moment, as files and screens show it."""
    return value.isoformat(" ", "minutes")


#: The unit of sums of money.
YUAN = "元"


def show_amount(value: Decimal | float) -> str:
    """A sum as official papers print it: thousands apart, cents where there are any: ``55 000.50``."""
    return f"{value:,.2f}".removesuffix(".00").replace(",", " ")


def day_text(day: date) -> str:
    """A day as official papers write it: 2026年3月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


#: What people call files, by their suffix.
_SORTS = {"docx": "Word 文件", "xlsx": "Excel 文件", "pdf": "PDF 文件", "jpg": "照片", "png": "照片"}


def file_text(path: str) -> str:
    """A file that is kept in the ledger as people speak of it; where it lies there is the tool's own affair."""
    suffix = path.rpartition(".")[2].lower()
    return f"{_SORTS.get(suffix, f'{suffix} 文件')}，收在台账里"


def short_day(day: date) -> str:
    """A day where its year is known: 3月16日."""
    return f"{day.month}月{day.day}日"


def show_deadline(value: datetime) -> str:
    """The text of a deadline: the day alone when it lasts to the day's end."""
    return value.date().isoformat() if value.time() == END_OF_DAY else show_moment(value)


def _integer(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _INTEGER.match(value):
        raise wrong("F005", f"「{value}」不是整数，只写数字，如 12")
    return int(_bounded(value))


def _decimal(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _DECIMAL.match(value):
        raise wrong("F006", f"「{value}」不是数目，只写数字，最多两位小数，如 3500.50")
    return Decimal(_bounded(value))


def _bounded(value: str) -> str:
    if not countable(Decimal(value)):
        digits = len(value.lstrip("-").partition(".")[0])
        raise wrong("F018", f"这个数有 {digits} 位，太长，最多 {_DIGITS} 位，请看是不是多打了")
    return value


def countable(number: Decimal) -> bool:
    """Whether a number is one that fields hold: not without end, nor too long."""
    return number.is_finite() and number.copy_abs() < 10**_DIGITS


def _flag(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in ("是", "否"):
        raise wrong("F007", f"「{value}」应写「是」或「否」")
    return value == "是"


def _attached(value: Any) -> Any:
    if isinstance(value, str) and not _ATTACHED.match(value):
        raise wrong("F019", f"「{value}」不是收进台账的文件，应是 attachments/2026/3f2a….jpg 这样")
    return value


def _phone(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if _MOBILE.match(value) or erased(value):  # as nearly all are kept
        return value
    plain = read_phone(value) or unicodedata.normalize("NFKC", value).replace(" ", "")
    if not (_SHORT.match(plain) or read_phone(plain)):
        raise wrong("F008", f"「{value}」不像电话号码，手机应为 11 位，座机写区号和 7 到 8 位号码，短号 5 到 6 位")
    return plain


_READERS: dict[FieldType, Parser] = {
    FieldType.DAY: parse_day,
    FieldType.MOMENT: parse_moment,
    FieldType.DEADLINE: parse_deadline,
    FieldType.INTEGER: _integer,
    FieldType.AMOUNT: _decimal,
    FieldType.FLAG: _flag,
    FieldType.PHONE: _phone,
}


def read_text(type_: FieldType, text: str) -> Any:
    """What a field of this type makes of a text, before the record it stands in is whole.

    Raises:
        PydanticCustomError: It does not take it.
    """
    return _READERS[type_](text) if type_ in _READERS else text


class Typed:
    """A mark on an annotation: what a field of it holds, and how that is read and written.

    Attributes:
        base: What pydantic-core calls it.
        parse: Makes a value of a text; None: the text is the value.
        write: Makes a text of a value, where JSON has no such type.
        options: What else pydantic-core is told of it.
    """

    def __init__(
        self,
        type_: FieldType,
        base: str,
        parse: Parser | None = None,
        write: Callable[[Any], str] | None = None,
        **options: Any,
    ) -> None:
        self.type, self.base = type_, base
        self.parse, self.write = parse, write
        self.options = options


def _as_flag(value: Any) -> str:
    return "是" if value else "否"


Text = Annotated[str, Typed(FieldType.TEXT, "str", strip_whitespace=True, min_length=1)]
Story = Annotated[str, Typed(FieldType.STORY, "str", strip_whitespace=True, min_length=1)]
Verbatim = Annotated[str, Typed(FieldType.TEXT, "str")]  # blanks count, and it may be empty
Day = Annotated[date, Typed(FieldType.DAY, "date", parse_day, date.isoformat)]
Moment = Annotated[datetime, Typed(FieldType.MOMENT, "datetime", parse_moment, show_moment)]
Deadline = Annotated[datetime, Typed(FieldType.DEADLINE, "datetime", parse_deadline, show_deadline)]
Integer = Annotated[int, Typed(FieldType.INTEGER, "int", _integer)]
Amount = Annotated[Decimal, Typed(FieldType.AMOUNT, "decimal", _decimal, str)]
Flag = Annotated[bool, Typed(FieldType.FLAG, "bool", _flag, _as_flag)]
Phone = Annotated[str, Typed(FieldType.PHONE, "str", _phone)]
Attached = Annotated[str, Typed(FieldType.FILE, "str", _attached)]
Ref = Annotated[str, Typed(FieldType.REF, "str", pattern=r"^[A-Z]{2,5}-(\d{4}-)?[A-Z]\d{4,}$")]
