"""A refusal where somebody can answer it: at a terminal a near miss is asked about; elsewhere it names nobody."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import takewhile

from lianxin.cli.run.saying import tell
from lianxin.core.error import LianxinError


def sentence(error: LianxinError, arguments: Sequence[str]) -> str:
    """What is said of a refusal: names and telephones only at a terminal, or where ``--internal`` says so."""
    return str(error) if sys.stderr.isatty() or "--internal" in arguments else error.veiled or str(error)


def called(arguments: Sequence[str]) -> str:
    """The command that some words begin with: ``lianxin org add``."""
    from lianxin.cli.run.line import hoist
    from lianxin.kinds import BRIEF

    words = [*takewhile(lambda word: not word.startswith("-"), own(hoist(arguments)))]
    return " ".join(["lianxin", *words[: 2 if words and words[0] in BRIEF else 1]])


def own(words: Sequence[str]) -> Sequence[str]:
    """What follows the global options at the front."""
    from lianxin.cli.run.line import GLOBAL

    at = 0
    while at < len(words) and words[at].partition("=")[0] in GLOBAL:
        at += 2 if GLOBAL[words[at].partition("=")[0]] and "=" not in words[at] else 1
    return words[at:]


def corrected(error: LianxinError, arguments: Sequence[str]) -> list[str]:
    """The command with the word that was probably meant, once the person says so; empty when there is none to ask."""
    if not error.meant or not (sys.stdin.isatty() and sys.stdout.isatty()) or {"--yes", "-y", "--json"} & {*arguments}:
        return []
    typed, meant = error.meant
    places = [n for n, word in enumerate(arguments) if typed in word]
    exact = [n for n in places if arguments[n].rpartition("=")[2] == typed]
    place = (exact or places)[0] if len(exact or places) == 1 else None
    if place is None:
        return []
    from lianxin.cli.run.prompt import this_one

    tell(f"{str(error).rpartition('；是不是')[0] or error}\n")
    if not this_one(meant):
        return []
    made = list(arguments)
    made[place] = meant.join(made[place].rsplit(typed, 1))
    return made
