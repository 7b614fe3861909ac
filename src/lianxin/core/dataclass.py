"""``dataclass`` that costs little to declare: what one needs is worked out when the first of its class is made.

The standard decorator compiles half a dozen functions for every class, a millisecond each time a command starts; a
command meets a hundred such classes and makes something of few. This one stands in its place and means the same;
``field``, ``replace``, ``asdict`` and ``match`` are the standard library's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from functools import partial
    from operator import attrgetter
    from types import MemberDescriptorType

    _MISSING = dataclasses.MISSING

    def dataclass(cls: Any = None, /, *, frozen: bool = False, slots: bool = False, order: bool = False) -> Any:
        """As ``dataclasses.dataclass``."""
        if cls is None:
            return partial(dataclass, frozen=frozen, slots=slots, order=order)
        made = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
        compared = [field.name for field in dataclasses.fields(made) if field.compare]
        made._frozen = frozen  # noqa: SLF001 - of a class that is being made here
        made._key = staticmethod(attrgetter(*compared) if compared else type)  # noqa: SLF001
        made.__init__, made.__repr__, made.__eq__ = _first, _repr, _eq
        made.__hash__ = _hash if frozen else None
        if order:
            made.__lt__, made.__le__, made.__gt__, made.__ge__ = _lt, _le, _gt, _ge
        if frozen:
            made.__setattr__, made.__delattr__ = _no_setting, _no_deleting
            made.__getstate__, made.__setstate__ = _state, _restore
        return made

    def _first(self: Any, *args: Any, **kwargs: Any) -> None:
        """Make the first of its class; a function of their own makes all that follow."""
        cls = type(self)
        cls.__init__ = _constructor(cls)
        cls.__init__(self, *args, **kwargs)

    def _constructor(cls: Any) -> Any:
        scope: dict[str, Any] = {"_absent": _MISSING, "_set": object.__setattr__}
        parameters, body, whole = ["self"], ["pass"], list[str]()
        for n, field in enumerate(dataclasses.fields(cls)):
            name = value = field.name
            if field.default_factory is not _MISSING:
                scope[f"_make{n}"] = field.default_factory
                parameters.append(f"{name}=_absent")
                value = f"_make{n}() if {name} is _absent else {name}"
            elif field.default is not _MISSING:
                scope[f"_default{n}"] = field.default
                parameters.append(f"{name}=_default{n}")
            else:
                parameters.append(name)
            slot = getattr(cls, name, None)
            if not cls._frozen:
                body.append(f"self.{name} = {value}")
            elif isinstance(slot, MemberDescriptorType):
                scope[f"_set{n}"] = slot.__set__
                body.append(f"_set{n}(self, {value})")
            else:
                whole.append(f"{name!r}: {value}")
        if whole:
            body.append(f"_set(self, '__dict__', {{{', '.join(whole)}}})")
        exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(body), scope)  # noqa: S102 - names of our fields
        return scope["__init__"]

    def _repr(self: Any) -> str:
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _eq(self: Any, other: Any) -> bool:
        return self._key(self) == self._key(other) if other.__class__ is self.__class__ else NotImplemented

    def _hash(self: Any) -> int:
        return hash(self._key(self))

    def _lt(self: Any, other: Any) -> bool:
        return self._key(self) < self._key(other) if other.__class__ is self.__class__ else NotImplemented

    def _le(self: Any, other: Any) -> bool:
        return self._key(self) <= self._key(other) if other.__class__ is self.__class__ else NotImplemented

    def _gt(self: Any, other: Any) -> bool:
        return self._key(self) > self._key(other) if other.__class__ is self.__class__ else NotImplemented

    def _ge(self: Any, other: Any) -> bool:
        return self._key(self) >= self._key(other) if other.__class__ is self.__class__ else NotImplemented

    def _no_setting(_self: Any, name: str, _value: Any) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _no_deleting(_self: Any, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def _state(self: Any) -> list[Any]:
        return [getattr(self, field.name) for field in dataclasses.fields(self)]

    def _restore(self: Any, state: list[Any]) -> None:
        for field, value in zip(dataclasses.fields(self), state, strict=True):
            object.__setattr__(self, field.name, value)
