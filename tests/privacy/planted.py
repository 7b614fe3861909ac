"""A township in which every text field of every record names somebody, with numbers, written as people write.

Whoever is planted is looked for by an ear of its own: what is left of a text without blanks, dots, dashes and widths.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from tests.pictures import photograph

from lianxin.core.asset import sample
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import FieldType
from lianxin.kinds import KINDS
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.text.writing import record_text

PEOPLE = 200
#: Surnames and given names that no Chinese word of the tool contains.
NAMES = tuple(f"{'闵訾缪郄'[n // 50]}{'璟璠琰瑀瓒'[n % 5]}{'骁骐骝骢骥骧骕骦骉骠'[n // 5 % 10]}" for n in range(PEOPLE))
PHONES = tuple(f"1371{n:03d}{(n * 7919) % 10_000:04d}" for n in range(PEOPLE))
IDENTITIES = tuple(f"33010119{50 + n // 4:02d}0{1 + n % 9}{10 + n % 18}{n:03d}X" for n in range(PEOPLE))

#: Blanks and dots between the characters of one name; what cannot be seen no record may hold.
BETWEEN = ("", " ", "\u3000", "\u00a0", "\u2009", "·", "•", "・", "‧", "．", ".", "\ufe00")
#: How the digits of a number are grouped, what stands between the groups, and in which digits they are written.
GROUPS = ((99,), (3, 4, 4), (4, 4, 4, 4, 4), (7, 4), (3, 3, 5, 4, 4))
GAPS = ("-", " ", ".", "\u3000", "—", "－", " - ", "·", "\u00a0")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
SPELLED = str.maketrans("0123456789", "零一二三四五六七八九")


#: Identity numbers with a letter for nought, and with the day of birth written as one.
_ODDLY: dict[int, Callable[[str], str]] = {
    2: lambda number: number.replace("0", "O"),
    4: lambda number: f"{number[:6]} {number[6:10]}年{number[10:12]}月{number[12:14]}日 {number[14:]}",
}


def name_written(name: str, n: int) -> str:
    """A name with the n-th of the blanks and dots in it."""
    between = BETWEEN[n % len(BETWEEN)]
    return f"{name[0]}{between}{name[1:]}" if n % 2 else between.join(name)


def number_written(number: str, n: int, *, spelled: bool = False) -> str:
    """A number in the n-th grouping; identity and card numbers have a blank or a dash between their groups."""
    groups, gap = GROUPS[n % len(GROUPS)], GAPS[n // len(GROUPS) % len(GAPS)]
    if len(number) > 12 and n % 5 in _ODDLY:
        return _ODDLY[n % 5](number)
    if spelled and n % 11 == 0:  # digits and numerals by turns
        return "".join(one.translate(SPELLED) if place % 3 == 2 else one for place, one in enumerate(number))
    if len(number) > 12:
        groups, gap = GROUPS[n % 3 and 2], GAPS[n % 2]
    parts, at = [], 0
    for group in (*groups, 99):
        parts += [number[at : at + group]] if number[at:] else []
        at += group
    written = gap.join(parts)
    if spelled and n % 7 == 3 and gap in "- ":
        return written.translate(SPELLED)
    return written.translate(WIDE) if n % 4 == 1 else written


#: What officials, units and places are called is public, and so is what their lists call their own terms.
PUBLIC = frozenset({("village", "名称"), ("village", "乡镇"), ("village", "村组"), ("org", "名称"), ("person", "姓名")})


class Planter:
    """Writes people into records, the next one into each field."""

    def __init__(self) -> None:
        self._next = count()
        self.fields: set[str] = set()

    def township(self, root: Path) -> Path:
        """The sample township, planted."""
        shutil.copytree(sample(), root)
        _pictured(root)
        for kind in KINDS:
            for path in sorted((root / kind.folder).rglob("*.yaml")):
                path.write_text(self._record(kind, path), encoding="utf-8")
        folder = root / "households"
        for n, name in enumerate(NAMES):
            text = (
                f"编号: HU-A{9001 + n}\n户主: {name}\n所属村: CUN-A0001\n联系电话: '{PHONES[n]}'\n住址: 一组{name}家\n"
            )
            (folder / f"HU-A{9001 + n}.yaml").write_text(text.replace("联系电话", "电话"), encoding="utf-8")
        return root

    def _record(self, kind: Kind, path: Path) -> str:
        """The record planted; a field that takes no such words keeps its own."""
        whole: dict[str, Any] = read_yaml(path.read_bytes())
        for holder, model in _groups(kind, whole):
            for spec in fields_of(model):
                before = holder.get(spec.label)
                planted = self._planted(kind, model, spec, before)
                if planted is None:
                    continue
                holder[spec.label] = planted
                if _sound(kind, whole):
                    self.fields.add(f"{model.__name__}.{spec.label}")
                else:
                    holder[spec.label] = before
        return record_text(kind, kind.model.model_validate(whole, by_alias=True, by_name=False))

    def _planted(self, kind: Kind, model: type[Record], spec: FieldSpec, before: Any) -> Any:
        if before is None or not isinstance(before, str) or (kind.name, spec.label) in PUBLIC:
            return None
        n = next(self._next) % PEOPLE
        if spec.privacy is Privacy.NAME:
            return name_written(NAMES[n], n)
        if spec.type is FieldType.PHONE:
            return PHONES[n] if spec.privacy is Privacy.PHONE else None
        if spec.type not in (FieldType.TEXT, FieldType.STORY) or spec.policy or model.__name__ in _TERMS:
            return None
        phone = number_written(PHONES[n], n, spelled=True)
        return f"{before}{name_written(NAMES[n], n + 1)}来电{phone}，证号{number_written(IDENTITIES[n], n)}"


def _pictured(root: Path) -> None:
    """Two pictures that might be public, of which the sample has none."""
    for n, issue in enumerate(("WT-2026-A0001", "WT-2026-A0002"), 1):
        made = photograph(root.parent / f"{n}.jpg", size=(40, 30 + n)).read_bytes()
        digest = hashlib.sha1(b"blob %d\0" % len(made) + made).hexdigest()  # noqa: S324 - as git counts it
        kept = Path("attachments", "2026", f"{digest[:16]}.jpg")
        (root / kept).parent.mkdir(parents=True, exist_ok=True)
        (root / kept).write_bytes(made)
        record = root / "evidence" / "2026" / f"ZZ-2026-A000{n}.yaml"
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(
            f"编号: ZZ-2026-A000{n}\n对应:\n  - {issue}\n文件: {kept}\n内容: 沟\n可公开: 是\n人像: 没有人像\n"
            f"原名: 照片.jpg\n指纹: {digest}\n大小: {len(made)}\n备注: 有\n",
            encoding="utf-8",
        )


#: Groups whose texts are the office's own terms: figures, indicators.
_TERMS = frozenset({"Outcome", "Help", "FrozenFigure"})


def _groups(kind: Kind, whole: dict[str, Any]) -> Iterator[tuple[dict[str, Any], type[Record]]]:
    """A record and every group of fields in it, its events too."""
    yield whole, kind.model
    for spec in kind.fields:
        if spec.group is None:
            continue
        held = whole.get(spec.label)
        for one in held if isinstance(held, list) else [held]:
            if isinstance(one, dict):
                yield one, spec.group
    steps = {step.label: step.model for step in kind.lifecycle.steps} if kind.lifecycle else {}
    for event in whole.get("事件", ()):
        yield event, steps[event["步骤"]]


def _sound(kind: Kind, whole: dict[str, Any]) -> bool:
    from pydantic_core import ValidationError

    try:
        kind.model.model_validate(whole, by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True


_LIKELY = re.compile(r"(?=([闵訾缪郄]..|1371\d{7}|330101\d{11}X))")
_SECRETS = frozenset((*NAMES, *PHONES, *IDENTITIES))
_HEARD = str.maketrans("〇零一二三四五六七八九O", "001234567890", "年月日")


def told(text: str) -> list[str]:
    """Whoever is betrayed by a text, however it is written."""
    heard = "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())
    return [found for found in _LIKELY.findall(f"{heard} {heard.translate(_HEARD)}") if found in _SECRETS]
