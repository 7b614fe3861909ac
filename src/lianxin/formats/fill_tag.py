"""The tags of a superior's blank form: ``{{ 字段 }}`` of one record, or of each row of ``记录``; nothing else runs.

A form comes from outside, so its templates run in Jinja's sandbox, escaped, and for a limited time.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError

#: What loops go over, and the row a spreadsheet's line speaks of.
RECORDS, ROW = "记录", "行"

#: Tags that are no field of a record.
BESIDE = ("序号", "件数", "今天", "本单位")

#: Seconds a form may take.
PATIENCE = 15


class Text(str):
    """A field's text; ``.`` steps on to what the record it points to says."""

    __slots__ = ("further",)
    further: dict[str, Text]

    def __new__(cls, text: str = "") -> Self:
        """A text with nothing further to be asked of it yet."""
        made = super().__new__(cls, text)
        made.further = {}
        return made

    def __getattr__(self, name: str) -> Text:
        try:
            return self.further[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, slots=True)
class Tags:
    """What a form asks for.

    Attributes:
        fields: Paths of fields (``责任部门.电话``), in the order met, those of loops without their row's name.
        loops: It goes over ``记录`` itself.
        names: Fields that stand outside loops.
    """

    fields: tuple[str, ...]
    loops: bool
    names: tuple[str, ...]


def environment() -> SandboxedEnvironment:
    """Where a form's tags run."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _path(node: nodes.Node) -> list[str]:
    """``行.责任部门.电话`` as its parts; empty for anything else."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return [*before, node.attr] if before else []
    return []


def tags_of(source: str, where: str) -> Tags:
    """The tags of a template.

    Raises:
        LianxinError: It is no template: a tag is not closed, or a word is not known.
    """
    try:
        tree = environment().parse(source)
    except TemplateError as error:
        raise LianxinError(
            f"{where}里的标签写得不对：{error}；标签写成 {{{{ 字段 }}}} 这样，成对的大括号要写全"
        ) from None
    rows, batches = {ROW}, set[str]()
    for loop in tree.find_all(nodes.For):
        # {% for 排 in 记录|batch(2) %}{% for 行 in 排 %}: several records side by side
        batch = isinstance(loop.iter, nodes.Filter) and loop.iter.name == "batch"
        over = loop.iter.node if isinstance(loop.iter, nodes.Filter) else loop.iter
        if isinstance(over, nodes.Name) and over.name in (RECORDS, *batches) and isinstance(loop.target, nodes.Name):
            (batches if batch else rows).add(loop.target.name)
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} - rows - batches
    fields: dict[str, None] = {}
    names: dict[str, None] = {}
    loops = False
    for path in _paths(tree):
        loops = loops or path[0] == RECORDS
        if path[0] in rows:
            if len(path) > 1 and path[1] not in BESIDE:
                fields[".".join(path[1:])] = None
        elif path[0] not in (RECORDS, "loop", "range", *BESIDE, *own, *batches):
            fields[".".join(path)] = names[".".join(path)] = None
    return Tags(tuple(fields), loops, tuple(names))


def _paths(tree: nodes.Node) -> Iterator[list[str]]:
    """Every name and dotted name that is read, each as long as it is."""
    for child in tree.iter_child_nodes():
        path = _path(child) if getattr(child, "ctx", "load") == "load" else []
        if path:
            yield path
        else:
            yield from _paths(child)


def row_of(columns: Sequence[str], texts: Sequence[str], number: int) -> dict[str, Text]:
    """One record's fields as templates read them."""
    made: dict[str, Text] = {BESIDE[0]: Text(str(number))}
    for path, text in sorted(zip(columns, texts, strict=True), key=lambda pair: pair[0].count(".")):
        first, *rest = path.split(".")
        at = made.setdefault(first, Text()) if rest else made.setdefault(first, Text(text))
        for n, name in enumerate(rest, start=1):
            at = at.further.setdefault(name, Text(text if n == len(rest) else ""))
    return made


def context_of(rows: Sequence[Mapping[str, Text]], beside: Mapping[str, str]) -> dict[str, Any]:
    """All a form can read: the first record's fields by name, and every record under ``记录``."""
    return {**(rows[0] if rows else {}), **beside, BESIDE[1]: str(len(rows)), RECORDS: list(rows)}


@contextmanager
def limited(where: str) -> Iterator[None]:
    """Give up on a form that does not come to an end.

    Raises:
        LianxinError: It took longer than ``PATIENCE`` seconds, or one of its templates failed.
    """

    def late(_number: int, _frame: FrameType | None) -> None:
        raise LianxinError(f"{where}填了 {PATIENCE} 秒还没有填完，多半是表里的循环没有尽头，请检查 {{% for %}}")

    alarmed = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, late) if alarmed else None
    if alarmed:
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    except TemplateError as error:
        raise LianxinError(f"{where}填不了：{error}") from None
    except OverflowError:
        raise LianxinError(f"{where}里的循环太长，请检查 {{% for %}}") from None
    finally:
        if alarmed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
