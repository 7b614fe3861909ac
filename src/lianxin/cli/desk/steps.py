"""What may be done with the record chosen, each step with its key, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style

from lianxin.cli.desk.flow import Flow
from lianxin.cli.desk.keys import step_keys
from lianxin.core.declare.lifecycle import Step


class StepBar(Flow):
    """The steps; a click on one takes it."""

    class Taken(Message):
        """A step is wanted."""

        def __init__(self, step: Step) -> None:
            self.step = step
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._steps: dict[str, Step] = {}
        self.likely: Step | None = None

    def put(self, kind: str, steps: Sequence[Step], likely: Step | None) -> None:
        """Show what may be done now."""
        self.likely = likely
        self._steps = {step_keys(kind)[step.name]: step for step in steps}
        told = [("回车", likely)] if likely else []
        told += [(key, step) for key, step in self._steps.items() if step is not likely]
        self.flow([_button(key, step) for key, step in told])

    def step(self, key: str) -> Step | None:
        """The step that a key means."""
        return self._steps.get(key)

    def on_click(self, event: Click) -> None:
        """Take the step that was clicked."""
        name = event.style.meta.get("step")
        found = next((step for step in self._steps.values() if step.name == name), None)
        if found:
            self.post_message(self.Taken(found))


def _button(key: str, step: Step) -> Content:
    told = Content.assemble((key, "bold $primary"), f" {step.label}")
    return told.stylize(Style.from_meta({"step": step.name}))
