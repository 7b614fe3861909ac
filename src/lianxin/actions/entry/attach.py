"""Files that are typed as what bears out a result: each becomes evidence of its record, named in the step by its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.actions.entry.add import Added, borne_out
from lianxin.actions.entry.file import EVIDENCE, is_file, texts_of
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.lifecycle import Step
from lianxin.kinds.evidence import Stage
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Journal

Typed = Mapping[str, str | Sequence[str]]


def attach(
    workspace: Workspace, journal: Journal, book: LedgerBook, id_: str, step: Step, typed: Typed
) -> tuple[Typed, tuple[Added, ...]]:
    """What was typed with ids in place of files, and the evidence that is to be written with the step.

    What names no file stays a word: the number of a paper, a report that lies in a cabinet.

    Raises:
        UsageError: A file cannot be kept.
    """
    texts = texts_of(step.asks, typed)
    if not any(map(is_file, texts)):
        return typed, ()
    named, made = borne_out(workspace, journal, book, id_, texts, Stage.AFTER)
    return {**typed, EVIDENCE: named}, made
