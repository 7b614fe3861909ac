"""注销 in history too: what git is to put in the place of every old version that tells of those who were taken out.

Git itself rewrites: ``fast-export`` tells of the commits without the contents, ``sed`` puts the id of one content in
place of another's, ``fast-import`` makes the commits anew. Here the new contents are made, and afterwards it is kept
which commit became which: papers bear the old ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from lianxin.actions.erase.erase import eraser_of
from lianxin.actions.erase.eraser import Eraser
from lianxin.actions.erase.leftover import anew
from lianxin.actions.erase.subject import subject
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.core.text.erased import ERASING, PURGING
from lianxin.kinds import ARCHIVE, KIND, brief_of, home
from lianxin.storage import MAX_BYTES
from lianxin.storage.book import open_book
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.rewritten import PATH, rewritten, told
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.git.version import everywhere
from lianxin.storage.write.journal import Change, NewCommit

#: What stands in the folder: the script for ``sed``, and the commits by their marks before and after.
SCRIPT, BEFORE, AFTER = "改写.sed", "旧提交", "新提交"

#: Where git keeps what was typed of a commit last.
_TYPED = ("COMMIT_EDITMSG", "MERGE_MSG", "SQUASH_MSG", "TAG_EDITMSG", "ORIG_HEAD", "FETCH_HEAD")
_SAYS = "%(trailers:key={},valueonly,separator=%x20)"
_ERASINGS = (
    "log",
    "--all",
    "--reverse",
    f"--grep=^Step: {ERASING}$",
    f"--format=%H %P%x1f{_SAYS.format('Record')}%x1f{_SAYS.format('Desk')}",
)
_OLD = re.compile(r"^(?:s/\^M \\\(\[0-7\]\*\\\)|/\^M \[0-7\]\*) ([0-9a-f]+) ", re.MULTILINE)


class Prepared(Struct, frozen=True):
    """What is to be rewritten.

    Attributes:
        erased: Whose personal data were taken out, by the ids of their records.
        versions: How many old contents get another in their place.
        files: How many pictures and papers go.
        left: What tells of them all the same and is not touched.
    """

    erased: tuple[str, ...]
    versions: int
    files: int
    left: tuple[str, ...]


class _Erasing(Struct, frozen=True):
    """One commit that took somebody's personal data out.

    Attributes:
        id: The record that was asked for.
        gone: Contents of pictures and papers that it took away.
    """

    id: str
    erase: Eraser
    gone: frozenset[str]


def prepare(workspace: Workspace, folder: Path) -> Prepared:
    """Make the new contents, and the script that puts them in place of the old.

    Raises:
        UsageError: Nobody's personal data were taken out; the folder lies in the ledger, or is not empty.
        LianxinError: There are edits without a commit.
    """
    journal = workspace.journal()
    repo = journal.repo
    if folder.resolve().is_relative_to(repo.top):
        raise UsageError(f"{folder} 在台账里，单子要写在台账外面")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} 已经有东西了，请换一个新文件夹")
    if repo.run("status", "--porcelain", "--untracked-files=no"):
        raise LianxinError("台账里还有没入账的改动，请先运行 lianxin commit")
    with ExitStack() as opened:
        found = [_erasing(workspace, repo, line, opened) for line in _erasings(repo)]
        if not found:
            raise UsageError("这本台账里还没有注销过谁的个人信息，历史不用改写")
        made = dict(_made(repo, found))
        messages, left = _messages(repo, found)
    gone = frozenset[str]().union(*(one.gone for one in found))
    lines = [f"s/^M \\([0-7]*\\) {old} /M \\1 {new} /" for old, new in made.items()]
    lines += [f"/^M [0-7]* {old} /d" for old in sorted(gone)] + messages
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / SCRIPT).write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise LianxinError(f"{folder} 写不进去（{reason(error)}）") from None
    return Prepared(tuple(one.id for one in found), len(made), len(gone), tuple(left))


def _erasings(repo: Repo) -> list[tuple[str, str, str, str]]:
    """Each such commit, the one before it, the record that was asked for, and the letter of the desk."""
    found = []
    for line in repo.run(*_ERASINGS).decode().splitlines():
        ids, records, desk = line.split("\x1f")
        commit, _, parent = ids.partition(" ")
        found.append((commit, parent.partition(" ")[0], records.partition(" ")[0], desk))
    return found


def _erasing(workspace: Workspace, repo: Repo, line: tuple[str, str, str, str], opened: ExitStack) -> _Erasing:
    """What was taken out then, worked out anew from how the ledger stood before."""
    commit, parent, id_, desk = line
    book = opened.enter_context(open_book(workspace.root, today=workspace.today, now=workspace.now, commit=parent))
    put = (entry for folder in ("attachments", ARCHIVE) for entry in repo.tree(parent, folder))
    there = {entry.path: entry.oid for entry in put if home(entry.path).startswith("attachments/")}
    gone = {there[one.path] for one in repo.between(parent, commit) if not one.oid and one.path in there}
    still = {entry.oid for folder in ("attachments", ARCHIVE) for entry in repo.tree(commit, folder)}
    return _Erasing(id_, eraser_of(book, subject(book, id_), desk), frozenset(gone - still))


def _made(repo: Repo, erasings: list[_Erasing]) -> Iterator[tuple[str, str]]:
    """Of each old content that tells of somebody: the id of what takes its place."""
    now = {entry.path: entry.oid for entry in repo.tree(repo.head())}
    places = {oid: min(paths) for oid, paths in everywhere(repo).items() if oid not in now.values()}
    texts = {oid: path for oid, path in places.items() if not home(path).startswith("attachments/")}
    kept = _kept(repo, now, erasings)
    for (oid, path), data in zip(texts.items(), repo.blobs(texts, MAX_BYTES), strict=True):
        if len(data) > MAX_BYTES:
            continue
        try:
            text = was = data.decode()
        except UnicodeDecodeError:  # a workbook that was put there
            continue
        for n, one in enumerate(erasings):
            if (path, n) not in kept:
                text = _without(path, text, one.erase)
        if text != was:
            yield oid, repo.run("hash-object", "-w", "--stdin", input=text.encode()).decode().strip()


def _kept(repo: Repo, now: Mapping[str, str], erasings: list[_Erasing]) -> set[tuple[str, int]]:
    """Where somebody else of that name is meant: as it stands now the file still tells of one."""
    paths = [path for path in now if not home(path).startswith("attachments/")]
    found = set()
    for path, data in zip(paths, repo.blobs((now[path] for path in paths), MAX_BYTES), strict=True):
        text = data.decode("utf-8", "replace")
        found |= {(path, n) for n, one in enumerate(erasings) if one.erase.tells(text, _id(path))}
    return found


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml") if is_record(path) else ""


def _without(path: str, text: str, erase: Eraser) -> str:
    """An old version of a file without somebody."""
    id_ = _id(path)
    brief = brief_of(id_) if id_ else None
    if brief is not None and (id_ in erase.subject.own or erase.tells(text, id_)):
        try:
            return erase.record(text, KIND[brief.name], id_)[0]
        except LianxinError:  # it could not be read even then
            pass
    return erase.words(text, id_)


def _messages(repo: Repo, erasings: list[_Erasing]) -> tuple[list[str], list[str]]:
    """What ``sed`` does to what commits say of themselves, as long as it was; and what is left."""
    said = repo.run("log", "--all", "--format=%an%n%cn%n%B").decode("utf-8", "replace")
    lines, left = [], []
    for one in erasings:
        whom = one.erase.subject
        if one.id.startswith("RY-") and whom.names:  # commits are signed with names
            name = one.erase.marks.of(whom.names[0])
            lines.append(f"s/^\\(author\\|committer\\|tagger\\) .* <{one.id}@/\\1 {name} <{one.id}@/")
        for word in (*whom.names, *whom.numbers, *whom.secrets):
            if word not in said or re.search(r"[/\\\n&.*\[\]^$]", word):
                continue
            if word in whom.shared:
                left.append(f"提交的说明里有同名的人，没有动（{one.id}）")
                continue
            lines.append(f"s/{word}/{_as_long(word)}/g")
    return lines, left


def _as_long(word: str) -> str:
    """As many bytes that say nothing: git counts them."""
    return "".join(
        "某" if len(letter.encode()) == len("某".encode()) else "*" * len(letter.encode()) for letter in word
    )


def done(workspace: Workspace, folder: Path) -> tuple[int, str]:
    """Keep which commit became which, once history is rewritten; how many, and the commit that says so.

    Raises:
        UsageError: The folder does not hold what git told.
        LianxinError: An old content is still there.
    """
    journal = workspace.journal()
    with journal.locked():
        repo = journal.repo
        try:
            script = (folder / SCRIPT).read_text(encoding="utf-8")
            before, after = (told((folder / name).read_text(encoding="utf-8")) for name in (BEFORE, AFTER))
        except (OSError, ValueError, IndexError):
            raise UsageError(f"{folder} 里没有改写前后的提交，请照手册先做完 git 的那几步") from None
        _refuse_left(repo, _OLD.findall(script))
        became = {old: after[mark] for mark, old in before.items() if after.get(mark, old) != old}
        anew(repo)
        known = {old: became.get(new, new) for old, new in rewritten(workspace.root).items()}
        text = "".join(f"{old} {new}\n" for old, new in {**known, **became}.items())
        with workspace.book(repo=repo) as book:
            base = journal.read(PATH)
            trailers = (("Step", PURGING), ("Actor", workspace.actor(book)))
            change = Change(PATH, text, base)
            commit = journal.commit(
                [NewCommit([change], "注销的个人信息已从历史里去掉", trailers, workspace.author(book))]
            )
        for path in (*(folder / name for name in (SCRIPT, BEFORE, AFTER)), *(repo.git_dir / name for name in _TYPED)):
            path.unlink(missing_ok=True)
        return len(became), commit


def _refuse_left(repo: Repo, oids: Iterable[str]) -> None:
    """Look whether the old contents are gone.

    Raises:
        LianxinError: One is still there.
    """
    asked = "".join(f"{oid}\n" for oid in oids).encode()
    there = [
        line
        for line in repo.run("cat-file", "--batch-check", input=asked).decode().splitlines()
        if "missing" not in line
    ]
    if there:
        raise LianxinError(
            f"还有 {len(there)} 份旧的内容没有清掉；请先做完 git reflog expire 和 git gc 那两步，再来一遍"
        )
