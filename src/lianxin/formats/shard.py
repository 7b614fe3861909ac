"""What can be searched on the notice board, as scripts that hand it over: a memory stick lets nothing be fetched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from lianxin.core.document import Table, show
from lianxin.core.text.fold import fold
from lianxin.core.text.pinyin import readings
from lianxin.formats.cell import COMPACT
from lianxin.formats.face.sanitise import for_html, for_json

#: Rows in one shard.
_ROWS = 4_000


def shards(table: Table) -> Iterator[tuple[str, bytes]]:
    """The rows, and the sounds of the characters in them, each file with its path on the board."""
    characters: set[str] = set()
    for n, start in enumerate(range(0, len(table.rows), _ROWS)):
        columns = []
        for place, column in enumerate(table.columns):
            texts = [for_html(show(row[place], column.type)) for row in table.rows[start : start + _ROWS]]
            columns.append(_packed(texts))
            if column.type not in COMPACT:
                characters.update(fold("".join(texts)))
        yield f"data/issues-{n + 1}.js", _handed("lianxinSearch", columns)
    yield "data/sounds.js", _handed("lianxinSounds", _sounds(characters))


def _handed(name: str, data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{name}({for_json(text)});\n".encode()


def _packed(texts: Sequence[str]) -> dict[str, list[str] | list[int]]:
    """A column; one of few different values by their place in a list of them."""
    words = list(dict.fromkeys(texts))
    if len(words) * 4 >= len(texts):
        return {"texts": list(texts)}
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "at": [places[text] for text in texts]}


def _sounds(characters: set[str]) -> dict[str, str]:
    """By each syllable the characters that may be read so."""
    found: dict[str, str] = {}
    for one in sorted(characters):
        for said in readings(one)[0]:
            if said != one:
                found[said] = found.get(said, "") + one
    return found
