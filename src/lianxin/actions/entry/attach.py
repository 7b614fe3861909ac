"""Files that are typed as what bears out a result: each becomes evidence of its record, named in the step by its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from lianxin.actions.entry.add import Added, worked_out
from lianxin.actions.entry.file import place_of
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.lifecycle import Step
from lianxin.kinds import KIND
from lianxin.kinds.evidence import Stage, suffix_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Journal

#: How the names of pictures and papers end.
_FILES = ("jpg", "jpeg", "png", "webp", "heic", "pdf", "docx", "xlsx", "wps", "et", "ofd")
#: The field of a step that tells what bears it out.
_FIELD = "evidence"

Typed = Mapping[str, str | Sequence[str]]


def attach(
    workspace: Workspace, journal: Journal, book: LedgerBook, id_: str, step: Step, typed: Typed
) -> tuple[Typed, tuple[Added, ...]]:
    """What was typed with ids in place of files, and the evidence that is to be written with the step.

    What names no file stays a word: the number of a paper, a report that lies in a cabinet.

    Raises:
        UsageError: A file cannot be kept.
    """
    said = typed.get(_FIELD, ()) if any(spec.name == _FIELD for spec in step.asks) else ()
    texts = [said] if isinstance(said, str) else list(said)
    if not any(map(_is_file, texts)):
        return typed, ()
    kind, actor, made = KIND["evidence"], workspace.actor(book), list[Added]()
    with ExitStack() as laid:
        for n, text in enumerate(texts):
            if not _is_file(text):
                continue
            told = {"about": id_, "file": text, "stage": Stage.AFTER.value}
            one = worked_out(workspace, journal, book, kind, actor, told, lambda _doubts: None)
            made.append(one)
            texts[n] = one.id
            book = laid.enter_context(book.trying({one.path: one.text.encode()}))
    return {**typed, _FIELD: texts}, tuple(made)


def unfound(step: Step, typed: Typed) -> tuple[str, ...]:
    """What is told of a name that looks like a file's where there is none."""
    said = typed.get(_FIELD, ()) if any(spec.name == _FIELD for spec in step.asks) else ()
    texts = [said] if isinstance(said, str) else list(said)
    names = [text.strip() for text in texts if suffix_of(text.strip()) in _FILES and not _is_file(text)]
    return tuple(f"没有找到「{name}」这个文件，只记了名称；要收进来，写全它的位置" for name in names)


def _is_file(text: str) -> bool:
    return bool(text.strip()) and place_of(text).is_file()
