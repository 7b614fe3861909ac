"""A message that is pasted at the desk: read there, each record it may become filled in by a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from lianxin.cli.form.base import Interrupted, Over
from lianxin.cli.form.question import Question
from lianxin.kinds import KIND
from lianxin.storage.write.draft import Draft, message_draft

if TYPE_CHECKING:
    from lianxin.actions.bring.message.reading import Reading
    from lianxin.actions.entry.add import Added
    from lianxin.actions.form.form import Form
    from lianxin.cli.desk.act.writing import Writer
    from lianxin.cli.desk.app import Desk
    from lianxin.cli.form.task import Task
    from lianxin.cli.run.session import Session
    from lianxin.storage.git.repo import Repo

#: What fills in a form: what was written, or None.
Fill = Callable[[Callable[["Session"], "Task[Any]"]], Awaitable[Any]]

#: Asks what else wants to be entered of what was written; the ids of that, the newest first.
Following = Callable[["Added"], Awaitable[Sequence[str]]]

_KEYS = "Ctrl-S 看看能记成什么   Esc 算了，粘贴的留着"


class Pasting(Over[str | None]):
    """A box that a message is pasted in; what stands in it is kept until it has been read.

    Args:
        draft: Where it is kept.
    """

    DEFAULT_CSS = """
    Pasting { align: center middle; background: $background 60%; }
    Pasting TextArea { height: 12; margin-top: 1; border: none; }
    """
    #: Before the box takes them.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s", "take", show=False, priority=True),
    ]

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft

    def compose(self) -> ComposeResult:
        """What is wanted, the box, the keys."""
        kept = self._draft.kept()
        with Vertical(id="box"):
            yield Static(Content.styled("把微信消息、聊天记录、通话记录粘贴到这里", "bold"), markup=False)
            yield TextArea(str(kept.answers.get("text", "")) if kept else "", soft_wrap=True)
            yield Static(_KEYS, id="answers", markup=False)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Nothing that was pasted is lost."""
        self._draft.keep({"text": event.text_area.text})

    def on_interrupted(self, event: Interrupted) -> None:
        """Ctrl-C says how to leave, and leaves when it comes again."""
        event.stop()
        if event.again:
            self.dismiss(None)
        else:
            self.query_one("#answers", Static).update(f"离开按 Esc，或者再按一次 Ctrl-C\n{_KEYS}")

    def action_take(self) -> None:
        """Read it."""
        text = self.query_one(TextArea).text
        if text.strip():
            self.dismiss(text)

    def action_leave(self) -> None:
        """Not now; where nothing stands there, nothing is kept."""
        if not self.query_one(TextArea).text.strip():
            self._draft.drop()
        self.dismiss(None)


async def paste(desk: Desk, writer: Writer, fill: Fill, follow: Following) -> tuple[str, tuple[str, ...]]:
    """Take up what was left, else what is pasted now; what is said of it, and the ids of what was written.

    Raises:
        LianxinError: There is nothing in it that can be read.
    """
    from lianxin.actions.bring.paste import form_of, left, pasted, remarks

    session = writer.fresh()
    repo, day = session.workspace().journal().repo, session.now.date()
    waiting = left(repo)
    again = Question("粘贴", (), f"上次粘贴的还有 {len(waiting)} 件没有记，现在接着记吗？")
    go_on = await desk.push_screen_wait(again) if waiting else None
    if go_on:
        each = [await _one(kind, form, fill, Draft(repo, form.name, day), follow) for kind, form in waiting]
        return _told([id_ for ids in each for id_ in ids], (), repo)
    draft = Draft(repo, message_draft(), day)
    text = await desk.push_screen_wait(Pasting(draft))
    if text is None:
        return ("没有记；粘贴的留着" if draft.kept() else ""), ()
    found, _ = await desk.reader.ask(partial(pasted, text=text))
    if not found.readings:
        return remarks(found)[0].partition("；")[0], ()
    forms = [form_of(one) for one in found.readings]
    drafts = [Draft(repo, form.name, day) for form in forms]
    for form, one in zip(forms, drafts, strict=True):
        one.keep({**form.offered})
    draft.drop()
    made, advice = await _each(desk, found.readings, forms, drafts, fill, follow)
    return _told(made, advice, repo)


async def _each(
    desk: Desk,
    readings: Sequence[Reading],
    forms: Sequence[Form],
    drafts: Sequence[Draft],
    fill: Fill,
    follow: Following,
) -> tuple[list[str], list[str]]:
    """Go through the records: what was written, and what is advised of it. What she does not want is dropped."""
    from lianxin.actions.bring.message.reading import sent_with
    from lianxin.actions.bring.paste import HOW, suggested, words_of

    made, advice = list[str](), list[str]()
    lines = words_of(readings)
    for line, one, form, draft in zip(lines, readings, forms, drafts, strict=True):
        if len(lines) > 1 and not await desk.push_screen_wait(Question(line, (), "记这一件吗？")):
            draft.drop()
        elif ids := await _one(one.kind, form, fill, draft, follow):
            made += ids
            advice += [f"受理时可以写：{told}"] if (told := suggested(one)) else []
            advice += [f"{sent_with(one.media)}没有粘贴过来：{HOW}"] if one.media else []
    return made, advice


async def _one(kind: str, form: Form, fill: Fill, draft: Draft, follow: Following) -> list[str]:
    """The ids of what was written, the first that of the message; none where she left it, and it is kept."""
    from lianxin.cli.form.tasks import add_task

    def task(session: Session) -> Task[Any]:
        if form.offered:
            draft.drop()  # it stands in the form as read, not as hers
        return replace(add_task(session, KIND[kind]), form=form)

    done = await fill(task)
    if done is None and form.offered and draft.kept() is None:
        draft.keep({**form.offered})
    return [str(done.id), *reversed(await follow(done))] if done else []


def _told(made: Sequence[str], advice: Sequence[str], repo: Repo) -> tuple[str, tuple[str, ...]]:
    from lianxin.actions.bring.paste import left

    waiting = len(left(repo))
    told = [f"✓ 已记 {len(made)} 件" if made else "没有记"]
    told += advice if len(made) == 1 else []
    told += [f"还有 {waiting} 件没有记，都留着"] if waiting else []
    return "；".join(told), tuple(reversed(made))
