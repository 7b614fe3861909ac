"""Exports: the files of a profile, made of one commit, put in place all at once.

What is unchanged stays the very file it was; a failure leaves everything as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from msgspec.structs import replace

from lianxin.actions.export.put import Exported, Job, folder_of, put
from lianxin.actions.export.run import Run, keep, locked, moment, runs
from lianxin.actions.export.verify import Produce
from lianxin.actions.policy.definition import definitions, names_for
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import lasting, parse_period
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.kinds.path import near
from lianxin.policies.check.export import check_exports
from lianxin.policies.export import Exports, Profile, Tag, filled
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.read.loading import place
from lianxin.storage.settings import load_model

PATH = "policy/exports.yaml"


def profiles(book: LedgerBook) -> Exports:
    """What the office exports.

    Raises:
        UsageError: Nothing is declared.
        LianxinError: The declaration is faulty; the first fault is in the sentence.
    """
    data = book.file(PATH)
    if data is None:
        raise UsageError(f"还没有 {PATH}，不知道导出什么；新建的台账里有一份样子，也可照 docs/手册/报表与导出.md 写")
    found, problems = load_model(Exports, "导出", PATH, data)
    if found is not None:
        names = names_for(book, definitions(book))
        problems = place(list(check_exports(found, names)), PATH, data)
    if found is None or problems:
        first = problems[0]
        raise LianxinError(f"{first.place} {first.message}，请先改好并提交")
    return found


def profile_named(exports: Exports, name: str) -> Profile:
    """One profile; without a name, the only one.

    Raises:
        UsageError: There is none of that name, or there are several and none is named.
    """
    names = [profile.name for profile in exports.profiles]
    if name in names:
        return exports.profiles[names.index(name)]
    if name:
        raise UsageError(f"没有「{name}」这个导出方案{near(name, names)}；有 {'、'.join(names)}")
    if len(names) != 1:
        raise UsageError(f"导出方案有 {'、'.join(names) or '零个'}，请写明要哪一个")
    return exports.profiles[0]


def export(workspace: Workspace, name: str, produce: Produce) -> Exported:
    """Make a profile's files of the last commit.

    Raises:
        UsageError: No such profile.
        LianxinError: Nothing is committed, records are unreadable, another export is at work, or a file cannot be made.
    """
    workspace.writable()
    repo = Repo.needed(workspace.root)
    commit = repo.head()
    if not commit:
        raise LianxinError("导出只用已经入库的数据，这里还没有一次提交；请先在台账目录里提交")
    then = replace(workspace, at=commit)
    with locked(repo):
        with then.book() as book:
            exports = profiles(book)
            profile = profile_named(exports, name)
            unreadable, jobs = book.unreadable(), list(_jobs(book, profile))
        with _recorded(repo, profile, exports, then):
            if unreadable:
                raise LianxinError(f"有 {unreadable} 份记录读不出，没有导出；请运行 lianxin check 改好并提交")
            return put(then, profile, jobs, produce)


@contextlib.contextmanager
def _recorded(repo: Repo, profile: Profile, exports: Exports, workspace: Workspace) -> Iterator[None]:
    """Write down how the run went.

    Raises:
        LianxinError: The disk did not take it.
    """
    last = runs(repo).get(profile.name)
    run = Run(moment(workspace.now), profile.every.value, last.succeeded if last else "", commit=workspace.at)
    names = [one.name for one in exports.profiles]
    try:
        yield
    except OSError as error:
        message = f"{folder_of(workspace, profile)} 写不成（{reason(error)}），原来的没有动"
        keep(repo, profile.name, replace(run, message=message), names)
        raise LianxinError(message) from None
    except BaseException as error:
        told = str(error) if isinstance(error, LianxinError) else f"中断或出错（{type(error).__name__}）"
        keep(repo, profile.name, replace(run, message=told), names)
        raise
    keep(repo, profile.name, replace(run, succeeded=run.at), names)


def _jobs(book: LedgerBook, profile: Profile) -> Iterator[Job]:
    tags = {Tag.TODAY: str(book.today), Tag.YEAR: f"{book.today:%Y}", Tag.MONTH: f"{book.today:%m}"}
    named: dict[str, str] = {tag.value: text for tag, text in tags.items()}
    if profile.period:
        span = parse_period(profile.period, book.today, book.cycle())
        named[Tag.PERIOD.value] = lasting(span).replace(":", "")
    for output in profile.outputs:
        yield Job(output, filled(output.file, named), filled(output.command, named))
