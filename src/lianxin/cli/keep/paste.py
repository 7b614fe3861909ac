"""``paste``: a message, a chat or a note of a call becomes filled-in forms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lianxin.actions.bring.clipboard import clipboard_text
from lianxin.actions.bring.paste import Pasted, form_of, left, page, pasted, remarks, triaged, words_of
from lianxin.actions.form.form import Form
from lianxin.cli.keep.follow import follow
from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.prompt import confirm
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import written
from lianxin.cli.say.deed import added
from lianxin.cli.say.output import PRINTING, emit, for_programs
from lianxin.core.error import UsageError
from lianxin.kinds import KIND
from lianxin.storage.git.disk import ordinary
from lianxin.storage.write.draft import Draft

app = App()


@app.command()
def paste(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="文件", help="存着消息的文件；不写就粘贴进来")] = None,
    kind: Annotated[str, typer.Option("--kind", "--种类", metavar="种类", help="问题或走访；不写就看消息里的话")] = "",
    clipboard: Annotated[bool, typer.Option("--clipboard", "--剪贴板", help="从剪贴板里读")] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """微信消息、聊天记录、通话记录变成填好的问题或走访，每一栏都写明凭的是哪几个字。"""
    session = session_of(context)
    asked = session.interactive and not session.yes and not output and not format_
    if asked and file is None and not clipboard and _go_on(session):
        return
    text = clipboard_text() if clipboard else _read(file, asked=asked)
    with session.book("lianxin.actions.bring.paste", *PRINTING) as book:
        found = pasted(book, text, _kind(kind))
        document = page(book, found, plain=for_programs(session, format_, output))
    if asked and found.readings:
        _fill(session, found)
    else:
        emit(session, document, format_, output)


def _kind(word: str) -> str:
    for name in ("issue", "visit"):
        if word in ("", name, KIND[name].label):
            return name if word else ""
    raise UsageError(f"粘贴来的只能记成问题或走访，没有「{word}」")


def _read(file: Path | None, *, asked: bool) -> str:
    if file is not None:
        try:
            data = ordinary(file, follow=True)
        except FileNotFoundError:
            raise UsageError(f"没有「{file}」这个文件") from None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("gb18030", errors="replace")
    if asked:
        tell("把消息粘贴到这里，完了另起一行按 Ctrl-D：\n")
    return sys.stdin.read()


def _fill(session: Session, found: Pasted) -> None:
    """Go through the records; what she leaves is there the next time, what she does not want is not."""
    lines = words_of(found.readings)
    speak("".join(f"{line}\n" for line in (*lines, *remarks(found))))
    forms = [form_of(one) for one in found.readings]
    repo = session.workspace().journal().repo
    for form in forms:
        Draft(repo, form.name, session.now.date()).keep({**form.offered})
    for line, one, form in zip(lines, found.readings, forms, strict=True):
        wanted = len(lines) == 1 or confirm(f"{line}\n记这一件吗？")
        Draft(repo, form.name, session.now.date()).drop()  # else it would look like something of hers
        id_ = _one(session, one.kind, form) if wanted else ""
        if id_ and (told := triaged(one, id_)):
            speak(f"  看消息里的话，可以这样受理：{told}\n")
    _remain(session)


def _one(session: Session, kind: str, form: Form) -> str:
    """The id of what was written; empty where she left it, and it is kept."""
    from msgspec.structs import replace

    from lianxin.cli.form.inline import fill
    from lianxin.cli.form.tasks import add_task

    try:
        done, _ = fill(session, replace(add_task(session, KIND[kind]), form=form))
    except typer.Abort:
        draft = Draft(session.workspace().journal().repo, form.name, session.now.date())
        if draft.kept() is None:
            draft.keep({**form.offered})
        return ""
    speak(f"✓ {added(done, KIND[kind], clear=session.clear)}\n{written(done.commit)}")
    follow(session, done.follows)
    return done.id


def _go_on(session: Session) -> bool:
    """Take up what was left of the last time, if she wants to."""
    waiting = left(session.workspace().journal().repo)
    if not waiting or not confirm(f"上次粘贴的还有 {len(waiting)} 件没有记，现在接着记吗？"):
        return False
    for kind, form in waiting:
        _one(session, kind, form)
    _remain(session)
    return True


def _remain(session: Session) -> None:
    if waiting := left(session.workspace().journal().repo):
        tell(f"还有 {len(waiting)} 件没有记，都留着；再运行 lianxin 粘贴 就能接着记。\n")
