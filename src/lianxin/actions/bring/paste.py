"""A message that was pasted: the forms it fills, a draft each, and what is shown of them where there is no form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.bring.message.reading import Reader, Reading, sent_with
from lianxin.actions.form.form import Form, of_new
from lianxin.core.asset import asset
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.issue.judgement import TRIAGE
from lianxin.policies.pasting import Pasting, pasting_of
from lianxin.reports.document import document_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import Repo
from lianxin.storage.settings import load_model
from lianxin.storage.write.draft import drafts, kind_pasted
from lianxin.storage.write.draft import pasted as draft_name

#: The words that lead back to what is left.
COMMAND = "lianxin 粘贴"
#: What becomes of pictures.
HOW = "另存到电脑里，再添作这件事的佐证"
_TITLE = "粘贴来的消息"
#: Nobody has looked yet whose matter it is, and who writes may be in no record.
_WITHHELD = (
    "消息里的话还没有研判是公共的还是个人的，写的人也不一定认得出，文件和管道里不能出；确要内部使用，请加 --internal"
)
#: More is no message.
_MOST = 200_000


class Pasted(Struct, frozen=True):
    """What a text came to.

    Attributes:
        readings: The records it may become.
        idle: Who wrote nothing that is one.
    """

    readings: tuple[Reading, ...]
    idle: tuple[str, ...]


def pasted(book: LedgerBook, text: str, kind: str = "") -> Pasted:
    """Read a message, a chat or a note.

    Args:
        book: Whose lists it is read by.
        text: As it was copied.
        kind: ``issue`` or ``visit``, where she says so.

    Raises:
        UsageError: There is nothing in it.
    """
    if not text.strip():
        raise UsageError("没有粘贴来什么；把消息复制好，再粘贴到这里，或写上存着它的文件")
    if len(text) > _MOST:
        raise UsageError(f"这一段有 {len(text)} 个字，不像聊天或通话记录；请分几次粘贴")
    readings, idle = Reader(book, _words(book)).readings(text, kind)
    return Pasted(tuple(readings), tuple(idle))


def _words(book: LedgerBook) -> Pasting:
    """The words the office goes by, or those that are shipped."""
    own = book.policy("paste")
    if own is not None:
        return pasting_of(own)
    data = asset("policy", "paste.yaml").read_bytes()
    return load_model(Pasting, "粘贴", "paste.yaml", data)[0] or Pasting()


def form_of(reading: Reading) -> Form:
    """The form it fills: each field with the words it was read from."""
    offered = {name: guess.text for name, guess in reading.fields.items()}
    because = {name: guess.words for name, guess in reading.fields.items()}
    mark = sha256(repr(sorted(offered.items())).encode()).hexdigest()[:12]
    form = of_new(KIND[reading.kind])
    return replace(form, name=draft_name(reading.kind, mark), command=COMMAND, offered=offered, because=because)


def left(repo: Repo) -> list[tuple[str, Form]]:
    """What was pasted and is not written yet: the kind and the form of each."""
    found = []
    for name in drafts(repo):
        kind = kind_pasted(name)
        if kind in KIND:
            found.append((kind, replace(of_new(KIND[kind]), name=name, command=COMMAND)))
    return found


_FIELD = Column("栏", "field", width=12)
_READ = (Column("填", "text", privacy=Privacy.STORY, width=36), Column("凭哪几个字", "words", privacy=Privacy.STORY))


def page(book: LedgerBook, found: Pasted, *, plain: bool = False) -> Document:
    """Every field of every record, and from which words it was read."""
    told = [Paragraph(text) for text in remarks(found)]
    withheld = _WITHHELD if found.readings else ""
    blocks: list[Block]
    if plain:
        first = (Column("第几件", "place", FieldType.INTEGER), Column("谁说的", "who", privacy=Privacy.NAME))
        kind = Column("记成", "kind")
        rows = [
            (n, one.who, KIND[one.kind].label, *row)
            for n, one in enumerate(found.readings, 1)
            for row in _rows(book, one)
        ]
        blocks = [Table((*first, kind, _FIELD, *_READ), rows)] if found.readings else []
        return document_of(book, _TITLE, (*blocks, *told), "paste", withheld=withheld, plain=True)
    blocks = []
    for n, one in enumerate(found.readings, 1):
        head = f"{n}. {one.who or '这一条'}：记成{KIND[one.kind].label}"
        blocks += [Heading(head, 2, Privacy.STORY), Table((_FIELD, *_READ), _rows(book, one))]
    return document_of(book, _TITLE, (*blocks, *told), "paste", withheld=withheld)


def _rows(book: LedgerBook, one: Reading) -> list[tuple[Value, ...]]:
    specs = {spec.name: spec for spec in KIND[one.kind].fields}
    rows: list[tuple[Value, ...]] = []
    for name, guess in one.fields.items():
        text = "、".join(map(book.title, guess.text.split("、"))) if specs[name].refs else guess.text
        rows.append((specs[name].label, text, guess.words))
    return rows + [(f"{TRIAGE[name]}（研判时）", guess.text, guess.words) for name, guess in one.triage.items()]


def remarks(found: Pasted) -> list[str]:
    """What is to be known of it besides."""
    if not found.readings:
        return ["没有看出哪一条是反映问题或走访；要记的，用 lianxin 问题 新增。"]
    sent = sum((Counter(one.media) for one in found.readings), Counter[str]())
    told = [f"{len(found.idle)} 人只是应答，没有列出。"] if found.idle else []
    return told + ([f"另有 {sent_with(sent)}粘贴不过来：{HOW}。"] if sent else [])


def triaged(one: Reading, id_: str) -> str:
    """The command of the first look, with what the message suggests."""
    told = "".join(f" --{TRIAGE[name]} {guess.text}" for name, guess in one.triage.items())
    return f"lianxin 问题 受理 {id_}{told}" if told else ""


def suggested(one: Reading) -> str:
    """What the message suggests for the first look, in words."""
    return "、".join(f"{TRIAGE[name]} {guess.text}" for name, guess in one.triage.items())


def words_of(found: Sequence[Reading]) -> list[str]:
    """One line a record, for who is to go through them."""
    return [
        f"{n}. {one.who or '这一条'}：{KIND[one.kind].label}"
        + (f"，{one.fields['summary'].text}" if "summary" in one.fields else "")
        for n, one in enumerate(found, 1)
    ]
