"""One field of a form on the screen: its label, the box it is typed in, what it is picked from, what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from lianxin.actions.entry.entry import alone, pieces, written
from lianxin.actions.form.choice import Choice, records, stands, words
from lianxin.actions.form.sheet import Line, Place
from lianxin.core.declare.field import FieldSpec
from lianxin.core.value import FieldType
from lianxin.formats.width import pad
from lianxin.storage.book import LedgerBook

#: Cells that a label takes, with its mark.
LABEL = 12

#: Keys that are meant for the whole form.
KEYS = {"ctrl+s": "write", "ctrl+o": "more", "f2": "more", "escape": "leave"}

#: Words that are told by a number each stand side by side.
_BESIDE = 9


async def _in_turn(box: OneLine | ManyLines, event: events.Key) -> None:
    """Keys take effect in the order in which they were typed, however many come at once.

    What the row does with one comes first. One that was typed after the hand had gone on goes after it. What edits the
    text would else come after the letters that follow it: Textual carries it up to the application first.
    """
    hand = box.screen.focused
    if hand is not None and hand is not box:
        hand.post_message(events.Key(event.key, event.character))
    elif not box.query_ancestor(Row).key(event.key, event.character or ""):
        action = _EDITING[type(box)].get(event.key)
        if action is None:
            return
        await box.run_action(action)
    event.prevent_default()
    event.stop()


class OneLine(Input):
    """A box of one line; what stands there to begin with is typed over."""

    async def on_key(self, event: events.Key) -> None:
        """See ``_in_turn``."""
        await _in_turn(self, event)


class ManyLines(TextArea):
    """A box for what is told at length, or a line an item."""

    async def on_key(self, event: events.Key) -> None:
        """See ``_in_turn``."""
        await _in_turn(self, event)


#: Keys that edit, and what they do.
_EDITING = {
    made: {key: one.action for one in base.BINDINGS if isinstance(one, Binding) for key in one.key.split(",")}
    for made, base in ((OneLine, Input), (ManyLines, TextArea))
}


class Way(StrEnum):
    """Where the hand goes from a field."""

    NEXT = "下一项"
    OPEN = "下一个空的"
    BACK = "上一项"
    DOWN = "往下"
    UP = "往上"


class Picks(Static):
    """What a field is picked from, as far as it fits what is typed."""

    class Picked(Message):
        """One was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__(classes="picks")
        self.choices: Sequence[Choice] = ()
        self.marked = 0
        self.beside = False

    def show(self, choices: Sequence[Choice], marked: int, *, numbered: bool) -> None:
        """Show these, one of them marked."""
        self.choices, self.marked = choices, marked
        self.display = bool(choices)
        self.beside = beside = numbered and len(choices) <= _BESIDE
        parts: list[str | Content] = []
        for place, choice in enumerate(choices):
            text = f"{place + 1} {choice.shown}" if beside else choice.shown
            told = f"{text}  {choice.apart}" if choice.apart else text
            mark = "▸" if place == marked else " "
            style = "bold reverse" if place == marked else ""
            parts.append(Content.styled(f"{mark}{told}", style).stylize(f"@click=pick({place})"))
            parts.append("  " if beside else "\n")
        self.update(Content.assemble(*parts[:-1]))

    def action_pick(self, place: int) -> None:
        """One was clicked."""
        self.post_message(self.Picked(self.choices[place]))


class Row(Vertical):
    """One field.

    Args:
        line: As things stand to begin with.
        book: What it may be picked from.
        go: Puts the hand elsewhere.
        narrow: There is little room: no records are shown before something is typed.
    """

    class Typed(Message):
        """Something was typed, or taken out."""

    class Asked(Message):
        """A key that is meant for the whole form."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

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
        self._box: OneLine | ManyLines = ManyLines(soft_wrap=True) if _at_length(line.spec) else OneLine()
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
        return self._box.text if isinstance(self._box, ManyLines) else self._box.value

    @property
    def answer(self) -> str | list[str]:
        """What stands there as it would be typed at the command line."""
        text = self.text.strip()
        if self.spec.many and self.spec.type is FieldType.GROUP:
            return [self._coded(line) for line in text.splitlines() if line.strip()]
        return self._coded(text)

    def _coded(self, text: str) -> str:
        """A line with what was picked as it would be typed."""
        if not (self._refs or self.line.words) or "=" in text:
            return text
        parts = pieces(text) if self.spec.many else [text]
        return "、".join(self._meant.get(part, part) for part in parts)

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
        with self.prevent(Input.Changed, TextArea.Changed):
            if isinstance(self._box, ManyLines):
                self._box.text = text
            else:
                self._box.value = text
                self._box.cursor_position = len(text)

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
        if isinstance(self._box, OneLine):
            self._box.placeholder = line.standing
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

    def complain(self, text: str) -> None:
        """Say what is wrong with it, until something is typed; nothing: say so no more."""
        self._complaint = text
        self._tell()

    def _help(self) -> str:
        line = self.line
        lacking = f"{line.must}前要有" if line.must and not line.text else ""
        way = f"写成 {written(line.spec)}" + ("，一行一项" if line.spec.many else "") if line.spec.group else ""
        return "；".join(filter(None, (line.why if line.must == "" else "", lacking, line.spec.help, way)))

    # Going through it -----------------------------------------------------------------------------------------

    @property
    def has_hand(self) -> bool:
        """Whether the next key goes here."""
        return self.screen.focused is self._box

    def enter(self) -> None:
        """Put the hand here."""
        self.screen.set_focus(self._box)  # at once: keys may be waiting

    def on_descendant_focus(self) -> None:
        """Show what it is picked from, and what to write."""
        self._marked = -1
        if isinstance(self._box, OneLine) and not self.touched and self._box.value:
            self._box.select_all()
        self._look()
        self._tell()

    def on_descendant_blur(self) -> None:
        """Nothing is picked here now."""
        self._picks.show((), 0, numbered=False)
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed."""
        event.stop()
        self._changed()

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
                self.post_message(self.Asked(KEYS[key]))
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
        if isinstance(self._box, ManyLines):
            row, last = self._box.cursor_location[0], self._box.document.line_count - 1
            if 0 <= row + step <= last:
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


def _at_length(spec: FieldSpec) -> bool:
    """Whether it is told at length, or a line an item."""
    return spec.type is FieldType.STORY or (spec.type is FieldType.GROUP and spec.many)
