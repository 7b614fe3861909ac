"""The tags of a superior's blank form: ``{{ 字段 }}`` of one record, or of each row of ``记录``; nothing else runs.

A form comes from outside: of Jinja it may use what is listed here and nothing else, escaped, in its sandbox, for a
limited time and in limited room.
"""

from __future__ import annotations

import re
import resource
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from jinja2 import StrictUndefined, TemplateError, UndefinedError, nodes
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late
from lianxin.formats.fill.rule import RULE, called, lawful, path_of

#: What loops go over, and the row a spreadsheet's line speaks of.
RECORDS, ROW = "记录", "行"

#: Tags that are no field of a record.
BESIDE = ("序号", "件数", "今天", "本单位")

_TAG = late(r"\{\{.*?\}\}", re.DOTALL)
_MARKUP = late("<[^>]*>")
_QUOTED = late("'([^']+)'")

#: Jinja's own words.
_JINJA = ("loop", "range")

#: Bytes a form may take beside what is in use; of many records, some more for each.
_ROOM, _ROOM_EACH = 1 << 30, 1 << 20
#: Seconds a form may take; of many records, one more for each so many.
PATIENCE, _PER_SECOND = 15, 20


class Tags(Struct, frozen=True):
    """What a form asks for.

    Attributes:
        fields: Paths of fields (``责任部门.电话``), in the order met, those of loops without their row's name.
        loops: It goes over ``记录`` itself.
        names: Fields and lists that stand outside loops.
        lists: Path of every list it goes over (``报到情况``) → what it asks of each part; ``""`` is the part itself.
    """

    fields: tuple[str, ...]
    loops: bool
    names: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]


def environment() -> SandboxedEnvironment:
    """Where a form's tags run."""
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


class _Target(Struct, frozen=True):
    """What a loop's variable stands for.

    Attributes:
        path: Of the list whose part it is; empty for a record.
        batch: It is several of them, side by side.
    """

    path: str = ""
    batch: bool = False


_Scope = Mapping[str, _Target]


class _Reading:
    """One pass over a template, every name looked up in the loops it stands in."""

    def __init__(self, tree: nodes.Template) -> None:
        self.fields: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.lists: dict[str, dict[str, None]] = {}
        self.loops = False
        self._own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
        self._visit(tree, {ROW: _Target()})

    def _visit(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif path := path_of(node):
            if getattr(node, "ctx", "load") == "load":
                self._asked(path, scope)
        else:
            for child in node.iter_child_nodes():
                self._visit(child, scope)

    def _loop(self, loop: nodes.For, scope: _Scope) -> None:
        over: nodes.Node = loop.iter
        batch = False
        while isinstance(over, nodes.Filter) and over.node is not None:
            # {% for 排 in 记录|batch(2) %}{% for 行 in 排 %}: several records side by side
            batch = batch or over.name == "batch"
            over = over.node
        path = path_of(over)
        target = self._gone_over(path, scope) if path else None
        if not path:
            self._visit(over, scope)
        if isinstance(loop.target, nodes.Name):
            scope = {name: one for name, one in scope.items() if name != loop.target.name}
            if target:
                scope[loop.target.name] = _Target(target.path, batch)
        for node in (*loop.body, *loop.else_, *([loop.test] if loop.test else ())):
            self._visit(node, scope)

    def _gone_over(self, path: list[str], scope: _Scope) -> _Target | None:
        """What each turn of a loop over a path stands for; None when it is none of the record's."""
        head = scope.get(path[0])
        if path == [RECORDS] or (head and head.batch):
            self.loops = self.loops or path == [RECORDS]
            return _Target(head.path if head else "")
        whole = self._whole(path, scope)
        if not whole or (head and len(path) == 1):
            return None
        self.lists.setdefault(whole, {})
        if head is None:
            self.names[whole] = None
        return _Target(whole)

    def _asked(self, path: list[str], scope: _Scope) -> None:
        self.loops = self.loops or path[0] == RECORDS
        head, whole = scope.get(path[0]), self._whole(path, scope)
        if not whole:
            return
        if head and head.path:
            self.lists[head.path][".".join(path[1:])] = None
            return
        self.fields[whole] = None
        if head is None:
            self.names[whole] = None

    def _whole(self, path: list[str], scope: _Scope) -> str:
        """The path from the record on; empty when it is none of the record's."""
        head = scope.get(path[0])
        if head is None:
            return "" if path[0] in (RECORDS, *_JINJA, *BESIDE, *self._own) else ".".join(path)
        if head.batch or path[1:2] == ["序号"]:
            return ""
        return ".".join(filter(None, (head.path, *path[1:])))


def tags_of(source: str, where: str) -> Tags:
    """The tags of a template.

    Raises:
        LianxinError: It is no template: a tag is not closed, or a word is not known.
    """
    try:
        tree = environment().parse(source)
    except TemplateError:
        raise LianxinError(f"{where}里的标签写得不对{_broken(source)}；{RULE}") from None
    for node in tree.find_all(nodes.Node):
        if not lawful(node):
            raise LianxinError(f"{where}填不了：标签里写了不能用的「{called(node)}」，只能写字段、循环和条件")
    found = _Reading(tree)
    lists = {path: tuple(inside) for path, inside in found.lists.items()}
    return Tags(tuple(path for path in found.fields if path not in lists), found.loops, tuple(found.names), lists)


def _broken(source: str) -> str:
    """The first tag that cannot be read by itself, as the form shows it; nothing when they only do not match."""
    for tag in _TAG.findall(source):
        try:
            environment().parse(tag)
        except TemplateError:
            return f"：{_MARKUP.sub('', tag).strip()}"
    return ""


def _named(error: TemplateError) -> str:
    """What a template's failure is about: Jinja, which speaks English, puts it between quotes, last."""
    quoted = _QUOTED.findall(str(error))
    return f"「{quoted[-1]}」" if quoted else ""


@contextmanager
def _roomy(more: int) -> Iterator[None]:
    """Take no more than so many bytes beside what is in use; where the system cannot say how much that is, any."""
    try:
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min([used + more, *(one for one in (soft, hard) if one != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def limited(where: str, records: int = 1) -> Iterator[None]:
    """Give up on a form that does not come to an end.

    Raises:
        LianxinError: It took longer than it may, or one of its templates failed.
    """
    seconds = PATIENCE + records // _PER_SECOND

    def late(_number: int, _frame: FrameType | None) -> None:
        raise LianxinError(f"{where}填了 {seconds} 秒还没有填完，多半是表里的循环没有尽头，请检查 {{% for %}}")

    alarmed = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, late) if alarmed else None
    if alarmed:
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with _roomy(_ROOM + records * _ROOM_EACH):
            yield
    except MemoryError:
        raise LianxinError(f"{where}填起来要的内存太多，没有填；多半是表里的循环太长，请检查 {{% for %}}") from None
    except UndefinedError as error:
        raise LianxinError(f"{where}填不了：用到了这里没有的标签{_named(error)}") from None
    except TemplateError as error:
        raise LianxinError(f"{where}填不了：标签里写了不能用的{_named(error)}") from None
    except SyntaxError:  # of what came out, where a loop or condition cuts a paragraph or table in two
        raise LianxinError(f"{where}填出来不成一份完好的文件，请检查循环和条件写在了哪里") from None
    except OverflowError:
        raise LianxinError(f"{where}里的循环太长，请检查 {{% for %}}") from None
    finally:
        if alarmed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
