"""The screen under all others."""

from __future__ import annotations

from textual.events import Key
from textual.screen import Screen

from lianxin.cli.desk.act.doing import Doing


class Under(Screen[None]):
    """What lies under all else. What is typed for something that was asked for goes there when it comes."""

    def __init__(self, doing: Doing) -> None:
        super().__init__(id="_default")
        self._doing = doing

    def on_key(self, event: Key) -> None:
        """Nothing here took it."""
        above = self.app.screen
        if above is not self:
            event.stop()
            (above.focused or above).post_message(Key(event.key, event.character))
        elif self._doing.held is not None:
            event.stop()
            self._doing.held.append(Key(event.key, event.character))
        elif event.key not in self.active_bindings:  # those are looked up only after this
            self._doing.dead()
