"""How one piece of text is written in YAML so that neither a parser nor a person misreads it."""

from __future__ import annotations

import re

from lianxin.core.error import LianxinError
from lianxin.core.text.hidden import CONTROL
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType

#: Types whose values are written bare; anything else that looks like a number, date or flag is text and is quoted.
BARE = frozenset(
    {
        FieldType.DAY,
        FieldType.MOMENT,
        FieldType.DEADLINE,
        FieldType.INTEGER,
        FieldType.AMOUNT,
        FieldType.FLAG,
        FieldType.REF,
        FieldType.CHOICE,
    }
)

_UNWRITABLE = late(f"[{CONTROL}\\r]")
_NUMBERISH = late(r"[-+.]?\d[\d_,.:/+\- eExXoO]*\Z")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "是", "否"})
_KEY_LIKE = "[\u4e00-\u9fffA-Za-z]{1,12}\uff1a"


def _plain(text: str, type_: FieldType, *, item: bool) -> bool:
    if not text or text != text.strip() or "\n" in text or "\t" in text:
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    if not (text[0].isalnum() or ord(text[0]) > 0x7F):
        return False
    if type_ in BARE:
        return True
    if item and re.match(_KEY_LIKE, text):
        return False  # would look like a key with a full-width colon
    return not (_NUMBERISH.match(text) or text.lower() in _WORDS)


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{plain}"'


def write_scalar(text: str, type_: FieldType, indent: int, *, item: bool = False) -> list[str]:
    """The text after ``键: `` or ``- ``: its first line, then the lines of a block indented by ``indent``.

    Raises:
        LianxinError: A control character, which no record may hold.
    """
    odd = _UNWRITABLE.search(text)
    if odd:
        raise LianxinError(f"文字里有看不见的控制字符 U+{ord(odd[0]):04X}，请删去后重新输入")
    if _plain(text, type_, item=item):
        return [text]
    if "\n" in text and text[0] not in " \t\n" and not text.endswith("\n\n") and text.strip(" \n"):
        body, head = (text[:-1], "|") if text.endswith("\n") else (text, "|-")
        lines = body.split("\n")
        if lines[-1].strip(" \t"):  # a block may not end in blanks: they would be taken for its end
            return [head, *(" " * indent + line if line else "" for line in lines)]
    return [_quoted(text)]
