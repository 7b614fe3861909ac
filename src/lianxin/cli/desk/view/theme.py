"""How the desk looks: colours where the terminal has many, reversed and bold lines where it has few or none."""

from __future__ import annotations

from dataclasses import replace

from rich.terminal_theme import TerminalTheme
from textual.theme import BUILTIN_THEMES, Theme

#: For terminals of 256 colours and more.
RICH = Theme(
    "云岭",
    primary="#7fb4d8",
    secondary="#9aa7b3",
    warning="#e0b050",
    error="#ef7b6d",
    success="#7dbb7d",
    accent="#7fb4d8",
    foreground="#d5dade",
    background="#16191d",
    surface="#16191d",
    panel="#20262c",
    variables={"rule": "#3a434c", "faint": "#8b97a3", "marked": "#274b66", "block-cursor-text-style": "none"},
)

#: What the sixteen colours of a page made for a screen are among those.
INK = TerminalTheme(
    (22, 25, 29),
    (213, 218, 222),
    [
        (58, 67, 76),
        (239, 123, 109),
        (125, 187, 125),
        (224, 176, 80),
        (127, 180, 216),
        (190, 150, 200),
        (120, 190, 190),
        (213, 218, 222),
    ],
)

#: For those of sixteen, and where nobody wants any: the terminal's own.
_OWN = BUILTIN_THEMES["ansi-dark"]
PLAIN = replace(
    _OWN,
    name="素色",
    primary="ansi_cyan",
    variables=_OWN.variables | {"rule": "ansi_default", "faint": "ansi_default", "marked": "ansi_default"},
)

#: From which width on the list and the record stand side by side; else one above the other.
BREAKS = ((0, "-narrow"), (100, "-wide"))

CSS = """
Screen { background: $background; color: $foreground; layers: base; }
#head { height: 1; background: $panel; padding: 0 1; }
#office { width: 1fr; text-style: bold; }
#who { width: auto; margin-right: 2; color: $primary; }
#now { width: auto; color: $faint; }

TabBar { height: 1; background: $panel; }
TabBar > .tab { width: auto; height: 1; margin-right: 2; color: $faint; }
TabBar > .tab:last-child { margin-right: 0; }
TabBar > .tab:hover { color: $foreground; }
TabBar > .tab.-here { color: $primary; text-style: bold reverse; }

#panes { layout: vertical; }
#left { height: 2fr; }
KindBar { height: auto; max-height: 3; padding: 0 1; color: $faint; }
#wait { height: 1; padding: 0 1; color: $warning; }
#box-find { height: 1; border: none; background: $panel; padding: 0 1; }
ItemList { height: 1fr; border: none; padding: 0; background: $background; text-wrap: nowrap; }
ItemList, Detail { scrollbar-size-vertical: 1; scrollbar-gutter: stable; scrollbar-color: $rule; }
ItemList, Detail { scrollbar-background: $background; scrollbar-color-hover: $primary; }
ItemList, Detail { scrollbar-background-hover: $background; scrollbar-background-active: $background; }
ItemList, Detail { scrollbar-color-active: $primary; }
ItemList:focus { border: none; background-tint: $background 0%; }
ItemList > .option-list--option { padding: 0; color: $foreground; }
ItemList > .option-list--option-disabled { color: $primary; text-style: bold; }
ItemList > .option-list--option-highlighted { background: $marked; color: $foreground; text-style: none; }
ItemList:focus > .option-list--option-highlighted { background: $marked; color: $foreground; text-style: bold; }
ItemList > .option-list--option-hover { background: $panel; }
#right { height: 3fr; border-top: solid $rule; }
Detail { height: 1fr; padding: 0 1; text-wrap: nowrap; }
Detail:focus { background-tint: $foreground 3%; }
#page { width: 1fr; height: auto; }
ActBar { height: auto; max-height: 4; padding: 0 1; background: $panel; }
.-wide #panes { layout: horizontal; }
.-wide #left { width: 2fr; height: 1fr; max-width: 64; }
.-wide #right { width: 3fr; height: 1fr; border-top: none; border-left: solid $rule; }

#told { height: auto; min-height: 1; max-height: 5; padding: 0 1; color: $success; }
#told.-wrong { color: $error; text-style: bold; }
#told.-calm { color: $faint; }
#keys { height: auto; max-height: 2; padding: 0 1; background: $panel; color: $faint; }
#keys, ActBar, KindBar { link-style: none; link-color: $faint; link-background: $panel; link-style-hover: bold; }
#keys, ActBar { link-background-hover: $panel; link-color-hover: $primary; }

PaperScreen, Reading, Pick, Folder, Returned { align: center middle; background: $background 60%; }
#box { width: 76; max-width: 96%; height: auto; max-height: 100%; border: round $primary; padding: 1 2; }
#box { background: $panel; }
Returned #box { width: 96%; }
Returned OptionList { max-height: 62vh; scrollbar-size-vertical: 1; }
#lines, #box Detail { height: auto; max-height: 14; }
#box.reading { padding: 0 1; }
#box.reading Detail { max-height: 17; }
HelpScreen { align: center middle; background: $background 60%; }
#box.keys { padding: 0 2; }
#box.keys #lines { max-height: 100%; }
#box.keys #answers { margin-top: 0; }
#box .ask { margin-top: 1; color: $faint; }
#box Input, #box OptionList { background: $background; border: none; padding: 0 1; height: auto; }
#box OptionList > .option-list--option-highlighted { background: $marked; color: $foreground; }
#box .wrong { height: auto; color: $error; }
#answers { height: auto; margin-top: 1; color: $primary; text-style: bold; }

FormScreen { background: $background 50%; align: right bottom; }
FormScreen Hand { width: 100%; border: round $primary; padding: 0 1; background: $panel; }
FormScreen.-wide Hand { width: 100; max-width: 100%; }
FormScreen Picks { link-style: none; link-color: $primary; link-background: $panel; link-background-hover: $marked; }

App:ansi FormScreen { background: transparent; }
App:ansi HelpScreen { background: transparent; }
App:ansi Question, App:ansi PaperScreen, App:ansi Reading, App:ansi Pick, App:ansi Folder,
App:ansi Returned { background: transparent; }
App:ansi ItemList > .option-list--option-highlighted { text-style: reverse; }

App:ansi ItemList:focus > .option-list--option-highlighted { text-style: reverse bold; }

App:ansi ItemList > .option-list--option-hover { text-style: underline; }
"""
