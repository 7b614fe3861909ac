"""注销 of one record's personal data, with all that tells of the same person; one commit, which no undo takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.archive.close import noted
from lianxin.actions.entry.gate import gates
from lianxin.actions.erase.closed import listed
from lianxin.actions.erase.eraser import Eraser, eraser
from lianxin.actions.erase.leftover import Leftover, forget, leftovers
from lianxin.actions.erase.subject import Subject, subject
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown, seen
from lianxin.actions.workspace import MARK, Workspace
from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.text.erased import ERASING, numbers
from lianxin.core.value import show_moment
from lianxin.kinds import kind_of
from lianxin.kinds.erasure import Ground
from lianxin.policies.station import LETTERS
from lianxin.reports.known import names
from lianxin.reports.retention import terms
from lianxin.storage import DEFINING, UNSETTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.merge.unsettled import every, text_of
from lianxin.storage.read.loading import load
from lianxin.storage.sealed import WITHDRAWN, digest
from lianxin.storage.station.mark import letter_of
from lianxin.storage.write.journal import Change, Journal, NewCommit
from lianxin.storage.write.text.writing import edit_text

_FILES = "SELECT path, record FROM file WHERE record IS NULL OR record <> '' ORDER BY path"
#: So many marks are a desk's.
_OF_DESK = 10_000
_SAME_FILE = "SELECT count(*) FROM evidence WHERE file = ?"


class Asked(Struct, frozen=True):
    """What is said of it.

    Attributes:
        why, paper: Of a lawful request; without them the term must be over.
        spared: Records, as typed, in which somebody else of that name is meant.
    """

    why: str = ""
    paper: str = ""
    spared: Sequence[str] = ()


class Gone(Struct, frozen=True):
    """What goes of one record: the labels of its fields."""

    id: str
    labels: tuple[str, ...]


class Erased(Struct, frozen=True):
    """What came of it.

    Attributes:
        gone: What goes, record by record, the one asked for first.
        files: Pictures and papers that are taken away.
        drafts: How many drafts told of them.
        years: Closed ones, the lists of which are made anew.
        left: What still tells of them, or may, and why nothing was done about it.
        told: Faults short of an error that it brings.
        commit: Empty on a dry run.
    """

    id: str
    title: str
    ground: Ground
    gone: tuple[Gone, ...]
    files: tuple[str, ...]
    drafts: int
    years: tuple[int, ...]
    left: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    commit: str
    seen: Seen


@retried
def erase(
    workspace: Workspace, kind: Kind, word: str, asked: Asked, *, dry_run: bool = False, shown: Seen | None = None
) -> Erased:
    """Take out what identifies whom a record is about, wherever it stands in the ledger.

    Args:
        workspace: The data folder.
        kind: Of the record.
        word: Its id, the tail of it, or a name.
        asked: On what ground.
        dry_run: Only work it out.
        shown: What the files held when somebody said yes to it.

    Raises:
        UsageError: There is no ground for it yet, or nothing personal in the record.
        OvertakenError: The files hold something else than what was shown.
        LianxinError: A file that tells of them cannot be read; it is done already.
    """
    journal = workspace.journal()
    with journal.locked():
        made, drafts = _erased(workspace, journal, kind, word, asked, dry_run=dry_run, shown=shown)
        if made.commit:  # no book is open any more: the index is made anew
            forget(journal.repo, drafts, frozenset(one.id for one in made.gone))
        return made


def _erased(
    workspace: Workspace, journal: Journal, kind: Kind, word: str, asked: Asked, *, dry_run: bool, shown: Seen | None
) -> tuple[Erased, list[Leftover]]:
    """What comes of it, written unless it is only worked out; and the drafts that tell of them."""
    with workspace.book(repo=journal.repo) as book:
        id_ = book.resolve(word, kind.name)
        _refuse(workspace, book, id_)
        ground = _ground(book, id_, asked)
        spared = frozenset(book.resolve(one) for one in asked.spared)
        whom = subject(book, id_)
        work = _Work(journal, book, eraser_of(book, whom, letter_of(journal.repo)), spared)
        note = {"日期": workspace.today.isoformat(), "依据": ground.value, "文号": asked.paper}
        note |= {"理由": work.erase.words(asked.why, id_), "经办人": workspace.actor(book)}
        _agreed(book, work.erase, id_)
        work.through({label: value for label, value in note.items() if value})
        why = " ".join(filter(None, (note["依据"], note["文号"], note["理由"])))
        entries, told = _written(workspace, work, id_, why)
        now = seen(entries)
        as_shown(now, shown)
        drafts = leftovers(journal.repo, work.erase, id_)
        title, left = book.title(id_), (*work.left, *_elsewhere(book, workspace, work.erase))
        commit = "" if dry_run else journal.commit(entries)
        files, gone = tuple(work.files), tuple(work.gone)
        years = tuple(work.lists)
        return Erased(id_, title, ground, gone, files, len(drafts), years, left, told, commit, now), drafts


def _refuse(workspace: Workspace, book: LedgerBook, id_: str) -> None:
    """Look whether it may be done at all.

    Raises:
        LianxinError: It was done, or the office's own clerk is meant.
        UsageError: Whom an issue is from stands in a household's record.
    """
    record: Any = book.record(id_)
    if record.erased:
        raise LianxinError(f"{id_} 的个人信息已经在 {record.erased.on} 注销了")
    if id_ == workspace.office.clerk:
        raise LianxinError(f"lianxin.yaml 里写着办事员是 {id_}，请先改成现在的人再来")
    if (home := getattr(record, "household", None)) and kind_of(id_).name == "issue":
        raise UsageError(f"{id_} 是联系户 {home} 反映的，请注销那一户：lianxin household erase {home}")


def _agreed(book: LedgerBook, erase: Eraser, id_: str) -> None:
    """Look whether something waits to be settled in which they stand: what is chosen there would come back.

    Raises:
        LianxinError: It does.
    """
    for one in every(book.files(UNSETTLED)):
        if one.id == id_ or erase.tells(text_of(one), one.id):
            raise LianxinError(
                f"{one.id} 两台电脑记得不一样，还没有选定，里面写着要注销的人，没有注销；"
                f"请先运行 lianxin settle {one.id} 选定，再来"
            )


def _ground(book: LedgerBook, id_: str, asked: Asked) -> Ground:
    """On what ground it is done.

    Raises:
        UsageError: The term is not over, and nothing is said of a request.
    """
    if asked.why.strip() and asked.paper.strip():
        return Ground.REQUEST
    if asked.why.strip() or asked.paper.strip():
        raise UsageError("依法申请注销的，文号和理由都要写：--paper 申请书或决定的编号 --why 为什么")
    running = sorted(terms(book, id_), key=lambda one: one.until)
    if running and running[0].until <= book.today:
        return Ground.TERM
    said = f"{running[0].path} {running[0].since}，要到 {running[0].until} 才满" if running else "保存期限还没有起算"
    raise UsageError(
        f"{id_} 还不到注销的时候（{said}，期限在 policy/retention.yaml）；本人依法申请的，写 --paper 文号 --why 理由"
    )


def eraser_of(book: LedgerBook, whom: Subject, letter: str) -> Eraser:
    """What takes a subject out; its marks begin after the highest there is of those of a desk.

    Each desk has numbers of its own: what two have taken out since they met last is not one and the same.
    """
    held = (book.file(str(path)) or b"" for path, _record in book.sql(_FILES))
    known = {n for data in held for n in numbers(data.decode("utf-8", "replace"))}
    begin = max(0, LETTERS.find(letter[:1])) * _OF_DESK
    highest = max((n for n in known if begin < n < begin + _OF_DESK), default=begin)
    return eraser(whom, names(book), highest)


class _Work:
    """Files as they come to be."""

    def __init__(self, journal: Journal, book: LedgerBook, erase: Eraser, spared: frozenset[str]) -> None:
        self.journal, self.book, self.erase, self.spared = journal, book, erase, spared
        self.changes: dict[str, Change] = {}
        self.gone: list[Gone] = []
        self.files: list[str] = []
        self.left: list[tuple[str, str]] = []
        self.lists: dict[int, Change] = {}

    def through(self, note: dict[str, str]) -> None:
        """Every record that tells of them, the one asked for first.

        Raises:
            LianxinError: One of them cannot be read.
        """
        whom = self.erase.subject
        self._record(whom.id, note)
        paths = {str(path): str(record or "") for path, record in self.book.sql(_FILES)}
        for path, id_ in paths.items():
            if id_ == whom.id:
                continue
            text = (self.journal.read(path) or b"").decode("utf-8", "replace")
            if not id_:
                if self.erase.tells(text):
                    raise LianxinError(f"{path} 读不出来，里面写着要注销的人，没有注销；请先改好：lianxin check {path}")
            elif id_ in self.spared:
                self.left.append((id_, "照您说的没有动"))
            elif id_ in whom.own or self.erase.tells(text, id_):
                self._record(id_, note if kind_of(id_).name == "evidence" and id_ in whom.own else {})
            elif self._namesake(text):
                self.left.append((id_, "里面有同名的人，不知道是不是他，没有动"))

    def _namesake(self, text: str) -> bool:
        """Whether a record that is nowhere tied to them has a name that others bear too."""
        whom = self.erase.subject
        return bool(whom.shared) and any(self.erase.tells(text, one) for one in (whom.id,))

    def _record(self, id_: str, note: dict[str, str]) -> None:
        kind, path = kind_of(id_), self.book.path_of(id_)
        base = self.journal.there(path)
        text, labels = self.erase.record(base.decode(), kind, id_)
        if kind.name == "evidence" and note:
            self._file(self.book.record(id_))
        if note:
            text = edit_text(text, {"注销": note, **_years(self.book.record(id_))})
        if text != base.decode():
            self.changes[path] = Change(path, text, base)
            self.gone.append(Gone(id_, labels))

    def _file(self, evidence: Any) -> None:
        """A picture or paper that nothing else shows."""
        ((many,),) = self.book.sql(_SAME_FILE, (evidence.file,))
        path = self.book.place_of(evidence.file)
        data = self.journal.read(path)
        if data is not None and int(many) <= 1:
            self.files.append(evidence.file)
            self.changes[path] = Change.gone(path, data)

    def sealed(self, said: str) -> list[Change]:
        """The new lists of closed years, and the line in the archive that says why; nothing where none is touched.

        Raises:
            LianxinError: Something of them is not as it was put away.
        """
        self.lists = dict(listed(self.journal, self.changes))
        if not self.lists:
            return []
        line = f"{said}，{'、'.join(map(str, self.lists))} 年归档的清单照着换了"
        return [*self.lists.values(), noted(self.journal, line, self.erase.words)]


def _years(record: Any) -> dict[str, str]:
    """The year of a birthday that goes stays, so that ages are counted on."""
    birthday = getattr(record, "birthday", None)
    return {"出生年份": str(birthday.year)} if birthday else {}


def _elsewhere(book: LedgerBook, workspace: Workspace, erase: Eraser) -> Iterator[tuple[str, str]]:
    """Settings, policies and forms that name them: they are the office's own to change."""
    files = [(MARK, workspace.read(MARK) or b""), *(one for folder in DEFINING for one in book.files(folder))]
    for path, data in files:
        if erase.tells(data.decode("utf-8", "replace")):
            yield path, "里面写着这个人，请自己改"


