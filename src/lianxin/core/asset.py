"""Where the shipped files stand: templates, forms and the sample township.

A wheel carries them inside the package; a checkout has them beside ``src``. Only paths are computed here.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def _shipped(inside: str, beside: str) -> Path:
    packed = _PACKAGE / inside
    return packed if packed.is_dir() else _CHECKOUT / beside


def asset(*parts: str) -> Path:
    """The path of a shipped template: ``asset("ledgers")``, ``asset("formats", "document.html.j2")``."""
    return _shipped("_templates", "templates").joinpath(*parts)


def sample() -> Path:
    """The folder of the invented sample township."""
    return _shipped("_sample", "data")
