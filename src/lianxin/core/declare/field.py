"""A field is declared once: attribute, Chinese label, type, required, reference, privacy, help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lianxin.core.declare.need import Need
from lianxin.core.tone import Tones
from lianxin.core.value import FieldType

if TYPE_CHECKING:
    from lianxin.core.declare.record import Record


class Privacy(StrEnum):
    """How a field is treated on the outward face of a document."""

    OPEN = "公开"
    NAME = "姓名"
    PHONE = "电话"
    ADDRESS = "住址"
    IDENTITY = "证件号"
    STORY = "自述"  # free text: names and numbers inside it are masked
    INTERNAL = "内部"  # hardship and the like: never on the outward face


class Going(StrEnum):
    """What becomes of a value when the personal data of its record are taken out (注销)."""

    MARKED = "换成记号"  # one for each value, so that two are still two
    TAKEN = "整段隐去"
    SEARCHED = "隐去其中的姓名和号码"
    STAYS = "照旧"


#: Classes of which every value identifies somebody.
_IDENTIFYING = frozenset({Privacy.NAME, Privacy.PHONE, Privacy.ADDRESS, Privacy.IDENTITY})

#: The default of a field that must be written.
REQUIRED: Any = ...

#: Stands in ``copy`` for the office's own settings.
OFFICE = "office"


#: ``FieldSpec`` has an attribute called ``type``.
Model = type["Record"]


class Spoken(Struct, frozen=True):
    """How the items of a list of groups are told in plain words.

    Attributes:
        read: Each of them, the texts of its parts by label; a ``ValueError`` says what cannot be read, and how to
            write it.
        how: To write them.
    """

    read: Callable[[str], Sequence[Mapping[str, str]]]
    how: str


class FieldSpec(Struct, frozen=True):
    """A declared field: what ``field`` was told, see there, then what the class it stands in says of it.

    Attributes:
        default: ``REQUIRED``: it has none.
        name: English attribute; also the JSON key, and the flag where no other was told.
        many: The value is a list of ``type``.
        choices: The enumerated values of a CHOICE, in their order.
        tones: How those of them are meant that are meant in some way.
        group: The model of a GROUP.
    """

    label: str
    default: Any
    refs: tuple[str, ...]
    privacy: Privacy
    help: str
    flag: str
    auto: bool
    ahead: bool
    coming: bool
    copy: tuple[str, ...]
    copy_unless: str
    nobody: str
    described: str
    policy: str
    needed: tuple[Need, ...]
    not_before: tuple[str, ...]
    judge: Callable[[str], str]
    code: str
    words: bool
    signed: bool
    term: bool
    inner: tuple[str, ...]
    likely: str
    offer: tuple[str, ...]
    often: bool
    personal: bool
    open: bool
    heads: bool
    includes: str
    within: str
    lines: bool
    spoken: Spoken | None
    example: str
    follows: str
    name: str = ""
    type: FieldType = FieldType.TEXT
    many: bool = False
    choices: tuple[str, ...] = ()
    tones: Tones = ()
    group: Model | None = None

    @property
    def editable(self) -> bool:
        """Whether what was written may be changed: not what the tool writes, nor a file that was taken in."""
        return not self.auto and self.type is not FieldType.FILE

    @property
    def going(self) -> Going:
        """What 注销 makes of it in the record of whom it is about. Choices, numbers and short words are counted."""
        if self.privacy in _IDENTIFYING or self.personal:
            return Going.MARKED
        if self.type not in (FieldType.TEXT, FieldType.STORY):
            return Going.TAKEN if self.privacy is Privacy.INTERNAL and self.type is FieldType.DAY else Going.STAYS
        return Going.TAKEN if self.privacy is Privacy.INTERNAL and not self.words else Going.SEARCHED

    @property
    def required(self) -> bool:
        """It must be written."""
        return self.default is REQUIRED

    @property
    def usual(self) -> str:
        """What it says when it is left out, as it is written; empty for nothing."""
        if self.default in (REQUIRED, None, ()):
            return ""
        return ("否", "是")[self.default] if self.type is FieldType.FLAG else str(self.default)

    @property
    def of_office(self) -> bool:
        """It is taken over from the office's own settings."""
        return any(path.startswith(f"{OFFICE}.") for path in self.copy)

    @property
    def sources(self) -> tuple[str, ...]:
        """The fields through which it is taken over; where one of them is given, this need not be."""
        return tuple(source for path in self.copy if (source := path.partition(".")[0]) != OFFICE)

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The fields that decide whether it is needed, what it may be, and whence it is taken over."""
        needs = (name for need in self.needed for name in need.when)
        return (*self.sources, *needs, *self.not_before, *filter(None, (self.copy_unless,)))


def field(
    label: str,
    *,
    default: Any = REQUIRED,
    ref: str | tuple[str, ...] = (),
    privacy: Privacy = Privacy.OPEN,
    help: str = "",  # noqa: A002 - the field's own term, as in argparse and Typer
    flag: str = "",
    auto: bool = False,
    ahead: bool = False,
    coming: bool = False,
    copy: tuple[str, ...] = (),
    copy_unless: str = "",
    nobody: str = "",
    described: str = "",
    policy: str = "",
    needed: Need | tuple[Need, ...] = (),
    not_before: tuple[str, ...] = (),
    judge: Callable[[str], str] = lambda _text: "",
    code: str = "",
    words: bool = False,
    signed: bool = False,
    term: bool = False,
    inner: tuple[str, ...] = (),
    likely: str = "",
    offer: tuple[str, ...] = (),
    often: bool = False,
    personal: bool = False,
    open: bool = False,  # noqa: A002 - as records are said to be
    heads: bool = False,
    includes: str = "",
    within: str = "",
    lines: bool = False,
    spoken: Spoken | None = None,
    example: str = "",
    follows: str = "",
) -> Any:
    """Declare one field of a record or event.

    Args:
        label: The one Chinese word: YAML key, filter name, view column, default heading.
        default: Leave out for a required field.
        ref: Names of the kinds an id here may point to.
        privacy: How the outward face shows it.
        help: What to write, as shown at prompts and in the reference.
        flag: Command-line flag where the attribute's name does not serve (``limit`` for ``rule``).
        auto: Filled in by the tool, never asked for.
        ahead: A day that is planned, not a fact: it may lie in the future.
        coming: A deadline or another day to come, and so ``ahead``: what is typed of it is read forwards, and may be a
            limit, counted from the day it runs from (``not_before``, the step, or today).
        copy: Where a new record takes it from when it is not given: ``household.phone`` means the phone of the
            record that the field ``household`` points to, ``office.level`` the office's own level (``lianxin.yaml``);
            the first whose field is given counts.
        copy_unless: The yes/no field that keeps it from being taken over: nobody's name is carried to what was said
            without one.
        nobody: The word that, typed here, is no value of it but says yes in the field of ``copy_unless``.
        described: The field that takes what else was typed with such a word: who it was, if not by name.
        policy: The policy file that lists the words this field may take (``categories``).
        needed: When it must be written although it may be left out.
        not_before: Fields by attribute: the first of them that is given is a day this one may not precede.
        judge: What is wrong with a text of it that its type would take; empty for nothing.
        code: Of the fault that ``judge`` finds in a record; empty where the kind's own check tells of it.
        words: The items of this list are short words: several may be typed in one line, with 、 between them.
        signed: A number that may be less than nothing: money given back, points taken off.
        term: What it says is called so in public, like a village: masking leaves it as it stands.
        inner: Choices that are internal though the others are not: the outward face shows the item that holds one as
            such, and nobody is picked by it there.
        likely: The choice that it is most often: it stands in the form to begin with.
        offer: What stands in the form to begin with, to be seen and changed, the first that says anything: ``today``,
            ``now``; ``actor``, who fills it in; ``last``, what the last record or step of its sort said,
            ``last(village)``, where its village was this one too; ``hour(words)``, the hour that field tells of;
            ``left(visit.matters)``, the first of those told there that no record of this kind has made its own;
            ``number``, ``number(form)``, the next 文号 of the papers that go with the step, or with what that field
            says; ``dept.head``, as in ``copy``; ``village+group``, what several fields say, as it is read;
            ``office.town``, of its own settings; ``visit=入户走访``, a word where that field says anything. A field
            that a step does not ask for is what the record says of it. Unlike ``copy`` it counts only when a person
            has seen it.
        open: Of the records that it may point to those are offered that are not done with.
        heads: Of the people that it may point to the heads of units are offered first: they decide.
        includes: The field whose record is one of these too, and is put among them where nobody has done so.
        within: The field that names the unit of this person, or of each of these: its people are offered first, of
            another's it is told.
        lines: A text that is told in lines, each of which is a matter of its own.
        spoken: How its items are told in plain words.
        example: How one of a group is typed: 指标：慰问金，数量：500.
        follows: The field that it goes with: where that is changed and this is not, it is told of. A day says from
            when the change holds; left out, what was written before was wrong.
        often: It may be left out and seldom is: a form shows it without being asked for more.
        personal: It says who somebody is though it is open, like a cadre's name: 注销 takes it out too.
    """
    kinds = (ref,) if isinstance(ref, str) else ref
    needs = (needed,) if isinstance(needed, Need) else needed
    return FieldSpec(
        label,
        default,
        kinds,
        privacy,
        help,
        flag,
        auto,
        ahead or coming,
        coming,
        copy,
        copy_unless,
        nobody,
        described,
        policy,
        needs,
        not_before,
        judge,
        code,
        words,
        signed,
        term,
        inner,
        likely,
        offer,
        often,
        personal,
        open,
        heads,
        includes,
        within,
        lines,
        spoken,
        example,
        follows,
    )
