"""How a name, a telephone number, an address and free text look on the outward face."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: Surnames of two characters, which stay whole: 欧阳秋实 → 欧阳*.
_COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙"
        "宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭"
        "南门羊舌微生梁丘左丘西门第五南荣东里仲长即墨达奚褚师纳兰单于淳于完颜耶律叶赫太史端木",
    )
)
_BETWEEN_NAMES = re.compile(r"[、,;\uff0c\uff1b/|&+\s]+")
#: Words in a name's place that are no name.
_NO_NAME = frozenset({"匿名", "无", "不详", "未填", "本单位", "合计", "全部", "—", "-"})
_PLACE = re.compile(r"\w{2,}(?:村|社区|[镇乡县局委办所站]|街道|中心|支部|公司|合作社|[大中小]学|学校|医院|银行|协会)")
_TAIL = re.compile(r"[(\uff08].*|等\s*\d*\s*[人户名].*", re.DOTALL)

#: 17 digits and a check digit, blanks or hyphens between groups allowed, and any run of 15 digits or more.
_IDENTITY = r"\d{6}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dXx\uff38\uff58](?!\d)|\d{15,}[Xx]?"
_MOBILE = r"[1\uff11][3-9\uff13-\uff19](?:\d{9}|\d[ -]\d{4}[ -]\d{4})"
_WITH_AREA = r"[(\uff08]?0\d{2,3}[)\uff09]?[ -]?[2-9]\d{6,7}(?!\d)"
#: A bare local number; not a day like 20260302, and not an amount.
_LOCAL = (
    r"(?<![\d.,])(?!(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d))"
    r"[2-8]\d{6,7}(?![\d.,]|\s*[元万亿块人户亩斤吨米千百%])"
)
_NUMBERS = re.compile(f"(?P<identity>{_IDENTITY})|(?P<mobile>{_MOBILE})|(?P<line>{_WITH_AREA}|{_LOCAL})")
_MASKED_PHONE = re.compile(r"\d{3}\*{4}\d{4}|(?:0\d{2,3}-)?\*{5}\d{2}|\*{4}")
_MAYBE_NUMBER = re.compile(r"\d[\d ()\uff08\uff09-]{5}")
#: Different texts remembered: captions, headings and the names of units come again on every page.
_REMEMBERED = 4_096
_GROUP = re.compile(r".*?(?:村民小组|小组|[组队])|.*?(?:社区|村)|.*?(?:[镇乡]|街道)", re.DOTALL)


def like_place(text: str) -> bool:
    """Whether a text in a name's place ends like a village or a unit: a pairing's side may be either or a person."""
    return _PLACE.fullmatch(text) is not None


def names_in(text: str) -> Iterator[str]:
    """The names in a name cell: ``张三、李四(代)`` holds two; single characters are no names to search for."""
    # nearly every cell is one name by itself
    alone = text.isalpha() and "等" not in text
    for part in [text] if alone else _BETWEEN_NAMES.split(_TAIL.sub("", text)):
        if len(part) > 1 and part not in _NO_NAME:
            yield part


def mask_one(name: str) -> str:
    """A single name's surname and a star."""
    if not name or name in _NO_NAME:
        return name
    kept = 2 if name[:2] in _COMPOUND and len(name) > 2 else 1
    return f"{name[:kept]}*"


def mask_name(text: str) -> str:
    """``张满仓`` → ``张*``, ``欧阳秋实`` → ``欧阳*``; several names each; what stands in brackets after them goes."""
    return "、".join(mask_one(part) for part in _BETWEEN_NAMES.split(_TAIL.sub("", text)) if part) or "*"


def mask_phone(text: str) -> str:
    """``13900001234`` → ``139****1234``, ``0571-8650123`` → ``0571-*****23``; anything else in the cell goes."""
    return "、".join(_one_phone(part) for part in re.split(r"[、,;\uff0c\uff1b/\n]+", text) if part.strip()) or "****"


def _one_phone(text: str) -> str:
    if _MASKED_PHONE.fullmatch(text):
        return text
    digits = re.sub(r"\D", "", text)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) == 11 and digits[0] in "1\uff11":
        return f"{digits[:3]}****{digits[-4:]}"
    area = re.match(r"\s*[(\uff08]?(0\d{2,3})[)\uff09]?[\s-]?(?=\d{7})", text)
    if len(digits) < 7:
        return "****"
    return f"{area[1]}-*****{digits[-2:]}" if area else f"*****{digits[-2:]}"


def mask_address(text: str) -> str:
    """Down to the group: ``石桥村三组12号`` → ``石桥村三组``; with none, to the village or town."""
    found = _GROUP.match(text)
    return found[0] if found else "****"


def _number(found: re.Match[str]) -> str:
    return "****" if found.lastgroup == "identity" else mask_phone(found[0])


class Veil:
    """Hides in free text what must not stand there."""

    def __init__(self, secrets: dict[str, str], labels: Iterable[str]) -> None:
        """Prepare for one document.

        Args:
            secrets: Text to find → what to put in its place.
            labels: Headings of private fields; what a filter compares them with is hidden too.
        """
        self._secrets = secrets
        # How long those are that begin with the same two characters, the longest first; one pattern of thousands would
        # take long to compile, and thousands of telephones begin alike.
        lengths: dict[str, set[int]] = {}
        for secret in secrets:
            lengths.setdefault(secret[:2], set()).add(len(secret))
        self._lengths = {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}
        first = "".join(map(re.escape, sorted({secret[0] for secret in secrets})))
        self._first = re.compile(f"[{first}]") if first else None
        names = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
        self._compared = re.compile(rf"({names})(\s*(?:[!<>]=|[=<>~])\s*)[^;;&]*") if names else None

        self._known = lru_cache(_REMEMBERED)(self._hidden)

    def knows(self, text: str) -> bool:
        """Whether the whole text is one of those to be hidden."""
        return text in self._secrets

    def hide(self, text: str) -> str:
        """The text with names, numbers and known private values masked."""
        return self._known(text)

    def _hidden(self, text: str) -> str:
        if self._first is not None:
            text = self._known_hidden(text, self._first)
        return _NUMBERS.sub(_number, text) if _MAYBE_NUMBER.search(text) else text

    def hide_filter(self, text: str) -> str:
        """A filter such as ``反映人=张满仓`` without what it was looking for."""
        if self._compared is not None:
            text = self._compared.sub(r"\1\2****", text)
        return self.hide(text)

    def _known_hidden(self, text: str, first: re.Pattern[str]) -> str:
        made, done = "", 0
        for found in first.finditer(text):
            at = found.start()
            if at < done:
                continue
            for length in (*self._lengths.get(text[at : at + 2], ()), *self._lengths.get(text[at], ())):
                instead = self._secrets.get(text[at : at + length])
                if instead is not None:
                    made, done = f"{made}{text[done:at]}{instead}", at + length
                    break
        return made + text[done:] if done else text
