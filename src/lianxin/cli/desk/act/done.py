"""What was done at the desk, and what is told of it."""

from __future__ import annotations

from msgspec import Struct


class Done(Struct, frozen=True):
    """What was done.

    Attributes:
        told: In one line.
        wrote: Something was written, which can be taken back.
        on: Of what today asks for, the next line is likely to be wanted.
        made: The ids of the records that were not there before, the last one first.
        hint: The key that is likely to be wanted next.
    """

    told: str
    wrote: bool = True
    on: bool = False
    made: tuple[str, ...] = ()
    hint: str = ""
