"""Of which kind a table is, by its headings, its title, and what its records could not do without."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.actions.bring.lexicon import Lexicon
from lianxin.actions.bring.match import of_ledger
from lianxin.actions.bring.table import Table
from lianxin.policies.importing import Target

#: What an issue is about, and what was said: either is made of the other.
TEXTS = frozenset({"事由", "原话"})
#: So much nearer must one kind be than the next to be taken for it.
_AHEAD = 2


def kind_of_table(table: Table, lexicons: Sequence[Lexicon]) -> Sequence[Lexicon]:
    """The kinds a table may be of, the likeliest first; one alone where it is plainly that."""
    if exact := [one for one in lexicons if of_ledger(table, one)]:
        return exact[:1]
    scored = sorted(
        ((_score(table, one), -n, one) for n, one in enumerate(lexicons)), reverse=True, key=lambda s: s[:2]
    )
    best = scored[0][0]
    if best <= 0:
        return ()
    return [one for score, _, one in scored if score > best - _AHEAD and score > 0]


def _score(table: Table, words: Lexicon) -> float:
    known: set[str] = set()
    hits = 0.0
    for head in table.heads:
        sense = next((words.senses[word] for word in head.words if word in words.senses), None)
        if sense is not None:
            known |= {one.path for one in sense.targets}
            hits += 1
        elif any(word in words.left for word in head.words):
            hits += 0.3
    missing = [one for one in words.targets.values() if _wanted(one) and not _told_of(one, known, words)]
    key = 0 if words.same[0] in known else 3
    named = 3 if any(title in table.title for title in words.titles) else 0
    return hits / max(len(table.heads), 6) * 10 - 1.5 * len(missing) - key + named


def _wanted(target: Target) -> bool:
    """A field that every record has, and that a workbook of the kind would tell of."""
    return target.spec.required and not (target.step or target.part)


def _told_of(target: Target, known: set[str], words: Lexicon) -> bool:
    """Whether a field has a column, or is taken over from one that has; of an issue either of its texts will do."""
    if target.path in known or (target.path in TEXTS and TEXTS & known):
        return True
    sources = (one.path for one in words.targets.values() if one.spec.name in target.spec.sources and not one.step)
    return any(path in known for path in sources)
