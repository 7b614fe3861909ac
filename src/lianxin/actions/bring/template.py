"""A workbook to be filled in for one kind: its fields as headings, what they may hold as lists, one example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.actions.bring.lexicon import KINDS, shipped
from lianxin.actions.bring.table import ABOUT, OURS
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.formats.xlsx.blank import BlankColumn, blank
from lianxin.kinds import KIND, kind_named
from lianxin.policies.importing import Heading, Target, targets
from lianxin.rules.category import categories
from lianxin.storage.book import LedgerBook

#: Kinds whose records are few enough to be chosen from a list.
_LISTED = ("village", "org", "person")
_NAMED = "SELECT DISTINCT title FROM record WHERE kind = ? AND NOT voided ORDER BY title"
_EXAMPLES = {
    FieldType.DAY: "2026-03-02",
    FieldType.MOMENT: "2026-03-02",
    FieldType.PHONE: "13900000000",
    FieldType.INTEGER: "3",
    FieldType.AMOUNT: "5000",
    FieldType.FLAG: "是",
}
_NOTES = {
    FieldType.DAY: "年-月-日",
    FieldType.MOMENT: "年-月-日",
    FieldType.AMOUNT: "元，只写数",
    FieldType.INTEGER: "整数",
    FieldType.FLAG: "是、否",
}
_ABOUT = (
    "一行一条；前两行灰色的是说明和例子，导入时不算，可以留着。",
    "橙色的栏必填；别的没有就空着，不要写「无」。",
    "村、单位、人员写台账里有的名称；还没有的，先导入那一种表。",
    "电话、身份证号两栏已经设成文本格式，照原样打，不要让 Excel 改成数。",
    "填好存上，运行 lianxin 导入 这个文件；先给您看会怎样，问过才写。",
)


def template(book: LedgerBook, word: str) -> tuple[str, bytes]:
    """What the workbook is called, and its bytes.

    Raises:
        UsageError: No such kind comes in from workbooks.
    """
    kind = kind_named(word)
    if kind is None or kind.name not in KINDS:
        raise UsageError(f"没有「{word}」的模板；有 {'、'.join(KIND[name].label for name in KINDS)} 的")
    known = targets(kind)
    columns = [_column(book, heading, known[path]) for heading, path in _wanted(kind.name, known)]
    return kind.label, blank(kind.label, columns, OURS, ABOUT, _ABOUT)


def _wanted(name: str, paths: Mapping[str, Target]) -> list[tuple[str, str]]:
    """Headings and paths: those that people's tables have, in the order of declaration."""
    words = shipped(name)
    listed = {column.fields[0]: column for column in words.columns if len(column.fields) == 1}
    chosen = [path for path, one in paths.items() if path in listed or (one.spec.required and not one.step)]
    return [(_heading(path, paths[path], listed), path) for path in (*chosen, *(["备注"] if "备注" in paths else []))]


def _heading(path: str, one: Target, listed: Mapping[str, Heading]) -> str:
    """What the column is called: the field's own name, or the usual heading where that is needed to know it again."""
    if one.step is None and one.part is None:
        return path
    return str(listed[path].headings[0]) if path in listed else path.replace(".", "")


def _column(book: LedgerBook, heading: str, one: Target) -> BlankColumn:
    spec = one.leaf
    choices = choices_of(book, spec)
    many = one.spec.many and not one.part
    note = note_of(spec, many=many)
    needed = spec.required and not one.step and not one.part
    text = spec.type is FieldType.PHONE or spec.privacy is Privacy.IDENTITY
    example = _example(spec, choices) or ("某某" if needed else "")
    return BlankColumn(heading, note, needed, () if many else choices, example, text)


def note_of(spec: FieldSpec, *, many: bool) -> str:
    """What may be written for a field, in a few words."""
    return "，".join(filter(None, (spec.help, _NOTES.get(spec.type, ""), "几个用顿号隔开" if many else "")))


def choices_of(book: LedgerBook, spec: FieldSpec) -> Sequence[str]:
    """What a list beside a cell offers for a field; empty where anything may stand."""
    if spec.choices:
        return spec.choices
    if spec.type is FieldType.FLAG:
        return ("是", "否")
    if spec.policy and (policy := book.policy(spec.policy)):
        return categories(policy)
    if len(spec.refs) == 1 and spec.refs[0] in _LISTED:
        return [str(title) for (title,) in book.sql(_NAMED, (spec.refs[0],))]
    return ()


def _example(spec: FieldSpec, choices: Sequence[str]) -> str:
    if choices:
        return spec.usual or ("否" if spec.type is FieldType.FLAG else str(choices[0]))
    if spec.privacy is Privacy.NAME:
        return "某某某"
    return _EXAMPLES.get(spec.type, "")
