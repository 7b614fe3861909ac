"""``find``: one box over all that records say."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from lianxin.cli.option.completion import words_of
from lianxin.cli.option.shared import FormatOption, OutputOption, WhereOption
from lianxin.cli.run.command import App
from lianxin.cli.run.progress import progress
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import PRINTING, emit, face_of, for_programs
from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.kinds import BRIEFS, kind_named

app = App()

#: So many are shown where nothing is said.
_MOST = 20


@app.command()
def find(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="词", help="可写几个，都有的才列出；姓名、名称也认拼音和首字母")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="种类",
            help="只找哪一种：问题、走访、联系户等",
            autocompletion=words_of([brief.label for brief in BRIEFS]),
        ),
    ] = None,
    where: WhereOption = None,
    most: Annotated[
        int | None, typer.Option("--most", "-n", min=1, metavar="条数", help=f"至多列几条，不写是 {_MOST} 条")
    ] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """在全部记录里找：字段、每一步写的话、编号、名称，指到的单位和人也算。"""
    from lianxin.actions.find.find import Wanted
    from lianxin.actions.find.find import find as found

    session = session_of(context)
    typed = words or _asked(session)
    wanted = Wanted(typed, _kind(kind), where or (), most or _MOST)
    face = face_of(session, output)
    with (
        session.book("lianxin.actions.find.find", *PRINTING) as book,
        progress("理出要找的文字", show=sys.stderr.isatty()) as advance,
    ):
        document = found(book, wanted, face, plain=for_programs(session, format_, output), progress=advance)
    # what was looked for is not told to whoever gets a file of it: masked, it would say whose name is known
    emit(session, document, format_, output, most="" if most else _whole(session, typed), again=False)


def _whole(session: Session, typed: Sequence[str]) -> str:
    """The command that shows all that a screen does not hold."""
    from lianxin.formats.paper.trace import spelt

    words = session.words if {*typed} <= {*session.words} else (*session.words, *typed)
    return f"lianxin {spelt(words)} -n {_MOST}"


def _asked(session: Session) -> list[str]:
    """What is looked for, asked of a person.

    Raises:
        UsageError: Nobody can be asked, or nothing was answered.
    """
    if not session.interactive:
        raise UsageError("没有写要找什么，如 lianxin find 水管")
    from lianxin.cli.run.prompt import typed_text

    words = typed_text("找什么：").split()
    if not words:
        raise typer.Abort
    return words


def _kind(word: str | None) -> Kind | None:
    """The kind a word names.

    Raises:
        UsageError: It names none.
    """
    if word is None:
        return None
    found = kind_named(word)
    if found is None:
        raise UsageError(f"没有「{word}」这一种记录；有 {'、'.join(brief.label for brief in BRIEFS)}")
    return found
