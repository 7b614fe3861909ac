"""One field of a form on the screen: its label, the box it is typed in, what it is picked from, what is said of it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from lianxin.actions.entry.file import dropped, takes_files
from lianxin.actions.form.choice import Choice, words
from lianxin.actions.form.sheet import Line, Place
from lianxin.actions.form.standing import ANOTHERS
from lianxin.actions.form.wording import Begun, Wording, in_lines
from lianxin.cli.form.box import Box
from lianxin.cli.form.fitting import Fitting, advice, picked, told_long
from lianxin.cli.form.picks import FEW, Picks, digits, numbers
from lianxin.cli.form.said import Said
from lianxin.cli.form.way import KEYS, Way
from lianxin.core.declare.example import alone
from lianxin.core.declare.field import FieldSpec
from lianxin.core.value import FieldType
from lianxin.formats.width import pad, text_width
from lianxin.storage.book import LedgerBook

#: What stands between words, or before one; never in a name that is being typed.
_MARKS = frozenset("=＝:：、，,；; ")

#: Of those what parts the items of a list.
_BETWEEN = frozenset("、，,；; ")

#: What is written in words: a letter more makes sense there.
_WORDS = (FieldType.TEXT, FieldType.STORY, FieldType.GROUP)

#: Cells that a label takes, with its mark.
LABEL = 12
#: Those between a label, the text and whose word it is; and those that the text needs at least.
_GAPS, _LEAST = 2, 12


class Row(Vertical):
    """One field.

    Args:
        line: As things stand to begin with.
        book: What it may be picked from.
        go: Puts the hand elsewhere, or does what else was meant.
        narrow: There is little room: no records are shown before something is typed.
        itself: The id of the record that the form is about: it does not point to itself.
    """

    class Typed(Message):
        """Something was typed, or taken out."""

    def __init__(
        self, line: Line, book: LedgerBook, go: Callable[[Way], None], *, narrow: bool = False, itself: str = ""
    ) -> None:
        super().__init__(id=f"row-{line.spec.name}")
        self.line = line
        self._go = go
        self._wording = Wording(line.spec, book)
        self._fitting = Fitting(book, self._wording, narrow, itself)
        self._marked = -1
        self._mine = self._handed = False
        self._arrived = False
        self._complaint = ""
        self._refused = ""
        self._stood = ""
        self._looked: str | None = None
        self._numbered: dict[str, Choice] = {}
        self._taken_up = False
        self._label = Static(classes="label")
        between = "\n" if told_long(self.spec) else "、" if line.spec.many else " "
        self._box = Box(self.key, between, dropped) if takes_files(line.spec) else Box(self.key, between)
        self._whence = Static(classes="whence")
        self._picks = Picks()
        self._note = Said(classes="note")
        self._picks.display = False

    @property
    def touched(self) -> bool:
        """Whether a person typed something here, or took it out."""
        return self._mine or self.text != self._stood

    @property
    def proposed(self) -> bool:
        """Whether what stands here is nobody's word yet: the first letter that is typed takes its place."""
        return bool(self.text) and (self._handed or (self.line.proposed and not self.touched))

    @property
    def _typed_over(self) -> bool:
        """Whether the first letter takes the place of what stands here; words of hers, or of the record, are edited."""
        plain = self.spec.type in _WORDS or self.touched
        whole = self.proposed or not plain or (picked(self.line, self.text) and not self.wrong)
        return bool(self.text) and whole

    @property
    def spec(self) -> FieldSpec:
        """The field."""
        return self.line.spec

    def compose(self) -> ComposeResult:
        """Label and box, and below them what helps."""
        yield Horizontal(self._label, self._box, self._whence, classes="field")
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
        return self._wording.coded(self.text)

    def start(self, answer: str | list[str], *, handed: bool = False) -> None:
        """Let an answer stand there as if it had been typed.

        Args:
            answer: As it would be typed.
            handed: It was taken from elsewhere: she has not typed it herself.
        """
        self._mine, self._handed = True, handed
        self._put(self._wording.shown(answer))

    @property
    def same(self) -> bool:
        """Whether what stands here is what the last record said, and nobody has seen to it."""
        return self.display and not self.touched and self.line.whence in ANOTHERS

    def _put(self, text: str) -> None:
        self._stood = text
        self._box.put(text)

    def update(self, line: Line, *, more: bool) -> None:
        """Show the field as things stand now.

        Args:
            line: How they do.
            more: What is seldom filled in is shown too.
        """
        another = line.spec != self.line.spec  # of a new value: what it may be hangs on what is corrected
        dropped = another and self.touched
        if another:
            self._wording = Wording(line.spec, self._fitting.book)
            self._fitting = replace(self._fitting, wording=self._wording)
            self._mine = self._handed = False
            self._put("")
        self.line = line
        if not (dropped or self.touched) and (shown := self._wording.shown(line.text)) != self.text:
            self._put(shown)
            if self._taken_up and self.proposed:
                self._box.select_all()
        self.display = line.place is Place.SHORT or (line.place is Place.MORE and (more or self.touched))
        mark = "*" if line.must == "" else ""
        self._label.update(Content(pad(f"{line.spec.label}{mark}", LABEL)))
        self._box.placeholder = Content(line.standing)
        self._tell_whence()
        self._tell()

    def _tell_whence(self) -> None:
        """Whose word it is: whole, or not at all where there is no room for it beside the text."""
        told = f"（{self.line.whence}）" if self.line.whence and not self.touched else ""
        width, room = text_width(told), self.content_size.width - LABEL - _GAPS
        self._whence.update(Content(told if not self.content_size.width or width + _LEAST <= room else ""))
        self._whence.styles.width = width + 1

    def _tell(self) -> None:
        line = self.line
        half = self._picks.choices and self._begun.text and self.text != self._refused  # it is not wrong yet
        fault = self._complaint or ("" if half else line.fault)
        self.set_class(bool(fault), "wrong")
        self._note_it(fault or line.remark or (self.advice if self.has_focus_within else ""))

    def _note_it(self, text: str) -> None:
        self._note.say(text)
        self._note.display = bool(text)

    @property
    def wrong(self) -> str:
        """What is wrong with it."""
        return self._complaint or self.line.fault

    def keeps(self) -> bool:
        """Whether the hand is to stay, since what stands here is wrong: once, then it is passed over."""
        before, self._refused = self._refused, self.text if self.line.fault else ""
        self._tell()
        return bool(self.line.fault) and self.text != before

    def complain(self, text: str) -> None:
        """Say what is wrong with it, until something is typed; nothing: say so no more."""
        self._complaint = text
        self._tell()

    @property
    def advice(self) -> str:
        """What to write here."""
        return advice(self.line, self.text, over=self._typed_over)

    # Going through it -----------------------------------------------------------------------------------------

    @property
    def has_hand(self) -> bool:
        """Whether the next key goes here."""
        return self.screen.focused is self._box

    def enter(self) -> None:
        """Put the hand here."""
        self._take_up()
        self.screen.set_focus(self._box)  # at once: keys may be waiting

    def arrive(self) -> None:
        """A digit in another field has put the hand here: an Enter right behind it confirms that one, not this."""
        self._arrived = True

    def on_click(self) -> None:
        """Anywhere in it will do."""
        if not self.has_hand:
            self.enter()

    def on_resize(self) -> None:
        """It takes more lines, or less, and has more room, or less."""
        self._tell_whence()
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """Let it be seen whole while it has the hand."""
        if self.has_hand:
            self.scroll_visible(animate=False)

    def _take_up(self) -> None:
        """Show what it is picked from, and what to write: at once, since keys may be waiting."""
        if self._taken_up:
            return
        self._taken_up = True
        self.add_class("hand")
        self._marked = -1
        if self._typed_over:
            self._box.select_all()
        self._look()

    def on_descendant_focus(self) -> None:
        """Say what to write."""
        self._take_up()
        self._tell()

    def on_descendant_blur(self) -> None:
        """Nothing is picked here now, nothing is marked."""
        if self.has_hand:  # it has come back meanwhile
            return
        self._taken_up = self._arrived = False
        self.remove_class("hand")
        self._box.move_cursor(self._box.cursor_location)
        self._picks.show((), 0)
        self._tell()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Something was typed."""
        event.stop()
        self._changed()

    def _changed(self) -> None:
        self._mine, self._handed = True, False
        self._arrived = False
        self._marked = -1
        self._look()
        self.post_message(self.Typed())

    @property
    def _begun(self) -> Begun:
        """What is being typed, at the end of the line that the cursor is in."""
        if not self.touched or self._handed:
            return self._wording.begun("")
        return self._wording.begun(self._box.current if in_lines(self.spec) else self.text)

    def _look(self) -> None:
        """Show what fits."""
        self._looked = self.text
        begun = self._begun
        listed = self._fitting.listed(self.line, begun.spec)
        found = self._fitting.found(self.line, begun, touched=self.touched)
        same = next((place for place, one in enumerate(found) if one.shown == begun.text), 0)
        first = -1 if not begun.text or (found and found[0].near) else same
        told = () if self.spec.group and len(listed) > FEW else numbers(len(listed))
        self._numbered = dict(zip(told, words(listed, ""), strict=False))
        typed = digits(begun.text)
        half = [number for number in told if typed and (number[:-1] == typed or number == typed.zfill(len(number)))]
        if half and len(found) < len(listed):  # the first digit of two, or the second of them, its nought left out
            first = 0 if half[0] == typed.zfill(len(half[0])) else -1
            found, told = [self._numbered[number] for number in half], tuple(half)
        marked = self._marked if self._marked >= 0 else first
        self._picks.show(found, marked, told if len(told) == len(found) else ())

    def key(self, key: str, character: str) -> bool:
        """Whether a key means something to the row rather than to the box."""
        if self.text != self._looked:  # keys came faster than what they changed was told
            self._marked = -1
            self._look()
        arrived, self._arrived = self._arrived, False
        match key:
            case "enter" if arrived:
                pass
            case "enter":
                settled = self._settle(sure=True)
                if self._line_follows() and not self._whole_marked:
                    return settled and not self._whole_line  # else what was picked is seen before the line ends
                self._go(Way.ON)
            case "tab":
                self._settle(sure=False)
                self._go(Way.NEXT)
            case "shift+tab":
                self._go(Way.BACK)
            case "down" | "up":
                return self._vertical(1 if key == "down" else -1)
            case _ if key in KEYS:  # in its turn, after what was typed before it
                self._go(KEYS[key])
            case _ if character and character in self._parting and self._goes_on():
                self._part()
            case _:
                return self._by_number(character) or self._anew(character)
        return True

    @property
    def _parting(self) -> str:
        """The characters behind which another item of a list in one line follows; a blank parts no words of hers."""
        spec = self.spec if not in_lines(self.spec) else self._wording.bare
        return ("、，, \u3000" if spec.refs else "、，,") if spec and self.spec.many else ""

    def _goes_on(self) -> bool:
        """Whether another item is to follow those that stand there, be they offered or half picked."""
        if in_lines(self.spec) and not self._wording.is_bare(self._box.current):
            return False
        begun = bool(self._begun.text and self._picks.choices)
        if begun:
            self._settle(sure=True)
        settled = self._wording.settled(self._begun.text)
        return begun or settled or (bool(self.text) and (not self.touched or self._whole_marked))

    def _part(self) -> None:
        """Let another item follow."""
        if in_lines(self.spec):
            self._box.put_line(f"{self._box.current.rstrip()}、")
        else:
            self._put(f"{self.text}、")
        self._changed()

    @property
    def _whole_marked(self) -> bool:
        """Whether all that stands here would be typed over."""
        return bool(self.text) and self._box.selected_text == self.text

    @property
    def _whole_line(self) -> bool:
        """Whether the line that the cursor is in says all that most say of such an item: 水务站."""
        marks = _MARKS - _BETWEEN if self._wording.bare else _MARKS
        return alone(self.spec) is not None and not marks.intersection(self._box.current)

    def _anew(self, character: str) -> bool:
        """A letter behind what was picked begins another word in its place: none is added to a name."""
        line = self._box.current
        begun = self._wording.begun(line if in_lines(self.spec) else self.text)
        behind = self._box.selection.is_empty and self._box.cursor_location[1] == len(line)
        letter = character.isprintable() and not _MARKS.intersection(character) and bool(character.strip())
        if letter and behind and begun.spec and begun.spec.refs and self._wording.settled(begun.text):
            self._mine = True
            self._instead("")
        return False

    def _line_follows(self) -> bool:
        """Whether another item is to stand below the one that the cursor is in; in a table the next record does."""
        if self._fitting.narrow:
            return False
        line = self._box.current.strip()
        whole = self._whole_line and not self.spec.many
        return in_lines(self.spec) and bool(line) and not whole

    def _by_number(self, character: str) -> bool:
        """Digits pick a word, where nothing has been typed yet, or one of them stands there already.

        Where there are few one digit does, else two. Of several words the next ones are added; of one the hand goes on.
        """
        begun = self._begun.text
        stands = any(choice.shown == begun for choice in self._picks.choices)
        number = digits(character if stands else begun + character)
        choice = self._numbered.get(number)
        if not character.isdecimal() or not (choice or any(told.startswith(number) for told in self._numbered)):
            return False
        if choice and self.spec.many and choice.shown in self.text.split("、"):
            return True
        if stands and self.spec.many:
            self._put(f"{self.text.rstrip()}、")
        if choice is None:
            self._instead(number)
        elif self.spec.many or len(number) > 1:
            self._pick(choice)  # a digit too many is for this field, never for the next
        else:
            self._take(choice, Way.TAKEN)
        return True

    def _vertical(self, step: int) -> bool:
        """Up and down go through a list and out of it, else from field to field; in a long text, within it."""
        in_text = in_lines(self.spec) and self._marked < 0 and self._box.has_line(step)
        marked = self._picks.marked + step
        if 0 <= marked < len(self._picks.choices) and not self._picks.few and not in_text:
            self._marked = marked
            self._picks.mark(marked)
            return True
        if self._box.has_line(step):
            return False
        self._go(Way.DOWN if step > 0 else Way.UP)
        return True

    def _settle(self, *, sure: bool) -> bool:
        """Take what is marked for what was begun; without being sure, only where nothing else fits."""
        picks, begun = self._picks.choices, self._begun.text
        if sure and (choice := self._numbered.get(digits(begun).zfill(2))):  # its nought was left out
            self._pick(choice)
            return True
        if not picks or (not begun and self._marked < 0):
            return False
        same = [choice for choice in picks if choice.shown == begun]
        if self._picks.marked < 0 or (same and self._marked < 0 and (len(same) > 1 or same[0].value == begun)):
            return False  # it stands there already, or several are called so
        if sure or len(picks) == 1:
            self._pick(picks[max(self._picks.marked, 0)])
            return True
        return False

    def _pick(self, choice: Choice) -> None:
        self._instead(self._wording.picked(choice, self._begun.spec or self.spec))

    def _instead(self, shown: str) -> None:
        """Let this stand in place of what was begun."""
        begun = self._begun.text
        if self.proposed:
            self._put(shown)
        elif in_lines(self.spec):
            line = self._box.current.rstrip()
            self._box.put_line(line[: len(line) - len(begun)] + shown)
        elif self.spec.many and self.touched:
            text = self.text.rstrip()
            self._put(text[: len(text) - len(begun)] + shown)
        else:
            self._put(shown)
        self._changed()

    def _take(self, choice: Choice, way: Way) -> None:
        """Take one that was pointed at; of a group more may follow in its line."""
        self._pick(choice)
        if self._line_follows():
            if self._whole_line:
                self._box.insert("\n", self._box.document.end)
            self.enter()
        else:
            self._go(way)

    def on_picks_picked(self, event: Picks.Picked) -> None:
        """One was clicked."""
        event.stop()
        self._take(event.choice, Way.ON)
