"""A file as one commit has it: read by the strict loader and played by the one engine, each version once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault, Level
from lianxin.kinds.life.unlawful import unlawful
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.loading import load


class Version(Struct, frozen=True):
    """What a record's file says.

    Attributes:
        values: By Chinese label, as text; empty where it cannot be read.
        record: None where the loader takes it for none.
        wrong: The first error, where there is one.
        state: What its events add up to.
        faults: Steps that were not lawful, with the ids of their events.
    """

    path: str
    kind: Kind
    data: bytes
    values: Mapping[str, Any]
    record: Record | None
    wrong: str = ""
    state: str = ""
    faults: Sequence[tuple[str, Fault]] = ()

    @property
    def id(self) -> str:
        """Of the record whose file it is."""
        return self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def events(self) -> tuple[Event, ...]:
        """Its steps, where it can be read."""
        return getattr(self.record, "events", ())

    @property
    def voided(self) -> bool:
        """It is a record without steps that no longer counts."""
        return bool(getattr(self.record, "voided", None))

    @property
    def steps(self) -> list[Mapping[str, Any]]:
        """Its steps as text, be it sound or not."""
        found = self.values.get(EVENTS)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def version(path: str, kind: Kind, data: bytes, context: Context) -> Version:
    """Read a version, and play its events."""
    loaded = load(path, data)
    wrong = next((one.public for one in loaded.problems if one.level is Level.ERROR), "")
    record = loaded.record
    if record is None or kind.conduct is None:
        return Version(path, kind, data, loaded.values, record, wrong)
    life = kind.conduct().fold(record, context)
    events: Sequence[Event] = getattr(record, "events", ())
    return Version(path, kind, data, loaded.values, record, wrong, str(life.state), unlawful(life, events))
