"""What is asked for, of a new record, of a step, and of a record that is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec import field as member
from msgspec.structs import replace

from lianxin.actions.entry.entry import pieces
from lianxin.actions.entry.figure import Clock, runs_from, settled
from lianxin.actions.form.whistled import takes_whistle, whistles_of
from lianxin.actions.step.advanced import asked
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.error import LianxinError
from lianxin.core.value import FieldType
from lianxin.formats.paper.trace import spelt
from lianxin.kinds.life.course import to_correct
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Kept, batch_draft, draft_name, opened_for

#: Texts as they were typed, by field; of a list, one by one.
Answers = dict[str, "str | list[str]"]


#: What the fields of a correction are called in a form, by their names.
AMENDED = {"field": "更正哪一项", "value": "改成", "why": "更正理由"}
_AMENDED_HELP = {"field": "打字就找，如 办理结果", "value": "原来写的在这里，改对；删空了就是不要它"}


class Form(Struct, frozen=True):
    """What is asked.

    Attributes:
        name: Of its draft.
        command: The words that lead back to it.
        title: What it is about.
        specs: The fields, in the order they are asked for.
        offered: What stands there to begin with, as it would be typed, by field name.
        owed: What must be written because of how the record stands, and before which step; empty: at once.
        narrowed: All that fields can say as the record stands, by field name.
        kind: Of the new record; None for a step.
        step: That is taken; None for a record.
        id: Of the record that is there already.
        since: From when what is to come is counted, if the fields do not say.
        alters: It changes what was written: what was left of another time is another change.
        held: The record as it stands, where one of its fields is to be picked; else None.
        lacks: What keeps the record from being done with, where the step may bring it; said above the fields.
        stood: What the record says already of fields through which a step's are offered or told, by field name.
        actor: The id of whoever fills it in; empty where nobody is named.
        because: The words that what is offered was read from, where it was read from a message.
    """

    name: str
    command: str
    title: str
    specs: Sequence[FieldSpec]
    offered: Mapping[str, str | list[str]] = member(default_factory=dict)
    owed: Mapping[str, str] = member(default_factory=dict)
    narrowed: Mapping[str, Sequence[str]] = member(default_factory=dict)
    kind: Kind | None = None
    step: Step | None = None
    id: str = ""
    since: datetime | None = None
    because: Mapping[str, str] = member(default_factory=dict)
    stood: Mapping[str, str] = member(default_factory=dict)
    actor: str = ""
    alters: bool = False
    held: Any = None
    lacks: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """Chinese labels by field name."""
        return {spec.name: spec.label for spec in self.specs}

    def says(self, name: str, made: Mapping[str, Any]) -> Any:
        """What is said of a field: here, by label as files hold it, else as the record stands."""
        return made.get(self.labels.get(name, "")) or self.stood.get(name) or None


def of_new(kind: Kind) -> Form:
    """What a new record of a kind asks for."""
    specs = _conditions_first([spec for spec in kind.fields if not spec.auto])
    return Form(f"{kind.name}-add", f"lianxin {kind.name} add", f"新增{kind.label}", specs, kind=kind)


def of_new_for(form: Form, typed: Mapping[str, str | list[str]], book: LedgerBook) -> Form:
    """The same for the records that it is opened for: what is left of one is not taken up for another.

    Args:
        form: Of a new record.
        typed: What is known of it already; at least one field names a record.
        book: The records.
    """
    flags: list[str] = []
    ids: list[str] = []
    for spec in form.specs:
        if spec.type is FieldType.STORY and typed.get(spec.name):  # of several matters of one visit each is another
            flags += [_flag(spec), str(typed[spec.name])]
            ids.append(f"{spec.name}={typed[spec.name]}")
        said = typed.get(spec.name, "") if spec.refs else ""
        for word in pieces(said) if isinstance(said, str) else said:
            flags += [_flag(spec), word]
            ids.append(f"{spec.name}={_id_of(word, spec, book)}")
    return replace(form, name=opened_for(form.name, sorted(ids)), command=f"{form.command} {spelt(flags)}")


def _flag(spec: FieldSpec) -> str:
    return f"--{spec.flag or spec.name.replace('_', '-')}"


def _id_of(word: str, spec: FieldSpec, book: LedgerBook) -> str:
    try:
        return book.resolve(word, *spec.refs)
    except LianxinError:  # it is told in the field
        return word


def of_step(book: LedgerBook, kind: Kind, step: Step, id_: str, *, made_up: bool = False) -> Form:
    """What a step asks for, as its record stands.

    Args:
        book: The records.
        kind: Of the record.
        step: To be taken.
        id_: Of the record, whole.
        made_up: It is told when it took place: what was lawful then is not known yet.

    Raises:
        LianxinError: It cannot be taken now; nothing need be asked.
    """
    life, conduct = book.fold(id_), kind.conduct() if kind.conduct else None
    if kind.lifecycle is None or conduct is None:
        raise LianxinError(f"{kind.label}没有办理步骤")
    lawful = kind.lifecycle.lawful(life.state)
    if step not in lawful and not made_up:
        can = "、".join(one.label for one in lawful if one.name != "amend") or "没有"
        ways = to_correct(lawful) if step.name == "amend" else f"；能做的有：{can}"
        raise LianxinError(f"{id_} 现在是「{life.state}」，不能「{step.label}」{ways}")
    return Form(
        draft_name(kind.name, step.name, id_),
        f"lianxin {kind.name} {step.name} {id_}",
        f"{id_} {book.title(id_)}：{step.label}",
        [*_in_her_words(step, _who_last(_conditions_first(asked(step))))],
        step.model.offered(life, book.context),
        step.model.owed(life, book.context),
        {**step.model.narrowed(life, book.context), **_tied(book, kind, step, id_)},
        step=step,
        id=id_,
        since=step.model.runs_from(life),
        alters=step.name == "amend",
        held=life.record if step.name == "amend" else None,
        lacks=step.model.wanted(life),
        stood={name: str(said) for name in _leant_on(step) if (said := getattr(life, name, None))},
    )


def _in_her_words(step: Step, specs: Sequence[FieldSpec]) -> Iterator[FieldSpec]:
    """The fields of a step; of a correction one that says all that may be changed, in place of those of programs."""
    for spec in specs:
        if step.name != "amend":
            yield spec
        elif spec.name != "event":
            yield replace(spec, label=AMENDED.get(spec.name, spec.label), help=_AMENDED_HELP.get(spec.name, spec.help))


def _tied(book: LedgerBook, kind: Kind, step: Step, id_: str) -> Mapping[str, Sequence[str]]:
    """The whistles that an issue may be tied to, where there are any."""
    found = whistles_of(book, id_) if takes_whistle(kind, step) else ()
    return {"whistle": found} if found else {}


def _leant_on(step: Step) -> Iterator[str]:
    """The fields through which those of a step are offered or told."""
    for spec in asked(step):
        yield from filter(
            None, (spec.within, *(path.partition(".")[0] for path in spec.offer if path.isidentifier() or "." in path))
        )


def of_several(book: LedgerBook, kind: Kind, step: Step, ids: Sequence[str], words: Sequence[str] = ()) -> Form:
    """What a step of several records asks for, once for all: what one of them owes, what all can say.

    Args:
        book: The records.
        kind: Of them.
        step: To be taken.
        ids: Of the records, whole.
        words: By which they were picked, if not by their ids: what is left of it is for whoever picks by these again.
    """
    command = f"lianxin batch {kind.name} {step.name} {spelt([*(words or sorted(ids))])}"
    lives = [life for life in map(book.fold, ids) if step in life.lawful]
    owed = {name: when for life in lives for name, when in step.model.owed(life, book.context).items()}
    narrowed = [dict(step.model.narrowed(life, book.context)) for life in lives]
    alike = {
        name: said
        for name, said in (narrowed[0] if narrowed else {}).items()
        if all(one.get(name) == said for one in narrowed)
    }
    title = f"{kind.label}批量{step.label}，{len(ids)} 条"
    specs = _who_last(_conditions_first(asked(step)))
    name = batch_draft(kind.name, step.name, command)
    return Form(name, command, title, specs, owed=owed, narrowed=alike, step=step)


def _conditions_first(specs: Sequence[FieldSpec]) -> list[FieldSpec]:
    """In the order of declaration, but what hangs on other fields, or is taken or offered through them, comes after."""
    places = {spec.name: place for place, spec in enumerate(specs)}

    def turn(spec: FieldSpec) -> tuple[int, bool]:
        through = (path.partition(".")[0] for path in spec.offer if "." in path)
        hung = (name for name in (spec.name, *spec.hangs_on, *through) if name in places)
        last = max(places[name] for name in hung)
        return last, last != places[spec.name]

    return sorted(specs, key=turn)


def _who_last(specs: Sequence[FieldSpec]) -> list[FieldSpec]:
    """Who did it, as far as that is known beforehand, stands behind what was done."""
    return sorted(specs, key=lambda spec: spec.name == "by" and spec.refs == ("person",) and bool(spec.offer))


def resumed(form: Form, kept: Kept | None) -> Answers:
    """What is left of the last time; days in words as the day that was meant then."""
    if kept is None:
        return {}
    specs = {spec.name: spec for spec in form.specs}
    typed = {name: text for name, text in (kept.answers | kept.half).items() if name in specs}

    def meant(name: str, text: str) -> str:
        since = runs_from(specs[name], kept.answers | kept.half, kept.day)
        return settled(specs[name], text, Clock(kept.day, since=since))

    return {
        name: meant(name, text) if isinstance(text, str) else [meant(name, one) for one in text]
        for name, text in typed.items()
    }
