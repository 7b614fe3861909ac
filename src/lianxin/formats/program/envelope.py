"""What stands around the data in JSON: ``{"schema", "commit", "as_of", "data"}``, and where it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from lianxin.core.document import Document, Face, Provenance
from lianxin.formats.face.sanitise import for_json
from lianxin.formats.paper.seal import BLANK, KEY
from lianxin.formats.paper.trace import trace_line

#: The number in ``schema``: of a page with its blocks, and of plain objects.
PAGE, PLAIN = 1, 2


def enveloped(document: Document, number: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """The whole."""
    origin = document.provenance
    return {
        "schema": f"lianxin/{document.name}/{number}",
        "commit": origin.commit if origin else "",
        "as_of": origin.as_of.isoformat() if origin else None,
        "data": data,
    }


def written(whole: Mapping[str, Any]) -> str:
    """The whole as JSON text."""
    return for_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def told(origin: Provenance | None) -> dict[str, Any] | None:
    """Where a document came from."""
    if origin is None:
        return None
    return {
        "dirty": origin.dirty,
        "period": origin.period,
        "filter": origin.filter,
        "face": origin.face.value,
        "form": origin.form,
        "tool": origin.tool,
        "records": origin.records,
        "unreadable": origin.unreadable,
        "missing": origin.missing,
        "at": origin.at,
        "definitions": origin.definitions,
        "recipe": origin.recipe,
        **({"hidden": True} if origin.hidden else {}),
        **({KEY: BLANK} if origin.recipe else {}),
    }


def traced(whole: Mapping[str, Any]) -> str:
    """The line by which a file can be made again."""
    said = whole["data"]["provenance"]
    kept = {name: said[name] for name in ("dirty", "tool", "at", "definitions", "recipe")}
    day, face = date.fromisoformat(whole["as_of"]), Face(said["face"])
    return trace_line(Provenance(whole["commit"], day, face=face, hidden=bool(said.get("hidden")), **kept))
