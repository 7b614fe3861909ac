"""What a typed text of a field comes to, judged as at the form; each text of a column is looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from pydantic_core import PydanticCustomError

from lianxin.actions.entry.entry import many, once, one, pieces
from lianxin.actions.entry.offer import offers
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.walk import in_future
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.text.fold import fold
from lianxin.core.value import FieldType, read_text
from lianxin.kinds import BRIEF
from lianxin.rules.category import categories, unlisted
from lianxin.storage.book import LedgerBook

#: Kinds whose names are nobody's.
_PLACES = frozenset({"village", "org", "project"})
_QUOTED = re.compile("「[^」]*」")
#: Of a hundred, how near a name is to another to be asked about: one character of five.
_NEAR = 80
_NOBODY = re.compile("没有叫「.*」的|没有编号是「.*」的")
_CALLED = """SELECT DISTINCT record FROM called AS c JOIN record AS r ON r.id = c.record
WHERE NOT r.voided AND c.word = ?"""


class Namesake(Struct, frozen=True):
    """A name that several records have, or that is only nearly that of one.

    Attributes:
        word: As it is written, of the kinds in ``refs``.
        choices: Id of each, and what is shown of it.
    """

    refs: tuple[str, ...]
    label: str
    word: str
    choices: Sequence[tuple[str, str]]

    @property
    def asked(self) -> str:
        """By what the answer is kept."""
        return asked(self.refs, self.word)


def asked(refs: Sequence[str], word: str) -> str:
    """By what the answer to which of several is meant is kept."""
    return f"{'/'.join(refs)} {fold(word)}"


class Refused(Exception):  # noqa: N818 - no fault of ours: a text its field does not take
    """Why a text is not taken.

    Attributes:
        veiled: The sentence without it.
        unknown: It names a record that is not there.
        namesake: It names several.
    """

    def __init__(self, said: str, veiled: str = "", *, unknown: bool = False, namesake: Namesake | None = None) -> None:
        super().__init__(said)
        self.veiled = veiled
        self.unknown = unknown
        self.namesake = namesake


class Reader:
    """Reads texts into what files hold, by one book."""

    def __init__(self, book: LedgerBook, answers: Mapping[str, str]) -> None:
        self.book = book
        self._answers = answers
        self._kept: dict[tuple[int, str, str], Any] = {}

    def value(self, spec: FieldSpec, text: str, village: str = "") -> Any:
        """What a file would hold of a text.

        Args:
            spec: Of the field; of a list, what its text adds to it.
            text: As typed.
            village: The village of the row, by id: whoever lives there is meant rather than a namesake.

        Raises:
            Refused: The field does not take it.
        """
        where = village if "household" in spec.refs else ""
        key = id(spec), text, where  # a declaration lives as long as its kind
        if key not in self._kept:
            try:
                self._kept[key] = self._judged(spec, text, where)
            except Refused as error:
                self._kept[key] = error
        found = self._kept[key]
        if isinstance(found, Refused):  # anew: one that is raised again and again drags its past along
            raise Refused(str(found), found.veiled, unknown=found.unknown, namesake=found.namesake)
        return found

    def namesakes(self) -> list[Namesake]:
        """The names met that several records have."""
        return [one.namesake for one in self._kept.values() if isinstance(one, Refused) and one.namesake]

    def names(self, spec: FieldSpec, text: str) -> bool:
        """Whether a text is the name of a record that a field may point to."""
        if not spec.refs or not text:
            return False
        found = {str(id_) for (id_,) in self.book.sql(_CALLED, (fold(text),))}
        return any(id_.partition("-")[0] == BRIEF[kind].prefix for id_ in found for kind in spec.refs)

    def _judged(self, spec: FieldSpec, text: str, village: str) -> Any:
        try:
            if spec.refs:
                made: Any = [self._reference(spec, word, village) for word in (pieces(text) if spec.many else [text])]
                once(spec, made)
                made = made if spec.many else made[0]
            else:
                made = many(spec, text, self.book) if spec.many else one(spec, text, self.book)
            for part in made if spec.many else [made]:
                self._wrong(spec, part)
        except Refused:
            raise
        except PydanticCustomError as error:
            raise self._refusal(spec, f"{spec.label}：{error.message()}") from None
        except UsageError as error:
            raise self._refusal(spec, str(error), error.veiled) from None
        return made

    def _reference(self, spec: FieldSpec, word: str, village: str) -> str:
        if told := self._answers.get(asked(spec.refs, word)):
            return told
        try:
            return self.book.resolve(word, *spec.refs, in_force=True)
        except LianxinError as error:
            found = self._several(spec, word)
            if village and len(here := [id_ for id_ in found if self._lives(id_, village)]) == 1:
                return here[0]
            if len(found) > 1:
                near = offers(word, self.book, spec, 20)
                shown = {one.id: f"{one.title} {one.apart}".strip() for one in near}
                choices = [(id_, f"{id_} {shown.get(id_, self.book.title(id_))}") for id_ in found]
                said = f"{spec.label}：「{word}」有 {len(found)} 个同名的；在终端上导入时会问是哪一个，也可以写编号"
                veiled = veiled_of(spec, said)
                raise Refused(said, veiled, namesake=Namesake(spec.refs, spec.label, word, choices)) from None
            if error.meant and (meant := self._meant(spec, word, error.meant[1])):
                said = f"{spec.label}：没有「{word}」，是不是「{error.meant[1]}」？在终端上导入时会问"
                nearly = Namesake(spec.refs, spec.label, word, [(meant, f"{meant} {error.meant[1]}")])
                raise Refused(said, veiled_of(spec, said), namesake=nearly) from None
            label = "或".join(BRIEF[kind].label for kind in spec.refs)
            first = f"先导入「{label}」的旧表，再导这一份"
            first += (
                "；不是联系户的，可以写明 --对应 这一栏=走访户+见到的人"
                if spec.refs == ("household",) and spec.many
                else ""
            )
            if error.meant or _NOBODY.search(str(error)):
                veiled = f"没有叫这个名字的{label}；{first}"
                raise Refused(f"没有叫「{word}」的{label}；{first}", veiled, unknown=True) from None
            raise Refused(str(error), error.veiled or veiled_of(spec, str(error)), unknown=True) from None

    def _meant(self, spec: FieldSpec, word: str, near: str) -> str:
        """The one record of a name that is so near to a word that it is worth asking about."""
        from rapidfuzz import fuzz

        one, other = fold(word), fold(near)
        if not (one in other or other in one or fuzz.ratio(one, other) >= _NEAR):
            return ""
        found = self._several(spec, near)
        return found[0] if len(found) == 1 else ""

    def _several(self, spec: FieldSpec, word: str) -> list[str]:
        """Those in force that are called just so."""
        marks = ", ".join("?" * len(spec.refs))
        found = self.book.sql(f"{_CALLED} AND c.kind IN ({marks}) ORDER BY record", (fold(word), *spec.refs))
        return [str(id_) for (id_,) in found]

    def _lives(self, id_: str, village: str) -> bool:
        return bool(self.book.sql("SELECT 1 FROM household WHERE id = ? AND village = ?", (id_, village)))

    def _wrong(self, spec: FieldSpec, value: Any) -> None:
        """What the type, the calendar, the policy and the field's own judgement say against a value.

        Raises:
            Refused: One of them does.
        """
        if isinstance(value, str):
            held = read_text(spec.type, value)
            if spec.type in (FieldType.DAY, FieldType.MOMENT) and not spec.ahead and spec.name != "at":
                self._say(spec, in_future(spec, held, self.book.clock))
            if spec.policy and (policy := self.book.policy(spec.policy)) is not None:
                self._say(spec, unlisted(value, categories(policy)) or "")
            said = spec.judge(value)
            self._say(spec, f"{spec.label}{said}" if said else "")

    def _say(self, spec: FieldSpec, said: str) -> None:
        if said:
            raise self._refusal(spec, said)

    def _refusal(self, spec: FieldSpec, said: str, veiled: str = "") -> Refused:
        return Refused(said, veiled or veiled_of(spec, said))


def veiled_of(spec: FieldSpec, said: str) -> str:
    """A sentence of a field without what it quotes, where that may be somebody's; empty where nothing of it is."""
    if spec.privacy is Privacy.OPEN and _PLACES.issuperset(spec.refs) and spec.type is not FieldType.PHONE:
        return ""
    return _QUOTED.sub("「…」", said)


#: Whether a text names a record that a field may point to.
Names = Callable[[FieldSpec, str], bool]


def when(text: str) -> datetime | None:
    """A day or moment as files hold it; None: it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
