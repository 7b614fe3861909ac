"""One field of a form on the screen: its label, the box it is typed in, what it is picked from, what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from lianxin.actions.entry.entry import alone, pieces, written
from lianxin.actions.form.choice import Choice, records, stands, words
from lianxin.actions.form.sheet import Line, Place
from lianxin.cli.form.box import Box
from lianxin.cli.form.picks import Picks
from lianxin.core.declare.field import FieldSpec
from lianxin.core.value import FieldType
from lianxin.formats.width import pad
from lianxin.storage.book import LedgerBook

#: Cells that a label takes, with its mark.
LABEL = 12


class Way(StrEnum):
    """Where the hand goes from a field, and what else a key means to the whole form."""

    NEXT = "下一项"
    OPEN = "下一个空的"
    BACK = "上一项"
    DOWN = "往下"
    UP = "往上"
    WRITE = "写入"
    MORE = "更多"
    LEAVE = "离开"


#: Keys that are meant for the whole form.
KEYS = {"ctrl+s": Way.WRITE, "ctrl+o": Way.MORE, "f2": Way.MORE, "escape": Way.LEAVE}


class Row(Vertical):
    """One field.

    Args:
        line: As things stand to begin with.
        book: What it may be picked from.
        go: Puts the hand elsewhere, or does what else was meant.
        narrow: There is little room: no records are shown before something is typed.
    """

    class Typed(Message):
        """Something was typed, or taken out."""

    def __init__(self, line: Line, book: LedgerBook, go: Callable[[Way], None], *, narrow: bool = False) -> None:
        super().__init__(id=f"row-{line.spec.name}")
        self.line = line
        self._book = book
        self._go = go
        self._narrow = narrow
        self._meant: dict[str, str] = {}
        self._marked = -1
        self._mine = False
        self._complaint = ""
        self._stood = ""
        self._looked = ""
        self._label = Static(classes="label")
        self._box = Box(self.key, "\n" if self._long else "、" if line.spec.many else " ")
        self._picks = Picks()
        self._note = Static(classes="note")
        self._picks.display = False

    @property
    def touched(self) -> bool:
        """Whether a person typed something here, or took it out."""
        return self._mine or self.text != self._stood

    @property
    def spec(self) -> FieldSpec:
        """The field."""
        return self.line.spec

    def compose(self) -> ComposeResult:
        """Label and box, and below them what helps."""
        yield Horizontal(self._label, self._box, classes="field")
        yield self._picks
        yield self._note

    def on_mount(self) -> None:
        """As things stand to begin with."""
        self.update(self.line, more=False)

    # What stands there ----------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self._box.text

    @property
    def answer(self) -> str | list[str]:
        """What stands there as it would be typed at the command line."""
        text = self.text.strip()
        if self._itemwise:
            return [self._coded(line) for line in text.splitlines() if line.strip()]
        return self._coded(text)

    def _coded(self, text: str) -> str:
        """A line with what was picked as it would be typed."""
        if not (self._refs or self.line.words) or "=" in text:
            return text
        parts = pieces(text) if self.spec.many else [text]
        return "、".join(self._meant.get(part, part) for part in parts)

    @property
    def _itemwise(self) -> bool:
        """Whether it is told a line an item."""
        return self.spec.many and self.spec.type is FieldType.GROUP

    @property
    def _long(self) -> bool:
        """Whether it is told in lines, and is not typed over where something stands there."""
        return self._itemwise or self.spec.type is FieldType.STORY

    @property
    def _refs(self) -> tuple[str, ...]:
        """The kinds of the records it is picked from."""
        return self._picked.refs

    @property
    def _picked(self) -> FieldSpec:
        """What is picked: the field, or the one part of it that says enough."""
        return alone(self.spec) or self.spec

    def start(self, answer: str | list[str]) -> None:
        """Let an answer stand there as if it had been typed."""
        self._mine = True
        self._put(self._read(answer))

    def _read(self, answer: str | list[str]) -> str:
        """An answer as it stands in the box: records by their names."""
        if isinstance(answer, list):
            return ("\n" if self.spec.group else "、").join(map(self._read, answer))
        if not self.spec.refs or not answer:
            return answer
        typed = pieces(answer) if self.spec.many else [answer]
        return "、".join(self._named(word) for word in typed)

    def _named(self, word: str) -> str:
        """A word as it stands there; a record by its name."""
        choice = stands(self._book, self._picked, word) if self._refs else Choice(word, word)
        self._meant[choice.shown] = choice.value
        return choice.shown

    def _put(self, text: str) -> None:
        self._stood = text
        self._box.put(text)

    def update(self, line: Line, *, more: bool) -> None:
        """Show the field as things stand now.

        Args:
            line: How they do.
            more: What is seldom filled in is shown too.
        """
        self.line = line
        if not self.touched and self._read(line.text) != self.text:
            self._put(self._read(line.text))
        self.display = line.place is Place.SHORT or (line.place is Place.MORE and (more or self.touched))
        mark = "*" if line.must == "" else ""
        self._label.update(Content(pad(f"{line.spec.label}{mark}", LABEL)))
        self._box.placeholder = Content(line.standing)
        self._tell()

    def _tell(self) -> None:
        line = self.line
        half = self._picks.choices and self._piece  # what is half typed is not wrong yet
        fault = self._complaint or ("" if half else line.fault)
        self.set_class(bool(fault), "wrong")
        self._note_it(fault or line.remark or (self._help() if self.has_focus_within else ""))

    def _note_it(self, text: str) -> None:
        self._note.update(Content(text))
        self._note.display = bool(text)

    @property
    def wrong(self) -> str:
        """What is wrong with it."""
        return self._complaint or self.line.fault

    def complain(self, text: str) -> None:
        """Say what is wrong with it, until something is typed; nothing: say so no more."""
        self._complaint = text
        self._tell()

    def _help(self) -> str:
        line = self.line
        lacking = f"{line.must}前要有" if line.must and not line.text else ""
        way = (
            f"写成 {written(line.spec)}" + ("，一行一项，空行上回车到下一项" if line.spec.many else "")
            if line.spec.group
            else ""
        )
        return "；".join(filter(None, (line.why if line.must == "" else "", lacking, line.spec.help, way)))

    # Going through it -----------------------------------------------------------------------------------------

    @property
    def has_hand(self) -> bool:
        """Whether the next key goes here."""
        return self.screen.focused is self._box

    def enter(self) -> None:
        """Put the hand here."""
        self.screen.set_focus(self._box)  # at once: keys may be waiting

    def on_resize(self) -> None:
        """It takes more lines, or less."""
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Let it be seen whole while it has the hand."""
        if self.has_hand:
            self.scroll_visible(animate=False)

    def on_descendant_focus(self) -> None:
        """Show what it is picked from, and what to write."""
        self.add_class("hand")
        self._marked = -1
        if not self._long and not self.touched and self.text:
            self._box.select_all()
        self._look()
        self._tell()

    def on_descendant_blur(self) -> None:
        """Nothing is picked here now, nothing is marked."""
        self.remove_class("hand")
        self._box.move_cursor(self._box.cursor_location)
        self._picks.show((), 0, numbered=False)
        self._tell()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Something was typed."""
        event.stop()
        self._changed()

    def _changed(self) -> None:
        self._mine = True
        self._marked = -1
        self._look()
        self.post_message(self.Typed())

    @property
    def _piece(self) -> str:
        """What is being typed: of several, the last."""
        text = self.text if self.touched else ""
        if not self.spec.many:
            return text.strip()
        return re.split("[、，,\n]", text)[-1].strip()

    def _look(self) -> None:
        """Show what fits."""
        self._looked = self.text
        found = self._fitting()
        numbered = bool(self.line.words) and not self._piece
        first = -1 if not self._piece or (found and found[0].near) else 0
        self._picks.show(found, self._marked if self._marked >= 0 else first, numbered=numbered)

    def _fitting(self) -> list[Choice]:
        if not self.line.words and (not self._refs or (self.line.text and not self.touched)):
            return []
        piece = self._piece
        if self._narrow and not piece and not self.line.words:
            return []
        found = words(self.line.words, piece) if self.line.words else records(self._book, self._picked, piece)
        if any(piece == choice.shown for choice in found):
            return words(self.line.words, "")
        return found

    def key(self, key: str, character: str) -> bool:
        """Whether a key means something to the row rather than to the box."""
        if self.text != self._looked:  # keys came faster than what they changed was told
            self._marked = -1
            self._look()
        match key:
            case "enter" if self._line_follows():
                return False
            case "enter":
                self._settle(sure=True)
                self._go(Way.OPEN)
            case "tab":
                self._settle(sure=False)
                self._go(Way.NEXT)
            case "shift+tab":
                self._go(Way.BACK)
            case "down" | "up":
                return self._vertical(1 if key == "down" else -1)
            case _ if key in KEYS:  # in its turn, after what was typed before it
                self._go(KEYS[key])
            case _ if character and character in "、，," and self.spec.many and self._goes_on():
                self._put(f"{self.text}、")
                self._changed()
            case _:
                return self._by_number(character)
        return True

    def _goes_on(self) -> bool:
        """Whether another item is to follow those that stand there, be they offered or half picked."""
        begun = bool(self._piece and self._picks.choices)
        if begun:
            self._settle(sure=True)
        return begun or (bool(self.text) and not self.touched)

    def _line_follows(self) -> bool:
        """Whether another item is to stand below the one that the cursor is in."""
        line = self._box.current.strip()
        return self._itemwise and bool(line) and not (alone(self.spec) and "=" not in line)

    def _by_number(self, character: str) -> bool:
        """A digit picks a word, where nothing has been typed yet."""
        listed = self._picks.choices if self.line.words and not self._piece else ()
        if not character or character not in "123456789" or int(character) > len(listed):
            return False
        self._pick(listed[int(character) - 1])
        self._go(Way.OPEN)
        return True

    def _vertical(self, step: int) -> bool:
        """Up and down go through a list, else from field to field; in a long text, within it."""
        if self._picks.choices and not self._picks.beside:
            self._marked = max(0, min(len(self._picks.choices) - 1, self._picks.marked + step))
            self._picks.show(self._picks.choices, self._marked, numbered=bool(self.line.words))
            return True
        if self._box.has_line(step):
            return False
        self._go(Way.DOWN if step > 0 else Way.UP)
        return True

    def _settle(self, *, sure: bool) -> None:
        """Take what is marked for what was begun; without being sure, only where nothing else fits."""
        picks = self._picks.choices
        if not picks or (not self._piece and self._marked < 0):
            return
        if self._picks.marked < 0 or any(choice.shown == self._piece for choice in picks):
            return
        if sure or len(picks) == 1:
            self._pick(picks[max(self._marked, 0)])

    def _pick(self, choice: Choice) -> None:
        shown = choice.shown if self.line.words else self._named(choice.value)
        self._meant[shown] = choice.value
        before = ""
        if self.spec.many and self.touched:
            before = self.text[: len(self.text) - len(re.split("[、，,\n]", self.text)[-1])]
        self._put(before + shown)
        self._mine = True
        self._marked = -1
        self.post_message(self.Typed())

    def on_picks_picked(self, event: Picks.Picked) -> None:
        """One was clicked."""
        event.stop()
        self._pick(event.choice)
        self._go(Way.OPEN)
