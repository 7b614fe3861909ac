"""How the headings of old workbooks are read: what is shipped, and what she has confirmed (``policy/import.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.declare.field import FieldSpec, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Lifecycle, Step
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.measure import Names
from lianxin.core.problem import Fault
from lianxin.core.text.personal import find
from lianxin.core.value import Text
from lianxin.kinds import KIND, kind_named
from lianxin.kinds.path import near


class Meaning(Record):
    """Another writing of one of the words a field may take."""

    written: Text = field("写作")
    meant: Text = field("就是")


class Heading(Record):
    """Which headings lead to a field, or to several that stand in one column."""

    fields: Names = field("字段", help="字段名；一组明细的写 拨付.金额，办理步骤的写 受理.时间；一栏里有几样的写几个")
    headings: Names = field("表头")
    apart: Names = field("隔开", default=(), help="一栏里有几样的，中间用什么隔开")
    meanings: tuple[Meaning, ...] = field("写法", default=())


class Headings(Record):
    """How the workbooks of one kind are read."""

    kind: Text = field("种类")
    titles: Names = field("标题里有", default=(), help="标题或工作表名里有这些字，多半是这一种")
    same: Names = field("认作同一条", default=(), help="这几样都一样，就是同一条记录")
    apart: Names = field("分得开", default=(), help="上面几样都一样时，这几样里有一样两边都写了又不同，就不是同一条")
    columns: tuple[Heading, ...] = field("栏目", default=())
    left: Names = field("不导入", default=(), help="这些表头的栏不进台账")


class Importing(Record):
    """``policy/import.yaml``."""

    sheets: tuple[Headings, ...] = field("表", default=())


class Target(Struct, frozen=True):
    """Where what stands in a column goes.

    Attributes:
        path: As it is written: ``户主``, ``拨付.金额``, ``受理.时间``.
        spec: The field of the record, or of the step.
        part: Of a field that is a group, the part of it.
        step: The step whose field it is.
        whistle: It is told of the whistle that was blown for an issue, or of one of its steps.
    """

    path: str
    spec: FieldSpec
    part: FieldSpec | None = None
    step: Step | None = None
    whistle: bool = False

    @property
    def leaf(self) -> FieldSpec:
        """The field whose type the column has."""
        return self.part or self.spec

    @property
    def told(self) -> str:
        """By what rows keep it: the step it is of, of an issue's own or of its whistle's."""
        return f"{WHISTLED if self.whistle else ''}{self.step.name if self.step else ''}"

    @property
    def shown(self) -> str:
        """The path in one word: ``拨付金额``, ``受理时间``, ``身份``, ``哨单报到时间``."""
        shown = ""
        for over in reversed(self.path.split(".")):
            shown = shown if shown.startswith(over) else f"{over}{shown}"
        return shown


#: The steps that one row can tell of, in their order.
STEPS = ("accept", "assign", "sign", "resolve", "feedback", "reflect", "close")
#: What ended at once went another way.
QUICK = ("quick", "feedback", "reflect", "close")
#: Steps that may lie between those, each on its own day.
ASIDE = ("whistle", "extend", "suspend", "resume")
#: Before the steps of a whistle, among those of the issue it was blown for.
WHISTLED = "whistle."
#: What a column that is only called 吹哨 says: a day, a yes or a no, some words. It is no field of the step.
SAID = "said"
#: What a row of an issue may say of its whistle, and of which steps of it.
_OF_WHISTLE, _ITS_STEPS = ("by", "urgency"), ("approve", "arrive", "dispose", "finish", "close", "rate")
_ITS_LIMITS = ("arrive_rule", "finish_rule")
#: What a step is told of besides its own fields.
_COMMON = ("at", "actor")


def targets(kind: Kind) -> Mapping[str, Target]:
    """Everything a column can lead to, by its path."""
    found: dict[str, Target] = {}
    for spec in kind.fields:
        if spec.auto or spec.name == "voided":
            continue
        if spec.group:
            for part in fields_of(spec.group):
                if not part.group:
                    found[f"{spec.label}.{part.label}"] = Target(f"{spec.label}.{part.label}", spec, part)
        else:
            found[spec.label] = Target(spec.label, spec)
    for step in kind.lifecycle.steps if kind.lifecycle else ():
        if step.name not in (*STEPS, *QUICK, *ASIDE):
            continue
        common = [spec for spec in fields_of(step.model) if spec.name in _COMMON]
        for spec in (*step.asks, *common):
            found[f"{step.label}.{spec.label}"] = Target(f"{step.label}.{spec.label}", spec, None, step)
    if kind.name == "issue" and kind.lifecycle:
        found |= {one.path: one for one in _whistle_targets(kind.lifecycle)}
    return found


def _whistle_targets(lifecycle: Lifecycle) -> Iterator[Target]:
    """Where a table of issues may tell of a whistle: its own fields, who is called within which limits, its steps."""
    whistle, blown = KIND["whistle"], lifecycle.step("whistle")
    specs = {spec.name: spec for spec in whistle.fields}
    called = {part.name: part for part in fields_of(specs["summoned"].group or Record)}
    whom = replace(called["dept"], name="summoned", label=specs["summoned"].label, many=True)
    said = replace(specs["notes"], name=SAID, label="情况")
    for spec in (said, *(specs[name] for name in _OF_WHISTLE), whom, *(called[name] for name in _ITS_LIMITS)):
        yield Target(f"哨单.{spec.label}", spec, None, blown, whistle=True)
    for step in whistle.lifecycle.steps if whistle.lifecycle else ():
        if step.name in _ITS_STEPS:
            timed = [spec for spec in fields_of(step.model) if spec.name == "at"]
            for spec in (*(one for one in step.asks if one.name != "dept"), *timed):
                yield Target(f"哨单.{step.label}.{spec.label}", spec, None, step, whistle=True)


def check_importing(importing: Importing) -> Iterator[Fault]:
    """Kinds and fields that are not there, and headings that tell of somebody."""
    for n, sheet in enumerate(importing.sheets):
        kind = kind_named(sheet.kind)
        if kind is None:
            yield Fault("P050", ("表", n, "种类"), f"没有「{sheet.kind}」这种记录")
            continue
        known = targets(kind)
        for m, column in enumerate(sheet.columns):
            for path in column.fields:
                if path not in known:
                    told = f"{kind.label}没有「{path}」这一项{near(path, [*known])}"
                    yield Fault("P050", ("表", n, "栏目", m, "字段"), told)
            if any(personal(word) for word in column.headings):
                told = "表头里有号码，不像表头；这个文件大家都看得到，请去掉"
                yield Fault("P050", ("表", n, "栏目", m, "表头"), told)


def personal(heading: str) -> bool:
    """Whether a heading holds a number by which somebody is known: it is not kept."""
    return any(True for _ in find(heading))


def importing_of(policy: Mapping[str, Any] | None) -> Importing:
    """What ``policy/import.yaml`` says; nothing where there is none or it is faulty (``check`` says so)."""
    try:
        return Importing.model_validate(policy or {}, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return Importing()


def with_confirmed(
    importing: Importing, kind: Kind, confirmed: Mapping[str, Sequence[str]], left: Sequence[str]
) -> Importing:
    """The policy with headings she has confirmed; what is shipped needs no line.

    Args:
        importing: As it was.
        kind: Of the records.
        confirmed: The paths by heading.
        left: Headings of columns that are not taken in.
    """
    mine = next((one for one in importing.sheets if one.kind == kind.label), None)
    others = tuple(one for one in importing.sheets if one is not mine)
    before = mine or Headings(kind=kind.label)
    words = {*confirmed, *left}
    kept = tuple(
        one.model_copy(update={"headings": rest})
        for one in before.columns
        if (rest := tuple(word for word in one.headings if word not in words))
    )
    by_fields: dict[tuple[str, ...], list[str]] = {}
    for heading, paths in confirmed.items():
        if not personal(heading):
            by_fields.setdefault(tuple(paths), []).append(heading)
    columns = [
        one.model_copy(update={"headings": (*one.headings, *by_fields.pop(tuple(one.fields), ()))}) for one in kept
    ]
    columns += [Heading(fields=paths, headings=tuple(found)) for paths, found in by_fields.items()]
    outside = [word for word in before.left if word not in confirmed]
    outside += [word for word in left if word not in outside and not personal(word)]
    made = before.model_copy(update={"columns": tuple(columns), "left": tuple(outside)})
    return Importing(sheets=(*others, made))