def _written(workspace: Workspace, work: _Work, id_: str, why: str) -> tuple[list[NewCommit], tuple[str, ...]]:
    """The commit, hand edits of its files before it; and what ``check`` will remark on.

    Raises:
        LianxinError: A record would not be sound.
    """
    book = work.book
    texts = {path: one.text for path, one in work.changes.items() if path.endswith(".yaml") and one.text is not None}
    for path, text in texts.items():
        loaded = load(path, text.encode(), now=workspace.clock)
        if loaded.record is None:
            first = loaded.problems[0]
            raise LianxinError(f"{path} 有错，没有注销：{first.message}", veiled=f"{path} 有错：{first.public}")
    told = gates(book, texts)
    author = workspace.author(book)
    taken_in = [hand_edit(workspace, book, path, author) for path in texts]
    said = f"{show_moment(workspace.clock)}  注销 {id_} 的个人信息  {workspace.actor(book)}  {why}"
    sealed = work.sealed(said)
    seals = [("Seal", digest(one.data or b"")) for one in sealed if one.path != WITHDRAWN]
    trailers = (*(("Record", one.id) for one in work.gone), ("Step", ERASING), ("Actor", workspace.actor(book)), *seals)
    erasing = NewCommit([*work.changes.values(), *sealed], f"{id_} 注销个人信息", trailers, author)
    return [*filter(None, taken_in), erasing], told
