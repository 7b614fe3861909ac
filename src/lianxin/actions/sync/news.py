"""What came and what went, in words: new records by kind, matters that went on, what else was changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lianxin.actions.check import every_problem
from lianxin.actions.entry.gate import doubtful
from lianxin.actions.sync.settle import unsettled
from lianxin.actions.sync.sync import Synced
from lianxin.actions.workspace import DESK, Workspace
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Document, Face, Table
from lianxin.core.problem import Finding, Level, Problem
from lianxin.formats.face.mask import mask
from lianxin.kinds import BRIEF, brief_of, home, kind_of
from lianxin.kinds.inner import NAMED
from lianxin.policies.station import PATH as STATIONS
from lianxin.reports.known import names
from lianxin.reports.own_matter import own_matters
from lianxin.storage import UNSETTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.clock import apart
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.merge.unsettled import OPEN, Unsettled, said

#: So many records of a line are named.
_NAMED = 5
#: So many new records are looked at for twins: a year's worth is looked at by ``check``.
_LOOKED = 200


class News(Struct, frozen=True):
    """The records that differ between two moments, by kind.

    Attributes:
        new, gone_on, changed, gone, moved: Their ids; those moved were put away with a closed year, or came back.
        others: Files that are no records.
    """

    new: Sequence[str] = ()
    gone_on: Sequence[str] = ()
    changed: Sequence[str] = ()
    gone: Sequence[str] = ()
    moved: Sequence[str] = ()
    others: Sequence[str] = ()


class Looked(Struct, frozen=True):
    """What a sync has brought, and what is to be seen to.

    Attributes:
        came: What this desk has that it had not.
        went: What the other end has that it had not.
        twins: New records that somebody has taken down as well, by all looks.
        wrong: Errors in what came.
        unsettled: What two desks wrote differently, now or before.
        clocks: Whose clocks are not at one with this one's, in words.
    """

    came: News
    went: News
    twins: Sequence[Finding]
    wrong: Sequence[Problem]
    unsettled: Sequence[Unsettled]
    clocks: Sequence[str] = ()


def looked(book: LedgerBook, workspace: Workspace, done: Synced) -> Looked:
    """What came and went with a sync, and what is to be seen to."""
    repo = book.repo or Repo.needed(workspace.root)
    coming = _between(repo, done.before, done.commit)
    ids = {*coming.new, *coming.gone_on, *coming.changed}
    errors = [one for one in every_problem(book, workspace, hints=False) if one.level is Level.ERROR]
    wrong = [one for one in errors if one.code != OPEN and _id(one.path) in ids]
    twins = dict.fromkeys(one for id_ in coming.new[:_LOOKED] for one in doubtful(book, id_))
    clocks = [*apart(repo, done.before, done.commit, workspace.clock, DESK)] if done.before != done.commit else []
    return Looked(coming, _went(repo, done), [*twins], wrong, unsettled(book), clocks)


def named(book: LedgerBook, ids: Sequence[str], *, clear: bool) -> list[str]:
    """Each by its id and what it is called; by the id alone where it has no name, or none may be told.

    Args:
        book: As it stands now.
        ids: Of records.
        clear: What they are called may be shown; else it is masked as any list for the public is.
    """
    titles = {id_: book.title(id_) for id_ in ids if brief_of(id_)}
    told = titles if clear else _masked(book, titles)
    return [f"{id_} {told[id_]}" if told.get(id_, id_) != id_ else id_ for id_ in ids]


def _masked(book: LedgerBook, titles: Mapping[str, str]) -> Mapping[str, str]:
    known = names(book)
    if known.lost:  # whose names are to be hidden is not known: none is told
        return {}
    made: dict[str, str] = {}
    for privacy, ids in (
        (Privacy.NAME, [id_ for id_ in titles if kind_of(id_).name in NAMED]),
        (Privacy.OPEN, [id_ for id_ in titles if kind_of(id_).name not in NAMED]),
    ):
        column = Column("名称", "title", privacy=privacy)
        table = Table((column,), [(titles[id_],) for id_ in ids], ids)
        (shown,) = mask(Document("", (table,), names=known, own=own_matters(book)), Face.PUBLIC).blocks
        made |= zip(ids, (str(row[0]) for row in shown.rows), strict=True) if isinstance(shown, Table) else ()
    return made


def waiting(found: Sequence[Unsettled], book: LedgerBook, *, clear: bool) -> list[str]:
    """What is to be settled, a line a record."""
    lines = []
    for one, name in zip(found, named(book, [one.id for one in found], clear=clear), strict=True):
        fields = dict.fromkeys(said(question.place) for question in one.questions)
        lines.append(f"{name}：{'、'.join(fields)}")
    return lines


def _went(repo: Repo, done: Synced) -> News:
    """What the other end has that it had not."""
    if not done.sent:
        return News()
    return _between(repo, done.there, done.commit) if done.there else _all(repo, done.commit)


def _all(repo: Repo, commit: str) -> News:
    return News([_id(one.path) for one in repo.tree(commit) if is_record(one.path)])


def _between(repo: Repo, before: str, after: str) -> News:
    if before == after:
        return News()
    entries = repo.between(before, after)
    records = [one for one in entries if is_record(one.path) and brief_of(_id(one.path))]
    held = repo.holds(before, [one.path for one in records])
    stayed = [one for one in records if one.oid and one.path in held]
    moving = {one.path for one in stayed if kind_of(_id(one.path)).lifecycle}
    come = [_id(one.path) for one in records if one.oid and one.path not in held]
    gone = [one.path for one in records if not one.oid]
    beside = repo.holds(after, [home(path) for path in gone if home(path) != path])
    there = set(come)
    left = [id_ for path in gone if (id_ := _id(path)) in there or home(path) not in beside]
    moved = there.intersection(left)
    return News(
        [one for one in come if one not in moved],
        [_id(one.path) for one in stayed if one.path in moving],
        [_id(one.path) for one in stayed if one.path not in moving],
        [one for one in left if one not in moved],
        [one for one in come if one in moved],
        [one.path for one in entries if not is_record(one.path) and not one.path.startswith(f"{UNSETTLED}/")],
    )


def told(news: News, book: LedgerBook, *, clear: bool) -> list[str]:
    """A line each.

    Args:
        news: What differs.
        book: As it stands now.
        clear: As for ``named``.
    """

    def some(ids: Sequence[str]) -> str:
        return "、".join(called[id_] for id_ in ids[:_NAMED]) + (f" 等 {len(ids)} 条" if len(ids) > _NAMED else "")

    groups = [*_by_kind(news.new), *_by_kind(news.gone_on), *_by_kind(news.changed)]
    first = [id_ for _, ids in groups for id_ in ids[:_NAMED]]
    called = dict(zip(first, named(book, first, clear=clear), strict=True))
    lines = [f"{len(ids)} 条新{_label(kind)}：{some(ids)}" for kind, ids in _by_kind(news.new)]
    lines += [f"{len(ids)} 件{_label(kind)}有进展：{some(ids)}" for kind, ids in _by_kind(news.gone_on)]
    lines += [f"{len(ids)} 条{_label(kind)}有改动：{some(ids)}" for kind, ids in _by_kind(news.changed)]
    lines += [f"{len(ids)} 条{_label(kind)}撤去了：{'、'.join(ids[:_NAMED])}" for kind, ids in _by_kind(news.gone)]
    lines += [
        f"{len(ids)} 条{_label(kind)}归了档或撤回了归档：{'、'.join(ids[:_NAMED])}"
        for kind, ids in _by_kind(news.moved)
    ]
    if STATIONS in news.others:
        lines.append("台的名单有改动（lianxin station 看有哪几台）")
    if others := [path for path in news.others if path != STATIONS]:
        lines.append(f"设置、附件等 {len(others)} 个文件有改动")
    return lines


def _by_kind(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for id_ in ids:
        brief = brief_of(id_)
        if brief:
            found.setdefault(brief.name, []).append(id_)
    return [(name, found[name]) for name in BRIEF if name in found]


def _label(kind: str) -> str:
    return BRIEF[kind].label


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")
