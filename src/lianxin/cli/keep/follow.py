"""What else wants to be entered, asked at a terminal once something is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianxin.cli.run.saying import speak
from lianxin.kinds import KIND, kind_of

if TYPE_CHECKING:
    from lianxin.actions.entry.follow import Follow
    from lianxin.cli.run.session import Session


def follow(session: Session, follows: Sequence[Follow]) -> None:
    """Ask of each whether it is to be entered now, with all that is known of it; if not, why, or later."""
    later = dict[str, None]()
    for one in follows:
        from lianxin.cli.run.prompt import decide

        yes = decide(one.asked, "不立，写明原因")
        if yes:
            _enter(session, one)
        elif yes is None or not _declined(session, one):
            later[one.told] = None
    speak("".join(f"  {told}\n" for told in later))


def _enter(session: Session, one: Follow) -> None:
    from lianxin.cli.form.inline import fill
    from lianxin.cli.form.tasks import add_task
    from lianxin.cli.say.answer import written
    from lianxin.cli.say.deed import added

    done, _ = fill(session, add_task(session, KIND[one.kind], dict(one.typed), handed=True))
    speak(f"✓ {added(done, KIND[one.kind], clear=session.clear)}\n{written(done.commit)}")


def _declined(session: Session, one: Follow) -> bool:
    """Why it is not to be, written where it was heard; whether she said so."""
    from lianxin.actions.change.edit import edit
    from lianxin.cli.run.prompt import typed_text
    from lianxin.cli.say.answer import written
    from lianxin.cli.say.deed import changed

    why = typed_text("为什么不立（记进「未立问题原因」，直接回车是以后再说）：")
    if why:
        with session.book(quiet=True) as book:
            before = str(getattr(book.record(one.source), "no_issue", "") or "")
        done = edit(session.workspace(), kind_of(one.source), one.source, one.declined(why, before), "")
        speak(f"✓ {changed(done, clear=session.clear)}\n{written(done.commit)}")
    return bool(why)
