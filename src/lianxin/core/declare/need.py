"""When a field that may be left out must be written all the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec import field as member

#: What a field holds that was left out.
EMPTY: tuple[Any, ...] = (None, (), [], "")


class Need(Struct, frozen=True):
    """When a field that may be left out must be written all the same.

    Attributes:
        message: What is said when it is not; ``{item}`` stands for what another field holds.
        when: Other fields of the record by attribute, and what each of them says then; always, when there are none.
        code: Of the fault; a need that only a later step has is none.
        at: The field, by attribute, where the fault is shown in the file; the record as a whole when there is none.
        before: The step that cannot be taken without it, by its Chinese name; empty: nothing can be written without it.
        only: Otherwise there is no use for the field.
        may: There is use for the field then, and no need to write it.
    """

    message: str
    when: Mapping[str, tuple[Any, ...]] = member(default_factory=dict)
    code: str = ""
    at: str = ""
    before: str = ""
    only: bool = False
    may: bool = False

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether the other fields, by attribute, say so."""
        for name, wanted in self.when.items():  # noqa: SIM110 - twice as quick as all() of a generator
            if not _says(values.get(name), wanted):
                return False
        return True


def _says(value: Any, wanted: tuple[Any, ...]) -> bool:
    return value in wanted or (value in EMPTY and any(one in EMPTY for one in wanted))
