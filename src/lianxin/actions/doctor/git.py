"""Looking over the repository: who commits where, what of it is missing, what a sender may have put into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from lianxin.actions.backup.kept import last, late
from lianxin.actions.doctor.item import Examined, Health, refused
from lianxin.actions.export.run import runs as exported
from lianxin.actions.export.run import wrong
from lianxin.actions.station.claim import stood
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.storage.git.catalogue import behind, locks
from lianxin.storage.git.driver import KEY, lacking, ours
from lianxin.storage.git.lock import index_lock, left_on_refs, marked
from lianxin.storage.git.process.guard import runs
from lianxin.storage.git.process.trouble import PARTIAL, SHALLOW
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.committer import identity_of, stand
from lianxin.storage.write.intent import Intent


def repository(workspace: Workspace, repo: Repo) -> Iterator[Examined]:
    """Everything worth knowing of the repository a data folder belongs to."""
    try:
        identity = identity_of(repo)
        yield Examined("git 身份", Health.GOOD, f"{identity.name} <{identity.email}>")
    except LianxinError as error:
        yield refused("git 身份", error)
    try:
        yield Examined("git 分支", Health.GOOD, stand(repo)[0].removeprefix("refs/heads/"))
    except LianxinError as error:
        yield refused("git 分支", error)
    yield from _locks(repo)
    yield from _station(workspace)
    yield from _history(repo)
    if behind(repo):
        yield Examined("来历", Health.NOTE, "记录的来历查起来慢：git 的清单落后了", "lianxin doctor --rebuild 补上")
    yield from _attributes(repo)
    if told := lacking(repo):
        yield Examined("合并", Health.NOTE, *told.split("；", 1))
    else:
        yield Examined("合并", Health.GOOD, "记录按步骤和栏目合")
    yield from _planted(workspace, repo)
    yield from _exports(workspace, repo)
    yield from _backup(workspace, repo)


def _station(workspace: Workspace) -> Iterator[Examined]:
    """Which desk of the book this is."""
    try:
        desk = stood(workspace)
    except LianxinError as error:
        yield refused("台", error)
        return
    if desk.found.strange:
        yield Examined("台", Health.NOTE, f"{desk.found.why}，现在只能看", "lianxin station 给这台领一个字母")
        return
    named = f"（{desk.name}）" if desk.name else ""
    yield Examined("台", Health.GOOD, f"这台机器在账本里是 {desk.letter} 台{named}")


def _locks(repo: Repo) -> Iterator[Examined]:
    """What keeps others from writing, and what a command that died has left."""
    held = [] if marked(repo) else [index_lock(repo)]
    found = [str(lock) for lock in (*held, *left_on_refs(repo), *locks(repo)) if lock.exists()]
    intent = Intent(repo)
    if found and intent.since() is None:
        told = "别的 git 程序占着：" + "、".join(found)
        yield Examined("git 的锁", Health.BAD, told, "等它做完；确认没有别的 git 在运行，再删掉这个文件")
    elif found or marked(repo) or intent.since() is not None:
        yield Examined("git 的锁", Health.NOTE, "上一条命令没有收尾", "不用管，下一条记录的命令会先收好")
    else:
        yield Examined("git 的锁", Health.GOOD, "没有遗留")
    if damaged := intent.damaged():
        told = f"有 {len(damaged)} 份看不懂的写入底稿：{'、'.join(map(str, damaged))}"
        yield Examined("写入底稿", Health.NOTE, told, "对照台账看过没有少记，就删掉它们")


def _exports(workspace: Workspace, repo: Repo) -> Iterator[Examined]:
    found = exported(repo)
    for name, run in found.items():
        for told in wrong({name: run}, workspace.now):
            yield Examined(f"导出「{name}」", Health.NOTE, told, f"lianxin export {name}")
        if not wrong({name: run}, workspace.now):
            yield Examined(f"导出「{name}」", Health.GOOD, f"{run.succeeded}，提交 {run.commit[:10]}")


def _backup(workspace: Workspace, repo: Repo) -> Iterator[Examined]:
    """When the ledger was last copied elsewhere."""
    try:
        told = late(workspace, repo)
    except LianxinError:  # of the settings, which stand in a line of their own
        return
    found = last(repo)
    if told:
        yield Examined("备份", Health.NOTE, *told.split("；", 1))
    elif found is None:
        yield Examined("备份", Health.NOTE, "还没有备份过", "插上优盘，运行 lianxin backup 优盘的文件夹")
    else:
        yield Examined("备份", Health.GOOD, f"{found.at}，备在 {found.target}")


def _history(repo: Repo) -> Iterator[Examined]:
    for is_so, told in ((repo.cut(), SHALLOW), (repo.partial(), PARTIAL)):
        if is_so:
            found, _, remedy = told.partition("；")
            yield Examined("git 历史", Health.NOTE, found, remedy)


def _attributes(repo: Repo) -> Iterator[Examined]:
    """Whether git turns what is in a record's file when it takes it in or puts it out."""
    wanted = ("text", "eol", "filter", "ident", "working-tree-encoding")
    told = (
        repo.run("check-attr", "-z", *wanted, "--", f"{repo.prefix}issues/x.yaml").decode(errors="replace").split("\0")
    )
    found = {name: value for name, value in zip(told[1::3], told[2::3], strict=False) if value != "unspecified"}
    if found.pop("text", "") != "unset" or found:
        also = "、".join(f"{name}={value}" for name, value in found.items())
        yield Examined(
            "换行设置",
            Health.NOTE,
            f"git 会改记录文件的换行或内容{also and f'（{also}）'}",
            "把 .gitattributes 里管 yaml 的几行换成 * -text 和 *.yaml merge=lianxin",
        )


def _planted(workspace: Workspace, repo: Repo) -> Iterator[Examined]:
    """What came with the folder and has programs run, though not by this tool."""
    told = repo.run("config", "-z", "--list", "--show-scope", "--name-only", check=False)
    words = os.fsdecode(told).split("\0")
    names = [name for scope, name in zip(words[::2], words[1::2], strict=False) if scope in {"local", "worktree"}]
    if found := [name for name in dict.fromkeys(names) if runs(name) and not (name == KEY and ours(repo))]:
        yield _warned("git 设置", "会运行程序的设置", found, "不是您自己设的，请逐项 git config --unset 去掉")
    if found := sorted(map(str, _hooks(repo))):
        yield _warned("git 钩子", "钩子程序", found, "不是您自己装的，请删掉")
    if found := sorted(map(str, _repositories(workspace.root, repo))):
        yield _warned("仓库套仓库", "别的仓库", found, "不是您自己放的，请删掉")


def _warned(item: str, what: str, names: list[str], remedy: str) -> Examined:
    return Examined(
        item,
        Health.NOTE,
        f"这个文件夹带着{what}：{'、'.join(names)}；lianxin 一概不运行，您自己敲的 git 会",
        remedy,
    )


def _hooks(repo: Repo) -> Iterator[Path]:
    for path in (repo.common_dir / "hooks").glob("*"):
        if path.suffix != ".sample" and os.access(path, os.X_OK):
            yield path.relative_to(repo.common_dir.parent)


def _repositories(root: Path, repo: Repo) -> Iterator[Path]:
    """Folders of the data folder that git would take for a repository of their own."""
    for where, folders, names in os.walk(root):
        if Path(where) in (repo.git_dir, repo.common_dir):
            folders.clear()
        elif "HEAD" in names and {"objects", "refs"} <= {*folders}:
            folders.clear()
            yield Path(where).relative_to(root)
