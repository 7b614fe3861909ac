"""One value on the outward face, by its class of privacy."""

from __future__ import annotations

import re
from collections.abc import Callable

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Value, show
from lianxin.core.text.erased import erased
from lianxin.core.text.name import mask_name
from lianxin.core.text.pattern import late
from lianxin.core.text.telephone import mask_phone
from lianxin.core.value import FieldType
from lianxin.formats.face.text import Veil, is_term, like_place, mask_address

HIDDEN = {Privacy.INTERNAL: "（内部）", Privacy.IDENTITY: "（不公开）"}
SHORTENED: dict[Privacy, Callable[[str], str]] = {
    Privacy.NAME: mask_name,
    Privacy.PHONE: mask_phone,
    Privacy.ADDRESS: mask_address,
}
#: Types whose text is made by the tool or chosen from a list; no villager's words stand there.
IMPERSONAL = frozenset(
    {FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE, FieldType.REF, FieldType.FLAG, FieldType.CHOICE}
)
_APART = late("([、；])")


def masked(value: Value, privacy: Privacy, type_: FieldType, veil: Veil, label: str = "") -> Value:
    """A value as the public sees it.

    Args:
        value, privacy, type_: What it is.
        veil: What hides people in it.
        label: What stands over it.
    """
    if value is None or value == "":
        return value
    if privacy in HIDDEN:
        return HIDDEN[privacy]
    if privacy in SHORTENED:
        text = show(value, type_)
        if erased(text):
            return text
        return veil.hide_term(text) if _public(privacy, text, veil) else veil.hide(SHORTENED[privacy](text))
    if not isinstance(value, str) or type_ in IMPERSONAL:
        return value
    return veil.hide(value, label)


def without(value: Value, inner: tuple[str, ...]) -> Value:
    """A cell without the items that hold an internal word."""
    if not isinstance(value, str) or not any(word in value for word in inner):
        return value
    items = _APART.split(value)
    return "".join(HIDDEN[Privacy.INTERNAL] if _holds(item, inner) else item for item in items)


def _holds(item: str, inner: tuple[str, ...]) -> bool:
    return not set(inner).isdisjoint(re.split("[ ，=]", item))


def _public(privacy: Privacy, text: str, veil: Veil) -> bool:
    """Whether a name's place holds a village or a unit."""
    return privacy is Privacy.NAME and not veil.knows(text) and (like_place(text) or is_term(text, veil.known))
